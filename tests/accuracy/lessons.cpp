#include "tests/accuracy/lessons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "daemon/workflow/vocabulary.hpp"

namespace oin::test {
namespace {

using namespace std::string_view_literals;

/// The people and apps of tests/labelled/past come again and again in the set, and nowhere else.
constexpr std::array names_of_the_past{
    "acme"sv, "ada"sv, "ben"sv, "birch"sv, "carla"sv, "cedar"sv, "crm"sv,   "delta"sv,   "dora"sv,  "eli"sv,
    "elm"sv,  "fay"sv, "fir"sv, "gale"sv,  "gus"sv,   "hana"sv,  "hazel"sv, "payroll"sv, "payro*"sv};

bool of_the_past(std::string_view word) {
  constexpr std::string_view in_subject = "subject:";
  if (word.starts_with(in_subject)) word.remove_prefix(in_subject.size());
  return std::ranges::find(names_of_the_past, word) != names_of_the_past.end();
}

Lesson lesson_of(const Judged& mail) {
  Lesson lesson{mail.label.intent, mail.words, {}};
  std::erase_if(lesson.words, of_the_past);
  for (const Evidence& piece : mail.intent.evidence) lesson.cues[piece.intent] += piece.weight;
  return lesson;
}

/// What the mail would be taken for with this vocabulary.
std::string taken_for(const Judged& mail, const Vocabulary& vocabulary) {
  std::vector<Evidence> evidence = mail.intent.evidence;
  for (const WordsSay& say : vocabulary.weigh(mail.words))
    evidence.push_back({"words", say.intent, say.weight});
  return judge(std::move(evidence)).name;
}

}  // namespace

std::vector<Lesson> lessons_of(std::span<const Judged> judged) {
  std::vector<Lesson> out;
  for (const Judged& mail : judged)
    if (mail.label.set() != set_never_learned) out.push_back(lesson_of(mail));
  return out;
}

std::string unseen_file(std::span<const Judged> judged) {
  std::set<char> authors;
  for (const Judged& mail : judged)
    if (mail.label.intent_only) authors.insert(mail.label.set());
  std::string out = "set\tmails\tby cues alone\twith the vocabulary\n";
  for (const char author : authors) {
    std::vector<Judged> others;
    for (const Judged& mail : judged)
      if (mail.label.set() != author) others.push_back(mail);
    const Vocabulary vocabulary(learn(lessons_of(others)));
    int mails = 0, by_cues = 0, with_words = 0;
    for (const Judged& mail : judged) {
      if (mail.label.set() != author) continue;
      ++mails;
      by_cues += mail.right();
      with_words += taken_for(mail, vocabulary) == mail.label.intent;
    }
    out += fmt::format("{}\t{}\t{}\t{}\n", author, mails, by_cues, with_words);
  }
  return out;
}

}  // namespace oin::test
