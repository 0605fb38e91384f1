// Promise: every field that is read has a value, a place in the text and a name with a known prefix.

#include <array>

#include "parsers/submission.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& text) {
  using oin::fuzz::require;
  const oin::Submission form = oin::read_labelled_text(text, "1");
  require(form.labelled >= static_cast<int>(form.provenance.size()) - 1, "labels are counted");
  for (const auto& [name, value] : form.fields) {
    require(!name.empty() && !value.items.empty(), "a field has a value");
    const auto place = form.provenance.find(name);
    require(place != form.provenance.end() && place->second.line > 0 && place->second.part == "1",
            "a field has a place");
    oin::shown(value);
  }
}

/// The input as a form: labels and layouts that chance alone would not write.
std::string in_form_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 32> words = {"\n",
                                                             "\n\n",
                                                             "\n  ",
                                                             ": ",
                                                             " - ",
                                                             "\t",
                                                             " = ",
                                                             "|",
                                                             "App name",
                                                             "ACS URL",
                                                             "Variables",
                                                             "[SAML]",
                                                             "[SCIM 2.0]",
                                                             "## OIDC\n",
                                                             "Instance URL",
                                                             "Password",
                                                             "App description",
                                                             "Features",
                                                             "label=",
                                                             "; name=",
                                                             "yes",
                                                             "no",
                                                             "https://a.example",
                                                             "attached (a.png)",
                                                             "- ",
                                                             "* ",
                                                             "1. ",
                                                             "---\n",
                                                             "**",
                                                             "Attributes",
                                                             "a = user.a",
                                                             "> "};
  return oin::fuzz::in_alphabet(data, size, words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(in_form_alphabet(data, size));
  return 0;
}
