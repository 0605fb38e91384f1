#include "parsers/sourcing_request.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/prose_tokens.hpp"
#include "parsers/stated_day.hpp"
#include "parsers/ticket_reference.hpp"
#include "parsers/url.hpp"
#include "parsers/written_day.hpp"

namespace oin {
namespace {

// ---- words ----

/// A word of prose and what stands around it.
struct Word {
  std::string_view text;  ///< without the punctuation around it
  std::string key;        ///< folded
  bool quoted = false;    ///< a quotation mark stands before it
  bool ends = false;      ///< a comma, a full stop, a closing mark or the line's end behind it
  bool leads = false;     ///< a colon behind it: "our app: Acme HR"
  bool unquotes = false;  ///< a quotation mark stands behind it
};

constexpr std::string_view blanks = " \t\r", opening = "\"'([<*_", closing = "\"'.,;:!?)]>*_";
constexpr std::array<std::string_view, 5> quotes{"“", "”", "„", "«", "»"};

bool strip_quote(std::string_view& text, bool front) {
  for (const std::string_view mark : quotes) {
    if (front && text.starts_with(mark)) return text.remove_prefix(mark.size()), true;
    if (!front && text.ends_with(mark)) return text.remove_suffix(mark.size()), true;
  }
  return false;
}

Word word_of(std::string_view raw) {
  Word word;
  for (bool more = true; more && !raw.empty();) {
    more = strip_quote(raw, true);
    word.quoted = word.quoted || more;
    if (!more && opening.find(raw.front()) != opening.npos) {
      word.quoted = word.quoted || raw.front() == '"' || raw.front() == '\'';
      raw.remove_prefix(1);
      more = true;
    }
  }
  for (bool more = true; more && !raw.empty();) {
    more = strip_quote(raw, false);
    word.unquotes = word.unquotes || more;
    if (!more && closing.find(raw.back()) != closing.npos) {
      word.unquotes = word.unquotes || raw.back() == '"' || raw.back() == '\'';
      word.leads = word.leads || raw.back() == ':';
      word.ends = true;
      raw.remove_suffix(1);
      more = true;
    }
  }
  word.text = raw;
  word.key = folded(raw);
  return word;
}

std::vector<Word> words_of(std::string_view text) {
  constexpr std::size_t most = 2000;  // a request is short
  std::vector<Word> out;
  while (!text.empty() && out.size() < most) {
    const auto line_end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, line_end);
    text.remove_prefix(std::min(line_end + 1, text.size()));
    const std::size_t before = out.size();
    while (true) {
      const auto begin = line.find_first_not_of(blanks);
      if (begin == line.npos) break;
      line.remove_prefix(begin);
      const auto end = std::min(line.find_first_of(blanks), line.size());
      if (Word word = word_of(line.substr(0, end)); !word.text.empty()) out.push_back(std::move(word));
      line.remove_prefix(end);
    }
    if (out.size() > before) out.back().ends = true;
  }
  return out;
}

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view key) {
  return std::ranges::find(words, key) != words.end();
}

// ---- the app's name ----

constexpr auto app_words = std::to_array<std::string_view>(
    {"app", "application", "integration", "anwendung", "aplicacion", "product", "produkt", "lapplication"});
constexpr auto between = std::to_array<std::string_view>(  // "our app is called Acme"
    {"is", "named", "called", "name", "namens", "heisst", "ist", "appelee", "llamada"});
constexpr auto owners = std::to_array<std::string_view>(  // "our Acme app"
    {"our", "the", "my", "unsere", "unserer", "die", "der", "notre", "nuestra", "la"});
constexpr auto before_name = std::to_array<std::string_view>({"for", "of", "pour", "para"});
constexpr auto features = std::to_array<std::string_view>({"sourcing", "mastering", "master", "source"});
constexpr auto no_name = std::to_array<std::string_view>(
    {"profile",     "sourcing", "mastering", "master", "okta",    "scim", "oin",   "org",  "orgs", "id",
     "dev",         "i",        "we",        "please", "thanks",  "hi",   "hello", "saml", "oidc", "app",
     "application", "url",      "developer", "and",    "testing", "test", "bitte", "in",   "the"});

bool has_upper(std::string_view text) { return std::ranges::any_of(text, is_upper); }

bool may_name(const Word& word) {
  const bool letter_case = has_upper(word.text) || is_digit(word.text.front()) ||
                           static_cast<unsigned char>(word.text.front()) >= 0x80;
  return letter_case && !among(no_name, word.key) && !word.text.starts_with("00o") &&
         word.text.find("://") == word.text.npos && okta_org(lower(word.text)).empty();
}

std::string_view from_to(const Word& first, const Word& last) {
  return {first.text.data(),
          static_cast<std::size_t>(last.text.data() + last.text.size() - first.text.data())};
}

/// The words from `at` on that write a name; `end` is behind them.
std::string name_at(const std::vector<Word>& words, std::size_t at, std::size_t& end) {
  constexpr std::size_t longest = 6;  ///< words
  end = at;
  if (at >= words.size()) return {};
  const bool quoted = words[at].quoted;
  std::size_t last = at;
  for (std::size_t i = at; i < words.size() && i - at < longest; ++i) {
    if (!quoted && !may_name(words[i])) break;
    last = i;
    end = i + 1;
    if (words[i].unquotes || (!quoted && words[i].ends)) break;
  }
  const bool is_number = end == at + 1 && is_digit(words[at].text.front());
  if (is_number) end = at;
  if (end == at) return {};
  return std::string(from_to(words[at], words[last]));
}

std::string app_name_in(std::string_view text) {
  const std::vector<Word> words = words_of(text);
  std::size_t end = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!among(app_words, words[at].key)) continue;
    std::size_t name = at + 1;
    if (words[at].ends && !words[at].leads) continue;  // "for our app. Thanks"
    while (name < words.size() && among(between, words[name].key)) ++name;
    if (std::string found = name_at(words, name, end); !found.empty()) return found;
  }
  for (std::size_t at = 0; at < words.size(); ++at)  // "our Acme HR app"
    if (among(owners, words[at].key) && !words[at].ends)
      if (std::string found = name_at(words, at + 1, end);
          !found.empty() && end < words.size() && among(app_words, words[end].key))
        return found;
  for (std::size_t at = 0; at + 1 < words.size(); ++at)  // "Profile Sourcing for Acme HR"
    if (among(features, words[at].key) && !words[at].ends && among(before_name, words[at + 1].key))
      if (std::string found = name_at(words, at + 2, end); !found.empty()) return found;
  return {};
}

/// "Profile Sourcing: Acme HR"
std::string app_name_after_colon(std::string_view subject) {
  const auto colon = subject.rfind(':');
  if (colon == subject.npos) return {};
  const std::vector<Word> words = words_of(subject.substr(colon + 1));
  std::size_t end = 0;
  std::string found = name_at(words, 0, end);
  return end == words.size() ? found : std::string();
}

/// The subject of an answer is ours, and says what we made of it.
bool begins_thread(const Mail& mail) { return mail.in_reply_to.empty() && !ticket_reference(mail.subject); }

// ---- the org ----

constexpr std::size_t id_length = 20;

bool is_org_id(std::string_view text) {
  return text.size() == id_length && text.starts_with("00o") &&
         std::ranges::all_of(text, [](char c) { return is_alpha(c) || is_digit(c); });
}

/// "00o1a2b3": meant for one, and too short or too long; "0oa…" is an app's id.
bool resembles_id(std::string_view text) {
  constexpr std::size_t shortest = 6, longest = 40;
  const std::string start = lower(text.substr(0, 3));
  return text.size() >= shortest && text.size() <= longest && (start == "00o" || start == "0oa") &&
         std::ranges::all_of(text, [](char c) { return is_alpha(c) || is_digit(c); });
}

void read_org(SourcingRequest& out, std::string_view text) {
  for (const Word& word : words_of(text)) {
    std::string host = url(word.text).host;
    if (host.empty()) host = lower(word.text.substr(0, word.text.find('/')));
    if (out.org.empty()) out.org = okta_org(host);
    if (is_org_id(word.text))
      out.org_id = word.text;
    else if (resembles_id(word.text))
      out.unfit_org_id = word.text;
  }
}

// ---- the time ----

constexpr auto until_words = std::to_array<std::string_view>(
    {"until", "till", "til", "through", "bis", "jusqua", "jusquau", "jusqu", "hasta", "ate", "fino", "tot"});
constexpr auto for_words =
    std::to_array<std::string_view>({"for", "fur", "pour", "por", "durante", "pendant", "um", "per",
                                     "another", "duration", "dauer", "extra"});
constexpr auto small_words =
    std::to_array<std::string_view>({"zum", "au", "al", "le", "el", "the", "am", "end", "of", "a", "e", "den",
                                     "about", "at", "least", "another"});

/// The nearest word before `at` that is no small one.
std::string_view word_before(const std::vector<ProseToken>& tokens, std::size_t at) {
  constexpr std::size_t farthest = 4;
  for (std::size_t back = 1; back <= std::min(at, farthest); ++back) {
    const ProseToken& token = tokens[at - back];
    if (token.kind == ProseToken::Kind::mark && token.text == ":") continue;
    if (token.kind != ProseToken::Kind::word) return {};
    if (!among(small_words, token.text) || among(for_words, token.text)) return token.text;
  }
  return {};
}

/// Of several the last: "for two weeks; no, make that until 31 December".
void read_time(SourcingRequest& out, std::string_view text, std::chrono::year_month_day written_on) {
  using Kind = StatedDay::Kind;
  constexpr std::size_t whole_mail = 6;  ///< "Two weeks, please." needs no other word
  const std::vector<ProseToken> tokens = prose_tokens(text);
  const DayOrder order = day_order(tokens);
  const std::chrono::sys_days today(written_on);
  for (std::size_t at = 0; at < tokens.size();) {
    const auto day = stated_day(tokens, at, today, order);
    const std::size_t length = day ? std::max<std::size_t>(day->length, 1) : 1;
    if (day && day->kind != Kind::unknown && day->last > today) {
      const std::string_view before = word_before(tokens, at);
      const bool span = day->kind == Kind::duration || day->kind == Kind::shift;
      if (span && (day->is_extension || among(for_words, before) || tokens.size() <= whole_mail)) {
        out.days = static_cast<int>((day->last - today).count());
        out.until.reset();
      } else if (!span && among(until_words, before)) {
        out.until = std::chrono::year_month_day(day->last);
        out.days.reset();
      }
    }
    at += length;
  }
}

std::string value_of(const Submission& form, const char* field) {
  const auto found = form.fields.find(field);
  return found == form.fields.end() ? std::string() : std::string(stripped(shown(found->second)));
}

}  // namespace

SourcingRequest sourcing_request(const Mail& mail, const Submission& form,
                                 std::chrono::year_month_day written_on) {
  SourcingRequest out;
  read_org(out, mail.reply_text);
  read_time(out, mail.reply_text, written_on);
  out.app_name = value_of(form, "app_name");
  if (out.app_name.empty()) out.app_name = app_name_in(mail.reply_text);
  if (begins_thread(mail)) {
    if (out.app_name.empty()) out.app_name = app_name_in(mail.subject);
    if (out.app_name.empty()) out.app_name = app_name_after_colon(mail.subject);
    SourcingRequest subject;
    read_org(subject, mail.subject);
    if (out.org.empty()) out.org = subject.org;
    if (out.org_id.empty()) out.org_id = subject.org_id;
  }
  if (const std::string given = value_of(form, "dev_org_url"); !given.empty()) {
    SourcingRequest line;
    read_org(line, given);
    if (!line.org.empty()) out.org = line.org;
  }
  if (const std::string given = value_of(form, "org_id"); !given.empty()) {
    if (is_org_id(given))
      out.org_id = given;
    else if (out.org_id.empty() && !declined(given) && !promised(given))
      out.unfit_org_id = given;
  }
  if (!out.org_id.empty()) out.unfit_org_id.clear();
  return out;
}

}  // namespace oin
