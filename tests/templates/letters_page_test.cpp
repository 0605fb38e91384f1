#include "templates/letters_page.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace oin {
namespace {

/// ./dev letters writes it anew.
TEST(LettersPage, IsWhatTheDocumentsSay) {
  std::ifstream in(OIND_SOURCE_DIR "/docs/letters.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(in), {});
  EXPECT_TRUE(page.ends_with("\n" + letters_page(Letters::open().value()))) << "run ./dev letters";
}

TEST(LettersPage, NamesATypeByItsSample) {
  EXPECT_EQ(type_of_variable("x"), "text");
  EXPECT_EQ(type_of_variable(1), "number");
  EXPECT_EQ(type_of_variable(true), "yes/no");
  EXPECT_EQ(type_of_variable({{{"number", 1}, {"text", "x"}}}), "list of (`number` number, `text` text)");
}

}  // namespace
}  // namespace oin
