#include "parsers/written_day.hpp"

#include <algorithm>
#include <string_view>

#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Cursor = DateCursor;
using Sense = DateSense;

/// Does it go on behind, as in "1.12.26.30" or "2026-12-05/notes"?
bool goes_on(const Cursor& end, char separator) {
  if (!end.is_joined()) return false;
  const ProseToken& next = *end.token();
  if (next.kind == ProseToken::Kind::number) return true;
  if (next.kind == ProseToken::Kind::word) return next.text != "t";  // 2026-12-05T10:00
  if (contains("@=%_#", next.text)) return true;
  return (next.text[0] == separator || next.text == "/") && end.is_joined(1);
}

std::optional<WrittenDay> year_first(std::span<const ProseToken> tokens, std::size_t at) {
  Cursor cursor(tokens, at);
  if (!cursor.is_number(0, 4, 4) || !cursor.is_number(2, 1, 2) || !cursor.is_number(4, 1, 2))
    return std::nullopt;
  for (const char separator : {'-', '/', '.'}) {
    if (!cursor.is_mark(separator, 1) || !cursor.is_mark(separator, 3)) continue;
    if (!cursor.is_joined(1) || !cursor.is_joined(2) || !cursor.is_joined(3) || !cursor.is_joined(4)) break;
    const WrittenDay found{5, {cursor.value(0), cursor.value(2), cursor.value(4)}};
    cursor.skip(5);
    if (is_continued(tokens, at, separator) || goes_on(cursor, separator)) break;
    return found;
  }
  return std::nullopt;
}

/// The year of digits: four of them, or two where that is usual.
std::optional<int> year_of(const Cursor& cursor, std::size_t ahead, char separator) {
  if (cursor.is_number(ahead, 4, 4)) return cursor.value(ahead);
  if (separator != '-' && cursor.is_number(ahead, 2, 2) && cursor.is_joined(ahead))
    return 2000 + cursor.value(ahead);
  return std::nullopt;
}

/// "7.12.2026", "12/07/2026", "5-1-2027", "7.12.", "24/12".
std::optional<WrittenDay> two_numbers(std::span<const ProseToken> tokens, std::size_t at, DayOrder order) {
  Cursor cursor(tokens, at);
  if (!cursor.is_day_number(0) || !cursor.is_joined(1) || !cursor.is_day_number(2)) return std::nullopt;
  const char separator = cursor.token(1)->text[0];
  if (!contains("./-", std::string_view(&separator, 1)) || is_continued(tokens, at, separator))
    return std::nullopt;
  const bool tight = cursor.is_joined(2);
  const int first = cursor.value(0), second = cursor.value(2);
  WrittenDay found{3, {0, second, first}};
  const bool padded = cursor.is_number(2, 2, 2);
  const bool separated = cursor.is_mark(separator, 3) && cursor.is_joined(3);
  const auto year = separated ? year_of(cursor, 4, separator) : std::nullopt;
  // "7. 12. 2026" has blanks, but then it has all of it; with a dash between it is a range or a phone number.
  if (!year && (separator == '-' || !tight)) return std::nullopt;
  if (year && !tight && !cursor.is_number(4, 4, 4)) return std::nullopt;
  if (year) {
    found.digits.year = *year;
    found.length = 5;
  } else if (separator == '.' && separated && !cursor.is_joined(4)) {
    found.length = 4;
    found.bare_digits = true;
  } else if (separator == '.' && !padded && first < 13) {
    return std::nullopt;  // a version or a section
  } else {
    found.bare_digits = true;
  }
  cursor.skip(found.length);
  if (goes_on(cursor, separator) || (!year && cursor.took(Sense::clock))) return std::nullopt;
  if (separator == '.') return found;
  if (first == 24 && second == 7 && !year) return std::nullopt;  // around the clock
  if (order == DayOrder::month_first || second > 12) std::swap(found.digits.day, found.digits.month);
  found.either_order = order == DayOrder::unknown && first <= 12 && second <= 12 && first != second;
  return found;
}

/// "5 January", "5. Januar 2027", "1er janvier", "10 de enero", "5-Jan-2027".
std::optional<WrittenDay> day_and_month(std::span<const ProseToken> tokens, std::size_t at) {
  Cursor cursor(tokens, at);
  if (!cursor.is_day_number() || is_continued(tokens, at, '.')) return std::nullopt;
  WrittenDay found;
  found.digits.day = cursor.value();
  cursor.skip();
  take_ordinal(cursor);
  if (!cursor.take_mark('.') && !cursor.take_mark('-') && !cursor.take_mark('/')) cursor.take(Sense::of);
  found.digits.month = take_month(cursor);
  if (found.digits.month == 0) return std::nullopt;
  if (cursor.is_mark('.') && cursor.is_joined() && cursor.is_number(1, 4, 4)) cursor.skip();
  Cursor dashed = cursor;
  if (dashed.take_mark('-') && dashed.is_joined() && dashed.is_number(0, 2, 2) && tokens[at + 1].joined) {
    found.digits.year = 2000 + dashed.value();
    dashed.skip();
    cursor = dashed;
  } else {
    found.digits.year = take_year(cursor);
  }
  found.length = cursor.at() - at;
  return found;
}

/// "January 5th, 2027", "Dec. 7", "July 10-31": of a range, its end.
std::optional<WrittenDay> month_and_day(std::span<const ProseToken> tokens, std::size_t at) {
  Cursor cursor(tokens, at);
  WrittenDay found;
  found.digits.month = take_month(cursor);
  if (found.digits.month == 0) return std::nullopt;
  cursor.take_mark('.');
  if (!cursor.is_day_number()) return std::nullopt;
  const auto take_day = [&](Cursor& from) {
    found.digits.day = from.value();
    from.skip();
    take_ordinal(from);
    return !(from.is_joined() && (from.token()->kind != ProseToken::Kind::mark || from.is_mark(':') ||
                                  (from.is_mark('.') && from.is_joined(1))));
  };
  if (!take_day(cursor) || cursor.took(Sense::clock)) return std::nullopt;
  Cursor range = cursor;
  if ((range.take_mark('-') || range.took(Sense::or_to)) && range.is_day_number()) {
    const int first = found.digits.day;
    const bool tidy = take_day(range) && !range.took(Sense::clock);
    Cursor month = range;
    // "December 5 - 7 January" is another matter.
    month.take(Sense::of);
    found.ends_range = tidy && found.digits.day > first && take_month(month) == 0;
    if (found.ends_range)
      cursor = range;
    else
      found.digits.day = first;
  }
  found.digits.year = take_year(cursor);
  found.length = cursor.at() - at;
  return found;
}

DayOrder order_of_language(std::span<const ProseToken> tokens) {
  std::size_t english = 0, foreign = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != ProseToken::Kind::word) continue;
    english += date_word(tokens.subspan(at), Sense::english).length > 0;
    foreign += date_word(tokens.subspan(at), Sense::foreign).length > 0;
  }
  return foreign > english ? DayOrder::day_first : DayOrder::unknown;
}

}  // namespace

bool is_continued(std::span<const ProseToken> tokens, std::size_t at, char separator) {
  if (at == 0 || !tokens[at].joined) return false;
  const ProseToken& before = tokens[at - 1];
  if (before.kind != ProseToken::Kind::mark) return true;
  if (contains("+@=#:$&?%", before.text)) return true;
  const bool glued = at > 1 && before.joined && tokens[at - 2].kind != ProseToken::Kind::mark;
  return glued && (before.text[0] == separator || before.text == "/");
}

int take_month(Cursor& cursor) {
  const ProseToken* token = cursor.token();
  if (!token || (token->text == "may" && !token->capital)) return 0;
  const DateWord word = cursor.take(Sense::month);
  return word.length > 0 ? word.value : 0;
}

int take_year(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take_mark(',') && !ahead.take_mark('-') && !ahead.take_mark('/')) ahead.take(Sense::of);
  if (!ahead.is_number(0, 4, 4) || ahead.value() < 1990 || ahead.value() > 2100) return 0;
  const int year = ahead.value();
  ahead.skip();
  cursor = ahead;
  return year;
}

void take_ordinal(Cursor& cursor) {
  if (cursor.is_mark('~') && cursor.is_joined()) {
    cursor.skip();  // "1°"
    return;
  }
  if (cursor.is_joined()) cursor.take(Sense::ordinal);
}

std::optional<WrittenDay> written_day(std::span<const ProseToken> tokens, std::size_t at, DayOrder order) {
  if (tokens[at].kind == ProseToken::Kind::word) return month_and_day(tokens, at);
  if (auto found = year_first(tokens, at)) return found;
  if (auto found = day_and_month(tokens, at)) return found;
  return two_numbers(tokens, at, order);
}

DayOrder day_order(std::span<const ProseToken> tokens) {
  bool day_first = false, month_first = false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != ProseToken::Kind::number) continue;
    const auto written = two_numbers(tokens, at, DayOrder::unknown);
    if (!written || written->length < 3 || tokens[at + 1].text == ".") continue;
    day_first = day_first || tokens[at].value > 12;
    month_first = month_first || tokens[at + 2].value > 12;
  }
  if (day_first != month_first) return day_first ? DayOrder::day_first : DayOrder::month_first;
  return day_first ? DayOrder::unknown : order_of_language(tokens);
}

std::size_t lone_day(std::span<const ProseToken> tokens, std::size_t at) {
  Cursor cursor(tokens, at);
  if (!cursor.is_day_number() || is_continued(tokens, at, '.')) return 0;
  cursor.skip();
  take_ordinal(cursor);
  if (cursor.is_mark('.') && cursor.is_joined()) cursor.skip();
  return cursor.at() - at;
}

}  // namespace oin
