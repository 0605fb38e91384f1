#include "daemon/workflow/date_words.hpp"

#include <fmt/format.h>
#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>

#include <map>
#include <memory>

namespace oin {
namespace {

constexpr const char* weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};
constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};

const char* weekday_of(std::chrono::year_month_day day) {
  return weekdays[std::chrono::weekday(std::chrono::local_days(day)).iso_encoding() - 1];
}
const char* month_of(std::chrono::year_month_day day) {
  return months[static_cast<unsigned>(day.month()) - 1];
}

std::string in_english(std::chrono::year_month_day day) {
  return fmt::format("{} {} {} {}", weekday_of(day), static_cast<unsigned>(day.day()), month_of(day),
                     static_cast<int>(day.year()));
}

std::unique_ptr<icu::SimpleDateFormat> format_of(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale in = icu::Locale::forLanguageTag(locale, status);
  std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(in, status));
  if (U_FAILURE(status)) return nullptr;
  const icu::UnicodeString pattern = patterns->getBestPattern("EEEEyMMMMd", status);
  auto format = std::make_unique<icu::SimpleDateFormat>(pattern, in, status);
  if (U_FAILURE(status)) return nullptr;
  format->setTimeZone(*icu::TimeZone::getGMT());
  return format;
}

}  // namespace

std::string date_in_words(std::chrono::year_month_day day, std::string_view locale) {
  if (locale.empty() || locale == "en") return in_english(day);
  // Making a format costs more than a letter; one must not be used by two threads at once.
  thread_local std::map<std::string, std::unique_ptr<icu::SimpleDateFormat>, std::less<>> formats;
  auto known = formats.find(locale);
  if (known == formats.end())
    known = formats.emplace(std::string(locale), format_of(std::string(locale))).first;
  if (!known->second) return in_english(day);
  const auto seconds = std::chrono::sys_seconds(std::chrono::sys_days(day)).time_since_epoch().count();
  icu::UnicodeString words;
  known->second->format(static_cast<UDate>(seconds) * 1000, words);
  std::string out;
  words.toUTF8String(out);
  return out;
}

std::string brief_date_in_words(std::chrono::year_month_day day) {
  return fmt::format("{:.3} {} {:.3}", weekday_of(day), static_cast<unsigned>(day.day()), month_of(day));
}

}  // namespace oin
