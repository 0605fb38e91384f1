#include "daemon/smtp/reply_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/smtp/wire.hpp"

namespace oin::smtp {
namespace {

using testing::HasSubstr;

std::vector<Reply> replies(std::string_view bytes, std::size_t chunk = std::string_view::npos) {
  ReplyParser parser;
  std::vector<Reply> all;
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, chunk);
    bytes.remove_prefix(part.size());
    while (!part.empty()) {
      auto reply = parser.next(part);
      if (!reply) {
        ADD_FAILURE() << reply.error().what;
        return all;
      }
      if (reply.value()) all.push_back(std::move(*reply.value()));
    }
  }
  return all;
}

struct ReplyCase {
  std::string name, bytes;
  int code;
  std::string enhanced_status, text;
};
class SmtpReply : public testing::TestWithParam<ReplyCase> {};
TEST_P(SmtpReply, IsReadWhereverItIsCut) {
  for (std::size_t chunk = 1; chunk <= GetParam().bytes.size(); ++chunk) {
    const auto all = replies(GetParam().bytes, chunk);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].code, GetParam().code);
    EXPECT_EQ(all[0].enhanced_status, GetParam().enhanced_status);
    EXPECT_EQ(all[0].text(), GetParam().text);
  }
}
INSTANTIATE_TEST_SUITE_P(
    Servers, SmtpReply,
    testing::Values(ReplyCase{"Postfix", "250 2.0.0 Ok: queued as 4F1\r\n", 250, "2.0.0",
                              "Ok: queued as 4F1"},
                    ReplyCase{"TwoLines", "550-5.7.1 no\r\n550 5.7.1 thanks\r\n", 550, "5.7.1", "no thanks"},
                    ReplyCase{"NoStatus", "451 4 tries left\r\n", 451, "", "4 tries left"},
                    ReplyCase{"Version", "220 2.11.1020 is no status\r\n", 220, "", "2.11.1020 is no status"},
                    ReplyCase{"OnlyCode", "354\r\n", 354, "", ""},
                    ReplyCase{"BareLf", "250 ok\n", 250, "", "ok"},
                    ReplyCase{"OnlyStatus", "250 2.1.0\r\n", 250, "2.1.0", ""}),
    [](const auto& test) { return test.param.name; });

TEST(SmtpReply, ComesOneAfterTheOther) {
  const auto all = replies("250 2.1.0 sender ok\r\n550 5.1.1 no such user\r\n354 go\r\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].whole(), "550 5.1.1 no such user");
  EXPECT_TRUE(all[1].permanent());
}

TEST(SmtpReply, IsRefusedWhenItIsNone) {
  for (const std::string bad :
       {"hello\r\n", "25\r\n", "100 continue\r\n", "650 x\r\n", "250x\r\n", "250-a\r\n251 b\r\n", "\r\n"}) {
    ReplyParser parser;
    std::string_view bytes = bad;
    const auto reply = parser.next(bytes);
    ASSERT_FALSE(reply) << bad;
    EXPECT_EQ(reply.error().fault, Fault::transient);
    std::string_view good = "250 ok\r\n";
    EXPECT_FALSE(parser.next(good)) << "once broken, always broken";
  }
}

TEST(SmtpReply, KeepsItsLimits) {
  ReplyParser parser(ReplyLimits{.line = 20, .lines = 2});
  std::string_view line = "250 0123456789012345678901\r\n";
  EXPECT_THAT(parser.next(line).error().what, HasSubstr("more than 20 bytes"));
  ReplyParser other(ReplyLimits{.line = 20, .lines = 2});
  std::string_view lines = "250-a\r\n250-b\r\n250-c\r\n";
  EXPECT_THAT(other.next(lines).error().what, HasSubstr("more than 2 lines"));
}

struct WireCase {
  std::string name, message, wire;
};
class ToWire : public testing::TestWithParam<WireCase> {};
TEST_P(ToWire, NormalisesLineEndsAndDoublesDots) { EXPECT_EQ(to_wire(GetParam().message), GetParam().wire); }
INSTANTIATE_TEST_SUITE_P(Messages, ToWire,
                         testing::Values(WireCase{"Plain", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"},
                                         WireCase{"Lf", "a\n\nb\n", "a\r\n\r\nb\r\n"},
                                         WireCase{"NoEnd", "a", "a\r\n"}, WireCase{"Empty", "", ""},
                                         WireCase{"Dots", ".\n..\na.b\n.", "..\r\n...\r\na.b\r\n..\r\n"},
                                         // SMTP smuggling: what some servers take for the end of the message.
                                         WireCase{"LfDotLf", "a\n.\nMAIL FROM:<x>\n",
                                                  "a\r\n..\r\nMAIL FROM:<x>\r\n"},
                                         WireCase{"LfDotCrLf", "a\n.\r\nb", "a\r\n..\r\nb\r\n"},
                                         WireCase{"CrDotCr", "a\r.\rb", "a\r\n..\r\nb\r\n"},
                                         WireCase{"CrCrLf", "a\r\r\nb\r\n", "a\r\n\r\nb\r\n"}),
                         [](const auto& test) { return test.param.name; });

TEST(SafePath, RefusesWhatCouldEndACommand) {
  EXPECT_TRUE(is_safe_path("oin+t123.x_y@example.com"));
  EXPECT_TRUE(is_safe_path("gr\xC3\xBC\xC3\x9F@example.com"));
  for (const std::string& bad :
       {std::string("a\r\nRCPT TO:<b>"), std::string("a\0b", 3), std::string("<a>"), std::string("a b"),
        std::string("a>"), std::string("a\n"), std::string("a\t"), std::string("a\x7F")})
    EXPECT_FALSE(is_safe_path(bad));
}

}  // namespace
}  // namespace oin::smtp
