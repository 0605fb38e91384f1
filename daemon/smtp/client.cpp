#include "daemon/smtp/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/smtp/wire.hpp"

namespace oin::smtp {
namespace {

constexpr std::size_t read_at_once = 4096;
constexpr auto good_bye = std::chrono::seconds(2);

Outcome outcome_of(const Reply& reply) { return {reply.code, reply.enhanced_status, reply.text()}; }

}  // namespace

/// One send() under way.
struct Client::Letter {
  Envelope envelope;
  std::string wire;
  bool eight_bit = false;
  DotHook before_dot;
  std::vector<std::size_t> spoken;  // indices of the recipients that go on the wire
  Reply mail, data;
  Sending sending;

  bool accepted_somewhere() const {
    return std::ranges::any_of(spoken, [&](std::size_t i) {
      const int code = sending.recipients[i].reply_code;
      return code >= 200 && code < 300;
    });
  }
};

Client::Client(std::shared_ptr<net::ByteStream> stream, Timeouts timeouts, asio::any_io_executor executor)
    : stream_(std::move(stream)), timeouts_(timeouts), hurry_(std::move(executor)), buffer_(read_at_once) {}

Task<std::unique_ptr<Client>> Client::open(std::unique_ptr<net::ByteStream> stream, std::string ehlo_name,
                                           Timeouts timeouts) {
  std::shared_ptr<net::ByteStream> shared = std::move(stream);
  auto executor = co_await asio::this_coro::executor;
  std::unique_ptr<Client> client(new Client(std::move(shared), timeouts, std::move(executor)));
  OIN_CO_TRYV(co_await client->greet(std::move(ehlo_name)));
  co_return client;
}

Task<Reply> Client::read(std::chrono::milliseconds deadline) {
  for (;;) {
    if (!unread_.empty()) {
      OIN_CO_TRY(auto reply, parser_.next(unread_));
      if (reply) {
        // 421 may answer anything, and then the server hangs up (RFC 5321 3.8).
        if (reply->code == 421) usable_ = false;
        co_return std::move(*reply);
      }
    }
    OIN_CO_TRY(const std::size_t got, co_await stream_->read_some(buffer_, deadline));
    if (got == 0) co_return transient("the SMTP server hung up");
    unread_ = std::string_view(buffer_.data(), got);
  }
}

Task<Reply> Client::ask(std::string line) {
  line += "\r\n";
  OIN_CO_TRYV(co_await stream_->write_all(line, timeouts_.command));
  co_return co_await read(timeouts_.command);
}

Task<void> Client::greet(std::string ehlo_name) {
  OIN_CO_TRY(const Reply reply, co_await ask("EHLO " + ehlo_name));
  if (!reply.positive()) {
    usable_ = false;
    co_return Error{reply.permanent() ? Fault::permanent : Fault::transient,
                    "EHLO " + ehlo_name + ": " + reply.whole()};
  }
  for (std::size_t i = 1; i < reply.lines.size(); ++i) {  // the first line is the server's name
    std::string keyword = reply.lines[i].substr(0, reply.lines[i].find(' '));
    for (char& c : keyword)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    capabilities_.insert(std::move(keyword));
  }
  co_return success();
}

Task<void> Client::reset() {
  if (!needs_reset_) co_return success();
  OIN_CO_TRY(const Reply reply, co_await ask("RSET"));
  if (!reply.positive()) co_return transient("RSET: " + reply.whole());
  needs_reset_ = false;
  co_return success();
}

// ---- before DATA ----

void Client::refuse_what_cannot_be_sent(Letter& letter) const {
  Sending& sending = letter.sending;
  sending.recipients.resize(letter.envelope.forward_paths.size());
  for (std::size_t i = 0; i < sending.recipients.size(); ++i) {
    const std::string& path = letter.envelope.forward_paths[i];
    if (path.empty() || !is_safe_path(path))
      sending.recipients[i] = {553, "5.1.3", "not an address that SMTP can carry; not sent"};
    else if (is_8bit(path) && !has("SMTPUTF8"))
      sending.recipients[i] = {553, "5.6.7",
                               "the address is not ASCII, and the server does not offer SMTPUTF8; not sent"};
    else
      letter.spoken.push_back(i);
  }
  const std::string& reverse_path = letter.envelope.reverse_path;
  if (!is_safe_path(reverse_path))
    sending.broken = permanent("the reverse path is not an address that SMTP can carry");
  else if (is_8bit(reverse_path) && !has("SMTPUTF8"))
    sending.broken = permanent("the reverse path is not ASCII, and the server does not offer SMTPUTF8");
  else if (letter.eight_bit && !has("8BITMIME"))
    sending.broken = permanent("the letter has 8-bit bytes, and the server does not offer 8BITMIME");
}

std::string Client::mail_command(const Letter& letter) const {
  std::string command = fmt::format("MAIL FROM:<{}>", letter.envelope.reverse_path);
  if (has("SIZE")) command += fmt::format(" SIZE={}", letter.wire.size());
  if (letter.eight_bit) command += " BODY=8BITMIME";
  const bool utf8 =
      is_8bit(letter.envelope.reverse_path) || std::ranges::any_of(letter.spoken, [&](std::size_t i) {
        return is_8bit(letter.envelope.forward_paths[i]);
      });
  if (utf8) command += " SMTPUTF8";
  return command;
}

Task<void> Client::announce_pipelined(Letter& letter) {
  std::string commands = mail_command(letter) + "\r\n";
  for (const std::size_t i : letter.spoken)
    commands += fmt::format("RCPT TO:<{}>\r\n", letter.envelope.forward_paths[i]);
  commands += "DATA\r\n";
  OIN_CO_TRYV(co_await stream_->write_all(commands, timeouts_.command));
  OIN_CO_TRY(letter.mail, co_await read(timeouts_.command));
  for (const std::size_t i : letter.spoken) {
    OIN_CO_TRY(const Reply reply, co_await read(timeouts_.command));
    letter.sending.recipients[i] = outcome_of(reply);
  }
  OIN_CO_TRY(letter.data, co_await read(timeouts_.command));
  co_return success();
}

Task<void> Client::announce_in_turn(Letter& letter) {
  OIN_CO_TRY(letter.mail, co_await ask(mail_command(letter)));
  if (!letter.mail.positive()) co_return success();
  for (const std::size_t i : letter.spoken) {
    OIN_CO_TRY(const Reply reply,
               co_await ask(fmt::format("RCPT TO:<{}>", letter.envelope.forward_paths[i])));
    letter.sending.recipients[i] = outcome_of(reply);
    if (!usable_) co_return success();
  }
  if (!letter.accepted_somewhere()) co_return success();
  OIN_CO_TRY(letter.data, co_await ask("DATA"));
  co_return success();
}

/// After it letter.data is 354 only if there is somebody to send to.
Task<void> Client::announce(Letter& letter) {
  OIN_CO_TRYV(co_await reset());
  needs_reset_ = true;
  Result<void> told = success();
  if (has("PIPELINING")) {
    told = co_await announce_pipelined(letter);
  } else {
    told = co_await announce_in_turn(letter);
  }
  const bool accepted = letter.accepted_somewhere();
  if (letter.mail.code >= 400) {
    // What the server said to RCPT then means nothing ("503 need MAIL first").
    for (const std::size_t i : letter.spoken) letter.sending.recipients[i] = outcome_of(letter.mail);
  }
  OIN_CO_TRYV(told);
  const bool sane = letter.mail.positive() && accepted;
  if (letter.data.code == 354 && !sane) {
    // A server may say 354 to nobody; an empty body ends it (RFC 2920 3.1).  But if it has a recipient
    // without a MAIL, that empty body could be delivered: better hang up.
    letter.data = {};
    if (accepted) co_return transient("the SMTP server took RCPT and DATA after refusing MAIL");
    OIN_CO_TRYV(co_await ask("."));
  } else if (sane && letter.data.code != 354) {
    if (letter.data.code < 400) co_return transient("DATA: " + letter.data.whole());
    letter.sending.final = letter.data;
  }
  co_return success();
}

// ---- the body and its answer ----

asio::awaitable<Sending> Client::send(Envelope envelope, std::string_view message, DotHook before_dot) {
  Letter letter;
  letter.envelope = std::move(envelope);
  letter.wire = to_wire(message);
  letter.eight_bit = is_8bit(message);
  letter.before_dot = std::move(before_dot);
  refuse_what_cannot_be_sent(letter);
  if (letter.sending.broken || letter.spoken.empty()) co_return std::move(letter.sending);

  const Result<void> announced = co_await announce(letter);
  if (!announced) {
    letter.sending.broken = announced.error();
    close();
    co_return std::move(letter.sending);
  }
  if (letter.data.code != 354) {
    if (!usable_) close();
    co_return std::move(letter.sending);
  }
  // Asio keeps cancellation for each spawned thread of execution, not for each coroutine: hence its own.
  auto executor = co_await asio::this_coro::executor;
  co_return co_await asio::co_spawn(executor, deliver(std::move(letter)), asio::use_awaitable);
}

asio::awaitable<Sending> Client::deliver(Letter letter) {
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  const Result<void> answered = co_await write_body(letter);
  if (!answered) letter.sending.broken = answered.error();
  if (!answered || !usable_) close();
  co_return std::move(letter.sending);
}

Task<void> Client::write_body(Letter& letter) {
  const Result<void> written = co_await stream_->write_all(letter.wire, timeouts_.data_block);
  if (!written) {
    // A server may refuse in the middle of a body and hang up; its reason is then still to be read.
    Result<Reply> early = co_await read(good_bye);
    if (!early || early.value().code < 400) co_return written.error();
    letter.sending.final = std::move(early).value();
    letter.sending.stage = Stage::answered;
    usable_ = false;
    co_return success();
  }
  if (letter.before_dot) {
    const Result<void> allowed = co_await letter.before_dot();
    // Never permanent: that would say the server cannot take this letter.
    if (!allowed && allowed.error().fault == Fault::stopping) co_return stopping();
    if (!allowed) co_return transient(allowed.error().what);
  }
  letter.sending.stage = Stage::dot_started;  // before the write: what the kernel took may have left
  OIN_CO_TRYV(co_await stream_->write_all(".\r\n", timeouts_.data_block));
  OIN_CO_TRY(letter.sending.final, co_await read(timeouts_.final_answer));
  letter.sending.stage = Stage::answered;
  needs_reset_ = !letter.sending.final.positive();
  co_return success();
}

// ---- the end ----

void Client::hasten(std::chrono::milliseconds within) {
  hurry_.expires_after(within);
  hurry_.async_wait([stream = std::weak_ptr<net::ByteStream>(stream_)](boost::system::error_code cancelled) {
    if (const auto alive = stream.lock(); alive && !cancelled) alive->close();
  });
}

asio::awaitable<void> Client::quit() {
  timeouts_.command = std::min<std::chrono::milliseconds>(timeouts_.command, good_bye);
  if (usable_) {
    const Result<Reply> ignored = co_await ask("QUIT");
    static_cast<void>(ignored);
  }
  close();
}

void Client::close() noexcept {
  usable_ = false;
  stream_->close();
}

}  // namespace oin::smtp
