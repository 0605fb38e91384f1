/// wakeup.hpp: a bell between coroutines of one executor: "there may be work".  Rings are not counted, and
/// one that comes while nobody waits is kept.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace oin {

class Wakeup {
 public:
  explicit Wakeup(const boost::asio::any_io_executor& executor) : timer_(executor) {}

  void ring() {
    rung_ = true;
    timer_.cancel();
  }

  /// Until the bell rings, at most so long.  False when the waiting coroutine was cancelled.
  boost::asio::awaitable<bool> wait(std::chrono::milliseconds at_most) {
    if (!rung_) {
      timer_.expires_after(at_most);
      const auto [failed] = co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
      if (failed && !rung_) co_return false;
    }
    rung_ = false;
    co_return true;
  }

 private:
  boost::asio::steady_timer timer_;
  bool rung_ = false;
};

}  // namespace oin
