/// mailbox_watch.hpp: follows one IMAP mailbox for as long as the daemon lives.
///
/// connect → select → (list, fetch, record)… → flag what is recorded → IDLE or poll → again.  The position in
/// the store is the only truth about what was read: flags and moves on the server are housekeeping that is
/// repeated after a crash.  A lost server is retried with jittered back-off; one mailbox never waits for
/// another.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "daemon/imap/session.hpp"
#include "daemon/intake.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/scanners.hpp"

namespace oin {

/// What `oinctl status` shows of a mailbox.
struct MailboxStatus {
  std::string name;
  /// connecting, reading, held (a scanner does not answer), watching, lost, stopped
  std::string state = "connecting";
  Instant since;
  store::Position position;
  std::size_t waiting = 0;  ///< mails listed and not recorded yet
  std::string last_error;
  bool caught_up = false;  ///< everything that was there at the last look is recorded
};

class MailboxWatch {
 public:
  MailboxWatch(MailboxSettings mailbox, const Settings::Intake& limits, Intake& intake, Scanners& scanners,
               StoreWorker& store, const Clock& clock, net::CurlLoop& loop);

  /// Returns only when cancelled.
  asio::awaitable<void> watch();
  /// One pass up to what is there now; waits for nothing, so a scanner that does not answer is an Error.
  Task<void> once();

  const MailboxStatus& status() const { return status_; }
  const std::string& name() const { return mailbox_.name; }

  /// A second connection that looks only (EXAMINE): UIDVALIDITY and the UIDs that are in the folder.
  struct Folder {
    std::uint32_t uid_validity = 0;
    std::vector<std::uint32_t> uids;
  };
  Task<Folder> look();

 private:
  Task<std::unique_ptr<imap::Session>> connect();
  Task<void> follow();
  Task<void> open_folder(imap::Session& session);
  Task<bool> drain(imap::Session& session);
  Task<void> fetch(imap::Session& session, std::vector<imap::Listed> listed);
  Task<std::vector<ReadArrival>> read(std::vector<Arrival> window);
  Task<void> hold_until_scanned(std::vector<Arrival>& window);
  Task<void> record(std::vector<ReadArrival> window);
  Task<void> keep_house(imap::Session& session);
  Task<void> wait_for_news(imap::Session& session);
  void enter(std::string_view state);

  const MailboxSettings mailbox_;
  const Settings::Intake limits_;
  Intake& intake_;
  Scanners& scanners_;
  StoreWorker& store_;
  const Clock& clock_;
  net::CurlLoop& loop_;
  MailboxStatus status_;
  bool forever_ = false;  ///< watch(), not once()
  bool keywords_ = true;  ///< the folder keeps new keywords
};

}  // namespace oin
