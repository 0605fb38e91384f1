#include "parsers/certificate.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <climits>
#include <ctime>
#include <memory>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "parsers/transfer_encoding.hpp"

namespace oin {
namespace {

constexpr std::size_t most_bytes = 100'000;

struct Free {
  void operator()(X509* x509) const { X509_free(x509); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using X509Pointer = std::unique_ptr<X509, Free>;
using BioPointer = std::unique_ptr<BIO, Free>;

std::string text_in(const BioPointer& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string name(const X509_NAME* x509_name) {
  const BioPointer bio(BIO_new(BIO_s_mem()));
  if (!bio || !x509_name) return {};
  // RFC 2253, but with UTF-8 as it is.
  X509_NAME_print_ex(bio.get(), x509_name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  return scrubbed(text_in(bio));
}

std::optional<Instant> instant(const ASN1_TIME* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return Instant(std::chrono::seconds(timegm(&parts)));
}

std::string pem_of(X509& x509) {
  const BioPointer bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), &x509) == 1 ? text_in(bio) : std::string();
}

X509Pointer from_der(std::string_view der) {
  const auto* data = reinterpret_cast<const unsigned char*>(der.data());
  return X509Pointer(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
}

X509Pointer read(std::string_view bytes) {
  if (const auto begin = bytes.find("-----BEGIN "); begin != std::string_view::npos) {
    const std::string_view pem = bytes.substr(begin);
    const BioPointer bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // No callback of ours asks for a password: an encrypted block is passed over.
    const auto no_password = [](char*, int, int, void*) { return -1; };
    return X509Pointer(bio ? PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr) : nullptr);
  }
  if (bytes.starts_with('\x30')) return from_der(bytes);
  const Decoded decoded = decode_base64(bytes);
  return decoded.bytes.starts_with('\x30') ? from_der(decoded.bytes) : nullptr;
}

}  // namespace

std::optional<Certificate> certificate(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > most_bytes) return std::nullopt;
  const X509Pointer x509 = read(bytes);
  ERR_clear_error();
  if (!x509) return std::nullopt;
  const auto begins = instant(X509_get0_notBefore(x509.get()));
  const auto ends = instant(X509_get0_notAfter(x509.get()));
  if (!begins || !ends) return std::nullopt;
  Certificate found;
  found.subject = name(X509_get_subject_name(x509.get()));
  found.issuer = name(X509_get_issuer_name(x509.get()));
  found.not_before = *begins;
  found.not_after = *ends;
  found.self_signed = X509_NAME_cmp(X509_get_subject_name(x509.get()), X509_get_issuer_name(x509.get())) == 0;
  if (EVP_PKEY* key = X509_get0_pubkey(x509.get())) {
    const char* type = EVP_PKEY_get0_type_name(key);
    found.key_type = type ? type : "";
    found.key_bits = EVP_PKEY_get_bits(key);
  }
  const int algorithm = X509_get_signature_nid(x509.get());
  if (const char* written = OBJ_nid2ln(algorithm)) found.signature_algorithm = written;
  int digest = NID_undef;
  if (X509_get_signature_info(x509.get(), &digest, nullptr, nullptr, nullptr) == 1 && digest != NID_undef)
    found.digest = lower(std::string_view(OBJ_nid2ln(digest)));
  unsigned char* der = nullptr;
  if (const int size = i2d_X509(x509.get(), &der); size > 0) {
    found.sha256 = sha256_hex({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
  }
  found.pem = pem_of(*x509);
  ERR_clear_error();
  return found;
}

bool holds_private_key(std::string_view text) {
  for (auto at = text.find("-----BEGIN "); at != std::string_view::npos;
       at = text.find("-----BEGIN ", at + 1)) {
    const std::string_view label = text.substr(at, std::min(text.find('\n', at), text.size()) - at);
    if (label.find("PRIVATE KEY") != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace oin
