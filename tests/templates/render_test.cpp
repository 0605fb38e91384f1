#include "templates/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "templates/plain_value.hpp"
#include "templates/template_check.hpp"

namespace oin {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Letters shipped() { return Letters::open().value(); }

/// Every place of a variable in the sample, as a JSON pointer; of lists the first item's.
void collect(const json& value, const json::json_pointer& at, std::vector<json::json_pointer>& out) {
  if (value.is_object())
    for (const auto& [key, inner] : value.items()) out.push_back(at / key), collect(inner, at / key, out);
  else if (value.is_array() && !value.empty())
    collect(value.front(), at / 0, out);
}

/// The sample with `text` in place of every text in it.
json filled_with(json value, const std::string& text) {
  if (value.is_string()) return text;
  if (value.is_structured())
    for (json& inner : value) inner = filled_with(inner, text);
  return value;
}

TEST(ShippedLetters, AreProvenWithTheirSamples) {
  EXPECT_THAT(shipped().check(), IsEmpty());
  EXPECT_THAT(shipped().events(),
              testing::IsSupersetOf({"message-too-large", "question-received", "status", "status-unknown",
                                     "submission-received", "unclear-received"}));
}

class Letter : public testing::TestWithParam<std::string> {
 protected:
  const Letters letters = shipped();
  const json sample = letters.sample(GetParam()).value();
};

TEST_P(Letter, NamesTheVariableThatIsMissing) {
  std::vector<json::json_pointer> places;
  collect(sample, json::json_pointer(), places);
  EXPECT_GE(places.size(), 5u);
  for (const json::json_pointer& place : places) {
    json variables = sample;
    variables[place.parent_pointer()].erase(place.back());
    const auto words = letters.render(GetParam(), variables);
    ASSERT_TRUE(words.has_error()) << place;
    EXPECT_THAT(words.error().what, HasSubstr("variable \"")) << place;
    EXPECT_THAT(words.error().what, HasSubstr(place.back() + "\" is missing")) << place;
  }
}

TEST_P(Letter, RefusesAVariableOfAnotherKind) {
  for (const auto& [key, value] : sample.items()) {
    json variables = sample;
    variables[key] = nullptr;
    EXPECT_TRUE(letters.render(GetParam(), variables).has_error()) << key;
  }
}

TEST_P(Letter, StaysWholeWhateverAValueHolds) {
  const std::string hostile[] = {"<script>alert(1)</script>",    "\"'><img src=x onerror=y>",
                                 "{{title}} {{{title}}} {{#x}}", "a\r\nBcc: victim@example.com\r\n\r\nbody",
                                 std::string("nul\0nul", 7),     "\xff\xfe\x80",
                                 "\xe2\x80\xaeright to left",    "👩‍👩‍👧 שלום",
                                 std::string(5000, 'x'),         ""};
  for (const std::string& text : hostile) {
    const auto words = letters.render(GetParam(), filled_with(sample, text));
    ASSERT_TRUE(words.has_value()) << words.error().what;
    const Words& w = words.value();
    EXPECT_THAT(w.html, Not(HasSubstr("<script")));
    EXPECT_THAT(w.html, Not(HasSubstr("<img")));
    EXPECT_THAT(w.html, Not(HasSubstr("alert(1)<")));
    EXPECT_THAT(w.subject, Not(testing::ContainsRegex("[\r\n]")));
    EXPECT_LE(w.subject.size(), 4u * 200);
    for (const std::string& part : {w.subject, w.text, w.html}) {
      EXPECT_EQ(part.find('\0'), std::string::npos);
      EXPECT_EQ(part.find("\xe2\x80\xae"), std::string::npos);
      EXPECT_EQ(plain_value(part), part) << "not plain UTF-8";
    }
  }
}

TEST_P(Letter, NeitherLoadsNorShowsAnythingFromElsewhere) {
  const Words words = letters.render(GetParam(), sample).value();
  for (const char* outside : {"<img", "<link", "<script", "url(", "src=", "href="})
    EXPECT_THAT(words.html, Not(HasSubstr(outside)));
  EXPECT_THAT(words.text, Not(HasSubstr("{{")));
  EXPECT_THAT(words.text, Not(HasSubstr("\n\n\n")));
  EXPECT_THAT(words.html, Not(HasSubstr("{{")));
}

INSTANTIATE_TEST_SUITE_P(Shipped, Letter, testing::ValuesIn(shipped().events()), [](const auto& test) {
  std::string name = test.param;
  std::erase(name, '-');
  return name;
});

TEST(Render, PutsTheTicketInFrontOfTheSubject) {
  const Letters letters = shipped();
  for (const char* event : {"submission-received", "question-received", "status"})
    EXPECT_THAT(letters.render(event, letters.sample(event).value()).value().subject, StartsWith("[OIN-1] "))
        << event;
}

TEST(Render, LeavesOutTheGreetingsNameWhenThereIsNone) {
  const Letters letters = shipped();
  json variables = letters.sample("question-received").value();
  variables["contact_name"] = "";
  EXPECT_THAT(letters.render("question-received", variables).value().text,
              StartsWith("Hello,\n\nYour question"));
}

TEST(Render, SaysNothingOfATicketToAStranger) {
  const Letters letters = shipped();
  json variables = letters.sample("status-unknown").value();
  variables["title"] = "Acme Notes";
  const Words words = letters.render("status-unknown", variables).value();
  for (const std::string& part : {words.subject, words.text, words.html})
    EXPECT_THAT(part, Not(HasSubstr("Acme")));
}

TEST(Render, RefusesAnEventThatIsNone) {
  EXPECT_THAT(shipped().render("no-such", json::object()).error().what, HasSubstr("no letter \"no-such\""));
}

class Overrides : public testing::Test {
 protected:
  Overrides() {
    std::string name = (std::filesystem::temp_directory_path() / "oind-letters-XXXXXX").string();
    folder = ::mkdtemp(name.data());
  }
  ~Overrides() override { std::filesystem::remove_all(folder); }
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  std::filesystem::path folder;
};

TEST_F(Overrides, ReplaceOneFileAndLeaveTheRest) {
  write("status-unknown/text", "Ask {{desk_name}}.\r\n");
  const Letters letters = Letters::open(folder).value();
  EXPECT_THAT(letters.check(), IsEmpty());
  const Words words = letters.render("status-unknown", letters.sample("status-unknown").value()).value();
  EXPECT_EQ(words.text, "Ask OIN review desk.\n");
  EXPECT_THAT(words.html, HasSubstr("<!DOCTYPE html>"));
}

TEST_F(Overrides, MayReplaceAPartialOfEveryLetter) {
  write("_footer/text", "Yours, {{desk_name}}\n");
  const Letters letters = Letters::open(folder).value();
  for (const std::string& event : letters.events()) {
    const bool to_team = event.starts_with("staff-") || event.starts_with("command-");
    EXPECT_THAT(
        letters.render(event, letters.sample(event).value()).value().text,
        testing::EndsWith(to_team ? "OIN review desk\noin@example.com\n" : "Yours, OIN review desk\n"));
  }
}

TEST_F(Overrides, WithAFaultAreNamedWithLineAndColumnAndNotUsed) {
  write("status/text", "{{reference}}\n  {{refrence}}\n");
  write("_footer/html", "{{#reference}}\n");
  write("no-such/text", "x");
  const Letters letters = Letters::open(folder).value();
  const std::vector<std::string> problems = letters.check();
  EXPECT_THAT(problems, testing::Contains("status/text:2:3: variable \"refrence\" is not in sample.json"));
  EXPECT_THAT(problems, testing::Contains("_footer/html:1:1: section \"reference\" is never closed"));
  EXPECT_THAT(problems, testing::Contains(HasSubstr("no-such/text: no letter has such a file")));
  EXPECT_TRUE(letters.render("status", letters.sample("status").value()).has_error());
}

TEST_F(Overrides, ThatAreNotThereAreAnError) {
  EXPECT_THAT(Letters::open(folder / "absent").error().what, HasSubstr("cannot read"));
}

struct TemplateCase {
  std::string name, text, problem;
};
class TemplateProblems : public testing::TestWithParam<TemplateCase> {};
TEST_P(TemplateProblems, AreToldWithTheirPlace) {
  const TemplateFiles files{{"e/html", GetParam().text}, {"_self/html", "{{> _self/html}}"}};
  const json sample = {
      {"a", "x"}, {"yes", true}, {"list", {{{"b", "y"}}}}, {"none", json::array()}, {"o", {{"c", "z"}}}};
  const auto problems = template_problems(files, "e/html", sample);
  if (GetParam().problem.empty())
    EXPECT_THAT(problems, IsEmpty());
  else
    EXPECT_THAT(problems, ElementsAre(GetParam().problem));
}
INSTANTIATE_TEST_SUITE_P(
    Mustache, TemplateProblems,
    testing::Values(
        TemplateCase{"Good",
                     "{{a}}{{#list}}{{a}}{{b}}{{/list}}{{^list}}{{a}}{{/list}}{{#yes}}{{a}}{{/"
                     "yes}}{{o.c}}{{#o}}{{c}}{{/o}}{{! x }}",
                     ""},
        TemplateCase{"Missing", "\n\n {{x}}", "e/html:3:2: variable \"x\" is not in sample.json"},
        TemplateCase{"MissingInUntakenBranch", "{{^yes}}{{x}}{{/yes}}",
                     "e/html:1:9: variable \"x\" is not in sample.json"},
        TemplateCase{"ItemsVariableOutside", "{{b}}", "e/html:1:1: variable \"b\" is not in sample.json"},
        TemplateCase{"DottedMissing", "{{o.d}}", "e/html:1:1: variable \"o.d\" is not in sample.json"},
        TemplateCase{"ListAsText", "{{list}}", "e/html:1:1: variable \"list\" is no text but array"},
        TemplateCase{"EmptyList", "{{#none}}{{/none}}",
                     "e/html:1:1: list \"none\" of sample.json is empty, so its items cannot be checked"},
        TemplateCase{"Unclosed", "{{#yes}}", "e/html:1:1: section \"yes\" is never closed"},
        TemplateCase{"Crossed", "{{#yes}}{{#o}}{{/yes}}{{/o}}", "e/html:1:15: nothing to close with \"yes\""},
        TemplateCase{"NoEnd", "{{a", "e/html:1:1: tag without an end"},
        TemplateCase{"Unescaped", "{{{a}}}", "e/html:1:1: variable \"a\" unescaped in html"},
        TemplateCase{"UnescapedAmpersand", "{{&a}}", "e/html:1:1: variable \"a\" unescaped in html"},
        TemplateCase{"Delimiters", "{{=<% %>=}}", "e/html:1:1: other delimiters are not for letters"},
        TemplateCase{"NoPartial", "{{> x/html}}", "e/html:1:1: there is no partial \"x/html\""},
        TemplateCase{"Endless", "{{> _self/html}}",
                     "_self/html:1:1: partial \"_self/html\" is nested too deep; does it use itself?"}),
    [](const auto& test) { return test.param.name; });

struct LineCase {
  std::string name, text, rendered;
};
class StandaloneTags : public Overrides, public testing::WithParamInterface<LineCase> {};
TEST_P(StandaloneTags, TakeTheirLineWithThem) {
  write("status/text", GetParam().text);
  const Letters letters = Letters::open(folder).value();
  ASSERT_THAT(letters.check(), IsEmpty());
  json variables = letters.sample("status").value();
  variables["title"] = "";
  EXPECT_EQ(letters.render("status", variables).value().text, GetParam().rendered);
}
INSTANTIATE_TEST_SUITE_P(
    Mustache, StandaloneTags,
    testing::Values(LineCase{"Taken", "a\n{{#number}}\nb\n{{/number}}\nc\n", "a\nb\nc\n"},
                    LineCase{"NotTaken", "a\n{{#title}}\nb\n{{/title}}\nc\n", "a\nc\n"},
                    LineCase{"BlankLinesStay", "a\n\n{{#tickets}}\n- {{reference}}\n{{/tickets}}\n\nc\n",
                             "a\n\n- OIN-1\n- OIN-4\n\nc\n"},
                    LineCase{"BlankLineInside", "{{#number}}\n\nb\n\n{{/number}}\nc", "\nb\n\nc"},
                    LineCase{"Indented", "a\n  {{^title}}  \nb\n  {{/title}}\n", "a\nb\n"},
                    LineCase{"WithinALine", "a{{#title}} {{title}}{{/title}}{{^title}} none{{/title}}\n",
                             "a none\n"},
                    LineCase{"Comment", "a\n{{! two\nlines }}\nb{{! c }}\n", "a\nb\n"}),
    [](const auto& test) { return test.param.name; });

struct ValueCase {
  std::string name, in, out;
};
class PlainValue : public testing::TestWithParam<ValueCase> {};
TEST_P(PlainValue, IsUtf8WithoutControls) { EXPECT_EQ(plain_value(GetParam().in), GetParam().out); }
INSTANTIATE_TEST_SUITE_P(
    Values, PlainValue,
    testing::Values(ValueCase{"Ascii", "a\tb\nc", "a\tb\nc"}, ValueCase{"LineEnds", "a\r\nb\rc", "a\nb\nc"},
                    ValueCase{"Controls", "a\x01\x7f\x1b", "a   "}, ValueCase{"C1", "a\xc2\x85z", "az"},
                    ValueCase{"Latin1", "caf\xe9!", "caf\xef\xbf\xbd!"},
                    ValueCase{"Overlong", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
                    ValueCase{"Surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
                    ValueCase{"CutOff", "\xf0\x9f\x98", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
                    ValueCase{"BidiIsolate", "a\xe2\x81\xa6z", "az"},
                    ValueCase{"Kept", "Zoë 東京 😀 \xe2\x80\x99", "Zoë 東京 😀 \xe2\x80\x99"}),
    [](const auto& test) { return test.param.name; });

TEST(OneLine, CutsAtAWholeCharacter) {
  EXPECT_EQ(one_line("  a \r\n b\t", 100), "a b");
  EXPECT_EQ(one_line("東京東京", 3), "東京…");
  EXPECT_EQ(one_line("abc", 4), "abc");
  EXPECT_EQ(one_line("", 3), "");
}

}  // namespace
}  // namespace oin
