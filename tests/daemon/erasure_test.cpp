/// A person leaves a real SQLite file: what is looked through afterwards is its bytes.
#include "daemon/erasure.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/bookkeeping.hpp"
#include "daemon/intake.hpp"
#include "daemon/workflow/apply.hpp"
#include "parsers/address.hpp"
#include "tests/daemon/one_store.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

Office office_with_a_team() {
  Configuration configuration = shipped_configuration();
  configuration.settings.people = {{"Grace", "grace@example.com", "", {"reviewer", "lead"}},
                                   {"Tom", "tom@example.com", "", {"reviewer"}}};
  return open_office(std::move(configuration)).value();
}

class Erasure : public test::OneStore {
 protected:
  Erasure() : office_(office_with_a_team()) {}

  Filed arrives(const std::string& from, const std::string& more_fields, const std::string& text) {
    ++mails_;
    const std::string raw = fmt::format(
        "From: {}\r\nTo: developers@example.com\r\nSubject: SCIM PATCH of {}\r\nMessage-ID: "
        "<{}@pc.example>\r\n{}\r\n{}\r\n",
        from, from, mails_, more_fields, text);
    const ReadMail read = read_mail(raw, 0, office_);
    return in_store([&](auto& tx) -> Result<Filed> {
             OIN_TRY(Filed filed, file_mail(tx, office_, read, "developers", noon, noon));
             OIN_TRYV(word_letters(tx, office_, filed.letters));
             return filed;
           })
        .value();
  }
  void notes(TicketId id, const Noted& what) {
    in_store([&](auto& tx) -> Result<void> {
      OIN_TRY(Ticket ticket, tx.ticket(id));
      const Event event{noon, "grace@example.com", 0, what};
      return record(tx, office_, apply(std::move(ticket), event), {&event, 1});
    }).value();
  }
  Result<Json> erase(ErasureAsked asked, const std::string& by = "grace@example.com") {
    return in_store([&](auto& tx) { return erase_person(tx, office_, {by, ""}, asked, noon); });
  }
  void close(TicketId id) {
    const auto closed = in_store([&](auto& tx) {
      return carry_out(tx, office_, {"grace@example.com", ""}, id, {"withdraw"}, noon);
    });
    ASSERT_TRUE(closed) << closed.error().what;
  }
  /// Every file of the store, and a backup made now, hold `word` so often, in whatever case.
  int occurrences(const std::string& word) {
    EXPECT_TRUE(store_->backup(folder_.path() / "backup.db"));
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      std::ifstream in(file.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      std::string text = bytes.str();
      std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
      for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at) ++count;
    }
    return count;
  }
  /// The listing is what the events give, and the record too.
  void expect_folded() {
    in_store([&](auto& tx) -> Result<int> {
      OIN_TRY(const auto all, tx.tickets({}));
      for (const Ticket& ticket : all) {
        EXPECT_EQ(ticket.events, static_cast<int>(tx.timeline(ticket.id).value().size()));
        OIN_TRY(const auto found, tx.tickets({.words = ticket.requester}));
        EXPECT_EQ(std::ranges::count(found, ticket.id, &Ticket::id), 1) << ticket.requester;
        OIN_TRY(const auto standing, tx.tickets_of(comparable(ticket.requester)));
        EXPECT_EQ(std::ranges::count(standing, ticket.id), 1) << ticket.requester;
      }
      return 0;
    }).value();
    EXPECT_EQ(store_->check().value(), "ok");
  }

  Office office_;
  int mails_ = 0;
};

/// Words of several lines: as JSON, the letter "n" stands before what begins a line.
const Noted lines{"Hi,\nada@vendor.example wrote.\nAda Lovelace\nBye"};

const std::string question = "How do I test group push in our dev org? It answers 401.";

TEST_F(Erasure, LeavesNoTraceInTheFilesNorInABackup) {
  arrives("Ada Lovelace <Ada@Vendor.example>", "", question + " Write to ada@vendor.example. Ada Lovelace");
  // Somebody else's mail names her in clear, another in base64; and her letters are large and were packed.
  arrives("bob@other.example", "Cc: \"Ada Lovelace\" <ada@vendor.example>\r\n",
          question + "\r\n> ada@vendor.example wrote");
  arrives("canada@vendor.example", "", question);
  arrives("bob@other.example", "Cc: ada@vendor.example\r\nContent-Transfer-Encoding: base64\r\n",
          "SG93IGRvIEkgdGVzdCBncm91cCBwdXNoPyBJdCBhbnN3ZXJzIDQwMS4gYWRhQHZlbmRvci5leGFtcGxlIGtub3dzLg0K");
  in_store([&](auto& tx) -> Result<std::int64_t> {
    OIN_TRYV(tx.suppress({"ada@vendor.example", "ada@vendor.example bounced", noon, "desk"}));
    OIN_TRYV(tx.count_failure("ada@vendor.example", 1, noon));
    OIN_TRYV(tx.set_flood("ada@vendor.example", 1, noon));
    OIN_TRYV(
        tx.quarantine({0, "oin", 1, 9, "bug of ada@vendor.example", "q@x", "ada@vendor.example", "s", noon},
                      store::pack("From: ada@vendor.example\r\n\r\nx\r\n")));
    return tx.quarantine({0, "oin", 1, 10, "bug", "r@x", "bob@other.example", "Re: ada@vendor.example", noon},
                         store::pack("From: bob@other.example\r\nCc: ada@vendor.example\r\n\r\nx\r\n"));
  }).value();
  notes(1, lines);
  close(1);
  ASSERT_GT(occurrences("ada@vendor.example"), 10);
  const std::vector<store::TimelineEntry> before = in_store([&](auto& tx) { return tx.timeline(1); }).value();

  const Json done = erase({"ADA@vendor.example", false, false}).value();
  EXPECT_GT(occurrences("lovelace"), 0);  // in the log and in free pages, until
  EXPECT_TRUE(store_->compact());
  EXPECT_GT(occurrences("canada@vendor.example"), 0);
  EXPECT_EQ(occurrences("ada@vendor.example"), occurrences("canada@vendor.example"));  // which ends so, too
  EXPECT_EQ(occurrences("lovelace"), 0);
  EXPECT_EQ(done["mark"], "erased-1");
  EXPECT_EQ(done["by"], "grace@example.com");
  EXPECT_EQ(done["mails"], 3);
  EXPECT_EQ(done["quarantined"], 2);
  EXPECT_GT(done["rows"], 10);

  expect_folded();
  const Ticket erased = ticket(1);
  EXPECT_EQ(erased.requester, "erased-1@erased.invalid");
  EXPECT_EQ(erased.state, TicketState::closed);
  const auto after = in_store([&](auto& tx) { return tx.timeline(1); }).value();
  ASSERT_EQ(after.size(), before.size() + 1);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].event.at, before[i].event.at);
    EXPECT_EQ(type_name(after[i].event.what), type_name(before[i].event.what));
  }
  EXPECT_EQ(summary(after.back().event.what), "erased erased-1 from the store");
  EXPECT_EQ(after.back().event.by, "grace@example.com");
  EXPECT_EQ(ticket(2).requester, "bob@other.example");
  const auto codec = [&](MailId mail) {
    return in_store([&](auto& tx) { return tx.raw_mail(mail); }).value().codec;
  };
  EXPECT_EQ(codec(1), store::codec_deleted);
  EXPECT_NE(codec(2), store::codec_deleted);  // Bob's, without her address
  EXPECT_NE(codec(3), store::codec_deleted);
  EXPECT_EQ(codec(4), store::codec_deleted);  // it named her where no octet of it can be changed
}

TEST_F(Erasure, WithdrawsWhatHasNotGoneAndSendsNothingMore) {
  arrives("ada@vendor.example", "", question);
  close(1);
  const Json done = erase({"ada@vendor.example", false, false}).value();
  EXPECT_GT(done["withdrawn"], 0);
  in_store([&](auto& tx) -> Result<int> {
    OIN_TRY(const auto letters, tx.letters(true));
    for (const store::Letter& letter : letters) {
      EXPECT_NE(letter.state, store::LetterState::queued) << letter.event;
      EXPECT_TRUE(tx.letter(letter.id).value()->deleted);
    }
    EXPECT_TRUE(tx.suppression_of("erased-1@erased.invalid").value());
    return 0;
  }).value();
}

TEST_F(Erasure, AMailThatComesLaterIsANewOneAndTheSameOneIsKnownStill) {
  arrives("ada@vendor.example", "", question);
  const std::string digest = in_store([&](auto& tx) { return tx.mail(1); }).value()->digest;
  close(1);
  erase({"ada@vendor.example", false, false}).value();
  EXPECT_EQ(in_store([&](auto& tx) { return tx.mail_by_digest(digest); }).value(), 1);
  EXPECT_EQ(arrives("ada@vendor.example", "", question).ticket, 2);
  EXPECT_EQ(ticket(2).requester, "ada@vendor.example");
  close(2);
  EXPECT_EQ(erase({"ada@vendor.example", false, false}).value()["mark"], "erased-2");
}

TEST_F(Erasure, ADryRunCountsTheSameAndChangesNothing) {
  arrives("ada@vendor.example", "", question);
  const int before = occurrences("ada@vendor.example");
  Json dry = erase({"ada@vendor.example", true, false}).value();
  EXPECT_TRUE(dry["dry_run"]);
  EXPECT_THAT(dry["open"], ElementsAre("OIN-1"));
  EXPECT_EQ(ticket(1).requester, "ada@vendor.example");
  EXPECT_GE(occurrences("ada@vendor.example"), before);
  Json real = erase({"ada@vendor.example", false, true}).value();
  for (const char* same : {"mails", "letters", "withdrawn", "rows", "tickets"})
    EXPECT_EQ(dry[same], real[same]) << same;
}

TEST_F(Erasure, ADomainGoesWithAMarkForEachAddress) {
  arrives("ada@vendor.example", "", question);
  arrives("bob@vendor.example", "Cc: ada@vendor.example\r\n", question + " by bob");
  notes(1, lines);
  close(1), close(2);
  const Json done = erase({"@Vendor.example", false, false}).value();
  EXPECT_TRUE(store_->compact());
  EXPECT_EQ(occurrences("@vendor.example"), 0);
  EXPECT_EQ(done["marks"], 2);
  EXPECT_NE(ticket(1).requester, ticket(2).requester);
  expect_folded();
}

TEST_F(Erasure, IsRefusedInWords) {
  arrives("ada@vendor.example", "", question);
  const auto why = [&](ErasureAsked asked, const std::string& by = "grace@example.com") {
    const auto done = erase(std::move(asked), by);
    EXPECT_FALSE(done);
    return done ? "" : done.error().what;
  };
  EXPECT_THAT(why({"ada@vendor.example", false, false}),
              HasSubstr("requester of OIN-1, which is not closed"));
  EXPECT_THAT(why({"ada@vendor.example", false, true}, "tom@example.com"), HasSubstr("the role lead"));
  EXPECT_THAT(why({"ada@vendor.example", false, true}, "eve@x.example"), HasSubstr("no [[person]]"));
  EXPECT_THAT(why({"ada", false, true}), HasSubstr("no address; allowed: "));
  EXPECT_THAT(why({"tom@example.com", false, true}), HasSubstr("[[person]] of this desk"));
  EXPECT_THAT(why({"oin@example.com", false, true}), HasSubstr("own mailbox"));
  EXPECT_THAT(why({"nobody@x.example", false, true}), HasSubstr("nothing is kept of them"));
  EXPECT_EQ(ticket(1).requester, "ada@vendor.example");
  // One is on its way this moment, and its recipient's answer will be written down.
  in_store([&](auto& tx) { return tx.claim(noon, std::chrono::seconds(900), 10); }).value();
  EXPECT_THAT(why({"ada@vendor.example", false, true}), HasSubstr("being sent"));
}

TEST_F(Erasure, AnOpenTicketGoesOnWithoutThemWhenForced) {
  arrives("ada@vendor.example", "", question);
  erase({"ada@vendor.example", false, true}).value();
  EXPECT_EQ(ticket(1).state, TicketState::open);
  expect_folded();
}

}  // namespace
}  // namespace oin
