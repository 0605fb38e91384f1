#include "parsers/header_section.hpp"

#include "parsers/ascii.hpp"

namespace oin {
namespace {

/// Where the colon of "Name:" or the obsolete "Name :" stands, or npos (RFC 5322 3.6.8, 4.5).
std::size_t field_colon(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && line[at] > ' ' && line[at] < 0x7F && line[at] != ':') ++at;
  if (at == 0) return std::string_view::npos;
  std::size_t colon = at;
  while (colon < line.size() && is_blank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? colon : std::string_view::npos;
}

bool is_mbox_line(std::string_view line) {
  return line.starts_with(">From ") ||
         (line.starts_with("From ") && field_colon(line) == std::string_view::npos);  // not "From : Ada"
}

bool content_type_field(std::string_view bytes, const FieldExtent& field) {
  return same_word(stripped(bytes.substr(field.begin, field.colon - field.begin)), "Content-Type");
}

/// Is this the delimiter line of the multipart whose Content-Type field is given?  The section then lacks its
/// blank line, and must not swallow the header of the first part.
bool is_own_delimiter(std::string_view line, std::string_view content_type) {
  if (!line.starts_with("--")) return false;
  const std::string_view boundary = stripped(line.substr(2));
  if (boundary.empty()) return false;
  constexpr std::size_t longest_field = 2'000;  // each line is looked for in it
  content_type = content_type.substr(0, longest_field);
  const auto bounds = [](char c) { return c == '"' || c == '=' || c == ';' || is_space(c); };
  for (std::size_t at = 0; (at = content_type.find(boundary, at + 1)) != std::string_view::npos;) {
    const std::size_t end = at + boundary.size();
    if (bounds(content_type[at - 1]) && (end == content_type.size() || bounds(content_type[end])))
      return true;
  }
  return false;
}

/// Is this the continuation of a field that says nothing yet or ends in ";", and has lost its blank?
bool lost_its_fold(std::string_view line, std::string_view field) {
  field = stripped(field);
  return (field.ends_with(':') || field.ends_with(';')) &&
         line.find_first_of(" \t") == std::string_view::npos;
}

HeaderSection section(std::string_view bytes, std::size_t begin, MessageLines& lines,
                      const HeaderLimits& limits, const EndsHere& ends_here) {
  HeaderSection out;
  constexpr auto none = std::string_view::npos;
  std::size_t junk =
      none;               // where lines began that are no field, until a field shows that the section goes on
  bool recorded = false;  // does a continuation line belong to the last field of `fields`?
  std::string_view content_type;
  std::size_t at = begin;
  while (at < bytes.size()) {
    const Line line = lines.at(at);
    const std::string_view text = lines.text(line);
    if (text.empty() || (ends_here && ends_here(line))) break;
    if (is_own_delimiter(text, content_type)) {
      out.end = out.body = junk == none ? at : junk;
      out.cut = true;
      return out;
    }
    if (is_blank(text.front()) && at != begin && junk == none) {
      if (recorded) out.fields.back().end = line.next;
    } else if (const std::size_t colon = field_colon(text); colon != none) {
      if (junk != none) out.junk_lines = true;
      junk = none;
      recorded = false;
      if (at - begin >= limits.bytes)
        out.too_large = true;
      else if (out.fields.size() >= limits.fields)
        out.too_many = true;
      else {
        out.fields.push_back({at, at + colon, line.next});
        recorded = true;
      }
    } else if (junk == none) {
      const FieldExtent none_yet{};
      const FieldExtent& last = recorded ? out.fields.back() : none_yet;
      if (lost_its_fold(text, bytes.substr(last.begin, last.end - last.begin))) {
        out.fields.back().end = line.next;
        out.junk_lines = true;
      } else {
        junk = at;
      }
    }
    if (recorded && content_type_field(bytes, out.fields.back()))
      content_type = bytes.substr(out.fields.back().colon, out.fields.back().end - out.fields.back().colon);
    at = line.next;
  }
  if (junk != none) {  // no field came after it: the text has begun without a blank line
    out.end = out.body = junk;
    out.cut = true;
    return out;
  }
  out.end = out.body = at;
  if (at >= bytes.size()) {
    out.cut = at > begin;
    return out;
  }
  const Line last = lines.at(at);
  if (lines.text(last).empty())
    out.body = last.next;
  else
    out.cut = at > begin;
  return out;
}

}  // namespace

HeaderSection message_header(std::string_view bytes, MessageLines& lines, const HeaderLimits& limits) {
  std::size_t begin = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t first = begin;
  bool mbox_line = false;
  while (begin < bytes.size()) {
    const Line line = lines.at(begin);
    const std::string_view text = lines.text(line);
    if (is_mbox_line(text) && !mbox_line)
      mbox_line = true;
    else if (!text.empty())
      break;
    begin = line.next;
  }
  // Blank lines in front are skipped only where a header follows them; else they are the separator.
  if (!mbox_line &&
      (begin == bytes.size() || field_colon(lines.text(lines.at(begin))) == std::string_view::npos))
    begin = first;
  HeaderSection out = section(bytes, begin, lines, limits, {});
  out.mbox_line = mbox_line;
  return out;
}

HeaderSection part_header(std::string_view bytes, std::size_t begin, MessageLines& lines,
                          const HeaderLimits& limits, const EndsHere& ends_here) {
  return section(bytes, begin, lines, limits, ends_here);
}

std::string unfolded(std::string_view raw) {
  raw = stripped(raw);
  constexpr std::string_view dropped{"\r\n\0", 3};
  std::string out;
  out.reserve(raw.size());
  while (!raw.empty()) {
    const std::size_t at = std::min(raw.find_first_of(dropped), raw.size());
    out.append(raw.substr(0, at));
    raw.remove_prefix(std::min(at + 1, raw.size()));
  }
  return out;
}

}  // namespace oin
