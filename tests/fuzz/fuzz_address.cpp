// Any field body gives addresses that are one line of UTF-8 when the field was; and what is read once is read
// again.

#include "parsers/address.hpp"
#include "parsers/charset.hpp"
#include "parsers/date.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/message_id.hpp"
#include "parsers/parameters.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

void check(const std::string& bytes) {
  const std::string field = oin::scrubbed(bytes);
  for (const oin::Address& address : oin::address_list(field, 100)) {
    require(!address.addr_spec.empty(), "an address is not empty");
    require(oin::is_utf8(address.display_name) && oin::is_utf8(address.addr_spec), "addresses are UTF-8");
    require(address.display_name.find('\n') == std::string::npos, "a name is one line");
    const std::string once = oin::comparable(address.addr_spec);
    require(oin::is_utf8(once), "the comparable form is UTF-8");
  }
  require(oin::is_utf8(oin::header_text(field).text), "header text is UTF-8");
  for (const auto& [name, value] : oin::parameterized(field).parameters) {
    require(oin::is_utf8(value), "parameters are UTF-8");
    require(oin::is_utf8(oin::safe_filename(value)), "file names are UTF-8");
  }
  oin::message_ids(field);
  oin::parse_date(field);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
