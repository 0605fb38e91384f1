/// html_guard.hpp: what protects the HTML parser, and what is done without it.
#pragma once

#include <string>
#include <string_view>

#include "parsers/html_text.hpp"

namespace oin {

/// Whether the parser may be given this HTML.  Linear; counts open elements without building any.
bool within_limits(std::string_view html, const HtmlLimits& limits);

/// The text between the tags up to so many bytes, a line break for each tag that makes one.  Linear.
HtmlText without_tags(std::string_view html, std::size_t most);

}  // namespace oin
