/// bare_client.hpp: the same conversations with the same servers, and nothing done with what they say.
///
/// Uses oind's own connect(), Session and Client, so what oind takes longer is oind's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "daemon/imap/session.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/smtp/client.hpp"
#include "tests/bench/desk/rig.hpp"
#include "tests/support/wait_for.hpp"

namespace oin::bench {

class BareClient {
 public:
  explicit BareClient(const Rig& rig) : rig_(rig) {}
  ~BareClient();

  /// Logs in and selects the INBOX; the server makes it when it is missing.
  void open(const std::string& account);
  void open_smtp();

  std::vector<std::uint32_t> uids();

  struct Fetched {
    double seconds = 0;
    std::size_t mails = 0, bytes = 0;
  };
  /// In windows of 200 mails, two in flight, as oind fetches them.
  Fetched fetch(const std::vector<std::uint32_t>& uids);

  /// Idles until a mail is pushed, fetches it, and sends `letter`: the seconds from the push to the moment
  /// before the letter's final dot.
  double answer_next(const smtp::Envelope& envelope, const std::string& letter);

 private:
  const Rig& rig_;
  test::WaitFor wait_for_;
  net::CurlLoop loop_{wait_for_.io.get_executor()};
  std::unique_ptr<imap::Session> session_;
  std::unique_ptr<smtp::Client> client_;
  std::uint32_t last_uid_ = 0;
};

/// Hands a mail to the server by LMTP (RFC 2033); when the write of the final dot began, by now_seconds().
double hand_over(const Rig& rig, const std::string& sender, const std::string& recipient,
                 const std::string& message);

}  // namespace oin::bench
