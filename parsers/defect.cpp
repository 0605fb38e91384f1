#include "parsers/defect.hpp"

#include <array>

namespace oin {
namespace {

// In the order a reader of a message meets them: the whole, the header, the parts, their content.
constexpr auto codes = std::to_array<DefectCode>({
    {"message-too-large", "the message is longer than the limit; the rest was not read"},
    {"header-too-large", "a header section is longer than the limit; its later fields were not read"},
    {"too-many-fields", "a header section has more fields than the limit; the later ones were not read"},
    {"field-too-long", "a header field is longer than the limit; its end was cut off"},
    {"too-many-addresses",
     "an address field names more addresses than the limit; the later ones were not read"},
    {"too-many-parameters",
     "a Content-Type or Content-Disposition field has more parameters than are read; the later ones were "
     "not"},
    {"no-header", "the message has no header field at all"},
    {"not-a-field", "a line in the header section is neither a field nor a continuation; it was skipped"},
    {"mbox-from-line", "the message begins with the envelope line of an mbox file; it was skipped"},
    {"nul-in-header", "a header field holds NUL characters; they were left out"},
    {"eight-bit-header",
     "a header field holds bytes beyond ASCII that are not UTF-8; their charset was guessed"},
    {"missing-blank-line", "the header section ends without a blank line"},
    {"repeated-field", "a field that may stand once stands more often; the first one counts"},
    {"missing-from", "no From field names an address"},
    {"invalid-date", "the Date field cannot be read"},
    {"invalid-encoded-word", "an encoded word (RFC 2047) cannot be decoded; it was kept as it stands"},
    {"invalid-content-type", "a Content-Type field cannot be read; the part counts as plain text"},
    {"too-deep", "multipart parts are nested deeper than the limit; the inner ones were kept unopened"},
    {"too-many-attachments", "the message has more files than the limit; the rest is not listed"},
    {"too-many-parts", "the message has more parts than the limit; the rest was kept as one part"},
    {"missing-boundary", "a multipart part names no boundary; its first line of that form was taken"},
    {"no-parts", "a multipart part holds no boundary line; it was read as text"},
    {"unterminated-multipart", "a multipart part ends without its closing boundary"},
    {"encoded-multipart", "a multipart or message part has a transfer encoding, which RFC 2045 6.4 forbids"},
    {"unknown-transfer-encoding",
     "the transfer encoding is none of RFC 2045; the bytes were kept as they are"},
    {"invalid-base64", "base64 text holds characters outside its alphabet or ends within a group"},
    {"invalid-quoted-printable", "quoted-printable text holds \"=\" without two hexadecimal digits"},
    {"invalid-uuencode", "uuencoded text has no end or lines that cannot be decoded; the rest was kept"},
    {"binhex-content", "the text holds a BinHex file; it was taken out of the text and not decoded"},
    {"invalid-tnef", "a winmail.dat is damaged or over a limit; what came before that was read"},
    {"encrypted-content", "a part or the text is encrypted (S/MIME or OpenPGP) and was not read"},
    {"unopened-content",
     "a part's content lies in a signed or compressed S/MIME object, which was not opened"},
    {"decoded-too-large", "the decoded parts are longer than the limit; the rest was left out"},
    {"text-too-long", "the text is longer than the limit; its end was left out"},
    {"unknown-charset", "the declared charset is not known; it was guessed"},
    {"invalid-charset", "the text is not valid in its declared charset; another one was taken"},
    {"html-too-complex",
     "the HTML is too large or nested too deeply; its tags were cut out without reading them"},
});

}  // namespace

std::span<const DefectCode> defect_codes() { return codes; }

}  // namespace oin
