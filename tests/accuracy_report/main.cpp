/// main.cpp: prints docs/accuracy.md (`./dev accuracy` writes the file); with a name of a mail or a part of
/// it, how those mails are judged; with "learn FOLDER", writes what the labelled mails teach (`./dev learn`).
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string_view>

#include "tests/accuracy/accuracy_page.hpp"
#include "tests/accuracy/lessons.hpp"

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

int main(int count, char** words) {
  using namespace oin::test;
  const std::string_view wanted = count > 1 ? words[1] : "";
  if (wanted == "learn" && count > 2) {
    const std::filesystem::path sources = words[2];
    const auto judged = judge_labelled_set({.by_cues_alone = true});
    write(sources / "config/vocabulary.tsv", vocabulary_file(learn(lessons_of(judged))));
    write(sources / "tests/labelled/unseen.tsv", unseen_file(judged));
    return 0;
  }
  const auto judged = judge_labelled_set();
  if (wanted.empty()) {
    fmt::print("{}", accuracy_page(judged));
    return 0;
  }
  for (const auto& mail : judged)
    if (mail.label.file.find(wanted) != std::string::npos || (wanted == "misses" && !mail.right()))
      fmt::print("{}\n", judgement(mail));
}
