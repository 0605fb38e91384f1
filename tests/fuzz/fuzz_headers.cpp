// Any header section is read whole: each field lies in it, in order, and is one line of UTF-8 when decoded;
// all that stands behind the last field belongs to the body.

#include "parsers/charset.hpp"
#include "parsers/date.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/header_section.hpp"
#include "parsers/message_id.hpp"
#include "parsers/parameters.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

void check(const std::string& bytes) {
  oin::MessageLines lines(bytes);
  const oin::HeaderSection header = oin::message_header(bytes, lines, {1'000'000, 5'000});
  require(header.end <= header.body && header.body <= bytes.size(), "the separator follows the fields");
  std::size_t at = 0;
  for (const oin::FieldExtent& field : header.fields) {
    require(
        at <= field.begin && field.begin < field.colon && field.colon < field.end && field.end <= header.end,
        "fields stand in order, within the section");
    at = field.end;
    const std::string body = oin::scrubbed(
        oin::unfolded(std::string_view(bytes).substr(field.colon + 1, field.end - field.colon - 1)));
    require(body.find_first_of("\r\n") == std::string::npos, "an unfolded field is one line");
    const oin::HeaderText text = oin::header_text(body);
    require(oin::is_utf8(text.text) && text.text.find('\n') == std::string::npos,
            "its text is a line of UTF-8");
    require(text.text.size() <= body.size() * 4, "decoding lengthens it little");
    for (const auto& [name, value] : oin::parameterized(body).parameters) {
      require(oin::is_utf8(value), "parameters are UTF-8");
      require(oin::is_utf8(oin::safe_filename(value)), "file names are UTF-8");
    }
    oin::message_ids(body);
    oin::parse_date(body);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
