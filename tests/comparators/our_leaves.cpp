#include "parsers/mail.hpp"
#include "parsers/mime.hpp"
#include "parsers/transfer_encoding.hpp"
#include "tests/comparators/leaves.hpp"

namespace oin::comparators {
namespace {

bool has_blanks_at_line_ends(std::string_view text) {
  for (std::size_t at = 0; (at = text.find_first_of(" \t", at)) != std::string_view::npos; ++at)
    if (at + 1 == text.size() || text[at + 1] == '\r' || text[at + 1] == '\n') return true;
  return false;
}

/// Nothing for damaged base64, since what is made of an unfinished group is every decoder's own taste; nor
/// for quoted-printable with blanks at line ends, which GMime keeps and RFC 2045 6.7 rule 3 has deleted.
std::optional<std::size_t> decoded_size(const mimetic::MimeEntity& entity) {
  const std::string& body = entity.body();
  const auto field = field_value(entity, "Content-Transfer-Encoding");
  switch (transfer_encoding(field.value_or("")).value_or(TransferEncoding::identity)) {
    case TransferEncoding::base64: {
      const Decoded decoded = decode_base64(body);
      return decoded.damaged ? std::nullopt : std::optional(decoded.bytes.size());
    }
    case TransferEncoding::quoted_printable:
      if (has_blanks_at_line_ends(body)) return std::nullopt;
      return decode_quoted_printable(body).bytes.size();
    case TransferEncoding::uuencode:
      return std::nullopt;
    case TransferEncoding::identity:
      break;
  }
  return body.size();
}

void add_leaves(Leaves& leaves, const mimetic::MimeEntity& entity, const std::string& number) {
  if (entity.body().parts().empty()) {
    leaves[number.empty() ? "1" : number].size = decoded_size(entity);
    return;
  }
  int child = 0;
  for (const mimetic::MimeEntity* part : entity.body().parts())
    add_leaves(leaves, *part, (number.empty() ? "" : number + '.') + std::to_string(++child));
}

}  // namespace

Leaves our_leaves(std::string_view bytes) {
  Leaves leaves;
  add_leaves(leaves, *read_message(bytes).root, "");
  const Mail mail = parse_mail(bytes);
  for (const Attachment& attachment : mail.attachments)
    if (const auto leaf = leaves.find(attachment.part); leaf != leaves.end())  // others came out of a leaf
      leaf->second.filename = attachment.filename;
  // Of a part without a blank line behind its header GMime drops the text.
  for (const Defect& defect : mail.defects)
    if (defect.code == "missing-blank-line") {
      const auto leaf = leaves.find(defect.where.empty() ? "1" : defect.where);
      if (leaf != leaves.end()) leaf->second.size.reset();
    }
  return leaves;
}

}  // namespace oin::comparators
