/// What a vendor's secret leaves behind in a real store, and who gets to see it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/temporary_folder.hpp"
#include "daemon/workflow/apply.hpp"

namespace oin {
namespace {

using testing::HasSubstr;
using testing::Not;

const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

const std::string submission =
    "From: Ada <ada@acme.example>\r\nTo: oin@example.com\r\nSubject: New integration: Acme CRM\r\n"
    "Message-ID: <s@acme.example>\r\n\r\n"
    "App name: Acme CRM\r\nApp website: https://acme.example\r\nTest account URL: "
    "https://acme.example/login\r\n"
    "Test account username: isvtest@okta.com\r\nTest account password: hunter2secret\r\n"
    "Admin token: t0ken-hunter2\r\n";

class SecretsTest : public testing::Test {
 protected:
  SecretsTest() : office_(office()), store_(store::open_sqlite(file(), store::Access::daemon).value()) {
    auto tx = store_->begin().value();
    filed_ = file_mail(*tx, office_, read_mail(submission, 0, office_), "oin", noon, noon).value();
    EXPECT_TRUE(word_letters(*tx, office_, filed_.letters));
    EXPECT_TRUE(tx->commit());
  }
  static Office office() {
    Configuration configuration = shipped_configuration();
    configuration.settings.people = {{"Grace", "grace@example.com", "grace", {"reviewer"}},
                                     {"Paul", "paul@example.com", "", {"publisher"}}};
    return open_office(std::move(configuration)).value();
  }
  std::filesystem::path file() const { return folder_.path() / "oind.db"; }
  Result<Json> give(const Actor& actor, const std::vector<std::string>& words) {
    auto tx = store_->begin().value();
    auto result = carry_out(*tx, office_, actor, filed_.ticket, words, noon);
    EXPECT_TRUE(!result || tx->commit());
    return result;
  }
  std::string all_bytes() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      all += bytes.str();
    }
    return all;
  }

  TemporaryFolder folder_;
  Office office_;
  std::unique_ptr<store::Store> store_;
  Filed filed_;
};

TEST_F(SecretsTest, AreNowhereInTheStoreInClear) {
  store_.reset();
  EXPECT_THAT(all_bytes(), HasSubstr("Acme CRM"));
  EXPECT_THAT(all_bytes(), Not(HasSubstr("hunter2")));
}

TEST_F(SecretsTest, AreInNoLetter) {
  auto tx = store_->begin_read().value();
  const std::vector<store::Letter> all = tx->letters(true).value();
  ASSERT_FALSE(all.empty());
  for (const store::Letter& listed : all) {
    const auto letter = tx->letter(listed.id).value();
    EXPECT_THAT(parse_mail(letter->bytes).text, Not(HasSubstr("hunter2")));
    EXPECT_THAT(letter->bytes, Not(HasSubstr("hunter2")));
  }
}

TEST_F(SecretsTest, AreShownToWhoHasTheRoleAndThatIsWrittenDown) {
  const auto shown = give({"grace@example.com", ""}, {"unseal", "test_account.password"});
  ASSERT_TRUE(shown) << shown.error().what;
  EXPECT_EQ(shown.value()["value"], "hunter2secret");
  const auto mail = give({"", "grace"}, {"unseal", "mail", "1"});
  ASSERT_TRUE(mail) << mail.error().what;
  EXPECT_EQ(mail.value()["raw"], submission);
  auto tx = store_->begin_read().value();
  const auto timeline = tx->timeline(filed_.ticket).value();
  EXPECT_EQ(type_name(timeline.back().event.what), "secret-shown");
  EXPECT_EQ(timeline.back().event.by, "grace@example.com");
}

TEST_F(SecretsTest, AreDeletedSomeTimeAfterTheEnd) {
  ASSERT_TRUE(give({"grace@example.com", ""}, {"reject", "no", "sign-in", "works"}));
  const Instant later = noon + std::chrono::days(30);
  {
    auto tx = store_->begin().value();
    const auto due = tx->due_timers(later, 10).value();
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].name, "forget-secrets");
    EXPECT_TRUE(tx->due_timers(later - std::chrono::seconds(1), 10).value().empty());
    const Ticket before = tx->ticket(filed_.ticket).value();
    const Decision decision = decide(office_.desk, before, TimerDue{"forget-secrets"}, later);
    ASSERT_EQ(decision.events.size(), 1u);
    ASSERT_TRUE(tx->append(oin::apply(before, decision.events), decision.events));
    ASSERT_TRUE(tx->commit());
  }
  const auto shown = give({"grace@example.com", ""}, {"unseal", "test_account.password"});
  EXPECT_EQ(shown.value()["value"], "(deleted)");
  const auto mail = give({"grace@example.com", ""}, {"unseal", "mail", "1"});
  EXPECT_THAT(mail.value()["raw"].get<std::string>(), HasSubstr("deleted"));
  const std::string sealed = office_.sealer.seal_text("hunter2secret");
  store_.reset();
  EXPECT_THAT(all_bytes(), Not(HasSubstr(sealed)));
}

TEST_F(SecretsTest, AreShownToNobodyElse) {
  for (const auto& [actor, why] : {std::pair{Actor{"paul@example.com", ""}, "may not unseal"},
                                   {Actor{"eve@evil.example", ""}, "is no [[person]]"},
                                   {Actor{"", "eve"}, "who are you?"}}) {
    const auto refused = give(actor, {"unseal", "test_account.password"});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().what, HasSubstr(why));
  }
  EXPECT_THAT(give({"grace@example.com", ""}, {"unseal", "app_name"}).error().what,
              HasSubstr("test_account.password"));
  EXPECT_THAT(give({"grace@example.com", ""}, {"dance"}).error().what, HasSubstr("no command"));
}

}  // namespace
}  // namespace oin
