#include "daemon/suppression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/bookkeeping.hpp"
#include "daemon/log.hpp"
#include "daemon/workflow/decide.hpp"
#include "parsers/address.hpp"

namespace oin {
namespace {

using store::RecipientState;

bool speaks_of_address(const RecipientReport& report) {
  for (const std::string_view reason : {"over-size", "policy", "spam", "relay-denied"})
    if (report.reason == reason) return false;
  return oin::speaks_of_address(report.status);
}

std::string words_of(const RecipientReport& report) {
  return report.diagnostic.empty() ? fmt::format("{} {}", report.status, report.reason) : report.diagnostic;
}

}  // namespace

DeliveryReport report_about(const store::Letter& letter, const DeliveryReport& report) {
  DeliveryReport out = report;
  out.recipients.clear();
  for (RecipientReport one : report.recipients) {
    // An alias may have led it elsewhere; of a letter to one person it is still theirs.
    if (letter.recipients.size() == 1) one.address = letter.recipients.front().address;
    const auto recipient = std::ranges::find_if(letter.recipients, [&](const store::LetterRecipient& each) {
      return comparable(each.address) == comparable(one.address);
    });
    if (recipient == letter.recipients.end() || recipient->state == RecipientState::returned) continue;
    const bool twice = std::ranges::any_of(out.recipients, [&](const RecipientReport& known) {
      return comparable(known.address) == comparable(one.address) && known.action == one.action;
    });
    if (!twice) out.recipients.push_back(std::move(one));
  }
  return out;
}

bool speaks_of_address(std::string_view enhanced_status) {
  if (!enhanced_status.starts_with("5.")) return enhanced_status.empty();
  if (enhanced_status == "5.2.3") return false;  // the message is too long for the mailbox
  const char subject = enhanced_status.size() > 2 ? enhanced_status[2] : '0';
  return subject == '0' || subject == '1' || subject == '2' || subject == '4';
}

std::string_view enhanced_status_in(std::string_view answer) {
  if (answer.size() < 9 || answer[3] != ' ') return {};
  const std::string_view word = answer.substr(4, answer.find(' ', 4) - 4);
  const bool status =
      std::ranges::count(word, '.') == 2 && word.find_first_not_of("0123456789.") == std::string_view::npos;
  return status ? word : std::string_view();
}

Result<void> note_report(store::Transaction& tx, const Office& office, const store::Letter& letter,
                         const DeliveryReport& report, Instant now) {
  for (const RecipientReport& one : report.recipients) {
    if (one.action != "failed" || !one.permanent) continue;
    OIN_TRY(const bool news, tx.mark_returned(letter.id, comparable(one.address), words_of(one)));
    if (!news || !speaks_of_address(one)) continue;
    OIN_TRYV(note_failure(tx, office, letter, one.address, words_of(one), now));
  }
  return success();
}

Result<void> note_failure(store::Transaction& tx, const Office& office, const store::Letter& letter,
                          const std::string& address, const std::string& why, Instant now) {
  const int most = office.settings.outbox.suppress_after_failures;
  OIN_TRY(const int failures, tx.count_failure(comparable(address), letter.id, now));
  if (most == 0 || failures < most) return success();
  OIN_TRY(const auto known, tx.suppression_of(comparable(address)));
  if (known) return success();
  const std::string reason = fmt::format("{} letters failed for good, the last with: {}", failures, why);
  OIN_TRYV(tx.suppress({comparable(address), reason, now, "desk"}));
  log::warn("address.suppressed address={} failures={} letter={}", log::field(address), failures, letter.id);
  if (letter.ticket == 0) return success();
  OIN_TRYV(decide_and_record(tx, office, letter.ticket, SuppressionChanged{address, reason, "desk"}, now));
  return success();
}

}  // namespace oin
