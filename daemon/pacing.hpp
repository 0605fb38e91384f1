/// pacing.hpp: how many letters may go now, in all and to one recipient domain.
///
/// A minute's share can go at once, then as many as the rate allows: a backlog drains steadily, and a burst
/// of ordinary size waits for nothing.  No clock of its own.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace oin {

class Pacing {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// Letters a minute; what was taken before stays taken.
  void set_rates(int letters, int letters_per_domain);

  int allowance(Moment now) const;
  /// What is left for domains that were sent to lately; any other has all of its share.
  std::map<std::string, int, std::less<>> shares(Moment now);
  void take(std::string_view domain, Moment now);

 private:
  struct Bucket {
    double taken = 0;  ///< letters, as far as time has not given them back
    Moment at;
    double taken_at(Moment now, int rate) const;
  };
  int rate_ = 1, domain_rate_ = 1;
  Bucket all_;
  std::map<std::string, Bucket, std::less<>> domains_;
};

}  // namespace oin
