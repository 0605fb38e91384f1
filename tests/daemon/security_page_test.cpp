/// docs/security.md promises what happens at each attack by the name of a test: each must be there.
#include <gmock/gmock.h>
#include <re2/re2.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;
const fs::path source = OIND_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// "Suite.Test" of every test, and "group/name.txt" of every scenario.
std::set<std::string> names_of_tests() {
  std::set<std::string> names;
  const RE2 macro(R"(\nTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  for (const auto& entry : fs::recursive_directory_iterator(source / "tests")) {
    if (entry.path().extension() == ".txt" &&
        entry.path().string().find("/scenarios/mails/") != std::string::npos)
      names.insert(fs::relative(entry.path(), source / "tests/scenarios/mails").string());
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    re2::StringPiece rest(text);
    for (std::string suite, test; RE2::FindAndConsume(&rest, macro, &suite, &test);)
      names.insert(suite + "." + test);
  }
  return names;
}

struct Row {
  std::string attack, tests;
};

/// The rows of the page's tables: "| attack | what happens | tests |".
std::vector<Row> rows() {
  std::vector<Row> out;
  std::istringstream lines(text_of(source / "docs/security.md"));
  const RE2 row(R"(\| (.+) \| .+ \| (.+) \|)");
  for (std::string line; std::getline(lines, line);) {
    Row cells;
    if (!line.starts_with("|") || line.starts_with("|--") || line.starts_with("| attack")) continue;
    if (RE2::FullMatch(line, row, &cells.attack, &cells.tests))
      out.push_back(std::move(cells));
    else
      ADD_FAILURE() << "not of three cells: " << line;
  }
  return out;
}

TEST(SecurityPage, NamesTestsThatAreThere) {
  const auto known = names_of_tests();
  const RE2 name("`([^`]+)`");
  for (const Row& row : rows()) {
    int named = 0;
    re2::StringPiece rest(row.tests);
    for (std::string test; RE2::FindAndConsume(&rest, name, &test); ++named)
      EXPECT_TRUE(known.contains(test)) << row.attack << ": there is no " << test;
    EXPECT_GT(named, 0) << row.attack << ": no test is named";
  }
}

TEST(SecurityPage, HasFortyAttacksAndNoneTwice) {
  std::set<std::string> attacks;
  for (const Row& row : rows()) EXPECT_TRUE(attacks.insert(row.attack).second) << row.attack;
  EXPECT_GE(attacks.size(), 40u);
}

}  // namespace
