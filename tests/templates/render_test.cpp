#include "templates/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <set>
#include <sstream>

#include "parsers/mail.hpp"
#include "templates/message.hpp"
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
  EXPECT_THAT(shipped().locales(), ElementsAre("de", "en"));
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

MessageHeader header() {
  MessageHeader h;
  h.from = {"OIN review desk", "oin@example.com"};
  h.to = {{"Ada", "ada@vendor.example"}};
  h.message_id = "t0ken@reviews.example.com";
  h.date = *parse_rfc3339("2026-11-23T10:00:05Z");
  return h;
}

/// The header fields as a relay would see them: what begins at a line's start before the first empty line.
std::vector<std::string> field_names(const std::string& message) {
  std::vector<std::string> names;
  std::istringstream lines(message.substr(0, message.find("\r\n\r\n")));
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with(' ')) names.push_back(line.substr(0, line.find(':')));
  return names;
}

/// The tags in order, whole; without <br>, which is how a value's line break looks.
std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    tags.push_back(html.substr(at, html.find('>', at) - at + 1));
    if (tags.back() == "<br>") tags.pop_back();
  }
  return tags;
}

const std::string hostile_values[] = {
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=y>",
    "</p></li></table><style>*{display:none}</style><!--",
    "&lt;b&gt; &#60;b&#62;",
    "{{title}} {{{title}}} {{#x}} {{> _footer/text}} {{=<% %>=}}",
    "a\r\nBcc: victim@example.com\r\n\r\nbody",
    "a\rBcc: victim@example.com\r\rbody",
    "a\nBcc: victim@example.com\n\n<b>body</b>",
    "\n.\n--=_5028be265d948a0b--\n",
    std::string("nul\0nul \x1b[2J \x01\x02\x03 bell\x07", 22),
    "\xff\xfe\x80 \xc0\xaf",
    "\xe2\x80\xaeright to left\xe2\x81\xa6",
    "\xe2\x80\xa8 Bcc: line separator\xe2\x80\xa9",
    "👩‍👩‍👧 שלום",
    std::string(5000, 'x'),
};

/// In every language: the tags are those of a letter with harmless values, the message's header fields too.
TEST_P(Letter, StaysWholeWhateverAValueHolds) {
  for (const std::string& locale : letters.locales()) {
    const Words plain = letters.render(GetParam(), filled_with(sample, "x"), locale).value();
    const auto wanted_fields = field_names(compose(header(), plain));
    for (const std::string& text : hostile_values) {
      const auto words = letters.render(GetParam(), filled_with(sample, text), locale);
      ASSERT_TRUE(words.has_value()) << words.error().what;
      const Words& w = words.value();
      EXPECT_EQ(tags_of(w.html), tags_of(plain.html)) << text.substr(0, 60);
      EXPECT_THAT(w.html, Not(HasSubstr("alert(1)<")));
      EXPECT_THAT(w.subject, Not(testing::ContainsRegex("[\r\n]")));
      EXPECT_LE(w.subject.size(), 4u * 200);
      for (const std::string& part : {w.subject, w.text, w.html}) {
        EXPECT_EQ(part.find('\0'), std::string::npos);
        EXPECT_EQ(part.find("\xe2\x80\xae"), std::string::npos);
        EXPECT_EQ(plain_value(part), part) << "not plain UTF-8";
      }
      const std::string message = compose(header(), w);
      EXPECT_EQ(field_names(message), wanted_fields) << text.substr(0, 60);
      const Mail mail = parse_mail(message);
      EXPECT_THAT(mail.defects, IsEmpty()) << mail.defects[0].code;
      EXPECT_EQ(mail.subject, w.subject);
      EXPECT_THAT(mail.to, testing::SizeIs(1));
      EXPECT_THAT(mail.cc, IsEmpty());
      EXPECT_THAT(mail.attachments, IsEmpty());
      EXPECT_THAT(mail.html.value_or(""), testing::StartsWith("<!DOCTYPE html>"));
    }
    EXPECT_TRUE(letters.render(GetParam(), filled_with(sample, ""), locale).has_value());
  }
}

TEST_P(Letter, BearsAVeryLongValueInEachPlace) {
  const std::string very_long(100'000, 'y');
  for (const auto& [name, value] : sample.items()) {
    if (!value.is_string()) continue;
    json variables = sample;
    variables[name] = very_long;
    const Words words = letters.render(GetParam(), variables).value();
    const std::string message = compose(header(), words);
    std::istringstream lines(message);
    for (std::string line; std::getline(lines, line);) ASSERT_LE(line.size(), 999u);
    EXPECT_THAT(parse_mail(message).defects, IsEmpty());
  }
}

/// Every text of the sample made one that can be found again, every yes/no this one.
json marked(json value, bool yes, int& count) {
  if (value.is_string()) return "mark" + std::to_string(++count) + ".";
  if (value.is_boolean()) return yes;
  if (value.is_structured())
    for (json& inner : value) inner = marked(inner, yes, count);
  return value;
}

std::set<int> marks_in(const std::string& text) {
  std::set<int> marks;
  for (std::size_t at = text.find("mark"); at != std::string::npos; at = text.find("mark", at + 1))
    marks.insert(std::atoi(text.c_str() + at + 4));
  return marks;
}

/// Plain or rich, German or English: the same facts.
TEST_P(Letter, SaysTheSameInEveryForm) {
  for (const bool yes : {true, false}) {
    int count = 0;
    const json variables = marked(sample, yes, count);
    const Words english = letters.render(GetParam(), variables).value();
    for (const std::string& locale : letters.locales_of(GetParam())) {
      const Words words = letters.render(GetParam(), variables, locale).value();
      EXPECT_EQ(marks_in(words.text), marks_in(words.html)) << locale;
      EXPECT_EQ(marks_in(words.subject), marks_in(english.subject)) << locale;
      if (GetParam() == "status") continue;  // the reasons in a history are the desk's own English
      EXPECT_EQ(marks_in(words.text), marks_in(english.text)) << locale;
    }
  }
}

TEST_P(Letter, IsWholeInGermanWhenItGoesToAVendor) {
  const bool to_team = is_to_team(GetParam());
  const Words english = letters.render(GetParam(), sample).value(),
              german = letters.render(GetParam(), sample, "de").value();
  if (to_team) {
    EXPECT_THAT(letters.locales_of(GetParam()), ElementsAre("en"));
    EXPECT_EQ(german.text, english.text);
  } else {
    EXPECT_THAT(letters.locales_of(GetParam()), ElementsAre("en", "de"));
    for (const char* of_the_team : {"assignee", "by", "results"}) EXPECT_FALSE(sample.contains(of_the_team));
    EXPECT_THAT(german.html, HasSubstr("<html lang=\"de\">"));
    EXPECT_THAT(german.text, HasSubstr("Antworten Sie einfach auf diese Mail"));
    EXPECT_THAT(german.text, Not(HasSubstr("just reply")));
    EXPECT_THAT(german.html, Not(HasSubstr("just reply")));
  }
}

TEST_P(Letter, BeginsItsSubjectWithTheTicketAndSaysToWhomItGoes) {
  const Letters::About about = letters.about(GetParam());
  EXPECT_NE(about.to, "");
  EXPECT_NE(about.when, "");
  for (const char* of_many_or_none : {"staff-digest", "staff-outbox-held", "command-without-ticket"})
    if (GetParam() == of_many_or_none) return;
  for (const std::string& locale : letters.locales())
    EXPECT_THAT(letters.render(GetParam(), sample, locale).value().subject, StartsWith("[OIN-1] "));
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

TEST(Render, TakesTheEnglishWordsInALanguageThatThereIsNot) {
  const Letters letters = shipped();
  const json sample = letters.sample("status").value();
  EXPECT_EQ(letters.render("status", sample, "fr").value().text,
            letters.render("status", sample).value().text);
  EXPECT_NE(letters.render("status", sample, "de").value().text,
            letters.render("status", sample).value().text);
}

TEST(Render, HasItsSampleInTheWordsOfTheLanguage) {
  const Letters letters = shipped();
  for (const std::string& event : letters.events()) {
    const std::string german = letters.sample(event, "de").value().dump();
    if (is_to_team(event)) continue;
    for (const char* english : {"day ", "initial review", "QA testing", "publication\""})
      EXPECT_THAT(german, Not(HasSubstr(english))) << event;
  }
}

TEST(Render, MakesOneOfTheBlankLinesThatMeet) {
  const Letters letters = shipped();
  for (const std::string& event : letters.events())
    for (const bool yes : {true, false}) {
      int count = 0;
      const Words words = letters.render(event, marked(letters.sample(event).value(), yes, count)).value();
      EXPECT_THAT(words.text, Not(HasSubstr("\n\n\n"))) << event;
    }
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
    const bool to_team = is_to_team(event);
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

TEST_F(Overrides, MayBeOfOneLanguage) {
  write("status-unknown/de/subject", "[{{reference}}] Welche Prüfung?\n");
  const Letters letters = Letters::open(folder).value();
  EXPECT_THAT(letters.check(), IsEmpty());
  EXPECT_THAT(letters.overridden(), ElementsAre("status-unknown/de/subject"));
  const json sample = letters.sample("status-unknown").value();
  EXPECT_EQ(letters.render("status-unknown", sample, "de").value().subject, "[OIN-1] Welche Prüfung?");
  EXPECT_THAT(letters.render("status-unknown", sample).value().subject, HasSubstr("Your question"));
}

TEST_F(Overrides, MayAddALanguageFileByFile) {
  write("status-unknown/pt-BR/text", "{{> _top/text}}\nPergunta.\n");
  write("_top/pt-BR/text", "Olá,\n\n");
  const Letters letters = Letters::open(folder).value();
  EXPECT_THAT(letters.check(), IsEmpty());
  EXPECT_THAT(letters.locales(), ElementsAre("de", "en", "pt-BR"));
  const Words words =
      letters.render("status-unknown", letters.sample("status-unknown").value(), "pt-BR").value();
  EXPECT_EQ(words.text, "Olá,\n\nPergunta.\n");
  EXPECT_THAT(words.subject, HasSubstr("Your question"));
}

TEST_F(Overrides, WithAFaultInOneLanguageSpoilThatOneOnly) {
  write("status/de/text", "{{refrence}}\n");
  write("status/not-a-language/text", "x");
  const Letters letters = Letters::open(folder).value();
  EXPECT_THAT(letters.check(),
              ElementsAre(HasSubstr("status/not-a-language/text: no letter has such a file"),
                          "status/de/text:1:1: variable \"refrence\" is not in sample.json"));
  const json sample = letters.sample("status").value();
  EXPECT_TRUE(letters.render("status", sample).has_value());
  EXPECT_TRUE(letters.render("status", sample, "de").has_error());
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
