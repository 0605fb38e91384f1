/// delivery_report_mentions.hpp: the addresses in a report's prose, and how each stands in its line.
///
/// An address is looked for around its "@" and ends where the script of the words around it begins, so that
/// one is found in Japanese text too, which puts no blanks around it.  Bounded for every line.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// What stands behind this in a line is not looked at.
constexpr std::size_t longest_mention_line = 2000;

/// How an address stands in its line, the most telling first.
enum class Standing {
  leads,      ///< "<ada@x>: user unknown", "  * ada@x"
  coded,      ///< "550 5.1.1 <ada@x>... User unknown"
  told,       ///< "could not be delivered to ada@x"
  mentioned,  ///< anywhere else
  bystander,  ///< "please contact ada@x"
};

struct Mention {
  std::string address;
  std::size_t line = 0;  ///< index of its line
  std::size_t end = 0;   ///< where it ends in the line
  Standing standing = Standing::mentioned;
};

/// In the order of the text.
std::vector<Mention> mentions(std::span<const TextLine> lines);

}  // namespace oin
