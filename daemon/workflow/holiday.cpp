#include "daemon/workflow/holiday.hpp"

#include <algorithm>

#include "parsers/base/overloaded.hpp"

namespace oin {

using namespace std::chrono;

// The "anonymous" algorithm (Nature, 1876; Meeus, Astronomical Algorithms, chapter 8), right for every year.
local_days easter_sunday(year in) {
  const int y = static_cast<int>(in);
  const int moon = y % 19, century = y / 100, rest = y % 100;
  const int epact = (19 * moon + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
  const int late = (moon + 11 * epact + 22 * weekday) / 451;
  const int days_after_march_begins = epact + weekday - 7 * late + 21;
  return local_days(in / March / 1) + days(days_after_march_begins);
}

bool falls_on(const CalendarSettings::Holiday& holiday, local_days day) {
  const year_month_day date(day);
  return std::visit(overloaded{[&](const year_month_day& once) { return once == date; },
                               [&](const month_day& yearly) { return yearly == date.month() / date.day(); },
                               [&](const month_weekday& nth) {
                                 return nth.month() == date.month() &&
                                        nth.weekday_indexed() == year_month_weekday(day).weekday_indexed();
                               },
                               [&](const month_weekday_last& last) {
                                 return last.month() == date.month() &&
                                        local_days(date.year() / last.month() / last.weekday_last()) == day;
                               },
                               [&](const CalendarSettings::DaysFromEaster& from) {
                                 return easter_sunday(date.year()) + days(from.days) == day;
                               }},
                    holiday.when);
}

CalendarSettings::Day work_within(const CalendarSettings::Day& work, const CalendarSettings::Day& limit) {
  CalendarSettings::Day out;
  for (const auto& hours : work)
    for (const auto& open : limit) {
      const int begin = std::max(hours.begin, open.begin), end = std::min(hours.end, open.end);
      if (begin < end) out.push_back({begin, end});
    }
  return out;
}

}  // namespace oin
