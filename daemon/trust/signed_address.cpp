#include "daemon/trust/signed_address.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <stdexcept>

namespace oin::trust {
namespace {

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t number_bytes = 5, mac_bytes = 10;
constexpr int day_bits = 16;  // to the year 2149
constexpr std::int64_t day_mask = (1 << day_bits) - 1;
constexpr std::size_t token_size = (number_bytes + mac_bytes) * 8 / 5;

std::string base32(std::string_view bytes) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out.push_back(alphabet[(buffer >> (bits - 5)) & 31]);
  }
  return out;
}

/// Exactly token_size characters of the alphabet, in any case.
std::optional<std::string> from_base32(std::string_view token) {
  if (token.size() != token_size) return std::nullopt;
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : token) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto value = alphabet.find(lower);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits >= 8) {
      out.push_back(static_cast<char>((buffer >> (bits - 8)) & 255));
      bits -= 8;
    }
  }
  return out;
}

std::string number_in_bytes(std::int64_t number) {
  std::string bytes;
  for (std::size_t i = number_bytes; i-- > 0;) bytes.push_back(static_cast<char>((number >> (8 * i)) & 255));
  return bytes;
}

std::pair<std::string_view, std::string_view> split_at(std::string_view addr_spec) {
  const auto at = addr_spec.rfind('@');
  if (at == std::string_view::npos) return {addr_spec, {}};
  return {addr_spec.substr(0, at), addr_spec.substr(at + 1)};
}

/// What stands behind the separator in the local part.
std::string_view subaddress(std::string_view addr_spec, std::string_view separator) {
  const std::string_view local_part = split_at(addr_spec).first;
  const auto at = separator.empty() ? std::string_view::npos : local_part.rfind(separator);
  return at == std::string_view::npos ? std::string_view() : local_part.substr(at + separator.size());
}

/// The token behind its mark, in any case; empty when it has another.
std::string_view marked(std::string_view token, char mark) {
  const bool has = !token.empty() && (token.front() | 0x20) == mark;
  return has ? token.substr(1) : std::string_view();
}

}  // namespace

void Signer::Free::operator()(evp_mac_ctx_st* context) const { EVP_MAC_CTX_free(context); }

Signer::Signer(const std::vector<std::string>& keys) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                               &EVP_MAC_free);
  char sha256[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", sha256, 0),
                                   OSSL_PARAM_construct_end()};
  for (const std::string& key : keys) {
    keys_.emplace_back(EVP_MAC_CTX_new(hmac.get()));
    if (!keys_.back() || EVP_MAC_init(keys_.back().get(), reinterpret_cast<const unsigned char*>(key.data()),
                                      key.size(), parameters) != 1)
      throw std::runtime_error("libcrypto has no HMAC-SHA-256");
  }
}

std::string Signer::mac(const Key& key, Purpose purpose, std::string_view number, std::string_view bound) {
  static constexpr std::string_view labels[] = {"oind reply", "oind bounce", "oind message", "oind staff",
                                                "oind confirm"};
  std::string input(labels[static_cast<std::size_t>(purpose)]);
  input.push_back('\0');
  input.append(number).append(bound);  // a number has one length, so the two cannot be told apart wrongly
  const Key context(EVP_MAC_CTX_dup(key.get()));  // the key's own is shared by all threads and never changes
  unsigned char digest[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  if (!context ||
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(input.data()), input.size()) !=
          1 ||
      EVP_MAC_final(context.get(), digest, &size, sizeof digest) != 1 || size < mac_bytes)
    throw std::runtime_error("HMAC-SHA-256 failed");
  return {reinterpret_cast<const char*>(digest), mac_bytes};
}

std::string Signer::token(Purpose purpose, std::int64_t number, std::string_view bound) const {
  const std::string bytes = number_in_bytes(number);
  return base32(bytes + mac(keys_.front(), purpose, bytes, bound));
}

std::optional<std::int64_t> Signer::verify(Purpose purpose, std::string_view token,
                                           std::string_view bound) const {
  const auto bytes = from_base32(token);
  if (!bytes) return std::nullopt;
  const std::string_view number = std::string_view(*bytes).substr(0, number_bytes);
  bool genuine = false;
  for (const Key& key : keys_)
    genuine |=
        CRYPTO_memcmp(mac(key, purpose, number, bound).data(), bytes->data() + number_bytes, mac_bytes) == 0;
  if (!genuine) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : number) value = (value << 8) | static_cast<unsigned char>(c);
  return value;
}

std::string Signer::reply_address(std::string_view mailbox, std::string_view separator,
                                  std::int64_t ticket) const {
  const auto [local_part, domain] = split_at(mailbox);
  return fmt::format("{}{}{}@{}", local_part, separator, token(Purpose::reply, ticket), domain);
}

std::string Signer::bounce_address(std::string_view mailbox, std::string_view separator,
                                   std::int64_t letter) const {
  const auto [local_part, domain] = split_at(mailbox);
  return fmt::format("{}{}b{}@{}", local_part, separator, token(Purpose::bounce, letter), domain);
}

std::string Signer::dated_address(char mark, Purpose purpose, std::string_view mailbox,
                                  std::string_view separator, std::int64_t ticket, std::string_view bound,
                                  std::chrono::sys_days day) const {
  const auto [local_part, domain] = split_at(mailbox);
  const std::int64_t number = ticket << day_bits | (day.time_since_epoch().count() & day_mask);
  return fmt::format("{}{}{}{}@{}", local_part, separator, mark, token(purpose, number, bound), domain);
}

std::optional<std::int64_t> Signer::ticket_of_dated(char mark, Purpose purpose, std::string_view addr_spec,
                                                    std::string_view separator, std::string_view bound,
                                                    std::chrono::sys_days first_day) const {
  const auto number = verify(purpose, marked(subaddress(addr_spec, separator), mark), bound);
  if (!number || (*number & day_mask) < first_day.time_since_epoch().count()) return std::nullopt;
  return *number >> day_bits;
}

std::string Signer::staff_address(std::string_view mailbox, std::string_view separator, std::int64_t ticket,
                                  std::string_view person, std::chrono::sys_days day) const {
  return dated_address('s', Purpose::staff, mailbox, separator, ticket, person, day);
}

std::optional<std::int64_t> Signer::ticket_of_staff(std::string_view addr_spec, std::string_view separator,
                                                    std::string_view person,
                                                    std::chrono::sys_days first_day) const {
  return ticket_of_dated('s', Purpose::staff, addr_spec, separator, person, first_day);
}

std::string Signer::confirm_address(std::string_view mailbox, std::string_view separator, std::int64_t ticket,
                                    std::string_view act, std::chrono::sys_days day) const {
  return dated_address('c', Purpose::confirm, mailbox, separator, ticket, act, day);
}

std::optional<std::int64_t> Signer::ticket_of_confirm(std::string_view addr_spec, std::string_view separator,
                                                      std::string_view act,
                                                      std::chrono::sys_days first_day) const {
  return ticket_of_dated('c', Purpose::confirm, addr_spec, separator, act, first_day);
}

std::optional<std::int64_t> Signer::ticket_of(std::string_view addr_spec, std::string_view separator) const {
  return verify(Purpose::reply, subaddress(addr_spec, separator));
}

std::optional<std::int64_t> Signer::letter_of(std::string_view addr_spec, std::string_view separator) const {
  return verify(Purpose::bounce, marked(subaddress(addr_spec, separator), 'b'));
}

std::string Signer::message_id(std::string_view domain, std::int64_t letter) const {
  return fmt::format("{}@{}", token(Purpose::message, letter), domain);
}

std::optional<std::int64_t> Signer::letter_of_message_id(std::string_view message_id) const {
  return verify(Purpose::message, split_at(message_id).first);
}

}  // namespace oin::trust
