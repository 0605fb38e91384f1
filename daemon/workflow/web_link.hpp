/// web_link.hpp: the links of a submission that the desk may open, and what was seen there.
///
/// What is seen counts against a vendor only where it is sure that nobody else sees more: a page that its
/// server says is not there, a host that does not exist, a certificate that nobody accepts, a page that asks
/// to sign in.  Silence, an overloaded server or a host that this desk may not ask proves nothing, and is
/// noted for a person.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parsers/guide.hpp"
#include "parsers/saml_metadata.hpp"
#include "parsers/submission.hpp"

namespace oin {

struct WebLink {
  enum class Kind {
    page,      ///< has to open, no more
    guide,     ///< is read like an attached guide
    metadata,  ///< of SAML, read like an attached file
  };
  std::string field, url;
  Kind kind = Kind::page;
  bool operator==(const WebLink&) const = default;
};

struct LinkSeen {
  enum class End { answered, unknown_host, bad_certificate, undecided };
  WebLink link;
  End end = End::undecided;
  int status = 0;                         ///< of the last answer
  std::string at;                         ///< where the redirects ended, or led to and were not followed
  std::string why;                        ///< for a person, where there was no answer
  std::shared_ptr<const Guide> guide;     ///< of a guide that opened and was read
  std::optional<SamlReading> metadata{};  ///< of metadata that opened
};

/// What came of opening the links of one revision.
struct LinksSeen {
  int revision = 0;
  std::vector<LinkSeen> links;
};

/// The first `most` that are whole addresses of the web: no tenant variable in them, no host that only its
/// own network reaches.
std::vector<WebLink> links_of(const Submission& submission, int most);

/// "opened", "gone", "sign-in", "unknown-host" or "bad-certificate"; nothing where it is for a person to say.
/// `why` is the rest of "We cannot open it: …", and what a person is told of an undecided one.
struct LinkVerdict {
  std::optional<std::string> seen;
  std::string why;
};
LinkVerdict verdict(const LinkSeen& seen);

/// Is what is known of this field's file or page known from its link?
bool was_looked_up(const Submission& submission, const std::string& field);

/// For logs: without the part behind "?".
std::string shown_address(const WebLink& link);

/// Is this the address of a page to sign in, by a word of its path or its host's first name?
bool is_sign_in(std::string_view address);

}  // namespace oin
