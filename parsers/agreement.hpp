/// agreement.hpp: whether somebody says yes to an offer.
///
/// Rather no answer than a wrong yes: a question, a condition and every "not" in the sentence are for a
/// person to read.  The words are tables in agreement.cpp.
#pragma once

#include <string_view>

namespace oin {

/// "Private, please.", "We agree to a private integration", "Einverstanden, dann privat": a sentence that
/// names the private way and wants it.
bool agrees_to_private(std::string_view text);

/// Is a text nothing but a yes: "Agreed.", "OK, please do that", "Einverstanden"?
bool is_yes(std::string_view text);

/// Is it nothing but a yes to what somebody was asked to confirm: "Yes, I confirm the withdrawal"?
bool confirms(std::string_view text);

}  // namespace oin
