/// curl_loop.hpp: libcurl's multi interface on an Asio executor.
///
/// curl says which sockets and which timer it waits for (CURLMOPT_SOCKETFUNCTION, CURLMOPT_TIMERFUNCTION),
/// Asio waits, and curl is told.  Everything of one loop runs on one executor: an io_context with one
/// thread, or a strand.  It never blocks for the network: host names are resolved on curl's own threads.
#pragma once

#include <curl/curl.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

namespace oin::net {

/// Once in main, before any thread: curl's global state, and SIGPIPE ignored (a server that hangs up is
/// an error code here, never a signal).
class CurlGlobal {
 public:
  CurlGlobal();
  ~CurlGlobal();
  CurlGlobal(const CurlGlobal&) = delete;
  CurlGlobal& operator=(const CurlGlobal&) = delete;
};

class CurlLoop {
 public:
  explicit CurlLoop(boost::asio::any_io_executor executor);

  /// Runs one transfer to its end; CURLE_ABORTED_BY_CALLBACK when cancelled.  The handle leaves the loop
  /// with the call, except after a success with `keep`: a CONNECT_ONLY connection lives only as long as
  /// its handle stays (remove() ends it).
  boost::asio::awaitable<CURLcode> perform(CURL* easy, bool keep = false);

  /// Takes a kept handle out, which closes its connection without another word to the server.
  void remove(CURL* easy) noexcept;

  boost::asio::any_io_executor executor() const;

 private:
  friend class CurlStream;
  class Multi;
  // Shared with every stream and every wait in flight, which may end later than the loop.
  std::shared_ptr<Multi> multi_;
};

}  // namespace oin::net
