#include "config/read_settings.hpp"

namespace oin {
namespace {

/// A duration; the unit is in the key's name.
template <class Unit>
void take(TomlTable& table, std::string_view key, std::chrono::seconds& value, std::int64_t most) {
  const auto fallback = std::chrono::duration_cast<Unit>(value).count();
  value = Unit(table.integer(key, fallback, 1, most));
}

void take(TomlTable& table, std::string_view key, std::size_t& value, std::int64_t least, std::int64_t most) {
  value = static_cast<std::size_t>(table.integer(key, static_cast<std::int64_t>(value), least, most));
}

/// Back-off goes up, never down.
void check_order(TomlTable& table, std::chrono::seconds first, std::chrono::seconds longest) {
  if (first > longest) table.problem("retry_longest_seconds", "is shorter than retry_first_seconds");
}

using std::chrono::days;
using std::chrono::seconds;
constexpr std::int64_t one_day = 86'400;

}  // namespace

void read_log(TomlTable table, Settings& settings) {
  settings.log.level = table.one_of("level", {"trace", "debug", "info", "warn", "error"}, settings.log.level);
  table.refuse_unknown_keys();
}

void read_intake(TomlTable table, Settings& settings) {
  Settings::Intake& intake = settings.intake;
  take(table, "window_bytes", intake.window_bytes, 100'000, 1'000'000'000);
  take(table, "window_mails", intake.window_mails, 1, 10'000);
  take(table, "message_bytes", intake.message_bytes, 10'000, 1'000'000'000);
  take<seconds>(table, "poll_seconds", intake.poll, one_day);
  take<seconds>(table, "idle_seconds", intake.idle, 29 * 60 - 1);  // RFC 2177: re-issued before 29 minutes
  take<seconds>(table, "answer_seconds", intake.answer, one_day);
  take<seconds>(table, "retry_first_seconds", intake.retry_first, one_day);
  take<seconds>(table, "retry_longest_seconds", intake.retry_longest, one_day);
  take(table, "parser_threads", intake.parser_threads, 1, 256);
  check_order(table, intake.retry_first, intake.retry_longest);
  table.refuse_unknown_keys();
}

void read_parse(TomlTable table, Settings& settings) {
  Settings::Parse& parse = settings.parse;
  take(table, "header_bytes", parse.header_bytes, 10'000, 100'000'000);
  take(table, "field_bytes", parse.field_bytes, 1'000, 100'000'000);
  take(table, "fields", parse.fields, 100, 1'000'000);
  take(table, "depth", parse.depth, 1, 500);  // the tree of parts is taken down by recursion
  take(table, "parts", parse.parts, 10, 100'000);
  take(table, "decoded_bytes", parse.decoded_bytes, 100'000, 1'000'000'000);
  take(table, "text_bytes", parse.text_bytes, 10'000, 1'000'000'000);
  take(table, "addresses", parse.addresses, 10, 1'000'000);
  take(table, "attachments", parse.attachments, 1, 100'000);
  take(table, "guide_bytes", parse.guide_bytes, 10'000, 1'000'000'000);
  take(table, "unpacked_bytes", parse.unpacked_bytes, 10'000, 1'000'000'000);
  take<seconds>(table, "pdf_seconds", parse.pdf, 600);
  take(table, "pdf_memory_bytes", parse.pdf_memory_bytes, 64'000'000, 8'000'000'000);
  table.refuse_unknown_keys();
}

void read_outbox(TomlTable table, Settings& settings) {
  Settings::Outbox& outbox = settings.outbox;
  take<seconds>(table, "retry_first_seconds", outbox.retry_first, one_day);
  take<seconds>(table, "retry_longest_seconds", outbox.retry_longest, one_day);
  take<days>(table, "give_up_days", outbox.give_up, 60);
  take<seconds>(table, "final_answer_seconds", outbox.final_answer, 3600);
  take<seconds>(table, "uncertain_after_seconds", outbox.uncertain_after, one_day);
  take<seconds>(table, "lease_seconds", outbox.lease, one_day);
  take<seconds>(table, "server_retry_longest_seconds", outbox.server_retry_longest, one_day);
  take<std::chrono::hours>(table, "notice_after_hours", outbox.notice_after, 24 * 60);
  outbox.domain_patience =
      static_cast<int>(table.integer("domain_patience", outbox.domain_patience, 0, 1000));
  outbox.suppress_after_failures =
      static_cast<int>(table.integer("suppress_after_failures", outbox.suppress_after_failures, 0, 1000));
  check_order(table, outbox.retry_first, outbox.retry_longest);
  // A lease that ends while the server may still answer would let a second connection send the same letter.
  if (outbox.lease <= outbox.final_answer)
    table.problem("lease_seconds", "must be longer than final_answer_seconds");
  table.refuse_unknown_keys();
}

void read_retention(TomlTable table, Settings& settings) {
  Settings::Retention& retention = settings.retention;
  const auto days_of = [&](std::string_view key, int& value) {
    value = static_cast<int>(table.integer(key, value, 0, 36'500));
  };
  days_of("automatic_days", retention.automatic);
  days_of("noise_days", retention.noise);
  days_of("tickets_days", retention.tickets);
  days_of("letters_days", retention.letters);
  days_of("dead_letters_days", retention.dead_letters);
  days_of("quarantine_days", retention.quarantine);
  table.refuse_unknown_keys();
}

}  // namespace oin
