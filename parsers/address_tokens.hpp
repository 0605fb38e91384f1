/// address_tokens.hpp: the lexical tokens of structured header fields (RFC 5322 3.2), obsolete forms
/// included.
///
/// A quote, comment or bracket that is never closed is an ordinary character: it must not swallow the
/// addresses behind it.  An encoded word is one atom even where it illegally holds a comma.  Linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oin {

struct AddressToken {
  enum class Kind { end, atom, quoted, comment, literal, special } kind = Kind::end;
  std::string text;     ///< without quotes or parentheses, quoted pairs undone; a literal keeps its brackets
  bool spaced = false;  ///< white space stood before it
};

class AddressTokens {
 public:
  explicit AddressTokens(std::string_view text) : text_(text) {}

  AddressToken next();

  /// Does a ">" stand anywhere ahead?
  bool closing_bracket_ahead();

 private:
  bool take_quoted(std::string& out);
  bool take_comment(std::string& out);

  std::string_view text_;
  std::size_t at_ = 0;
  bool open_quote_ = false, open_comment_ = false, open_literal_ = false;  // one was found that never closes
  std::size_t next_close_ = 0;                                             // the next ">", once looked for
  std::size_t last_word_end_ = npos_unknown;
  static constexpr std::size_t npos_unknown = static_cast<std::size_t>(-2);
};

}  // namespace oin
