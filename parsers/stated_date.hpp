/// stated_date.hpp: the day on which somebody is back, or by which something is promised.
///
/// For the newly written text of a mail (reply_text.hpp) and the local day on which it was written.  Rather
/// nothing than a wrong day: a question, a condition, an order of day and month that nothing tells, a day in
/// the past or more than 366 days ahead is none.  Without a year the next such day is meant, the day of
/// writing included, unless it is more than 300 days ahead: that one has just passed.
/// Words: stated_date_words.hpp.  Never throws; linear.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace oin {

/// The first day somebody is back: the day after "until 5 January", the day itself of "back on 5 January".
/// A Saturday stays one, the desk's calendar knows better.  What tells the return goes before what tells an
/// end, a later day before an earlier one.  "In two weeks" is none: an automatic reply tells such things from
/// the day on which it was set up.
std::optional<std::chrono::year_month_day> return_date(std::string_view text,
                                                       std::chrono::year_month_day written_on);

/// The day by which it will be done.  "Next week" is its Friday.  Two days equally promised are none.
std::optional<std::chrono::year_month_day> promised_date(std::string_view text,
                                                         std::chrono::year_month_day written_on);

}  // namespace oin
