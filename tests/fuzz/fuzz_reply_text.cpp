// Promise: the reply is part of the body, line for line and in order, and reading it again changes no
// promise.

#include "parsers/command.hpp"
#include "parsers/reply_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& body) {
  using oin::fuzz::require;
  require(oin::reply_text(body).size() <= body.size(), "a reply is no longer than its mail");
  const auto all = oin::text_lines(body);
  int last = 0;
  for (const oin::TextLine& line : oin::reply_lines(body)) {
    require(line.number > last && line.number <= static_cast<int>(all.size()), "lines keep their order");
    require(all[static_cast<std::size_t>(line.number) - 1].text == line.text, "lines know where they stood");
    last = line.number;
  }
  for (const oin::Command& command : oin::commands(body))
    require(!command.name.empty(), "a command has a name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
