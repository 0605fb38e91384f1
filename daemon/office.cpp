#include "daemon/office.hpp"

#include <algorithm>

namespace oin {

const MailboxSettings* Office::mailbox(std::string_view name) const {
  const auto it = std::ranges::find(settings.mailboxes, name, &MailboxSettings::name);
  return it == settings.mailboxes.end() ? nullptr : &*it;
}

Result<Office> open_office(Configuration configuration) {
  OIN_TRY(auto letters, Letters::open(configuration.settings.paths.templates));
  std::vector<std::string> keys;
  for (const Secret& key : configuration.settings.desk.signing_keys) keys.push_back(key.reveal());
  Desk desk = open_desk(configuration.settings, configuration.workflow);
  return Office{std::move(configuration.settings), std::move(desk), std::move(letters),
                trust::Signer(std::move(keys))};
}

Problems check_office(const Office& office) {
  Problems problems = office.letters.check();
  const std::string& zone = office.desk.workflow.calendar.time_zone;
  if (!BusinessCalendar::known_time_zone(zone))
    problems.push_back("workflow.toml: calendar.time_zone: found \"" + zone +
                       "\"; allowed: an IANA name such as \"Europe/Berlin\"");
  std::ranges::move(office.desk.rules.problems(), std::back_inserter(problems));
  return problems;
}

}  // namespace oin
