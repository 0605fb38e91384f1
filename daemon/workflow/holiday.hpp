/// holiday.hpp: whether a rule of the calendar falls on a day, and the Easter that some of them count from.
#pragma once

#include "config/workflow_settings.hpp"

namespace oin {

/// Easter Sunday of the Gregorian calendar.
std::chrono::local_days easter_sunday(std::chrono::year year);

bool falls_on(const CalendarSettings::Holiday& holiday, std::chrono::local_days day);

/// What of a day's work lies within `limit`.
CalendarSettings::Day work_within(const CalendarSettings::Day& work, const CalendarSettings::Day& limit);

}  // namespace oin
