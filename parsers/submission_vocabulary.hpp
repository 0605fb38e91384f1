/// submission_vocabulary.hpp: the words of fields with a fixed choice, in every spelling, and what each
/// means.
#pragma once

#include <span>
#include <string_view>

namespace oin {

struct VocabularyWord {
  std::string_view vocabulary;
  std::string_view spelling;   ///< folded; found as whole words in the folded value
  std::string_view canonical;  ///< empty: says that the field has no value
};

/// Within a vocabulary the first spelling that is found wins, so longer ones stand first.
std::span<const VocabularyWord> vocabulary_words();

}  // namespace oin
