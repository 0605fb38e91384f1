/// intake.hpp: fetched mails become records, tickets and letters, in one transaction (promises 1, 2 and 4).
///
/// The ledger row of every UID, the mailbox position, the raw mail, the ticket's events and the letters
/// commit together or not at all.  One bad mail goes to quarantine and never stops the rest; a store that
/// fails leaves everything as it was, and the same window can be recorded again.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "daemon/clock.hpp"
#include "daemon/letter_writer.hpp"
#include "daemon/office.hpp"
#include "daemon/reading.hpp"
#include "daemon/store_worker.hpp"

namespace oin {

/// One UID of a window; without bytes when the mail vanished before it was read.
struct Arrival {
  std::uint32_t uid = 0;
  Instant arrived_at;
  std::optional<std::string> bytes;
  std::size_t oversized = 0;  ///< not 0: its size, and bytes are the header section alone
  bool scanned = false;       ///< every scanner was asked (scanners.hpp)
  int scans_failed = 0;       ///< a scanner, though it was up before or behind
  std::string refused{};      ///< what a scanner has against it: it goes to quarantine unopened
  bool suspect = false;       ///< a scanner has failed while it had this mail
};

/// The same once the parser threads are done with it.
struct ReadArrival {
  std::uint32_t uid = 0;
  Instant arrived_at;
  std::optional<ReadMail> mail;
};

struct Recorded {
  store::Position position;
  int mails = 0, duplicates = 0, quarantined = 0, letters = 0;
};

class Intake {
 public:
  /// `on_recorded` is called on the caller's executor after a commit that recorded mail.
  Intake(const CurrentOffice& office, StoreWorker& store, asio::thread_pool& parsers, const Clock& clock,
         std::function<void()> on_recorded);

  /// Reads a window on the parser threads.  Apart from record(), so that one window is read while the one
  /// before it is recorded.
  asio::awaitable<std::vector<ReadArrival>> read(std::vector<Arrival> window);

  /// Records a window of `mailbox` that was read behind `at`, in the order given (ascending UIDs).
  Task<Recorded> record(std::string mailbox, store::Position at, std::vector<ReadArrival> window);

 private:
  const CurrentOffice& office_;
  StoreWorker& store_;
  asio::thread_pool& parsers_;
  const Clock& clock_;
  std::function<void()> on_recorded_;
};

/// One mail within a transaction: recorded, understood, decided on, its letters in the outbox but for their
/// words.  What the intake does for each of a window; public for `oinctl import`.
struct Filed {
  MailId mail = 0;
  TicketId ticket = 0;  ///< 0: belongs to none
  std::string intent;
  std::vector<UnwordedLetter> letters;
};
Result<Filed> file_mail(store::Transaction& tx, const Office& office, const ReadMail& read,
                        std::string_view mailbox, Instant arrived_at, Instant now);

/// A mail in quarantine goes through the same once more, after whatever stood in its way was mended, and
/// leaves quarantine; with an Error it stays there.  No scanner is asked: whoever retries what one refused
/// has overruled it.
Result<Filed> refile_mail(store::Transaction& tx, const Office& office, std::int64_t quarantined,
                          Instant now);

}  // namespace oin
