/// Every tests/corpus/forms/NAME.eml is read as NAME.json says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Each field with its value and where it stands: "1:5" is line 5 of part 1.
Json as_json(const Submission& read) {
  Json fields = Json::object(), unknown = Json::array();
  for (const auto& [name, value] : read.fields) {
    const Provenance& at = read.provenance.at(name);
    Json items = value.items.size() == 1 && value.kind != FieldValue::Kind::list ? Json(value.items.front())
                                                                                 : Json(value.items);
    if (value.kind == FieldValue::Kind::secret) items = shown(value);
    fields[name] = {items, at.part + ":" + std::to_string(at.line)};
  }
  for (const UnknownField& field : read.unknown) unknown.push_back({field.label, field.value});
  return {{"protocols", read.protocols}, {"fields", fields},
          {"unknown", unknown},          {"conflicting", read.conflicting},
          {"ambiguous", read.ambiguous}, {"cleared", read.cleared}};
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(OIND_SOURCE_DIR "/tests/corpus/forms"))
    if (entry.path().extension() == ".eml") found.push_back(entry.path().stem());
  std::ranges::sort(found);
  return found;
}

class AForm : public testing::TestWithParam<std::string> {};
TEST_P(AForm, IsReadAsTheFileBesideItSays) {
  const fs::path mail = fs::path(OIND_SOURCE_DIR "/tests/corpus/forms") / (GetParam() + ".eml");
  const std::string bytes = content_of(mail);
  const Json expected = Json::parse(content_of(fs::path(mail).replace_extension(".json")), nullptr, false);
  std::string crlf;
  for (const char c : bytes) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  for (const std::string& each : {bytes, crlf}) {
    const Json read = as_json(read_submission(parse_mail(each)));
    EXPECT_EQ(read, expected) << read.dump(1);
  }
}
INSTANTIATE_TEST_SUITE_P(Corpus, AForm, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace oin
