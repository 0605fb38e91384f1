#include "parsers/date.hpp"

#include <array>
#include <string>
#include <utility>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

/// Decimal digits only, at most six of them.
std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<unsigned> month(std::string_view word) {
  constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (word.size() < 3 || !is_alpha(word[0])) return std::nullopt;
  const std::string abbreviated = lower(word.substr(0, 3));
  for (unsigned i = 0; i < 12; ++i)
    if (names.substr(i * 3, 3) == abbreviated) return i + 1;
  return std::nullopt;
}

/// Minutes east of UTC of a zone's name (RFC 5322 4.3 and what servers in Asia and Europe write).
std::optional<int> named_zone(std::string_view word) {
  constexpr auto zones = std::to_array<std::pair<std::string_view, int>>(
      {{"ut", 0},     {"utc", 0},    {"gmt", 0},    {"z", 0},       {"est", -300}, {"edt", -240},
       {"cst", -360}, {"cdt", -300}, {"mst", -420}, {"mdt", -360},  {"pst", -480}, {"pdt", -420},
       {"wet", 0},    {"west", 60},  {"bst", 60},   {"cet", 60},    {"cest", 120}, {"met", 60},
       {"mest", 120}, {"mez", 60},   {"mesz", 120}, {"eet", 120},   {"eest", 180}, {"msk", 180},
       {"jst", 540},  {"kst", 540},  {"hst", -600}, {"akst", -540}, {"akdt", -480}});
  for (const auto& [name, minutes] : zones)
    if (same_word(word, name)) return minutes;
  return std::nullopt;
}

struct Parts {
  std::optional<int> day, year;
  std::optional<unsigned> month;
  std::optional<int> seconds;  // of the day
  std::optional<int> zone;     // minutes east of UTC
};

bool take_time(Parts& parts, std::string_view word) {
  std::array<int, 3> hms{};
  for (std::size_t i = 0; i < hms.size() && !word.empty(); ++i) {
    const std::size_t length = std::min(word.find(':'), word.size());
    const auto value = number(word.substr(0, i == 2 ? std::min(length, word.find('.')) : length));
    if (!value) return false;
    hms[i] = *value;
    word.remove_prefix(std::min(length + 1, word.size()));
  }
  if (!word.empty() || hms[0] > 23 || hms[1] > 59 || hms[2] > 60 || parts.seconds) return false;
  parts.seconds = hms[0] * 3600 + hms[1] * 60 + hms[2];
  return true;
}

bool take_zone(Parts& parts, std::string_view word) {
  const int sign = word.front() == '-' ? -1 : 1;
  std::string digits(word.substr(1));
  std::erase(digits, ':');
  if (digits.size() == 2) digits += "00";
  const auto value = number(digits);
  if (!value || digits.size() != 4 || *value / 100 > 23 || *value % 100 > 59) return false;
  parts.zone = sign * (*value / 100 * 60 + *value % 100);
  return true;
}

bool take_number(Parts& parts, std::string_view word) {
  const auto value = number(word);
  if (!value || word.size() > 4) return false;
  if (word.size() <= 2 && !parts.day) {
    parts.day = *value;
    return true;
  }
  if (parts.year) return false;
  // RFC 5322 4.3: two digits are 1950 to 2049, three count from 1900.
  parts.year = word.size() == 4 ? *value : word.size() == 3 || *value >= 50 ? 1900 + *value : 2000 + *value;
  return true;
}

bool take_word(Parts& parts, std::string_view word) {
  const char first = word.front();
  if (is_digit(first) && word.find(':') != std::string_view::npos) {
    const std::size_t zone = word.find_first_of("+-");
    if (zone == std::string_view::npos) return take_time(parts, word);
    return take_time(parts, word.substr(0, zone)) && take_zone(parts, word.substr(zone));
  }
  if ((first == '+' || first == '-') && word.size() > 1) return take_zone(parts, word);
  if (is_digit(first)) {  // "23", "2026" or "23-Nov-26"
    const std::size_t length = std::min(word.find('-'), word.size());
    if (!take_number(parts, word.substr(0, length))) return false;
    if (length >= word.size()) return true;
    return length + 1 < word.size() && take_word(parts, word.substr(length + 1));
  }
  if (const std::size_t dash = word.find('-'); dash != std::string_view::npos && dash + 1 < word.size())
    return take_word(parts, word.substr(0, dash)) && take_word(parts, word.substr(dash + 1));
  if (!parts.month)
    if (const auto m = month(word); m) {
      parts.month = m;
      return true;
    }
  if (const auto zone = named_zone(word); zone) parts.zone = zone;
  return true;  // a weekday, or a zone nobody knows
}

/// Without comments, and without the blanks that the obsolete form allows around a colon (RFC 5322 4.3).
std::string plain_words(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && depth > 0)
      ++i;
    else if (c == '(')
      ++depth;
    else if (c == ')' && depth > 0)
      --depth;
    else if (depth == 0)
      out.push_back(c == ',' || is_space(c) ? ' ' : c);
    if (depth == 0 && c == ')') out.push_back(' ');
  }
  for (std::size_t at = 0; (at = out.find(':', at)) != std::string::npos; ++at) {
    out.erase(at + 1, std::min(out.find_first_not_of(' ', at + 1), out.size()) - at - 1);
    while (at > 0 && out[at - 1] == ' ') out.erase(--at, 1);
  }
  return out;
}

}  // namespace

std::optional<Instant> parse_date(std::string_view field_body) {
  constexpr std::size_t longest = 200;
  const std::string words = plain_words(field_body.substr(0, longest));
  Parts parts;
  std::string_view left = stripped(words);
  while (!left.empty()) {
    const std::size_t length = std::min(left.find(' '), left.size());
    if (!take_word(parts, left.substr(0, length))) return parse_rfc3339(stripped(field_body));
    left = stripped(left.substr(length));
  }
  if (!parts.day || !parts.month || !parts.year || !parts.seconds) return std::nullopt;
  using namespace std::chrono;
  const year_month_day date{year(*parts.year), std::chrono::month(*parts.month),
                            day(static_cast<unsigned>(*parts.day))};
  if (!date.ok() || *parts.year < 1900) return std::nullopt;
  return sys_days(date) + seconds(*parts.seconds) - minutes(parts.zone.value_or(0));
}

}  // namespace oin
