// Promise: an org's id is one or none, a wish lies ahead, a name is taken from the text as it stands; a
// question is never a yes.

#include <algorithm>
#include <array>
#include <chrono>

#include "parsers/agreement.hpp"
#include "parsers/sourcing_request.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& text) {
  using oin::fuzz::require;
  const std::chrono::sys_days written_on(std::chrono::days(20'780));
  oin::Mail mail;
  mail.reply_text = text;
  mail.subject = text.substr(0, text.find('\n'));
  const auto read = oin::sourcing_request(mail, {}, written_on);
  require(read.org_id.empty() || (read.org_id.size() == 20 && read.org_id.starts_with("00o")), "an org's id");
  require(read.org_id.empty() || read.unfit_org_id.empty(), "one of the two");
  require(text.find(read.app_name) != text.npos, "a name as it stands");
  if (read.days) require(*read.days > 0, "some days");
  if (read.until) require(std::chrono::sys_days(*read.until) > written_on, "a day to come");
  require(!(read.days && read.until), "one wish");
  if (oin::is_yes(text)) require(!oin::is_yes(text + "?"), "a question is no yes");
}

std::string in_requests_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 48> words = {" ",
                                                             "\n",
                                                             "\n\n",
                                                             ", ",
                                                             ". ",
                                                             ": ",
                                                             "?",
                                                             "\"",
                                                             "“",
                                                             "” ",
                                                             "(",
                                                             ") ",
                                                             "our ",
                                                             "the ",
                                                             "app ",
                                                             "app: ",
                                                             "is ",
                                                             "called ",
                                                             "Acme ",
                                                             "HR ",
                                                             "Profile ",
                                                             "Sourcing ",
                                                             "for ",
                                                             "of ",
                                                             "org ",
                                                             "id ",
                                                             "00o1a2b3c4d5e6f7g8h9 ",
                                                             "00o1a2b3 ",
                                                             "0oa1a2b3 ",
                                                             "https://",
                                                             "dev-1",
                                                             "-admin",
                                                             ".okta.com",
                                                             ".oktapreview.com ",
                                                             "until ",
                                                             "bis zum ",
                                                             "31 ",
                                                             "December ",
                                                             "two ",
                                                             "more ",
                                                             "weeks ",
                                                             "14 ",
                                                             "days ",
                                                             "yes ",
                                                             "not ",
                                                             "private ",
                                                             "agreed ",
                                                             "\xE9"};
  return oin::fuzz::in_alphabet(data, size, words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A request is short: more text would only be slower.
  check(oin::fuzz::raw(data, std::min<std::size_t>(size, 4'000)));
  check(in_requests_alphabet(data, std::min<std::size_t>(size, 500)));
  return 0;
}
