#include "daemon/letter_writer.hpp"

#include "parsers/domain_name.hpp"
#include "templates/message.hpp"

namespace oin {

Result<store::Letter> write_letter(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                                   const Mail* answered, store::LetterId id, Instant now) {
  const Settings& settings = office.settings;
  const MailboxSettings* mailbox = office.mailbox(ticket.mailbox);
  if (!mailbox) return permanent("no mailbox named \"" + ticket.mailbox + "\" to write from");
  OIN_TRY(const Words words, office.letters.render(draft.event, draft.variables));

  MessageHeader header;
  header.from = {office.desk.name, mailbox->address};
  header.to = draft.to;
  header.reply_to =
      office.signer.reply_address(mailbox->address, settings.desk.subaddress_separator, ticket.id);
  header.message_id = office.signer.message_id(settings.desk.domain, id);
  header.date = now;
  header.auto_submitted = answered ? "auto-replied" : "auto-generated";
  header.more = {{"X-Auto-Response-Suppress", "All"}};
  if (answered && !answered->message_id.empty()) {
    header.in_reply_to = answered->message_id;
    header.references = answered->references.empty() ? answered->in_reply_to : answered->references;
    header.references.push_back(answered->message_id);
  }

  store::Letter letter;
  letter.id = id;
  letter.ticket = ticket.id;
  letter.event = draft.event;
  letter.message_id = header.message_id;
  letter.reverse_path =
      office.signer.bounce_address(mailbox->address, settings.desk.subaddress_separator, id);
  letter.subject = words.subject;
  letter.from = mailbox->address;
  for (const Address& to : draft.to)
    letter.recipients.push_back({wire_address(to.addr_spec), store::RecipientState::queued, ""});
  letter.bytes = compose(header, words);
  letter.acknowledgement = draft.acknowledgement;
  letter.written_at = now;
  letter.next_attempt_at = now;
  return letter;
}

Result<int> enqueue_letters(store::Transaction& tx, const Office& office, std::span<const LetterDraft> drafts,
                            const Ticket& ticket, const Mail* answered, Instant now) {
  for (const LetterDraft& draft : drafts) {
    OIN_TRY(const store::LetterId id, tx.next_letter_id());
    OIN_TRY(const store::Letter letter, write_letter(office, draft, ticket, answered, id, now));
    OIN_TRYV(tx.enqueue(letter));
  }
  return static_cast<int>(drafts.size());
}

}  // namespace oin
