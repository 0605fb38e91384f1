#include "parsers/base/instant.hpp"

#include <fmt/chrono.h>

#include <charconv>

namespace oin {
namespace {

/// Exactly `digits` decimal digits off the front of `text`, or nothing.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char a, char b) {
  if (text.empty() || (text.front() != a && text.front() != b)) return false;
  text.remove_prefix(1);
  return true;
}

/// A full-date (RFC 3339 5.6) off the front of `text`.
std::optional<std::chrono::year_month_day> take_date(std::string_view& text) {
  using namespace std::chrono;
  const auto y = take_digits(text, 4);
  if (!y || !take(text, '-', '-')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-', '-')) return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
  return *y > 0 && date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

std::string to_rfc3339(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const auto date = take_date(text);
  if (!date || !take(text, 'T', ' ')) return std::nullopt;
  const auto hh = take_digits(text, 2);
  if (!hh || !take(text, ':', ':')) return std::nullopt;
  const auto mm = take_digits(text, 2);
  if (!mm || !take(text, ':', ':')) return std::nullopt;
  const auto ss = take_digits(text, 2);
  if (!ss) return std::nullopt;
  if (take(text, '.', '.')) {
    if (!take_digits(text, 1)) return std::nullopt;
    while (take_digits(text, 1)) {
    }
  }
  if (*hh > 23 || *mm > 59 || *ss > 60) return std::nullopt;
  const Instant local = sys_days(*date) + hours(*hh) + minutes(*mm) + seconds(*ss);
  if (take(text, 'Z', 'z')) return text.empty() ? std::optional(local) : std::nullopt;
  const bool east = !text.empty() && text.front() == '+';
  if (!take(text, '+', '-')) return std::nullopt;
  const auto zone_hours = take_digits(text, 2);
  if (!zone_hours || !take(text, ':', ':')) return std::nullopt;
  const auto zone_minutes = take_digits(text, 2);
  if (!zone_minutes || !text.empty() || *zone_hours > 23 || *zone_minutes > 59) return std::nullopt;
  const auto offset = hours(*zone_hours) + minutes(*zone_minutes);
  return east ? local - offset : local + offset;
}

std::optional<std::chrono::year_month_day> parse_full_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

}  // namespace oin
