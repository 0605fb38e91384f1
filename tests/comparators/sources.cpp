/// sources.cpp: the list of all sources.
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {

std::vector<Comparison> compare_bounce_email(const fs::path& folder);
std::vector<Comparison> compare_flanker(const fs::path& folder);
std::vector<Comparison> compare_sisimai(const fs::path& folder);
std::vector<Comparison> compare_email_reply_parser(const fs::path& folder);
std::vector<Comparison> compare_quotequail(const fs::path& folder);
std::vector<Comparison> compare_talon(const fs::path& folder);

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
  };
  return all;
}

}  // namespace oin::comparators
