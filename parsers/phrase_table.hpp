/// phrase_table.hpp: phrases that are looked for in what people and machines write.
///
/// A table is written as one would write the words; it is compared folded (fold.hpp), so that case, accents
/// and punctuation do not matter.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

std::vector<std::string> folded_phrases(std::span<const std::string_view> phrases);

/// The first phrase that is in this folded text, or nothing.
const std::string* phrase_in(const std::string& folded_text, std::span<const std::string> phrases);

}  // namespace oin
