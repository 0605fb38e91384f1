#include "parsers/reply_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;

constexpr std::size_t longest_attribution = 400;
constexpr std::size_t attribution_lines = 3;

bool starts_with_any(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return starts_with_words(text, phrase); });
}

bool contains_any(std::string_view text, std::span<const std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](auto phrase) { return contains(text, phrase); });
}

/// The text without the marks that decorate it on both sides: "-----Original Message-----", "*From:*".
std::string_view undecorated(std::string_view line, std::string_view marks) {
  line = bare(line);
  const auto first = line.find_first_not_of(marks);
  if (first == std::string_view::npos) return {};
  return bare(line.substr(first, line.find_last_not_of(marks) - first + 1));
}

// ">From " is what mbox files make of a line that begins with "From ".
bool is_quoted(std::string_view line) {
  line = stripped(line);
  return line.starts_with('>') && !line.starts_with(">From ") && line != ">:";  // ">:" ends a wrapped address
}

/// A line of nothing but dashes, underscores or equals signs.
bool is_rule(std::string_view line) {
  line = bare(line);
  return line.size() >= 5 && line.find_first_not_of("-_=* ") == std::string_view::npos;
}

bool has_time(std::string_view text) {
  for (std::size_t i = 1; i + 2 < text.size(); ++i)
    if ((text[i] == ':' || text[i] == '.' || text[i] == 'h') && is_digit(text[i - 1]) &&
        is_digit(text[i + 1]) && is_digit(text[i + 2]))
      return true;
  return false;
}

bool has_year(std::string_view text) {
  for (std::size_t i = 0, run = 0; i < text.size(); ++i) {
    run = is_digit(text[i]) ? run + 1 : 0;
    if (run == 4) return true;
  }
  return false;
}

using Phrases = std::unordered_set<std::string_view>;

Phrases phrases(std::span<const std::string_view> table) { return {table.begin(), table.end()}; }

/// A short line with one of the phrases and otherwise only dashes, such as "---- Forwarded message ----".
bool is_title(std::string_view line, const Phrases& titles) {
  const std::string_view text = bare(line);
  if (text.empty() || text.size() > 160) return false;
  const std::string words = lower(undecorated(text, "-_=*: \t"));
  if (words.empty()) return false;
  if (titles.contains(words)) return true;
  const bool dashed = text.starts_with("--") || text.starts_with("__") || text.starts_with("==");
  return dashed && std::ranges::any_of(titles, [&](auto title) {
           return words.starts_with(title) && words.size() <= title.size() + 80;
         });
}

bool is_original_title(std::string_view line) {
  static const Phrases titles = phrases(original_message_titles());
  return is_title(line, titles);
}

bool is_forward_title(std::string_view line) {
  static const Phrases titles = phrases(forwarded_message_titles());
  return is_title(line, titles);
}

/// Lines [begin, end) that say "On Monday, Ada wrote:".
struct Attribution {
  std::size_t begin = 0, end = 0;
  bool sure = false;  ///< names an address or a full date and time: enough without a ">" below
};

bool has_verb(const std::string& words) {
  return std::ranges::any_of(attribution_verbs(), [&](auto verb) {
    const auto at = words.rfind(verb);
    if (at == std::string::npos) return false;
    // A Latin verb must be a word of its own; "<a@b>wrote:" is one too.
    const bool begins = at == 0 || !is_alpha(words[at - 1]);
    const auto behind = at + verb.size();
    return begins && (behind >= words.size() || !is_alpha(words[behind]));
  });
}

std::optional<Attribution> attribution_ending_at(const Lines& lines, std::size_t last) {
  const std::string_view last_text = bare(lines[last].text);
  const bool colon = last_text.ends_with(':') || last_text.ends_with("：");
  if (!colon || is_quoted(last_text)) return std::nullopt;
  std::string joined;
  std::optional<Attribution>
      from_name;  // begins with a bare name or address: perhaps the middle of a longer one
  for (std::size_t begin = last + 1; begin-- > 0 && last - begin < attribution_lines;) {
    std::string_view line = bare(lines[begin].text);
    if (line.empty() || is_quoted(line) || joined.size() + line.size() > longest_attribution) break;
    joined = lower(line) + (joined.empty() ? "" : " ") + joined;
    const std::string_view words = undecorated(joined, "-* ");
    const bool starts =
        is_digit(words.empty() ? ' ' : words.front()) || starts_with_any(words, attribution_starts());
    const bool digit = std::ranges::any_of(joined, is_digit);
    const bool address = contains(joined, "@");
    // Japanese and Korean Gmail writes no verb: "2026年11月23日(月) 10:00 Ada <ada@x>:".
    const bool verbless =
        digit && address && contains(joined, "<") && has_time(joined) && joined.ends_with(">:");
    const bool sure = (address && contains(joined, "<")) || (has_time(joined) && has_year(joined));
    const Attribution found{begin, last + 1, sure};
    if (starts && ((has_verb(joined) && (digit || address)) || verbless)) return found;
    const bool name = words.starts_with('<') || words.starts_with('"') || words.ends_with("> wrote:");
    if (name && !from_name && address && has_verb(joined)) from_name = found;
  }
  return from_name;
}

std::optional<QuotedField> quoted_field(std::string_view line) {
  static const auto known = [] {
    std::unordered_map<std::string_view, QuotedField> labels;
    for (const QuotedFieldLabel& label : quoted_field_labels()) labels.emplace(label.label, label.field);
    return labels;
  }();
  const std::string_view text = undecorated(line.substr(0, 120), "*_ \t");
  const auto colon = std::min(text.find(':'), text.find("："));
  if (colon == std::string_view::npos || colon > 40) return std::nullopt;
  const auto label = known.find(lower(undecorated(text.substr(0, colon), "*_ \t")));
  return label == known.end() ? std::nullopt : std::optional(label->second);
}

using QuotedFields = std::vector<std::optional<QuotedField>>;

/// The line behind a header block that begins here, or 0.  Needs From and two other kinds of field, so that
/// a form's "From:" or "Date:" is not taken for one.
std::size_t header_block_end(const QuotedFields& fields, std::size_t begin) {
  if (!fields[begin]) return 0;
  std::array<bool, 4> seen{};
  std::size_t end = begin;
  int others = 0;
  for (std::size_t i = begin; i < fields.size() && i < begin + 12; ++i) {
    if (fields[i]) {
      seen[static_cast<std::size_t>(*fields[i])] = true;
      end = i + 1;
      others = 0;
    } else if (++others > 2) {  // a folded To, or the blank lines that HTML leaves between
      break;
    }
  }
  const auto kinds = std::ranges::count(seen, true);
  return seen[0] && kinds >= 3 ? end : 0;
}

std::size_t next_written(const Lines& lines, std::size_t at) {
  while (at < lines.size() && is_blank_line(lines[at].text)) ++at;
  return at;
}

bool is_device_line(std::string_view line) {
  const std::string_view text = undecorated(line, "*_-[] \t");
  if (text.empty() || text.size() > 80 || contains(text, ", ") || text.ends_with('.')) return false;
  return starts_with_any(text, device_lines());
}

/// "Sent from a magnificent torch of pixels": a joke of the same kind, believed only where nothing follows
/// it.
bool is_last_device_line(const Lines& lines, std::size_t at, const std::vector<bool>& quote_begins) {
  const std::string_view text = bare(lines[at].text);
  if (!starts_with_words(text, "sent from ") || text.size() > 60 || contains(text, ",") ||
      text.ends_with('.'))
    return false;
  const std::size_t next = next_written(lines, at + 1);
  return next == lines.size() || quote_begins[next] || is_quoted(lines[next].text);
}

/// A mailing list's footer: a rule, then a few lines that name the list, then nothing.
bool is_list_footer(const Lines& lines, std::size_t at) {
  if (!bare(lines[at].text).starts_with("____________________")) return false;
  bool names_list = false;
  std::size_t i = at + 1;
  for (int written = 0; i < lines.size() && !is_quoted(lines[i].text); ++i) {
    if (is_blank_line(lines[i].text)) continue;
    if (++written > 5) return false;
    names_list = names_list || contains(lower(lines[i].text), "mailing list");
  }
  return names_list;
}

/// RFC 3676 4.3 writes "-- "; without the blank only a short rest is believed to be a signature.
bool is_signature(const Lines& lines, std::size_t at, const std::vector<bool>& quote_begins) {
  const std::string_view line = lines[at].text;
  if (line == "-- ") return true;
  if (stripped(line) != "--" && line != "—") return false;
  int written = 0;
  for (std::size_t i = at + 1; i < lines.size() && !quote_begins[i] && !is_quoted(lines[i].text); ++i)
    if (!is_blank_line(lines[i].text) && ++written > 12) return false;
  return true;
}

/// Walks the lines once and keeps what was newly written.
class Reader {
 public:
  Reader(const Lines& lines, bool forward)
      : lines_(lines),
        forward_(forward),
        marks_(lines.size()),
        attributions_(lines.size()),
        quote_begins_(lines.size()) {
    QuotedFields fields(lines.size());
    std::ranges::transform(lines, fields.begin(),
                           [](const TextLine& line) { return quoted_field(line.text); });
    for (std::size_t i = 0; i < lines.size(); ++i) {
      marks_[i] = {is_original_title(lines[i].text), is_forward_title(lines[i].text),
                   header_block_end(fields, i)};
      if (const auto found = attribution_ending_at(lines, i)) attributions_[found->begin] = found;
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
      quote_begins_[i] =
          attributions_[i] || marks_[i].original || marks_[i].forward || marks_[i].header_end > 0;
  }

  Lines written() && {
    while (at_ < lines_.size() && step()) {
    }
    while (!kept_.empty() && is_blank_line(kept_.back().text)) kept_.pop_back();
    const auto first =
        std::ranges::find_if(kept_, [](const auto& line) { return !is_blank_line(line.text); });
    kept_.erase(kept_.begin(), first);
    return std::move(kept_);
  }

 private:
  /// Handles the line at at_; false when the rest was cut off.
  bool step() {
    const std::string_view line = lines_[at_].text;
    if (is_quoted(line)) return skip_to(at_ + 1);
    if (marks_[at_].forward) return keep_rest();
    if (const auto& attribution = attributions_[at_]) return quotation(attribution->end, attribution->sure);
    if (marks_[at_].original) return quotation(at_ + 1, true);
    if (marks_[at_].header_end > 0) return header_block(marks_[at_].header_end);
    if (is_rule(line) && rule_leads_to_quotation()) return skip_to(at_ + 1);
    const bool short_enough = bare(line).size() < 120;
    if (short_enough && contains_any(lower(line), reply_above_lines())) return false;
    if (is_device_line(line) || is_last_device_line(lines_, at_, quote_begins_)) return skip_to(at_ + 1);
    if (is_list_footer(lines_, at_)) in_signature_ = true;
    if (is_signature(lines_, at_, quote_begins_)) in_signature_ = true;
    if (!in_signature_) keep(lines_[at_]);
    ++at_;
    return true;
  }

  void keep(const TextLine& line) {
    // Where something was left out, one blank line is enough.
    if (gap_ && is_blank_line(line.text) && (kept_.empty() || is_blank_line(kept_.back().text))) return;
    if (!is_blank_line(line.text)) gap_ = false;
    kept_.push_back(line);
  }

  bool skip_to(std::size_t next) {
    at_ = next;
    gap_ = true;
    in_signature_ = false;
    return true;
  }

  bool keep_rest() {
    for (; at_ < lines_.size(); ++at_) kept_.push_back(lines_[at_]);
    return false;
  }

  bool nothing_kept() const {
    return std::ranges::all_of(kept_, [](const auto& line) { return is_blank_line(line.text); });
  }

  /// What follows is quoted: line by line where it has ">" in front, else all of it.
  bool quotation(std::size_t body, bool sure) {
    const std::size_t next = next_written(lines_, body);
    if (next < lines_.size() && (is_quoted(lines_[next].text) || quote_begins_[next])) return skip_to(next);
    if (sure) return false;
    keep(lines_[at_]);
    ++at_;
    return true;
  }

  bool header_block(std::size_t end) {
    // Nothing above it: the mail itself is what it passes on.
    if (forward_ || (nothing_kept() && !gap_)) return keep_rest();
    return quotation(end, true);
  }

  bool rule_leads_to_quotation() const {
    const std::size_t next = next_written(lines_, at_ + 1);
    return next < lines_.size() && quote_begins_[next] && !marks_[next].forward;
  }

  struct Marks {
    bool original = false, forward = false;
    std::size_t header_end = 0;  ///< behind the quoted header block that begins here, or 0
  };

  const Lines& lines_;
  bool forward_;
  std::vector<Marks> marks_;
  std::vector<std::optional<Attribution>> attributions_;
  std::vector<bool> quote_begins_;
  std::size_t at_ = 0;
  bool gap_ = false, in_signature_ = false;
  Lines kept_;
};

}  // namespace

std::vector<TextLine> reply_lines(std::string_view body, std::string_view subject) {
  const Lines lines = text_lines(body);
  return Reader(lines, starts_with_any(bare(subject), forward_subjects())).written();
}

std::string reply_text(std::string_view body, std::string_view subject) {
  std::string text;
  for (const TextLine& line : reply_lines(body, subject)) {
    if (!text.empty()) text += '\n';
    text += line.text;
  }
  while (!text.empty() && is_space(text.back())) text.pop_back();
  return text;
}

}  // namespace oin
