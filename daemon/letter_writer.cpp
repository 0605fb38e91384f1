#include "daemon/letter_writer.hpp"

#include "daemon/work_sharing.hpp"
#include "parsers/domain_name.hpp"

namespace oin {
namespace {

MessageHeader header_of(const Office& office, const LetterDraft& draft, const Ticket& ticket,
                        const MailboxSettings& mailbox, const Mail* answered, store::LetterId id,
                        Instant now) {
  const Settings::Desk& desk = office.settings.desk;
  MessageHeader header;
  header.from = {office.desk.name, mailbox.address};
  header.to = draft.to;
  header.reply_to = office.signer.reply_address(mailbox.address, desk.subaddress_separator, ticket.id);
  header.message_id = office.signer.message_id(desk.domain, id);
  header.date = now;
  header.auto_submitted = answered ? "auto-replied" : "auto-generated";
  header.more = {{"X-Auto-Response-Suppress", "All"}};
  if (answered && !answered->message_id.empty()) {
    header.in_reply_to = answered->message_id;
    header.references = answered->references.empty() ? answered->in_reply_to : answered->references;
    header.references.push_back(answered->message_id);
  }
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
    OIN_TRYV(tx.enqueue(outbox_row(office, draft, ticket, header, id)));
    letters.push_back({id, draft.event, draft.variables, std::move(header), {}});
    for (const LetterAttachment& file : draft.attachments)
      letters.back().attachments.push_back({file.filename, file.media_type, file.content});
  }
  return letters;
}

Result<WordedLetter> word(const Office& office, const UnwordedLetter& letter) {
  OIN_TRY(Words words, office.letters.render(letter.event, letter.variables));
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
