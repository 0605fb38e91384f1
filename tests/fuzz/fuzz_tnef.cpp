// Any bytes give files whose names are UTF-8 and that are together no longer than the bytes.

#include "parsers/charset.hpp"
#include "parsers/text_files.hpp"
#include "parsers/tnef.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::fuzz::require;

void check(const std::string& bytes) {
  // Chance alone never finds the signature.
  for (const std::string& input : {bytes, "\x78\x9F\x3E\x22\x01\x01" + bytes}) {
    const oin::Tnef tnef = oin::read_tnef(input);
    std::size_t total = 0;
    for (const oin::TnefFile& file : tnef.files) {
      require(oin::is_utf8(file.filename) && oin::is_utf8(file.content_type) && oin::is_utf8(file.content_id),
              "what is said of a file is UTF-8");
      total += file.content.size();
    }
    require(total <= input.size(), "files are no longer than what they stand in");
    require(!tnef.text || oin::is_utf8(*tnef.text), "text is UTF-8");
    require(!tnef.html || oin::is_utf8(*tnef.html), "HTML is UTF-8");
  }
  for (const std::string& text :
       {bytes, "begin 644 a\n" + bytes, "(This file must be converted with BinHex 4.0)\n:" + bytes}) {
    const oin::TextWithFiles out = oin::without_files(text, 100);
    std::size_t total = out.text.size();
    for (const oin::TextFile& file : out.files) total += file.content.size();
    require(total <= text.size() * 2, "files are not much longer than the text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_mail_alphabet(data, size));
  return 0;
}
