#include "parsers/domain_name.hpp"

#include <unicode/uidna.h>
#include <unicode/uspoof.h>

#include <array>
#include <cstdint>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"

namespace oin {
namespace {

using Convert = std::int32_t (*)(const UIDNA*, const char*, std::int32_t, char*, std::int32_t, UIDNAInfo*,
                                 UErrorCode*);

/// The converted name, or nothing when UTS #46 finds a fault in it.
std::string converted(Convert convert, std::string_view domain) {
  UErrorCode status = U_ZERO_ERROR;
  static UIDNA* const uts46 = uidna_openUTS46(
      UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI, &status);
  if (uts46 == nullptr) return {};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::array<char, 1024> out{};
  status = U_ZERO_ERROR;
  const std::int32_t length = convert(uts46, domain.data(), static_cast<std::int32_t>(domain.size()),
                                      out.data(), static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || info.errors != 0 || length <= 0) return {};
  return {out.data(), static_cast<std::size_t>(length)};
}

bool may_deceive(std::string_view domain) {
  UErrorCode status = U_ZERO_ERROR;
  static USpoofChecker* const checker = [&] {
    USpoofChecker* const opened = uspoof_open(&status);
    uspoof_setRestrictionLevel(opened, USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(opened, USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
    return opened;
  }();
  const std::int32_t found =
      uspoof_checkUTF8(checker, domain.data(), static_cast<std::int32_t>(domain.size()), nullptr, &status);
  return U_FAILURE(status) || found != 0;
}

}  // namespace

std::string a_labels(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  if (is_ascii(domain)) return lower(domain);
  return lower(converted(uidna_nameToASCII_UTF8, domain));
}

std::string u_labels(std::string_view domain) {
  if (lower(domain).find("xn--") == std::string::npos) return std::string(domain);
  std::string out = converted(uidna_nameToUnicodeUTF8, domain);
  if (out.empty() || a_labels(out) != a_labels(domain) || may_deceive(out)) return std::string(domain);
  return out;
}

std::string wire_address(std::string_view addr_spec) {
  const auto at = addr_spec.rfind('@');
  if (at == std::string_view::npos || is_ascii(addr_spec.substr(at))) return std::string(addr_spec);
  const std::string domain = a_labels(addr_spec.substr(at + 1));
  return domain.empty() ? std::string(addr_spec) : std::string(addr_spec.substr(0, at + 1)) + domain;
}

std::string shown_address(std::string_view addr_spec) {
  const auto at = addr_spec.rfind('@');
  if (at == std::string_view::npos) return std::string(addr_spec);
  return std::string(addr_spec.substr(0, at + 1)) + u_labels(addr_spec.substr(at + 1));
}

}  // namespace oin
