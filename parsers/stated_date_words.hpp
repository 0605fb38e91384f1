/// stated_date_words.hpp: the words in which people state a date, language by language.
///
/// Data only: a word or language that is missing is a word in stated_date_words.cpp and a line in the test.
/// English, German, French, Spanish, Italian, Dutch and Portuguese.
#pragma once

#include <bitset>
#include <cstddef>
#include <span>

#include "parsers/prose_tokens.hpp"

namespace oin {

/// What a word may mean beside a date; one word may mean several.
enum class DateSense : unsigned char {
  // What dates are made of
  month,          ///< "dec", "décembre": 1 to 12
  weekday,        ///< "friday": 1 (Monday) to 7
  short_weekday,  ///< "fri", "Mo": only beside a date
  number,         ///< "two", "zwei"
  ordinal,        ///< "th", "er": behind a number
  hour,
  day,
  business_day,
  week,
  month_unit,
  year,
  near,        ///< "today", "tomorrow": days from now
  weekend,     ///< "Wochenende": no day
  close,       ///< "end of day", "COB"
  end_of,      ///< "end of", "Ende"
  begin_of,    ///< "early", "Mitte"
  this_one,    ///< "this", "diese"
  next_one,    ///< "next", "prochaine"
  coming,      ///< "coming", "kommenden": the nearest
  last_one,    ///< "last", "vorigen"
  within,      ///< "in", "binnen": in front of "two weeks"
  more,        ///< "another", "weitere"
  working,     ///< "business", "ouvrés"
  ago,         ///< behind: "ago", "geleden"
  ago_before,  ///< in front: "vor", "il y a"
  of,          ///< between day, month and year: "of", "de"
  or_to,       ///< between two numbers: "2 to 3 weeks"
  clock,       ///< "pm", "Uhr"
  filler,      ///< "the", "approximately"
  // What stands in front of them
  until,
  by,
  on,
  from,
  to,
  after,
  dated,  ///< "since", "of", "dated": a date that is told, not promised
  // What is said with them
  back,        ///< "return", "wieder da"
  maybe_back,  ///< "back", "wieder": beside the date or in a text that tells an absence
  then_back,   ///< "and back then": until that day, not through it
  absent,
  open,     ///< "opening hours", "valid", "deadline": such dates are nobody's absence
  will,     ///< "will", "werden": a promise
  need,     ///< "need", "brauchen": time is asked for
  request,  ///< "please", "could you": the other one is to do it
  meeting,  ///< "call", "go live": nothing is promised by the date of one
  negation,
  condition,
  contrast,  ///< "but"
  also,      ///< "and"
  agreed,    ///< "as agreed": what follows is told
  farewell,  ///< "see you"
  english,   ///< tells the language, and with it the order of 12/07/2026
  foreign,
  none,  ///< means nothing here, though a part of it would
  count,
};

using DateSenses = std::bitset<static_cast<std::size_t>(DateSense::count)>;

struct DateWord {
  std::size_t length = 0;  ///< tokens; 0: none
  int value = 0;
};

/// The longest word or phrase at the head of the tokens that may mean this.
DateWord date_word(std::span<const ProseToken> tokens, DateSense sense);

/// The longest phrase at the head of the tokens that is in the tables for any sense but those that dates are
/// made of, and all that it may mean.
struct DatePhrase {
  std::size_t length = 0;
  DateSenses senses;
};
DatePhrase date_phrase(std::span<const ProseToken> tokens);

}  // namespace oin
