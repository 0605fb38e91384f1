#include "daemon/scan/rspamd.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace oin::scan {
namespace {

constexpr std::size_t longest_answer = 1'000'000;
constexpr std::size_t symbols_named = 5;

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* into) noexcept {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > longest_answer) return 0;
  body.append(bytes, size * count);
  return size * count;
}

/// The body of an answer with status 200.
Task<std::string> request(net::CurlLoop& loop, Address address, std::string path,
                          std::optional<std::string_view> mail, std::chrono::milliseconds deadline) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) co_return transient("libcurl cannot make a handle");
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy.get(), option, value); };
  const bool v6 = address.host.find(':') != std::string::npos;
  const std::string place = !address.unix_path.empty() ? "localhost"
                                                       : fmt::format("{}{}{}:{}", v6 ? "[" : "", address.host,
                                                                     v6 ? "]" : "", address.port);
  const std::string url = "http://" + place + path;
  std::string body;
  std::array<char, CURL_ERROR_SIZE> curl_text{};
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http");
  set(CURLOPT_PROXY, "");  // never by a proxy from the environment
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(deadline.count()));
  set(CURLOPT_ERRORBUFFER, curl_text.data());
  set(CURLOPT_WRITEFUNCTION, &keep);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
  if (!address.unix_path.empty()) set(CURLOPT_UNIX_SOCKET_PATH, address.unix_path.c_str());
  std::unique_ptr<curl_slist, FreeList> fields;
  if (mail) {
    fields.reset(curl_slist_append(nullptr, "Content-Type: message/rfc822"));
    curl_slist_append(fields.get(), "Expect:");
    set(CURLOPT_HTTPHEADER, fields.get());
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(mail->size()));
    set(CURLOPT_POSTFIELDS, mail->data());  // not copied
  }
  const CURLcode code = co_await loop.perform(easy.get());
  if (code == CURLE_ABORTED_BY_CALLBACK) co_return stopping();
  if (code == CURLE_OPERATION_TIMEDOUT)
    co_return transient(
        fmt::format("no answer within {} s", std::chrono::ceil<std::chrono::seconds>(deadline).count()));
  if (code != CURLE_OK)
    co_return transient(curl_text[0] != '\0' ? std::string(curl_text.data()) : curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) co_return transient(fmt::format("answered with status {}", status));
  co_return body;
}

/// The heaviest of what speaks against a mail, so that a person can judge the judgement.
std::string symbols(const nlohmann::json& answer) {
  const auto all = answer.find("symbols");
  if (all == answer.end() || !all->is_object()) return {};
  std::vector<std::pair<double, std::string>> heavy;
  for (const auto& [name, symbol] : all->items())
    if (symbol.is_object() && symbol.contains("score") && symbol["score"].is_number() && symbol["score"] > 0)
      heavy.emplace_back(-symbol["score"].get<double>(), name);
  std::ranges::sort(heavy);
  std::string out;
  for (std::size_t i = 0; i < std::min(heavy.size(), symbols_named); ++i) out += ", " + heavy[i].second;
  return out;
}

double number(const nlohmann::json& answer, const char* key) {
  const auto it = answer.find(key);
  return it != answer.end() && it->is_number() ? it->get<double>() : 0;
}

}  // namespace

Result<Verdict> rspamd_verdict(std::string_view answer, const std::vector<std::string>& unwanted) {
  const auto json = nlohmann::json::parse(answer, nullptr, false);
  const auto action = json.is_object() ? json.find("action") : json.end();
  if (!json.is_object() || action == json.end() || !action->is_string())
    return transient("said what is no verdict");
  const auto skipped = json.find("is_skipped");
  if (skipped != json.end() && *skipped == true)
    return transient("has skipped the mail; look at its settings");
  const auto name = action->get<std::string>();
  if (std::ranges::find(unwanted, name) == unwanted.end()) return Verdict{};
  return Verdict{Verdict::Kind::unwanted,
                 fmt::format("{}, score {:.4g} of {:.4g}{}", name, number(json, "score"),
                             number(json, "required_score"), symbols(json))};
}

Task<Verdict> ask_rspamd(net::CurlLoop& loop, Address address, std::string_view mail,
                         std::vector<std::string> unwanted, std::chrono::milliseconds deadline) {
  OIN_CO_TRY(const std::string answer,
             co_await request(loop, std::move(address), "/checkv2", mail, deadline));
  co_return rspamd_verdict(answer, unwanted);
}

Task<void> ping_rspamd(net::CurlLoop& loop, Address address, std::chrono::milliseconds deadline) {
  OIN_CO_TRY(const std::string answer,
             co_await request(loop, std::move(address), "/ping", std::nullopt, deadline));
  if (!answer.starts_with("pong")) co_return transient("said something else than pong to /ping");
  co_return success();
}

}  // namespace oin::scan
