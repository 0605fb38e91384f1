#include "daemon/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "daemon/bookkeeping.hpp"
#include "daemon/flood.hpp"
#include "daemon/log.hpp"
#include "daemon/reception.hpp"
#include "daemon/sealed_mail.hpp"
#include "daemon/suppression.hpp"

namespace oin {
namespace {

std::string first_address(const std::vector<Address>& list) {
  return list.empty() ? std::string() : list.front().addr_spec;
}

/// The settings a window is recorded under.
struct Window {
  std::string mailbox;
  store::Position at;
  Instant now;
  bool careful = false;  ///< each mail in a savepoint, so that one that fails can be set aside
};

/// What became of one UID; logged once it is committed.
struct Fate {
  std::uint32_t uid = 0;
  std::string message_id;
  std::string_view fate = "recorded";
  std::string why;
  Filed filed;
  std::size_t letters = 0;
};

/// A bug that a mail brings to light is an Error like any other: it must not stop the rest.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& bug) {
    return permanent(bug.what());
  }
}

/// The mail with its letters to the last word.
Result<Filed> file_whole(store::Transaction& tx, const Office& office, const ReadMail& read,
                         std::string_view mailbox, Instant arrived_at, Instant now) {
  OIN_TRY(Filed filed, file_mail(tx, office, read, mailbox, arrived_at, now));
  OIN_TRYV(word_letters(tx, office, filed.letters));
  return filed;
}

/// An Error of Fault::permanent is the mail's own; when careful, it leaves nothing of the mail behind and the
/// letters are worded, because that too may fail.
Result<Filed> try_to_file(store::Transaction& tx, const Office& office, const Window& window,
                          const ReadArrival& arrival) {
  // A test desk lives in its own time, which no server's INTERNALDATE knows.
  const Instant arrived_at = office.settings.desk.test_clock ? window.now : arrival.arrived_at;
  const auto file = [&](auto how) {
    return guarded([&] { return how(tx, office, *arrival.mail, window.mailbox, arrived_at, window.now); });
  };
  if (!window.careful) return file(file_mail);
  OIN_TRYV(tx.savepoint());
  auto filed = file(file_whole);
  if (filed) {
    OIN_TRYV(tx.release());
  } else if (filed.error().fault == Fault::permanent) {
    OIN_TRYV(tx.rollback_to_savepoint());
  }
  return filed;
}

/// One UID: the fate it meets stands in its ledger row.
Result<Fate> record_one(store::Transaction& tx, const Office& office, const Window& window,
                        const ReadArrival& arrival) {
  Fate out{arrival.uid, "", "recorded", "", {}};
  OIN_TRY(const bool seen, tx.in_ledger(window.mailbox, window.at.epoch, arrival.uid));
  if (seen) {
    out.fate = "known";
    return out;
  }
  store::LedgerEntry entry{window.mailbox, window.at.epoch, window.at.uid_validity, arrival.uid, "", 0, "",
                           window.now};
  if (!arrival.mail) {
    out.fate = "vanished";
  } else {
    const ReadMail& read = *arrival.mail;
    out.message_id = read.mail.message_id;
    entry.digest = read.digest;
    OIN_TRY(const auto known, tx.mail_by_digest(read.digest));
    if (known) {
      entry.mail = *known;
      out.fate = "duplicate";
    } else if (!read.failure.empty()) {
      out.why = read.failure;
    } else if (auto filed = try_to_file(tx, office, window, arrival)) {
      out.filed = std::move(filed).value();
      out.letters = out.filed.letters.size();
      entry.mail = out.filed.mail;
      if (read.oversized) out.fate = "oversized";
    } else if (window.careful && filed.error().fault == Fault::permanent) {
      out.why = filed.error().what;
    } else {
      return std::move(filed).error();
    }
    if (!out.why.empty()) {
      out.fate = "quarantined";
      OIN_TRYV(tx.quarantine({0, window.mailbox, window.at.uid_validity, arrival.uid, out.why, out.message_id,
                              first_address(read.mail.from), read.mail.subject, window.now,
                              static_cast<std::int64_t>(read.oversized)},
                             read.raw));
    }
  }
  entry.fate = out.fate;
  OIN_TRYV(tx.add_to_ledger(entry));
  return out;
}

void log_fate(const std::string& mailbox, const Fate& fate) {
  if (fate.fate == "quarantined")
    log::warn("mail.quarantined mailbox={} uid={} message_id={} why={}", mailbox, fate.uid,
              log::field(fate.message_id), log::field(fate.why));
  else if (fate.fate == "duplicate")
    log::info("mail.duplicate mailbox={} uid={} message_id={}", mailbox, fate.uid,
              log::field(fate.message_id));
  else if (fate.filed.mail != 0)
    log::info("mail.recorded mailbox={} uid={} message_id={} intent={} ticket={} letters={}", mailbox,
              fate.uid, log::field(fate.message_id), fate.filed.intent,
              fate.filed.ticket ? reference(fate.filed.ticket) : "none", fate.letters);
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
  OIN_TRY(auto flooded, file_in_flood(tx, office, read, mailbox, out.mail, arrived_at, now));
  if (flooded) return *std::move(flooded);
  OIN_TRY(const Reception reception, receive(tx, office, read, mailbox, out.mail, arrived_at, now));
  out.intent = reception.intent.name;
  if (reception.decision.events.empty()) {
    Ticket none;
    none.mailbox = mailbox;
    OIN_TRY(out.letters, enqueue_letters(tx, office, reception.decision.letters, none, &mail, now));
  } else {
    out.ticket = reception.after.id;
    OIN_TRYV(tx.file_mail(out.ticket, out.mail));
    OIN_TRY(out.letters, record(tx, office, reception.after, reception.decision, &mail, now));
  }
  if (reception.reported) {
    OIN_TRYV(note_report(tx, office, *reception.reported, reception.report, now));
  }
  return out;
}

Result<Filed> refile_mail(store::Transaction& tx, const Office& office, std::int64_t quarantined,
                          Instant now) {
  OIN_TRY(const auto rows, tx.quarantined());
  const auto row = std::ranges::find(rows, quarantined, &store::QuarantineRow::id);
  if (row == rows.end()) return permanent(fmt::format("there is no mail {} in quarantine", quarantined));
  OIN_TRY(const store::Packed packed, tx.quarantined_raw(quarantined));
  if (packed.codec == store::codec_deleted)
    return permanent("its text is deleted: there is nothing left to file; drop it");
  OIN_TRY(const std::string raw, opened(packed, office.sealer));
  const ReadMail read = read_mail(raw, static_cast<std::size_t>(row->oversized), office);
  if (!read.failure.empty()) return permanent("still not readable: " + read.failure);

  OIN_TRY(const auto known, tx.mail_by_digest(read.digest));  // it may have come by another route meanwhile
  Filed filed;
  if (known) {
    filed.mail = *known;
  } else {
    OIN_TRY(filed, guarded([&] { return file_whole(tx, office, read, row->mailbox, row->at, now); }));
  }
  OIN_TRYV(tx.leave_quarantine(quarantined));
  OIN_TRYV(tx.account_for(row->mailbox, read.digest, filed.mail, known ? "duplicate" : "recorded"));
  log::info("mail.refiled quarantine={} mailbox={} message_id={} ticket={} letters={}", quarantined,
            row->mailbox, log::field(row->message_id), filed.ticket ? reference(filed.ticket) : "none",
            filed.letters.size());
  return filed;
}

Intake::Intake(const CurrentOffice& office, StoreWorker& store, asio::thread_pool& parsers,
               const Clock& clock, std::function<void()> on_recorded)
    : office_(office),
      store_(store),
      parsers_(parsers),
      clock_(clock),
      on_recorded_(std::move(on_recorded)) {}

asio::awaitable<std::vector<ReadArrival>> Intake::read(std::vector<Arrival> window) {
  const auto office = office_.get();
  const std::size_t chunks = std::min(window.size(), office->settings.intake.parser_threads);
  return asio::async_initiate<decltype(asio::use_awaitable), void(std::vector<ReadArrival>)>(
      [this, office, window = std::move(window), chunks](auto handler) mutable {
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
          asio::post(parsers_, [office, state, chunk, chunks, finish] {
            for (std::size_t i = chunk; i < state->in.size(); i += chunks) {
              Arrival& arrival = state->in[i];
              ReadArrival& read = state->out[i];
              read.uid = arrival.uid;
              read.arrived_at = arrival.arrived_at;
              if (arrival.bytes)
                read.mail = arrival.refused.empty()
                                ? read_mail(*arrival.bytes, arrival.oversized, *office)
                                : unopened_mail(*arrival.bytes, arrival.oversized, arrival.refused, *office);
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
  const auto job = [&](bool careful) -> std::function<Result<std::vector<Fate>>(store::Transaction&)> {
    return [&parsers = parsers_, office = office_.get(), arrivals,
            settings = Window{mailbox, at, clock_.now(), careful}](
               store::Transaction& tx) -> Result<std::vector<Fate>> {
      std::vector<Fate> fates;
      std::vector<UnwordedLetter> letters;
      for (const ReadArrival& arrival : *arrivals) {
        OIN_TRY(Fate fate, record_one(tx, *office, settings, arrival));
        std::ranges::move(std::exchange(fate.filed.letters, {}), std::back_inserter(letters));
        fates.push_back(std::move(fate));
      }
      if (!settings.careful) {
        OIN_TRYV(guarded([&] { return word_letters(tx, *office, letters, &parsers); }));
      }
      store::Position read_up_to = settings.at;
      if (!fates.empty()) read_up_to.last_uid = fates.back().uid;
      OIN_TRYV(tx.set_position(settings.mailbox, read_up_to));
      return fates;
    };
  };
  // Savepoints cost a copy of every page a mail touches, and hardly a mail ever needs one.
  auto fates = co_await store_.run(job(false));
  if (!fates && fates.error().fault == Fault::permanent) fates = co_await store_.run(job(true));
  OIN_CO_TRYV(fates);

  Recorded done{at, 0, 0, 0, 0};
  for (const Fate& fate : fates.value()) {
    log_fate(mailbox, fate);
    done.position.last_uid = fate.uid;
    done.mails += fate.filed.mail != 0;
    done.duplicates += fate.fate == "duplicate";
    done.quarantined += fate.fate == "quarantined";
    done.letters += static_cast<int>(fate.letters);
  }
  // Without a letter too there may be a timer: a ticket's links are to be opened.
  if (done.mails > 0) on_recorded_();
  co_return done;
}

}  // namespace oin
