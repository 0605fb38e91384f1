// The reasons of failed deliveries: a table of statuses (RFC 3463) and one of what servers write beside them.

#include <algorithm>
#include <span>

#include "parsers/ascii.hpp"
#include "parsers/delivery_report.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

struct Reason {
  std::string_view said;  ///< status detail without its class ("1.1"), or words in lower case
  std::string_view reason;
};

// Statuses that say it all: servers do not misuse these.
constexpr Reason telling_statuses[] = {
    {"1.1", "user-unknown"}, {"1.6", "user-unknown"}, {"1.2", "host-unknown"}, {"1.10", "host-unknown"},
    {"2.2", "mailbox-full"}, {"2.3", "over-size"},    {"3.4", "over-size"},    {"4.7", "expired"},
};

// Words, most particular first.
constexpr Reason phrases[] = {
    {"mailbox full", "mailbox-full"},
    {"mailbox is full", "mailbox-full"},
    {"over quota", "mailbox-full"},
    {"overquota", "mailbox-full"},
    {"over the quota", "mailbox-full"},
    {"quota exceeded", "mailbox-full"},
    {"exceeded storage", "mailbox-full"},
    {"exceeds quota", "mailbox-full"},
    {"quota has been exceeded", "mailbox-full"},
    {"insufficient storage", "mailbox-full"},
    {"storage quota", "mailbox-full"},
    {"mailbox size limit", "mailbox-full"},
    {"disk quota", "mailbox-full"},
    {"inbox is full", "mailbox-full"},
    {"exceeded its quota", "mailbox-full"},
    {"message size exceed", "over-size"},
    {"message too large", "over-size"},
    {"message is too large", "over-size"},
    {"message too big", "over-size"},
    {"exceeds maximum size", "over-size"},
    {"size limit", "over-size"},
    {"maximum message size", "over-size"},
    {"too large", "over-size"},
    {"exceeds size limit", "over-size"},
    {"relay access denied", "relay-denied"},
    {"relaying denied", "relay-denied"},
    {"relay not permitted", "relay-denied"},
    {"unable to relay", "relay-denied"},
    {"not permitted to relay", "relay-denied"},
    {"relaying not allowed", "relay-denied"},
    {"we do not relay", "relay-denied"},
    {"relay denied", "relay-denied"},
    {"no relaying", "relay-denied"},
    {"isn't in my list of allowed rcpthosts", "relay-denied"},
    {"not in my list of allowed rcpthosts", "relay-denied"},
    {"relaying prohibited", "relay-denied"},
    {"not a relay", "relay-denied"},
    {"spam", "spam"},
    {"spamhaus", "spam"},
    {"blacklist", "spam"},
    {"blocklist", "spam"},
    {"black list", "spam"},
    {"block list", "spam"},
    {"dnsbl", "spam"},
    {"rbl", "spam"},
    {"unsolicited", "spam"},
    {"bulk mail", "spam"},
    {"poor reputation", "spam"},
    {"low reputation", "spam"},
    {"address rejected: access denied",
     "user-unknown"},  // so Exchange Online says that nobody has the address
    {"user unknown", "user-unknown"},
    {"unknown user", "user-unknown"},
    {"no such user", "user-unknown"},
    {"no such address", "user-unknown"},
    {"user not found", "user-unknown"},
    {"recipient not found", "user-unknown"},
    {"recipient unknown", "user-unknown"},
    {"unknown recipient", "user-unknown"},
    {"unknown address", "user-unknown"},
    {"invalid recipient", "user-unknown"},
    {"invalid mailbox", "user-unknown"},
    {"no mailbox here", "user-unknown"},
    {"mailbox unavailable", "user-unknown"},
    {"mailbox not found", "user-unknown"},
    {"account does not exist", "user-unknown"},
    {"address does not exist", "user-unknown"},
    {"doesn't have a", "user-unknown"},
    {"does not exist", "user-unknown"},
    {"recipientnotfound", "user-unknown"},
    {"recipient rejected", "user-unknown"},
    {"not a known user", "user-unknown"},
    {"undeliverable address", "user-unknown"},
    {"no such recipient", "user-unknown"},
    {"unrouteable address", "user-unknown"},
    {"account is disabled", "user-unknown"},
    {"account disabled", "user-unknown"},
    {"mailbox disabled", "user-unknown"},
    {"mailbox is disabled", "user-unknown"},
    {"inactive", "user-unknown"},
    {"account has been disabled", "user-unknown"},
    {"no user", "user-unknown"},
    {"user doesn't exist", "user-unknown"},
    {"unknown local", "user-unknown"},
    {"no mailbox", "user-unknown"},
    {"not our customer", "user-unknown"},
    {"address unknown", "user-unknown"},
    {"not listed in", "user-unknown"},
    {"no such person", "user-unknown"},
    {"addressee unknown", "user-unknown"},
    {"all hosts have been failing", "expired"},
    {"retry timeout exceeded", "expired"},
    {"message expired", "expired"},
    {"delivery time expired", "expired"},
    {"too long in queue", "expired"},
    {"in the queue too long", "expired"},
    {"retry time not reached", "expired"},
    {"retrying for too long", "expired"},
    {"been in the queue too long", "expired"},
    {"deferred too long", "expired"},
    {"queue too long", "expired"},
    {"time expired", "expired"},
    {"gave up after", "expired"},
    {"host not found", "host-unknown"},
    {"host unknown", "host-unknown"},
    {"unknown host", "host-unknown"},
    {"name or service not known", "host-unknown"},
    {"domain not found", "host-unknown"},
    {"no such domain", "host-unknown"},
    {"couldn't find any host", "host-unknown"},
    {"name server loop", "host-unknown"},
    {"nxdomain", "host-unknown"},
    {"unrouteable mail domain", "host-unknown"},
    {"domain does not exist", "host-unknown"},
    {"no mx", "host-unknown"},
    {"unknown domain", "host-unknown"},
    {"domain of recipient", "host-unknown"},
    {"null mx", "host-unknown"},
    {"nullmx", "host-unknown"},
    {"dns error", "host-unknown"},
    {"connection timed out", "network"},
    {"connection refused", "network"},
    {"no route to host", "network"},
    {"network is unreachable", "network"},
    {"lost connection", "network"},
    {"connection dropped", "network"},
    {"could not connect", "network"},
    {"couldn't establish an smtp connection", "network"},
    {"operation timed out", "network"},
    {"timed out while", "network"},
    {"connection reset", "network"},
    {"temporarily unable to connect", "network"},
    {"no answer from host", "network"},
    {"unable to connect", "network"},
    {"dmarc", "policy"},
    {"spf", "policy"},
    {"dkim", "policy"},
    {"policy", "policy"},
    {"not authorized", "policy"},
    {"not allowed", "policy"},
    {"access denied", "policy"},
    {"rejected by", "policy"},
    {"prohibited", "policy"},
    {"authentication required", "policy"},
    {"virus", "policy"},
    {"content rejected", "policy"},
    {"permission", "policy"},
    {"blocked", "policy"},
    {"refused", "policy"},
};

// Statuses that only say where to look, for when the words said nothing.
constexpr Reason vague_statuses[] = {
    {"1.0", "user-unknown"}, {"1.3", "user-unknown"}, {"1.4", "user-unknown"}, {"2.1", "user-unknown"},
    {"4.1", "network"},      {"4.2", "network"},      {"4.3", "network"},      {"4.4", "host-unknown"},
    {"4.6", "network"},      {"7.0", "policy"},       {"7.1", "policy"},       {"7.2", "policy"},
    {"2.4", "policy"},
};

std::string_view find(std::span<const Reason> table, std::string_view said) {
  const auto known = std::ranges::find_if(table, [&](const Reason& reason) { return reason.said == said; });
  return known == table.end() ? std::string_view() : known->reason;
}

}  // namespace

std::string delivery_reason(std::string_view status, std::string_view diagnostic) {
  const std::string_view detail = status.size() > 2 ? status.substr(2) : std::string_view();
  if (const auto reason = find(telling_statuses, detail); !reason.empty()) return std::string(reason);
  const std::string words = lower(diagnostic);
  for (const Reason& phrase : phrases)
    if (contains(words, phrase.said)) return std::string(phrase.reason);
  if (const auto reason = find(vague_statuses, detail); !reason.empty()) return std::string(reason);
  if (detail.starts_with("7.")) return "policy";
  return "other";
}

}  // namespace oin
