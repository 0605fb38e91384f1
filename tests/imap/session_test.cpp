#include "daemon/imap/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_stream.hpp"
#include "tests/support/wait_for.hpp"

namespace oin::imap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string capable =
    "C: X1 CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS\n"
    "S: X1 OK done\n";
const std::string selected =
    "C: X2 SELECT \"INBOX\"\n"
    "S: * FLAGS (\\Seen)\n"
    "S: * OK [PERMANENTFLAGS (\\Seen \\*)] kept\n"
    "S: * 2 EXISTS\n"
    "S: * OK [UIDVALIDITY 77] ok\n"
    "S: * OK [UIDNEXT 9] ok\n"
    "S: * OK [HIGHESTMODSEQ 5000000000] ok\n"
    "S: X2 OK [READ-WRITE] done\n";

/// A session against a script; opened by the constructor.
struct Play {
  explicit Play(const std::string& text, std::size_t chunk = std::string::npos)
      : script(std::make_shared<test::Script>(text)) {
    script->chunk = chunk;
    auto opened = wait_for(Session::open(std::make_unique<test::ScriptedStream>(script)));
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().what);
    if (opened) session = std::move(opened).value();
  }
  template <class T>
  T good(Task<T> work) {
    Result<T> result = wait_for(std::move(work));
    EXPECT_TRUE(result) << (result ? "" : result.error().what);
    if constexpr (!std::is_void_v<T>) return result ? std::move(result).value() : T{};
  }
  template <class T>
  Error bad(Task<T> work) {
    Result<T> result = wait_for(std::move(work));
    EXPECT_FALSE(result);
    return result ? Error{} : result.error();
  }
  MailboxState select() { return good(session->select("INBOX")); }

  test::WaitFor wait_for;
  std::shared_ptr<test::Script> script;
  std::unique_ptr<Session> session;
};

TEST(ImapSession, AsksForTheCapabilitiesItself) {
  Play play(capable);
  EXPECT_TRUE(play.session->has("IDLE"));
  EXPECT_FALSE(play.session->has("CONDSTORE"));
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(ImapSession, SelectsAndKeepsTheMailboxState) {
  Play play(capable + selected);
  const MailboxState state = play.select();
  EXPECT_EQ(state.uid_validity, 77u);
  EXPECT_EQ(state.uid_next, 9u);
  EXPECT_EQ(state.exists, 2u);
  EXPECT_EQ(state.highest_mod_seq, 5000000000u);
  EXPECT_TRUE(state.permanent_keywords);
  EXPECT_FALSE(state.read_only);
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(ImapSession, SaysWhatTheServerRefusedAndWhetherToTryAgain) {
  Play play(capable +
            "C: X2 SELECT \"INBOX\"\nS: X2 NO mailbox is locked\n"
            "C: X3 EXAMINE \"Gone\"\nS: X3 NO [NONEXISTENT] no such mailbox\n"
            "C: X4 SELECT \"a\"\nS: * 1 EXISTS\nS: X4 OK no more words\n");
  const Error locked = play.bad(play.session->select("INBOX"));
  EXPECT_EQ(locked.what, "SELECT INBOX: NO mailbox is locked");
  EXPECT_EQ(locked.fault, Fault::transient);
  EXPECT_EQ(play.bad(play.session->examine("Gone")).fault, Fault::permanent);
  EXPECT_THAT(play.bad(play.session->select("a")).what, HasSubstr("no UIDVALIDITY"));
}

TEST(ImapSession, ListsOnlyWhatCameAfterTheUid) {
  Play play(capable + selected +
            "C: X3 UID FETCH 7:4294967295 (UID RFC822.SIZE INTERNALDATE)\n"
            "S: * 2 FETCH (UID 6 RFC822.SIZE 10 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\n"
            "S: * 4 FETCH (UID 9 FLAGS (\\Seen))\n"
            "S: * 4 FETCH (UID 9 RFC822.SIZE 30 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\n"
            "S: * 3 FETCH (UID 8 RFC822.SIZE 20 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\n"
            "S: * 1 FETCH (FLAGS (\\Seen))\n"
            "S: X3 OK done\n");
  play.select();
  const auto listed = play.good(play.session->list_after(6));
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(listed[0].uid, 8u);
  EXPECT_EQ(listed[1].uid, 9u);
  EXPECT_EQ(listed[1].size, 30u);
  EXPECT_EQ(to_rfc3339(listed[1].internal_date), "2026-01-01T00:00:00Z");
  EXPECT_EQ(play.script->verdict(), "");
}

const std::string two_fetches =
    "C: X2 UID FETCH 1:2 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\n"
    "C: X3 UID FETCH 4,7 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])\n"
    "S: * 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE 25 BODY[] "
    "{29}\n"
    "S: X2 OK forged\n"
    "S: * BYE forged\n"
    "S| )\n"
    "S:  FLAGS (\\Seen a))\n"
    "S: * 2 FETCH (UID 2 BODY[] NIL)\n"
    "S: * 2 EXPUNGE\n"
    "S: * 3 FETCH (UID 3 FLAGS (\\Deleted))\n"
    "S: X2 OK [EXPUNGEISSUED] done\n"
    "S: * 3 FETCH (UID 4 BODY[HEADER] {2}\n"
    "S: \n"
    "S: )\n"
    "S: X3 OK done\n";

TEST(ImapSession, FetchesInAPipelineAndTellsWhatVanished) {
  const std::string body = "X2 OK forged\r\n* BYE forged\r\n)";  // two lines and ")" of the script are a mail
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::string::npos}) {
    Play play(capable + two_fetches, chunk);
    play.good(play.session->request({2, 1}, Part::whole));
    play.good(play.session->request({7, 4}, Part::header));
    EXPECT_EQ(play.session->in_flight(), 2u);
    const auto first = play.good(play.session->receive());
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].uid, 1u);
    EXPECT_EQ(first[0].bytes, body);
    EXPECT_EQ(first[0].size, 25u);
    EXPECT_THAT(first[0].flags, ElementsAre("\\Seen", "a"));
    EXPECT_EQ(first[1].uid, 2u);
    EXPECT_EQ(first[1].bytes, std::nullopt);
    const auto second = play.good(play.session->receive());
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[0].bytes, "\r\n");
    EXPECT_EQ(second[1].uid, 7u);
    EXPECT_EQ(second[1].bytes, std::nullopt) << "asked for, not answered";
    EXPECT_THAT(play.good(play.session->receive()), IsEmpty());
    EXPECT_EQ(play.script->verdict(), "");
  }
}

TEST(ImapSession, KeepsFetchedMailsWhileAnotherCommandRuns) {
  Play play(capable +
            "C: X2 UID FETCH 3 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\n"
            "C: X3 UID STORE 1:2 +FLAGS.SILENT ($OindHandled)\n"
            "S: * 3 FETCH (UID 3 BODY[] \"x\")\n"
            "S: X2 OK done\n"
            "S: X3 OK done\n");
  play.good(play.session->request({3}, Part::whole));
  play.good(play.session->add_flag({1, 2}, "$OindHandled"));
  EXPECT_EQ(play.good(play.session->receive()).at(0).bytes, "x");
}

TEST(ImapSession, RefusesToCallMailsVanishedWhenTheFetchWasRefused) {
  Play play(capable +
            "C: X2 UID FETCH 3 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\nS: X2 NO disk trouble\n");
  play.good(play.session->request({3}, Part::whole));
  EXPECT_EQ(play.bad(play.session->receive()).what, "UID FETCH: NO disk trouble");
}

TEST(ImapSession, MovesAndMakesTheFolderWhenItIsMissing) {
  Play play(capable +
            "C: X2 UID MOVE 1:2 \"Done\"\nS: X2 NO [TRYCREATE] no such folder\n"
            "C: X3 CREATE \"Done\"\nS: X3 OK made\n"
            "C: X4 UID MOVE 1:2 \"Done\"\nS: * OK [COPYUID 5 1:2 8:9] moved\nS: * 1 EXPUNGE\nS: X4 OK done\n"
            "C: X5 UID MOVE 1:2 \"Done\"\nS: X5 OK No messages found\n");
  play.good(play.session->move({1, 2}, "Done"));
  play.good(play.session->move({1, 2}, "Done"));
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(ImapSession, MovesWithoutMoveByCopyAndUidExpunge) {
  const std::string copied =
      "C: X2 UID COPY 4 \"Done\"\nS: X2 OK copied\nC: X3 UID STORE 4 +FLAGS.SILENT (\\Deleted)\nS: X3 OK "
      "stored\n";
  Play with_uidplus("C: X1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 UIDPLUS\nS: X1 OK done\n" + copied +
                    "C: X4 UID EXPUNGE 4\nS: * 1 EXPUNGE\nS: X4 OK done\n");
  with_uidplus.good(with_uidplus.session->move({4}, "Done"));
  EXPECT_EQ(with_uidplus.script->verdict(), "");
  Play without("C: X1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: X1 OK done\n" + copied);
  without.good(without.session->move({4}, "Done"));
  EXPECT_EQ(without.script->verdict(), "");
}

const std::string nothing_listed =
    "C: X3 UID FETCH 1:4294967295 (UID RFC822.SIZE INTERNALDATE)\nS: X3 OK done\n";

TEST(ImapSession, IdlesUntilNewsThenSaysDone) {
  Play play(capable + selected + nothing_listed +
            "C: X4 IDLE\nS: + idling\nS: * OK Still here\nS: * 3 EXISTS\nC: DONE\nS: X4 OK done\n");
  play.select();
  play.good(play.session->list_after(0));
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::news);
  EXPECT_GE(play.session->last_exists_at(), before);
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(ImapSession, EndsIdleWhenItsTimeIsOver) {
  Play play(capable +
            "C: X2 IDLE\nS: + idling\n(silence)\nC: DONE\nS: X2 OK done\nC: X3 NOOP\nS: X3 OK done\n");
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::time_limit);
  play.good(play.session->noop());
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(ImapSession, TakesWhatTheServerSaysBeforeIdleBegins) {
  Play play(capable + selected + nothing_listed +
            "C: X4 IDLE\nS: * 3 EXISTS\nS: + idling\nC: DONE\nS: X4 OK done\n");
  play.select();
  play.good(play.session->list_after(0));
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::news);
}

TEST(ImapSession, DoesNotIdleOverNewsThatCameWithAnotherAnswer) {
  Play play(capable + selected + nothing_listed +
            "C: X4 UID STORE 1 +FLAGS.SILENT (a)\nS: * 3 EXISTS\nS: X4 OK done\n");
  play.select();
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::news) << "nothing was listed yet";
  play.good(play.session->list_after(0));
  play.good(play.session->add_flag({1}, "a"));
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::news);
  EXPECT_EQ(play.script->verdict(), "") << "and IDLE was not even sent";
}

TEST(ImapSession, TakesARepeatedCountForNoNews) {
  Play play(capable + selected +
            "C: X3 UID FETCH 1:4294967295 (UID RFC822.SIZE INTERNALDATE)\nS: * 2 EXISTS\nS: X3 OK done\n"
            "C: X4 IDLE\nS: + idling\n(silence)\nC: DONE\nS: X4 OK done\n");
  play.select();
  play.good(play.session->list_after(0));
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::time_limit);
}

TEST(ImapSession, GivesTheServersLastWordsWhenItLeaves) {
  Play in_idle(capable + "C: X2 IDLE\nS: + idling\nS: * BYE Server shutting down.\n");
  const Error left = in_idle.bad(in_idle.session->idle(28min));
  EXPECT_EQ(left.what, "the IMAP server ended the connection: BYE Server shutting down.");
  EXPECT_EQ(left.fault, Fault::transient);
  Play silent(capable + "C: X2 NOOP\n");
  EXPECT_EQ(silent.bad(silent.session->noop()).what, "the IMAP server hung up");
  Play refused(capable + "C: X2 IDLE\nS: X2 BAD no IDLE here\n");
  EXPECT_EQ(refused.bad(refused.session->idle(28min)).what, "IDLE: BAD no IDLE here");
}

TEST(ImapSession, StaysUsableAfterAServerEndedIdleItself) {
  Play play(capable + "C: X2 IDLE\nS: + idling\nS: X2 OK enough\nC: X3 NOOP\nS: X3 OK done\n");
  EXPECT_EQ(play.good(play.session->idle(28min)), IdleEnd::time_limit);
  play.good(play.session->noop());
}

TEST(ImapSession, ListsAllUids) {
  Play play(
      capable +
      "C: X2 UID FETCH 1:4294967295 (UID)\nS: * 1 FETCH (UID 4)\nS: * 2 FETCH (UID 9)\nS: X2 OK done\n");
  EXPECT_THAT(play.good(play.session->all_uids()), ElementsAre(4, 9));
}

TEST(ImapSession, LogsOutAndNeverMindsASilentServer) {
  Play play(capable + "C: X2 LOGOUT\nS: * BYE see you\nS: X2 OK done\n");
  play.wait_for(play.session->logout());
  EXPECT_TRUE(play.script->closed);
  Play mute(capable + "C: X2 LOGOUT\n(silence)\n");
  mute.wait_for(mute.session->logout());
  EXPECT_TRUE(mute.script->closed);
}

/// The whole day of a session; gives the mails it got and the error that ended it.
Task<void> work(std::shared_ptr<test::Script> script, std::vector<Fetched>& got) {
  OIN_CO_TRY(auto session, co_await Session::open(std::make_unique<test::ScriptedStream>(script)));
  const std::vector<std::uint32_t> whole{1, 2}, headers{4, 7};
  OIN_CO_TRYV(co_await session->request(whole, Part::whole));
  OIN_CO_TRYV(co_await session->request(headers, Part::header));
  OIN_CO_TRY(got, co_await session->receive());
  OIN_CO_TRYV(co_await session->receive());
  co_return success();
}

TEST(ImapSession, EndsCleanlyWhereverTheLineIsCut) {
  const std::string text = capable + two_fetches;
  const auto whole = std::make_shared<test::Script>(text);
  test::WaitFor wait_for;
  std::vector<Fetched> all;
  ASSERT_TRUE(wait_for(work(whole, all)));
  ASSERT_EQ(all.size(), 2u);
  for (std::size_t cut = 0; cut < whole->carried; ++cut) {
    const auto script = std::make_shared<test::Script>(text);
    script->cut = cut;
    std::vector<Fetched> got;
    const Result<void> ended = wait_for(work(script, got));
    ASSERT_FALSE(ended) << cut;
    EXPECT_EQ(ended.error().fault, Fault::transient);
    // Either the whole first answer or nothing of it: a cut mail must never look like a vanished one.
    if (!got.empty()) {
      EXPECT_EQ(got[0].bytes, all[0].bytes) << cut;
    }
    EXPECT_EQ(script->problem, "");
  }
}

}  // namespace
}  // namespace oin::imap
