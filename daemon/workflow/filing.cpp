#include "daemon/workflow/filing.hpp"

#include <fmt/format.h>

#include "parsers/charset.hpp"

namespace oin {
namespace {

constexpr std::size_t title_bytes = 200;

std::string from_of(const Mail& mail) {
  return mail.from.empty() ? std::string() : mail.from.front().addr_spec;
}

}  // namespace

std::string cut_title(std::string_view text) {
  if (text.size() <= title_bytes) return std::string(text);
  return std::string(utf8_prefix(text, title_bytes)) + "…";
}

void file_mail(Draft& draft, const MailArrived& in) {
  draft.add(MailFiled{in.intent.name, from_of(in.mail), cut_title(in.mail.subject), in.sender.verified,
                      in.mail.automatic ? in.mail.automatic->kind : std::string()});
  if (in.ahead)
    draft.add(
        Noted{fmt::format("by its server's clock that mail came at {}, which is yet to come: counted from {}",
                          to_rfc3339(*in.ahead), to_rfc3339(in.arrived_at))});
}

}  // namespace oin
