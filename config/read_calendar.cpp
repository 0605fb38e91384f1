#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "config/read_workflow.hpp"

namespace oin {
namespace {

constexpr std::string_view weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};

/// The shape of an IANA zone's name.  Whether there is such a zone is known where the time-zone data is.
bool looks_like_zone(std::string_view name) {
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
         std::ranges::all_of(name, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
         });
}

}  // namespace

std::optional<int> minutes_of_day(std::string_view text) {
  const auto digit = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1000;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<CalendarSettings::Day> read_hours(std::string_view text) {
  CalendarSettings::Day day;
  if (text.empty()) return day;
  for (int before = 0;;) {
    const std::string_view range = text.substr(0, text.find(','));
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto begin = minutes_of_day(range.substr(0, dash)), end = minutes_of_day(range.substr(dash + 1));
    if (!begin || !end || *begin < before || *end <= *begin) return std::nullopt;
    day.push_back({*begin, *end});
    before = *end;
    if (range.size() == text.size()) return day;
    text.remove_prefix(range.size() + 1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
}

void read_calendar(TomlTable table, CalendarSettings& calendar) {
  if (!table) return;
  calendar.time_zone = table.text("time_zone", calendar.time_zone);
  if (!looks_like_zone(calendar.time_zone))
    table.found_but_allowed("time_zone", in_quotes(calendar.time_zone), "an IANA name such as Europe/Berlin");
  for (std::size_t day = 0; day < calendar.week.size(); ++day) {
    const std::string_view name = weekdays[day];
    const std::string text = table.text(name, "-");
    if (!table.has(name)) continue;
    if (auto hours = read_hours(text))
      calendar.week[day] = *std::move(hours);
    else
      table.found_but_allowed(
          name, in_quotes(text),
          R"(hours such as "09:00-17:00" or "09:00-12:30, 13:30-17:00", or "" for no work)");
  }
  if (std::ranges::all_of(calendar.week, &CalendarSettings::Day::empty))
    table.problem("", "has no working day; no due date could ever be reached");
  auto dates = table.dates("holidays");
  if (table.has("holidays")) calendar.holidays = std::move(dates);
  auto holidays = read_holidays(table.tables("holiday"));
  if (table.has("holiday")) calendar.named_holidays = std::move(holidays);
  table.refuse_unknown_keys();
}

}  // namespace oin
