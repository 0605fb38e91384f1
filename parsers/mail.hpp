/// mail.hpp: everything that can be read from one RFC 5322 message.
///
/// parse_mail() never fails and never throws on input: what cannot be read becomes a Defect, and all text is
/// valid UTF-8 with "\n" line ends.  No byte is dropped unseen: what a limit cuts off is named by a defect.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/address.hpp"
#include "parsers/automatic.hpp"
#include "parsers/base/instant.hpp"
#include "parsers/defect.hpp"
#include "parsers/delivery_report.hpp"

namespace oin {

/// One header field: unfolded (RFC 5322 2.2), its encoded words not decoded, its bytes made valid UTF-8.
struct HeaderField {
  std::string name;  ///< the case it came with
  std::string body;
};

/// A leaf of the MIME tree that is not the text a person reads.
struct Attachment {
  std::string filename;      ///< RFC 2231/2047 decoded, without path parts or control characters
  std::string content_type;  ///< "image/png", lower case
  std::string content;       ///< after transfer decoding, before any charset conversion
  std::string sha256;        ///< of content, lower-case hex
  std::string content_id;    ///< without angle brackets; empty when there is none
  std::string disposition;   ///< "attachment", "inline" or empty
  std::string part;          ///< where it stands: "2", "1.3"
};

/// Where the text of a body part begins in Mail::text.
struct TextPart {
  std::string part;    ///< its number: "1", "1.2"
  int first_line = 1;  ///< 1-based
};

struct Mail {
  std::string message_id;  ///< without angle brackets; empty when there is none
  std::optional<Instant> date;
  std::vector<Address> from, reply_to, to, cc;
  std::string subject;
  std::vector<std::string> in_reply_to, references;  ///< without angle brackets
  std::string text;                                  ///< the body as a person reads it
  std::vector<TextPart> text_parts;                  ///< which parts it was made of, in order
  std::optional<std::string> html;                   ///< the decoded source of the HTML body part
  std::string reply_text;                            ///< what the sender newly wrote or forwards
  std::size_t own_text_size = std::string::npos;     ///< see own_text()
  std::vector<Attachment> attachments;
  std::optional<Automatic> automatic;
  std::optional<DeliveryReport> delivery_report;
  std::vector<Defect> defects;
  std::vector<HeaderField> header;  ///< the top-level header section, in order

  /// The body of the first field of that name (any case), or nothing.
  std::optional<std::string_view> field(std::string_view name) const;
  /// The part of reply_text that is surely the sender's own: nothing forwarded, nothing kept in doubt.  Only
  /// this may give commands.
  std::string_view own_text() const;
  /// The bodies of all fields of that name, topmost first.
  std::vector<std::string_view> fields(std::string_view name) const;
};

struct MailLimits {
  std::size_t message_bytes = 50'000'000;
  std::size_t header_bytes = 1'000'000;
  std::size_t field_bytes = 256'000;
  std::size_t fields = 5'000;
  std::size_t depth = 50;
  std::size_t parts = 1'000;
  std::size_t attachments = 1'000;  ///< the files within a winmail.dat and a text included
  std::size_t decoded_bytes = 100'000'000;
  std::size_t text_bytes = 4'000'000;  ///< of Mail::text
  std::size_t addresses = 10'000;
};

Mail parse_mail(std::string_view bytes, const MailLimits& limits = {});

/// SHA-256 (lower-case hex) of the message without its trace fields (Return-Path, Received, Delivered-To,
/// X-Original-To, Authentication-Results, ARC-*, DKIM-Signature): the same mail that came by two routes has
/// one.
std::string content_digest(std::string_view bytes);

}  // namespace oin
