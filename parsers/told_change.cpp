#include "parsers/told_change.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/submission_values.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Words = std::span<const std::string_view>;

/// In front of a label: "change the ACS URL to …".
constexpr auto verbs = std::to_array<std::string_view>(
    {"change", "update", "set", "replace", "switch", "correct", "rename", "modify"});
constexpr auto removals = std::to_array<std::string_view>({"remove", "delete", "drop", "clear"});

/// Between a label and its value behind such a verb.
constexpr auto joints = std::to_array<std::string_view>({" to ", " with ", " by "});

/// Behind a label: "the ACS URL is now …"; longer ones first.
constexpr auto announcements = std::to_array<std::string_view>(
    {" has been changed to ", " has been updated to ", " has changed to ", " was changed to ",
     " was updated to ", " should now be ", " should be changed to ", " should be ", " needs to be ",
     " must be ", " will be ", " changed to ", " changes to ", " has moved to ", " moved to ", " is now ",
     " becomes "});
constexpr auto old_announcements = std::to_array<std::string_view>(
    {" has been changed from ", " has been updated from ", " has changed from ", " was changed from ",
     " changed from ", " changes from "});

/// In front of the old value, behind the new one.
constexpr auto old_marks = std::to_array<std::string_view>(
    {" instead of ", " rather than ", " (instead of ", " (was ", " (were ", " (previously ", " (formerly ",
     " (old ", ", previously ", ", formerly "});

/// Whoever asks or supposes tells no change.
constexpr auto doubts =
    std::to_array<std::string_view>({"if", "whether", "should", "when", "how", "can we", "could we", "may we",
                                     "do we", "shall we", "would", "cannot", "not"});
constexpr auto requests = std::to_array<std::string_view>({"would you", "would like"});

/// How a word begins without which no change is told.
constexpr auto hints = std::to_array<std::string_view>(
    {"chang",      "updat",    "set ",         "repla", "switch",  "correct", "renam",
     "modify",     "remov",    "delete",       "drop ", "clear",   "now ",    "will be ",
     "should be ", "must be ", "needs to be ", "moved", "becomes", "new "});

constexpr std::array<bool, 256> begins_hint = [] {
  std::array<bool, 256> begins{};
  for (const std::string_view hint : hints)
    for (const char c : {hint.front(), static_cast<char>(hint.front() - 'a' + 'A')})
      begins[static_cast<unsigned char>(c)] = true;
  return begins;
}();

constexpr std::size_t npos = std::string_view::npos;

bool is_word_at(std::string_view text, std::size_t at, std::size_t length) {
  const auto is_letter = [&](std::size_t i) {
    return i < text.size() && (is_alpha(text[i]) || is_digit(text[i]));
  };
  return (at == 0 || !is_letter(at - 1)) && !is_letter(at + length);
}

/// Where words stand in a text; at their ends the text's words end too.
std::size_t find_words(std::string_view text, std::string_view words, std::size_t from = 0) {
  for (auto at = text.find(words, from); at != npos; at = text.find(words, at + 1))
    if (is_word_at(text, at, words.size())) return at;
  return npos;
}

struct Found {
  std::size_t at = npos, end = npos;
};

/// The first of several phrases.
Found first_of(std::string_view text, Words phrases) {
  Found first;
  for (const std::string_view phrase : phrases)
    if (const auto at = text.find(phrase); at < first.at) first = {at, at + phrase.size()};
  return first;
}

bool is_doubted(std::string_view before) {
  const auto says = [&](std::string_view words) { return find_words(before, words) != npos; };
  return std::ranges::any_of(doubts, says) && std::ranges::none_of(requests, says);
}

/// A sentence's or clause's value without what ends the sentence.
std::string_view trimmed(std::string_view value) {
  value = bare(value);
  while (!value.empty() && contains(".,;!?", value.substr(value.size() - 1)))
    value = bare(value.substr(0, value.size() - 1));
  return value;
}

/// Does a sentence give what the field asks for?  Prose that only sounds like a change does not.
bool is_value(const FieldRow& row, std::string_view value) {
  const bool one_word = value.find_first_of(" \t\n") == npos;
  const bool quoted = value.starts_with('"') || value.starts_with('\'') || value.starts_with("“");
  switch (row.shape) {
    case Shape::url:
    case Shape::list:
      return contains(value.substr(0, value.find(' ')), "://") || !attached_name(value).empty();
    case Shape::file:
      return contains(value, "://") || contains(value, ".") || promised(value);
    case Shape::contacts:
      return contains(value, "@") || contains(value, "://") || std::ranges::count_if(value, is_digit) >= 6;
    case Shape::yes_no:
      return yes_or_no(value).has_value();
    case Shape::line:
      if (row.name == "app_name" || row.name == "company_name") return quoted || is_upper(value.front());
      return one_word || quoted;
    case Shape::choice:
    case Shape::choices:
      return is_choice(row.vocabulary, value);
    case Shape::prose:
    case Shape::pairs:
    case Shape::variables:
    case Shape::secret:
      return false;
  }
  return false;
}

/// The first word of what may only be one, all of the rest.
std::string_view value_in(const FieldRow& row, std::string_view text) {
  text = trimmed(new_of(text));
  const bool one = row.shape == Shape::url || row.shape == Shape::contacts || row.shape == Shape::list;
  if (one && !promised(text)) text = trimmed(text.substr(0, text.find_first_of(" \t\n")));
  return text;
}

/// A sentence, and the same in lower case, in which words are looked for.
class Sentence {
 public:
  Sentence(std::string_view text, std::string_view folded, std::string_view section)
      : text_(text), low_(folded), section_(section) {}

  std::optional<ToldChange> change() const {
    for (const std::string_view verb : verbs)
      for (auto at = find_words(low_, verb); at != npos; at = find_words(low_, verb, at + 1))
        if (auto found = behind_verb(at, at + verb.size())) return found;
    if (auto found = removal()) return found;
    return announced();
  }

 private:
  /// The label between two places, its value behind a third.
  std::optional<ToldChange> told(std::size_t begin, std::size_t end, std::size_t value_at) const {
    const std::string_view label = bare(text_.substr(begin, end - begin));
    std::string key = label.size() > longest_label ? std::string() : known_key(label);
    const FieldRow* row = row_of(section_, key);
    if (!row) return std::nullopt;
    const std::string_view value = value_in(*row, text_.substr(value_at));
    if (value.empty() || !is_value(*row, value)) return std::nullopt;
    return ToldChange{label, std::move(key), std::string(value)};
  }

  std::optional<ToldChange> behind_verb(std::size_t verb, std::size_t behind) const {
    if (is_doubted(low_.substr(0, verb))) return std::nullopt;
    if (const auto from = low_.find(" from ", behind); from != npos)
      if (const auto to = low_.find(" to ", from); to != npos)
        if (auto found = told(behind, from, to + 4)) return found;
    const Found joint = first_of(low_.substr(behind), joints);
    return joint.at == npos ? std::nullopt : told(behind, behind + joint.at, behind + joint.end);
  }

  std::optional<ToldChange> removal() const {
    for (const std::string_view verb : removals) {
      const auto at = find_words(low_, verb);
      if (at == npos || is_doubted(low_.substr(0, at))) continue;
      const std::string_view label = trimmed(text_.substr(at + verb.size()));
      std::string key = label.size() > longest_label ? std::string() : known_key(label);
      if (row_of(section_, key)) return ToldChange{label, std::move(key), "remove"};
    }
    return std::nullopt;
  }

  std::optional<ToldChange> announced() const {
    if (const Found now = first_of(low_, announcements); now.at != npos)
      if (auto found = told(0, now.at, now.end)) return found;
    if (const Found old = first_of(low_, old_announcements); old.at != npos)
      if (const auto to = low_.find(" to ", old.end); to != npos)
        if (auto found = told(0, old.at, to + 4)) return found;
    // "The new support email is …": the label itself says that it is new.
    const auto is = low_.find(" is ");
    if (is == npos || is > longest_label || !tells_change(text_.substr(0, is))) return std::nullopt;
    return told(0, is, is + 4);
  }

  std::string_view text_, low_, section_;
};

/// Where a sentence or a part that can stand alone ends: at ". ", "; ", " and ".
Found end_of_clause(std::string_view text) {
  constexpr auto ends = std::to_array<std::string_view>({". ", "; ", "? ", "! ", " and ", ", also "});
  return first_of(text, ends);
}

}  // namespace

bool may_tell_change(std::string_view line) {
  constexpr std::size_t longest = 400;
  if (line.size() > longest) return false;
  for (std::size_t at = 0; at < line.size(); ++at)
    if (begins_hint[static_cast<unsigned char>(line[at])] && (at == 0 || !is_alpha(line[at - 1])) &&
        std::ranges::any_of(hints, [&](auto hint) { return starts_with_words(line.substr(at), hint); }))
      return true;
  return false;
}

std::vector<ToldChange> told_changes(std::string_view text, std::string_view section) {
  constexpr std::size_t most = 10;
  const std::string folded = lower(text);
  std::string_view low = folded;
  std::vector<ToldChange> found;
  for (std::size_t tried = 0; !text.empty() && tried < most; ++tried) {
    const Found end = end_of_clause(low);
    if (auto change = Sentence(text.substr(0, end.at), low.substr(0, end.at), section).change())
      found.push_back(std::move(*change));
    if (end.at == npos) break;
    text.remove_prefix(end.end);
    low.remove_prefix(end.end);
  }
  return found;
}

std::string_view new_of(std::string_view value) {
  for (const std::string_view arrow : {" -> ", " → ", " => ", " --> ", " ➔ "})
    if (const auto at = value.rfind(arrow); at != npos && at > 0)
      return bare(value.substr(at + arrow.size()));
  const std::string low = lower(value);
  for (const std::string_view begin : {"changed from ", "from https://", "from http://", "was "}) {
    if (!low.starts_with(begin)) continue;
    for (const std::string_view joint : {", now ", " now ", " to "})
      if (const auto at = low.find(joint); at != npos) return bare(value.substr(at + joint.size()));
  }
  return bare(value.substr(0, first_of(low, old_marks).at));
}

}  // namespace oin
