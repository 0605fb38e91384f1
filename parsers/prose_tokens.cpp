#include "parsers/prose_tokens.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

using Kind = ProseToken::Kind;

bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019; }

bool is_letter(UChar32 c) {
  if (c < 0) return false;  // bad UTF-8
  if (c < 0x80) return c > 0 && is_alpha(static_cast<char>(c));
  return u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK;
}

bool is_left_out(UChar32 c) {
  if (c < 0) return true;
  return c == '*' || c == '_' || u_charType(c) == U_FORMAT_CHAR || u_charType(c) == U_CONTROL_CHAR;
}

bool is_dash(UChar32 c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

std::string mark(UChar32 c) {
  if (is_dash(c)) return "-";
  if (c == 0x2026) return ".";
  if (c > 0 && c < 0x80) return std::string(1, static_cast<char>(c));
  return "~";
}

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text.substr(0, longest_prose)) {}

  std::vector<ProseToken> read() && {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      const UChar32 c = next();
      if (c == '\n' || c == '\r' || u_isUWhiteSpace(c)) {
        // CRLF ends one line.
        if (c == '\n' && !(begin > 0 && text_[begin - 1] == '\r')) ++line_ends_;
        if (c == '\r') ++line_ends_;
        joined_ = false;
      } else if (c < 0x80 && c > 0 && is_digit(static_cast<char>(c))) {
        number(begin);
      } else if (is_letter(c)) {
        word(begin);
      } else if (!is_left_out(c)) {
        add({.kind = Kind::mark, .text = mark(c)});
      }
    }
    return std::move(tokens_);
  }

 private:
  UChar32 next() {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text_.data()), at_, text_.size(), c);
    return c;
  }

  void number(std::size_t begin) {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    ProseToken token{.kind = Kind::number, .text = std::string(text_.substr(begin, at_ - begin))};
    token.value = token.text.size() > 8 ? -1 : std::stoi(token.text);
    add(std::move(token));
  }

  void word(std::size_t begin) {
    for (std::size_t end = at_; at_ < text_.size(); end = at_) {
      UChar32 c = next();
      if (is_apostrophe(c) && at_ < text_.size()) c = next();
      if (is_letter(c)) continue;
      at_ = end;
      break;
    }
    ProseToken token{.kind = Kind::word, .text = folded(text_.substr(begin, at_ - begin))};
    token.capital = is_upper(text_[begin]);
    // Folding may take everything (a lone accent) or part what a compatibility form joined.
    if (!token.text.empty()) add(std::move(token));
  }

  void add(ProseToken token) {
    if (line_ends_ > 1 && !tokens_.empty()) tokens_.push_back({.kind = Kind::gap});
    token.new_line = line_ends_ > 0 || tokens_.empty();
    token.joined = joined_ && !tokens_.empty();
    tokens_.push_back(std::move(token));
    line_ends_ = 0;
    joined_ = true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ends_ = 0;
  bool joined_ = false;
  std::vector<ProseToken> tokens_;
};

}  // namespace

std::vector<ProseToken> prose_tokens(std::string_view utf8) { return Tokens(utf8).read(); }

}  // namespace oin
