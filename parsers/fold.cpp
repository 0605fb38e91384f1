#include "parsers/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace oin {
namespace {

/// Letters and digits, and one blank for any run of other characters between them.
class Words {
 public:
  explicit Words(std::size_t size) { out_.reserve(size); }
  void letters(std::string_view utf8) { out_ += utf8; }
  void gap() {
    if (!at_gap()) out_.push_back(' ');
  }
  void ascii(std::string_view run);
  std::string take() && {
    if (out_.ends_with(' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  bool at_gap() const { return out_.empty() || out_.back() == ' '; }

  std::string out_;
};

/// Any text through ICU: the definition of folding, which the tables below repeat.  A gap is a blank.
std::string folded_by_icu(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return " ";
  const auto text = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
  const icu::UnicodeString plain = decompose->normalize(casefold->normalize(text, status), status);
  if (U_FAILURE(status)) return " ";
  std::string out;
  for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
    const UChar32 c = plain.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK || c == U'\'' || c == U'\u2019') continue;  // "don't" is one word
    if (u_isalnum(c))
      icu::UnicodeString(c).toUTF8String(out);
    else
      out.push_back(' ');
  }
  return out;
}

/// What each ASCII character becomes: itself in lower case, a blank for a gap, NUL for nothing.
constexpr std::array<char, 128> ascii_folds = [] {
  std::array<char, 128> folds{};
  folds.fill(' ');
  folds['\''] = '\0';
  for (char c = '0'; c <= '9'; ++c) folds[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c)
    folds[static_cast<std::size_t>(c)] = folds[static_cast<std::size_t>(c - 'a' + 'A')] = c;
  return folds;
}();

/// Without a branch on what a character is, which a processor can only guess: words end at random.
void Words::ascii(std::string_view run) {
  bool gap = at_gap();
  const std::size_t size = out_.size();
  out_.resize(size + run.size() + 1);
  char* end = out_.data() + size;
  for (const char c : run) {
    const char fold = ascii_folds[static_cast<std::size_t>(c)];
    *end = fold;
    const bool letter = fold > ' ', blank = fold == ' ' && !gap;
    end += letter || blank;
    gap = !letter && (gap || blank);
  }
  out_.resize(static_cast<std::size_t>(end - out_.data()));
}

/// How many octets of ASCII the text begins with.
std::size_t ascii_length(std::string_view text) {
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  while (length < text.size() && static_cast<std::uint8_t>(text[length]) < 0x80) ++length;
  return length;
}

/// The same beyond ASCII up to the symbols: the scripts in which words stand apart, so that folding each run
/// of them through ICU would cost more than the text.  Folding has no context: marks, the only characters
/// that normalization moves, are dropped.
constexpr UChar32 first_listed = 0x80, end_listed = 0x2500;

const std::string& listed_fold(UChar32 c) {
  static const std::vector<std::string> folds = [] {
    std::vector<std::string> made;
    made.reserve(end_listed - first_listed);
    for (UChar32 each = first_listed; each < end_listed; ++each) {
      std::string utf8;
      icu::UnicodeString(each).toUTF8String(utf8);
      made.push_back(folded_by_icu(utf8));
    }
    return made;
  }();
  return folds[static_cast<std::size_t>(c - first_listed)];
}

void append(Words& words, std::string_view fold) {
  while (!fold.empty()) {
    const auto gap = fold.find(' ');
    if (gap != 0) words.letters(fold.substr(0, gap));
    if (gap == std::string_view::npos) return;
    words.gap();
    fold.remove_prefix(gap + 1);
  }
}

}  // namespace

std::string folded(std::string_view utf8) {
  Words words(utf8.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  std::size_t unlisted = utf8.size();  // where a run of characters begins that only ICU knows
  const auto fold_unlisted = [&](std::size_t end) {
    if (unlisted < end) append(words, folded_by_icu(utf8.substr(unlisted, end - unlisted)));
    unlisted = utf8.size();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    if (bytes[at] < 0x80) {
      if (unlisted < begin) fold_unlisted(begin);
      at += ascii_length(utf8.substr(at));
      words.ascii(utf8.substr(begin, at - begin));
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(bytes, at, utf8.size(), c);
    if (c >= first_listed && c < end_listed) {
      if (unlisted < begin) fold_unlisted(begin);
      append(words, listed_fold(c));
    } else if (unlisted == utf8.size()) {
      unlisted = begin;
    }
  }
  if (unlisted < utf8.size()) fold_unlisted(utf8.size());
  return std::move(words).take();
}

}  // namespace oin
