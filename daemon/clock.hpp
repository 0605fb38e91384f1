/// clock.hpp: the desk's now.  The system's clock, moved by an offset where `test_clock` allows it.
#pragma once

#include <atomic>
#include <chrono>

#include "parsers/base/instant.hpp"

namespace oin {

class Clock {
 public:
  Instant now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
           std::chrono::seconds(offset_.load());
  }
  /// From here on, now() is `at` and goes on from there.
  void set(Instant at) { offset_ += (at - now()).count(); }

 private:
  std::atomic<std::int64_t> offset_{0};
};

}  // namespace oin
