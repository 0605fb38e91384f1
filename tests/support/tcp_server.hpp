/// tcp_server.hpp: a one-connection server on a free loopback port that plays a script in
/// scripted_stream.hpp's words: it sends what "S: " says ("TAG" at its front is the first word of the
/// client's latest line), waits for a line at each "C: " (any line: what the client says there is libcurl's
/// business; what is said between two of them goes out in one piece), and at the end keeps the line open
/// unless the script ends in "(hangs up)".
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/wait_for.hpp"

namespace oin::test {

class TcpServer {
 public:
  TcpServer(boost::asio::io_context& io, std::string script)
      : acceptor_(io, {boost::asio::ip::address_v4::loopback(), 0}), peer_(io), script_(std::move(script)) {
    boost::asio::co_spawn(io, serve(), [](std::exception_ptr thrown) {
      if (thrown) std::rethrow_exception(thrown);
    });
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  const std::vector<std::string>& heard() const { return heard_; }

 private:
  boost::asio::awaitable<void> serve() {
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await acceptor_.async_accept(peer_, token);
    std::string unread, unsaid;
    for (std::string_view rest = script_; !rest.empty();) {
      const std::string line(rest.substr(0, rest.find('\n')));
      rest.remove_prefix(line.size() + 1);
      if (!line.starts_with("S: ") && !unsaid.empty()) {
        co_await boost::asio::async_write(peer_, boost::asio::buffer(unsaid), token);
        unsaid.clear();
      }
      if (line.starts_with("C: ")) {
        const auto [failed, count] =
            co_await boost::asio::async_read_until(peer_, boost::asio::dynamic_buffer(unread), '\n', token);
        if (failed) co_return;
        heard_.push_back(unread.substr(0, count));
        unread.erase(0, count);
      } else if (line.starts_with("S: ")) {
        std::string said = line.substr(3) + "\r\n";
        if (said.starts_with("TAG ") && !heard_.empty())
          said.replace(0, 3, heard_.back().substr(0, heard_.back().find(' ')));
        unsaid += said;
      } else {
        peer_.close();
      }
    }
    if (!unsaid.empty()) co_await boost::asio::async_write(peer_, boost::asio::buffer(unsaid), token);
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket peer_;
  std::string script_;
  std::vector<std::string> heard_;
};

}  // namespace oin::test
