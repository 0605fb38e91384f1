/// prose_tokens.hpp: prose as words, numbers and marks, for those who read more than phrases in it.
///
/// Words are folded (fold.hpp), so "Jusqu’à" is "jusqua".  Dashes of any width are "-", an ellipsis is ".",
/// what is neither word, number nor ASCII is "~"; emphasis ("*", "_") and invisible characters are left out.
/// Linear, any input; of a long text the beginning only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct ProseToken {
  enum class Kind {
    word,
    number,
    mark,
    gap,  ///< an empty line
  };
  Kind kind = Kind::mark;
  std::string text = {};
  int value = 0;          ///< of a number; -1 when it has more than eight digits
  bool joined = false;    ///< nothing stands between it and the token before
  bool capital = false;   ///< a word that begins with a capital of A to Z
  bool new_line = false;  ///< the first of its line
  bool operator==(const ProseToken&) const = default;
};

/// No more than `longest_prose` octets are read.
constexpr std::size_t longest_prose = 20'000;

std::vector<ProseToken> prose_tokens(std::string_view utf8);

}  // namespace oin
