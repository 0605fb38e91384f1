#include "parsers/stated_day.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "parsers/date_cursor.hpp"
#include "parsers/stated_date_words.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using Cursor = DateCursor;
using Sense = DateSense;
using Kind = StatedDay::Kind;

constexpr days longest_ahead{366};
/// Without a year a day this far ahead is rather one that has just passed: "until 5 November" on the 11th.
constexpr days longest_ahead_without_year{300};

int weekday_of(sys_days day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

std::optional<sys_days> valid(int year, int month, int day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

class Days {
 public:
  Days(std::span<const ProseToken> tokens, std::size_t at, sys_days written_on, DayOrder order)
      : tokens_(tokens), at_(at), today_(written_on), order_(order) {}

  std::optional<StatedDay> read() const {
    if (tokens_[at_].kind != ProseToken::Kind::word && tokens_[at_].kind != ProseToken::Kind::number)
      return std::nullopt;
    if (auto found = weekday_with_date()) return found;
    if (const auto written = written_day(tokens_, at_, order_)) return calendar(*written, written->length, 0);
    if (auto found = close_of_day()) return found;
    if (auto found = near_day()) return found;
    if (auto found = duration()) return found;
    if (auto found = period()) return found;
    if (auto found = weekday()) return found;
    return day_of_month();
  }

 private:
  StatedDay made(Kind kind, const Cursor& end, sys_days first, sys_days last) const {
    StatedDay found{.length = end.at() - at_, .kind = kind, .first = first, .last = last};
    if (first < today_ || last > today_ + longest_ahead) found.kind = Kind::unknown;
    return found;
  }
  StatedDay made(Kind kind, const Cursor& end, sys_days day) const { return made(kind, end, day, day); }
  StatedDay nothing(const Cursor& end) const { return {.length = end.at() - at_}; }

  std::optional<sys_days> resolved(const DayDigits& digits) const {
    if (digits.month < 1 || digits.month > 12) return std::nullopt;
    if (digits.year != 0) return valid(digits.year, digits.month, digits.day);
    const int year = static_cast<int>(year_month_day(today_).year());
    for (const int each : {year, year + 1})
      if (const auto day = valid(each, digits.month, digits.day); day && *day >= today_)
        return *day - today_ > longest_ahead_without_year ? std::nullopt : day;
    return std::nullopt;
  }

  /// A weekday told with it decides between two orders, and must agree with what was written.
  StatedDay calendar(const WrittenDay& written, std::size_t length, int weekday) const {
    std::optional<sys_days> day = resolved(written.digits);
    if (written.either_order) {
      DayDigits swapped = written.digits;
      std::swap(swapped.day, swapped.month);
      const auto other = resolved(swapped);
      const bool fits = weekday != 0 && day && weekday_of(*day) == weekday;
      const bool other_fits = weekday != 0 && other && weekday_of(*other) == weekday;
      day = fits == other_fits ? std::nullopt : fits ? day : other;
    }
    if (day && weekday != 0 && weekday_of(*day) != weekday) day.reset();
    Cursor end(tokens_, at_ + length);
    StatedDay found = day ? made(Kind::calendar, end, *day) : nothing(end);
    found.bare_digits = written.bare_digits && weekday == 0;
    found.ends_range = written.ends_range;
    return found;
  }

  /// "Monday, 7 December", "Mo. 7.12.", "5 January (Tuesday)".
  std::optional<StatedDay> weekday_with_date() const {
    Cursor cursor(tokens_, at_);
    cursor.take(Sense::this_one);
    cursor.take(Sense::coming);
    cursor.take(Sense::next_one);
    DateWord named = cursor.take(Sense::weekday);
    if (named.length == 0) named = cursor.take(Sense::short_weekday);
    if (named.length > 0) {
      while (cursor.is_mark(',') || cursor.is_mark('.') || cursor.is_mark('(')) cursor.skip();
      while (cursor.token() && contains("the|den|dem|le|el|il|de|der|dia|am|on|op", cursor.token()->text) &&
             cursor.token()->kind == ProseToken::Kind::word)
        cursor.skip();
      if (!cursor.token()) return std::nullopt;
      const auto written = written_day(tokens_, cursor.at(), order_);
      if (!written) return weekday_with_number(cursor, named.value);
      cursor.skip(written->length);
      cursor.take_mark(')');
      return calendar(*written, cursor.at() - at_, named.value);
    }
    const auto written = written_day(tokens_, at_, order_);
    if (!written) return std::nullopt;
    Cursor behind(tokens_, at_ + written->length);
    const bool bracket = behind.take_mark('(');
    if (!bracket && !behind.take_mark(',')) return std::nullopt;
    named = behind.take(Sense::weekday);
    if (named.length == 0 && bracket) named = behind.take(Sense::short_weekday);
    if (named.length == 0) return std::nullopt;
    if (bracket) behind.take_mark(')');
    return calendar(*written, behind.at() - at_, named.value);
  }

  /// "Monday 7th": the next such day that is a Monday, should it be near.
  std::optional<StatedDay> weekday_with_number(Cursor cursor, int weekday) const {
    if (!cursor.is_day_number() || is_continued(tokens_, cursor.at(), '.')) return std::nullopt;
    const int number = cursor.value();
    cursor.skip();
    const std::size_t plain = cursor.at();
    take_ordinal(cursor);
    const bool is_ordinal = cursor.at() > plain;
    if (!is_ordinal && (cursor.is_joined() || cursor.took(Sense::clock))) return std::nullopt;
    for (const auto& day : days_of_month(number))
      if (weekday_of(day) == weekday) return made(Kind::calendar, cursor, day);
    return is_ordinal ? std::optional(nothing(cursor)) : std::nullopt;
  }

  /// The next days with this number.
  std::vector<sys_days> days_of_month(int number) const {
    std::vector<sys_days> found;
    const year_month_day now(today_);
    for (int ahead = 0; ahead < 3; ++ahead) {
      const auto month = now.year() / now.month() + std::chrono::months(ahead);
      const year_month_day day = month / std::chrono::day(static_cast<unsigned>(number));
      if (day.ok() && sys_days(day) >= today_) found.push_back(day);
    }
    return found;
  }

  /// "end of day", of today or of the day that follows.
  std::optional<StatedDay> close_of_day() const {
    Cursor cursor(tokens_, at_);
    if (!cursor.took(Sense::close)) return std::nullopt;
    Cursor ahead = cursor;
    ahead.take_mark(',');
    if (!ahead.took(Sense::on)) ahead.take(Sense::of);
    if (Cursor another = ahead; ahead.token() && !another.took(Sense::close))
      if (auto day = Days(tokens_, ahead.at(), today_, order_).read()) {
        day->length += ahead.at() - at_;
        return day;
      }
    return made(Kind::near, cursor, today_);
  }

  std::optional<StatedDay> near_day() const {
    Cursor cursor(tokens_, at_);
    const DateWord word = cursor.take(Sense::near);
    if (word.length == 0) return std::nullopt;
    // "Guten Morgen", "am Morgen", "por la mañana".
    if (at_ > 0 && word.value == 1 &&
        contains("|guten|am|heute|jeden|schonen|goede|goeden|la|esta|every|de|der|diesen|s|",
                 "|" + tokens_[at_ - 1].text + "|"))
      return nothing(cursor);
    return made(Kind::near, cursor, today_ + days(word.value));
  }

  sys_days monday(int weeks_ahead) const {
    return today_ - days(weekday_of(today_) - 1) + days(7 * weeks_ahead);
  }

  /// The Friday of that week, or its Sunday when Friday has passed.
  sys_days end_of_week(int weeks_ahead) const {
    const sys_days friday = monday(weeks_ahead) + days(4);
    return friday < today_ ? friday + days(2) : friday;
  }

  sys_days end_of_month(year_month_day in, int months_ahead) const {
    const auto month = in.year() / in.month() + std::chrono::months(months_ahead);
    return month / std::chrono::last;
  }

  StatedDay of_unit(Sense unit, int ahead, bool end, const Cursor& cursor) const {
    if (unit == Sense::week) {
      const sys_days last = end_of_week(ahead);
      StatedDay found =
          made(end ? Kind::end : Kind::week, cursor, end ? last : std::max(monday(ahead), today_), last);
      found.of_a_week = true;
      return found;
    }
    if (unit == Sense::month_unit) {
      const sys_days last = end_of_month(today_, ahead);
      return made(end ? Kind::end : Kind::unknown, cursor, last);
    }
    const auto year = year_month_day(today_).year() + std::chrono::years(ahead);
    return made(end ? Kind::end : Kind::unknown, cursor, year / std::chrono::December / 31);
  }

  /// "next week", "end of the month", "Ende Januar", "Monatsende", "EOW".
  std::optional<StatedDay> period() const {
    Cursor cursor(tokens_, at_);
    const std::string_view word = tokens_[at_].text;
    if (cursor.took(Sense::weekend)) return nothing(cursor);
    for (const auto& [abbreviation, unit] : {std::pair{"eow", Sense::week},
                                             {"eom", Sense::month_unit},
                                             {"eoy", Sense::year},
                                             {"monatsende", Sense::month_unit},
                                             {"jahresende", Sense::year},
                                             {"maandeinde", Sense::month_unit}})
      if (word == abbreviation) {
        cursor.skip();
        return of_unit(unit, 0, true, cursor);
      }
    const bool end = cursor.took(Sense::end_of);
    const bool begin = !end && cursor.took(Sense::begin_of);
    const auto take_articles = [&] {
      while (cursor.token() && contains("|the|of|de|der|des|den|la|el|del|della|il|lo|do|da|van|le|du|this|",
                                        "|" + cursor.token()->text + "|"))
        cursor.skip();
    };
    const bool this_before = cursor.took(Sense::this_one);
    if (end || begin) take_articles();
    if (const int month = end || begin ? take_month(cursor) : 0; month != 0) {
      const int year = take_year(cursor);
      return end ? end_of_named(month, year, cursor) : nothing(cursor);
    }
    bool is_this = cursor.took(Sense::this_one) || this_before;
    bool is_next = cursor.took(Sense::next_one) || cursor.took(Sense::coming);
    const bool is_last = cursor.took(Sense::last_one);
    cursor.take(Sense::working);
    Sense unit = Sense::none;
    for (const Sense each : {Sense::week, Sense::month_unit, Sense::year})
      if (unit == Sense::none && cursor.took(each)) unit = each;
    if (unit == Sense::none) return std::nullopt;
    Cursor behind = cursor;
    if (behind.took(Sense::next_one)) {
      is_next = true;
      cursor = behind;
    } else if (behind.took(Sense::this_one)) {
      is_this = true;
      cursor = behind;
    } else if (behind.took(Sense::last_one)) {
      return nothing(behind);
    }
    if (is_last) return nothing(cursor);
    if (begin && unit != Sense::week) return nothing(cursor);
    if (!end && !is_this && !is_next) return std::nullopt;
    if (unit == Sense::week && !end)
      if (const auto found = weekday_in_week(cursor, is_next ? 1 : 0)) return found;
    return of_unit(unit, is_next ? 1 : 0, end, cursor);
  }

  /// "next week Friday", "nächste Woche am Freitag".
  std::optional<StatedDay> weekday_in_week(Cursor cursor, int weeks_ahead) const {
    cursor.take_mark(',');
    cursor.take(Sense::on);
    const DateWord named = cursor.take(Sense::weekday);
    if (named.length == 0) return std::nullopt;
    return made(Kind::weekday, cursor, monday(weeks_ahead) + days(named.value - 1));
  }

  StatedDay end_of_named(int month, int year, const Cursor& cursor) const {
    const year_month_day now(today_);
    const bool passed = static_cast<unsigned>(month) < static_cast<unsigned>(now.month());
    if (year == 0) year = static_cast<int>(now.year()) + (passed ? 1 : 0);
    const sys_days last = end_of_month(
        {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(1)}, 0);
    if (passed && last - today_ > longest_ahead_without_year) return nothing(cursor);
    return made(Kind::end, cursor, last);
  }

  /// "by Fri": alone only in English, and behind such a word.
  bool is_short_weekday(const Cursor& cursor) const {
    return cursor.at() > 0 && cursor.token() && cursor.token()->capital &&
           contains("|mon|tue|tues|wed|thu|thur|thurs|fri|", "|" + cursor.token()->text + "|") &&
           contains("|by|until|till|on|before|next|this|", "|" + tokens_[cursor.at() - 1].text + "|");
  }

  /// "Friday", "next Friday", "Freitag nächster Woche".
  std::optional<StatedDay> weekday() const {
    Cursor cursor(tokens_, at_);
    const bool is_last = cursor.took(Sense::last_one);
    const bool is_this = cursor.took(Sense::this_one);
    bool is_next = cursor.took(Sense::next_one);
    const bool is_coming = cursor.took(Sense::coming);
    DateWord named = cursor.take(Sense::weekday);
    if (named.length == 0 && is_short_weekday(cursor)) named = cursor.take(Sense::short_weekday);
    if (named.length == 0) return std::nullopt;
    const bool host_name = cursor.is_mark('.') && cursor.is_joined() && cursor.is_joined(1);
    if (is_last || host_name) return nothing(cursor);
    Cursor behind = cursor;
    behind.take(Sense::of);
    while (behind.token() && contains("|the|of|de|der|la|della|da|van|", "|" + behind.token()->text + "|"))
      behind.skip();
    const bool next_in_front = behind.took(Sense::next_one) || behind.took(Sense::coming);
    if (behind.took(Sense::week)) {
      const bool next_week = next_in_front || behind.took(Sense::next_one);
      if (next_week) return made(Kind::weekday, behind, monday(1) + days(named.value - 1));
    } else if (next_in_front) {
      is_next = true;  // "vendredi prochain"
      if (!cursor.took(Sense::next_one)) cursor.take(Sense::coming);
    } else if (Cursor passed = cursor; passed.took(Sense::last_one)) {
      return nothing(passed);
    }
    const int ahead = (named.value - weekday_of(today_) + 7) % 7;
    // "Next Friday" on a Monday: the one of this week or of the next?
    if (is_next && !is_coming && named.value > weekday_of(today_)) return nothing(cursor);
    StatedDay found = made(Kind::weekday, cursor, today_ + days(ahead == 0 ? 7 : ahead));
    found.names_today = ahead == 0 && !is_next && !is_this;
    return found;
  }

  /// How many, or 0; of "2 to 3" the larger.
  static int take_count(Cursor& cursor) {
    const auto take_one = [](Cursor& from) {
      if (from.is_number(0, 1, 3)) {
        const int value = from.value();
        from.skip();
        return value;
      }
      return from.take(Sense::number).value;
    };
    int count = take_one(cursor);
    if (count == 0) return 0;
    Cursor ahead = cursor;
    if (ahead.take_mark('-') || ahead.took(Sense::or_to))
      if (const int most = take_one(ahead); most > count) {
        count = most;
        cursor = ahead;
      }
    return count;
  }

  std::optional<sys_days> after(int count, Sense unit) const {
    switch (unit) {
      case Sense::hour:
        return today_ + days((count + 23) / 24);
      case Sense::day:
        return today_ + days(count);
      case Sense::week:
        return today_ + days(7 * count);
      case Sense::month_unit: {
        const year_month_day day = year_month_day(today_) + std::chrono::months(count);
        return day.ok() ? sys_days(day) : end_of_month(day, 0);
      }
      case Sense::business_day: {
        if (count > longest_ahead.count()) return std::nullopt;
        sys_days day = today_;
        for (int left = count; left > 0;)
          if (day += days(1); weekday_of(day) < 6) --left;
        return day;
      }
      default:
        return std::nullopt;
    }
  }

  /// "in two weeks", "two more weeks", "dans 10 jours", "sous 48h", "another week", "5 working days".
  std::optional<StatedDay> duration() const {
    Cursor cursor(tokens_, at_);
    const bool past = cursor.took(Sense::ago_before);
    bool ahead = !past && cursor.took(Sense::within);
    const auto is_count = [&] {
      Cursor counted = cursor;
      return take_count(counted) > 0;
    };
    const auto take_fillers = [&] {
      for (int i = 0; i < 3 && !is_count(); ++i)
        if (!cursor.took(Sense::next_one) && !cursor.took(Sense::filler)) break;
    };
    if (ahead || past) take_fillers();
    const bool told = cursor.took(Sense::last_one);
    const bool more_in_front = cursor.took(Sense::more);
    Cursor counted = cursor;
    int count = take_count(counted);
    if (count > 0)
      cursor = counted;
    else if (more_in_front)
      count = 1;  // "another week"
    else
      return std::nullopt;
    bool working = false, more = more_in_front;
    for (int i = 0; i < 3; ++i) {
      if (cursor.took(Sense::working))
        working = true;
      else if (cursor.took(Sense::more))
        more = true;
      else
        break;
    }
    Sense unit = Sense::none;
    for (const Sense each :
         {Sense::hour, Sense::day, Sense::business_day, Sense::week, Sense::month_unit, Sense::year})
      if (unit == Sense::none && cursor.took(each)) unit = each;
    if (unit == Sense::none) return std::nullopt;
    for (int i = 0; i < 2; ++i) {
      if (cursor.took(Sense::working))
        working = true;
      else if (cursor.took(Sense::more))
        more = true;
    }
    if (working && unit == Sense::day) unit = Sense::business_day;
    Cursor behind = cursor;
    if (past || told || (!ahead && behind.took(Sense::ago))) return nothing(past || told ? cursor : behind);
    const auto day = after(count, unit);
    if (!day) return nothing(cursor);
    StatedDay found = made(ahead || more ? Kind::shift : Kind::duration, cursor, *day);
    found.is_extension = more && !ahead;
    return found;
  }

  /// "the 5th", "bis zum 15.", "le 15": the next such day.
  std::optional<StatedDay> day_of_month() const {
    Cursor cursor(tokens_, at_);
    if (at_ == 0 || !cursor.is_day_number() || is_continued(tokens_, at_, '.')) return std::nullopt;
    const std::string before = "|" + tokens_[at_ - 1].text + "|";
    const int number = cursor.value();
    cursor.skip();
    Cursor ordinal = cursor;
    take_ordinal(ordinal);
    const bool has_ordinal = ordinal.at() > cursor.at();
    cursor = ordinal;
    const bool dotted = cursor.is_mark('.') && cursor.is_joined();
    const bool article = contains("|the|de|", before) && has_ordinal;
    const bool german = contains("|zum|dem|den|am|", before) && dotted;
    const bool romance = contains("|le|au|el|il|al|dia|jusquau|ao|", before);
    if (!article && !german && !romance) return std::nullopt;
    Cursor next = cursor;
    if (dotted) next.skip();
    // "the 5th attempt", "le 15 rue", "am 15. Tag": only at the end of what is said.
    const ProseToken* follows = next.token();
    const bool ends = !follows || follows->new_line || follows->kind == ProseToken::Kind::gap ||
                      (follows->kind == ProseToken::Kind::mark && contains("!,.)-", follows->text));
    // A German noun would have a capital.
    const bool goes_on_well =
        follows && follows->kind == ProseToken::Kind::word &&
        (german ? !follows->capital
                : contains("|and|et|y|e|en|at|but|latest|inclusive|", "|" + follows->text + "|"));
    if (!ends && !goes_on_well) return std::nullopt;
    const auto next_days = days_of_month(number);
    if (!next_days.empty()) return made(Kind::calendar, cursor, next_days.front());
    return std::nullopt;
  }

  std::span<const ProseToken> tokens_;
  std::size_t at_;
  sys_days today_;
  DayOrder order_;
};

}  // namespace

std::optional<StatedDay> stated_day(std::span<const ProseToken> tokens, std::size_t at, sys_days written_on,
                                    DayOrder order) {
  return Days(tokens, at, written_on, order).read();
}

}  // namespace oin
