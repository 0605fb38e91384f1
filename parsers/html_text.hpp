/// html_text.hpp: the text of an HTML body part, laid out as a person would have typed it.
///
/// A table row of two cells becomes "label: value", list items "- ", links "text <url>", so that everything
/// that reads plain text reads this too.  Scripts, styles and what is hidden are left out.
///
/// Quotations are marked as a person would in a plain text, and reply_text.hpp then cuts them: what the tree
/// says is quoted has "> " in front, above Outlook's header block stands its line of underscores, above a
/// signature "-- ".  How mail programs mark them is a table in html_text_marks.cpp.  A forwarded message has
/// no marks, and neither has what an editor only indented.
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
  std::size_t attributes = 256;        ///< of one tag
  std::size_t text_bytes = 4'000'000;  ///< of what is read from HTML that passes one of these
};

struct HtmlText {
  std::string text;          ///< "\n" line ends, no blank line at either end
  bool too_complex = false;  ///< only its tags were cut out
  bool too_long = false;     ///< and there is less text than there should be
};

/// `html` must be UTF-8.
HtmlText html_text(std::string_view html, const HtmlLimits& limits = {});

}  // namespace oin
