/// bounds_test.cpp: what is read is never longer than a stated multiple of what came in.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "parsers/charset.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/mail.hpp"
#include "parsers/text_files.hpp"
#include "parsers/transfer_encoding.hpp"
#include "tests/properties/generators.hpp"

namespace oin {
namespace {

using namespace test;

/// A byte becomes at most one character of four bytes, in whatever charset.
constexpr std::size_t utf8_for_a_byte = 4;

RC_GTEST_PROP(Text, IsAtMostFourTimesItsBytes, ()) {
  const std::string in = *bytes();
  const auto* const charset = *rc::gen::element("", "utf-8", "windows-1252", "utf-16", "utf-7", "iso-2022-jp",
                                                "gb18030", "scsu", "shift_jis", "big5-hkscs", "hz");
  const std::string out = to_utf8(in, charset).utf8;
  RC_ASSERT(is_utf8(out));
  RC_ASSERT(out.size() <= in.size() * utf8_for_a_byte);
}

RC_GTEST_PROP(HeaderText, IsAtMostFourTimesItsBytes, ()) {
  const std::string in = scrubbed(*bytes()) + "=?utf-8?q?" + scrubbed(*bytes()) + "?=" + *line();
  RC_ASSERT(header_text(in).text.size() <= in.size() * utf8_for_a_byte);
}

RC_GTEST_PROP(TransferEncodings, NeverLengthen, ()) {
  const std::string in = *bytes();
  RC_ASSERT(decode_base64(in).bytes.size() <= in.size());
  RC_ASSERT(decode_quoted_printable(in).bytes.size() <= in.size());
  RC_ASSERT(decode_q(in).bytes.size() <= in.size());
}

RC_GTEST_PROP(AMail, IsAtMostEightTimesItsBytes, ()) {
  const std::string part = "--b\nContent-Type: text/plain; charset=" +
                           std::string(*rc::gen::element("utf-8", "latin1", "utf-16")) + "\n\n" + *bytes() +
                           "\n";
  const std::string in =
      "From: a@x\nSubject: " + *line() + "\nContent-Type: multipart/mixed; boundary=b\n\n" + part + part +
      "--b\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n\n" + *bytes() + "\n--b--\n";
  const Mail mail = parse_mail(in);
  std::size_t out = mail.text.size() + mail.reply_text.size() + mail.subject.size();
  for (const Attachment& attachment : mail.attachments) out += attachment.content.size();
  RC_ASSERT(out <= in.size() * utf8_for_a_byte * 2);  // the text, and again the reply in it
}

}  // namespace
}  // namespace oin
