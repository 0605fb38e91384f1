/// curl_multi.hpp: the inside of CurlLoop (curl_loop.hpp), which curl_stream.cpp shares.
///
/// Three rules keep it right.  curl is never called from within one of its callbacks.  A socket's descriptor
/// is released, not closed, when curl says POLL_REMOVE, because curl owns it.  And a wait's handler holds its
/// Socket itself instead of finding it by number: within one call curl may close a socket and open another
/// with the same number.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>

#include "daemon/net/curl_loop.hpp"

namespace oin::net {

class CurlLoop::Multi : public std::enable_shared_from_this<CurlLoop::Multi> {
 public:
  explicit Multi(boost::asio::any_io_executor executor);
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  boost::asio::awaitable<CURLcode> perform(CURL* easy, bool keep);
  void remove(CURL* easy) noexcept { curl_multi_remove_handle(multi_, easy); }
  const boost::asio::any_io_executor& executor() const { return executor_; }

 private:
  struct Transfer {
    boost::asio::steady_timer wake;  // never expires; cancelled when the transfer is done
    bool done = false;
    CURLcode code = CURLE_OK;
  };
  struct Socket {
    boost::asio::posix::stream_descriptor descriptor;
    int wanted = CURL_POLL_NONE;
    bool waits_in = false, waits_out = false;
    bool dead = false;
  };

  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) noexcept;
  static int on_timer(CURLM*, long milliseconds, void* self) noexcept;
  void wait(const std::shared_ptr<Socket>& socket);
  void wait(const std::shared_ptr<Socket>& socket, int direction);
  void tell_curl(curl_socket_t fd, int what);

  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;
  CURLM* multi_;
  std::map<curl_socket_t, std::shared_ptr<Socket>> sockets_;
};

}  // namespace oin::net
