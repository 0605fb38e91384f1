#include "parsers/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace oin {
namespace {

/// Appends letters and digits, and one blank for any run of other characters between them.
class Words {
 public:
  void letter(std::string_view utf8) {
    if (gap_ && !out_.empty()) out_.push_back(' ');
    gap_ = false;
    out_ += utf8;
  }
  void gap() { gap_ = true; }
  std::string take() && { return std::move(out_); }
  void reserve(std::size_t size) { out_.reserve(size); }

 private:
  std::string out_;
  bool gap_ = false;
};

std::string folded_ascii(std::string_view text) {
  Words words;
  words.reserve(text.size());
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9'))
      words.letter({&lower, 1});
    else if (c != '\'')  // "don't" stays one word
      words.gap();
  }
  return std::move(words).take();
}

}  // namespace

std::string folded(std::string_view utf8) {
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(utf8, ascii)) return folded_ascii(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return folded_ascii(utf8);
  const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
  const icu::UnicodeString plain = decompose->normalize(casefold->normalize(text, status), status);
  if (U_FAILURE(status)) return folded_ascii(utf8);
  Words words;
  words.reserve(utf8.size());
  for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
    const UChar32 c = plain.char32At(i);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || c == U'\'' || c == U'\u2019') continue;
    if (u_isalnum(c)) {
      std::string one;
      icu::UnicodeString(c).toUTF8String(one);
      words.letter(one);
    } else {
      words.gap();
    }
  }
  return std::move(words).take();
}

}  // namespace oin
