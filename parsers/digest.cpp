#include "parsers/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>

#include "parsers/ascii.hpp"
#include "parsers/header_section.hpp"
#include "parsers/mail.hpp"
#include "parsers/message_lines.hpp"

namespace oin {
namespace {

/// Fields that a message gathers on its way (RFC 5321 4.4, RFC 8601, RFC 8617, RFC 6376), so that two copies
/// differ.
bool is_trace_field(std::string_view name) {
  for (const std::string_view trace : {"Return-Path", "Received", "Delivered-To", "X-Original-To",
                                       "Authentication-Results", "DKIM-Signature"})
    if (same_word(name, trace)) return true;
  return same_word(name.substr(0, 4), "ARC-");
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetching anew is slow
  if (!context_ || EVP_DigestInit_ex(context_.get(), algorithm, nullptr) != 1) throw std::bad_alloc();
}

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }

std::string Sha256::hex() && {
  std::array<unsigned char, 32> sum{};
  EVP_DigestFinal_ex(context_.get(), sum.data(), nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(64);
  for (const unsigned char byte : sum) {
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return std::move(sum).hex();
}

std::string content_digest(std::string_view bytes) {
  Sha256 sum;
  MessageLines lines(bytes);
  // Every line end counts as the CRLF of the wire, so that a mail imported from a file is known again.
  std::string wire;
  const auto add = [&](std::size_t begin, std::size_t end) {
    wire.clear();
    while (begin < end) {
      const Line line = lines.at(begin);
      wire += lines.text(line);
      if (line.next > line.end) wire += "\r\n";
      begin = line.next;
    }
    sum.add(wire);
  };
  const HeaderSection header = message_header(bytes, lines, {bytes.size(), bytes.size()});
  for (const FieldExtent& field : header.fields)
    if (!is_trace_field(stripped(bytes.substr(field.begin, field.colon - field.begin))))
      add(field.begin, field.end);
  add(header.end, bytes.size());
  return std::move(sum).hex();
}

}  // namespace oin
