/// html_text.hpp: the text of an HTML body part, laid out as a person would have typed it.
///
/// Quotes become "> " lines, a table row of two cells "label: value", list items "- ", links "text <url>", so
/// that everything that reads plain text reads this too.  Scripts, styles and what is hidden are left out.
///
/// The parser's time grows with the square of the nesting, so HTML that is too large or too deep only has its
/// tags cut out, and `too_complex` says so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oin {

struct HtmlLimits {
  std::size_t bytes = 2'000'000;
  std::size_t depth = 512;
  std::size_t attributes = 256;  ///< of one tag
};

struct HtmlText {
  std::string text;  ///< "\n" line ends, no blank line at either end
  bool too_complex = false;
};

/// `html` must be UTF-8.
HtmlText html_text(std::string_view html, const HtmlLimits& limits = {});

}  // namespace oin
