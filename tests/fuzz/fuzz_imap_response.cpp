// Whatever a server sends: no crash, the limits hold, and the place where the bytes are cut changes nothing.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/imap/response_parser.hpp"

namespace {

using namespace oin::imap;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr ParserLimits limits{.text = 2000, .literals = 1000, .nesting = 8};

/// What came out, as far as two runs can be compared.
struct Heard {
  std::vector<std::size_t> kinds;
  std::string bodies;
  bool broken = false;
  bool operator==(const Heard&) const = default;
};

void note(Heard& heard, const Response& response) {
  heard.kinds.push_back(response.index());
  if (const auto* fetch = std::get_if<Fetch>(&response); fetch != nullptr && fetch->body) {
    require(fetch->has_body && fetch->body->size() <= limits.text + limits.literals);
    heard.bodies += *fetch->body + "|";
  }
  if (const auto* vanished = std::get_if<Vanished>(&response))
    for (const UidRange& range : vanished->uids) require(range.first > 0 && range.first <= range.last);
}

Heard hear(std::string_view bytes, std::size_t chunk) {
  Heard heard;
  ResponseParser parser(limits);
  while (!bytes.empty() && !heard.broken) {
    std::string_view part = bytes.substr(0, chunk);
    bytes.remove_prefix(part.size());
    while (!part.empty() && !heard.broken) {
      const std::size_t before = part.size();
      auto response = parser.next(part);
      heard.broken = !response;
      if (!response) break;
      require(part.size() < before);
      if (response.value())
        note(heard, *response.value());
      else
        require(part.empty());
    }
  }
  return heard;
}

/// The same bytes as words of the protocol, which gets past the first token.
std::string in_imap_words(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view words[] = {"* ",
                                               "1 ",
                                               "FETCH ",
                                               "(",
                                               ")",
                                               "UID 7 ",
                                               "BODY[] ",
                                               "{5}\r\n",
                                               "abcde",
                                               "\r\n",
                                               "NIL",
                                               "\"q\"",
                                               "X1 ",
                                               "OK ",
                                               "[UIDNEXT 4] ",
                                               "FLAGS ",
                                               "\\Seen ",
                                               "EXISTS",
                                               "VANISHED ",
                                               "1:9",
                                               "SEARCH ",
                                               "CAPABILITY ",
                                               "INTERNALDATE ",
                                               "\" 1-Nov-2026 10:00:00 +0100\" ",
                                               "RFC822.SIZE 5 ",
                                               "~{1}\r\n",
                                               "{2+}\r\n",
                                               "+ ",
                                               " ",
                                               "BYE ",
                                               "MODSEQ ",
                                               "{3}"};
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += words[data[i] % std::size(words)];
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string raw(data, data + size);
  for (const std::string& bytes : {raw, "* 1 FETCH (" + raw, in_imap_words(data, size)}) {
    const Heard whole = hear(bytes, std::string_view::npos);
    // A limit may strike earlier or later within a chunk, so only unbroken runs are alike.
    if (const Heard cut = hear(bytes, 3); !whole.broken && !cut.broken) require(whole == cut);
    parse_internal_date(bytes);
  }
  return 0;
}
