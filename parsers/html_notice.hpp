/// html_notice.hpp: the text part that only says that the mail is in HTML, which some programs cannot show.
#pragma once

#include <string_view>

namespace oin {

/// Does the text say nothing else?  An empty one says nothing either.
bool only_points_to_html(std::string_view text);

}  // namespace oin
