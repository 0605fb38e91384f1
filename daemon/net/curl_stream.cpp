#include "daemon/net/curl_stream.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/net/connect_error.hpp"
#include "daemon/net/curl_multi.hpp"

namespace oin::net {

using namespace boost::asio::experimental::awaitable_operators;

class CurlStream final : public ByteStream {
 public:
  CurlStream(CurlLoop& loop, Endpoint endpoint)
      : multi_(loop.multi_),
        endpoint_(std::move(endpoint)),
        easy_(curl_easy_init()),
        socket_(multi_->executor()),
        deadline_(multi_->executor()) {}
  ~CurlStream() override {
    close();
    if (easy_ != nullptr) curl_easy_cleanup(easy_);
  }

  Task<void> open(std::chrono::milliseconds deadline);
  Task<std::size_t> read_some(std::span<char> into, std::chrono::milliseconds deadline) override;
  Task<void> write_all(std::string_view bytes, std::chrono::milliseconds deadline) override;
  bool timed_out() const noexcept override { return timed_out_; }
  void close() noexcept override;

 private:
  static std::size_t on_server_line(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
  void configure(std::chrono::milliseconds deadline);
  Task<void> wait_for(asio::posix::stream_descriptor::wait_type direction,
                      std::chrono::milliseconds deadline);
  Error lost(std::string_view why) const { return transient(fmt::format("{}: {}", url_of(endpoint_), why)); }

  std::shared_ptr<CurlLoop::Multi> multi_;
  Endpoint endpoint_;
  CURL* easy_;
  asio::posix::stream_descriptor socket_;
  asio::steady_timer deadline_;
  bool connected_ = false;
  bool timed_out_ = false;
  std::string server_line_;  // the latest one of the login
  std::array<char, CURL_ERROR_SIZE> curl_text_{};
};

void CurlStream::configure(std::chrono::milliseconds deadline) {
  std::string url = url_of(endpoint_);
  // curl takes the name it says in EHLO from the path.
  if (endpoint_.protocol == Endpoint::Protocol::smtp && !endpoint_.ehlo_name.empty())
    url += "/" + endpoint_.ehlo_name;
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy_, option, value); };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
  set(CURLOPT_PROXY, "");         // never by a proxy from the environment
  set(CURLOPT_CONNECT_ONLY, 1L);  // not 2: curl would go on and LIST
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // do not block the loop until a hopeless name look-up ends
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(deadline.count()));
  set(CURLOPT_ERRORBUFFER, curl_text_.data());
  set(CURLOPT_HEADERFUNCTION, &CurlStream::on_server_line);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));

  if (endpoint_.tls != Tls::none) set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  if (!endpoint_.ca_file.empty()) {
    set(CURLOPT_CAINFO, endpoint_.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // that authority alone
  }

  const Credentials& who = endpoint_.credentials;
  if (who.user.empty()) return;
  set(CURLOPT_USERNAME, who.user.c_str());
  if (who.bearer_token.empty()) {
    set(CURLOPT_PASSWORD, who.password.c_str());
  } else {
    set(CURLOPT_XOAUTH2_BEARER, who.bearer_token.c_str());
    // Without this, curl falls back to PLAIN with an empty password.
    set(CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2");
  }
}

std::size_t CurlStream::on_server_line(char* bytes, std::size_t size, std::size_t count,
                                       void* self) noexcept {
  std::string_view line(bytes, size * count);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  // A bare "+" or "334" asks on; what came before it says more.
  if (!line.empty() && line != "+" && line != "+ ")
    static_cast<CurlStream*>(self)->server_line_ = line.substr(0, 500);
  return size * count;
}

Task<void> CurlStream::open(std::chrono::milliseconds deadline) {
  if (easy_ == nullptr) co_return transient("libcurl cannot make a handle");
  configure(deadline);
  const CURLcode code = co_await multi_->perform(easy_, true);
  endpoint_.credentials.password.clear();  // curl keeps its own copy, and one is enough
  if (code == CURLE_ABORTED_BY_CALLBACK) co_return stopping();
  if (code != CURLE_OK) {
    const ConnectFailure failure{code, curl_text_.data(), server_line_, deadline};
    co_return connect_error(endpoint_, failure);
  }
  connected_ = true;
  curl_socket_t fd = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy_, CURLINFO_ACTIVESOCKET, &fd);
  boost::system::error_code refused;
  if (socket_.assign(fd, refused); refused) co_return lost(refused.message());
  co_return success();
}

Task<void> CurlStream::wait_for(asio::posix::stream_descriptor::wait_type direction,
                                std::chrono::milliseconds deadline) {
  deadline_.expires_after(deadline);
  const auto first = co_await (socket_.async_wait(direction, asio::as_tuple(asio::use_awaitable)) ||
                               deadline_.async_wait(asio::as_tuple(asio::use_awaitable)));
  const auto cancelled = co_await asio::this_coro::cancellation_state;
  if (cancelled.cancelled() != asio::cancellation_type::none) co_return stopping();
  if (!connected_) co_return lost("closed");
  if (first.index() == 1) {
    timed_out_ = true;
    co_return transient(
        fmt::format("no answer from {}:{} within {}", endpoint_.host, endpoint_.port, spoken(deadline)));
  }
  co_return success();  // a failed wait too: curl says better what is wrong
}

Task<std::size_t> CurlStream::read_some(std::span<char> into, std::chrono::milliseconds deadline) {
  timed_out_ = false;
  for (;;) {
    if (!connected_) co_return lost("closed");
    std::size_t got = 0;
    const CURLcode code = curl_easy_recv(easy_, into.data(), into.size(), &got);
    if (code == CURLE_OK) co_return got;
    if (code != CURLE_AGAIN) co_return lost(curl_easy_strerror(code));
    // Only after AGAIN: what OpenSSL has already taken from the socket makes it readable no more.
    OIN_CO_TRYV(co_await wait_for(asio::posix::stream_descriptor::wait_read, deadline));
  }
}

Task<void> CurlStream::write_all(std::string_view bytes, std::chrono::milliseconds deadline) {
  while (!bytes.empty()) {
    if (!connected_) co_return lost("closed");
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(easy_, bytes.data(), bytes.size(), &sent);
    if (code == CURLE_OK) {
      bytes.remove_prefix(sent);
    } else if (code == CURLE_AGAIN) {  // OpenSSL wants the same pointer and length again, and gets them
      OIN_CO_TRYV(co_await wait_for(asio::posix::stream_descriptor::wait_write, deadline));
    } else {
      co_return lost(curl_easy_strerror(code));
    }
  }
  co_return success();
}

void CurlStream::close() noexcept {
  if (!connected_) return;
  connected_ = false;
  if (socket_.is_open()) socket_.release();  // curl closes it
  multi_->remove(easy_);
}

Task<std::unique_ptr<ByteStream>> connect(CurlLoop& loop, Endpoint endpoint,
                                          std::chrono::milliseconds deadline) {
  auto stream = std::make_unique<CurlStream>(loop, std::move(endpoint));
  OIN_CO_TRYV(co_await stream->open(deadline));
  co_return std::unique_ptr<ByteStream>(std::move(stream));
}

}  // namespace oin::net
