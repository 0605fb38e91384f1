/// main.cpp: prints docs/accuracy.md (`./dev accuracy` writes the file); with a name of a mail or a part of
/// it, how those mails are judged.
#include <fmt/format.h>

#include <string_view>

#include "tests/accuracy/accuracy_page.hpp"

int main(int count, char** words) {
  const auto judged = oin::test::judge_labelled_set();
  if (count < 2) {
    fmt::print("{}", oin::test::accuracy_page(judged));
    return 0;
  }
  const std::string_view wanted = words[1];
  for (const auto& mail : judged)
    if (mail.label.file.find(wanted) != std::string::npos || (wanted == "misses" && !mail.right()))
      fmt::print("{}\n", oin::test::judgement(mail));
}
