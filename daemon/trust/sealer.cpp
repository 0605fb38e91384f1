#include "daemon/trust/sealer.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace oin::trust {
namespace {

constexpr std::size_t key_bytes = 64, tag_bytes = 16;
constexpr std::string_view purpose = "oind: vendors' secrets", mark = "sealed:";

template <auto free>
struct Free {
  template <class T>
  void operator()(T* it) const {
    free(it);
  }
};
using Cipher = std::unique_ptr<EVP_CIPHER, Free<EVP_CIPHER_free>>;
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("libcrypto: ") + what);
}

std::string derived(std::string key) {
  const std::unique_ptr<EVP_KDF, Free<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  require(kdf != nullptr, "no HKDF");
  const std::unique_ptr<EVP_KDF_CTX, Free<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
  std::string info(purpose), digest = "SHA256", out(key_bytes, '\0');
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end()};
  require(context && EVP_KDF_derive(context.get(), bytes(out), out.size(), parameters) == 1, "HKDF failed");
  return out;
}

Cipher cipher() {
  Cipher found(EVP_CIPHER_fetch(nullptr, "AES-256-SIV", nullptr));
  require(found != nullptr, "no AES-256-SIV");
  return found;
}

std::optional<std::string> opened(const std::string& key, std::string_view tag, std::string_view text) {
  const Cipher aes = cipher();
  const Context context(EVP_CIPHER_CTX_new());
  std::string tag_copy(tag), out(text.size() + 1, '\0');
  int length = 0;
  require(context && EVP_DecryptInit_ex2(context.get(), aes.get(), bytes(key), nullptr, nullptr) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes),
                                  tag_copy.data()) == 1,
          "opening failed");
  if (EVP_DecryptUpdate(context.get(), bytes(out), &length, bytes(text), static_cast<int>(text.size())) != 1)
    return std::nullopt;
  out.resize(text.size());
  return out;
}

std::string base64(std::string_view plain) {
  std::string out((plain.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(bytes(out), bytes(plain), static_cast<int>(plain.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  const int length = EVP_DecodeBlock(bytes(out), bytes(text), static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  out.resize(static_cast<std::size_t>(length) - padding);
  return out;
}

}  // namespace

Sealer::Sealer(const std::vector<std::string>& keys) {
  if (keys.empty()) throw std::invalid_argument("a sealer needs a key");
  for (const std::string& key : keys) keys_.push_back(derived(key));
}

std::string Sealer::seal(std::string_view plain) const {
  const Cipher aes = cipher();
  const Context context(EVP_CIPHER_CTX_new());
  std::string tag(tag_bytes, '\0'), text(plain.size(), '\0');
  int length = 0;
  require(context &&
              EVP_EncryptInit_ex2(context.get(), aes.get(), bytes(keys_.front()), nullptr, nullptr) == 1 &&
              EVP_EncryptUpdate(context.get(), bytes(text), &length, bytes(plain),
                                static_cast<int>(plain.size())) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes),
                                  tag.data()) == 1,
          "sealing failed");
  return tag + text;
}

std::optional<std::string> Sealer::open(std::string_view sealed) const {
  if (sealed.size() < tag_bytes) return std::nullopt;
  for (const std::string& key : keys_)
    if (auto plain = opened(key, sealed.substr(0, tag_bytes), sealed.substr(tag_bytes))) return plain;
  return std::nullopt;
}

std::string Sealer::seal_text(std::string_view plain) const {
  return std::string(mark) + base64(seal(plain));
}

std::optional<std::string> Sealer::open_text(std::string_view sealed) const {
  if (!sealed.starts_with(mark)) return std::nullopt;
  const auto raw = from_base64(sealed.substr(mark.size()));
  return raw ? open(*raw) : std::nullopt;
}

}  // namespace oin::trust
