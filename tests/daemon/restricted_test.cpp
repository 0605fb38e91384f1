/// A report in a restricted queue is not there for whoever has not its role, wherever they look.
#include <gtest/gtest.h>

#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/queries.hpp"
#include "daemon/temporary_folder.hpp"

namespace oin {
namespace {

const Instant noon = *parse_rfc3339("2026-11-23T12:00:00Z");

constexpr std::string_view report =
    "From: Eve <eve@evil.example>\r\nTo: oin@example.com\r\nSubject: XSS vulnerability\r\n"
    "Message-ID: <r@evil.example>\r\n\r\nResponsible disclosure: a vulnerability, an XSS in the login "
    "page.\r\n";

class Restricted : public testing::Test {
 protected:
  Restricted() {
    Configuration configuration = shipped_configuration();
    configuration.settings.people = {{"Grace", "grace@example.com", "grace", {"lead"}},
                                     {"Sam", "sam@example.com", "sam", {"reviewer", "support"}}};
    office_ = open_office(std::move(configuration)).value();
    store_ = store::open_sqlite(folder_.path() / "oind.db", store::Access::daemon).value();
    tx_ = store_->begin().value();
    const ReadMail read = read_mail(std::string(report), 0, *office_);
    const auto filed = file_mail(*tx_, *office_, read, "oin", noon, noon).value();
    EXPECT_TRUE(word_letters(*tx_, *office_, filed.letters));
  }
  Result<Json> ask(const std::string& verb, const std::string& user, Json arguments = Json::object()) {
    arguments["unix_user"] = user;
    return answer_query(*tx_, *office_, verb, arguments, noon);
  }
  bool lists_security(const std::string& user) {
    const Json queues = ask("queues", user).value();
    for (const Json& queue : queues)
      if (queue["name"] == "security") return true;
    return false;
  }

  TemporaryFolder folder_;
  std::optional<Office> office_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Transaction> tx_;
};

TEST_F(Restricted, IsThereForThoseWithTheRole) {
  EXPECT_EQ(ask("tickets", "grace").value().size(), 1u);
  EXPECT_EQ(ask("ticket", "grace", {{"number", 1}}).value()["queue"], "security");
  EXPECT_TRUE(lists_security("grace"));
  EXPECT_FALSE(ask("outbox", "grace").value().empty());
  EXPECT_EQ(ask("what-happened", "grace", {{"message_id", "r@evil.example"}}).value()["in"].size(), 1u);
}

TEST_F(Restricted, IsNotThereForAnybodyElse) {
  for (const std::string user : {"sam", "nobody", ""}) {
    EXPECT_TRUE(ask("tickets", user).value().empty()) << user;
    EXPECT_TRUE(ask("tickets", user, {{"search", "security"}}).value().empty()) << user;
    EXPECT_EQ(ask("ticket", user, {{"number", 1}}).error().what, "there is no OIN-1") << user;
    EXPECT_FALSE(lists_security(user)) << user;
    EXPECT_TRUE(ask("outbox", user).value().empty()) << user;
    EXPECT_FALSE(ask("outbox", user, {{"act", "show"}, {"id", 1}})) << user;
    EXPECT_FALSE(ask("what-happened", user, {{"message_id", "r@evil.example"}})) << user;
    EXPECT_FALSE(ask("template", user, {{"number", 1}, {"event", "question-received"}})) << user;
  }
}

TEST_F(Restricted, TakesNoCommandFromAnybodyElse) {
  EXPECT_EQ(carry_out(*tx_, *office_, {"sam@example.com", ""}, 1, {"note", "hello"}, noon).error().what,
            "there is no OIN-1");
  EXPECT_TRUE(carry_out(*tx_, *office_, {"grace@example.com", ""}, 1, {"note", "hello"}, noon));
}

}  // namespace
}  // namespace oin
