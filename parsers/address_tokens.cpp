#include "parsers/address_tokens.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/encoded_word.hpp"

namespace oin {
namespace {

constexpr std::string_view atom_ends = "<>,;:@.(\"[ \t\r\n";

}  // namespace

bool AddressTokens::take_quoted(std::string& out) {
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == '\\' && i + 1 < text_.size()) {
      out.push_back(text_[++i]);
    } else if (text_[i] == '"') {
      at_ = i + 1;
      return true;
    } else {
      out.push_back(text_[i]);
    }
  }
  out.clear();
  return false;
}

bool AddressTokens::take_comment(std::string& out) {
  std::size_t depth = 0;
  for (std::size_t i = at_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '\\' && i + 1 < text_.size()) {
      out.push_back(text_[++i]);
      continue;
    }
    if (c == '(' && depth++ == 0) continue;
    if (c == ')' && --depth == 0) {
      at_ = i + 1;
      return true;
    }
    out.push_back(c);
  }
  out.clear();
  return false;
}

bool AddressTokens::closing_bracket_ahead() {
  if (next_close_ < at_) next_close_ = std::min(text_.find('>', at_), text_.size());
  return next_close_ < text_.size();
}

AddressToken AddressTokens::next() {
  using Kind = AddressToken::Kind;
  AddressToken token;
  while (at_ < text_.size() && is_space(text_[at_])) {
    token.spaced = true;
    ++at_;
  }
  if (at_ >= text_.size()) return token;
  const char c = text_[at_];
  if (c == '"' && !open_quote_) {
    if (take_quoted(token.text)) {
      token.kind = Kind::quoted;
      return token;
    }
    open_quote_ = true;
  }
  if (c == '(' && !open_comment_) {
    if (take_comment(token.text)) {
      token.kind = Kind::comment;
      return token;
    }
    open_comment_ = true;
  }
  if (c == '[' && !open_literal_) {
    if (const std::size_t end = text_.find(']', at_); end != std::string_view::npos) {
      token.kind = Kind::literal;
      token.text = text_.substr(at_, end + 1 - at_);
      at_ = end + 1;
      return token;
    }
    open_literal_ = true;
  }
  if (std::string_view("<>,;:@.").find(c) != std::string_view::npos) {
    token.kind = Kind::special;
    token.text = c;
    ++at_;
    return token;
  }
  token.kind = Kind::atom;
  const std::size_t begin = at_;
  if (last_word_end_ == npos_unknown) last_word_end_ = text_.rfind("?=");
  while (at_ < text_.size()) {
    if (text_[at_] == '=' && last_word_end_ != std::string_view::npos && at_ < last_word_end_) {
      if (const std::size_t length = encoded_word_length(text_.substr(at_)); length > 0) {
        at_ += length;
        continue;
      }
    }
    if (at_ != begin && atom_ends.find(text_[at_]) != std::string_view::npos) break;
    ++at_;
  }
  token.text = text_.substr(begin, at_ - begin);
  return token;
}

}  // namespace oin
