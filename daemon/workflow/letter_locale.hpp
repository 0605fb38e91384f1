/// letter_locale.hpp: the language in which a ticket's vendor is written to.
///
/// A guess from what their mail program says of itself, made once, when the ticket opens; never from the
/// words of the mail.  Letters to the team are English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/desk.hpp"
#include "parsers/mail.hpp"

namespace oin {

/// The languages of a Content-Language or Accept-Language field (RFC 3282), the preferred ones first: "de-DE,
/// en;q=0.5" → "de-DE", "en".  What a weight of 0 excludes is left out.
std::vector<std::string> languages_of(std::string_view field_body);

/// As `[letters] locale` wants it; under "auto" the first language of Content-Language, else Accept-Language,
/// that the desk has letters in.  "en" when there is none.
std::string letter_locale(const Desk& desk, const Mail& mail);

}  // namespace oin
