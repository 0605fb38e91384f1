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

/// "09:00-17:00" as minutes of the day; "" as no work.  False when it is neither.
bool read_hours(std::string_view text, CalendarSettings::Hours& hours);

}  // namespace oin
