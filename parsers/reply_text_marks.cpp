#include "parsers/reply_text_marks.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;
constexpr auto npos = std::string_view::npos;

constexpr std::size_t longest_attribution = 400;
constexpr std::size_t attribution_lines = 4;
constexpr std::size_t header_block_lines = 14;
constexpr std::size_t fewest_underscores = 20;  // Outlook writes 32

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
  if (first == npos) return {};
  return bare(line.substr(first, line.find_last_not_of(marks) - first + 1));
}

/// "10:41", "10.41", "10h41".
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

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

bool ends_with_colon(std::string_view text) { return text.ends_with(':') || text.ends_with("："); }

using Phrases = std::unordered_set<std::string_view>;

Phrases phrases(std::span<const std::string_view> table) { return {table.begin(), table.end()}; }

bool is_dashed(std::string_view line) {
  return std::ranges::any_of(std::to_array<std::string_view>({"--", "__", "==", "—"}),
                             [&](auto dashes) { return line.starts_with(dashes); });
}

/// One of the titles and otherwise only dashes; between dashes some more words may follow.
bool is_title(std::string_view line, const std::string& words, const Phrases& titles) {
  constexpr std::size_t more = 80;
  if (titles.contains(words)) return true;
  return is_dashed(line) && std::ranges::any_of(titles, [&](auto title) {
           return words.starts_with(title) && words.size() <= title.size() + more;
         });
}

/// What a text says that may be an attribution, lower case where it is ASCII.
struct Saying {
  bool verb = false, starts = false, digit = false, time = false, year = false;
  bool address = false, bracketed = false;
};

/// "Am", "On Mon, 23 Nov": what stands above when the line was broken in its date.
bool begins_broken_date(std::string_view line) {
  constexpr std::size_t longest = 40;
  return line.size() < longest && line.find_last_of(".!?:") != line.size() - 1 &&
         starts_with_any(std::string(line) + ' ', attribution_starts());
}

bool has_verb(std::string_view words) {
  return std::ranges::any_of(attribution_verbs(), [&](auto verb) {
    const auto at = words.rfind(verb);
    if (at == npos) return false;
    // A Latin verb must be a word of its own; "<a@b>wrote:" is one too.
    const bool begins = at == 0 || !is_alpha(words[at - 1]);
    const auto behind = at + verb.size();
    return begins && (behind >= words.size() || !is_alpha(words[behind]));
  });
}

Saying saying(std::string_view joined) {
  const std::string_view words = undecorated(joined, "-* ");
  Saying says;
  says.verb = has_verb(joined);
  says.starts = (!words.empty() && is_digit(words.front())) || starts_with_any(words, attribution_starts());
  says.digit = has_digit(joined);
  says.time = has_time(joined);
  says.year = has_year(joined);
  says.address = contains(joined, "@");
  says.bracketed = says.address && joined.find_first_of("<([") != npos;
  return says;
}

/// Of a text that begins as such lines do, wherever in a paragraph it stands.
std::optional<Attribution::Proof> proof_of_started(const Saying& says, std::string_view joined) {
  using enum Attribution::Proof;
  // Japanese, Korean and Russian Gmail writes no verb: "2026年11月23日(月) 10:00 Ada <ada@x>:".
  const bool verbless = says.time && says.bracketed && joined.ends_with(">:");
  if (verbless || (says.verb && says.digit && says.address)) return none;
  if (says.verb && says.year) return own_paragraph;
  if ((says.verb && says.digit) || (says.address && says.time && says.year)) return quote_below;
  return std::nullopt;
}

/// A capital letter, or the first byte of a letter outside ASCII.
bool begins_name(std::string_view word) {
  return (word.front() >= 'A' && word.front() <= 'Z') || static_cast<unsigned char>(word.front()) >= 0xC3;
}

/// "Ada Lovelace wrote": nothing but a name and a verb.
bool is_name_and_verb(std::string_view line) {
  constexpr std::size_t most_words = 5;
  const auto words = pieces(line.substr(0, line.find_last_not_of(": ") + 1), ' ');
  return words.size() >= 2 && words.size() <= most_words &&
         std::all_of(words.begin(), words.end() - 1, begins_name);
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
struct Field {
  bool labelled = false;  ///< some short label and a value, known or not
  std::optional<QuotedField> field;
  bool dated = false;    ///< its value holds a date and a time
  bool address = false;  ///< its value holds an address
};

Field field_of(std::string_view line) {
  constexpr std::size_t longest_label = 40;
  Field out;
  const std::string_view text = undecorated(line.substr(0, 300), "*_ \t");
  const auto colon =
      std::min(text.substr(0, longest_label).find(':'), text.substr(0, longest_label).find("："));
  if (colon == npos || colon == 0) return out;
  out.field = known_field(text.substr(0, colon));
  const std::string_view value = text.substr(colon + 1);
  out.labelled = value.size() > 1 && !value.starts_with("//");
  out.address = contains(value, "@");
  out.dated = has_digit(value) && (has_time(value) || has_year(value));
  return out;
}

std::vector<bool> below_rules(const Lines& lines) {
  std::vector<bool> below(lines.size());
  bool rule = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    below[i] = rule;
    if (!is_blank_line(lines[i].text)) rule = is_rule(lines[i].text);
  }
  return below;
}

/// Outlook's line of underscores and what it sets above any language's header block: four fields in a row.
bool is_unknown_block(const std::vector<Field>& fields, std::size_t begin) {
  constexpr std::size_t fewest = 4;
  bool address = false, dated = false;
  for (std::size_t i = begin; i < begin + fewest; ++i) {
    if (i >= fields.size() || !fields[i].labelled) return false;
    address = address || fields[i].address;
    dated = dated || fields[i].dated;
  }
  return dated || address;
}

std::size_t header_block_end(const std::vector<Field>& fields, std::size_t begin, bool below_rule,
                             bool below_underscores) {
  if (below_underscores && is_unknown_block(fields, begin)) {
    std::size_t end = begin;
    while (end < fields.size() && end < begin + header_block_lines && fields[end].labelled) ++end;
    return end;
  }
  if (!fields[begin].field) return 0;
  std::array<bool, 4> seen{};
  bool address = false, dated = false;
  std::size_t end = begin;
  int others = 0;
  for (std::size_t i = begin; i < fields.size() && i < begin + header_block_lines; ++i) {
    if (fields[i].field) {
      const auto kind = static_cast<std::size_t>(*fields[i].field);
      // Behind a whole block comes the quoted text, which may begin with a field of its own.
      if (seen[kind] && *fields[i].field == QuotedField::from) break;
      seen[kind] = true;
      address = address || fields[i].address;
      dated = dated || fields[i].dated;
      end = i + 1;
      others = 0;
    } else if (++others > 2) {  // a folded To, or the blank lines that HTML leaves between
      break;
    }
  }
  const auto has = [&](QuotedField field) { return seen[static_cast<std::size_t>(field)]; };
  const auto kinds = std::ranges::count(seen, true);
  const bool whole = kinds >= 3 && has(QuotedField::from) && (has(QuotedField::date) || address);
  const bool ruled = kinds >= 2 && below_rule && has(QuotedField::from) && (address || dated);
  const bool pair = kinds == 2 && has(QuotedField::from) && has(QuotedField::date) && address && dated;
  return whole || ruled || pair ? end : 0;
}

/// "<EntityDescriptor", "<https://", a "<" at the end of a line: not "<3".
bool opens_tag(std::string_view angle) {
  return angle.front() == '<' &&
         (angle.size() == 1 || is_alpha(angle[1]) || contains("/!?", angle.substr(1, 1)));
}

bool is_underscores(std::string_view line) {
  line = bare(line);
  return line.size() >= fewest_underscores && line.find_first_not_of('_') == npos;
}

}  // namespace

std::vector<bool> quoted_lines(const Lines& lines) {
  constexpr int longest_tag = 30;  // lines
  std::vector<bool> quoted(lines.size());
  bool fenced = false, prompts = false;
  int open_tag = 0;  // lines since a "<" that was not closed
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = stripped(lines[i].text);
    if (!line.starts_with('>')) {
      if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
      // diff and curl -v set "<" and ">" in front of the lines they show.
      prompts = line.starts_with("< ") || line == "<" || (prompts && line == "---");
      const auto angle = line.find_last_of("<>");
      if (line.empty())
        open_tag = 0;
      else if (angle != npos)
        open_tag = opens_tag(line.substr(angle)) ? 1 : 0;
      else if (open_tag > 0 && ++open_tag > longest_tag)
        open_tag = 0;
      continue;
    }
    const bool closes_tag = open_tag == 1 || (open_tag > 0 && !line.starts_with("> "));
    const bool decoration = line.starts_with(">>") && line.ends_with("<<");
    quoted[i] =
        !fenced && !prompts && !closes_tag && !decoration && !line.starts_with(">From ") && line != ">:";
    open_tag = 0;
  }
  // The same output read upwards: "> GET /" stands above the first "< 200 OK".
  for (std::size_t i = lines.size(); i-- > 1;) {
    const std::string_view below = stripped(lines[i].text);
    const bool shown = below.starts_with("< ") || below == "<" || (below.starts_with('>') && !quoted[i]);
    if (shown && quoted[i - 1] && !below.starts_with(">From ") && below != ">:") quoted[i - 1] = false;
  }
  return quoted;
}

bool is_rule(std::string_view line) {
  line = bare(line);
  return line.size() >= 3 && line.find_first_not_of("-_=* ") == npos && line.front() == line.back() &&
         (line.size() >= 5 || line == "---" || line == "----" || line == "___");
}

std::optional<Attribution> attribution_ending_at(const Lines& lines, const std::vector<bool>& quoted,
                                                 std::size_t last) {
  using enum Attribution::Proof;
  const std::string_view last_text = bare(lines[last].text);
  if (quoted[last] || last_text.empty()) return std::nullopt;
  const bool dashed = last_text.starts_with("--") && last_text.ends_with("--");  // "----On … wrote----"
  const bool dated_address = is_digit(last_text.front()) && last_text.ends_with('>');
  if (!ends_with_colon(last_text) && !dashed && !dated_address) return std::nullopt;

  const auto above_is_text = [&](std::size_t at) {
    return at > 0 && !is_blank_line(lines[at - 1].text) && !quoted[at - 1] && !is_rule(lines[at - 1].text);
  };
  std::string joined;
  std::optional<Attribution> found;
  for (std::size_t begin = last + 1; begin-- > 0 && last - begin < attribution_lines;) {
    const std::string_view line = bare(lines[begin].text);
    if (line.empty() || quoted[begin] || joined.size() + line.size() > longest_attribution) break;
    if (begin < last && dashed) break;
    if (begin < last && line.find_last_of(".!?:") == line.size() - 1) break;  // a sentence of its own
    joined = lower(line) + (joined.empty() ? "" : " ") + joined;
    const Saying says = saying(joined);
    if (says.starts) {
      if (dated_address) {
        if (begin == last && says.address) return Attribution{begin, last + 1, quote_below};
        break;
      }
      if (const auto proof = proof_of_started(says, joined)) {
        // "Am\n26. Mai 2026 schrieb Ada:" and "On Mon, 23 Nov\n2026 Ada wrote:" begin a line above.
        const bool goes_on = is_digit(undecorated(line, "-* ").front()) && above_is_text(begin) &&
                             begins_broken_date(bare(lines[begin - 1].text));
        return Attribution{goes_on ? begin - 1 : begin, last + 1, *proof};
      }
      continue;
    }
    // A name or an address first, perhaps the middle of a longer one.
    const bool first_of_paragraph = !above_is_text(begin);
    const bool broken_name = begin + 1 == last && last_text.starts_with('<');
    if (begin != last && !broken_name) continue;
    if (first_of_paragraph && says.bracketed && (says.verb || (says.time && joined.ends_with(">:"))))
      found = Attribution{begin, last + 1, none};
    else if ((says.bracketed && says.verb && joined.ends_with("> wrote:")) ||
             (joined.front() == '<' && says.verb) || (joined.front() == '"' && says.address && says.verb))
      found = Attribution{begin, last + 1, begin == last && joined.front() == '<' ? none : quote_below};
    else if (first_of_paragraph && ((says.verb && says.digit && (says.time || says.year || says.address)) ||
                                    (says.bracketed && (says.time || says.year))))
      found = Attribution{begin, last + 1, quote_below};
    else if (begin == last && says.bracketed && says.time && joined.ends_with(">:"))
      found = Attribution{begin, last + 1, quote_below};
    else if (first_of_paragraph && begin == last && says.verb && is_name_and_verb(line))
      found = Attribution{begin, last + 1, quote_below};
  }
  return found;
}

Title title_of(std::string_view line) {
  constexpr std::size_t longest = 160, longest_bare = 80;
  static const Phrases originals = phrases(original_message_titles());
  static const Phrases forwards = phrases(forwarded_message_titles());
  const std::string_view text = bare(line);
  if (text.empty() || text.size() > (is_dashed(text) ? longest : longest_bare)) return Title::none;
  const std::string words =
      lower(undecorated(text.substr(0, text.size() - (text.ends_with("：") ? 3 : 0)), "-_=*: \t"));
  if (words.empty()) return Title::none;
  if (is_title(text, words, forwards)) return Title::forwarded;
  if (!is_title(text, words, originals)) return Title::none;
  return is_dashed(text) ? Title::original : Title::bare_original;
}

std::vector<std::size_t> header_block_ends(const Lines& lines) {
  std::vector<Field> fields(lines.size());
  std::ranges::transform(lines, fields.begin(), [](const TextLine& line) { return field_of(line.text); });
  const std::vector<bool> below = below_rules(lines);
  std::vector<std::size_t> ends(lines.size());
  std::size_t last_written = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank_line(lines[i].text)) continue;
    const bool underscores = last_written < i && is_underscores(lines[last_written].text);
    ends[i] = header_block_end(fields, i, below[i], underscores);
    last_written = i;
  }
  return ends;
}

bool hints_at_answers_within(std::string_view written) {
  return contains_any(lower(written), answers_within_hints());
}

bool is_reply_above_line(std::string_view line) {
  return starts_with_any(undecorated(line, "#-_=*+~:.[]() \t"), reply_above_lines());
}

bool is_device_line(std::string_view line) {
  constexpr std::size_t longest = 100;
  std::string_view text = undecorated(line, "*_-[] \t");
  if (const auto link = text.find('<'); link != npos && link > 0) text = bare(text.substr(0, link));
  if (text.empty() || text.size() > longest || contains(text, ", ") || text.ends_with('.')) return false;
  return starts_with_any(text, device_lines());
}

bool is_device_like_line(std::string_view line) {
  constexpr std::size_t longest = 100;
  const std::string_view text = undecorated(line, "*_-[] \t");
  if (text.size() > longest || contains(text, ", ")) return false;
  return (starts_with_words(text, "sent from ") && !text.ends_with('.')) ||
         starts_with_any(text, device_lines());
}

bool is_dashed_name(std::string_view line) {
  line = bare(line);
  for (const std::string_view dash : {"-", "–", "—"}) {
    if (!line.starts_with(dash)) continue;
    const auto words = pieces(line.substr(dash.size()), ' ');
    // Two words at least: "-Done" may be an answer.
    return words.size() >= 2 && words.size() <= 4 && std::ranges::all_of(words, [](std::string_view word) {
             return begins_name(word) && word.find_first_of("0123456789:/@?!,;()") == npos;
           });
  }
  return false;
}

bool begins_disclaimer(std::string_view paragraph) {
  return starts_with_any(undecorated(paragraph, "*_-=# \t\n"), disclaimer_starts());
}

std::size_t disclaimer_words_in(std::string_view paragraph) {
  const std::string words = lower(paragraph);
  return static_cast<std::size_t>(
      std::ranges::count_if(disclaimer_words(), [&](auto word) { return contains(words, word); }));
}

}  // namespace oin
