/// reply_text_attribution.hpp: the line, or the few, that say "On Monday, Ada wrote:" above a quotation.
///
/// Found by its last line, which ends with a colon; it may be broken over four lines, the date first or the
/// name.  People write such sentences too, so each is rated by what it must have beside it to be believed.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// Lines [begin, end).
struct Attribution {
  enum class Proof {
    none,           ///< a machine wrote it: a date, an address, and a verb or colon where they end it
    own_paragraph,  ///< the same without the address: a blank line above and below
    quote_below,    ///< believed only where a ">" line follows
  };
  std::size_t begin = 0, end = 0;
  Proof proof = Proof::quote_below;
};

/// `quoted` says which lines have ">" in front.
std::optional<Attribution> attribution_ending_at(const std::vector<TextLine>& lines,
                                                 const std::vector<bool>& quoted, std::size_t last);

}  // namespace oin
