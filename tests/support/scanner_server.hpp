/// scanner_server.hpp: a scanner on a Unix socket that speaks clamd's INSTREAM and PING and can be told to
/// fail: what no real scanner does on demand.  On a thread of its own, any number of connections.
#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <thread>

namespace oin::test {

class ScannerServer {
 public:
  enum class Mood {
    well,      ///< finds "INFECTED", nothing else
    silent,    ///< takes everything in and never answers
    nonsense,  ///< answers what is no answer
    cut,       ///< hangs up in the middle of its answer
    choking,   ///< fails on a mail with "CHOKE" in it, and is well otherwise
    falling,   ///< … and is not there for whoever asks next, as one that has to be started again
  };

  explicit ScannerServer(const std::string& path) : acceptor_(io_, path) {
    spawn(serve());
    thread_ = std::thread([this] { io_.run(); });
  }
  ~ScannerServer() {
    io_.stop();
    thread_.join();
  }
  std::atomic<Mood> mood = Mood::well;
  std::atomic<int> mails = 0;  ///< shown to it, each time
  std::atomic<int> asked = 0;  ///< with a mail or without
  std::atomic<int> most_at_once = 0;

 private:
  using Socket = boost::asio::local::stream_protocol::socket;
  static constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

  void spawn(boost::asio::awaitable<void> work) {
    boost::asio::co_spawn(io_, std::move(work), boost::asio::detached);
  }
  boost::asio::awaitable<void> serve() {
    for (;;) {
      auto [failed, socket] = co_await acceptor_.async_accept(token);
      if (failed) co_return;
      spawn(answer(std::move(socket)));
    }
  }
  boost::asio::awaitable<void> answer(Socket socket) {
    std::string said, mail;
    auto [failed, size] =
        co_await boost::asio::async_read_until(socket, boost::asio::dynamic_buffer(said), '\0', token);
    if (failed) co_return;
    const bool ping = said.starts_with("zPING");
    said.erase(0, size);
    while (!ping) {
      while (said.size() < 4)
        if (!co_await more(socket, said)) co_return;
      std::size_t length = 0;
      for (int i = 0; i < 4; ++i)
        length = length * 256 + static_cast<unsigned char>(said[static_cast<std::size_t>(i)]);
      while (said.size() < 4 + length)
        if (!co_await more(socket, said)) co_return;
      mail.append(said, 4, length);
      said.erase(0, 4 + length);
      if (length == 0) break;
    }
    ++asked;
    if (!ping) ++mails;
    most_at_once = std::max(most_at_once.load(), ++at_hand_);
    // A moment, so that mails shown side by side are seen to be.
    boost::asio::steady_timer moment(io_, std::chrono::milliseconds(20));
    co_await moment.async_wait(token);
    --at_hand_;
    boost::asio::steady_timer never(io_, std::chrono::hours(1));
    if (mood == Mood::silent) co_await never.async_wait(token);
    const std::string out = words(ping, mail);
    co_await boost::asio::async_write(socket, boost::asio::buffer(out), token);
  }
  boost::asio::awaitable<bool> more(Socket& socket, std::string& into) {
    char bytes[65536];
    const auto [failed, size] = co_await socket.async_read_some(boost::asio::buffer(bytes), token);
    into.append(bytes, size);
    co_return !failed;
  }
  std::string words(bool ping, const std::string& mail) {
    const auto has = [&](const char* word) { return mail.find(word) != std::string::npos; };
    if (mood == Mood::nonsense) return std::string("what?\0", 6);
    if (mood == Mood::cut || (ping && fallen_.exchange(false))) return "str";
    if (ping) return std::string("PONG\0", 5);
    if (mood == Mood::choking && has("CHOKE")) return std::string("Can't allocate memory ERROR\0", 28);
    if (mood == Mood::falling && has("CHOKE")) {
      fallen_ = true;
      return "";
    }
    return has("INFECTED") ? std::string("stream: Test.Signature FOUND\0", 29)
                           : std::string("stream: OK\0", 11);
  }

  boost::asio::io_context io_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
  int at_hand_ = 0;
  std::atomic<bool> fallen_ = false;
  std::thread thread_;
};

}  // namespace oin::test
