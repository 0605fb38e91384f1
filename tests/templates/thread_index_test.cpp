/// Outlook's conversation index, octet by octet.
#include "templates/thread_index.hpp"

#include <gtest/gtest.h>

#include "parsers/mail.hpp"
#include "parsers/transfer_encoding.hpp"
#include "templates/header_field.hpp"
#include "templates/message.hpp"

namespace oin {
namespace {

const Instant begun = *parse_rfc3339("2026-11-23T10:00:00Z");

std::string octets(const std::string& index) { return decode_base64(index).bytes; }

TEST(ThreadIndex, BeginsWithTheTimeAndTheConversation) {
  const std::string index = octets(thread_index(begun, "reviews.example.com/1"));
  ASSERT_EQ(index.size(), 22u);
  EXPECT_EQ(index[0], 1);
  std::uint64_t time = 0;
  for (int i = 0; i < 6; ++i)
    time = time << 8 | static_cast<unsigned char>(index[static_cast<std::size_t>(i)]);
  const auto seconds = static_cast<std::int64_t>((time << 16) / 10'000'000) - 11'644'473'600;
  EXPECT_NEAR(static_cast<double>(seconds), static_cast<double>(begun.time_since_epoch().count()), 1);
  EXPECT_EQ(thread_index(begun, "a"), thread_index(begun, "a"));
  EXPECT_NE(octets(thread_index(begun, "a")).substr(6), octets(thread_index(begun, "b")).substr(6));
}

TEST(ThreadIndex, GrowsByFiveOctetsAnAnswerAndKeepsWhatWasThere) {
  const std::string parent = thread_index(begun, "a");
  const auto child = child_thread_index(parent, begun + std::chrono::hours(24), 3);
  ASSERT_TRUE(child);
  const std::string index = octets(*child);
  ASSERT_EQ(index.size(), 27u);
  EXPECT_EQ(index.substr(0, 22), octets(parent));
  std::uint64_t delta = 0;
  for (std::size_t i = 22; i < 26; ++i) delta = delta << 8 | static_cast<unsigned char>(index[i]);
  EXPECT_EQ(delta >> 31, 0u);
  EXPECT_NEAR(static_cast<double>((delta << 18) / 10'000'000), 86'400.0, 1.0);
  EXPECT_EQ(static_cast<unsigned char>(index[26]) >> 4, 3);
  // After 1.7 years in coarser steps.
  const std::string late = octets(*child_thread_index(parent, begun + std::chrono::days(3 * 365), 0));
  EXPECT_EQ(static_cast<unsigned char>(late[22]) >> 7, 1);
}

TEST(ThreadIndex, GoesOnWithNothingThatIsNone) {
  for (const std::string bad : {"", "x", "AAAA", "not base64 at all, and long enough to be one ..."})
    EXPECT_FALSE(child_thread_index(bad, begun, 0)) << bad;
  std::string index = thread_index(begun, "a");
  int answers = 0;
  while (const auto next = child_thread_index(index, begun, 1)) index = *next, ++answers;
  EXPECT_EQ(answers, 60);
  EXPECT_LT(index.size(), 900u);
}

TEST(ThreadTopic, IsTheSubjectWithoutWhatAnsweringAdds) {
  EXPECT_EQ(thread_topic("Re: AW: Fwd:  Acme: a CRM"), "Acme: a CRM");
  EXPECT_EQ(thread_topic("SAML: broken"), "SAML: broken");
  EXPECT_EQ(thread_topic(""), "");
}

TEST(Parameter, IsQuotedOrEncodedAsTheValueNeeds) {
  EXPECT_EQ(parameter("filename", "form.txt"), "filename=\"form.txt\"");
  for (const std::string& name : {std::string("Pr\xC3\xBC"
                                              "fung \"1\".txt"),
                                  std::string(200, 'a'), std::string("a;b=c\".txt")}) {
    MessageHeader header;
    header.from = {"", "oin@example.com"};
    header.message_id = "t@example.com";
    const AttachedText file{name, "text/plain", "x"};
    const std::string message = compose(header, {"s", "t", ""}, {&file, 1});
    const Mail mail = parse_mail(message);
    ASSERT_EQ(mail.attachments.size(), 1u) << message;
    EXPECT_EQ(mail.attachments[0].filename, name) << message;
    for (std::size_t at = 0, end = 0; (end = message.find("\r\n", at)) != std::string::npos; at = end + 2)
      EXPECT_LE(end - at, 78u);
  }
}

}  // namespace
}  // namespace oin
