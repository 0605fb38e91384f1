#include "daemon/net/web_fetch.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cctype>
#include <memory>

#include "daemon/net/connect_error.hpp"

namespace oin::net {
namespace {

namespace asio = boost::asio;
using namespace boost::asio::experimental::awaitable_operators;
using Clock = std::chrono::steady_clock;

constexpr std::size_t most_header_bytes = 64'000;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// A URL as curl itself takes it apart: whoever checks one reading and contacts another is easily led astray.
class Target {
 public:
  /// Empty `wrong`: it is one that may be asked for.
  Target(const std::string& text, std::string& wrong) : url_(curl_url()) {
    const CURLUcode code = curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), 0);
    if (code != CURLUE_OK) {
      wrong = fmt::format("no address of a web page ({})", curl_url_strerror(code));
      return;
    }
    const std::string scheme = part(CURLUPART_SCHEME), port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
    host = lower(part(CURLUPART_HOST));
    if (host.ends_with('.')) host.pop_back();
    if (scheme != "http" && scheme != "https")
      wrong = fmt::format("{}:// is not looked up", scheme);
    else if (!part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty())
      wrong = "an address with a user name in it is not looked up";
    else if (port != "80" && port != "443" && std::stoi(port) < 1024)
      wrong = fmt::format("port {} is not the web's", port);
    curl_url_set(url_.get(), CURLUPART_FRAGMENT, nullptr, 0);
  }
  CURLU* get() const { return url_.get(); }
  std::string text() const { return part(CURLUPART_URL); }

  std::string host;  ///< lower case, as in the list of hosts

 private:
  std::string part(CURLUPart what, unsigned flags = 0) const {
    char* found = nullptr;
    if (curl_url_get(url_.get(), what, &found, flags) != CURLUE_OK || found == nullptr) return {};
    std::string out(found);
    curl_free(found);
    return out;
  }
  std::unique_ptr<CURLU, FreeUrl> url_;
};

/// One request of a fetch, and what its callbacks have seen.
class Hop {
 public:
  Hop(const Target& target, const WebRules& rules, std::chrono::milliseconds left)
      : rules_(rules), easy_(curl_easy_init()) {
    for (const std::string& line : rules.resolve) {
      curl_slist* longer = curl_slist_append(resolve_.get(), line.c_str());
      (void)resolve_.release();
      resolve_.reset(longer);
    }
    configure(target, left);
  }
  CURL* easy() const { return easy_.get(); }

  std::string body;
  bool too_large = false;
  std::string refused_address;

  long info(CURLINFO what) const {
    long value = 0;
    curl_easy_getinfo(easy_.get(), what, &value);
    return value;
  }
  std::string text(CURLINFO what) const {
    char* value = nullptr;
    curl_easy_getinfo(easy_.get(), what, &value);
    return value == nullptr ? std::string() : std::string(value);
  }
  std::string said() const { return curl_text_.data(); }

 private:
  void configure(const Target& target, std::chrono::milliseconds left) {
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy_.get(), option, value); };
    set(CURLOPT_CURLU, target.get());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");  // never by a proxy from the environment
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    // A connection that is kept was checked for somebody else.
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    set(CURLOPT_USERAGENT, rules_.user_agent.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(left.count(), 1)));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(rules_.bytes));
    set(CURLOPT_ERRORBUFFER, curl_text_.data());
    set(CURLOPT_WRITEFUNCTION, &Hop::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &Hop::on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &Hop::on_open);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (resolve_) set(CURLOPT_RESOLVE, resolve_.get());
    if (!rules_.ca_file.empty()) {
      set(CURLOPT_CAINFO, rules_.ca_file.c_str());
      set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
  }

  /// The one place where every address passes, whoever resolved it: the last moment before it is contacted.
  static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& hop = *static_cast<Hop*>(self);
    asio::ip::tcp::endpoint endpoint;
    if (address->addrlen > endpoint.capacity()) return CURL_SOCKET_BAD;
    std::copy_n(reinterpret_cast<const char*>(&address->addr), address->addrlen,
                reinterpret_cast<char*>(endpoint.data()));
    const bool internet = address->family == AF_INET || address->family == AF_INET6;
    if (!internet || !may_be_contacted(endpoint.address(), hop.rules_.allowed_addresses)) {
      hop.refused_address = internet ? endpoint.address().to_string() : "no Internet address";
      return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  static std::size_t on_header(char*, std::size_t size, std::size_t count, void* self) noexcept {
    auto& hop = *static_cast<Hop*>(self);
    hop.header_bytes_ += size * count;
    if (hop.header_bytes_ <= most_header_bytes) return size * count;
    hop.too_large = true;
    return 0;
  }

  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
    auto& hop = *static_cast<Hop*>(self);
    if (hop.body.size() + size * count > hop.rules_.bytes) {
      hop.too_large = true;
      return 0;
    }
    hop.body.append(bytes, size * count);
    return size * count;
  }

  const WebRules& rules_;
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::unique_ptr<curl_slist, FreeList> resolve_;
  std::size_t header_bytes_ = 0;
  std::array<char, CURL_ERROR_SIZE> curl_text_{};
};

/// What nobody who asks would accept; empty for a certificate that is only unknown here (its authority, a
/// link of its chain): other programs may know it, so it proves nothing.
std::string certificate_trouble(const Hop& hop) {
  if (hop.said().find("subject name") != std::string::npos) return "its certificate is for another name";
  constexpr long expired = 10, self_signed = 18;  // X509_V_ERR_…, x509_vfy.h
  const long verified = hop.info(CURLINFO_SSL_VERIFYRESULT);
  if (verified == expired) return "its certificate has expired";
  return verified == self_signed ? "its certificate is self-signed" : "";
}

WebPage ended(WebEnd end, std::string url, std::string why) {
  return {end, 0, std::move(url), {}, {}, std::move(why)};
}

WebPage failed(CURLcode code, const Hop& hop, const Target& target, const WebRules& rules) {
  const std::string said = hop.said().empty() ? std::string(curl_easy_strerror(code)) : hop.said();
  const auto end = [&](WebEnd how, std::string why) {
    WebPage page = ended(how, target.text(), std::move(why));
    page.status = static_cast<int>(hop.info(CURLINFO_RESPONSE_CODE));
    return page;
  };
  // Where one of several addresses was refused and another did not answer, the refusal is what a person must
  // know.
  if (!hop.refused_address.empty())
    return end(WebEnd::address_refused,
               fmt::format("{} is at {}, which is no public address", target.host, hop.refused_address));
  if (hop.too_large || code == CURLE_FILESIZE_EXCEEDED)
    return end(WebEnd::too_large, fmt::format("its answer is larger than {} bytes", rules.bytes));
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return end(WebEnd::stopping, "stopping");
    case CURLE_COULDNT_RESOLVE_HOST:
      return end(WebEnd::unknown_host, fmt::format("there is no host \"{}\"", target.host));
    case CURLE_OPERATION_TIMEDOUT:
      return end(WebEnd::timed_out, fmt::format("no whole answer within {}", spoken(rules.time)));
    case CURLE_PEER_FAILED_VERIFICATION:
      if (std::string why = certificate_trouble(hop); !why.empty())
        return end(WebEnd::bad_certificate, std::move(why));
      return end(WebEnd::tls_failed, said);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return end(WebEnd::tls_failed, said);
    default:
      return end(WebEnd::unreachable, said);
  }
}

/// curl does not say whether a name does not exist or only could not be asked for; the system's resolver
/// does.
asio::awaitable<bool> surely_unknown(std::string host, Clock::time_point deadline) {
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  asio::steady_timer timer(executor, deadline);
  constexpr auto token = asio::as_tuple(asio::use_awaitable);
  const auto first = co_await (resolver.async_resolve(host, "", token) || timer.async_wait(token));
  co_return first.index() == 0 && std::get<0>(std::get<0>(first)) == asio::error::host_not_found;
}

std::string media_type(std::string_view content_type) {
  std::string out = lower(content_type.substr(0, content_type.find(';')));
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

bool host_is_listed(std::string_view host, const std::vector<std::string>& hosts) {
  return std::ranges::any_of(hosts, [&](const std::string& listed) {
    if (listed == "*" || listed == host) return true;
    return listed.starts_with("*.") && host.size() > listed.size() - 1 && host.ends_with(listed.substr(1));
  });
}

asio::awaitable<WebPage> fetch(CurlLoop& loop, std::string url, WebRules rules) {
  const auto deadline = Clock::now() + rules.time;
  for (int hops = 0;; ++hops) {
    std::string wrong;
    const Target target(url, wrong);
    if (!wrong.empty()) co_return ended(WebEnd::bad_url, url, wrong);
    if (!host_is_listed(target.host, rules.hosts))
      co_return ended(WebEnd::host_refused, target.text(),
                      fmt::format("{} is none of the hosts that may be looked up", target.host));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    Hop hop(target, rules, left);
    if (hop.easy() == nullptr || left.count() <= 0)
      co_return ended(WebEnd::timed_out, target.text(),
                      fmt::format("no whole answer within {}", spoken(rules.time)));
    const CURLcode code = co_await loop.perform(hop.easy());
    if (code != CURLE_OK) {
      WebPage page = failed(code, hop, target, rules);
      if (page.end == WebEnd::unknown_host && !co_await surely_unknown(target.host, deadline)) {
        page.end = WebEnd::unreachable;
        page.why = fmt::format("the name \"{}\" cannot be resolved just now", target.host);
      }
      co_return page;
    }
    const std::string next = hop.text(CURLINFO_REDIRECT_URL);
    if (next.empty()) {
      WebPage page{
          WebEnd::answered, static_cast<int>(hop.info(CURLINFO_RESPONSE_CODE)), target.text(), {}, {}, {}};
      page.content_type = media_type(hop.text(CURLINFO_CONTENT_TYPE));
      page.body = std::move(hop.body);
      co_return page;
    }
    if (hops == rules.redirects)
      co_return ended(WebEnd::too_many_redirects, next,
                      fmt::format("more than {} redirects", rules.redirects));
    url = next;
  }
}

}  // namespace oin::net
