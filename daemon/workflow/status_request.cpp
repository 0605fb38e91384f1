#include "daemon/workflow/status_request.hpp"

#include <algorithm>
#include <string>

#include "parsers/charset.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr std::size_t telling_bytes = 20'000;  ///< of the mail's text
constexpr std::size_t shortest_name = 3;       ///< of an app: a shorter one stands in any text by chance

std::string as_words(std::string_view text) { return " " + folded(text) + " "; }

template <class Wanted>
std::vector<Ticket> chosen(std::span<const Ticket> known, Wanted wanted) {
  std::vector<Ticket> out;
  std::ranges::copy_if(known, std::back_inserter(out), wanted);
  return out;
}

}  // namespace

std::vector<Ticket> asked_about(const Mail& mail, TicketId in_thread, std::span<const Ticket> known) {
  const std::string text =
      as_words(mail.subject + "\n" + std::string(utf8_prefix(mail.reply_text, telling_bytes)));
  const auto says = [&](std::string_view name) { return text.find(as_words(name)) != std::string::npos; };
  auto out = chosen(known, [&](const Ticket& ticket) { return says(reference(ticket.id)); });
  if (out.empty()) out = chosen(known, [&](const Ticket& ticket) { return ticket.id == in_thread; });
  if (out.empty())
    out = chosen(known, [&](const Ticket& ticket) {
      return ticket.phase && folded(ticket.title).size() >= shortest_name && says(ticket.title);
    });
  if (out.empty())
    out = chosen(known, [](const Ticket& ticket) { return ticket.state != TicketState::closed; });
  if (out.empty() && !known.empty()) out.push_back(known.front());
  return out;
}

}  // namespace oin
