#include "daemon/imap/mailbox_name.hpp"

#include <cstdint>

namespace oin::imap {
namespace {

/// One code point from the front; U+FFFD for what is none (RFC 3629: no surrogates, no overlong forms).
char32_t take_code_point(std::string_view& utf8) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  char32_t value = length <= 1 ? lead : lead & (0xFFu >> (length + 1));
  bool good = length > 0 && length <= utf8.size();
  for (std::size_t i = 1; good && i < length; ++i) {
    good = (byte(i) & 0xC0) == 0x80;
    value = (value << 6) | (byte(i) & 0x3F);
  }
  good = good && !(length == 3 && (value < 0x800 || (value >= 0xD800 && value < 0xE000))) &&
         !(length == 4 && (value < 0x10000 || value > 0x10FFFF));
  utf8.remove_prefix(good ? length : 1);
  return good ? value : 0xFFFD;
}

/// BASE64 of UTF-16, with "," for "/" and without padding, as it comes.
class ShiftedSequence {
 public:
  void add(char32_t code_point) {
    if (code_point >= 0x10000) {
      add_unit(0xD800 + ((code_point - 0x10000) >> 10));
      add_unit(0xDC00 + ((code_point - 0x10000) & 0x3FF));
    } else {
      add_unit(code_point);
    }
  }
  /// "&…-", or nothing when nothing was added.
  std::string take() {
    if (text_.empty()) return {};
    if (count_ > 0) text_.push_back(alphabet_[(bits_ << (6 - count_)) & 0x3F]);
    std::string done = "&" + text_ + "-";
    *this = ShiftedSequence();
    return done;
  }

 private:
  void add_unit(std::uint32_t unit) {
    bits_ = (bits_ << 16) | unit;
    for (count_ += 16; count_ >= 6; count_ -= 6) text_.push_back(alphabet_[(bits_ >> (count_ - 6)) & 0x3F]);
    bits_ &= (1u << count_) - 1;
  }

  static constexpr std::string_view alphabet_ =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::string text_;
  std::uint32_t bits_ = 0;
  unsigned count_ = 0;
};

}  // namespace

std::string quoted_mailbox(std::string_view utf8) {
  std::string quoted = "\"";
  ShiftedSequence shifted;
  while (!utf8.empty()) {
    const char32_t c = take_code_point(utf8);
    if (c < 0x20 || c > 0x7E) {
      shifted.add(c);
      continue;
    }
    quoted += shifted.take();
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(static_cast<char>(c));
    if (c == '&') quoted.push_back('-');
  }
  return quoted + shifted.take() + "\"";
}

}  // namespace oin::imap
