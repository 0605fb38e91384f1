/// fold.hpp: text made comparable: one blank between words, no case, no accents, no punctuation.
///
/// "Wie ist der *Status*, bitte?" → "wie ist der status bitte".  Compatibility forms are undone (NFKC, so
/// full-width letters match) and marks are dropped.  Linear; any input, also bad UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace oin {

std::string folded(std::string_view utf8);

}  // namespace oin
