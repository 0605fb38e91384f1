/// web_server.hpp: a small web server on a free loopback port, in a thread of its own, with or without TLS:
/// what a page answers is its bytes, and it may drip or never end.
#pragma once

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace oin::test {

struct WebAnswer {
  enum class Pace {
    at_once,
    drip,
    endless
  };                  ///< drip: a byte every 50 ms; endless: the body again and again
  std::string bytes;  ///< status line, header fields and body
  Pace pace = Pace::at_once;
};

inline WebAnswer page(const std::string& status, const std::string& body,
                      const std::string& type = "text/html", const std::string& more_fields = {}) {
  return {"HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\nConnection: close\r\n" + more_fields + "\r\n" + body};
}
inline WebAnswer redirect(const std::string& to, const std::string& status = "302 Found") {
  return page(status, "", "text/html", "Location: " + to + "\r\n");
}

/// A key and its certificate, signed by itself, valid from yesterday for `days`.
struct Certificate {
  std::string key, certificate;

  static Certificate self_signed(const std::string& names, long days = 2) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3 * 86'400);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), days * 86'400);
    X509_set_pubkey(made.get(), pair.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("oind test"),
                               -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> alternative(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()), &X509_EXTENSION_free);
    X509_add_ext(made.get(), alternative.get(), -1);
    X509_sign(made.get(), pair.get(), EVP_sha256());
    const auto pem = [](auto write) {
      const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
      write(out.get());
      char* bytes = nullptr;
      const long size = BIO_get_mem_data(out.get(), &bytes);
      return std::string(bytes, static_cast<std::size_t>(size));
    };
    return {pem([&](BIO* out) {
              PEM_write_bio_PrivateKey(out, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
            }),
            pem([&](BIO* out) { PEM_write_bio_X509(out, made.get()); })};
  }
};

class WebServer {
  using Tcp = boost::asio::ip::tcp;
  static constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);

 public:
  explicit WebServer(std::optional<Certificate> certificate = {})
      : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
    if (certificate) {
      tls_.emplace(boost::asio::ssl::context::tls_server);
      tls_->use_private_key(boost::asio::buffer(certificate->key), boost::asio::ssl::context::pem);
      tls_->use_certificate(boost::asio::buffer(certificate->certificate), boost::asio::ssl::context::pem);
    }
    boost::asio::co_spawn(io_, accept(), boost::asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }
  ~WebServer() {
    io_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void serve(const std::string& path, WebAnswer answer) {
    const std::scoped_lock lock(mutex_);
    answers_[path] = std::move(answer);
  }
  /// The requests that came, each as its header section.
  std::vector<std::string> heard() const {
    const std::scoped_lock lock(mutex_);
    return heard_;
  }
  int connections() const { return connections_; }

 private:
  boost::asio::awaitable<void> accept() {
    for (;;) {
      auto [failed, peer] = co_await acceptor_.async_accept(token);
      if (failed) co_return;
      ++connections_;
      if (tls_)
        boost::asio::co_spawn(io_, secure(std::move(peer)), boost::asio::detached);
      else
        boost::asio::co_spawn(io_, plain(std::move(peer)), boost::asio::detached);
    }
  }
  boost::asio::awaitable<void> plain(Tcp::socket peer) { co_await speak(peer); }
  boost::asio::awaitable<void> secure(Tcp::socket peer) {
    boost::asio::ssl::stream<Tcp::socket> stream(std::move(peer), *tls_);
    const auto [refused] = co_await stream.async_handshake(boost::asio::ssl::stream_base::server, token);
    if (refused) co_return;
    co_await speak(stream);
    co_await stream.async_shutdown(token);
  }

  template <class Stream>
  boost::asio::awaitable<void> speak(Stream& stream) {
    std::string request;
    const auto [lost, size] = co_await boost::asio::async_read_until(
        stream, boost::asio::dynamic_buffer(request), "\r\n\r\n", token);
    if (lost) co_return;
    const WebAnswer answer = take(request);
    if (answer.pace == WebAnswer::Pace::drip) {
      co_await drip(stream, answer.bytes);
      co_return;
    }
    for (std::string_view next = answer.bytes;;) {
      const auto [gone, sent] = co_await boost::asio::async_write(stream, boost::asio::buffer(next), token);
      if (gone || answer.pace == WebAnswer::Pace::at_once) co_return;
      next = std::string_view(answer.bytes).substr(answer.bytes.find("\r\n\r\n") + 4);
    }
  }
  template <class Stream>
  boost::asio::awaitable<void> drip(Stream& stream, std::string bytes) {
    boost::asio::steady_timer pause(io_);
    for (const char& each : bytes) {
      const auto [gone, sent] =
          co_await boost::asio::async_write(stream, boost::asio::buffer(&each, 1), token);
      if (gone) co_return;
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(token);
    }
  }

  WebAnswer take(const std::string& request) {
    const std::scoped_lock lock(mutex_);
    heard_.push_back(request);
    const auto begin = request.find(' ') + 1;
    const auto found = answers_.find(request.substr(begin, request.find(' ', begin) - begin));
    return found == answers_.end() ? page("404 Not Found", "There is no such page.") : found->second;
  }

  boost::asio::io_context io_{1};
  Tcp::acceptor acceptor_;
  std::optional<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  std::map<std::string, WebAnswer> answers_;
  std::vector<std::string> heard_;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

}  // namespace oin::test
