#include "daemon/office.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oin {

namespace {

std::vector<std::string> revealed(const std::vector<Secret>& keys) {
  std::vector<std::string> out;
  for (const Secret& key : keys) out.push_back(key.reveal());
  return out;
}

}  // namespace

const MailboxSettings* Office::mailbox(std::string_view name) const {
  const auto it = std::ranges::find(settings.mailboxes, name, &MailboxSettings::name);
  return it == settings.mailboxes.end() ? nullptr : &*it;
}

Result<Office> open_office(Configuration configuration) {
  OIN_TRY(auto letters, Letters::open(configuration.settings.paths.templates));
  const Settings::Desk& settings = configuration.settings.desk;
  const std::vector<std::string> signing = revealed(settings.signing_keys);
  const std::vector<std::string> sealing =
      settings.sealing_keys.empty() ? signing : revealed(settings.sealing_keys);
  Desk desk = open_desk(configuration.settings, configuration.workflow);
  desk.locales = letters.locales();
  return Office{std::move(configuration.settings), std::move(desk), std::move(letters),
                trust::Signer(signing), trust::Sealer(sealing)};
}

Problems check_office(const Office& office) {
  Problems problems = office.letters.check();
  const auto check_zone = [&](const std::string& key, const CalendarSettings& calendar) {
    if (!BusinessCalendar::known_time_zone(calendar.time_zone))
      problems.push_back("workflow.toml: " + key + ".time_zone: found \"" + calendar.time_zone +
                         "\"; allowed: an IANA name such as \"Europe/Berlin\"");
  };
  const std::string& locale = office.desk.workflow.letters_locale;
  const auto& locales = office.letters.locales();
  if (locale != "auto" && std::ranges::find(locales, locale) == locales.end())
    problems.push_back(fmt::format("workflow.toml: letters.locale: found \"{}\"; allowed: \"auto\", \"{}\"",
                                   locale, fmt::join(locales, "\", \"")));
  check_zone("calendar", office.desk.workflow.calendar);
  for (const CalendarSettings& calendar : office.desk.workflow.named_calendars)
    check_zone("named_calendar \"" + calendar.name + "\"", calendar);
  std::ranges::move(office.desk.rules.problems(), std::back_inserter(problems));
  return problems;
}

}  // namespace oin
