/// date_cursor.hpp: reads on from token to token, each step optional, as those who read dates in prose do.
#pragma once

#include <cstddef>
#include <span>

#include "parsers/prose_tokens.hpp"
#include "parsers/stated_date_words.hpp"

namespace oin {

class DateCursor {
 public:
  DateCursor(std::span<const ProseToken> tokens, std::size_t at) : tokens_(tokens), at_(at) {}

  std::size_t at() const { return at_; }
  const ProseToken* token(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  bool is_mark(char mark, std::size_t ahead = 0) const {
    const ProseToken* here = token(ahead);
    return here && here->kind == ProseToken::Kind::mark && here->text.size() == 1 && here->text[0] == mark;
  }
  bool is_joined(std::size_t ahead = 0) const { return token(ahead) && token(ahead)->joined; }
  bool is_number(std::size_t ahead, std::size_t least_digits, std::size_t most_digits) const {
    const ProseToken* here = token(ahead);
    return here && here->kind == ProseToken::Kind::number && here->text.size() >= least_digits &&
           here->text.size() <= most_digits;
  }
  bool is_day_number(std::size_t ahead = 0) const {
    return is_number(ahead, 1, 2) && token(ahead)->value >= 1 && token(ahead)->value <= 31;
  }
  int value(std::size_t ahead = 0) const { return token(ahead)->value; }

  void skip(std::size_t count = 1) { at_ += count; }
  bool take_mark(char mark) {
    if (!is_mark(mark)) return false;
    skip();
    return true;
  }
  DateWord take(DateSense sense) {
    const DateWord word = at_ < tokens_.size() ? date_word(tokens_.subspan(at_), sense) : DateWord{};
    at_ += word.length;
    return word;
  }
  bool took(DateSense sense) { return take(sense).length > 0; }

 private:
  std::span<const ProseToken> tokens_;
  std::size_t at_;
};

}  // namespace oin
