#include "daemon/intake.hpp"

#include <algorithm>
#include <atomic>

#include "daemon/letter_writer.hpp"
#include "daemon/log.hpp"
#include "daemon/reception.hpp"

namespace oin {
namespace {

std::string first_address(const std::vector<Address>& list) {
  return list.empty() ? std::string() : list.front().addr_spec;
}

/// What a window's transaction works on; shared, because the job outlives a cancelled caller.
struct Window {
  std::string mailbox;
  store::Position at;
  std::shared_ptr<const std::vector<Arrival>> arrivals;
  std::vector<ReadMail> read;
};

Result<void> quarantine(store::Transaction& tx, const Window& window, std::size_t i,
                        const std::string& reason, Instant now) {
  const ReadMail& read = window.read[i];
  const std::uint32_t uid = (*window.arrivals)[i].uid;
  OIN_TRYV(tx.quarantine({0, window.mailbox, window.at.uid_validity, uid, reason, read.mail.message_id,
                          first_address(read.mail.from), read.mail.subject, now},
                         read.raw));
  log::warn("mail.quarantined mailbox={} uid={} message_id={} why={}", window.mailbox, uid,
            log::field(read.mail.message_id), log::field(reason));
  return success();
}

/// One UID: the fate it meets stands in its ledger row.
Result<void> record_one(store::Transaction& tx, const Office& office, const Window& window, std::size_t i,
                        Instant now, Recorded& done) {
  const Arrival& arrival = (*window.arrivals)[i];
  const ReadMail& read = window.read[i];
  store::LedgerEntry entry{
      window.mailbox, window.at.epoch, window.at.uid_validity, arrival.uid, read.digest, 0, "recorded", now};
  OIN_TRY(const bool seen, tx.in_ledger(window.mailbox, window.at.epoch, arrival.uid));
  if (seen) return success();
  if (!arrival.bytes) {
    entry.fate = "vanished";
    return tx.add_to_ledger(entry);
  }
  if (!read.failure.empty()) {
    OIN_TRYV(quarantine(tx, window, i, read.failure, now));
    entry.fate = "quarantined";
    ++done.quarantined;
    return tx.add_to_ledger(entry);
  }
  OIN_TRY(const auto known, tx.mail_by_digest(read.digest));
  if (known) {
    entry.mail = *known;
    entry.fate = "duplicate";
    ++done.duplicates;
    log::info("mail.duplicate mailbox={} uid={} message_id={}", window.mailbox, arrival.uid,
              log::field(read.mail.message_id));
    return tx.add_to_ledger(entry);
  }

  OIN_TRYV(tx.savepoint());
  std::optional<Error> failed;
  try {
    const auto filed = file_mail(tx, office, read, window.mailbox, arrival.arrived_at, now);
    if (filed) {
      OIN_TRYV(tx.release());
      entry.mail = filed.value().mail;
      if (read.oversized) entry.fate = "oversized";
      done.letters += filed.value().letters;
      ++done.mails;
      log::info("mail.recorded mailbox={} uid={} message_id={} intent={} ticket={} letters={}",
                window.mailbox, arrival.uid, log::field(read.mail.message_id), filed.value().intent,
                filed.value().ticket ? reference(filed.value().ticket) : "none", filed.value().letters);
      return tx.add_to_ledger(entry);
    }
    failed = filed.error();
  } catch (const std::exception& bug) {
    failed = permanent(bug.what());
  }
  // A store that fails is no fault of the mail: the whole window is tried again.
  if (failed->fault != Fault::permanent) return *std::move(failed);
  OIN_TRYV(tx.rollback_to_savepoint());
  OIN_TRYV(quarantine(tx, window, i, failed->what, now));
  entry.fate = "quarantined";
  ++done.quarantined;
  return tx.add_to_ledger(entry);
}

}  // namespace

Result<Filed> file_mail(store::Transaction& tx, const Office& office, const ReadMail& read,
                        std::string_view mailbox, Instant arrived_at, Instant now) {
  const Mail& mail = read.mail;
  const store::MailRow row{0,
                           read.digest,
                           mail.message_id,
                           std::string(mailbox),
                           first_address(mail.from),
                           first_address(mail.to),
                           mail.subject,
                           arrived_at,
                           static_cast<std::int64_t>(read.size)};
  Filed out;
  OIN_TRY(out.mail, tx.add_mail(row, read.raw));
  OIN_TRY(const Reception reception, receive(tx, office, read, mailbox, out.mail, now));
  out.intent = reception.intent.name;
  if (reception.decision.events.empty()) return out;
  out.ticket = reception.after.id;
  OIN_TRYV(tx.append(reception.after, reception.decision.events));
  OIN_TRYV(tx.file_mail(out.ticket, out.mail));
  OIN_TRY(out.letters, enqueue_letters(tx, office, reception.decision.letters, reception.after, &mail, now));
  return out;
}

Intake::Intake(const Office& office, StoreWorker& store, asio::thread_pool& parsers, const Clock& clock,
               std::function<void()> on_letters)
    : office_(office), store_(store), parsers_(parsers), clock_(clock), on_letters_(std::move(on_letters)) {}

asio::awaitable<std::vector<ReadMail>> Intake::read(std::shared_ptr<const std::vector<Arrival>> window) {
  const std::size_t chunks = std::min(window->size(), office_.settings.intake.parser_threads);
  return asio::async_initiate<decltype(asio::use_awaitable), void(std::vector<ReadMail>)>(
      [this, window, chunks](auto handler) {
        using Handler = decltype(handler);
        struct State {
          Handler handler;
          asio::executor_work_guard<asio::associated_executor_t<Handler>> work;
          std::vector<ReadMail> out;
          std::atomic<std::size_t> open;
        };
        auto work = asio::make_work_guard(handler);
        auto state = std::shared_ptr<State>(
            new State{std::move(handler), std::move(work), std::vector<ReadMail>(window->size()), {chunks}});
        const auto finish = [](const std::shared_ptr<State>& s) {
          asio::post(s->work.get_executor(), [s] { std::move(s->handler)(std::move(s->out)); });
        };
        if (chunks == 0) return finish(state);
        for (std::size_t chunk = 0; chunk < chunks; ++chunk)
          asio::post(parsers_, [this, window, state, chunk, chunks, finish] {
            for (std::size_t i = chunk; i < window->size(); i += chunks)
              if (const Arrival& arrival = (*window)[i]; arrival.bytes)
                state->out[i] = read_mail(*arrival.bytes, arrival.oversized, office_);
            if (--state->open == 0) finish(state);
          });
      },
      asio::use_awaitable);
}

Task<Recorded> Intake::record(std::string mailbox, store::Position at, std::vector<Arrival> arrivals) {
  auto shared = std::make_shared<const std::vector<Arrival>>(std::move(arrivals));
  std::vector<ReadMail> read_mails = co_await read(shared);
  auto window = std::make_shared<Window>();
  window->mailbox = std::move(mailbox);
  window->at = at;
  window->arrivals = std::move(shared);
  window->read = std::move(read_mails);

  std::function<Result<Recorded>(store::Transaction&)> job =
      [this, window](store::Transaction& tx) -> Result<Recorded> {
    Recorded done;
    done.position = window->at;
    const Instant now = clock_.now();
    for (std::size_t i = 0; i < window->read.size(); ++i) {
      OIN_TRYV(record_one(tx, office_, *window, i, now, done));
      done.position.last_uid = (*window->arrivals)[i].uid;
    }
    OIN_TRYV(tx.set_position(window->mailbox, done.position));
    return done;
  };
  OIN_CO_TRY(Recorded done, co_await store_.run(std::move(job)));
  if (done.letters > 0) on_letters_();
  co_return done;
}

}  // namespace oin
