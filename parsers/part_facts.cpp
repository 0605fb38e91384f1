#include "parsers/part_facts.hpp"

#include "parsers/ascii.hpp"
#include "parsers/message_id.hpp"
#include "parsers/mime.hpp"

namespace oin {
namespace {

std::string filename_of(const PartFacts& facts) {
  for (const auto name : {facts.disposition.parameter("filename"), facts.type.parameter("name")})
    if (name)
      if (std::string safe = safe_filename(*name); !safe.empty()) return safe;
  return {};
}

bool is_media_type(std::string_view value) {
  const auto slash = value.find('/');
  return slash != std::string_view::npos && slash != 0 && slash + 1 != value.size();
}

}  // namespace

PartFacts part_facts(const mimetic::MimeEntity& entity, std::string_view parent_type, bool unopened) {
  PartFacts facts;
  const auto type = field_value(entity, "Content-Type");
  if (type) facts.type = parameterized(*type);
  std::string& value = facts.type.value;
  if (!type || stripped(*type).empty()) {
    value = unopened && entity.header().empty() ? "application/octet-stream"
            : parent_type == "multipart/digest" ? "message/rfc822"  // RFC 2046 5.1.5
                                                : "text/plain";
  } else if (value == "text") {
    value = "text/plain";
  } else if (!is_media_type(value)) {
    facts.invalid_type = true;
    value = "text/plain";
  } else if (value.starts_with("multipart/") && entity.body().parts().empty() && !unopened) {
    value = "text/plain";  // it holds no parts: what stands there is its text
  }
  if (const auto disposition = field_value(entity, "Content-Disposition"); disposition)
    facts.disposition = parameterized(*disposition);
  if (const auto id = field_value(entity, "Content-ID"); id) facts.content_id = message_id(*id);
  facts.filename = filename_of(facts);
  return facts;
}

}  // namespace oin
