#include "parsers/date.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

struct DateCase {
  std::string name, field, instant;
};

class Date : public testing::TestWithParam<DateCase> {};
TEST_P(Date, IsReadInUtc) {
  const auto date = parse_date(GetParam().field);
  EXPECT_EQ(date ? to_rfc3339(*date) : "none", GetParam().instant);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc5322, Date,
    testing::Values(
        DateCase{"Usual", "Mon, 23 Nov 2026 10:00:00 +0000", "2026-11-23T10:00:00Z"},
        DateCase{"East", "Mon, 23 Nov 2026 10:00:00 +0530", "2026-11-23T04:30:00Z"},
        DateCase{"West", "23 Nov 2026 22:00 -0800", "2026-11-24T06:00:00Z"},
        DateCase{"Comment", "Mon, 23 Nov 2026 10:00:00 +0100 (CET (winter))", "2026-11-23T09:00:00Z"},
        DateCase{"TwoDigitYear", "23 Nov 26 10:00:00 GMT", "2026-11-23T10:00:00Z"},
        DateCase{"OldTwoDigitYear", "23 Nov 97 10:00:00 GMT", "1997-11-23T10:00:00Z"},
        DateCase{"ThreeDigitYear", "23 Nov 126 10:00:00 GMT", "2026-11-23T10:00:00Z"},
        DateCase{"NamedZone", "23 Nov 2026 10:00:00 PST", "2026-11-23T18:00:00Z"},
        DateCase{"JapaneseZone", "23 Nov 2026 10:00:00 JST", "2026-11-23T01:00:00Z"},
        DateCase{"UnknownZone", "23 Nov 2026 10:00:00 XYZ", "2026-11-23T10:00:00Z"},
        DateCase{"NoZone", "23 Nov 2026 10:00:00", "2026-11-23T10:00:00Z"},
        DateCase{"Asctime", "Mon Nov 23 10:00:00 2026", "2026-11-23T10:00:00Z"},
        DateCase{"Rfc850", "Monday, 23-Nov-26 10:00:00 GMT", "2026-11-23T10:00:00Z"},
        DateCase{"ColonInZone", "Mon, 23 Nov 2026 10:00:00 +01:00", "2026-11-23T09:00:00Z"},
        DateCase{"GmtAndOffset", "Mon, 23 Nov 2026 10:00:00 GMT+0100", "2026-11-23T10:00:00Z"},
        DateCase{"ObsoleteBlanks", "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z"},
        DateCase{"LeapSecond", "31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z"},
        DateCase{"Rfc3339", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
        DateCase{"FullMonth", "23 November 2026 10:00:00 +0000", "2026-11-23T10:00:00Z"},
        DateCase{"Empty", "", "none"}, DateCase{"Words", "yesterday", "none"},
        DateCase{"NoSuchDay", "30 Feb 2026 10:00:00 +0000", "none"},
        DateCase{"NoSuchHour", "23 Nov 2026 25:00:00 +0000", "none"},
        DateCase{"NoSuchZone", "23 Nov 2026 10:00:00 +99999", "none"},
        DateCase{"Year0", "23 Nov 0000 10:00:00 +0000", "none"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace oin
