// What a Sending means for one recipient.

#include <fmt/format.h>

#include "daemon/smtp/client.hpp"

namespace oin::smtp {
namespace {

Verdict by_code(int reply_code) { return reply_code >= 500 ? Verdict::refused : Verdict::deferred; }

std::string said(int code, const std::string& enhanced_status, const std::string& text) {
  return Reply{code, enhanced_status, {text}}.whole();
}

}  // namespace

Verdict verdict(const Sending& sending, std::size_t recipient) {
  const Outcome& own = sending.recipients.at(recipient);
  if (own.reply_code >= 400)
    return by_code(own.reply_code);  // refused before DATA, whatever came of the others
  const bool accepted = own.reply_code >= 200 && own.reply_code < 300;
  if (!accepted && sending.stage != Stage::before_dot) return Verdict::deferred;
  switch (sending.stage) {
    case Stage::dot_started:
      return Verdict::uncertain;
    case Stage::answered:
      return sending.final.positive() ? Verdict::delivered : by_code(sending.final.code);
    case Stage::before_dot:
      break;
  }
  if (sending.final.code >= 400) return by_code(sending.final.code);
  const bool never = sending.broken && sending.broken->fault == Fault::permanent;
  return never ? Verdict::refused : Verdict::deferred;
}

std::string reason(const Sending& sending, std::size_t recipient) {
  const Outcome& own = sending.recipients.at(recipient);
  if (own.reply_code >= 400) return said(own.reply_code, own.enhanced_status, own.text);
  if (sending.final.code != 0) return sending.final.whole();
  return sending.broken ? sending.broken->what : "the server answered nothing";
}

}  // namespace oin::smtp
