/// response.hpp: what an IMAP server says, as values (RFC 3501 7; names are the RFC's).
///
/// Only what intake needs has a type of its own; everything else is Other and may be ignored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parsers/base/instant.hpp"

namespace oin::imap {

struct UidRange {
  std::uint32_t first = 0, last = 0;  ///< first <= last
  bool operator==(const UidRange&) const = default;
};

/// OK, NO, BAD, BYE or PREAUTH with its text (RFC 3501 7.1).
struct Status {
  enum class Condition { ok, no, bad, bye, preauth };
  Condition condition = Condition::ok;
  std::string code;           ///< upper case, without brackets: "UIDVALIDITY"; empty when there is none
  std::string code_argument;  ///< as sent: "3857529045"
  std::string text;           ///< for a person
  std::string line;           ///< all of it as sent, from the condition on: "NO [INUSE] mailbox is locked"
};

struct Tagged {
  std::string tag;
  Status status;
};
struct Continuation {
  std::string text;
};
struct Capability {
  std::vector<std::string> names;  ///< upper case
};
struct Flags {
  std::vector<std::string> flags;
};
struct Exists {
  std::uint32_t count = 0;
};
struct Expunge {
  std::uint32_t sequence_number = 0;
};
struct Vanished {  // RFC 7162 3.2.10
  bool earlier = false;
  std::vector<UidRange> uids;
};
struct Search {
  std::vector<std::uint32_t> numbers;
};
/// One message's data.  Sequence numbers are worthless to us: EXPUNGE renumbers what follows it.
struct Fetch {
  std::uint32_t sequence_number = 0;
  std::uint32_t uid = 0;  ///< 0: the server did not say
  std::optional<std::vector<std::string>> flags;
  std::optional<Instant> internal_date;
  std::optional<std::uint64_t> size;  ///< RFC822.SIZE
  bool has_body = false;              ///< BODY[…] was there, maybe NIL (the message is gone)
  std::string section;                ///< between the brackets: "", "HEADER"
  std::optional<std::string> body;
};
struct Other {
  std::string text;  ///< without "* "
};

using Response = std::variant<Tagged, Continuation, Status, Capability, Flags, Exists, Expunge, Vanished,
                              Search, Fetch, Other>;

}  // namespace oin::imap
