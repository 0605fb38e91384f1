#include "parsers/reply_text_attribution.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"
#include "parsers/reply_text_marks.hpp"
#include "parsers/reply_text_words.hpp"

namespace oin {
namespace {

using enum Attribution::Proof;
using Lines = std::vector<TextLine>;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longest = 400;
constexpr std::size_t most_lines = 4;

/// Of a colon, also a full-width one, and of the dashes or bracket that may stand for it.
constexpr std::string_view last_bytes = ":\x9A->";

bool ends_with_colon(std::string_view text) { return text.ends_with(':') || text.ends_with("："); }

bool begins_attribution(std::string_view text) {
  static const Beginnings beginnings(attribution_starts());
  return !beginnings.of(text).empty();
}

/// A sentence ends here, so that what stands below begins anew.
bool ends_sentence(std::string_view line) { return line.find_last_of(".!?:") == line.size() - 1; }

enum class Verb {
  none,
  within,  ///< more words follow
  last,    ///< nothing follows but a colon or dashes
  named,   ///< a name follows: "… schrieb Ada Lovelace:"
};

bool is_name(std::string_view text) {
  constexpr std::size_t most_words = 5;
  const auto words = pieces(text, ' ');
  const auto is_part = [](std::string_view word) {
    return begins_name(word) || std::ranges::find(name_particles(), word) != name_particles().end();
  };
  // A particle leads to the name proper: "Ada van der Meer".
  return !words.empty() && words.size() <= most_words && begins_name(words.back()) &&
         std::ranges::all_of(words, is_part);
}

constexpr unsigned char first_byte_of_kana = 0xE3;  // in UTF-8; of Han and Hangul it is greater

/// `words` is `text` in lower case.
Verb verb_of(std::string_view text, std::string_view words) {
  Verb found = Verb::none;
  for (const std::string_view verb : attribution_verbs()) {
    if (!contains(words, verb)) continue;  // which find() tells faster than its reverse
    const auto at = words.rfind(verb);
    // A verb must be a word of its own, as "<a@b>wrote:" is too, but where words do not stand apart:
    // "Adaのメール".
    const auto behind = at + verb.size();
    if (at > 0 && is_alpha(words[at - 1]) && static_cast<unsigned char>(verb.front()) < first_byte_of_kana)
      continue;
    if (behind < words.size() && is_alpha(words[behind])) continue;
    const auto last = words.find_last_not_of(" :-\xC2\xA0\xEF\xBC\x9A");
    if (last == npos || last < behind) return Verb::last;
    found = is_name(text.substr(behind, last + 1 - behind)) ? Verb::named : std::max(found, Verb::within);
  }
  return found;
}

/// "23" and "2026": no mere year.
bool has_day_and_year(std::string_view words) {
  int numbers = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (is_digit(words[i]) && (i == 0 || !is_digit(words[i - 1]))) ++numbers;
  return numbers >= 2 && has_year(words);
}

/// What a text that may be an attribution says.
struct Saying {
  explicit Saying(std::string_view text) : joined(lower(text)) {
    const std::string_view words = undecorated(joined, "-* ");
    verb = verb_of(text, joined);
    starts_with_digit = !words.empty() && is_digit(words.front());
    starts_with_phrase = begins_attribution(words);
    digit = has_digit(joined);
    time = has_time(joined);
    date = has_day_and_year(joined) || (time && has_short_date(joined));
    address = contains(joined, "@");
    angled = address && contains(joined, "<");
    const auto last = joined.find_last_not_of(" :\xC2\xA0\xEF\xBC\x9A");
    ends =
        verb >= Verb::last || (last != npos && (contains(">)]", std::string_view(joined).substr(last, 1)) ||
                                                has_digit(joined.substr(last - std::min(last, near)))));
    ends_with_address = joined.ends_with(">:") || joined.ends_with(">：");
    prose = contains_any_word(joined, first_person_words());
  }

  bool starts() const { return starts_with_digit || starts_with_phrase; }

  static constexpr std::size_t near = 8;  // "10:00 Uhr:"

  std::string joined;  // lower case where it is ASCII
  Verb verb;
  bool starts_with_digit, starts_with_phrase, digit, time, date, address, angled;
  bool ends;               // as a machine ends it: with the verb, an address or a time
  bool ends_with_address;  // "… <ada@x.example>:"
  bool prose;              // "we", "our": a person tells of it
};

/// Of a text that begins as attributions do, wherever in a paragraph it stands.
std::optional<Attribution::Proof> proof_of_started(const Saying& says) {
  // Japanese, Korean and Russian Gmail writes no verb: "2026年11月23日(月) 10:00 Ada <ada@x>:".
  if (says.time && says.date && says.angled && says.ends_with_address) return none;
  const bool verb = says.verb != Verb::none;
  const bool dated = says.date || says.time || (says.starts_with_phrase && says.digit && says.angled);
  if (verb && says.address && dated && says.ends && !says.prose) return none;
  if (verb && says.date && says.ends && !says.prose) return own_paragraph;
  if ((verb && says.digit) || (says.address && says.time && says.date)) return quote_below;
  return std::nullopt;
}

/// "Ada Lovelace wrote": nothing but a name and a verb.
bool is_name_and_verb(std::string_view line) {
  const auto last_word = line.substr(0, line.find_last_not_of(": ") + 1).rfind(' ');
  return last_word != npos && is_name(line.substr(0, last_word));
}

/// Of a line with a name or an address first; `alone` at the beginning of its paragraph.
std::optional<Attribution::Proof> proof_of_name_first(const Saying& says, std::string_view line, bool alone) {
  const std::string_view joined = says.joined;
  const bool verb = says.verb != Verb::none;
  if (says.angled && says.ends && !says.prose && (verb || (says.time && says.date && says.ends_with_address)))
    return alone || joined.front() == '<' ? none : quote_below;
  if (verb && says.address && joined.front() == '"') return quote_below;
  if (says.angled && says.time && says.ends_with_address) return quote_below;
  if (alone && (verb || says.angled) && (says.time || says.date)) return quote_below;
  if (alone && says.verb == Verb::last && (says.address || is_name_and_verb(line))) return quote_below;
  return std::nullopt;
}

/// "Am", "On Mon, 23 Nov": what stands above when the line was broken in its date.
bool begins_broken_date(std::string_view line) {
  constexpr std::size_t longest_beginning = 40;
  return line.size() < longest_beginning && !ends_sentence(line) &&
         begins_attribution(std::string(line) + ' ');
}

}  // namespace

std::optional<Attribution> attribution_ending_at(const Lines& lines, const std::vector<bool>& quoted,
                                                 std::size_t last) {
  if (quoted[last] || lines[last].text.empty()) return std::nullopt;
  const std::string_view last_line = bare(lines[last].text);
  if (last_line.empty() || last_bytes.find(last_line.back()) == npos) return std::nullopt;
  const bool dashed = last_line.starts_with("--") && last_line.ends_with("--") &&  // "----On … wrote----"
                      last_line.find_first_not_of('-') != npos;
  const bool dated_address = is_digit(last_line.front()) && last_line.ends_with('>');  // no colon
  if (!ends_with_colon(last_line) && !dashed && !dated_address) return std::nullopt;

  const auto is_text_above = [&](std::size_t at) {
    return at > 0 && !is_blank_line(lines[at - 1].text) && !quoted[at - 1] && !is_rule(lines[at - 1].text);
  };
  const std::size_t most = dashed || dated_address ? 1 : most_lines;
  std::string joined;
  std::optional<Attribution> found;
  for (std::size_t begin = last + 1; begin-- > 0 && last - begin < most;) {
    const std::string_view line = bare(lines[begin].text);
    if (line.empty() || quoted[begin] || joined.size() + line.size() > longest) break;
    if (begin < last && ends_sentence(line)) break;
    joined = std::string(line) + (joined.empty() ? "" : " ") + joined;
    const Saying says(joined);
    if (says.starts()) {
      auto proof = proof_of_started(says);
      if (dated_address) proof = says.address ? std::optional(quote_below) : std::nullopt;
      if (proof) {
        const bool goes_on =
            says.starts_with_digit && is_text_above(begin) && begins_broken_date(bare(lines[begin - 1].text));
        return Attribution{goes_on ? begin - 1 : begin, last + 1, *proof};
      }
    }
    // A name first, perhaps the middle of a longer one; or a name above its address.
    if (begin < last && (begin + 1 < last || !last_line.starts_with('<'))) continue;
    if (const auto proof = proof_of_name_first(says, line, !is_text_above(begin)))
      found = Attribution{begin, last + 1, *proof};
  }
  return found;
}

}  // namespace oin
