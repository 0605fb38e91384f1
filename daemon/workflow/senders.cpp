#include "daemon/workflow/senders.hpp"

#include <algorithm>

#include "parsers/address.hpp"

namespace oin {
namespace {

constexpr double decisive = 100;

Intent instead(Intent intent, std::string name, double confidence, std::string why) {
  intent.runner_up = std::move(intent.name);
  intent.topic.clear();
  intent.evidence.insert(intent.evidence.begin(), Evidence{std::move(why), name, decisive});
  intent.name = std::move(name);
  intent.confidence = confidence;
  return intent;
}

bool submits(std::string_view intent) {
  return intent == "submission" || intent == "submission-update" || intent == "removal" ||
         intent == "private-integration";
}

}  // namespace

bool is_listed(std::span<const std::string> list, std::string_view addr_spec) {
  const std::string key = comparable(addr_spec);
  const auto at = key.rfind('@');
  if (at == std::string::npos) return false;
  return std::ranges::any_of(list, [&](const std::string& each) {
    return each.starts_with('@') ? comparable("any" + each).substr(3) == key.substr(at)
                                 : comparable(each) == key;
  });
}

Intent as_sender_may(const Desk& desk, Intent intent, std::string_view addr_spec, const Ticket* ticket) {
  if (intent.name == "automatic" || intent.name == "delivery-report") return intent;
  const SenderSettings& senders = desk.workflow.senders;
  if (is_listed(senders.ignored, addr_spec))
    return instead(std::move(intent), ticket ? "automatic" : "unwanted", 1, "sender: ignored by [senders]");
  const bool under_review = ticket && reviewed(ticket->kind);
  if (!senders.submitters.empty() && submits(intent.name) && !under_review &&
      !is_listed(senders.submitters, addr_spec))
    return instead(std::move(intent), "unclear", 0, "sender: not among the submitters of [senders]");
  return intent;
}

}  // namespace oin
