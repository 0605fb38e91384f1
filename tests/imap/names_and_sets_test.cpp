#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/imap/mailbox_name.hpp"
#include "daemon/imap/response_parser.hpp"
#include "daemon/imap/uid_set.hpp"

namespace oin::imap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(UidSets, WritesNeighboursAsRanges) {
  EXPECT_THAT(uid_sets({3, 1, 2, 105, 7, 7}), ElementsAre("1:3,7,105"));
  EXPECT_THAT(uid_sets({4294967295u, 4294967294u}), ElementsAre("4294967294:4294967295"));
  EXPECT_THAT(uid_sets({0, 1}), ElementsAre("1"));
  EXPECT_THAT(uid_sets({}), IsEmpty());
}

TEST(UidSets, AreSplitWhereALineWouldGetTooLong) {
  EXPECT_THAT(uid_sets({1, 3, 5, 7}, 4), ElementsAre("1,3", "5,7"));
}

TEST(UidSets, AreReadBackAsTheSameUids) {
  std::vector<std::uint32_t> uids;
  for (std::uint32_t i = 1; i < 3000; i += 1 + i % 3) uids.push_back(i);
  std::vector<std::uint32_t> back;
  for (const auto& set : uid_sets(uids, 100)) {
    EXPECT_LE(set.size(), 100u);
    const auto ranges = parse_uid_set(set);
    ASSERT_TRUE(ranges) << set;
    for (const auto& range : *ranges)
      for (auto uid = range.first; uid <= range.last; ++uid) back.push_back(uid);
  }
  EXPECT_EQ(back, uids);
}

TEST(UidSet, IsRefusedWhenItIsNone) {
  for (const auto* bad : {"", "1,", ",1", "0", "1:*", "a", "1:2:3"}) EXPECT_FALSE(parse_uid_set(bad)) << bad;
}

struct NameCase {
  std::string name, utf8, sent;
};
class MailboxName : public testing::TestWithParam<NameCase> {};
TEST_P(MailboxName, IsQuotedModifiedUtf7) { EXPECT_EQ(quoted_mailbox(GetParam().utf8), GetParam().sent); }
INSTANTIATE_TEST_SUITE_P(
    Names, MailboxName,
    testing::Values(NameCase{"Plain", "INBOX", "\"INBOX\""}, NameCase{"Quotes", "a\"b\\c", "\"a\\\"b\\\\c\""},
                    NameCase{"Ampersand", "R&D", "\"R&-D\""},
                    NameCase{"Umlaut", "Entw\xC3\xBCrfe", "\"Entw&APw-rfe\""},
                    // The example of RFC 3501 5.1.3.
                    NameCase{"Rfc",
                             "~peter/mail/\xE5\x8F\xB0\xE5\x8C\x97/\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
                             "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""},
                    NameCase{"Emoji", "\xF0\x9F\x98\x80", "\"&2D3eAA-\""},
                    NameCase{"LineEnd", "a\r\nX9 LOGOUT", "\"a&AA0ACg-X9 LOGOUT\""},
                    NameCase{"NoUtf8", "\xFFz\xE5\x8F", "\"&,,0-z&,,3,,Q-\""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace oin::imap
