/// letters_page.hpp: every letter, to whom it goes and when, with its variables and their types, as Markdown.
///
/// All of it from the shipped files (`about`, sample.json), so that docs/letters.md cannot say anything else.
#pragma once

#include <string>

#include "templates/render.hpp"

namespace oin {

std::string letters_page(const Letters& letters);

/// "text", "number", "yes/no", "list of (…)": the type of a variable, by its sample.
std::string type_of_variable(const nlohmann::json& sample);

}  // namespace oin
