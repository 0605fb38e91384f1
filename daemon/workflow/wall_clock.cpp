#include "daemon/workflow/wall_clock.hpp"

#include <unicode/basictz.h>
#include <unicode/tztrans.h>

#include <algorithm>
#include <memory>

namespace oin {
namespace {

using std::chrono::seconds;

constexpr Instant first_rules = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
constexpr Instant last_rules = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

std::unique_ptr<icu::TimeZone> zone_named(const std::string& name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}

UDate icu_date(Instant at) { return static_cast<UDate>(at.time_since_epoch().count()) * 1000; }
Instant instant(UDate date) { return Instant(seconds(static_cast<std::int64_t>(date / 1000))); }

seconds offset(const icu::TimeZone& zone, Instant at) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0, saving = 0;
  zone.getOffset(icu_date(at), false, raw, saving, status);
  return seconds((raw + saving) / 1000);
}

}  // namespace

bool WallClock::knows(const std::string& iana_name) {
  return *zone_named(iana_name) != icu::TimeZone::getUnknown();
}

WallClock::WallClock(const std::string& iana_name) {
  auto zone = zone_named(iana_name);
  if (*zone == icu::TimeZone::getUnknown()) zone = zone_named("UTC");
  periods_.push_back({Instant::min(), Instant::max(), offset(*zone, first_rules)});
  const auto* rules = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
  icu::TimeZoneTransition change;
  for (Instant at = first_rules; rules && rules->getNextTransition(icu_date(at), false, change);) {
    at = instant(change.getTime());
    if (at >= last_rules) break;
    // A change of the zone's name, or of what counts as its summer time, leaves the clock alone.
    if (const seconds now = offset(*zone, at); now != periods_.back().offset) {
      periods_.back().end = at;
      periods_.push_back({at, Instant::max(), now});
    }
  }
}

std::vector<WallClock::Period>::const_iterator WallClock::period_at(Instant at) const {
  return std::prev(std::ranges::upper_bound(periods_, at, {}, &Period::begin));
}

std::chrono::local_seconds WallClock::shown(Instant at) const {
  return std::chrono::local_seconds(at.time_since_epoch() + period_at(at)->offset);
}

}  // namespace oin
