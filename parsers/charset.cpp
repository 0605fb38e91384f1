#include "parsers/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

/// Where the ASCII that stands at `at` ends.
std::size_t ascii_end(std::string_view bytes, std::size_t at) {
  for (; bytes.size() - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// What mail programs mean by a name, where ICU takes it more narrowly.
constexpr auto meant = std::to_array<std::pair<std::string_view, const char*>>({
    {"gb2312", "gb18030"},          {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},           {"gb_2312-80", "gb18030"},
    {"euc-kr", "windows-949"},      {"ks_c_5601-1987", "windows-949"},
    {"ks_c_5601", "windows-949"},   {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},  {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},     {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},      {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-9", "windows-1254"}, {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},     {"cp-850", "cp850"},
    {"iso-8859-8-i", "iso-8859-8"}, {"utf8", "utf-8"},
});

/// Only what can be a charset's name reaches ICU, which would look for a file of any other name.
bool is_charset_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
    return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
  });
}

/// The converter for a name, or null.  Opening one costs more than a mail, so each thread keeps its own.
UConverter* converter(std::string_view declared) {
  constexpr std::size_t kept = 64;  // a hostile mail names thousands
  thread_local std::map<std::string, Converter, std::less<>> open;
  std::string name = lower(declared);
  if (const auto found = open.find(name); found != open.end()) return found->second.get();
  if (!is_charset_name(name)) return nullptr;
  if (open.size() >= kept) open.clear();
  const auto* const alias = std::ranges::find(meant, name, [](const auto& pair) { return pair.first; });
  UErrorCode status = U_ZERO_ERROR;
  Converter opened(ucnv_open(alias == meant.end() ? name.c_str() : alias->second, &status));
  if (U_FAILURE(status)) opened.reset();
  return open.emplace(std::move(name), std::move(opened)).first->second.get();
}

struct Converted {
  std::string utf8;
  std::size_t replaced = 0;  // how many U+FFFD stand in it
};

void append_utf16(std::string& out, const UChar* text, std::int32_t length) {
  const std::size_t before = out.size();
  out.resize(before + static_cast<std::size_t>(length) * 3);
  std::int32_t written = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data() + before, static_cast<std::int32_t>(out.size() - before), &written, text,
                     length, 0xFFFD, nullptr, &status);
  out.resize(before + (U_SUCCESS(status) ? static_cast<std::size_t>(written) : 0));
}

Converted convert(UConverter* from, std::string_view bytes) {
  Converted out;
  out.utf8.reserve(bytes.size() + bytes.size() / 2);
  std::array<UChar, 4096> buffer;
  ucnv_resetToUnicode(from);
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  std::size_t held = 0;  // a lead surrogate left from the last round
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    UChar* target = buffer.data() + held;
    ucnv_toUnicode(from, &target, buffer.data() + buffer.size(), &source, end, nullptr, true, &status);
    std::size_t length = static_cast<std::size_t>(target - buffer.data());
    const bool more = status == U_BUFFER_OVERFLOW_ERROR;
    held = more && length > 0 && U16_IS_LEAD(buffer[length - 1]) ? 1 : 0;
    length -= held;
    out.replaced += static_cast<std::size_t>(std::count(buffer.begin(), buffer.begin() + length, 0xFFFD));
    append_utf16(out.utf8, buffer.data(), static_cast<std::int32_t>(length));
    if (!more) break;
    if (held != 0) buffer[0] = buffer[length];
  }
  return out;
}

std::optional<std::string> detected(std::string_view bytes) {
  struct Close {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
  };
  UErrorCode status = U_ZERO_ERROR;
  thread_local const std::unique_ptr<UCharsetDetector, Close> detector(ucsdet_open(&status));
  if (!detector) return std::nullopt;
  constexpr std::size_t enough = 32'768;
  const std::string_view sample = bytes.substr(0, enough);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return std::nullopt;
  constexpr std::int32_t believed = 25;
  if (ucsdet_getConfidence(match, &status) < believed) return std::nullopt;
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || name == nullptr) return std::nullopt;
  return name;
}

/// Charsets whose bytes are all ASCII but mean something else, or that are not made of single bytes.
bool is_ascii_compatible(std::string_view declared) {
  const std::string name = lower(declared);
  for (const std::string_view other :
       {"utf-16",   "utf16",     "utf-32",    "utf32", "utf-7",  "utf7",  "unicode", "iso-10646",
        "iso-2022", "iso2022",   "hz",        "ucs",   "ibm0",   "ibm-0", "scsu",    "bocu",
        "cp037",    "csiso2022", "unicode-1", "imap",  "x-imap", "jis"})
    if (name.starts_with(other)) return false;
  return true;
}

std::size_t count_multibyte(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0xC0; }));
}

/// Is a text that was read with so many replacements still the one that was written?
bool good_enough(const Converted& text) {
  return text.replaced * 3 <= count_multibyte(text.utf8) - text.replaced;
}

/// UTF-8 but for a few bytes: a name cut off within a letter, a line of another charset in a long text.
bool is_nearly_utf8(std::string_view bytes, std::size_t good_for_one_bad) {
  const auto* const text = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  std::size_t good = 0, bad = 0;
  for (std::int64_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(text, at, length, c);
    good += c >= 0x80 ? 1 : 0;
    bad += c < 0 ? 1 : 0;
  }
  return good > 0 && bad * good_for_one_bad <= good;
}

std::string guessed(std::string_view bytes) {
  if (is_nearly_utf8(bytes, 3)) return scrubbed(bytes);
  if (const auto name = detected(bytes); name)
    if (UConverter* from = converter(*name); from != nullptr)
      if (Converted text = convert(from, bytes); text.replaced == 0) return std::move(text.utf8);
  return convert(converter("windows-1252"), bytes).utf8;
}

/// Escape sequences with no character behind them (RFC 1468), which programs that encode word by word leave
/// and ICU takes for an attack.
std::string without_empty_segments(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] == '\x1B') {
      std::size_t end = at + 1;
      while (end < bytes.size() && end - at < 3 &&
             std::string_view("$()*+-.").find(bytes[end]) != std::string_view::npos)
        ++end;
      if (end + 1 < bytes.size() && bytes[end + 1] == '\x1B') {
        at = end;
        continue;
      }
    }
    out.push_back(bytes[at]);
  }
  return out;
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view other) { return same_word(word, other); });
}

Text read(std::string_view bytes, std::string_view declared) {
  const bool ascii = is_ascii(bytes);
  if (is_ascii_compatible(declared)) {
    if (ascii && bytes.find('\x1B') == std::string_view::npos) {
      const bool known = declared.empty() || converter(declared) != nullptr;
      return {std::string(bytes), !known, false};
    }
    if (!ascii && is_utf8(bytes)) return {std::string(bytes), false, false};
    if (!ascii && is_nearly_utf8(bytes, 20)) return {scrubbed(bytes), false, true};
  }
  if (declared.empty() || (ascii && is_ascii_compatible(declared))) return {guessed(bytes), false, false};
  if (is_any_of(declared, {"utf-8", "utf8"})) {
    // One bad byte in a long text must not turn every letter of it into two.
    Converted text{scrubbed(bytes), 0};
    for (std::size_t at = 0; (at = text.utf8.find("\xEF\xBF\xBD", at)) != std::string::npos; at += 3)
      ++text.replaced;
    return {good_enough(text) ? std::move(text.utf8) : guessed(bytes), false, true};
  }
  if (is_any_of(declared, {"us-ascii", "ascii", "ansi_x3.4-1968"})) return {guessed(bytes), false, true};
  UConverter* const from = converter(declared);
  if (from == nullptr) return {guessed(bytes), true, false};
  Converted text = same_word(declared.substr(0, 8), "iso-2022") ? convert(from, without_empty_segments(bytes))
                                                                : convert(from, bytes);
  if (text.replaced == 0) return {std::move(text.utf8), false, false};
  return {good_enough(text) ? std::move(text.utf8) : guessed(bytes), false, true};
}

}  // namespace

bool is_ascii(std::string_view bytes) { return ascii_end(bytes, 0) == bytes.size(); }

bool is_utf8(std::string_view bytes) {
  const auto* const text = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  for (std::size_t begin = 0; (begin = ascii_end(bytes, begin)) < bytes.size();) {
    auto at = static_cast<std::int64_t>(begin);
    UChar32 c = 0;
    U8_NEXT(text, at, length, c);
    if (c < 0) return false;
    begin = static_cast<std::size_t>(at);
  }
  return true;
}

std::string scrubbed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  const auto* const text = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t at = 0; at < length;) {
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text, at, length, c);
    if (c < 0)
      out.append("\xEF\xBF\xBD");
    else
      out.append(bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
  }
  return out;
}

Text to_utf8(std::string_view bytes, std::string_view declared) {
  Text out = read(bytes, stripped(declared));
  if (out.utf8.starts_with("\xEF\xBB\xBF")) out.utf8.erase(0, 3);
  if (out.utf8.find('\0') != std::string::npos) std::erase(out.utf8, '\0');
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace oin
