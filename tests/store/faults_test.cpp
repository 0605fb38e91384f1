#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "tests/store/desk_file.hpp"
#include "tests/store/failing_disk.hpp"

namespace oin::store {
namespace {

/// One mail as intake records it: mail, ledger, ticket, letter and position in one transaction.
Result<void> record(Store& store, int uid, std::size_t size = 600) {
  OIN_TRY(const auto tx, store.begin());
  OIN_TRYV(tx->savepoint());
  OIN_TRY(const MailId mail,
          tx->add_mail(mail_row(uid), pack(sha256_hex(std::to_string(uid)) + std::string(size, 'x'))));
  OIN_TRYV(tx->add_to_ledger({"oin", 5, 1700000000, static_cast<std::uint32_t>(uid), mail_row(uid).digest,
                              mail, "recorded", at(uid)}));
  OIN_TRY(const TicketId ticket, tx->next_ticket_id());
  Ticket after;
  after.id = ticket;
  const std::vector<Event> events{opened("review", "Acme"), event(1, Noted{"b"})};
  OIN_TRYV(tx->append(oin::apply(std::move(after), events), events));
  OIN_TRYV(tx->file_mail(ticket, mail));
  OIN_TRY(const LetterId letter, tx->next_letter_id());
  const Letter written = letter_to(letter, "ada@vendor.example", ticket);
  OIN_TRYV(tx->enqueue(written));
  OIN_TRYV(tx->word(letter, written.subject, written.bytes));
  OIN_TRYV(tx->release());
  OIN_TRYV(tx->set_position("oin", {5, static_cast<std::uint32_t>(uid), 5}));
  return tx->commit();
}

/// How many mails there are, once it is sure that they are there as a whole: promise 1 and 2.
int consistent_mails(Store& store) {
  EXPECT_EQ(must(store.check()), "ok");
  const auto tx = must(store.begin_read());
  const int last = static_cast<int>(must(tx->position("oin")).last_uid);
  const auto uids = must(tx->ledger_uids("oin", 5));
  const auto mails = must(tx->mails_after(0, 1'000'000));
  EXPECT_EQ(static_cast<int>(uids.size()), last);
  EXPECT_EQ(static_cast<int>(mails.size()), last);
  EXPECT_EQ(must(tx->next_ticket_id()), last + 1);
  EXPECT_EQ(must(tx->next_letter_id()), last + 1);
  for (const MailRow& mail : mails) {
    EXPECT_EQ(must(tx->ledger_of_mail(mail.id)).size(), 1u);
    EXPECT_EQ(must(tx->tickets_of_mail(mail.id)).size(), 1u);
    EXPECT_EQ(must(unpacked(tx->raw_mail(mail.id))).substr(0, 64), mail.digest);
  }
  return last;
}

class Faults : public StoreTest {};

TEST_F(Faults, ADaemonKilledAtAnyMomentLeavesWholeTransactions) {
  std::mt19937 random(1);
  int before = 0;
  for (int round = 0; round < 25; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto store = open_sqlite(folder_.db(), Access::daemon);
      if (!store) ::_exit(1);
      for (int uid = before + 1;; ++uid) {
        if (!record(*store.value(), uid)) ::_exit(2);
        if (::write(ends[1], "c", 1) != 1) ::_exit(3);
      }
    }
    ::close(ends[1]);
    const int wanted = static_cast<int>(random() % 12);
    char byte = 0;
    int seen = 0;
    while (seen < wanted && ::read(ends[0], &byte, 1) == 1) ++seen;
    ::usleep(random() % 2000);  // somewhere within a transaction: what is tried here is the moment itself
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    ::close(ends[0]);
    const int now = consistent_mails(*open());
    EXPECT_GE(now, before + seen) << "a committed mail is gone";
    before = now;
  }
  EXPECT_GT(before, 0);
}

class BadDisk : public StoreTest, public testing::WithParamInterface<int> {};

TEST_P(BadDisk, ThatFailsAtTheNthWriteLosesNothingForEveryN) {
  FailingDisk disk(GetParam());
  auto store = open();
  int uid = 0, failures = 0;
  for (int nth = 1;; ++nth) {
    disk.fail_at(nth);
    const Result<void> recorded = record(*store, uid + 1);
    const bool failed = disk.failed();
    disk.mend();
    if (!recorded) {
      ++failures;
      EXPECT_EQ(recorded.error().fault, Fault::transient) << recorded.error().what;
      EXPECT_EQ(must(must(store->begin_read())->position("oin")).last_uid, static_cast<std::uint32_t>(uid));
      must(record(*store, uid + 1));  // the next try works, on the same connection
    }
    ++uid;
    if (!failed) break;
  }
  EXPECT_GT(failures, 5);
  EXPECT_EQ(consistent_mails(*store), uid);
  store.reset();
  EXPECT_EQ(consistent_mails(*open()), uid);
}

TEST_P(BadDisk, ThatFailsWhileTheStoreIsMadeLeavesOneThatCanBeMade) {
  FailingDisk disk(GetParam());
  bool failed = true;
  for (int nth = 1; failed; ++nth) {
    const Folder folder;
    disk.fail_at(nth);
    const bool opened = open_sqlite(folder.db(), Access::daemon).has_value();
    failed = disk.failed();
    disk.mend();
    EXPECT_TRUE(opened || failed);
    EXPECT_EQ(must(must(open_sqlite(folder.db(), Access::daemon))->check()), "ok") << "write " << nth;
  }
}

TEST_F(Faults, AFullDiskIsSaidInOneLine) {
  FailingDisk disk(SQLITE_FULL);
  const auto store = open();
  disk.fail_at(1);
  const Result<void> recorded = record(*store, 1);
  disk.mend();
  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().what,
            "store " + folder_.db().string() + ": disk is full; make room, then it goes on by itself");
}

INSTANTIATE_TEST_SUITE_P(Codes, BadDisk, testing::Values(SQLITE_FULL, SQLITE_IOERR_WRITE),
                         [](const auto& test) { return test.param == SQLITE_FULL ? "Full" : "InputOutput"; });

TEST_F(Faults, AFullQuotaIsSaidAndPassesWhenThereIsRoomAgain) {
  must(record(*open(), 1));
  const pid_t child = ::fork();
  if (child == 0) {
    // A file may not grow past a megabyte: write() answers EFBIG, as a quota would EDQUOT.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{1'000'000, RLIM_INFINITY}, room{RLIM_INFINITY, RLIM_INFINITY};
    auto store = open_sqlite(folder_.db(), Access::daemon);
    if (!store) ::_exit(1);
    std::mt19937 random(1);
    std::string noise(200'000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    ::setrlimit(RLIMIT_FSIZE, &little);
    int uid = 2;
    Result<void> added = success();
    for (; added && uid < 50; ++uid) {
      const auto tx = store.value()->begin();
      if (!tx) ::_exit(2);
      if (const auto mail = tx.value()->add_mail(mail_row(1000 + uid), pack(noise)); !mail)
        added = mail.error();
      else
        added = tx.value()->commit();
    }
    if (added || added.error().fault != Fault::transient) ::_exit(3);
    if (added.error().what.find("a quota full?  Make room") == std::string::npos) ::_exit(4);
    ::setrlimit(RLIMIT_FSIZE, &room);
    if (!record(*store.value(), 2)) ::_exit(5);
    const auto checked = store.value()->check();
    ::_exit(checked && checked.value() == "ok" ? 0 : 6);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(must(must(open()->begin_read())->position("oin")), (Position{5, 2, 5}));
}

}  // namespace
}  // namespace oin::store
