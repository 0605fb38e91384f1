#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "daemon/store/migrations.hpp"
#include "tests/store/desk_file.hpp"

namespace oin::store {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class Opening : public StoreTest {
 protected:
  std::string refusal(Access access = Access::daemon) {
    const auto store = open_sqlite(folder_.db(), access);
    return store ? "was opened" : store.error().what;
  }
  void with_sqlite(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(folder_.db().c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  void put_mail(Store& store, int number) {
    const auto tx = must(store.begin());
    must(tx->add_mail(mail_row(number), pack("x")));
    must(tx->commit());
  }
  static bool has_mail(Transaction& tx, int number) {
    return must(tx.mail_by_digest(mail_row(number).digest)).has_value();
  }

  /// What a process without rights reads: "yes", "no", or the error.
  std::string read_by_nobody(int number) {
    int ends[2];
    if (::pipe(ends) != 0) return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
      if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(9);
      std::string said;
      if (const auto store = open_sqlite(folder_.db(), Access::reader); !store)
        said = store.error().what;
      else if (const auto tx = store.value()->begin_read(); !tx)
        said = tx.error().what;
      else
        said = has_mail(*tx.value(), number) ? "yes" : "no";
      const auto written = ::write(ends[1], said.data(), said.size());
      ::_exit(written < 0);
    }
    ::close(ends[1]);
    char text[1000];
    const auto size = ::read(ends[0], text, sizeof text);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return std::string(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  }
};

TEST_F(Opening, MakesAFileForItsOwnerAlone) {
  const auto store = open();
  struct stat file {};
  ASSERT_EQ(::stat(folder_.db().c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_EQ(must(store->check()), "ok");
}

TEST_F(Opening, FindsEverythingAgain) {
  put_mail(*open(), 1);
  EXPECT_TRUE(has_mail(*must(open()->begin_read()), 1));
}

TEST_F(Opening, IsRefusedToASecondDaemonWithThePidOfTheFirst) {
  const auto first = open();
  EXPECT_THAT(refusal(),
              testing::AllOf(HasSubstr("held by another daemon (pid " + std::to_string(::getpid()) + ")"),
                             HasSubstr("stop that one first")));
  fs::create_symlink(folder_.db(), folder_.path / "alias.db");
  EXPECT_FALSE(open_sqlite(folder_.path / "alias.db", Access::daemon));
}

TEST_F(Opening, IsFreeAgainWhenTheFirstDaemonEnds) {
  open();
  EXPECT_EQ(refusal(), "was opened");
}

TEST_F(Opening, SaysThatTheDirectoryIsMissing) {
  const auto store = open_sqlite(folder_.path / "none" / "oind.db", Access::daemon);
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().what, HasSubstr("there is no directory"));
}

TEST_F(Opening, IsRefusedForWhatIsNoDatabase) {
  std::ofstream(folder_.db()) << std::string(5000, 'n');
  EXPECT_THAT(refusal(), HasSubstr("is not a database"));
  EXPECT_THAT(refusal(Access::reader), HasSubstr("is not a database"));
}

TEST_F(Opening, LeavesTheDatabaseOfAnotherProgramAsItIs) {
  with_sqlite("CREATE TABLE bookmarks (url TEXT)");
  EXPECT_THAT(refusal(), HasSubstr("is a database of another program"));
  std::ifstream file(folder_.db());
  file.seekg(18);  // the file format's write version: 1 rollback journal, 2 WAL
  EXPECT_EQ(file.get(), 1);
}

TEST_F(Opening, IsRefusedForAFileOfANewerVersion) {
  open();
  with_sqlite("INSERT INTO migration VALUES (9000, '9000_later.sql', 0)");
  EXPECT_THAT(refusal(), HasSubstr("made by a newer version (its tables are at 9000"));
  EXPECT_THAT(refusal(Access::reader), HasSubstr("made by a newer version"));
}

TEST_F(Opening, BringsAStoreOfAnEarlierVersionUpToDateWithItsLetters) {
  {
    std::ofstream(folder_.db()) << "";
    std::ifstream file(OIND_SOURCE_DIR "/daemon/store/migrations/0001_first.sql");
    const std::string sql(std::istreambuf_iterator<char>(file), {});
    must(migrate(*must(Connection::open(folder_.db(), Mode::read_write)),
                 std::vector{Migration{"0001_first.sql", sql}}));
  }
  with_sqlite(
      "INSERT INTO letter (id, event, message_id, reverse_path, from_address, subject, acknowledgement,"
      " written_at, size, state, attempts, dot_started, due_at, last_answer)"
      " VALUES (1, 'status', 'm@x', 'b@x', 'oin@x', 's', 0, 5, 1, 'queued', 0, 0, 5, '');"
      "INSERT INTO letter_recipient VALUES (1, 1, 'Ada@Vendor.example', 'ada@vendor.example', 5, 'queued', "
      "'');"
      "INSERT INTO letter_bytes VALUES (1, 0, 'x');");
  const auto store = open();
  const auto tx = must(store->begin());
  EXPECT_EQ(must(tx->claim(at(0), std::chrono::seconds(60), 9, {{{"vendor.example", 0}}, 0})).size(), 0u);
  EXPECT_EQ(must(tx->claim(at(0), std::chrono::seconds(60), 9)).size(), 1u);
  EXPECT_EQ(must(tx->suppressions()).size(), 0u);
}

TEST_F(Opening, TellsAReaderThatThereIsNothingYet) {
  EXPECT_THAT(refusal(Access::reader), HasSubstr("does not exist yet"));
  EXPECT_FALSE(fs::exists(folder_.db()));
  std::ofstream(folder_.db()) << "";
  EXPECT_THAT(refusal(Access::reader), HasSubstr("start oind once"));
}

TEST_F(Opening, LetsAReaderWorkBesideTheDaemonFromItsSnapshot) {
  const auto daemon = open();
  put_mail(*daemon, 1);
  const auto reader = open(Access::reader);
  const auto snapshot = must(reader->begin_read());
  const auto own = must(daemon->begin_read());
  put_mail(*daemon, 2);
  EXPECT_TRUE(has_mail(*snapshot, 1));
  EXPECT_FALSE(has_mail(*snapshot, 2));
  EXPECT_FALSE(has_mail(*own, 2));
  EXPECT_TRUE(has_mail(*must(reader->begin_read()), 2));
}

TEST_F(Opening, LetsNoReaderWrite) {
  const auto daemon = open();
  const auto reader = open(Access::reader);
  EXPECT_FALSE(reader->begin());
  for (Store* store : {daemon.get(), reader.get()}) {
    const auto tx = must(store->begin_read());
    const auto written = tx->set_position("oin", {1, 1, 1});
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().what, HasSubstr("only reads"));
  }
}

TEST_F(Opening, ReadsWhereNothingMayBeWritten) {
  put_mail(*open(), 1);
  ::chmod(folder_.db().c_str(), 0444);
  ::chmod(folder_.path.c_str(), 0555);
  EXPECT_EQ(read_by_nobody(1), "yes");
  ::chmod(folder_.db().c_str(), 0000);
  EXPECT_THAT(read_by_nobody(1), HasSubstr("cannot be opened"));
  ::chmod(folder_.path.c_str(), 0755);
}

TEST_F(Opening, GivesOneWriterAtATime) {
  const auto store = open();
  auto first = must(store->begin());
  const auto second = store->begin();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::transient);
  first.reset();
  EXPECT_TRUE(store->begin());
}

class Transactions : public StoreTest {};

TEST_F(Transactions, RollBackWhenTheyAreNotCommitted) {
  const auto store = open();
  must(must(store->begin())->set_position("oin", {1, 1, 1}));
  EXPECT_EQ(must(must(store->begin_read())->position("oin")), Position{});
}

TEST_F(Transactions, UndoOneBadPieceAlone) {
  const auto store = open();
  {
    const auto tx = must(store->begin());
    must(tx->add_mail(mail_row(1), pack("x")));
    must(tx->savepoint());
    must(tx->add_mail(mail_row(2), pack("x")));
    EXPECT_FALSE(tx->add_mail(mail_row(1), pack("x")));
    EXPECT_FALSE(tx->release());
    must(tx->rollback_to_savepoint());
    must(tx->savepoint());
    must(tx->add_mail(mail_row(3), pack("x")));
    must(tx->release());
    must(tx->commit());
  }
  const auto tx = must(store->begin_read());
  EXPECT_TRUE(must(tx->mail_by_digest(mail_row(1).digest)));
  EXPECT_FALSE(must(tx->mail_by_digest(mail_row(2).digest)));
  EXPECT_TRUE(must(tx->mail_by_digest(mail_row(3).digest)));
}

class Backup : public StoreTest {};

TEST_F(Backup, IsAWholeStoreOfTheRunningOne) {
  const auto store = open();
  const auto running = must(store->begin());
  must(running->set_position("oin", {5, 7, 5}));  // not committed: not in the copy
  const fs::path copy = folder_.path / "copy.db";
  must(store->backup(copy));
  must(running->commit());
  must(store->backup(copy));  // replaces the older one
  struct stat file {};
  ASSERT_EQ(::stat(copy.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  const auto restored = must(open_sqlite(copy, Access::daemon));
  EXPECT_EQ(must(restored->check()), "ok");
  EXPECT_EQ(must(must(restored->begin_read())->position("oin")), (Position{5, 7, 5}));
}

TEST_F(Backup, NeverGoesOverTheStoreItself) {
  const auto store = open();
  EXPECT_FALSE(store->backup(folder_.db()));
  EXPECT_FALSE(store->backup(folder_.path / "none" / "copy.db"));
  EXPECT_EQ(must(store->check()), "ok");
}

TEST_F(Opening, ChecksWhatSqliteCannotKnow) {
  {
    const auto store = open();
    const auto tx = must(store->begin());
    append(*tx, 1, {opened("review", "A"), event(1, Noted{"b"})});
    must(tx->commit());
  }
  with_sqlite("DELETE FROM event WHERE seq = 1");
  EXPECT_THAT(must(open()->check()), HasSubstr("events are missing of ticket 1"));
}

TEST(Migrations, RunOnceEachInTheirOrderAndWholeOrNotAtAll) {
  const Folder folder;
  std::ofstream(folder.db()) << "";
  const auto db = must(Connection::open(folder.db(), Mode::read_write));
  const Migration first{"0001_a.sql", "CREATE TABLE a (x)"},
      second{"0002_b.sql", "ALTER TABLE a ADD COLUMN y"};
  const Migration broken{"0003_c.sql", "CREATE TABLE c (x); SELECT * FROM nowhere"};
  must(migrate(*db, std::vector{first}));
  EXPECT_FALSE(require_current(*db, std::vector{first, second}));
  const auto failed = migrate(*db, std::vector{first, second, broken});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().what, HasSubstr("migration 0003_c.sql"));
  must(migrate(*db, std::vector{first, second}));
  must(require_current(*db, std::vector{first, second}));
  EXPECT_FALSE(db->execute("SELECT * FROM c"));
}

}  // namespace
}  // namespace oin::store
