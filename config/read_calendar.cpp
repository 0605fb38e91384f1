#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "config/read_workflow.hpp"

namespace oin {
namespace {

constexpr std::string_view weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};

/// Minutes of "hh:mm", 00:00 to 24:00; -1 when it is no such time.
int minutes(std::string_view text) {
  const auto digit = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1000;
  };
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return -1;
  return hour * 60 + minute;
}

/// The shape of an IANA zone's name.  Whether there is such a zone is known where the time-zone data is.
bool looks_like_zone(std::string_view name) {
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
         std::ranges::all_of(name, [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '/' || c == '_' || c == '-' || c == '+';
         });
}

}  // namespace

bool read_hours(std::string_view text, CalendarSettings::Hours& hours) {
  if (text.empty()) {
    hours = {};
    return true;
  }
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const int begin = minutes(text.substr(0, dash)), end = minutes(text.substr(dash + 1));
  if (begin < 0 || end <= begin) return false;
  hours = {begin, end};
  return true;
}

void read_calendar(TomlTable table, CalendarSettings& calendar) {
  if (!table) return;
  calendar.time_zone = table.text("time_zone", calendar.time_zone);
  if (!looks_like_zone(calendar.time_zone))
    table.found_but_allowed("time_zone", in_quotes(calendar.time_zone), "an IANA name such as Europe/Berlin");
  for (std::size_t day = 0; day < calendar.week.size(); ++day) {
    const std::string_view name = weekdays[day];
    const std::string text = table.text(name, "-");
    if (table.has(name) && !read_hours(text, calendar.week[day]))
      table.found_but_allowed(name, in_quotes(text), "hours such as \"09:00-17:00\", or \"\" for no work");
  }
  if (std::ranges::all_of(calendar.week, [](const auto& hours) { return hours.begin == hours.end; }))
    table.problem("", "has no working day; no due date could ever be reached");
  if (table.has("holidays"))
    calendar.holidays = table.dates("holidays");
  else
    table.dates("holidays");
  table.refuse_unknown_keys();
}

}  // namespace oin
