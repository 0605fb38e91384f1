/// read_team.cpp: [clock], [[warning]] and [notices]: when the team hears of a ticket.
#include <array>

#include "config/read_workflow.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

constexpr int end_of_day = 24 * 60;
constexpr std::array told{"assignee"sv, "lead"sv};

void take(TomlTable& table, std::string_view key, int& value) {
  value = static_cast<int>(table.integer(key, value, 0, 250));
}

}  // namespace

void read_clock(TomlTable table, ClockSettings& clock) {
  clock.on_resubmission = table.one_of("on_resubmission", {"restart", "resume"}, clock.on_resubmission);
  take(table, "overdue_business_days", clock.overdue_business_days);
  take(table, "held_business_days", clock.held_business_days);
  table.refuse_unknown_keys();
}

void read_warnings(std::vector<TomlTable> tables, std::vector<WarningSettings>& warnings) {
  if (tables.empty()) return;
  warnings.clear();
  for (TomlTable& table : tables) {
    WarningSettings warning;
    if (!table.has("percent")) table.problem("percent", "missing; it must be set");
    warning.percent = static_cast<int>(table.integer("percent", 100, 1, 100));
    if (!warnings.empty() && warning.percent <= warnings.back().percent)
      table.problem("percent", "must be more than that of the [[warning]] before it");
    warning.tell = table.some_of("tell", told);
    if (warning.tell.empty()) table.problem("tell", "names nobody; allowed: \"assignee\", \"lead\"");
    table.refuse_unknown_keys();
    warnings.push_back(std::move(warning));
  }
}

void read_notices(TomlTable table, NoticeSettings& notices) {
  notices.new_ticket = table.boolean("new_ticket", notices.new_ticket);
  notices.assigned = table.boolean("assigned", notices.assigned);
  notices.vendor_wrote = table.boolean("vendor_wrote", notices.vendor_wrote);
  notices.due = table.boolean("due", notices.due);
  notices.trouble = table.boolean("trouble", notices.trouble);
  const std::string digest = table.text("digest_at", "-");
  if (table.has("digest_at")) {
    notices.digest_at = minutes_of_day(digest);
    if (!digest.empty() && notices.digest_at.value_or(end_of_day) == end_of_day)
      table.found_but_allowed("digest_at", in_quotes(digest), "a time such as \"08:00\", or \"\" for none");
  }
  table.refuse_unknown_keys();
}

}  // namespace oin
