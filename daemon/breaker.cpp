#include "daemon/breaker.hpp"

#include <algorithm>

#include "daemon/letter_writer.hpp"
#include "daemon/log.hpp"
#include "daemon/workflow/team.hpp"

namespace oin {
namespace {

constexpr auto window = std::chrono::minutes(1);

Result<void> tell_leads(store::Transaction& tx, const Office& office, int letters, Instant now) {
  std::vector<LetterDraft> notices;
  Ticket none;
  none.mailbox = office.desk.mailboxes.front().name;
  for (const PersonSettings* lead : leads_of(office.desk)) {
    LetterDraft notice{std::string(breaker_notice), {{lead->name, lead->address}}, {}};
    notice.variables = {{"desk_name", office.desk.name},
                        {"contact_name", lead->name},
                        {"mailbox_address", office.desk.mailboxes.front().address},
                        {"since", office.desk.calendar.shown(now)},
                        {"letters", letters},
                        {"limit", office.desk.workflow.limits.letters_per_minute},
                        {"minutes", office.desk.workflow.limits.breaker_closes_after_minutes},
                        {"closes", office.desk.workflow.limits.breaker_closes_after_minutes > 0}};
    notice.to_staff = true;
    notice.always_goes = true;
    notices.push_back(std::move(notice));
  }
  OIN_TRY(const auto written, enqueue_letters(tx, office, notices, none, nullptr, now));
  return word_letters(tx, office, written);
}

Result<void> close(store::Transaction& tx, store::Breaker breaker, std::string_view by, Instant now) {
  log::warn("outbox.resumed by={} held_since={}", log::field(by), to_rfc3339(*breaker.open_since));
  breaker.open_since.reset();
  breaker.closed_at = now;
  return tx.set_breaker(breaker);
}

}  // namespace

std::optional<Instant> closes_at(const store::Breaker& breaker, const LimitSettings& limits) {
  if (!breaker.open_since || limits.breaker_closes_after_minutes == 0) return std::nullopt;
  return *breaker.open_since + std::chrono::minutes(limits.breaker_closes_after_minutes);
}

Result<bool> mail_is_held(store::Transaction& tx, const Office& office, Instant now) {
  const LimitSettings& limits = office.desk.workflow.limits;
  OIN_TRY(store::Breaker breaker, tx.breaker());
  if (breaker.open_since) {
    const auto until = closes_at(breaker, limits);
    if (!until || *until > now) return true;
    OIN_TRYV(close(tx, breaker, "breaker_closes_after_minutes", now));
    return false;
  }
  // What was held and let go is not counted again.
  const Instant since = std::max<Instant>(now - window, breaker.closed_at.value_or(Instant{}));
  OIN_TRY(const int letters, tx.letters_since(since));
  if (letters <= limits.letters_per_minute) return false;
  OIN_TRYV(tx.set_breaker({now, letters, breaker.closed_at}));
  log::error("outbox.held letters={} letters_per_minute={} look at oinctl outbox, then oinctl outbox resume",
             letters, limits.letters_per_minute);
  OIN_TRYV(tell_leads(tx, office, letters, now));
  return true;
}

Result<void> release_mail(store::Transaction& tx, const std::string& by, Instant now) {
  OIN_TRY(const store::Breaker breaker, tx.breaker());
  if (!breaker.open_since) return permanent("outgoing mail is not held");
  return close(tx, breaker, by, now);
}

}  // namespace oin
