// The lines to mail servers, held against a real Dovecot and a real Postfix: TLS in both forms, certificates
// that must be refused, and one mail's way out by SMTP and in by IMAP.

#include <gmock/gmock.h>

#include "daemon/imap/session.hpp"
#include "daemon/net/curl_stream.hpp"
#include "daemon/smtp/client.hpp"
#include "tests/support/wait_for.hpp"
#include "tests/system/desk_test.hpp"

namespace oin::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class MailLinesTest : public DeskTest {
 protected:
  net::Endpoint endpoint(const std::string& port, net::Tls tls) {
    net::Endpoint there;
    there.protocol = port.starts_with("IMAP") ? net::Endpoint::Protocol::imap : net::Endpoint::Protocol::smtp;
    there.host = "127.0.0.1";
    there.port = static_cast<std::uint16_t>(std::stoi(env(port)));
    there.tls = tls;
    there.ca_file = env("CA_FILE");
    there.credentials = {"oin@oind.test", env("PASSWORD"), ""};
    there.ehlo_name = "desk.oind.test";
    return there;
  }
  Result<std::unique_ptr<net::ByteStream>> connect(net::Endpoint there) {
    return wait_for(net::connect(loop, std::move(there), 20s));
  }
  Error refusal(net::Endpoint there) {
    const auto stream = connect(std::move(there));
    EXPECT_FALSE(stream);
    return stream ? Error{} : stream.error();
  }
  template <class T>
  T good(Task<T> work) {
    Result<T> result = wait_for(std::move(work));
    if (!result) throw std::runtime_error(result.error().what);
    if constexpr (!std::is_void_v<T>) return std::move(result).value();
  }
  std::unique_ptr<imap::Session> session(const std::string& port, net::Tls tls) {
    return good(imap::Session::open(good(net::connect(loop, endpoint(port, tls), 20s))));
  }
  std::unique_ptr<smtp::Client> client(const std::string& port, net::Tls tls) {
    return good(smtp::Client::open(good(net::connect(loop, endpoint(port, tls), 20s)), "desk.oind.test"));
  }

  net::CurlGlobal curl;
  WaitFor wait_for;
  net::CurlLoop loop{wait_for.io.get_executor()};
};

/// 150 kB with what could lead a careless client or server astray.
std::string treacherous_mail() {
  std::string mail =
      "From: oin@oind.test\r\nTo: oin@oind.test\r\nSubject: x\r\n\r\nX3 OK forged\r\n* BYE "
      "forged\r\n.\r\n..\r\n)\r\n{5}\r\n";
  while (mail.size() < 150'000) mail += "0123456789 and so on, a line like any other of this long mail\r\n";
  return mail;
}

TEST_F(MailLinesTest, CarryAMailOutAndInUnchangedByBothFormsOfTls) {
  const std::string mail = treacherous_mail();
  auto in = session("IMAPS_PORT", net::Tls::implicit);
  EXPECT_TRUE(good(in->select("INBOX")).permanent_keywords);
  EXPECT_EQ(good(in->list_after(0)).size(), 0u);

  for (const auto& [port, tls] :
       {std::pair{"SMTP_PORT", net::Tls::starttls}, std::pair{"SMTPS_PORT", net::Tls::implicit}}) {
    auto out = client(port, tls);
    EXPECT_TRUE(out->has("PIPELINING"));
    smtp::Envelope envelope{"oin@oind.test", {"oin@oind.test", "refused@acme.test"}};
    const smtp::Sending sent = wait_for(out->send(std::move(envelope), mail));
    EXPECT_EQ(smtp::verdict(sent, 0), smtp::Verdict::delivered) << smtp::reason(sent, 0);
    EXPECT_EQ(smtp::verdict(sent, 1), smtp::Verdict::refused);
    EXPECT_THAT(smtp::reason(sent, 1), HasSubstr("550 5.1.1 <refused@acme.test>"));
    wait_for(out->quit());
  }

  std::vector<imap::Listed> listed;
  while (listed.size() < 2) {
    ASSERT_EQ(good(in->idle(30s)), imap::IdleEnd::news);
    listed = good(in->list_after(0));
  }
  // By STARTTLS, one at a time and both in flight.
  auto other = session("IMAP_PORT", net::Tls::starttls);
  good(other->select("INBOX"));
  good(other->request({listed[0].uid}, imap::Part::whole));
  good(other->request({listed[1].uid, 4000000}, imap::Part::whole));
  for (int turn = 0; turn < 2; ++turn) {
    const auto fetched = good(other->receive());
    const std::string& bytes = fetched.at(0).bytes.value();
    EXPECT_EQ(bytes.size(), fetched[0].size);
    EXPECT_TRUE(bytes.ends_with(mail.substr(mail.find("\r\n\r\n")))) << "the body is as it was";
    EXPECT_EQ(std::count(fetched[0].flags.begin(), fetched[0].flags.end(), "\\Seen"), 0);
    if (turn == 1) {
      EXPECT_EQ(fetched.at(1).bytes, std::nullopt);
    }
  }
  good(other->add_flag({listed[0].uid}, "$OindHandled"));
  good(other->request({listed[0].uid}, imap::Part::header));
  const auto header = good(other->receive());
  EXPECT_EQ(std::count(header[0].flags.begin(), header[0].flags.end(), "$OindHandled"), 1);
  EXPECT_TRUE(header[0].bytes.value().ends_with("\r\n\r\n"));

  good(other->move({listed[0].uid, listed[1].uid}, "Erledigt & f\xC3\xBCr gut"));
  good(other->move({listed[0].uid, listed[1].uid}, "Erledigt & f\xC3\xBCr gut"));
  EXPECT_EQ(good(other->all_uids()).size(), 0u);
  EXPECT_EQ(good(other->select("Erledigt & f\xC3\xBCr gut")).exists, 2u);
  wait_for(other->logout());
  // The first session sees what the second moved away.
  good(in->request({listed[0].uid}, imap::Part::whole));
  EXPECT_EQ(good(in->receive()).at(0).bytes, std::nullopt);
}

TEST_F(MailLinesTest, RefuseAWrongPasswordInTheServersWords) {
  for (const std::string port : {"IMAPS_PORT", "SMTPS_PORT"}) {
    net::Endpoint there = endpoint(port, net::Tls::implicit);
    there.credentials.password = "wrong";
    const Error error = refusal(there);
    EXPECT_EQ(error.fault, Fault::permanent);
    EXPECT_THAT(error.what, HasSubstr("the server refused the user name or password of \"oin@oind.test\" ("));
    EXPECT_THAT(error.what, testing::AnyOf(HasSubstr("[AUTHENTICATIONFAILED]"), HasSubstr("535 5.7.8")));
  }
}

TEST_F(MailLinesTest, RefuseACertificateThatProvesNothing) {
  for (const std::string port : {"IMAPS_PORT", "SMTPS_PORT"}) {
    net::Endpoint unknown_authority = endpoint(port, net::Tls::implicit);
    unknown_authority.ca_file.clear();
    const Error error = refusal(unknown_authority);
    EXPECT_EQ(error.fault, Fault::permanent);
    EXPECT_THAT(error.what, HasSubstr("set tls_ca_file"));
  }
  net::Endpoint missing = endpoint("IMAPS_PORT", net::Tls::implicit);
  missing.ca_file += ".missing";
  EXPECT_THAT(refusal(missing).what, HasSubstr("cannot be read"));

  servers({"certificate", "expired"});
  EXPECT_THAT(refusal(endpoint("IMAPS_PORT", net::Tls::implicit)).what, HasSubstr("certificate has expired"));
  EXPECT_THAT(refusal(endpoint("SMTP_PORT", net::Tls::starttls)).what, HasSubstr("certificate has expired"));
  servers({"certificate", "wrong-host"});
  EXPECT_THAT(refusal(endpoint("IMAP_PORT", net::Tls::starttls)).what,
              HasSubstr("for another host name than \"127.0.0.1\""));
  EXPECT_THAT(refusal(endpoint("SMTPS_PORT", net::Tls::implicit)).what,
              HasSubstr("for another host name than \"127.0.0.1\""));
}

TEST_F(MailLinesTest, SayWhenAServerIsAwayAndWhenItGoes) {
  auto in = session("IMAPS_PORT", net::Tls::implicit);
  good(in->select("INBOX"));
  good(in->list_after(0));
  servers({"stop-imap"});
  const auto ended = wait_for(in->idle(20s));
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().fault, Fault::transient);
  EXPECT_THAT(refusal(endpoint("IMAPS_PORT", net::Tls::implicit)).what, HasSubstr("nothing listens there"));
}

}  // namespace
}  // namespace oin::test
