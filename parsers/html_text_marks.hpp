/// html_text_marks.hpp: what the attributes of an HTML element say: quoted, hidden, a signature.
///
/// How mail programs mark a quotation is a table in html_text_marks.cpp: a program that is missing is a line
/// there and a line in the test.
#pragma once

#include <string_view>

namespace oin {

/// The declarations of a style attribute (CSS 2.1) that change what is read.  Linear, no copies.
struct HtmlStyle {
  enum class Toggle { inherited, on, off };

  bool hidden = false;                   ///< display:none, mso-hide:all, or no height
  Toggle invisible = Toggle::inherited;  ///< by visibility: a child may be seen again
  Toggle sizeless = Toggle::inherited;   ///< a font of size 0, the same
  Toggle verbatim = Toggle::inherited;   ///< white-space:pre, pre-wrap, pre-line
  bool struck = false;                   ///< text-decoration: line-through
  bool no_margin = false;                ///< above and below
  bool indented = false;                 ///< a margin at the left
  bool bordered_left = false;            ///< as programs draw a quotation
  bool outlook_rule = false;             ///< the line and distance above Outlook's header block
  bool list_mark = false;                ///< mso-list:Ignore: the number or bullet that Word writes itself
};
HtmlStyle html_style(std::string_view style);

enum class HtmlMark {
  none,
  quote,         ///< all that is in it is quoted
  quote_holder,  ///< the same, unless blockquotes directly in it tell quotes from answers
  separator,     ///< what follows is a header block and the message it belongs to
  signature,
};

/// By class, id or name, whatever prefix another program has set before it ("x_gmail_quote").
HtmlMark html_mark(std::string_view classes, std::string_view id, std::string_view name);

}  // namespace oin
