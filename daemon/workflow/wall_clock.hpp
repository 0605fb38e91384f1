/// wall_clock.hpp: what the clock on the wall of a time zone shows, as the periods between its changes.
///
/// The periods are taken once from ICU's rules, for 1970 to 2200, so that nothing later asks ICU and any
/// number of threads may read them.  Before and after, the first and the last period go on.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "parsers/base/instant.hpp"

namespace oin {

class WallClock {
 public:
  /// A stretch of time in which local time is UTC plus one offset.
  struct Period {
    Instant begin, end;
    std::chrono::seconds offset;
  };

  /// An unknown zone counts as UTC.
  explicit WallClock(const std::string& iana_name);
  static bool knows(const std::string& iana_name);

  /// In order, without gaps, from the first Instant that can be written to the last.
  const std::vector<Period>& periods() const { return periods_; }
  std::vector<Period>::const_iterator period_at(Instant at) const;

  std::chrono::local_seconds shown(Instant at) const;

 private:
  std::vector<Period> periods_;
};

}  // namespace oin
