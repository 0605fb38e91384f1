/// letter_words.hpp: the states of letters and recipients as words, in the store, in JSON and on the screen.
#pragma once

#include <string_view>

#include "daemon/store/store.hpp"

namespace oin::store {

/// A word this version does not know is `withdrawn` (`refused`): nothing unknown is ever sent.
LetterState letter_state(std::string_view name);
RecipientState recipient_state(std::string_view name);

}  // namespace oin::store
