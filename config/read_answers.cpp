#include "config/read_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <answers_shipped.hpp>

#include "config/toml_table.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::vector<std::string> parts_of(std::string_view list, char separator) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto end = std::min(list.find(separator), list.size());
    if (const auto part = trimmed(list.substr(0, end)); !part.empty()) out.emplace_back(part);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

void put(std::vector<AnswerSettings>& answers, AnswerSettings answer) {
  std::erase_if(answers, [&](const AnswerSettings& old) { return old.name == answer.name; });
  if (!answer.text.empty()) answers.push_back(std::move(answer));
}

}  // namespace

AnswerSettings read_answer(std::string_view text, const std::string& name, const std::string& place,
                           Problems& problems) {
  AnswerSettings answer;
  answer.name = name;
  const auto problem = [&](int line, const std::string& what) {
    problems.push_back(fmt::format("{}:{}: {}", place, line, what));
  };
  int number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (number == 1 && line.starts_with("# ")) {
      answer.title = trimmed(line.substr(2));
    } else if (line.starts_with("For:")) {
      answer.intents = parts_of(line.substr(4), ',');
      for (const std::string& intent : answer.intents)
        if (std::ranges::find(known_intents(), intent) == known_intents().end())
          problem(number,
                  fmt::format("found {}; allowed: {}", in_quotes(intent), quoted_list(known_intents())));
    } else if (line.starts_with("Words:")) {
      answer.words = parts_of(line.substr(6), ';');
    } else if (line.empty()) {
      break;
    } else {
      problem(number,
              "found " + in_quotes(std::string(line)) +
                  "; allowed: \"# TITLE\", \"For: INTENT, …\", \"Words: PHRASE; …\", then an empty line");
    }
  }
  answer.text = trimmed(text);
  if (answer.text.empty()) return answer;
  if (answer.title.empty()) problem(1, "missing; the first line is \"# \" and the title");
  if (answer.words.empty()) problem(1, "missing: a line \"Words: PHRASE; …\" by which it is found");
  return answer;
}

std::vector<AnswerSettings> shipped_answers(Problems& problems) {
  std::vector<AnswerSettings> out;
  for (const auto& [path, text] : shipped::answers_shipped()) {
    const std::string file(path);
    put(out, read_answer(text, file.substr(0, file.rfind('.')), "answers/" + file, problems));
  }
  return out;
}

std::vector<AnswerSettings> read_answers(const fs::path& folder, Problems& problems) {
  std::vector<AnswerSettings> out = shipped_answers(problems);
  std::error_code failed;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  if (failed) problems.push_back(folder.string() + ": " + failed.message());
  std::ranges::sort(files);
  for (const fs::path& file : files)
    if (const auto text = text_of(file, problems))
      put(out, read_answer(*text, file.stem().string(), file.string(), problems));
  return out;
}

}  // namespace oin
