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

bool is_mbox_line(std::string_view line) { return line.starts_with("From ") || line.starts_with(">From "); }

HeaderSection section(std::size_t begin, std::size_t size, MessageLines& lines, const HeaderLimits& limits,
                      const EndsHere& ends_here) {
  HeaderSection out;
  constexpr auto none = std::string_view::npos;
  std::size_t junk =
      none;               // where lines began that are no field, until a field shows that the section goes on
  bool recorded = false;  // does a continuation line belong to the last field of `fields`?
  std::size_t at = begin;
  while (at < size) {
    const Line line = lines.at(at);
    const std::string_view text = lines.text(line);
    if (text.empty() || (ends_here && ends_here(line))) break;
    if (is_blank(text.front()) && at != begin && junk == none) {
      if (recorded) out.fields.back().end = line.next;
    } else if (const std::size_t colon = field_colon(text); colon != none) {
      if (junk != none) out.junk_lines = true;
      junk = none;
      recorded = false;
      if (line.next - begin > limits.bytes)
        out.too_large = true;
      else if (out.fields.size() >= limits.fields)
        out.too_many = true;
      else {
        out.fields.push_back({at, at + colon, line.next});
        recorded = true;
      }
    } else if (junk == none) {
      junk = at;
    }
    at = line.next;
  }
  if (junk != none) {  // no field came after it: the text has begun without a blank line
    out.end = out.body = junk;
    out.cut = true;
    return out;
  }
  out.end = out.body = at;
  if (at >= size) {
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
  HeaderSection out = section(begin, bytes.size(), lines, limits, {});
  out.mbox_line = mbox_line;
  return out;
}

HeaderSection part_header(std::string_view bytes, std::size_t begin, MessageLines& lines,
                          const HeaderLimits& limits, const EndsHere& ends_here) {
  return section(begin, bytes.size(), lines, limits, ends_here);
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
