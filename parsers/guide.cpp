#include "parsers/guide.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/html_text.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

/// Where a tag of that name begins, at or behind `from`: "<h" with a digit for headings.
std::size_t find_tag(std::string_view html, std::string_view opening, std::size_t from) {
  for (auto at = html.find('<', from); at != std::string_view::npos; at = html.find('<', at + 1))
    if (starts_with_words(html.substr(at, opening.size()), opening)) return at;
  return std::string_view::npos;
}

/// Marked as UTF-16.
bool is_wide(std::string_view bytes) {
  return bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE");
}

bool is_html(std::string_view bytes) {
  constexpr std::size_t far = 2'000;
  // Two bytes a character: the letters of tags are what is left without their NULs.
  std::string narrow(bytes.substr(0, is_wide(bytes) ? 2 * far : far));
  std::erase(narrow, '\0');
  const auto first = narrow.find_first_not_of("\xEF\xBB\xBF\xFE\xFF \t\r\n");
  if (first == std::string::npos || narrow[first] != '<') return false;
  const std::string_view text = std::string_view(narrow).substr(first);
  for (const std::string_view tag :
       {"<!doctype html", "<html", "<head", "<body", "<div", "<h1", "<h2", "<p>", "<p ", "<table", "<title",
        "<meta", "<section", "<article", "<main", "<ul", "<ol"})
    if (find_tag(text, tag, 0) != std::string_view::npos) return true;
  return false;
}

/// Characters that people write, or bytes that a program does?
bool is_text(std::string_view bytes) {
  if (is_wide(bytes)) return true;
  return std::ranges::none_of(bytes.substr(0, 2'000),
                              [](char c) { return c >= 0 && c < ' ' && !is_space(c) && c != '\x1B'; });
}

/// "1. ", "2) ", "Step 3", "a. ".
bool is_ordered_item(std::string_view line) {
  line = bare(line);
  if (starts_with_words(line, "step ")) line.remove_prefix(5);
  const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits > 3) return false;
  return digits == line.size() || line[digits] == '.' || line[digits] == ')' || line[digits] == ':';
}

bool is_rule(std::string_view line) {
  line = bare(line);
  return line.size() >= 3 && (line.find_first_not_of('=') == std::string_view::npos ||
                              line.find_first_not_of('-') == std::string_view::npos);
}

/// A line of its own, short, and no sentence.
bool may_be_heading(const std::vector<TextLine>& lines, std::size_t at) {
  constexpr std::size_t longest = 80;
  const std::string_view line = bare(lines[at].text);
  if (line.empty() || line.size() > longest || is_rule(line)) return false;
  if (line.starts_with('#')) return true;
  if (at + 1 < lines.size() && is_rule(lines[at + 1].text)) return true;
  const bool apart = at == 0 || is_blank_line(lines[at - 1].text);
  return apart && !contains(".,;", line.substr(line.size() - 1)) && !line.starts_with("- ");
}

std::string heading_of(std::string_view line) {
  line = bare(line);
  while (line.starts_with('#') || line.starts_with('*')) line.remove_prefix(1);
  while (line.ends_with('#') || line.ends_with('*') || line.ends_with(':')) line.remove_suffix(1);
  return std::string(bare(line));
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool within = false;
  for (const char c : text) {
    const bool letter = is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    words += letter && !within ? 1 : 0;
    within = letter;
  }
  return words;
}

int count_ordered_items(std::string_view text) {
  const auto lines = text_lines(text);
  return static_cast<int>(
      std::ranges::count_if(lines, [](const TextLine& line) { return is_ordered_item(line.text); }));
}

/// The texts of <h1> to <h6>.
std::vector<std::string> html_headings(std::string_view html) {
  constexpr std::size_t most = 500, longest = 1'000;
  std::vector<std::string> headings;
  for (auto at = find_tag(html, "<h", 0); at != std::string_view::npos && headings.size() < most;
       at = find_tag(html, "<h", at + 1)) {
    const std::string_view rest = html.substr(at, longest);
    if (rest.size() < 4 || rest[2] < '1' || rest[2] > '6' || (rest[3] != '>' && !is_space(rest[3]))) continue;
    const std::string closing = std::string("</h") + rest[2];
    const auto end = find_tag(rest, closing, 4);
    if (std::string text = html_text(rest.substr(0, end)).text; !text.empty()) {
      std::ranges::replace(text, '\n', ' ');
      headings.push_back(std::move(text));
    }
  }
  return headings;
}

int count_tags(std::string_view html, std::string_view opening) {
  int count = 0;
  for (auto at = find_tag(html, opening, 0); at != std::string_view::npos;
       at = find_tag(html, opening, at + 1))
    ++count;
  return count;
}

void bound(Guide& guide, const GuideLimits& limits) {
  if (guide.text.size() > limits.text_bytes) {
    guide.text = scrubbed(guide.text.substr(0, limits.text_bytes));
    guide.defects.push_back(GuideDefect::too_large);
  }
  guide.words = count_words(guide.text);
}

Guide html_guide(std::string_view html, const GuideLimits& limits) {
  Guide found;
  found.format = GuideFormat::html;
  HtmlText text = html_text(html);
  found.text = std::move(text.text);
  if (text.too_complex) found.defects.push_back(GuideDefect::too_large);
  found.headings = html_headings(html);
  // An ordered list's numbers are the browser's: its entries are counted as tags.
  found.ordered_items = count_ordered_items(found.text);
  if (const auto lists = count_tags(html, "<ol"); lists > 0)
    found.ordered_items = std::max(found.ordered_items, count_tags(html, "<li"));
  found.pictures = count_tags(html, "<img") + count_tags(html, "<svg");
  bound(found, limits);
  return found;
}

}  // namespace

GuideFormat guide_format(std::string_view bytes) {
  constexpr std::size_t pdf_header_within = 1'024;  // where readers look for it
  if (contains(bytes.substr(0, pdf_header_within), "%PDF-")) return GuideFormat::pdf;
  if (bytes.starts_with("PK\3\4"))
    return contains(bytes, "word/document") ? GuideFormat::docx : GuideFormat::other;
  if (bytes.empty() || !is_text(bytes)) return GuideFormat::other;
  return is_html(bytes) ? GuideFormat::html : GuideFormat::plain;
}

Guide guide_from_text(std::string text, GuideFormat format, const GuideLimits& limits) {
  Guide found;
  found.format = format;
  found.text = std::move(text);
  bound(found, limits);
  const auto lines = text_lines(found.text);
  bool fenced = false;  // Markdown's code, where "#" begins a comment
  for (std::size_t at = 0; at < lines.size(); ++at)
    if (bare(lines[at].text).starts_with("```"))
      fenced = !fenced;
    else if (!fenced && may_be_heading(lines, at))
      found.headings.push_back(heading_of(lines[at].text));
  found.ordered_items = count_ordered_items(found.text);
  return found;
}

Guide guide(std::string_view bytes, const GuideLimits& limits) {
  const GuideFormat format = guide_format(bytes);
  Guide found;
  found.format = format;
  if (bytes.size() > limits.bytes) {
    found.defects.push_back(GuideDefect::too_large);
    return found;
  }
  switch (format) {
    case GuideFormat::pdf:
    case GuideFormat::other:
      break;
    case GuideFormat::html:
      return html_guide(to_utf8(bytes, "").utf8, limits);
    case GuideFormat::plain: {
      found = guide_from_text(to_utf8(bytes, "").utf8, format, limits);
      for (auto at = found.text.find("!["); at != std::string::npos; at = found.text.find("![", at + 1))
        ++found.pictures;  // Markdown's
      break;
    }
    case GuideFormat::docx:
      read_docx(bytes, limits, found);
      bound(found, limits);
      break;
  }
  return found;
}

}  // namespace oin
