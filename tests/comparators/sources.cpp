/// sources.cpp: the list of all sources.
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {

std::vector<Comparison> compare_any_mail(const fs::path& folder);
std::vector<Comparison> compare_bounce_email(const fs::path& folder);
std::vector<Comparison> compare_flanker(const fs::path& folder);
std::vector<Comparison> compare_sisimai(const fs::path& folder);
std::vector<Comparison> compare_email_reply_parser(const fs::path& folder);
std::vector<Comparison> compare_quotequail(const fs::path& folder);
std::vector<Comparison> compare_talon(const fs::path& folder);
std::vector<Comparison> compare_facts(const fs::path& folder);
std::vector<Comparison> compare_stalwart(const fs::path& folder);

namespace {

constexpr std::string_view facts = "what the file's name says, or anybody sees: facts.tsv";
constexpr std::string_view gmime = "as GMime reads them: parts, decoded sizes, attachment names";

}  // namespace

const std::vector<Source>& sources() {
  static const std::vector<Source> all = {
      {"bounce_email", "delivery reports: status, permanent or not; no report of what is none",
       compare_bounce_email},
      {"flanker", "reports of delivery and of spam: what is one, its recipients and statuses",
       compare_flanker},
      {"sisimai", "delivery reports: recipients, status, permanent, reason; CR line ends; what is no report",
       compare_sisimai},
      {"github-email-reply-parser", "the reply, with LF and with CRLF", compare_email_reply_parser},
      {"quotequail", "forwards kept and readable, replies cut, by their HTML", compare_quotequail},
      {"talon", "replies of mails and of HTML; what stands above a signature", compare_talon},
      {"willdurand-email-reply-parser", "the reply, with LF and with CRLF", compare_email_reply_parser},
      {"zapier-email-reply-parser", "the reply, with LF and with CRLF", compare_email_reply_parser},
      {"stalwart-mail-parser", "header fields, addresses, text, HTML, attachments and their bytes",
       compare_stalwart},
      {"cpython-email", facts, compare_facts},
      {"ddeboer-imap", facts, compare_facts},
      {"enmime", facts, compare_facts},
      {"mimekit", facts, compare_facts},
      {"nodemailer-mailparser", facts, compare_facts},
      {"postal-mime", facts, compare_facts},
      {"ruby-mail", facts, compare_facts},
      {"spamscope-mail-parser", facts, compare_facts},
      {"webklex-php-imap", facts, compare_facts},
      {"bounce_email", gmime, compare_any_mail, "gmime.tsv"},
      {"cpython-email", gmime, compare_any_mail, "gmime.tsv"},
      {"ddeboer-imap", gmime, compare_any_mail, "gmime.tsv"},
      {"enmime", gmime, compare_any_mail, "gmime.tsv"},
      {"flanker", gmime, compare_any_mail, "gmime.tsv"},
      {"mimekit", gmime, compare_any_mail, "gmime.tsv"},
      {"mimetic", gmime, compare_any_mail, "gmime.tsv"},
      {"nodemailer-mailparser", gmime, compare_any_mail, "gmime.tsv"},
      {"postal-mime", gmime, compare_any_mail, "gmime.tsv"},
      {"ruby-mail", gmime, compare_any_mail, "gmime.tsv"},
      {"sisimai", gmime, compare_any_mail, "gmime.tsv"},
      {"spamscope-mail-parser", gmime, compare_any_mail, "gmime.tsv"},
      {"stalwart-mail-parser", gmime, compare_any_mail, "gmime.tsv"},
      {"webklex-php-imap", gmime, compare_any_mail, "gmime.tsv"},
  };
  return all;
}

}  // namespace oin::comparators
