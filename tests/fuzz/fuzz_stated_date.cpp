// Promise: a day that is read is one of the calendar, not in the past and at most 366 days (and what an
// absence adds) ahead; the same text gives the same day; no words added to a text without thanks make it
// thanks.

#include <algorithm>
#include <array>
#include <chrono>

#include "parsers/stated_date.hpp"
#include "parsers/thanks.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& text, std::chrono::sys_days written_on) {
  using oin::fuzz::require;
  for (const auto& read : {oin::return_date, oin::promised_date}) {
    const auto day = read(text, written_on);
    if (!day) continue;
    require(day->ok(), "a day of the calendar");
    require(std::chrono::sys_days(*day) >= written_on, "not in the past");
    require(std::chrono::sys_days(*day) <= written_on + std::chrono::days(366 + 7), "near");
    require(read(text, written_on) == day, "the same day");
  }
  if (oin::only_thanks(text)) require(!oin::only_thanks(text + "?"), "a question is no thanks");
}

std::string in_date_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 64> words = {" ",
                                                             "\n",
                                                             "\n\n",
                                                             ", ",
                                                             ". ",
                                                             "-",
                                                             "/",
                                                             ".",
                                                             ":",
                                                             "?",
                                                             "1",
                                                             "5",
                                                             "12",
                                                             "24",
                                                             "29 ",
                                                             "31",
                                                             "2026",
                                                             "2027",
                                                             "th ",
                                                             "until ",
                                                             "back ",
                                                             "on ",
                                                             "by ",
                                                             "from ",
                                                             "to ",
                                                             "next ",
                                                             "last ",
                                                             "end of ",
                                                             "week ",
                                                             "month ",
                                                             "January ",
                                                             "Feb ",
                                                             "May ",
                                                             "Dezember ",
                                                             "Monday ",
                                                             "Freitag ",
                                                             "tomorrow ",
                                                             "in ",
                                                             "two ",
                                                             "more ",
                                                             "days ",
                                                             "working ",
                                                             "out of office ",
                                                             "not ",
                                                             "will ",
                                                             "need ",
                                                             "please ",
                                                             "but ",
                                                             "and ",
                                                             "bis ",
                                                             "zum ",
                                                             "ab dem ",
                                                             "wieder da ",
                                                             "le ",
                                                             "jusqu'au ",
                                                             "de ",
                                                             "hasta el ",
                                                             "fino al ",
                                                             "t/m ",
                                                             "eod ",
                                                             "thanks ",
                                                             "\xF0\x9F\x91\x8D",
                                                             "\xC3\xA9",
                                                             "\xE9"};
  return oin::fuzz::in_alphabet(data, size, words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto day = std::chrono::sys_days(std::chrono::days(20'000 + (size > 0 ? data[0] * 7 : 0)));
  // What is said of a date stands close to it: more text would only be slower.
  check(oin::fuzz::raw(data, std::min<std::size_t>(size, 4'000)), day);
  check(in_date_alphabet(data, std::min<std::size_t>(size, 500)), day);
  return 0;
}
