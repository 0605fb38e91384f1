#include "parsers/reply_text_header_block.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"
#include "parsers/reply_text_marks.hpp"
#include "parsers/reply_text_words.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;
constexpr auto npos = std::string_view::npos;

constexpr std::size_t most_lines = 14;

bool is_outlooks_rule(std::string_view line) {
  constexpr std::size_t shortest = 32;
  line = bare(line);
  return line.size() >= shortest && line.find_first_not_of('_') == npos;
}

std::optional<QuotedField> known_field(std::string_view label) {
  static const auto known = [] {
    std::unordered_map<std::string_view, QuotedField> labels;
    for (const QuotedFieldLabel& one : quoted_field_labels()) labels.emplace(one.label, one.field);
    return labels;
  }();
  const auto found = known.find(lower(undecorated(label, "*_ \t")));
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// A line as a field: "*Sent:* Monday" is {date, "Monday"}.
struct Line {
  std::optional<QuotedField> field;
  std::optional<QuotedField> bare_label;  ///< Notes: "To" alone, its value below
  bool blank : 1 = false;
  bool labelled : 1 = false;  ///< some short label and a value, known or not
  bool dated : 1 = false;     ///< the value, or the line without a label, holds a date or a time
  bool address : 1 = false;
  bool url : 1 = false;
};

Line line_of(std::string_view line) {
  constexpr std::size_t longest_label = 40, telling = 300;
  Line out;
  out.blank = line.empty();
  if (out.blank) return out;
  const std::string_view text = undecorated(line.substr(0, telling), "*_ \t");
  out.blank = text.empty() && is_blank_line(line);
  if (text.empty()) return out;
  const std::string_view beginning = text.substr(0, longest_label);
  const auto colon = std::min(beginning.find(':'), beginning.find("："));
  std::string_view value = text;
  if (colon != npos && colon > 0 && !has_digit(text.substr(0, colon))) {  // "10:00" is no field
    value = text.substr(colon + 1);
    out.field = known_field(text.substr(0, colon));
    out.labelled = value.size() > 1 && !value.starts_with("//");
  } else if (colon == npos && text.size() < longest_label) {
    out.bare_label = known_field(text);
  }
  if (!out.labelled && text.size() > longest_label) return out;  // prose
  out.dated = has_time(value) || has_year(value);
  out.address = contains(value, "@");
  out.url = contains(text, "://");
  return out;
}

/// In a language we do not know: who, when, and two fields or more, with a blank line below.
std::size_t unknown_block_end(const std::vector<Line>& lines, std::size_t begin) {
  constexpr std::size_t fewest = 4, most = 7;
  std::size_t end = begin;
  while (end < lines.size() && lines[end].labelled && !lines[end].url && end - begin <= most) ++end;
  const bool whole =
      end - begin >= fewest && end - begin <= most && (end == lines.size() || lines[end].blank);
  return whole && !lines[begin].dated && lines[begin + 1].dated ? end : 0;
}

std::size_t known_block_end(const std::vector<Line>& lines, std::size_t begin, std::string_view above) {
  if (!lines[begin].field) return 0;
  std::array<bool, 4> seen{};
  bool address = false, dated = false;
  std::size_t end = begin;
  int others = 0;
  for (std::size_t i = begin; i < std::min(lines.size(), begin + most_lines); ++i) {
    if (const auto field = lines[i].field) {
      const auto kind = static_cast<std::size_t>(*field);
      // Behind a whole block comes the quoted text, which may begin with a field of its own.
      if (seen[kind] && field == QuotedField::from) break;
      seen[kind] = true;
      address = address || lines[i].address;
      dated = dated || lines[i].dated;
      end = i + 1;
      others = 0;
    } else if (++others > 2) {  // a folded To, or the blank lines that HTML leaves between
      break;
    }
  }
  const auto has = [&](QuotedField field) { return seen[static_cast<std::size_t>(field)]; };
  const auto kinds = std::ranges::count(seen, true);
  const bool whole = kinds >= 3 && has(QuotedField::from) && (has(QuotedField::date) || address);
  const bool ruled = kinds >= 2 && has(QuotedField::from) && (address || dated) && is_rule(above);
  const bool pair = kinds == 2 && has(QuotedField::from) && has(QuotedField::date) && address && dated;
  return whole || ruled || pair ? end : 0;
}

/// Notes: a line with the date, then "To" and "Subject", each above its value or in front of it.
std::size_t notes_block_end(const std::vector<Line>& lines, std::size_t begin) {
  if (lines[begin].labelled || !lines[begin].dated) return 0;
  bool to = false;
  for (std::size_t i = begin + 1; i < std::min(lines.size(), begin + most_lines); ++i) {
    const auto field = lines[i].field ? lines[i].field : lines[i].bare_label;
    if (!to && !field && !lines[i].blank) return 0;
    to = to || field == QuotedField::to;
    if (to && field == QuotedField::subject) return std::min(lines.size(), i + (lines[i].bare_label ? 2 : 1));
  }
  return 0;
}

}  // namespace

std::vector<unsigned char> header_block_lengths(const Lines& text) {
  std::vector<Line> lines(text.size());
  std::ranges::transform(text, lines.begin(), [](const TextLine& line) { return line_of(line.text); });
  std::vector<unsigned char> lengths(lines.size());
  std::string_view above;  // the last line that is not blank
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].blank) continue;
    std::size_t begin = i, end = known_block_end(lines, i, above);
    if (end == 0 && lines[i].labelled && is_outlooks_rule(above)) end = unknown_block_end(lines, i);
    if (end == 0) {
      end = notes_block_end(lines, i);
      // The name stands above the date.
      if (end > 0 && i > 0 && !lines[i - 1].blank && !lines[i - 1].labelled) --begin;
    }
    if (end > 0) lengths[begin] = static_cast<unsigned char>(end - begin);
    above = text[i].text;
  }
  return lengths;
}

}  // namespace oin
