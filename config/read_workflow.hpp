/// read_workflow.hpp: the tables of workflow.toml and cues.toml, and what must hold between them.
#pragma once

#include "config/toml_table.hpp"
#include "config/workflow_settings.hpp"

namespace oin {

/// Replaces in `workflow` what the file has; what it has not stays.
void read_workflow_over(WorkflowSettings& workflow, const toml::table& file, std::string_view name,
                        Problems& problems);

// read_calendar.cpp
void read_calendar(TomlTable table, CalendarSettings& calendar);

/// Minutes of "hh:mm", 00:00 to 24:00; nothing when it is no such time.
std::optional<int> minutes_of_day(std::string_view text);

/// "09:00-12:30, 13:30-17:00" as minutes of the day; "" as no work.  Nothing when it is neither.
std::optional<CalendarSettings::Day> read_hours(std::string_view text);

// read_holidays.cpp: a calendar's [[holiday]] tables
std::vector<CalendarSettings::Holiday> read_holidays(std::vector<TomlTable> tables);

// read_team.cpp
void read_clock(TomlTable table, ClockSettings& clock);
void read_warnings(std::vector<TomlTable> tables, std::vector<WarningSettings>& warnings);
void read_notices(TomlTable table, NoticeSettings& notices);

}  // namespace oin
