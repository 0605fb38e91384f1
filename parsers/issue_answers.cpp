#include "parsers/issue_answers.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/fold.hpp"
#include "parsers/reply_text.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Said = IssueAnswer::Said;

constexpr std::size_t longest_answer = 500;  ///< kept of the sender's words

struct Phrase {
  std::string_view words;  ///< folded
  Said said;
};

/// Longer ones first where one begins another: the first that fits is taken.
constexpr Phrase phrases[] = {
    {"not fixed yet", Said::later},
    {"not yet fixed", Said::later},
    {"not yet", Said::later},
    {"not done", Said::later},
    {"not fixed", Said::later},
    {"will be", Said::later},
    {"will do", Said::later},
    {"will fix", Said::later},
    {"we will", Said::later},
    {"we ll", Said::later},
    {"to be fixed", Said::later},
    {"in progress", Said::later},
    {"working on", Said::later},
    {"planned", Said::later},
    {"next sprint", Said::later},
    {"not applicable", Said::disputed},
    {"does not apply", Said::disputed},
    {"doesn t apply", Said::disputed},
    {"do not apply", Said::disputed},
    {"n a", Said::disputed},
    {"na", Said::disputed},
    {"by design", Said::disputed},
    {"intended", Said::disputed},
    {"intentional", Said::disputed},
    {"won t fix", Said::disputed},
    {"will not fix", Said::disputed},
    {"wontfix", Said::disputed},
    {"disagree", Said::disputed},
    {"not an issue", Said::disputed},
    {"fixed", Said::done},
    {"done", Said::done},
    {"resolved", Said::done},
    {"solved", Said::done},
    {"deployed", Said::done},
    {"updated", Said::done},
    {"addressed", Said::done},
    {"corrected", Said::done},
    {"changed", Said::done},
    {"completed", Said::done},
    {"closed", Said::done},
    {"taken care of", Said::done},
    {"attached", Said::done},
    {"added", Said::done},
    {"erledigt", Said::done},
    {"behoben", Said::done},
    {"korrigiert", Said::done},
    {"corrige", Said::done},
    {"corrigee", Said::done},
    {"resolu", Said::done},
    {"arreglado", Said::done},
    {"corregido", Said::done},
    {"resuelto", Said::done},
    {"corrigido", Said::done},
    {"resolvido", Said::done},
    {"opgelost", Said::done},
    {"risolto", Said::done},
};

/// What may stand between numbers of one answer, or between them and the word that answers.
constexpr std::string_view connectors[] = {
    "and",  "und", "et",    "y",      "e",  "en",  "issue",  "issues", "item", "items", "number", "numbers",
    "no",   "nr",  "point", "points", "is", "are", "was",    "were",   "has",  "have",  "been",   "also",
    "both", "now", "for",   "the",    "we", "i",   "should", "be",     "it",   "on",    "as",     "of"};

constexpr std::string_view everything[] = {"all",  "everything", "alle",  "alles",
                                           "tout", "todo",       "todos", "tudo"};

/// Beside a word that says "done", these say it of all issues without a number.
constexpr std::string_view whole_letter[] = {"below",  "the issues", "your issues",
                                             "retest", "re test",    "test again"};

bool among(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::optional<int> number_in(std::string_view word, std::span<const int> numbers) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size() || word.size() > 4) return std::nullopt;
  return std::ranges::find(numbers, value) == numbers.end() ? std::nullopt : std::optional(value);
}

/// The phrase at the beginning of `words`, and how many words it has.
std::optional<std::pair<Said, std::size_t>> phrase_at(std::span<const std::string_view> words) {
  for (const Phrase& phrase : phrases) {
    const auto wanted = split(phrase.words);
    if (wanted.size() <= words.size() && std::equal(wanted.begin(), wanted.end(), words.begin()))
      return std::pair(phrase.said, wanted.size());
  }
  return std::nullopt;
}

/// A URL's digits and a date's are no issue's number.
std::string without_references(std::string_view line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    auto end = std::min(line.find_first_of(" \t", at), line.size());
    std::string_view word = line.substr(at, end - at);
    const auto inner = word.find_first_of("./:@", 0);
    const bool reference = word.find("://") != word.npos || word.find('@') != word.npos ||
                           (inner != word.npos && inner > 0 && inner + 1 < word.size() &&
                            is_digit(word[inner - 1]) && is_digit(word[inner + 1]));
    if (!reference) out.append(word);
    out.push_back(' ');
    at = end + 1;
  }
  return out;
}

/// Goes through the words of one line and gathers what is said of which numbers.
class LineReader {
 public:
  explicit LineReader(std::span<const int> numbers) : numbers_(numbers) {}

  std::map<int, Said> read(std::string_view line) {
    const std::string folded_line = folded(without_references(line));
    const auto words = split(folded_line);
    for (std::size_t at = 0; at < words.size();) {
      const std::span<const std::string_view> rest = std::span(words).subspan(at);
      if (const auto phrase = phrase_at(rest)) {
        take_phrase(phrase->first);
        at += phrase->second;
      } else {
        take_word(rest.front());
        ++at;
      }
    }
    give(line.find('?') != line.npos ? Said::question : Said::other);
    return said_;
  }

 private:
  void take_phrase(Said said) {
    if (!pending_.empty()) {
      give(said);
      follows_.reset();
    } else {
      follows_ = said;
    }
    foreign_ = false;
  }

  void take_word(std::string_view word) {
    std::vector<int> meant;
    if (const auto number = number_in(word, numbers_)) meant = {*number};
    if (among(everything, word)) meant.assign(numbers_.begin(), numbers_.end());
    if (meant.empty()) {
      if (!among(connectors, word)) {
        foreign_ = true;
        follows_.reset();
      }
      return;
    }
    if (follows_) {
      for (const int number : meant) said_[number] = *follows_;
      return;
    }
    if (foreign_) give(Said::other);
    foreign_ = false;
    pending_.insert(pending_.end(), meant.begin(), meant.end());
  }

  void give(Said said) {
    for (const int number : pending_) said_[number] = said;
    pending_.clear();
  }

  std::span<const int> numbers_;
  std::map<int, Said> said_;
  std::vector<int> pending_;     ///< numbers that wait for what is said of them
  std::optional<Said> follows_;  ///< what the numbers that come next are said to be
  bool foreign_ = false;         ///< other words came since
};

/// Does the line begin with a number, or speak of one as an issue?  "We have 3 plans" does not.
bool speaks_of_issues(std::string_view line, const std::map<int, Said>& found) {
  if (std::ranges::any_of(
          found, [](const auto& one) { return one.second != Said::other && one.second != Said::question; }))
    return true;
  const std::string_view text = stripped(line);
  const std::string plain = folded(text);
  return text.starts_with('#') || (!text.empty() && is_digit(text.front())) || plain.starts_with("issue ") ||
         plain.starts_with("item ") || plain.starts_with("point ") || plain.starts_with("re issue ");
}

std::optional<Said> said_in(std::string_view text) {
  const std::string plain = folded(text);
  const auto words = split(plain);
  for (std::size_t at = 0; at < words.size(); ++at)
    if (const auto phrase = phrase_at(std::span(words).subspan(at))) return phrase->first;
  if (text.find('?') != text.npos) return Said::question;
  return std::nullopt;
}

std::string cut(std::string_view text) {
  text = stripped(text);
  if (text.size() <= longest_answer) return std::string(text);
  return std::string(utf8_prefix(text, longest_answer)) + "…";
}

/// "3. The ACS URL is …" as it stands in our letter: the number at the line's beginning.
std::optional<int> quoted_number(std::string_view line, std::span<const int> numbers) {
  std::string_view text = stripped(line);
  while (!text.empty() &&
         (text.front() == '>' || text.front() == '*' || text.front() == '-' || is_blank(text.front())))
    text.remove_prefix(1);
  if (same_word(text.substr(0, 6), "issue ")) text.remove_prefix(6);
  if (text.starts_with('#')) text.remove_prefix(1);
  const auto end = std::ranges::find_if_not(text, is_digit);
  const auto length = static_cast<std::size_t>(end - text.begin());
  if (length == 0 || length == text.size() ||
      std::string_view(".):").find(text[length]) == std::string_view::npos)
    return std::nullopt;
  return number_in(text.substr(0, length), numbers);
}

std::string text_of(const Answer& answer) {
  std::string out;
  for (const TextLine& line : answer.written) out.append(line.text).push_back('\n');
  return out;
}

}  // namespace

std::string_view name(Said said) {
  switch (said) {
    case Said::done:
      return "done";
    case Said::disputed:
      return "disputed";
    case Said::later:
      return "later";
    case Said::question:
      return "question";
    case Said::other:
      return "other";
  }
  return "other";
}

std::vector<IssueAnswer> issue_answers_in(std::string_view text, std::span<const int> numbers) {
  std::map<int, IssueAnswer> out;
  if (numbers.empty()) return {};
  for (const TextLine& line : text_lines(text)) {
    const auto found = LineReader(numbers).read(line.text);
    if (!speaks_of_issues(line.text, found)) continue;
    for (const auto& [number, said] : found) out[number] = {number, said, cut(line.text)};
  }
  if (out.empty() && said_in(text) == Said::done) {
    const std::string plain = folded(text);
    if (std::ranges::any_of(whole_letter, [&](auto words) { return plain.find(words) != plain.npos; }))
      for (const int number : numbers) out[number] = {number, Said::done, cut(text)};
  }
  std::vector<IssueAnswer> list;
  for (auto& [number, answer] : out) list.push_back(std::move(answer));
  return list;
}

std::vector<IssueAnswer> issue_answers(const Mail& mail, std::span<const int> numbers) {
  std::map<int, IssueAnswer> out;
  for (const Answer& block : answers(mail.text, mail.subject)) {
    const std::string written = text_of(block);
    if (stripped(written).empty()) continue;
    std::optional<int> beneath;
    for (const TextLine& line : block.quoted)
      if (const auto number = quoted_number(line.text, numbers)) beneath = number;
    if (beneath) {
      out[*beneath] = {*beneath, said_in(written).value_or(Said::other), cut(written)};
      continue;
    }
    for (IssueAnswer& answer : issue_answers_in(written, numbers)) out[answer.number] = std::move(answer);
  }
  std::vector<IssueAnswer> list;
  for (auto& [number, answer] : out) list.push_back(std::move(answer));
  return list;
}

}  // namespace oin
