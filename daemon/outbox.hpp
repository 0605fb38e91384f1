/// outbox.hpp: letters that are due go out over a few reused connections, each exactly as it was written
/// (promise 3).
///
/// A letter is claimed, sent, and settled in the store; letter_fate.hpp says what it is then.  Each recipient
/// has their own fate: a refusal of one never stops the others.  A pause, a lost connection or a stop never
/// loses a letter: what was claimed is settled, or recovered at the next start.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "daemon/clock.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/office.hpp"
#include "daemon/pacing.hpp"
#include "daemon/smtp/client.hpp"
#include "daemon/store_worker.hpp"
#include "daemon/wakeup.hpp"

namespace oin {

class Outbox {
 public:
  Outbox(const CurrentOffice& office, StoreWorker& store, const Clock& clock, net::CurlLoop& loop,
         const asio::any_io_executor& executor);
  ~Outbox();

  /// Sends what is due, whenever it is due.  When cancelled it lets the letters on the wire come to their end
  /// (hasten() bounds that) and returns.
  asio::awaitable<void> run();
  /// Every letter that is due now tried once; with none the server is greeted all the same.  An Error: it
  /// could not be reached, or the store failed.
  Task<void> once();

  void ring() { bell_.ring(); }  ///< something was put into the outbox
  const std::string& last_error() const { return last_error_; }
  /// More letters are due than may go in a minute (`letters_per_minute`): a person should look why.
  bool held_back() const { return held_back_; }

 private:
  struct Line;  // one connection to the server and what it is doing

  Task<std::vector<store::Letter>> claim(Instant due, std::size_t limit, store::ClaimRules rules);
  Task<std::size_t> hand_out(Instant due, bool paced);
  void server_is_away();
  Task<void> put_back(store::Letter letter);
  asio::awaitable<void> work(Line& line, std::vector<store::Letter> letters, bool paced);
  Task<void> deliver(Line& line, store::Letter letter);
  Task<void> open(Line& line);
  Task<void> settle(store::Letter letter);
  Task<std::chrono::milliseconds> until_next();
  asio::awaitable<void> finish();
  bool busy() const;

  const CurrentOffice& office_;
  StoreWorker& store_;
  const Clock& clock_;
  net::CurlLoop& loop_;
  asio::any_io_executor executor_;
  Wakeup bell_;
  std::vector<std::unique_ptr<Line>> lines_;
  /// Given to a connection and not settled yet.  A lease can run out under them when the clock is set
  /// forward, and would have them sent twice.
  std::set<store::LetterId> in_hand_;
  Pacing pacing_;
  /// While the server is away it is tried ever less often, by one letter for all of them.
  std::chrono::steady_clock::time_point server_rests_until_;
  int server_failures_ = 0;
  std::string last_error_;
  bool unreachable_ = false;
  bool held_back_ = false;
  bool stopping_ = false;
};

}  // namespace oin
