/// body_parts.hpp: which parts of a message are the text a person reads, and which are attachments.
///
/// Of alternatives both the plain text and the HTML are kept; of a mixture all texts, in order, with a line
/// break between them.  HTML stands in for text where there is none, or where the text only says that it
/// cannot be shown.  Every other leaf is an attachment: inline images, calendars, report parts, and
/// message/rfc822 unopened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/mail.hpp"
#include "parsers/mime.hpp"

namespace oin {

struct BodyParts {
  std::string text;
  std::vector<TextPart> text_parts;
  std::optional<std::string> html;
  std::vector<Attachment> attachments;
  std::vector<Defect> defects;
};

/// Takes the bodies out of the message's tree, which is not to be read again.
BodyParts body_parts(Message& message, const MailLimits& limits);

}  // namespace oin
