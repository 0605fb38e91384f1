// connect() and the stream against small plain-text servers in this process.  What needs TLS is held against
// real servers in tests/system/mail_lines_test.cpp.

#include "daemon/net/curl_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/support/tcp_server.hpp"

namespace oin::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string greeting =
    "S: * OK ready\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\nS: TAG OK done\nC: "
    "AUTHENTICATE\n";
const std::string logged_in = greeting + "S: TAG OK in\n";

class CurlStreamTest : public testing::Test {
 protected:
  Endpoint at(std::uint16_t port) {
    Endpoint there;
    there.host = "127.0.0.1";
    there.port = port;
    there.tls = Tls::none;
    there.credentials = {"oin@example.com", "wrong", ""};
    return there;
  }
  Result<std::unique_ptr<ByteStream>> try_connect(Endpoint there, std::chrono::milliseconds deadline = 5s) {
    return wait_for(connect(loop, std::move(there), deadline));
  }
  std::unique_ptr<ByteStream> connected(std::uint16_t port) {
    auto stream = try_connect(at(port));
    EXPECT_TRUE(stream) << (stream ? "" : stream.error().what);
    return stream ? std::move(stream).value() : nullptr;
  }
  std::string line(ByteStream& stream) {
    std::array<char, 100> buffer{};
    const auto got = wait_for(stream.read_some(buffer, 5s));
    return got ? std::string(buffer.data(), got.value()) : got.error().what;
  }

  CurlGlobal curl;
  test::WaitFor wait_for;
  CurlLoop loop{wait_for.io.get_executor()};
};

TEST_F(CurlStreamTest, GivesTheLineAfterTheLogin) {
  test::TcpServer server(wait_for.io, logged_in + "C: X1 NOOP\nS: X1 OK done\n");
  auto stream = connected(server.port());
  ASSERT_TRUE(stream);
  ASSERT_TRUE(wait_for(stream->write_all("X1 NOOP\r\n", 5s)));
  EXPECT_EQ(line(*stream), "X1 OK done\r\n");
  EXPECT_EQ(server.heard().back(), "X1 NOOP\r\n");
}

TEST_F(CurlStreamTest, StaysUsableAfterADeadlineHasPassed) {
  test::TcpServer server(wait_for.io, logged_in + "C: X1 NOOP\nS: X1 OK done\n");
  auto stream = connected(server.port());
  ASSERT_TRUE(stream);
  std::array<char, 10> buffer{};
  const auto nothing = wait_for(stream->read_some(buffer, 5ms));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().what,
            "no answer from 127.0.0.1:" + std::to_string(server.port()) + " within 5 ms");
  EXPECT_EQ(nothing.error().fault, Fault::transient);
  EXPECT_TRUE(stream->timed_out());
  ASSERT_TRUE(wait_for(stream->write_all("X1 NOOP\r\n", 5s)));
  EXPECT_EQ(line(*stream), "X1 OK done\r\n");
  EXPECT_FALSE(stream->timed_out());
}

TEST_F(CurlStreamTest, SeesTheEndOfTheStream) {
  test::TcpServer server(wait_for.io, logged_in + "C: X1\nS: bye\n(hangs up)\n");
  auto stream = connected(server.port());
  ASSERT_TRUE(stream);
  ASSERT_TRUE(wait_for(stream->write_all("X1\r\n", 5s)));
  EXPECT_EQ(line(*stream), "bye\r\n");
  EXPECT_EQ(line(*stream), "") << "0 bytes are the end";
}

TEST_F(CurlStreamTest, NamesTheUserAndTheServersWordsWhenThePasswordIsWrong) {
  test::TcpServer server(wait_for.io, greeting + "S: TAG NO [AUTHENTICATIONFAILED] wrong\n");
  const auto refused = try_connect(at(server.port()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::permanent);
  EXPECT_EQ(refused.error().what,
            "imap://127.0.0.1:" + std::to_string(server.port()) +
                ": the server refused the user name or password of \"oin@example.com\" (A002 NO "
                "[AUTHENTICATIONFAILED] wrong)");
}

TEST_F(CurlStreamTest, SendsATokenAndNeverAPasswordInItsPlace) {
  test::TcpServer offered(
      wait_for.io,
      "S: * OK ready\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR\n"
      "S: TAG OK done\nC: AUTHENTICATE\nS: TAG OK in\n");
  Endpoint there = at(offered.port());
  there.credentials.bearer_token = "opaque";
  EXPECT_TRUE(try_connect(there));
  EXPECT_THAT(offered.heard().back(), HasSubstr("AUTHENTICATE XOAUTH2 "));
  test::TcpServer not_offered(wait_for.io, greeting + "S: TAG OK in\n");
  there.port = not_offered.port();
  const auto refused = try_connect(there);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::permanent);
  EXPECT_THAT(refused.error().what, HasSubstr("refused the token"));
  EXPECT_EQ(not_offered.heard().size(), 1u) << "CAPABILITY, and no AUTHENTICATE PLAIN";
}

TEST_F(CurlStreamTest, SendsNoPasswordWhereStartTlsIsNotOffered) {
  test::TcpServer server(wait_for.io, greeting + "S: TAG OK in\n");
  Endpoint there = at(server.port());
  there.tls = Tls::starttls;
  const auto refused = try_connect(there);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::permanent);
  EXPECT_THAT(refused.error().what, HasSubstr("does not offer STARTTLS"));
  EXPECT_EQ(server.heard().size(), 1u);
}

/// CVE-2021-22947: what somebody on the line put behind the answer to STARTTLS, before TLS began, is not
/// taken for the server's word.
TEST_F(CurlStreamTest, TakesNoAnswerThatStoodInTheClearBehindStartTls) {
  test::TcpServer imap(
      wait_for.io,
      "S: * OK ready\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\nS: TAG OK "
      "done\nC: STARTTLS\nS: TAG OK begin\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: TAG OK "
      "injected\nC: more\nC: more\n");
  Endpoint there = at(imap.port());
  there.tls = Tls::starttls;
  EXPECT_FALSE(try_connect(there));
  ASSERT_GE(imap.heard().size(), 2u);
  for (const std::string& line : imap.heard())
    EXPECT_EQ(line.find("AUTHENTICATE"), std::string::npos) << line;

  test::TcpServer smtp(wait_for.io,
                       "S: 220 mx ready\nC: EHLO\nS: 250-mx\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nS: "
                       "250-mx\nS: 250 AUTH PLAIN\nC: more\nC: more\n");
  there = at(smtp.port());
  there.tls = Tls::starttls;
  there.protocol = Endpoint::Protocol::smtp;
  EXPECT_FALSE(try_connect(there));
  ASSERT_GE(smtp.heard().size(), 2u);
  for (const std::string& line : smtp.heard()) EXPECT_FALSE(line.starts_with("AUTH")) << line;
}

/// CVE-2021-22946: a server that calls the session authenticated offers no STARTTLS, and is left.
TEST_F(CurlStreamTest, DoesNotSkipTlsWhereTheServerSaysItKnowsUs) {
  test::TcpServer server(wait_for.io,
                         "S: * PREAUTH welcome\nC: CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: TAG OK done\nC: "
                         "more\n");
  Endpoint there = at(server.port());
  there.tls = Tls::starttls;
  const auto refused = try_connect(there);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::permanent) << refused.error().what;
}

TEST_F(CurlStreamTest, SaysThatAPortDoesNotBeginWithTls) {
  test::TcpServer server(wait_for.io, "S: * OK ready\n");
  Endpoint there = at(server.port());
  there.tls = Tls::implicit;
  const auto refused = try_connect(there);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::permanent);
  EXPECT_THAT(refused.error().what, HasSubstr("set tls to \"starttls\""));
}

TEST_F(CurlStreamTest, TriesAgainLaterWhereNobodyListensOrAnswers) {
  std::uint16_t port = 0;
  {
    const boost::asio::ip::tcp::acceptor free_port(wait_for.io, {boost::asio::ip::address_v4::loopback(), 0});
    port = free_port.local_endpoint().port();
  }
  const auto refused = try_connect(at(port));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::transient);
  EXPECT_THAT(refused.error().what, HasSubstr("nothing listens there"));

  test::TcpServer mute(wait_for.io, "C: never\n");
  const auto silence = try_connect(at(mute.port()), 50ms);
  ASSERT_FALSE(silence);
  EXPECT_EQ(silence.error().fault, Fault::transient);
  EXPECT_THAT(silence.error().what, HasSubstr("no answer within 50 ms"));

  test::TcpServer busy(wait_for.io, "S: * BYE too many connections\n(hangs up)\n");
  const auto left = try_connect(at(busy.port()));
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().fault, Fault::transient);
  EXPECT_THAT(left.error().what, HasSubstr("(* BYE too many connections)"));
}

TEST_F(CurlStreamTest, NamesAHostThatDoesNotExist) {
  Endpoint there = at(993);
  there.host = std::string(70, 'a') + ".invalid";  // a label too long to be asked of any name server
  const auto unknown = try_connect(there);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fault, Fault::transient);
  EXPECT_THAT(unknown.error().what, HasSubstr("the host name \"aaa"));
}

TEST_F(CurlStreamTest, LogsInToSmtpUnderItsOwnName) {
  test::TcpServer server(wait_for.io,
                         "S: 220 mx ready\nC: EHLO\nS: 250-mx\nS: 250 AUTH PLAIN\nC: AUTH\nS: 334 \nC: …\nS: "
                         "235 2.7.0 in\nC: NOOP\nS: 250 ok\n");
  Endpoint there = at(server.port());
  there.protocol = Endpoint::Protocol::smtp;
  there.ehlo_name = "desk.example.com";
  auto stream = try_connect(there);
  ASSERT_TRUE(stream) << stream.error().what;
  EXPECT_EQ(server.heard().at(0), "EHLO desk.example.com\r\n");
  ASSERT_TRUE(wait_for(stream.value()->write_all("NOOP\r\n", 5s)));
  EXPECT_EQ(line(*stream.value()), "250 ok\r\n");
}

asio::awaitable<void> read_one(ByteStream& stream, std::optional<Error>& ended) {
  std::array<char, 10> buffer{};
  const auto got = co_await stream.read_some(buffer, 1h);
  if (!got) ended = got.error();
}

asio::awaitable<void> connect_one(CurlLoop& loop, Endpoint there, std::optional<Error>& ended) {
  const auto stream = co_await connect(loop, std::move(there), 1h);
  if (!stream) ended = stream.error();
}

TEST_F(CurlStreamTest, EndsAWaitWhenItIsClosedOrCancelled) {
  test::TcpServer server(wait_for.io, logged_in);
  auto stream = connected(server.port());
  ASSERT_TRUE(stream);
  std::optional<Error> cancelled, closed;
  asio::cancellation_signal stop;
  bool done = false;
  asio::co_spawn(wait_for.io, read_one(*stream, cancelled),
                 asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr) { done = true; }));
  wait_for.io.restart();
  wait_for.io.poll();
  stop.emit(asio::cancellation_type::terminal);
  while (!done) wait_for.io.run_one();
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(cancelled->fault, Fault::stopping);

  done = false;
  asio::co_spawn(wait_for.io, read_one(*stream, closed), [&](std::exception_ptr) { done = true; });
  wait_for.io.restart();
  wait_for.io.poll();
  stream->close();
  while (!done) wait_for.io.run_one();
  ASSERT_TRUE(closed);
  EXPECT_THAT(closed->what, HasSubstr("closed"));
}

TEST_F(CurlStreamTest, CanBeCancelledWhileItConnects) {
  test::TcpServer mute(wait_for.io, "C: never\n");
  for (int turns = 0; turns < 20; ++turns) {  // wherever in the connecting that may be
    std::optional<Error> ended;
    asio::cancellation_signal stop;
    bool done = false;
    asio::co_spawn(wait_for.io, connect_one(loop, at(mute.port()), ended),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr) { done = true; }));
    wait_for.io.restart();
    for (int turn = 0; turn < turns; ++turn) wait_for.io.poll_one();
    stop.emit(asio::cancellation_type::terminal);
    while (!done) wait_for.io.run_one();
    if (ended) {
      EXPECT_EQ(ended->fault, Fault::stopping);
    }
  }
}

TEST_F(CurlStreamTest, OutlivesItsLoop) {
  test::TcpServer server(wait_for.io, logged_in + "C: X1\nS: still here\n");
  auto own_loop = std::make_unique<CurlLoop>(wait_for.io.get_executor());
  auto stream = wait_for(connect(*own_loop, at(server.port()), 5s));
  ASSERT_TRUE(stream);
  own_loop.reset();
  ASSERT_TRUE(wait_for(stream.value()->write_all("X1\r\n", 5s)));
  EXPECT_EQ(line(*stream.value()), "still here\r\n");
}

}  // namespace
}  // namespace oin::net
