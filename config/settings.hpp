/// settings.hpp: what an operator may set in oind.toml, as plain values.
///
/// Every key, its default and its meaning stand in config/oind.example.toml; load.hpp reads it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oin {

/// A password or token.  It has no stream or format operator, so it cannot slip into a log line.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string value_;
};

/// A mail server's place: "imaps://mail.example.com:993/INBOX" or "smtp://mail.example.com:587".
struct ServerSettings {
  enum class Tls { implicit, starttls, none };
  std::string host;
  std::uint16_t port = 0;
  Tls tls = Tls::implicit;
  std::string user;
  Secret password;
  /// Where an OAuth 2 access token lies, used instead of a password; empty: none.  Read at every login,
  /// because whoever puts it there renews it each hour.
  std::filesystem::path access_token_file;
  std::string tls_ca_file;  ///< empty: the system's trust store
  bool operator==(const ServerSettings&) const = default;
};

struct MailboxSettings {
  enum class After { flag, seen, move };
  std::string name;     ///< "oin" or "developers"
  std::string address;  ///< "oin@example.com"
  ServerSettings server;
  std::string folder = "INBOX";
  After after = After::flag;
  std::string move_to;  ///< the folder of After::move
  std::vector<std::string> trusted_authserv_ids;
  std::vector<std::string> trusted_arc_sealers;  ///< domains of forwarders
  bool operator==(const MailboxSettings&) const = default;
};

struct SmtpSettings {
  enum class Uncertain { retry, hold };
  ServerSettings server;
  int connections = 4;
  Uncertain uncertain = Uncertain::retry;
  bool operator==(const SmtpSettings&) const = default;
};

/// A program on this machine that every mail is shown to before it is opened.
struct ScannerSettings {
  enum class Kind { clamd, rspamd };
  std::string name;
  Kind kind = Kind::clamd;
  std::filesystem::path unix_path;  ///< absolute; empty: host and port, both of this machine
  std::string host;
  std::uint16_t port = 0;
  std::chrono::seconds time{60};           ///< for one mail
  std::size_t message_bytes = 25'000'000;  ///< a larger mail is not shown
  bool pass_larger = false;                ///< and goes on unscanned; else it goes to quarantine
  int concurrent = 4;                      ///< mails shown at once
  std::vector<std::string> unwanted = {"reject", "discard", "quarantine"};  ///< actions of rspamd
  bool operator==(const ScannerSettings&) const = default;
};

struct PersonSettings {
  std::string name, address, unix_user;
  std::vector<std::string> roles;  ///< reviewer, qa, publisher, support, security, lead
  bool operator==(const PersonSettings&) const = default;
};

struct Settings {
  struct Desk {
    std::string name = "OIN review desk";
    std::string domain;  ///< of Message-IDs
    std::string subaddress_separator = "+";
    std::vector<Secret> signing_keys;  ///< 32 bytes each; the first signs, all verify
    std::vector<Secret> sealing_keys;  ///< empty: derived from the signing keys
    bool test_clock = false;
    bool operator==(const Desk&) const = default;
  } desk;

  struct Store {
    std::string url = "sqlite:/var/lib/oind/oind.db";
    std::filesystem::path sqlite_path;  ///< the path of a sqlite: url, absolute
    bool operator==(const Store&) const = default;
  } store;

  struct Paths {
    std::filesystem::path socket;
    std::filesystem::path workflow;    ///< empty: the shipped one
    std::filesystem::path cues;        ///< empty: the shipped ones
    std::filesystem::path vocabulary;  ///< empty: the shipped one
    std::filesystem::path rules;       ///< a folder; empty: the shipped ones
    std::filesystem::path answers;     ///< a folder; empty: none
    std::filesystem::path templates;   ///< a folder of overrides; empty: none
    bool operator==(const Paths&) const = default;
  } paths;

  struct Log {
    std::string level = "info";  ///< trace, debug, info, warn, error
    bool operator==(const Log&) const = default;
  } log;

  struct Intake {
    std::size_t window_bytes = 8'000'000;  ///< fetched at once
    std::size_t window_mails = 200;
    std::size_t message_bytes = 50'000'000;  ///< beyond: header only, and a letter that says so
    std::chrono::seconds poll{60};           ///< where the server has no IDLE
    std::chrono::seconds idle{28 * 60};      ///< re-issued before 29 minutes (RFC 2177)
    std::chrono::seconds answer{60};         ///< the longest silence of a server
    std::chrono::seconds retry_first{1};     ///< back-off after a lost connection
    std::chrono::seconds retry_longest{300};
    std::size_t parser_threads = 2;
    bool operator==(const Intake&) const = default;
  } intake;

  /// What a mail may cost: beyond it the rest is kept as it stands, and a defect names the limit.
  struct Parse {
    std::size_t header_bytes = 1'000'000;  ///< of one header section
    std::size_t field_bytes = 256'000;     ///< of one header field
    std::size_t fields = 5'000;            ///< in one header section
    std::size_t depth = 50;                ///< of multiparts within each other
    std::size_t parts = 1'000;
    std::size_t decoded_bytes = 100'000'000;  ///< of all parts together
    std::size_t text_bytes = 4'000'000;       ///< of the text a person reads
    std::size_t addresses = 10'000;           ///< of one address field
    std::size_t attachments = 1'000;
    std::size_t guide_bytes = 20'000'000;     ///< of a configuration guide that is read
    std::size_t unpacked_bytes = 20'000'000;  ///< of one entry of a DOCX
    std::chrono::seconds pdf{10};             ///< for the program that takes the text out of a PDF
    std::size_t pdf_memory_bytes = 512'000'000;
    bool operator==(const Parse&) const = default;
  } parse;

  struct Outbox {
    std::chrono::seconds retry_first{60};
    std::chrono::seconds retry_longest{4 * 3600};
    std::chrono::seconds give_up{5 * 24 * 3600};  ///< RFC 5321 4.5.4.1
    std::chrono::seconds final_answer{600};       ///< RFC 5321 4.5.3.2.6
    std::chrono::seconds uncertain_after{15 * 60};
    std::chrono::seconds lease{900};
    std::chrono::seconds server_retry_longest{300};  ///< back-off while the server itself is away
    std::chrono::seconds notice_after{4 * 3600};     ///< of waiting, the team is told
    int domain_patience = 5;          ///< letters to a domain deferred in a row, until it rests; 0: never
    int suppress_after_failures = 3;  ///< letters to an address that failed for good; 0: never
    bool operator==(const Outbox&) const = default;
  } outbox;

  /// Looking up what a submission links to: off unless it is switched on.
  struct LookUps {
    bool enabled = false;
    std::vector<std::string> hosts;  ///< lower case: "help.acme.example", "*.acme.example", "*" for any
    std::chrono::seconds time{10};   ///< for one link, its redirects included
    std::size_t bytes = 5'000'000;   ///< of one answer
    int redirects = 5;               ///< followed for one link
    int concurrent = 2;              ///< submissions looked at side by side
    int links_per_submission = 12;   ///< the rest is left to people
    std::vector<std::string> allow_addresses;  ///< "10.1.0.0/16": contacted although they are not public
    std::vector<std::string> resolve;          ///< "HOST:PORT:ADDRESS", in place of what the resolver says
    std::string tls_ca_file;                   ///< empty: the system's trust store
    bool operator==(const LookUps&) const = default;
  } look_ups;

  /// Days that each kind is kept; 0: for ever.
  struct Retention {
    int automatic = 90;     ///< bytes of machines' mails, and of mails that are in no ticket
    int noise = 30;         ///< bytes of mails in the queue noise
    int tickets = 0;        ///< bytes of closed tickets' mails
    int letters = 0;        ///< bytes of what was sent about closed tickets
    int dead_letters = 90;  ///< bytes of what never went
    int quarantine = 180;   ///< mails that nobody has looked after
    bool operator==(const Retention&) const = default;
  } retention;

  std::vector<MailboxSettings> mailboxes;
  std::vector<ScannerSettings> scanners;  ///< asked in this order; none: no mail is scanned
  SmtpSettings smtp;
  std::vector<PersonSettings> people;
};

}  // namespace oin
