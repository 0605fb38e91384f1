/// client.hpp: hands letters to an SMTP server over one connection (RFC 5321; PIPELINING RFC 2920, 8BITMIME
/// RFC 6152, SIZE RFC 1870, SMTPUTF8 RFC 6531).
///
/// What it is for: never to leave open whether a letter went out where that can be known.  Before the final
/// dot's write a letter is surely not delivered, after the server's answer its fate is known, and only
/// between the two it is uncertain; `Sending` says which, with every reply read so far.
/// The stretch from the body to the answer is not cut by cancellation; hasten() bounds it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/net/byte_stream.hpp"
#include "daemon/smtp/reply_parser.hpp"

namespace oin::smtp {

/// Each is the longest silence; RFC 5321 4.5.3.2 names the least a client should grant.
struct Timeouts {
  std::chrono::milliseconds command = std::chrono::minutes(5);
  std::chrono::milliseconds data_block = std::chrono::minutes(3);
  std::chrono::milliseconds final_answer = std::chrono::minutes(10);
};

struct Envelope {
  std::string reverse_path;                ///< without <>; empty for a delivery report
  std::vector<std::string> forward_paths;  ///< without <>
};

enum class Stage {
  before_dot,   ///< surely not delivered
  dot_started,  ///< the dot may have left and no answer came: uncertain
  answered,     ///< `Sending::final` is the server's word on the whole letter
};

/// What became of one forward path up to DATA.  Two codes are our own, for addresses that were never sent:
/// 553 5.1.3 (not an address SMTP can carry) and 553 5.6.7 (not ASCII, and no SMTPUTF8 here).
struct Outcome {
  int reply_code = 0;  ///< 0: the server said nothing about it
  std::string enhanced_status;
  std::string text;
};

struct Sending {
  Stage stage = Stage::before_dot;
  std::vector<Outcome> recipients;  ///< one for each forward path, in order
  Reply final;                      ///< to the dot; before that stage, to a refused DATA
  std::optional<Error> broken;      ///< why there is no answer; permanent when this server can never take it
};

enum class Verdict { delivered, refused, deferred, uncertain };
/// Sending's facts read for one recipient; `deferred` means surely not delivered, try again.
Verdict verdict(const Sending& sending, std::size_t recipient);
/// The reply that decided it, for a person: "550 5.1.1 no such user", or why there was none.
std::string reason(const Sending& sending, std::size_t recipient);

/// Awaited right before the write of the final dot.  An Error from it means: the dot is never written.
using DotHook = std::function<asio::awaitable<Result<void>>()>;

class Client {
 public:
  static Task<std::unique_ptr<Client>> open(std::unique_ptr<net::ByteStream> stream, std::string ehlo_name,
                                            Timeouts timeouts = Timeouts());

  /// "PIPELINING", "SIZE": upper case.
  bool has(std::string_view capability) const { return capabilities_.contains(capability); }

  /// `message` must outlive the call; its line ends are normalised.  One letter at a time.
  asio::awaitable<Sending> send(Envelope envelope, std::string_view message, DotHook before_dot = {});

  /// False after anything broke or the server said 421: make a new one.
  bool usable() const { return usable_; }

  /// The daemon is stopping: whatever this client waits for, so long and no longer.
  void hasten(std::chrono::milliseconds within);

  /// Says good-bye if that is quickly done, and closes.  Never fails.
  asio::awaitable<void> quit();
  void close() noexcept;

 private:
  struct Letter;  // one send() under way

  Client(std::shared_ptr<net::ByteStream> stream, Timeouts timeouts, asio::any_io_executor executor);

  Task<Reply> read(std::chrono::milliseconds deadline);
  Task<Reply> ask(std::string line);
  Task<void> greet(std::string ehlo_name);
  Task<void> reset();
  Task<void> announce(Letter& letter);
  Task<void> announce_pipelined(Letter& letter);
  Task<void> announce_in_turn(Letter& letter);
  asio::awaitable<Sending> deliver(Letter letter);
  Task<void> write_body(Letter& letter);
  void refuse_what_cannot_be_sent(Letter& letter) const;
  std::string mail_command(const Letter& letter) const;

  std::shared_ptr<net::ByteStream> stream_;
  Timeouts timeouts_;
  asio::steady_timer hurry_;
  ReplyParser parser_;
  std::vector<char> buffer_;
  std::string_view unread_;  // within buffer_
  std::set<std::string, std::less<>> capabilities_;
  bool usable_ = true;
  bool needs_reset_ = false;
};

}  // namespace oin::smtp
