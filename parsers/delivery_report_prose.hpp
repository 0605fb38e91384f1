/// delivery_report_prose.hpp: reports that are written for people, as qmail, Exim, Exchange, gateways of
/// many makers and all of the old ones send them.
///
/// They share no syntax, but habits: an address leads a line and what was said about it follows, or it
/// stands in a sentence ("could not be delivered to <ada@x>"), or in the SMTP dialogue that is shown.  The
/// strongest habit that a report shows is the one by which it is read.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/text_lines.hpp"

namespace oin {

/// A recipient that a report names, with its own words about it.
struct NamedRecipient {
  std::string address;
  std::string words;                ///< what follows it up to the next blank line or recipient
  std::vector<std::string> asides;  ///< other lines that name it
};

struct ProseReader {
  /// Addresses that are nobody's mail was for, compared by comparable(): the report's own sender and reader.
  std::vector<std::string> bystanders;
  /// May any address be a recipient?  Only where nothing but a report can be.
  bool any_address = false;
  std::size_t most_recipients = 1000;
};

/// The recipients in the lines of a report's own words, in order.
std::vector<NamedRecipient> recipients_in_prose(std::span<const TextLine> lines, const ProseReader& reader);

/// The same for recipients that are known already: what is said about each of them.
std::vector<NamedRecipient> words_about(std::span<const TextLine> lines,
                                        std::span<const std::string> addresses);

/// The paragraphs of a text, each as one line.
std::vector<std::string> paragraphs(std::span<const TextLine> lines);

}  // namespace oin
