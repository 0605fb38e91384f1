/// smtp_server.hpp: an SMTP server on a free loopback port that takes every letter and does with each final
/// dot what it is told: what no real server does on demand.
///
/// Plain SMTP without TLS or AUTH (RFC 5321), as many connections as come, on a thread of its own.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace oin::test {

class SmtpServer {
 public:
  enum class Dot {
    accept,   ///< 250
    hang_up,  ///< no answer, and the line is closed
    silence,  ///< no answer until answer()
  };

  /// What becomes of the first dots, in order; all that follow are accepted.
  explicit SmtpServer(std::deque<Dot> dots)
      : dots_(std::move(dots)),
        acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}),
        patience_(io_, boost::asio::steady_timer::time_point::max()),
        port_(acceptor_.local_endpoint().port()) {
    boost::asio::co_spawn(io_, accept(), boost::asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }
  ~SmtpServer() {
    io_.stop();
    thread_.join();
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// The letters whose dot came, in order, as they stood on the wire.
  std::vector<std::string> letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }
  /// Breaks the silence: 250 for every dot that waits.
  void answer() {
    boost::asio::post(io_, [this] { patience_.cancel(); });
  }

 private:
  static constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

  boost::asio::awaitable<void> accept() {
    for (;;) {
      auto [failed, peer] = co_await acceptor_.async_accept(token);
      if (failed) co_return;
      boost::asio::co_spawn(io_, serve(std::move(peer)), boost::asio::detached);
    }
  }

  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket peer) {
    std::string unread, reply = "220 scripted.test ESMTP";
    for (;;) {
      reply += "\r\n";
      co_await boost::asio::async_write(peer, boost::asio::buffer(reply), token);
      const bool data = reply.starts_with("354");
      const auto [failed, count] = co_await boost::asio::async_read_until(
          peer, boost::asio::dynamic_buffer(unread), data ? "\r\n.\r\n" : "\r\n", token);
      if (failed) co_return;
      const std::string heard = unread.substr(0, count);
      unread.erase(0, count);
      if (data) {
        const Dot dot = take(heard);
        if (dot == Dot::hang_up) co_return;
        if (dot == Dot::silence) co_await patience_.async_wait(token);
      }
      reply = heard.starts_with("EHLO")            ? "250-scripted.test\r\n250 8BITMIME"
              : heard.starts_with("DATA") && !data ? "354 go on"
                                                   : "250 2.0.0 Ok";
    }
  }

  Dot take(const std::string& letter) {
    const std::lock_guard lock(mutex_);
    letters_.push_back(letter);
    if (dots_.empty()) return Dot::accept;
    const Dot dot = dots_.front();
    dots_.pop_front();
    return dot;
  }

  boost::asio::io_context io_{1};
  mutable std::mutex mutex_;
  std::deque<Dot> dots_;
  std::vector<std::string> letters_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer patience_;
  std::uint16_t port_;
  std::thread thread_;
};

}  // namespace oin::test
