/// thanks.hpp: is a text nothing but thanks?
///
/// "Perfect, thank you very much!", "Danke, super!", "👍", with a greeting, a farewell and a name around it:
/// such a mail needs no answer and changes nothing.  In doubt it is more than thanks, for a lost question
/// costs days: each sentence must be made of the words in thanks.cpp alone, and one of them must thank or
/// praise. Never throws; linear.
#pragma once

#include <string_view>

namespace oin {

/// For the newly written text (reply_text.hpp); an empty one is none.
bool only_thanks(std::string_view own_text);

}  // namespace oin
