// Any bytes give a mail: valid UTF-8 everywhere, every byte accounted for, only known defects.

#include <algorithm>

#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "parsers/mime.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

void check(const std::string& bytes) {
  const oin::Message message = oin::read_message(bytes);
  std::size_t at = 0;
  for (const oin::Extent& extent : message.extents) {
    require(extent.begin == at && extent.end > extent.begin, "extents follow each other");
    at = extent.end;
  }
  require(at == bytes.size(), "every byte lies in an extent");

  const oin::Mail mail = oin::parse_mail(bytes);
  require(oin::is_utf8(mail.text) && oin::is_utf8(mail.reply_text) && oin::is_utf8(mail.subject),
          "text is UTF-8");
  require(!mail.html || oin::is_utf8(*mail.html), "HTML is UTF-8");
  require(mail.text.find('\r') == std::string::npos, "line ends are LF");
  require(mail.subject.find('\n') == std::string::npos, "the subject is one line");
  for (const oin::HeaderField& field : mail.header)
    require(oin::is_utf8(field.body), "field bodies are UTF-8");
  for (const oin::Attachment& attachment : mail.attachments)
    require(oin::is_utf8(attachment.filename) && attachment.filename.find('/') == std::string::npos,
            "file names are safe");
  for (const oin::Defect& defect : mail.defects)
    require(std::ranges::any_of(oin::defect_codes(),
                                [&](const auto& known) { return known.code == defect.code; }),
            "every defect is in the table");
  require(oin::content_digest(bytes).size() == 64, "every mail has a digest");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
