#include "daemon/smtp/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/support/scripted_stream.hpp"
#include "tests/support/wait_for.hpp"

namespace oin::smtp {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string ehlo =
    "C: EHLO desk.example.com\n"
    "S: 250-mx.example.com\n"
    "S: 250-PIPELINING\n"
    "S: 250-size 10240000\n"
    "S: 250-8BITMIME\n"
    "S: 250 SMTPUTF8\n";
const std::string plain_ehlo = "C: EHLO desk.example.com\nS: 250 mx.example.com\n";
const std::string letter = "Subject: x\n\n.dot\n";
const std::string on_the_wire = "C: Subject: x\nC: \nC: ..dot\nC: .\n";

asio::awaitable<Result<void>> count_dot(int& dots) {
  ++dots;
  co_return success();
}
asio::awaitable<Result<void>> refuse_dot() { co_return permanent("disk full"); }

struct Play {
  explicit Play(const std::string& text) : script(std::make_shared<test::Script>(text)) {
    auto opened = wait_for(Client::open(std::make_unique<test::ScriptedStream>(script), "desk.example.com"));
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().what);
    if (opened) client = std::move(opened).value();
  }
  Sending send(std::vector<std::string> to, std::string_view message = letter,
               std::string from = "oin@example.com") {
    Envelope envelope{std::move(from), std::move(to)};
    return wait_for(client->send(std::move(envelope), message, [this] { return count_dot(dots); }));
  }

  test::WaitFor wait_for;
  std::shared_ptr<test::Script> script;
  std::unique_ptr<Client> client;
  int dots = 0;
};

TEST(SmtpClient, SendsInOneStretchWherePipeliningIsOffered) {
  Play play(ehlo +
            "C: MAIL FROM:<oin@example.com> SIZE=21\nC: RCPT TO:<a@example.com>\nC: RCPT "
            "TO:<b@example.com>\nC: DATA\n"
            "S: 250 2.1.0 ok\nS: 250 2.1.5 ok\nS: 550 5.1.1 no such user\nS: 354 go\n" +
            on_the_wire + "S: 250 2.0.0 queued as 7\n");
  const Sending sent = play.send({"a@example.com", "b@example.com"});
  EXPECT_EQ(sent.stage, Stage::answered);
  EXPECT_EQ(sent.final.whole(), "250 2.0.0 queued as 7");
  EXPECT_EQ(verdict(sent, 0), Verdict::delivered);
  EXPECT_EQ(verdict(sent, 1), Verdict::refused);
  EXPECT_EQ(reason(sent, 1), "550 5.1.1 no such user");
  EXPECT_EQ(play.dots, 1);
  EXPECT_TRUE(play.client->usable());
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(SmtpClient, WaitsForEachReplyWherePipeliningIsNot) {
  Play play(plain_ehlo +
            "C: MAIL FROM:<>\nS: 250 ok\nC: RCPT TO:<a@example.com>\nS: 450 4.2.0 greylisted\n"
            "C: RCPT TO:<b@example.com>\nS: 250 ok\nC: DATA\nS: 354 go\n" +
            on_the_wire + "S: 250 ok\n");
  const Sending sent = play.send({"a@example.com", "b@example.com"}, letter, "");
  EXPECT_EQ(verdict(sent, 0), Verdict::deferred);
  EXPECT_EQ(verdict(sent, 1), Verdict::delivered);
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(SmtpClient, ResetsBeforeTheNextLetterAfterARefusal) {
  Play play(
      plain_ehlo +
      "C: MAIL FROM:<oin@example.com>\nS: 250 ok\nC: RCPT TO:<a@example.com>\nS: 550 5.1.1 who\n"
      "C: RSET\nS: 250 ok\nC: MAIL FROM:<oin@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 250 ok\n"
      "C: DATA\nS: 354 go\n" +
      on_the_wire +
      "S: 554 5.6.0 spam\n"
      "C: RSET\nS: 250 ok\nC: MAIL FROM:<oin@example.com>\nS: 451 4.3.0 later\n");
  EXPECT_EQ(verdict(play.send({"a@example.com"}), 0), Verdict::refused);
  const Sending spam = play.send({"b@example.com"});
  EXPECT_EQ(spam.stage, Stage::answered);
  EXPECT_EQ(verdict(spam, 0), Verdict::refused);
  EXPECT_EQ(reason(spam, 0), "554 5.6.0 spam");
  const Sending later = play.send({"c@example.com"});
  EXPECT_EQ(verdict(later, 0), Verdict::deferred);
  EXPECT_EQ(reason(later, 0), "451 4.3.0 later");
  EXPECT_EQ(play.dots, 1);
  EXPECT_EQ(play.script->verdict(), "");
}

const std::string announced = "C: MAIL FROM:<oin@example.com> SIZE=21\nC: RCPT TO:<a@example.com>\nC: DATA\n";

TEST(SmtpClient, EndsA354ToNobodyWithAnEmptyBody) {
  Play play(ehlo + announced + "S: 250 ok\nS: 550 5.1.1 who\nS: 354 go\nC: .\nS: 554 no recipients\n");
  const Sending sent = play.send({"a@example.com"});
  EXPECT_EQ(verdict(sent, 0), Verdict::refused);
  EXPECT_EQ(sent.stage, Stage::before_dot);
  EXPECT_EQ(play.dots, 0);
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(SmtpClient, HangsUpWhenRcptAndDataAreTakenAfterARefusedMail) {
  Play play(ehlo + announced + "S: 550 5.7.1 not you\nS: 250 ok\nS: 354 go\n");
  const Sending sent = play.send({"a@example.com"});
  EXPECT_EQ(verdict(sent, 0), Verdict::refused);
  EXPECT_EQ(reason(sent, 0), "550 5.7.1 not you");
  EXPECT_FALSE(play.client->usable());
  EXPECT_TRUE(play.script->closed);
  EXPECT_EQ(play.dots, 0);
}

TEST(SmtpClient, GivesARefusedDataToEveryAcceptedRecipient) {
  Play play(ehlo + announced + "S: 250 ok\nS: 250 ok\nS: 452 4.3.1 disk full\n");
  const Sending sent = play.send({"a@example.com"});
  EXPECT_EQ(verdict(sent, 0), Verdict::deferred);
  EXPECT_EQ(reason(sent, 0), "452 4.3.1 disk full");
  EXPECT_TRUE(play.client->usable());
}

TEST(SmtpClient, IsNotUsableAfter421) {
  Play play(plain_ehlo + "C: MAIL FROM:<oin@example.com>\nS: 421 4.3.2 closing\n");
  const Sending sent = play.send({"a@example.com"});
  EXPECT_EQ(verdict(sent, 0), Verdict::deferred);
  EXPECT_EQ(reason(sent, 0), "421 4.3.2 closing");
  EXPECT_FALSE(play.client->usable());
}

TEST(SmtpClient, KeepsTheRepliesReadBeforeTheLineBroke) {
  Play play(ehlo +
            "C: MAIL FROM:<oin@example.com> SIZE=21\nC: RCPT TO:<a@example.com>\nC: RCPT "
            "TO:<b@example.com>\nC: DATA\n"
            "S: 250 ok\nS: 550 5.1.1 who\n");
  const Sending sent = play.send({"a@example.com", "b@example.com"});
  EXPECT_EQ(verdict(sent, 0), Verdict::refused);
  EXPECT_EQ(verdict(sent, 1), Verdict::deferred);
  ASSERT_TRUE(sent.broken);
  EXPECT_EQ(sent.broken->what, "the SMTP server hung up");
}

TEST(SmtpClient, WritesNoDotWhenTheHookRefuses) {
  const auto script = std::make_shared<test::Script>(
      ehlo + announced + "S: 250 ok\nS: 250 ok\nS: 354 go\nC: Subject: x\nC: \nC: ..dot\n");
  test::WaitFor wait_for;
  auto client =
      wait_for(Client::open(std::make_unique<test::ScriptedStream>(script), "desk.example.com")).value();
  Envelope envelope{"oin@example.com", {"a@example.com"}};
  const Sending sent = wait_for(client->send(std::move(envelope), letter, refuse_dot));
  EXPECT_EQ(sent.stage, Stage::before_dot);
  EXPECT_EQ(verdict(sent, 0), Verdict::deferred) << "our trouble is no refusal";
  EXPECT_TRUE(script->closed);
  EXPECT_EQ(script->verdict(), "");
}

TEST(SmtpClient, AnnouncesEightBitAndUtf8OnlyWhereOffered) {
  const std::string message = "Subject: x\n\ngr\xC3\xBC\xC3\x9F\n";
  Play play(ehlo +
            "C: MAIL FROM:<oin@example.com> SIZE=22 BODY=8BITMIME SMTPUTF8\nC: RCPT "
            "TO:<gr\xC3\xBC@example.com>\nC: DATA\n"
            "S: 250 ok\nS: 250 ok\nS: 354 go\nC: Subject: x\nC: \nC: gr\xC3\xBC\xC3\x9F\nC: .\nS: 250 ok\n");
  EXPECT_EQ(verdict(play.send({"gr\xC3\xBC@example.com"}, message), 0), Verdict::delivered);
  EXPECT_EQ(play.script->verdict(), "");

  Play plain(plain_ehlo);
  const Sending eight_bit = plain.send({"a@example.com"}, message);
  EXPECT_EQ(verdict(eight_bit, 0), Verdict::refused);
  EXPECT_THAT(reason(eight_bit, 0), HasSubstr("8BITMIME"));
  EXPECT_THAT(reason(plain.send({"gr\xC3\xBC@example.com"}), 0), HasSubstr("SMTPUTF8"));
  EXPECT_TRUE(plain.client->usable()) << "nothing was said on the wire";
}

TEST(SmtpClient, NeverWritesAnAddressThatCouldSmuggleACommand) {
  Play play(plain_ehlo +
            "C: MAIL FROM:<oin@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.com>\nS: 250 ok\nC: DATA\nS: "
            "354 go\n" +
            on_the_wire + "S: 250 ok\n");
  const Sending sent = play.send({"a@example.com>\r\nRCPT TO:<evil@example.com", "b@example.com", ""});
  EXPECT_EQ(verdict(sent, 0), Verdict::refused);
  EXPECT_EQ(verdict(sent, 1), Verdict::delivered);
  EXPECT_EQ(verdict(sent, 2), Verdict::refused);
  const Sending from = play.send({"a@example.com"}, letter, "x\r\ny");
  EXPECT_EQ(verdict(from, 0), Verdict::refused);
  EXPECT_EQ(play.script->verdict(), "");
}

TEST(SmtpClient, SaysWhyEhloWasRefused) {
  test::WaitFor wait_for;
  const auto script = std::make_shared<test::Script>("C: EHLO desk.example.com\nS: 550 5.7.1 go away\n");
  const auto opened =
      wait_for(Client::open(std::make_unique<test::ScriptedStream>(script), "desk.example.com"));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().what, "EHLO desk.example.com: 550 5.7.1 go away");
  EXPECT_EQ(opened.error().fault, Fault::permanent);
}

TEST(SmtpClient, QuitsAndNeverMindsASilentServer) {
  Play play(plain_ehlo + "C: QUIT\nS: 221 bye\n");
  play.wait_for(play.client->quit());
  EXPECT_EQ(play.script->verdict(), "");
  EXPECT_TRUE(play.script->closed);
  Play mute(plain_ehlo + "C: QUIT\n(silence)\n");
  mute.wait_for(mute.client->quit());
  EXPECT_TRUE(mute.script->closed);
}

TEST(SmtpClient, KnowsWhereverTheLineIsCutWhetherTheDotMayHaveLeft) {
  const std::string text =
      ehlo + announced + "S: 250 ok\nS: 250 ok\nS: 354 go\n" + on_the_wire + "S: 250 2.0.0 queued\n";
  Play whole(text);
  ASSERT_EQ(verdict(whole.send({"a@example.com"}), 0), Verdict::delivered);
  const std::size_t greeted = Play(ehlo).script->carried;
  for (std::size_t cut = greeted; cut < whole.script->carried; ++cut) {
    Play play(text);
    play.script->cut = cut;
    const Sending sent = play.send({"a@example.com"});
    ASSERT_TRUE(sent.broken) << cut;
    EXPECT_EQ(sent.broken->fault, Fault::transient);
    EXPECT_FALSE(play.client->usable());
    // The dot's first byte on the wire makes it uncertain, and the hook was asked before.
    const bool dot_left = play.script->heard.ends_with("..dot\r\n.") ||
                          play.script->heard.ends_with("\r\n.\r") ||
                          play.script->heard.ends_with("\r\n.\r\n");
    if (dot_left) {
      EXPECT_EQ(sent.stage, Stage::dot_started) << cut;
    }
    EXPECT_EQ(verdict(sent, 0), sent.stage == Stage::dot_started ? Verdict::uncertain : Verdict::deferred)
        << cut;
    EXPECT_EQ(play.dots, sent.stage == Stage::dot_started ? 1 : 0) << cut;
    EXPECT_EQ(play.script->problem, "");
  }
}

/// A server that answers the dot only when the test says so.
class HeldStream final : public net::ByteStream {
 public:
  explicit HeldStream(asio::any_io_executor executor)
      : gate_(executor, asio::steady_timer::time_point::max()) {}
  Task<std::size_t> read_some(std::span<char> into, std::chrono::milliseconds) override {
    if (answers_.empty()) {
      waiting_ = true;
      boost::system::error_code ignored;
      co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      if (closed_) co_return transient("closed");
      if (answers_.empty()) co_return stopping();  // only cancellation wakes it without an answer
    }
    const std::size_t count = answers_.copy(into.data(), into.size());
    answers_.erase(0, count);
    co_return count;
  }
  Task<void> write_all(std::string_view, std::chrono::milliseconds) override { co_return success(); }
  bool timed_out() const noexcept override { return false; }
  void close() noexcept override {
    closed_ = true;
    gate_.cancel();
  }
  void say(std::string answer) {
    answers_ += answer;
    gate_.cancel();
  }
  bool waiting() const { return waiting_; }

 private:
  asio::steady_timer gate_;
  std::string answers_;
  bool waiting_ = false, closed_ = false;
};

struct HeldLetter {
  HeldLetter() {
    auto owned = std::make_unique<HeldStream>(io.get_executor());
    stream = owned.get();
    stream->say("250 mx\r\n");
    asio::co_spawn(io, run(std::move(owned)),
                   asio::bind_cancellation_slot(stop.slot(), [](std::exception_ptr) {}));
    until_it_waits();
  }
  asio::awaitable<void> run(std::unique_ptr<net::ByteStream> owned) {
    auto opened = co_await Client::open(std::move(owned), "desk.example.com");
    client = std::move(opened).value();
    stream->say("250 ok\r\n250 ok\r\n354 go\r\n");
    Envelope envelope{"oin@example.com", {"a@example.com"}};
    sent = co_await client->send(std::move(envelope), letter);
  }
  void until_it_waits() {
    while (!stream->waiting()) io.run_one();
    io.poll();
  }

  asio::io_context io;
  asio::cancellation_signal stop;
  HeldStream* stream = nullptr;
  std::unique_ptr<Client> client;
  std::optional<Sending> sent;
};

TEST(SmtpClient, IsNotCutByCancellationBetweenBodyAndAnswer) {
  HeldLetter held;
  held.stop.emit(asio::cancellation_type::terminal);
  held.io.poll();
  EXPECT_FALSE(held.sent) << "it goes on waiting";
  held.stream->say("250 2.0.0 queued\r\n");
  held.io.run();
  ASSERT_TRUE(held.sent);
  EXPECT_EQ(verdict(*held.sent, 0), Verdict::delivered);
}

TEST(SmtpClient, EndsItsWaitWhenHastened) {
  HeldLetter held;
  held.client->hasten(1ms);
  held.io.run();
  ASSERT_TRUE(held.sent);
  EXPECT_EQ(verdict(*held.sent, 0), Verdict::uncertain);
  EXPECT_FALSE(held.client->usable());
}

}  // namespace
}  // namespace oin::smtp
