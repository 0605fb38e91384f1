#include "daemon/letter_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/work_sharing.hpp"
#include "parsers/domain_name.hpp"
#include "parsers/encoded_word.hpp"
#include "templates/thread_index.hpp"

namespace oin {
namespace {

/// Where the answer is to come to.
std::string reply_address(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                          const MailboxSettings& mailbox, Instant now) {
  const std::string& separator = office.settings.desk.subaddress_separator;
  if (ticket.id == 0) return mailbox.address;
  if (!draft.to_staff) return office.signer.reply_address(mailbox.address, separator, ticket.id);
  return office.signer.staff_address(mailbox.address, separator, ticket.id,
                                     comparable(draft.to.front().addr_spec),
                                     std::chrono::floor<std::chrono::days>(now));
}

/// What a letter stands beneath in its readers' mail programs: the mail that it answers, else what went
/// between them and the desk about this ticket last, and first.
Result<void> thread_with(store::Transaction& tx, MessageHeader& header, const LetterDraft& draft,
                         TicketId ticket, const Mail* answered) {
  const auto concerns = [&](const std::string& addresses) {
    return std::ranges::any_of(draft.to, [&](const Address& to) {
      return comparable(addresses).find(comparable(to.addr_spec)) != std::string::npos;
    });
  };
  if (answered && !answered->message_id.empty() && !answered->from.empty() &&
      concerns(answered->from.front().addr_spec)) {
    header.in_reply_to = answered->message_id;
    header.references = answered->references.empty() ? answered->in_reply_to : answered->references;
    header.references.push_back(answered->message_id);
    return success();
  }
  if (ticket == 0) return success();
  OIN_TRY(const auto mails, tx.mails_of(ticket));
  for (const store::TicketMail& mail : mails) {
    if (mail.message_id.empty() || !concerns(mail.outgoing ? mail.to : mail.from)) continue;
    if (header.references.empty()) header.references.push_back(mail.message_id);
    header.in_reply_to = mail.message_id;
  }
  if (!header.references.empty() && header.references.front() != header.in_reply_to)
    header.references.push_back(header.in_reply_to);
  return success();
}

/// Outlook's view of the same: it goes on with the conversation of an answered mail that has one, else all
/// letters of a ticket are one conversation.
void thread_for_outlook(const Office& office, MessageHeader& header, const Ticket& ticket,
                        const Mail* answered, store::LetterId id) {
  const auto number = static_cast<unsigned>(id);
  if (answered && !header.in_reply_to.empty() && header.in_reply_to == answered->message_id) {
    const auto index = answered->fields("Thread-Index");
    if (!index.empty()) {
      if (auto child = child_thread_index(index.front(), header.date, number)) {
        const auto topic = answered->fields("Thread-Topic");
        header.thread_index = *std::move(child);
        header.thread_topic =
            topic.empty() ? thread_topic(answered->subject) : header_text(topic.front()).text;
        return;
      }
    }
  }
  if (ticket.id == 0) return;
  const std::string conversation = fmt::format("{}/{}", office.settings.desk.domain, ticket.id);
  header.thread_index =
      child_thread_index(thread_index(ticket.opened_at, conversation), header.date, number).value_or("");
  header.thread_topic = thread_topic(ticket.title);
}

MessageHeader header_of(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                        const MailboxSettings& mailbox, const Mail* answered, store::LetterId id,
                        Instant now) {
  const Settings::Desk& desk = office.settings.desk;
  MessageHeader header;
  header.from = {office.desk.name, mailbox.address};
  header.to = draft.to;
  header.reply_to = reply_address(office, draft, ticket, mailbox, now);
  header.message_id = office.signer.message_id(desk.domain, id);
  header.date = now;
  header.auto_submitted = answered ? "auto-replied" : "auto-generated";
  header.more = {{"X-Auto-Response-Suppress", "All"}, {"Content-Language", draft.locale}};
  // Notices go to a team, which sorts them; a letter to a vendor is no list's (RFC 2919).
  if (draft.to_staff) header.more.emplace_back("List-Id", fmt::format("<notices.{}>", desk.domain));
  return header;
}

store::Letter outbox_row(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                         const MessageHeader& header, store::LetterId id) {
  store::Letter letter;
  letter.id = id;
  letter.ticket = ticket.id;
  letter.event = draft.event;
  letter.message_id = header.message_id;
  letter.from = header.from.addr_spec;
  letter.reverse_path =
      office.signer.bounce_address(letter.from, office.settings.desk.subaddress_separator, id);
  for (const Address& to : draft.to)
    letter.recipients.push_back({wire_address(to.addr_spec), store::RecipientState::queued, ""});
  letter.acknowledgement = draft.acknowledgement;
  letter.written_at = header.date;
  letter.next_attempt_at = header.date;
  return letter;
}

/// A notice to one of the team beyond their hourly share: it stands in the outbox as withdrawn, and what it
/// was about is in the digest.  What answers their own commands always goes.
Result<void> hold_back(store::Transaction& tx, const Office& office, const LetterDraft& draft,
                       TicketId ticket, store::Letter letter, Instant now) {
  if (!draft.to_staff || draft.always_goes || !draft.event.starts_with("staff-")) return success();
  const int most = office.desk.workflow.limits.notices_per_person_per_hour;
  OIN_TRY(const Correspondence facts, tx.correspondence(comparable(draft.to.front().addr_spec), ticket, now));
  if (facts.letters_last_hour <= most) return success();
  letter.state = store::LetterState::withdrawn;
  letter.next_attempt_at.reset();
  letter.last_answer = "more than " + std::to_string(most) + " letters to this person within an hour";
  return tx.settle(letter);
}

}  // namespace

Result<std::vector<UnwordedLetter>> enqueue_letters(store::Transaction& tx, const Office& office,
                                                    std::span<const LetterDraft> drafts, const Ticket& ticket,
                                                    const Mail* answered, Instant now) {
  std::vector<UnwordedLetter> letters;
  if (drafts.empty()) return letters;
  const MailboxSettings* mailbox = office.mailbox(ticket.mailbox);
  if (!mailbox) return permanent("no mailbox named \"" + ticket.mailbox + "\" to write from");
  for (const LetterDraft& draft : drafts) {
    OIN_TRY(const store::LetterId id, tx.next_letter_id());
    MessageHeader header = header_of(office, draft, ticket, *mailbox, answered, id, now);
    OIN_TRYV(thread_with(tx, header, draft, ticket.id, answered));
    thread_for_outlook(office, header, ticket, answered, id);
    store::Letter row = outbox_row(office, draft, ticket, header, id);
    OIN_TRYV(tx.enqueue(row));
    OIN_TRYV(hold_back(tx, office, draft, ticket.id, std::move(row), now));
    letters.push_back({id, draft.event, draft.locale, draft.variables, std::move(header), {}});
    if (draft.asks_confirmation)
      letters.back().variables["confirm_address"] = office.signer.confirm_address(
          mailbox->address, office.settings.desk.subaddress_separator, ticket.id, ticket.to_confirm,
          std::chrono::floor<std::chrono::days>(now));
    for (const LetterAttachment& file : draft.attachments)
      letters.back().attachments.push_back({file.filename, file.media_type, file.content});
  }
  return letters;
}

Result<WordedLetter> word(const Office& office, const UnwordedLetter& letter) {
  OIN_TRY(Words words, office.letters.render(letter.event, letter.variables, letter.locale));
  std::string bytes = compose(letter.header, words, letter.attachments);
  return WordedLetter{std::move(words.subject), std::move(bytes)};
}

Result<void> word_letters(store::Transaction& tx, const Office& office,
                          std::span<const UnwordedLetter> letters, boost::asio::thread_pool* helpers) {
  std::vector<Result<WordedLetter>> worded(letters.size(), WordedLetter{});
  share_out(helpers, letters.size(), [&](std::size_t i) { worded[i] = word(office, letters[i]); });
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!worded[i]) return std::move(worded[i]).error();
    OIN_TRYV(tx.word(letters[i].id, worded[i].value().subject, worded[i].value().bytes));
  }
  return success();
}

}  // namespace oin
