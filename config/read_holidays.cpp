#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/read_workflow.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;
using Holiday = CalendarSettings::Holiday;
using When = decltype(Holiday::when);

constexpr std::array ordinals{"1st"sv, "2nd"sv, "3rd"sv, "4th"sv};
constexpr std::array weekdays{"sunday"sv,   "monday"sv, "tuesday"sv, "wednesday"sv,
                              "thursday"sv, "friday"sv, "saturday"sv};
constexpr std::array months{"january"sv,   "february"sv, "march"sv,    "april"sv,
                            "may"sv,       "june"sv,     "july"sv,     "august"sv,
                            "september"sv, "october"sv,  "november"sv, "december"sv};

/// Where the word stands in the list; the list's size when it does not.
template <class List>
unsigned place_in(const List& list, std::string_view word) {
  return static_cast<unsigned>(std::ranges::find(list, word) - list.begin());
}

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

/// "12-25", in any year that has such a day.
std::optional<When> day_of_every_year(std::string_view text) {
  const auto digit = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? static_cast<unsigned>(text[at] - '0') : 100;
  };
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const std::chrono::month_day day{std::chrono::month(digit(0) * 10 + digit(1)),
                                   std::chrono::day(digit(3) * 10 + digit(4))};
  return day.ok() ? std::optional<When>(day) : std::nullopt;
}

/// "4th thursday of november".  A fifth one is not in every year; who means the end of the month says "last".
std::optional<When> weekday_of_month(std::string_view text) {
  const std::string_view which = next_word(text);
  const unsigned weekday = place_in(weekdays, next_word(text));
  const bool of = next_word(text) == "of";
  const unsigned month = place_in(months, next_word(text));
  const unsigned index = place_in(ordinals, which);
  if (!of || weekday == weekdays.size() || month == months.size() || !next_word(text).empty())
    return std::nullopt;
  const std::chrono::weekday day(weekday);
  if (which == "last") return std::chrono::month(month + 1) / day[std::chrono::last];
  if (index == ordinals.size()) return std::nullopt;
  return std::chrono::month(month + 1) / day[index + 1];
}

void read_when(TomlTable& table, When& when) {
  int told = 0;
  for (const std::string_view key : {"date", "yearly", "weekday", "easter"}) told += table.has(key) ? 1 : 0;
  if (told != 1)
    table.problem("", fmt::format(R"({}; a holiday has exactly one of "date", "yearly", "weekday", "easter")",
                                  told == 0 ? "does not say when it is" : "says in two ways when it is"));

  if (const auto date = table.date("date")) when = *date;
  const auto take = [&](std::string_view key, auto read, std::string_view allowed) {
    const bool there = table.has(key);
    const std::string text = table.text(key);
    if (!there) return;
    if (const std::optional<When> found = read(text))
      when = *found;
    else
      table.found_but_allowed(key, in_quotes(text), allowed);
  };
  take("yearly", day_of_every_year, R"(month and day such as "12-25")");
  take("weekday", weekday_of_month,
       R"(such as "4th thursday of november" or "last monday of may", with 1st, 2nd, 3rd, 4th or last)");
  // Wide enough for every feast that hangs on Easter, and always within Easter's own year.
  const auto days = table.integer("easter", 0, -80, 200);
  if (table.has("easter")) when = CalendarSettings::DaysFromEaster{static_cast<int>(days)};
}

}  // namespace

std::vector<Holiday> read_holidays(std::vector<TomlTable> tables) {
  std::vector<Holiday> holidays;
  for (TomlTable& table : tables) {
    Holiday holiday;
    holiday.name = table.required_text("name");
    read_when(table, holiday.when);
    const std::string text = table.text("hours");
    if (auto hours = read_hours(text))
      holiday.hours = *std::move(hours);
    else
      table.found_but_allowed("hours", in_quotes(text), R"(hours such as "09:00-12:00", or "" for no work)");
    table.refuse_unknown_keys();
    holidays.push_back(std::move(holiday));
  }
  return holidays;
}

}  // namespace oin
