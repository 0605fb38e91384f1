/// quotequail.cpp: forwards are kept whole and readable, replies lose what they quote.
///
/// Of a forward the source has the unwrapped parts (`NAME_unwrapped.html`, `NAME_unwrapped_top.html`) for
/// some; each of their lines must stand in our reply, without a quote mark.
#include <algorithm>

#include "parsers/html_text.hpp"
#include "parsers/reply_text.hpp"
#include "parsers/text_lines.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

/// What the source's tests say of those that have no file beside them: what was written, what was passed on.
const std::map<std::string, std::vector<std::string>> stated = {
    {"apple_forward", {"test", "blah", "From: Foo Bar <foo@bar.example>", "Text of the original email"}},
    {"gmail_forward", {"test", "blah", "From: Foo Bar <foo@bar.example>", "Some text"}},
    {"apple_reply", {"Foo", "Bar"}},
    {"gmail_reply", {"foo", "bar"}},
    {"ios_mail_reply_unescaped_address", {"Sounds good, I'll be there at 2."}},
    {"yahoo_reply_unescaped_address",
     {"Thanks Jane, that looks great. One question on item 2 - can we ship it before Friday?", "Dan"}},
};

std::vector<std::string> written(const std::string& text) {
  std::vector<std::string> out;
  for (const TextLine& line : text_lines(text))
    if (!is_blank_line(line.text)) out.emplace_back(bare(line.text));
  return out;
}

void expect_line(Comparison& comparison, const std::vector<std::string>& reply, const std::string& line) {
  if (std::ranges::find(reply, line) == reply.end())
    comparison.differences.push_back("not in the reply: " + line);
}

}  // namespace

std::vector<Comparison> compare_quotequail(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder, {".html"})) {
    const std::string name = path.stem().string();
    if (name.find("_unwrapped") != std::string::npos) continue;
    Comparison comparison{path.filename().string(), {}};
    const bool forward = name.ends_with("_forward");
    const auto reply =
        written(reply_text(html_text(contents(path)).text, forward ? "Fwd: The subject" : "Re: The subject"));
    const auto found = stated.find(name);
    if (found != stated.end()) {
      for (const std::string& line : found->second) expect_line(comparison, reply, line);
      if (!forward && reply.size() != found->second.size())
        comparison.differences.emplace_back("the reply has lines of the quote");
    }
    for (const char* part : {"_unwrapped.html", "_unwrapped_top.html"}) {
      const fs::path unwrapped = folder / (name + part);
      if (!fs::exists(unwrapped)) continue;
      for (const std::string& line : written(html_text(contents(unwrapped)).text))
        expect_line(comparison, reply, line);
    }
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
