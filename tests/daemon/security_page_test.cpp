/// docs/security.md promises what happens at each attack by the name of a test: each must be there.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
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
  const std::regex macro(R"(\nTEST(_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  for (const auto& entry : fs::recursive_directory_iterator(source / "tests")) {
    if (entry.path().extension() == ".txt" &&
        entry.path().string().find("/scenarios/mails/") != std::string::npos)
      names.insert(fs::relative(entry.path(), source / "tests/scenarios/mails").string());
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), macro), end; it != end; ++it)
      names.insert((*it)[2].str() + "." + (*it)[3].str());
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
  const std::regex row(R"(\| (.+) \| (.+) \| (.+) \|)");
  for (std::string line; std::getline(lines, line);) {
    std::smatch cells;
    if (!line.starts_with("|") || line.starts_with("|--") || line.starts_with("| attack")) continue;
    if (std::regex_match(line, cells, row))
      out.push_back({cells[1], cells[3]});
    else
      ADD_FAILURE() << "not of three cells: " << line;
  }
  return out;
}

TEST(SecurityPage, NamesTestsThatAreThere) {
  const auto known = names_of_tests();
  const std::regex name("`([^`]+)`");
  for (const Row& row : rows()) {
    int named = 0;
    for (std::sregex_iterator it(row.tests.begin(), row.tests.end(), name), end; it != end; ++it, ++named)
      EXPECT_TRUE(known.contains((*it)[1])) << row.attack << ": there is no " << (*it)[1];
    EXPECT_GT(named, 0) << row.attack << ": no test is named";
  }
}

TEST(SecurityPage, HasFortyAttacksAndNoneTwice) {
  std::set<std::string> attacks;
  for (const Row& row : rows()) EXPECT_TRUE(attacks.insert(row.attack).second) << row.attack;
  EXPECT_GE(attacks.size(), 40u);
}

}  // namespace
