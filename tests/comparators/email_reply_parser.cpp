/// email_reply_parser.cpp: three projects of one family; `NAME.txt.reply` is the reply of the body
/// `NAME.txt`.
#include <algorithm>

#include "parsers/reply_text.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

}  // namespace

std::vector<Comparison> compare_email_reply_parser(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder, {".txt"})) {
    Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
    std::string body = contents(path);
    std::erase(body, '\r');
    const std::string expected = contents(path.string() + ".reply");
    expect_same(comparison, "reply", expected, reply_text(body) + "\n");
    expect_same(comparison, "reply with CRLF", expected, reply_text(with_crlf(body)) + "\n");
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
