/// session.hpp: one IMAP connection from its own CAPABILITY to LOGOUT (RFC 3501; IDLE RFC 2177, MOVE RFC
/// 6851, UIDPLUS RFC 4315).
///
/// Carries bytes between a ByteStream and the ResponseParser and keeps the little state IMAP forces on a
/// client.  Speaks in UIDs only and never sets \Seen by reading.  Fetches are pipelined: request() several,
/// receive() each.  Any Error but a tagged NO or BAD leaves the session of no further use; make a new one.
///
/// A refused command is "SELECT INBOX: NO mailbox is locked": transient, unless the server's response code
/// says that only a person can mend it (NONEXISTENT, NOPERM, AUTHORIZATIONFAILED; RFC 5530).
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/imap/response_parser.hpp"
#include "daemon/net/byte_stream.hpp"

namespace oin::imap {

struct Limits {
  std::chrono::milliseconds answer = std::chrono::seconds(60);  ///< longest silence while an answer is due
  ParserLimits parser;
};

struct MailboxState {
  std::uint32_t uid_validity = 0;
  std::uint32_t uid_next = 0;  ///< 0: the server did not say
  std::uint32_t exists = 0;
  std::uint64_t highest_mod_seq = 0;  ///< 0: none (RFC 7162)
  std::vector<std::string> permanent_flags;
  bool permanent_keywords = false;  ///< "\*": new keywords such as $OindHandled are kept
  bool read_only = false;
};

struct Listed {
  std::uint32_t uid = 0;
  std::uint64_t size = 0;
  Instant internal_date{};
};

enum class Part { whole, header };

struct Fetched {
  std::uint32_t uid = 0;
  Instant internal_date{};  ///< 1970 when the server gave none
  std::uint64_t size = 0;
  std::vector<std::string> flags;
  std::optional<std::string> bytes;  ///< empty: the message vanished before it was read
};

enum class IdleEnd { news, time_limit };

class Session {
 public:
  static Task<std::unique_ptr<Session>> open(std::unique_ptr<net::ByteStream> stream,
                                             Limits limits = Limits());

  /// "IDLE", "MOVE": upper case.
  bool has(std::string_view capability) const { return capabilities_.contains(capability); }

  Task<MailboxState> select(std::string mailbox);
  Task<MailboxState> examine(std::string mailbox);

  /// What came after `uid`, by ascending UID.  Size and date only, so that fetches can be cut by bytes.
  Task<std::vector<Listed>> list_after(std::uint32_t uid);
  Task<std::vector<std::uint32_t>> all_uids();

  /// Sends a fetch and does not wait for it.
  Task<void> request(std::vector<std::uint32_t> uids, Part part);
  /// Every UID of the oldest request in flight, ascending, vanished ones too.  Empty when none is in flight.
  Task<std::vector<Fetched>> receive();
  std::size_t in_flight() const { return in_flight_.size(); }

  Task<void> add_flag(std::vector<std::uint32_t> uids, std::string flag);
  /// Makes the folder when it is missing.  Harmless to repeat.  Without MOVE: copy and mark \Deleted, and
  /// expunge these UIDs where UIDPLUS can; a plain EXPUNGE would remove what others have marked.
  Task<void> move(std::vector<std::uint32_t> uids, std::string folder);

  /// Waits for news, at most so long.  News that came since the last list_after() began ends it at once:
  /// the server will not say it twice.  Whatever it returns, list_after() comes next (what arrives just
  /// before DONE is not reported).
  Task<IdleEnd> idle(std::chrono::milliseconds at_most);
  Task<void> noop();
  /// Says good-bye if that is quickly done, and closes.  Never fails.
  asio::awaitable<void> logout();
  void close() noexcept { stream_->close(); }

  /// When the first byte of the latest untagged EXISTS came; tests/bench measures from here.
  std::chrono::steady_clock::time_point last_exists_at() const { return last_exists_at_; }

 private:
  using Tag = std::string;
  struct Fetching {
    std::set<Tag> open;  // commands whose tagged answer is due
    std::map<std::uint32_t, Fetched> answers;
    std::optional<Error> refused;
  };

  Session(std::unique_ptr<net::ByteStream> stream, Limits limits);

  Task<Tag> send(std::string command);
  Task<Response> read(std::chrono::milliseconds deadline);
  Task<Status> finish(Tag tag);
  Task<Status> ask(std::string command);
  Task<void> ask_ok(std::string command, std::string said);
  Task<MailboxState> open_mailbox(std::string verb, std::string mailbox);
  Task<void> move_or_copy(std::string verb, std::string set, std::string folder);

  void absorb(Response& response);
  void absorb_status(const Status& status);
  void absorb_fetch(Fetch& fetch);
  void absorb_tagged(const Tagged& tagged);

  std::unique_ptr<net::ByteStream> stream_;
  Limits limits_;
  ResponseParser parser_;
  std::vector<char> buffer_;
  std::string_view unread_;  // within buffer_

  unsigned next_tag_ = 1;
  std::set<std::string, std::less<>> capabilities_;
  MailboxState mailbox_;
  bool news_ = false;
  std::optional<std::map<std::uint32_t, Listed>> listing_;  // collects while list_after() or all_uids() waits
  std::deque<Fetching> in_flight_;
  std::optional<Error> bye_;
  std::chrono::steady_clock::time_point chunk_came_at_{}, response_began_at_{}, last_exists_at_{};
};

}  // namespace oin::imap
