/// telling_words.hpp: the words of a mail as the vocabulary knows them (vocabulary.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin {

/// Each once, sorted, from folded texts (fold.hpp): every word, and the beginning of a long one ("withd*")
/// because it says the same in any form; two neighbouring characters of a script without blanks; and the
/// words of the subject once more as "subject:…".  Words with digits are names and numbers and say nothing.
/// Looks at the beginning of a text only.
std::vector<std::string> telling_words(std::string_view folded_subject, std::string_view folded_text);

}  // namespace oin
