// Any HTML gives text in UTF-8 without blank lines at its ends, and unflowing never invents a letter.

#include "parsers/charset.hpp"
#include "parsers/flowed.hpp"
#include "parsers/html_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

void check(const std::string& bytes) {
  const std::string html = oin::scrubbed(bytes);
  const std::string text = oin::html_text(html).text;
  require(oin::is_utf8(text), "text is UTF-8");
  require(!text.ends_with('\n'), "no blank line at the end");
  require(oin::is_utf8(oin::html_text(html, {.bytes = 0, .depth = 0, .attributes = 0}).text),
          "so it is without a parser");
  require(oin::is_utf8(oin::unflowed(html, true)), "unflowed text is UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
