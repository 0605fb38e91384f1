#include "daemon/reload.hpp"

namespace oin {
namespace {

/// Sorts the differences between the running configuration and a fresh one; where a running daemon cannot
/// follow, the fresh one is given back what runs.
class Comparison {
 public:
  Comparison(const Configuration& running, Configuration& fresh, Reload& out)
      : running_(running), fresh_(fresh), out_(out) {}

  /// `part` of a Configuration is asked anew for each piece of work.
  template <class Part>
  void live(const char* name, Part part) {
    if (part(running_) != part(fresh_)) out_.applied.push_back(name);
  }

  /// `part` was used at the start.
  template <class Part>
  void fixed(const char* name, Part part) {
    if (part(running_) == part(fresh_)) return;
    part(fresh_) = part(running_);
    out_.need_restart.push_back(name);
  }

 private:
  const Configuration& running_;
  Configuration& fresh_;
  Reload& out_;
};

void compare(Comparison sections) {
  sections.live("log.level", [](auto& c) -> auto& { return c.settings.log.level; });
  sections.live("desk.name", [](auto& c) -> auto& { return c.settings.desk.name; });
  sections.live("person", [](auto& c) -> auto& { return c.settings.people; });
  sections.live("parse", [](auto& c) -> auto& { return c.settings.parse; });
  sections.live("outbox", [](auto& c) -> auto& { return c.settings.outbox; });
  sections.fixed("lookups.concurrent", [](auto& c) -> auto& { return c.settings.look_ups.concurrent; });
  sections.live("retention", [](auto& c) -> auto& { return c.settings.retention; });
  sections.live("scanner", [](auto& c) -> auto& { return c.settings.scanners; });
  sections.live("lookups", [](auto& c) -> auto& { return c.settings.look_ups; });
  sections.live("phase", [](auto& c) -> auto& { return c.workflow.phases; });
  sections.live("queue", [](auto& c) -> auto& { return c.workflow.queues; });
  sections.live("route", [](auto& c) -> auto& { return c.workflow.routes; });
  sections.live("calendar", [](auto& c) -> auto& { return c.workflow.calendar; });
  sections.live("named_calendar", [](auto& c) -> auto& { return c.workflow.named_calendars; });
  sections.live("limits", [](auto& c) -> auto& { return c.workflow.limits; });
  sections.live("reminders", [](auto& c) -> auto& { return c.workflow.reminders; });
  sections.live("clock", [](auto& c) -> auto& { return c.workflow.clock; });
  sections.live("warning", [](auto& c) -> auto& { return c.workflow.warnings; });
  sections.live("notices", [](auto& c) -> auto& { return c.workflow.notices; });
  sections.live("letters", [](auto& c) -> auto& { return c.workflow.letters_locale; });
  sections.live("cue", [](auto& c) -> auto& { return c.workflow.cues; });
  sections.live("vocabulary", [](auto& c) -> auto& { return c.workflow.vocabulary; });
  sections.live("classification", [](auto& c) -> auto& { return c.workflow.triage_below; });
  sections.live("rule", [](auto& c) -> auto& { return c.workflow.rules; });
  sections.live("checks.profile", [](auto& c) -> auto& { return c.workflow.rule_profile; });
  sections.live("participants", [](auto& c) -> auto& { return c.workflow.never_participants; });
  sections.live("secrets", [](auto& c) -> auto& { return c.workflow.forget_secrets_days; });

  sections.fixed("desk.domain", [](auto& c) -> auto& { return c.settings.desk.domain; });
  sections.fixed("desk.subaddress_separator",
                 [](auto& c) -> auto& { return c.settings.desk.subaddress_separator; });
  sections.fixed("desk.signing_key_file", [](auto& c) -> auto& { return c.settings.desk.signing_keys; });
  sections.fixed("desk.sealing_key_file", [](auto& c) -> auto& { return c.settings.desk.sealing_keys; });
  sections.fixed("desk.test_clock", [](auto& c) -> auto& { return c.settings.desk.test_clock; });
  sections.fixed("store", [](auto& c) -> auto& { return c.settings.store; });
  sections.fixed("paths.socket", [](auto& c) -> auto& { return c.settings.paths.socket; });
  sections.fixed("intake", [](auto& c) -> auto& { return c.settings.intake; });
  sections.fixed("mailbox", [](auto& c) -> auto& { return c.settings.mailboxes; });
  sections.fixed("smtp", [](auto& c) -> auto& { return c.settings.smtp; });
}

}  // namespace

Reload reload(const Office& running, const std::filesystem::path& oind_toml, Problems& problems) {
  Reload out;
  Configuration fresh = load(oind_toml, problems);
  if (!problems.empty()) return out;
  const Configuration old{running.settings, running.desk.workflow};
  compare(Comparison(old, fresh, out));
  auto office = open_office(std::move(fresh));
  if (!office) {
    problems.push_back(office.error().what);
    return out;
  }
  problems = check_office(office.value());
  if (!problems.empty()) return out;
  if (!(office.value().letters == running.letters)) out.applied.push_back("templates");
  out.office = std::move(office).value();
  return out;
}

}  // namespace oin
