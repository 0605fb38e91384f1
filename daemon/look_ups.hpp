/// look_ups.hpp: opens the links of submissions, beside everything else the daemon does.
///
/// The timer "look-up" puts a ticket in line (timers.hpp); a few workers take tickets from it, open their
/// links one after another, and record what was seen as one decision.  Neither intake nor store waits for the
/// web: the store is asked before and after, and what is fetched is read on the parsers' threads.  A round
/// that a crash cuts short leaves its timer behind and is repeated.
#pragma once

#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <set>

#include "daemon/clock.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/office.hpp"
#include "daemon/store_worker.hpp"
#include "daemon/workflow/web_link.hpp"

namespace oin {

inline constexpr std::string_view look_up_timer = "look-up";

class LookUps {
 public:
  /// `on_recorded`: letters may wait, or a timer was set.
  LookUps(const CurrentOffice& office, StoreWorker& store, asio::thread_pool& parsers, const Clock& clock,
          net::CurlLoop& web, std::function<void()> on_recorded);

  void look_up(TicketId ticket);  ///< joins the line, unless it stands there already
  asio::awaitable<void> run();    ///< one worker; returns only when cancelled
  asio::awaitable<void> once();   ///< all that stand in line

 private:
  asio::awaitable<void> attend(TicketId ticket);
  Task<void> look(TicketId ticket);
  Task<LinkSeen> open(WebLink link, std::shared_ptr<const Office> office);
  Task<int> record(TicketId ticket, LinksSeen seen);

  const CurrentOffice& office_;
  StoreWorker& store_;
  asio::thread_pool& parsers_;
  const Clock& clock_;
  net::CurlLoop& web_;
  std::function<void()> on_recorded_;
  asio::experimental::channel<void(boost::system::error_code, TicketId)> line_;
  std::set<TicketId> at_hand_;  ///< in line or being looked at
};

}  // namespace oin
