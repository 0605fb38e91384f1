/// The one gap that SMTP leaves: a final dot went out and its answer did not come.  Mail comes from the real
/// Dovecot; the SMTP server is a scripted one, because no real one loses answers on demand.
#include <gmock/gmock.h>
#include <signal.h>

#include "tests/support/smtp_server.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using Dot = SmtpServer::Dot;
using testing::Each;
using testing::HasSubstr;

class FinalDot : public DeskTest {
 protected:
  void send_through(const SmtpServer& server, const std::string& more = {}) {
    configure({{"desk.test_clock", "true"},
               {"smtp.url", "\"" + server.url() + "\""},
               {"smtp", "tls = \"none\"\n" + more}});
    drop("oin@oind.test",
         message("vendor@acme.test", "oin@oind.test", "Acme", form("Acme CRM"), "form@acme.test"));
  }
  /// The one letter there is.
  nlohmann::json letter() { return ask({"outbox", "--all"}).at(0); }
  bool becomes(const std::string& state) {
    return eventually([&] {
      return peek({"outbox", "--all"}).find("\"state\":\"" + state + "\"") != std::string::npos;
    });
  }
  bool has_started(const SmtpServer& server, std::size_t dots) {
    return eventually([&] { return server.letters().size() == dots; });
  }
};

TEST_F(FinalDot, UnansweredIsTriedAgainOnceAfterFifteenMinutesAndThenLeftToAPerson) {
  SmtpServer server({Dot::hang_up, Dot::hang_up});
  send_through(server);
  start_ready();
  ASSERT_TRUE(becomes("uncertain"));
  const auto first = letter();
  EXPECT_EQ(first["attempts"], 1);
  const auto now = *parse_rfc3339(ask({"status"})["now"].get<std::string>());
  const auto next = *parse_rfc3339(first["next_attempt_at"].get<std::string>());
  EXPECT_GT(next, now + std::chrono::minutes(14));
  EXPECT_LE(next, now + std::chrono::minutes(15));

  ask({"clock", "advance", "14m"});
  EXPECT_EQ(server.letters().size(), 1u);
  ask({"clock", "advance", "1m"});
  ASSERT_TRUE(has_started(server, 2));
  ASSERT_TRUE(eventually([&] { return letter()["next_attempt_at"].is_null(); }));
  EXPECT_EQ(letter()["state"], "uncertain");
  ask({"clock", "advance", "1d"});
  EXPECT_EQ(letter()["attempts"], 2);

  ask({"outbox", "retry", std::to_string(first["id"].get<int>())});
  ASSERT_TRUE(becomes("sent"));
  EXPECT_EQ(letter()["message_id"], first["message_id"]);
  ASSERT_EQ(server.letters().size(), 3u);
  EXPECT_THAT(server.letters(), Each(server.letters().front()));
  EXPECT_THAT(server.letters().front(), HasSubstr(first["message_id"].get<std::string>()));
  EXPECT_EQ(stop_desk(), 0);
}

TEST_F(FinalDot, UnansweredIsHeldForAPersonWhereSetSo) {
  SmtpServer server({Dot::hang_up});
  send_through(server, "uncertain = \"hold\"\n");
  start_ready();
  ASSERT_TRUE(becomes("uncertain"));
  EXPECT_TRUE(letter()["next_attempt_at"].is_null());
  ask({"clock", "advance", "1d"});
  EXPECT_EQ(letter()["attempts"], 1);
  // A restart does not take the decision from the person either.
  EXPECT_EQ(stop_desk(), 0);
  start_ready();
  EXPECT_EQ(letter()["state"], "uncertain");
  ask({"outbox", "drop", std::to_string(letter()["id"].get<int>())});
  EXPECT_EQ(letter()["state"], "withdrawn");
  EXPECT_EQ(server.letters().size(), 1u);
}

TEST_F(FinalDot, OnTheWireAtAStopIsWaitedForAndSent) {
  SmtpServer server({Dot::silence});
  send_through(server);
  start_ready();
  ASSERT_TRUE(has_started(server, 1));
  desk_->signal(SIGTERM);
  ASSERT_TRUE(eventually([&] { return log().find("daemon.stopping") != std::string::npos; }));
  server.answer();
  EXPECT_EQ(desk_->wait(std::chrono::seconds(5)), 0);
  EXPECT_EQ(letter()["state"], "sent");
}

TEST_F(FinalDot, NeverAnsweredLetsTheDaemonEndWithinTenSecondsAndIsUncertain) {
  SmtpServer server({Dot::silence});
  send_through(server);
  start_ready();
  ASSERT_TRUE(has_started(server, 1));
  desk_->signal(SIGTERM);
  EXPECT_EQ(desk_->wait(std::chrono::seconds(10)), 0);
  EXPECT_EQ(letter()["state"], "uncertain");
  EXPECT_FALSE(letter()["next_attempt_at"].is_null());
}

}  // namespace
}  // namespace oin::test
