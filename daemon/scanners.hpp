/// scanners.hpp: every fetched mail is shown to the scanners of the settings before it is opened.
///
/// What one of them refuses goes to quarantine unopened.  A scanner that does not answer is no reason to let
/// a mail through: scan() is an Error then, and whoever called it keeps the mails and asks again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "daemon/clock.hpp"
#include "daemon/intake.hpp"
#include "daemon/mail_json.hpp"
#include "daemon/net/curl_loop.hpp"

namespace oin {

class Scanners {
 public:
  Scanners(const CurrentOffice& office, const Clock& clock, net::CurlLoop& loop);

  /// Several mails at once; Arrival::refused says what is held against one.  `window` is the caller's.  A
  /// transient Error names the scanner that did not answer; asked again with the same window, those already
  /// seen are not shown again, and a mail that a scanner fails on again and again while it answers otherwise
  /// is refused: one bad mail must not stop the rest (promise 4).
  Task<void> scan(std::vector<Arrival>& window);

  /// A line a scanner, for `oinctl status`.
  Json status() const;

 private:
  struct State {
    std::string is = "idle";  ///< idle: not asked yet; answering, failing
    Instant since;
    std::string last_error;
  };
  struct Round;
  asio::awaitable<void> show(Round& round);
  asio::awaitable<void> show_side_by_side(Round& round, int mails);
  Task<void> show_to_all(const std::vector<ScannerSettings>& scanners, Arrival& mail);
  Task<void> show_to(const ScannerSettings& scanner, Arrival& mail);
  void note(const std::string& scanner, const Error* error);

  const CurrentOffice& office_;
  const Clock& clock_;
  net::CurlLoop& loop_;
  std::map<std::string, State, std::less<>> states_;
};

}  // namespace oin
