/// The intake on a real SQLite file: what one window of arrivals leaves behind.
#include "daemon/intake.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <set>

#include "daemon/commands.hpp"
#include "tests/support/wait_for.hpp"

namespace oin {
namespace {

const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

std::string question(const std::string& from, const std::string& id) {
  return "From: " + from + "\r\nTo: developers@example.com\r\nSubject: SCIM PATCH error\r\nMessage-ID: <" +
         id + ">\r\n\r\nHow do I test group push in our dev org? It answers 401.\r\n";
}

Task<Recorded> read_and_record(Intake& intake, std::string mailbox, store::Position at,
                               std::vector<Arrival> window) {
  auto read = co_await intake.read(std::move(window));
  co_return co_await intake.record(std::move(mailbox), at, std::move(read));
}

class IntakeTest : public testing::Test {
 protected:
  IntakeTest()
      : folder_(std::filesystem::temp_directory_path() / ("oind-intake." + std::to_string(::getpid()))),
        office_(open_office(shipped_configuration()).value()),
        store_(open_store()),
        intake_(office_, store_, parsers_, clock_, [this] { ++rung_; }) {
    clock_.set(noon);
  }
  ~IntakeTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Recorded record(std::vector<Arrival> window, std::string mailbox = "developers",
                  store::Position at = {7, 0, 1}) {
    return wait_for_(read_and_record(intake_, std::move(mailbox), at, std::move(window))).value();
  }
  template <class T>
  T ask(std::function<Result<T>(store::Transaction&)> job) {
    return wait_for_(store_.run(std::move(job))).value();
  }
  int tickets() {
    return static_cast<int>(ask<std::vector<Ticket>>([](auto& tx) { return tx.tickets({}); }).size());
  }

  std::filesystem::path folder_;
  CurrentOffice office_;
  Clock clock_;
  test::WaitFor wait_for_;  // before the threads, which post to it until they are joined
  asio::thread_pool parsers_{2};
  StoreWorker store_;
  int rung_ = 0;
  Intake intake_;

 private:
  std::unique_ptr<store::Store> open_store() {
    std::filesystem::create_directory(folder_);
    return store::open_sqlite(folder_ / "oind.db", store::Access::daemon).value();
  }
};

/// Monday noon; the mail lay in the mailbox since Friday, because the desk was down.
TEST_F(IntakeTest, PromisesFromTheMailsArrivalNotFromTheDesksWaking) {
  const Instant friday = *parse_rfc3339("2026-11-20T12:00:00Z"), tomorrow = noon + std::chrono::hours(24);
  record({{1, friday, question("a@x.example", "a@x.example"), 0}});
  record({{2, tomorrow, question("b@x.example", "b@x.example"), 0}}, "developers", {7, 1, 1});
  const auto due = [&](TicketId id) { return *ask<Ticket>([id](auto& tx) { return tx.ticket(id); }).due_at; };
  EXPECT_EQ(to_rfc3339(due(1)), "2026-11-24T12:00:00Z");
  // A server whose clock is ahead is taken at ours, which goes on while this is tested.
  EXPECT_GE(due(2), noon + std::chrono::hours(48));
  EXPECT_LT(due(2), noon + std::chrono::hours(49));
  const auto noted = [&](TicketId id) {
    std::string all;
    for (const auto& entry :
         ask<std::vector<store::TimelineEntry>>([id](auto& tx) { return tx.timeline(id); }))
      if (std::holds_alternative<Noted>(entry.event.what)) all += summary(entry.event.what);
    return all;
  };
  EXPECT_EQ(noted(1), "");
  EXPECT_NE(noted(2).find("came at 2026-11-24T12:00:00Z, which is yet to come"), std::string::npos)
      << noted(2);
}

TEST_F(IntakeTest, CommitsMailTicketLetterAndPositionTogether) {
  const Recorded done = record({{3, noon, question("a@x.example", "a@x.example"), 0},
                                {5, noon, question("b@x.example", "b@x.example"), 0}});
  EXPECT_EQ(done.mails, 2);
  EXPECT_EQ(done.letters, 2);
  EXPECT_EQ(rung_, 1);
  EXPECT_EQ(ask<store::Position>([](auto& tx) { return tx.position("developers"); }),
            (store::Position{7, 5, 1}));
  EXPECT_EQ(tickets(), 2);
  EXPECT_EQ(ask<std::vector<store::Letter>>([](auto& tx) { return tx.letters(false); }).size(), 2u);
}

TEST_F(IntakeTest, CountsNothingTwiceWhenAWindowIsRecordedAgain) {
  const std::vector<Arrival> window = {{3, noon, question("a@x.example", "a@x.example"), 0}};
  record(window);
  const Recorded again = record(window);
  EXPECT_EQ(again.mails, 0);
  EXPECT_EQ(again.letters, 0);
  EXPECT_EQ(tickets(), 1);
}

TEST_F(IntakeTest, KnowsAMailThatCameByAnotherRouteOrUnderANewNumbering) {
  record({{3, noon, question("a@x.example", "a@x.example"), 0}});
  EXPECT_EQ(
      record({{1, noon, "Received: by elsewhere\r\n" + question("a@x.example", "a@x.example"), 0}}, "oin")
          .duplicates,
      1);
  EXPECT_EQ(
      record({{3, noon, question("a@x.example", "a@x.example"), 0}}, "developers", {7, 0, 2}).duplicates, 1);
  // Another mail under a UID that an earlier numbering had given to somebody else's.
  EXPECT_EQ(record({{3, noon, question("b@x.example", "b@x.example"), 0}}, "developers", {7, 0, 3}).mails, 1);
  EXPECT_EQ(tickets(), 2);
}

/// A scanner's word: the mail is not opened, and known all the same.
TEST_F(IntakeTest, SetsARefusedMailAsideUntilSomebodyOverrules) {
  const std::string whole = question("a@x.example", "a@x.example");
  const std::string header = whole.substr(0, whole.find("\r\n\r\n") + 4);
  const Recorded done = record({{1, noon, whole, 0, true, 0, "clamd: Test.Signature"},
                                {2, noon, header, 60'000'000, true, 0, "rspamd: reject"}});
  EXPECT_EQ(done.quarantined, 2);
  EXPECT_EQ(done.mails, 0);
  EXPECT_EQ(rung_, 0);
  const auto aside = ask<std::vector<store::QuarantineRow>>([](auto& tx) { return tx.quarantined(); });
  ASSERT_EQ(aside.size(), 2u);
  EXPECT_EQ(aside[0].reason, "clamd: Test.Signature");
  EXPECT_EQ(aside[0].from, "a@x.example");
  EXPECT_EQ(aside[0].subject, "SCIM PATCH error");

  // It may hold a secret that nobody has looked for.
  const auto packed = ask<store::Packed>([&](auto& tx) { return tx.quarantined_raw(aside[0].id); });
  EXPECT_TRUE(packed.codec & store::codec_sealed);

  const auto overrule = [&](std::int64_t id) {
    ask<Filed>([&](auto& tx) { return refile_mail(tx, *office_.get(), id, noon); });
    return ask<std::vector<store::Letter>>([](auto& tx) { return tx.letters(false); }).back().event;
  };
  EXPECT_EQ(overrule(aside[0].id), "question-received");
  EXPECT_EQ(overrule(aside[1].id), "message-too-large");  // its size is known still
  EXPECT_EQ(tickets(), 2);
  // No scanner's finding counts against a mail that is in.
  EXPECT_EQ(
      record({{3, noon, whole, 0, true, 0, "clamd: Test.Signature"}}, "developers", {7, 2, 1}).duplicates, 1);
}

TEST_F(IntakeTest, SetsABadMailAsideAndGoesOnWithTheRest) {
  // No letter can be written from a mailbox that the settings do not have: a fault of ours that this mail
  // hits.
  const Recorded done = record(
      {{1, noon, question("a@x.example", "a@x.example"), 0},
       {2, noon,
        "From: list@x.example\r\nAuto-Submitted: auto-generated\r\nMessage-ID: <l@x>\r\n\r\nnews\r\n", 0}},
      "no-such-mailbox");
  EXPECT_EQ(done.quarantined, 1);
  EXPECT_EQ(done.mails, 1);
  EXPECT_EQ(done.position.last_uid, 2u);
  const auto aside = ask<std::vector<store::QuarantineRow>>([](auto& tx) { return tx.quarantined(); });
  ASSERT_EQ(aside.size(), 1u);
  EXPECT_NE(aside[0].reason.find("no-such-mailbox"), std::string::npos);
  EXPECT_EQ(aside[0].from, "a@x.example");
  const auto raw = ask<store::Packed>([&](auto& tx) { return tx.quarantined_raw(aside[0].id); });
  EXPECT_EQ(store::unpack(raw.codec, raw.bytes).value(), question("a@x.example", "a@x.example"));
  EXPECT_EQ(tickets(), 0);
}

TEST_F(IntakeTest, LetsAMailLeaveQuarantineThatCameByAnotherRouteMeanwhile) {
  const std::vector<Arrival> window = {{1, noon, question("a@x.example", "a@x.example"), 0}};
  record(window, "no-such-mailbox");
  const auto refile = [this](store::Transaction& tx) { return refile_mail(tx, *office_.get(), 1, noon); };
  EXPECT_FALSE(wait_for_(store_.run(std::function<Result<Filed>(store::Transaction&)>(refile))));
  record(window);
  const Filed filed = ask<Filed>(refile);
  EXPECT_TRUE(filed.letters.empty());
  EXPECT_TRUE(ask<std::vector<store::QuarantineRow>>([](auto& tx) { return tx.quarantined(); }).empty());
  std::set<std::string> fates;
  for (const auto& row :
       ask<std::vector<store::LedgerEntry>>([&](auto& tx) { return tx.ledger_of_mail(filed.mail); }))
    fates.insert(row.mailbox + ": " + row.fate);
  EXPECT_EQ(fates, (std::set<std::string>{"developers: recorded", "no-such-mailbox: duplicate"}));
  EXPECT_EQ(tickets(), 1);
}

TEST_F(IntakeTest, NotesAMailThatVanishedBeforeItWasRead) {
  EXPECT_EQ(record({{4, noon, std::nullopt, 0}}).mails, 0);
  EXPECT_TRUE(ask<bool>([](auto& tx) { return tx.in_ledger("developers", 1, 4); }));
}

TEST_F(IntakeTest, StopsAnsweringAnAddressAtItsLimit) {
  std::vector<Arrival> window;
  for (std::uint32_t uid = 1; uid <= 30; ++uid)
    window.push_back({uid, noon, question("a@x.example", std::to_string(uid) + "@x.example"), 0});
  const Recorded done = record(std::move(window));
  EXPECT_EQ(done.mails, 30);
  EXPECT_EQ(done.letters, office_.get()->desk.workflow.limits.answers_per_address_per_hour);
}

/// Ten thousand mails of one sender, one of another behind them.
TEST_F(IntakeTest, MakesOneTicketOfAFloodAndAnswersEverybodyElse) {
  const std::uint32_t flood = 10'000;
  std::vector<Arrival> window;
  for (std::uint32_t uid = 1; uid <= flood; ++uid)
    window.push_back({uid, noon, question("a@x.example", std::to_string(uid) + "@x.example"), 0});
  window.push_back({flood + 1, noon, question("b@y.example", "b@y.example"), 0});
  const Recorded done = record(std::move(window));
  const LimitSettings& limits = office_.get()->desk.workflow.limits;
  EXPECT_EQ(done.mails, static_cast<int>(flood) + 1);
  EXPECT_EQ(done.letters, limits.answers_per_address_per_hour + 1);
  // Up to the limit each is a case; the rest stands on one, which is flagged.
  EXPECT_EQ(tickets(), limits.flood_mails_per_address_per_hour + 2);
  store::TicketFilter flagged;
  flagged.words = "Flood a@x.example";
  const auto found = ask<std::vector<Ticket>>([&](auto& tx) { return tx.tickets(flagged); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].queue, "triage");
  EXPECT_TRUE(found[0].participants.empty());
  const auto mails = ask<std::vector<store::TicketMail>>([&](auto& tx) { return tx.mails_of(found[0].id); });
  EXPECT_EQ(mails.size(), flood - static_cast<std::size_t>(limits.flood_mails_per_address_per_hour));
  EXPECT_LT(found[0].events, 6);

  // It goes on, and a mail of it is made a case of its own.
  EXPECT_EQ(record({{flood + 2, noon, question("A@x.example", "more@x.example"), 0}}, "developers",
                   {7, flood + 1, 1})
                .letters,
            0);
  const int before = tickets();
  auto office =
      open_office([] {
        Configuration shipped = shipped_configuration();
        shipped.settings.people = {{"Grace", "grace@example.com", "", {"support", "lead", "reviewer"}}};
        return shipped;
      }())
          .value();
  ask<Json>([&](store::Transaction& tx) {
    return carry_out(tx, office, Actor{"grace@example.com", ""}, found[0].id, {"split", "7"}, noon);
  });
  EXPECT_EQ(tickets(), before + 1);
}

TEST_F(IntakeTest, AnswersATicketSystemWithEverNewAddressesOnlySoOften) {
  const LimitSettings& limits = office_.get()->desk.workflow.limits;
  record({{1, noon, question("a@x.example", "a@x.example"), 0}});
  std::vector<Arrival> window;
  const std::string to = office_.get()->signer.reply_address("developers@example.com", "+", 1);
  for (std::uint32_t uid = 2; uid <= 100; ++uid) {
    const std::string number = std::to_string(uid);
    window.push_back({uid, noon,
                      "From: case-" + number + "@x.example\r\nTo: " + to + "\r\nSubject: [#" + number +
                          "] We have your request\r\nMessage-ID: <" + number +
                          "@x.example>\r\n\r\nSomebody is going to look at case " + number + ".\r\n",
                      0});
  }
  EXPECT_LE(record(std::move(window), "developers", {7, 1, 1}).letters, limits.answers_per_ticket_per_hour);
  EXPECT_EQ(tickets(), 1);
}

TEST_F(IntakeTest, KnowsItsOwnMailWhenItComesBack) {
  record({{1, noon, question("a@x.example", "a@x.example"), 0}});
  const auto letters = ask<std::vector<store::Letter>>([](auto& tx) { return tx.letters(false); });
  const auto letter =
      ask<std::optional<store::Letter>>([&](auto& tx) { return tx.letter(letters.at(0).id); });
  const Recorded back = record({{2, noon, letter->bytes, 0}});
  EXPECT_EQ(back.mails, 1);
  EXPECT_EQ(back.letters, 0);
}

}  // namespace
}  // namespace oin
