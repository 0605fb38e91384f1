#include "tests/bench/desk/bare_client.hpp"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <istream>

#include "daemon/net/curl_stream.hpp"

namespace oin::bench {
namespace {

using namespace std::chrono_literals;
using Uids = std::vector<std::uint32_t>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t window_mails = 200;

Task<std::unique_ptr<imap::Session>> open_session(net::CurlLoop& loop, net::Endpoint endpoint) {
  OIN_CO_TRY(auto stream, co_await net::connect(loop, std::move(endpoint), 30s));
  OIN_CO_TRY(auto session, co_await imap::Session::open(std::move(stream)));
  OIN_CO_TRYV(co_await session->select("INBOX"));
  co_return session;
}

Task<std::unique_ptr<smtp::Client>> open_client(net::CurlLoop& loop, net::Endpoint endpoint) {
  const std::string name = endpoint.ehlo_name;
  OIN_CO_TRY(auto stream, co_await net::connect(loop, std::move(endpoint), 30s));
  co_return co_await smtp::Client::open(std::move(stream), name);
}

Task<BareClient::Fetched> fetch_windows(imap::Session& session, std::vector<Uids> windows) {
  BareClient::Fetched out;
  const auto began = Clock::now();
  for (std::size_t i = 0; i < std::min<std::size_t>(2, windows.size()); ++i) {
    OIN_CO_TRYV(co_await session.request(windows[i], imap::Part::whole));
  }
  for (std::size_t i = 0; i < windows.size(); ++i) {
    OIN_CO_TRY(const auto mails, co_await session.receive());
    if (i + 2 < windows.size()) {
      OIN_CO_TRYV(co_await session.request(windows[i + 2], imap::Part::whole));
    }
    for (const imap::Fetched& mail : mails)
      if (mail.bytes) ++out.mails, out.bytes += mail.bytes->size();
  }
  out.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  co_return out;
}

/// The dot's moment, written where the caller can see it.
asio::awaitable<Result<void>> note_time(Clock::time_point& at) {
  at = Clock::now();
  co_return success();
}

Task<double> answer(imap::Session& session, smtp::Client& client, std::uint32_t& last_uid,
                    smtp::Envelope envelope, const std::string& letter) {
  OIN_CO_TRY(const imap::IdleEnd end, co_await session.idle(10s));
  if (end != imap::IdleEnd::news) co_return permanent("the server pushed nothing within 10 s");
  OIN_CO_TRY(const auto listed, co_await session.list_after(last_uid));
  if (listed.empty()) co_return permanent("the server pushed a mail that it does not list");
  last_uid = listed.back().uid;
  Uids uids{last_uid};
  OIN_CO_TRYV(co_await session.request(std::move(uids), imap::Part::whole));
  OIN_CO_TRYV(co_await session.receive());
  Clock::time_point dot_at{};
  const smtp::DotHook before_dot = [&dot_at] { return note_time(dot_at); };
  const smtp::Sending sending = co_await client.send(std::move(envelope), letter, before_dot);
  if (smtp::verdict(sending, 0) != smtp::Verdict::delivered) co_return permanent(smtp::reason(sending, 0));
  co_return std::chrono::duration<double>(dot_at - session.last_exists_at()).count();
}

}  // namespace

BareClient::~BareClient() {
  if (session_) session_->close();
  if (client_) client_->close();
}

void BareClient::open(const std::string& account) {
  session_ = must(wait_for_(open_session(loop_, rig_.imap(account))));
}

void BareClient::open_smtp() { client_ = must(wait_for_(open_client(loop_, rig_.smtp()))); }

Uids BareClient::uids() {
  Uids out;
  for (const imap::Listed& mail : must(wait_for_(session_->list_after(0)))) out.push_back(mail.uid);
  if (!out.empty()) last_uid_ = out.back();
  return out;
}

BareClient::Fetched BareClient::fetch(const Uids& uids) {
  std::vector<Uids> windows;
  for (std::size_t i = 0; i < uids.size(); i += window_mails)
    windows.emplace_back(uids.begin() + static_cast<std::ptrdiff_t>(i),
                         uids.begin() + static_cast<std::ptrdiff_t>(std::min(i + window_mails, uids.size())));
  const Fetched out = must(wait_for_(fetch_windows(*session_, std::move(windows))));
  if (out.mails != uids.size())
    throw std::runtime_error(fmt::format("the server gave {} of {} mails", out.mails, uids.size()));
  return out;
}

double BareClient::answer_next(const smtp::Envelope& envelope, const std::string& letter) {
  return must(wait_for_(answer(*session_, *client_, last_uid_, envelope, letter)));
}

double hand_over(const Rig& rig, const std::string& sender, const std::string& recipient,
                 const std::string& message) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), rig.port("LMTP_PORT")});
  socket.set_option(asio::ip::tcp::no_delay(true));
  asio::streambuf buffer;
  const auto expect = [&](char first) {
    for (std::string line = "250-"; line.size() > 3 && line[3] == '-';) {
      asio::read_until(socket, buffer, '\n');
      std::istream in(&buffer);
      std::getline(in, line);
      if (line.empty() || line[0] != first) throw std::runtime_error("LMTP: " + line);
    }
  };
  const auto say = [&](const std::string& line, char first) {
    asio::write(socket, asio::buffer(line + "\r\n"));
    expect(first);
  };
  expect('2');
  say("LHLO bench.oind.test", '2');
  say("MAIL FROM:<" + sender + ">", '2');
  say("RCPT TO:<" + recipient + ">", '2');
  say("DATA", '3');
  asio::write(socket, asio::buffer(message));
  const double at = now_seconds();
  say(".", '2');
  say("QUIT", '2');
  return at;
}

}  // namespace oin::bench
