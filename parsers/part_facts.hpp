/// part_facts.hpp: the facts of one part's header that decide what becomes of it (RFC 2045 5, RFC 2183).
#pragma once

#include <string>
#include <string_view>

#include "parsers/mimetic.hpp"
#include "parsers/parameters.hpp"

namespace oin {

struct PartFacts {
  Parameterized type, disposition;  ///< the type is always one: text/plain where none or a bad one is given
  std::string filename, content_id;
  bool invalid_type = false;

  bool is(std::string_view media_type) const { return type.value == media_type; }
  bool is_body_text() const { return is("text/plain") || is("text/html"); }
};

/// `parent_type` is that of the multipart around it, or empty; `unopened`: a limit kept its parts together.
PartFacts part_facts(const mimetic::MimeEntity& entity, std::string_view parent_type, bool unopened);

}  // namespace oin
