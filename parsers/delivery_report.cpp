#include "parsers/delivery_report.hpp"

#include <algorithm>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/automatic_phrases.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report_fields.hpp"
#include "parsers/delivery_report_notice.hpp"
#include "parsers/delivery_report_original.hpp"
#include "parsers/delivery_report_phrases.hpp"
#include "parsers/delivery_report_prose.hpp"
#include "parsers/delivery_report_status.hpp"
#include "parsers/fold.hpp"
#include "parsers/mail.hpp"
#include "parsers/mail_system.hpp"
#include "parsers/phrase_table.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::size_t most_recipients = 1000;
constexpr std::size_t longest_diagnostic = 1000;
constexpr std::size_t longest_prose = 256'000;
/// A report says what it is near its top; what stands farther down may be anybody's words.
constexpr std::size_t longest_opening = 4'000;
constexpr std::size_t longest_mislabelled_part = 20'000;

bool is_status_part(const Attachment& part) {
  return part.content_type == "message/delivery-status" ||
         part.content_type == "message/global-delivery-status";
}

/// The report's own words: its texts without the message that came back below them.
class Prose {
 public:
  /// `text` must outlive this.
  void add(std::string_view text) {
    text = text.substr(0, longest_prose);
    const std::vector<TextLine> lines = text_lines(text);
    const std::size_t end = end_of_report(lines);
    lines_.insert(lines_.end(), lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(end));
    lines_.push_back({});  // the next text begins a paragraph
    returned_.insert(returned_.end(), lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
  }
  std::span<const TextLine> lines() const { return lines_; }
  std::span<const TextLine> returned_lines() const { return returned_; }

  /// In one piece, about `longest` of it, without what is quoted.
  std::string opening(std::size_t longest) const {
    std::string out;
    for (const TextLine& line : lines_) {
      if (out.size() > longest) break;
      if (line.text.starts_with("> ")) continue;
      out.append(line.text.substr(0, longest)).push_back('\n');
    }
    return out;
  }

 private:
  std::vector<TextLine> lines_, returned_;
};

/// Header fields that a mail system puts into its reports.
bool has_report_header(const Mail& mail) {
  const std::string type = lower(mail.field("Content-Type").value_or(""));
  return mail.field("X-Failed-Recipients").has_value() ||
         (contains(type, "multipart/report") && contains(type, "delivery-status"));
}

/// May a mail system have written this?  That alone proves no report: absences come with "<>" too.
bool may_be_report(const Mail& mail) {
  return has_report_header(mail) || has_null_reverse_path(mail) || is_from_mail_system(mail) ||
         mail.field("X-MLServer").has_value() || lower(mail.field("Auto-Submitted").value_or("no")) != "no";
}

/// A status part tells, but for one that a person encloses in a mail of their own to ask about it.
bool has_status_part(const Mail& mail) {
  if (std::ranges::none_of(mail.attachments, is_status_part)) return false;
  const std::string type = lower(mail.field("Content-Type").value_or(""));
  return !bare(type).starts_with("multipart/mixed") || mail.from.empty() || may_be_report(mail);
}

bool says_not_delivered(const Mail& mail, const Prose& prose) {
  const std::string subject = lower(mail.subject);
  // "Re: undeliverable mail" is somebody's answer, unless nobody could have answered.
  const bool answer = starts_with_words(subject, "re:") || starts_with_words(subject, "fwd:");
  if (!answer && phrase_in(folded(mail.subject), bounce_subjects()) != nullptr) return true;
  return phrase_in(folded(prose.opening(longest_opening)), nondelivery_phrases()) != nullptr;
}

bool says_delayed(const Mail& mail, const Prose& prose) {
  const std::string subject = lower(mail.subject);
  if (contains(subject, "delay") || contains(subject, "warning") || contains(subject, "verzögert") ||
      contains(subject, "still being retried"))
    return true;
  return phrase_in(folded(prose.opening(longest_opening)), delay_phrases()) != nullptr;
}

/// A server's own answer, or failing that words that name a cause; null without either.
const std::string* most_telling(const std::vector<std::string>& words) {
  for (const std::string& piece : words)
    if (reply_class(piece) != 0) return &piece;
  for (const std::string& piece : words)
    if (delivery_reason("", piece) != "other") return &piece;
  return nullptr;
}

/// The status that says most: the far server's own before the reporting one's (it knows its recipient),
/// but not where it says less or where the reporting server has given up for good.
std::string better_status(const std::string& status, const std::string& far) {
  if (far.empty() || far[0] == '2' || (is_vague_status(far) && !status.empty())) return status;
  if (status.empty() || status[0] == far[0] || far[0] == '5') return far;
  return status;
}

void complete_status(RecipientReport& recipient, const std::vector<std::string>& words) {
  recipient.status = better_status(recipient.status, status_in(recipient.diagnostic));
  for (const std::string& piece : words) {
    if (!recipient.status.empty() && !is_vague_status(recipient.status)) return;
    const std::string said = said_status_in(piece);
    if (said.empty() || is_vague_status(said)) continue;
    if (recipient.status.empty() || recipient.status[0] == said[0]) recipient.status = said;
  }
}

std::string reason_of(const RecipientReport& recipient, const std::vector<std::string>& words) {
  std::string reason = delivery_reason(recipient.status, recipient.diagnostic);
  for (const std::string& piece : words) {
    if (reason != "other") break;
    reason = delivery_reason("", piece);
  }
  // Nothing but that it is late: what RFC 3463 3.5 counts as x.4.7.
  if (reason == "other" && recipient.action == "delayed") return "expired";
  return reason;
}

/// Will the same message fail again?  RFC 3463's class 5, which a full mailbox may be too (5.2.2): the
/// reason tells that it may empty itself.  Class 4 is a message that was given up although the trouble may
/// pass, and a delay is neither.  Without any number the report's own words count: "permanent", or else
/// "failed", but for troubles of the way.
bool is_permanent(const RecipientReport& recipient, bool said_permanent) {
  if (recipient.action != "failed") return false;
  if (!recipient.status.empty()) return recipient.status[0] == '5';
  if (const char said = reply_class(recipient.diagnostic); said != 0) return said == '5';
  return said_permanent || (recipient.reason != "network" && recipient.reason != "expired");
}

void cut(std::string& text) {
  if (text.size() > longest_diagnostic) text = scrubbed(std::string_view(text).substr(0, longest_diagnostic));
}

/// `own` are the words behind the recipient's address, `words` these and everything else that is said about
/// it, the closest first.
void complete(RecipientReport& recipient, const std::string& own, const std::vector<std::string>& words,
              bool said_permanent) {
  if (recipient.diagnostic.empty()) {
    const std::string* telling = most_telling(words);
    recipient.diagnostic = telling == nullptr ? own : *telling;
  }
  cut(recipient.diagnostic);
  complete_status(recipient, words);
  recipient.reason = reason_of(recipient, words);
  recipient.permanent = is_permanent(recipient, said_permanent);
}

/// The fields of the status parts; where there are none, those that a gateway wrote into the text, above the
/// message that came back or as a part of it.
std::vector<RecipientReport> recipients_in_fields(const Mail& mail, const Prose& prose) {
  std::vector<RecipientReport> found;
  for (const Attachment& part : mail.attachments)
    if (is_status_part(part))
      for (RecipientReport& one : recipient_groups(part.content, most_recipients - found.size()))
        found.push_back(std::move(one));
  if (!found.empty()) return found;
  for (const auto lines : {prose.lines(), prose.returned_lines()}) {
    const auto is_recipient = [](const TextLine& line) {
      return starts_with_words(line.text, "final-recipient:") ||
             starts_with_words(line.text, "original-recipient:");
    };
    if (std::ranges::none_of(lines, is_recipient)) continue;
    std::string text;
    for (const TextLine& line : lines) text.append(line.text).push_back('\n');
    found = recipient_groups(text, most_recipients);
    std::erase_if(found, [](const RecipientReport& one) { return one.address.empty(); });
    if (!found.empty()) break;
  }
  return found;
}

std::vector<std::string> addresses_of(const std::vector<Address>& list) {
  std::vector<std::string> out;
  for (const Address& one : list) out.push_back(one.addr_spec);
  return out;
}

/// Recipients with all that the report's prose says about each.
struct Read {
  std::vector<RecipientReport> recipients;
  std::vector<NamedRecipient> said;  ///< of the same length
};

Read recipients_in_text(const Mail& mail, const Prose& prose) {
  Read read;
  if (const auto failed = mail.field("X-Failed-Recipients")) {
    read.said = words_about(prose.lines(), addresses_of(address_list(*failed, most_recipients)));
  } else {
    ProseReader reader;
    for (const auto* list : {&mail.to, &mail.from})
      for (const Address& one : *list) reader.bystanders.push_back(comparable(one.addr_spec));
    reader.any_address = has_report_header(mail) || is_from_mail_system(mail);
    reader.most_recipients = most_recipients;
    read.said = recipients_in_prose(prose.lines(), reader);
  }
  const char* action = says_delayed(mail, prose) ? "delayed" : "failed";
  for (const NamedRecipient& one : read.said)
    read.recipients.push_back({one.address, action, {}, {}, false, {}});
  return read;
}

Read recipients_of(const Mail& mail, const Prose& prose) {
  Read read{recipients_in_fields(mail, prose), {}};
  if (read.recipients.empty()) return recipients_in_text(mail, prose);
  std::vector<std::string> addresses;
  for (const RecipientReport& one : read.recipients) addresses.push_back(one.address);
  read.said = words_about(prose.lines(), addresses);
  return read;
}

/// A part of another name in which a gateway that broke the MIME structure has left the report's words.
bool is_mislabelled_text(const Attachment& part) {
  if (part.content.size() > longest_mislabelled_part || !is_utf8(part.content)) return false;
  if (is_status_part(part)) return recipient_groups(part.content, 1).empty();
  return (part.content_type == "text/plain" || part.content_type == "application/octet-stream") &&
         phrase_in(folded(std::string_view(part.content).substr(0, longest_opening)),
                   nondelivery_phrases()) != nullptr;
}

/// Gives every recipient its status, reason and permanence from all that is said about it.
std::vector<RecipientReport> judged(Read read, const Mail& mail, const Prose& prose) {
  const bool said_permanent = contains(lower(prose.opening(longest_opening)), "permanent");
  for (std::size_t i = 0; i < read.recipients.size(); ++i) {
    NamedRecipient& said = read.said[i];
    std::vector<std::string> words;
    if (!said.words.empty()) words.push_back(said.words);
    for (std::string& aside : said.asides) words.push_back(std::move(aside));
    // Of a report about one recipient every word is about it.
    if (read.recipients.size() == 1) {
      for (std::string& paragraph : paragraphs(prose.lines())) words.push_back(std::move(paragraph));
      words.push_back(mail.subject);
    }
    complete(read.recipients[i], said.words, words, said_permanent);
  }
  return std::move(read.recipients);
}

}  // namespace

std::optional<DeliveryReport> delivery_report(const Mail& mail) {
  if (auto notice = delivery_notice(mail)) {
    if (notice->report.recipients.empty()) return std::nullopt;
    for (RecipientReport& one : notice->report.recipients)
      one.reason = delivery_reason(one.status, one.diagnostic);
    return std::move(notice->report);
  }
  const bool status_part = has_status_part(mail);
  if (!status_part && !may_be_report(mail)) return std::nullopt;

  Prose prose;
  prose.add(mail.text);
  for (const Attachment& part : mail.attachments)
    if (is_mislabelled_text(part)) prose.add(part.content);
  if (!status_part && !says_not_delivered(mail, prose)) return std::nullopt;

  Read read = recipients_of(mail, prose);
  const OriginalMessage original = original_message(mail, prose.lines(), prose.returned_lines());
  if (read.recipients.empty() && original.to.size() == 1) {
    // Nobody is named, but the message that came back was for one person only.
    const std::string& address = original.to.front().addr_spec;
    read = {{{address, "failed", {}, {}, false, {}}}, {{address, {}, {}}}};
  }
  DeliveryReport report{original.message_id, judged(std::move(read), mail, prose)};
  if (report.recipients.empty()) return std::nullopt;
  return report;
}

}  // namespace oin
