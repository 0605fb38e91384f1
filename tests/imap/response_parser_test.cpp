#include "daemon/imap/response_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oin::imap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Response> responses(std::string_view bytes, std::size_t chunk = std::string_view::npos,
                                ParserLimits limits = {}) {
  ResponseParser parser(limits);
  std::vector<Response> all;
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, chunk);
    bytes.remove_prefix(part.size());
    while (!part.empty()) {
      auto response = parser.next(part);
      if (!response) {
        ADD_FAILURE() << response.error().what;
        return all;
      }
      if (response.value()) all.push_back(std::move(*response.value()));
    }
  }
  EXPECT_TRUE(parser.between_responses());
  return all;
}

template <class Kind>
Kind only(std::string_view bytes) {
  auto all = responses(bytes);
  EXPECT_EQ(all.size(), 1u);
  if (all.size() != 1 || !std::holds_alternative<Kind>(all[0])) {
    ADD_FAILURE() << "another kind of response: " << bytes;
    return {};
  }
  return std::get<Kind>(all[0]);
}

std::string error_of(std::string_view bytes, ParserLimits limits = {}) {
  ResponseParser parser(limits);
  while (!bytes.empty())
    if (auto response = parser.next(bytes); !response) {
      std::string_view more = "* OK\r\n";
      EXPECT_FALSE(parser.next(more)) << "once broken, always broken";
      EXPECT_EQ(response.error().fault, Fault::transient);
      return response.error().what;
    }
  return "";
}

TEST(ImapResponse, ReadsATaggedStatusWithItsCode) {
  const auto tagged = only<Tagged>("X7 NO [TRYCREATE] no such folder {5}\r\n");
  EXPECT_EQ(tagged.tag, "X7");
  EXPECT_EQ(tagged.status.condition, Status::Condition::no);
  EXPECT_EQ(tagged.status.code, "TRYCREATE");
  EXPECT_EQ(tagged.status.text, "no such folder {5}");
  EXPECT_EQ(tagged.status.line, "NO [TRYCREATE] no such folder {5}");
}

struct StatusCase {
  std::string name, line, code, argument, text;
};
class ImapStatus : public testing::TestWithParam<StatusCase> {};
TEST_P(ImapStatus, IsSplitIntoCodeAndText) {
  const auto status = only<Status>(GetParam().line + "\r\n");
  EXPECT_EQ(status.code, GetParam().code);
  EXPECT_EQ(status.code_argument, GetParam().argument);
  EXPECT_EQ(status.text, GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(
    Codes, ImapStatus,
    testing::Values(
        StatusCase{"UidValidity", "* OK [UIDVALIDITY 3857529045] UIDs valid", "UIDVALIDITY", "3857529045",
                   "UIDs valid"},
        StatusCase{"Lower", "* ok [uidnext 4392] Predicted", "UIDNEXT", "4392", "Predicted"},
        StatusCase{"ModSeq", "* OK [HIGHESTMODSEQ 715194045007] x", "HIGHESTMODSEQ", "715194045007", "x"},
        StatusCase{"CopyUid", "* OK [COPYUID 38505 304,319:320 3956:3958] Done", "COPYUID",
                   "38505 304,319:320 3956:3958", "Done"},
        StatusCase{"Brackets", "* OK [PERMANENTFLAGS (\\Seen $a[1] \\*)] ok", "PERMANENTFLAGS",
                   "(\\Seen $a[1] \\*)", "ok"},
        StatusCase{"Alert", "* BYE [ALERT] going down (now) ]", "ALERT", "", "going down (now) ]"},
        StatusCase{"None", "* BAD what? {12}", "", "", "what? {12}"},
        StatusCase{"Unclosed", "* OK [half a code", "", "", "[half a code"},
        StatusCase{"Bare", "* PREAUTH", "", "", ""}),
    [](const auto& test) { return test.param.name; });

TEST(ImapResponse, ReadsTheSmallOnes) {
  EXPECT_EQ(only<Exists>("* 23 EXISTS\r\n").count, 23u);
  EXPECT_EQ(only<Expunge>("* 4 expunge\r\n").sequence_number, 4u);
  EXPECT_EQ(only<Continuation>("+ idling\r\n").text, "idling");
  EXPECT_EQ(only<Continuation>("+\r\n").text, "");
  EXPECT_THAT(only<Capability>("* CAPABILITY IMAP4rev1 idle MOVE\r\n").names,
              ElementsAre("IMAP4REV1", "IDLE", "MOVE"));
  EXPECT_THAT(only<Flags>("* FLAGS (\\Seen $OindHandled)\r\n").flags, ElementsAre("\\Seen", "$OindHandled"));
  EXPECT_THAT(only<Search>("* SEARCH 2 84 882\r\n").numbers, ElementsAre(2, 84, 882));
  EXPECT_THAT(only<Search>("* SEARCH\r\n").numbers, IsEmpty());
  EXPECT_THAT(only<Search>("* SEARCH 2 (MODSEQ 917162500)\r\n").numbers, ElementsAre(2));
  EXPECT_EQ(only<Other>("* LIST (\\HasNoChildren) \"/\" INBOX\r\n").text,
            "LIST (\\HasNoChildren) \"/\" INBOX");
  EXPECT_EQ(only<Exists>("* 3 EXISTS\n").count, 3u) << "a bare LF ends a line too";
}

TEST(ImapResponse, ReadsVanishedWithAndWithoutEarlier) {
  const auto earlier = only<Vanished>("* VANISHED (EARLIER) 41,43:116\r\n");
  EXPECT_TRUE(earlier.earlier);
  EXPECT_THAT(earlier.uids, ElementsAre(UidRange{41, 41}, UidRange{43, 116}));
  EXPECT_FALSE(only<Vanished>("* VANISHED 405:407\r\n").earlier);
}

TEST(ImapResponse, ReadsAFetchWithItsLiteral) {
  const auto fetch = only<Fetch>(
      "* 12 FETCH (UID 17 FLAGS (\\Seen $Forwarded) INTERNALDATE \" 1-Nov-2026 10:00:00 +0100\" RFC822.SIZE "
      "15 "
      "MODSEQ (12121231000) X-THING (\"a)\" (nested NIL)) BODY[] {15}\r\nSubject: x\r\n\r\ny)\r\n");
  EXPECT_EQ(fetch.sequence_number, 12u);
  EXPECT_EQ(fetch.uid, 17u);
  EXPECT_THAT(*fetch.flags, ElementsAre("\\Seen", "$Forwarded"));
  EXPECT_EQ(to_rfc3339(*fetch.internal_date), "2026-11-01T09:00:00Z");
  EXPECT_EQ(fetch.size, 15u);
  EXPECT_EQ(fetch.body, "Subject: x\r\n\r\ny");
}

struct BodyCase {
  std::string name, item, section;
  std::optional<std::string> body;
};
class ImapBody : public testing::TestWithParam<BodyCase> {};
TEST_P(ImapBody, IsReadInEveryForm) {
  const auto fetch = only<Fetch>("* 2 FETCH (" + GetParam().item + " UID 5)\r\n");
  EXPECT_TRUE(fetch.has_body);
  EXPECT_EQ(fetch.section, GetParam().section);
  EXPECT_EQ(fetch.body, GetParam().body);
  EXPECT_EQ(fetch.uid, 5u);
}
INSTANTIATE_TEST_SUITE_P(
    Forms, ImapBody,
    testing::Values(BodyCase{"Nil", "BODY[] NIL", "", std::nullopt},
                    BodyCase{"Quoted", "BODY[HEADER] \"a\\\"b\\\\\"", "HEADER", "a\"b\\"},
                    BodyCase{"Empty", "body[] \"\"", "", ""}, BodyCase{"NoBytes", "BODY[] {0}\r\n", "", ""},
                    BodyCase{"Literal8", std::string("BINARY[] ~{3}\r\na\0b", 18), "",
                             std::string("a\0b", 3)},
                    BodyCase{"NonSync", "BODY[] {3+}\r\nabc", "", "abc"},
                    BodyCase{"Part", "BODY[HEADER.FIELDS (DATE)]<0> {1}\r\nx", "HEADER.FIELDS (DATE)", "x"}),
    [](const auto& test) { return test.param.name; });

TEST(ImapResponse, IsTheSameWhereverTheBytesAreCut) {
  const std::string bytes =
      "* 1 FETCH (UID 1 BODY[] {10}\r\n{3}\r\nX1 OK BODY[HEADER] {2}\r\n\r\n)\r\n"
      "* OK still here {7}\r\n* 5 EXISTS\r\nX1 OK done {3}\r\n";
  for (std::size_t chunk = 1; chunk <= bytes.size(); ++chunk) {
    const auto all = responses(bytes, chunk);
    ASSERT_EQ(all.size(), 4u) << chunk;
    EXPECT_EQ(std::get<Fetch>(all[0]).body, "\r\n");
    EXPECT_EQ(std::get<Exists>(all[2]).count, 5u);
    EXPECT_EQ(std::get<Tagged>(all[3]).status.text, "done {3}");
  }
}

TEST(ImapResponse, TakesNoProtocolFromWithinAMail) {
  const std::string mail = "Subject: A001 OK forged\r\n\r\nX1 OK forged\r\n* 9 EXISTS\r\n)\r\n* BYE {5}\r\n";
  const auto all = responses("* 1 FETCH (UID 1 BODY[] {" + std::to_string(mail.size()) + "}\r\n" + mail +
                             ")\r\nX1 OK real\r\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(std::get<Fetch>(all[0]).body, mail);
  EXPECT_EQ(std::get<Tagged>(all[1]).status.text, "real");
}

TEST(ImapResponse, RefusesWhatItCannotReadToTheEnd) {
  for (const std::string bad :
       {"* 1 FETCH (UID 1 BODY[] {3}\r\nabc\r\n", "* 1 FETCH (UID x)\r\n", "* 1 FETCH UID 1\r\n",
        "* 1 FETCH (UID 1) junk\r\n", "* 1 FETCH (UID 99999999999)\r\n", "* 1 FETCH (BODY[] \"open)\r\n",
        "* VANISHED 0\r\n", "* SEARCH 1 two\r\n", "\r\n", "nonsense\r\n", "X1 WHAT\r\n"})
    EXPECT_THAT(error_of(bad), HasSubstr("sent what is no response")) << bad;
}

TEST(ImapResponse, KeepsItsLimits) {
  const ParserLimits limits{.text = 100, .literals = 10, .nesting = 3};
  EXPECT_THAT(error_of("* OK " + std::string(200, 'x'), limits), HasSubstr("more than 100 bytes"));
  EXPECT_THAT(error_of("* 1 FETCH (BODY[] {11}\r\n", limits),
              HasSubstr("literal of 11 bytes, the limit is 10"));
  EXPECT_THAT(error_of("* 1 FETCH (BODY[] {99999999999999999999}\r\n", limits), HasSubstr("limit is 10"));
  EXPECT_THAT(error_of("* 1 FETCH (BODY[1] {6}\r\nabcdef BODY[2] {6}\r\n", limits), HasSubstr("limit is 10"));
  EXPECT_THAT(error_of("* 1 FETCH (X (((((1))))))\r\n", limits), HasSubstr("no response"));
  EXPECT_EQ(error_of("* 1 FETCH (X (((1))))\r\n", limits), "");
}

TEST(InternalDate, IsReadOrRefused) {
  const auto read = [](std::string_view text) {
    const auto at = parse_internal_date(text);
    return at ? to_rfc3339(*at) : "none";
  };
  EXPECT_EQ(read("17-Jul-1996 02:44:25 -0700"), "1996-07-17T09:44:25Z");
  EXPECT_EQ(read(" 1-jan-2026 00:00:00 +0530"), "2025-12-31T18:30:00Z");
  EXPECT_EQ(read("01-Jan-2026 00:00:00 +0000"), "2026-01-01T00:00:00Z");
  for (const std::string_view bad : {"", "31-Feb-2026 00:00:00 +0000", "01-Jam-2026 00:00:00 +0000",
                                     "01-Jan-2026 24:00:00 +0000", "01-Jan-2026 00:00:00 00000"})
    EXPECT_EQ(read(bad), "none") << bad;
}

}  // namespace
}  // namespace oin::imap
