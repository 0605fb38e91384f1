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

Result<void> quarantine(store::Transaction& tx, const store::LedgerEntry& entry, const ReadMail& read,
                        const std::string& reason) {
  OIN_TRYV(tx.quarantine({0, entry.mailbox, entry.uid_validity, entry.uid, reason, read.mail.message_id,
                          first_address(read.mail.from), read.mail.subject, entry.at},
                         read.raw));
  log::warn("mail.quarantined mailbox={} uid={} message_id={} why={}", entry.mailbox, entry.uid,
            log::field(read.mail.message_id), log::field(reason));
  return success();
}

/// One UID: the fate it meets stands in its ledger row.
Result<void> record_one(store::Transaction& tx, const Office& office, const std::string& mailbox,
                        store::Position at, const ReadArrival& arrival, Instant now, Recorded& done) {
  store::LedgerEntry entry{mailbox, at.epoch, at.uid_validity, arrival.uid, "", 0, "recorded", now};
  OIN_TRY(const bool seen, tx.in_ledger(mailbox, at.epoch, arrival.uid));
  if (seen) return success();
  if (!arrival.mail) {
    entry.fate = "vanished";
    return tx.add_to_ledger(entry);
  }
  const ReadMail& read = *arrival.mail;
  entry.digest = read.digest;
  if (!read.failure.empty()) {
    OIN_TRYV(quarantine(tx, entry, read, read.failure));
    entry.fate = "quarantined";
    ++done.quarantined;
    return tx.add_to_ledger(entry);
  }
  OIN_TRY(const auto known, tx.mail_by_digest(read.digest));
  if (known) {
    entry.mail = *known;
    entry.fate = "duplicate";
    ++done.duplicates;
    log::info("mail.duplicate mailbox={} uid={} message_id={}", mailbox, arrival.uid,
              log::field(read.mail.message_id));
    return tx.add_to_ledger(entry);
  }

  OIN_TRYV(tx.savepoint());
  std::optional<Error> failed;
  try {
    const auto filed = file_mail(tx, office, read, mailbox, arrival.arrived_at, now);
    if (filed) {
      OIN_TRYV(tx.release());
      entry.mail = filed.value().mail;
      if (read.oversized) entry.fate = "oversized";
      done.letters += filed.value().letters;
      ++done.mails;
      log::info("mail.recorded mailbox={} uid={} message_id={} intent={} ticket={} letters={}", mailbox,
                arrival.uid, log::field(read.mail.message_id), filed.value().intent,
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
  OIN_TRYV(quarantine(tx, entry, read, failed->what));
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

asio::awaitable<std::vector<ReadArrival>> Intake::read(std::vector<Arrival> window) {
  const std::size_t chunks = std::min(window.size(), office_.settings.intake.parser_threads);
  return asio::async_initiate<decltype(asio::use_awaitable), void(std::vector<ReadArrival>)>(
      [this, window = std::move(window), chunks](auto handler) mutable {
        using Handler = decltype(handler);
        struct State {
          Handler handler;
          asio::executor_work_guard<asio::associated_executor_t<Handler>> work;
          std::vector<Arrival> in;
          std::vector<ReadArrival> out;
          std::atomic<std::size_t> open;
        };
        auto work = asio::make_work_guard(handler);
        std::vector<ReadArrival> out(window.size());
        auto state = std::shared_ptr<State>(
            new State{std::move(handler), std::move(work), std::move(window), std::move(out), {chunks}});
        const auto finish = [](const std::shared_ptr<State>& s) {
          asio::post(s->work.get_executor(), [s] { std::move(s->handler)(std::move(s->out)); });
        };
        if (chunks == 0) return finish(state);
        for (std::size_t chunk = 0; chunk < chunks; ++chunk)
          asio::post(parsers_, [this, state, chunk, chunks, finish] {
            for (std::size_t i = chunk; i < state->in.size(); i += chunks) {
              Arrival& arrival = state->in[i];
              ReadArrival& read = state->out[i];
              read.uid = arrival.uid;
              read.arrived_at = arrival.arrived_at;
              if (arrival.bytes) read.mail = read_mail(*arrival.bytes, arrival.oversized, office_);
              arrival.bytes.reset();
            }
            if (--state->open == 0) finish(state);
          });
      },
      asio::use_awaitable);
}

Task<Recorded> Intake::record(std::string mailbox, store::Position at, std::vector<ReadArrival> window) {
  // Shared, because the job outlives a cancelled caller.
  auto arrivals = std::make_shared<const std::vector<ReadArrival>>(std::move(window));
  std::function<Result<Recorded>(store::Transaction&)> job =
      [this, mailbox = std::move(mailbox), at, arrivals](store::Transaction& tx) -> Result<Recorded> {
    Recorded done;
    done.position = at;
    const Instant now = clock_.now();
    for (const ReadArrival& arrival : *arrivals) {
      OIN_TRYV(record_one(tx, office_, mailbox, at, arrival, now, done));
      done.position.last_uid = arrival.uid;
    }
    OIN_TRYV(tx.set_position(mailbox, done.position));
    return done;
  };
  OIN_CO_TRY(Recorded done, co_await store_.run(std::move(job)));
  if (done.letters > 0) on_letters_();
  co_return done;
}

}  // namespace oin
