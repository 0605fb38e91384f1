/// response_parser.hpp: bytes from an IMAP server become responses (RFC 3501 9, RFC 9051 for literal8).
///
/// Incremental: bytes may arrive cut anywhere.  Literal aware: what a mail contains is never read as
/// protocol, whatever lines it forges.  A literal's bytes are copied once, into the string that the
/// caller gets.  Never throws; a server that breaks the grammar or a limit is a transient Error, after
/// which the parser is finished (the place of the next response is unknown) and says the same again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/imap/response.hpp"
#include "parsers/base/result.hpp"

namespace oin::imap {

struct ParserLimits {
  std::size_t text = 1 << 20;       ///< bytes of one response outside its literals
  std::size_t literals = 64 << 20;  ///< bytes of one response's literals together
  std::size_t nesting = 32;         ///< parentheses within parentheses
};

class ResponseParser {
 public:
  explicit ResponseParser(ParserLimits limits = {}) : limits_(limits) {}

  /// Takes from the front of `bytes` what belongs to the next response.  Gives that response once its last
  /// byte was there; otherwise nothing, and `bytes` is then empty.
  Result<std::optional<Response>> next(std::string_view& bytes);

  /// No response is half read.
  bool between_responses() const { return text_.empty() && literal_left_ == 0; }

 private:
  Result<bool> take_line(std::string_view& bytes);
  Result<void> begin_literal();
  Error give_up(std::string why);

  ParserLimits limits_;
  std::string text_;            // the response so far; a literal's "{n}" CRLF stays in it, its bytes do not
  std::size_t line_start_ = 0;  // where in text_ the present line begins
  std::vector<std::string> literals_;  // in the order of their "{n}" in text_
  std::size_t literal_left_ = 0;
  std::size_t literal_bytes_ = 0;
  std::optional<Error> broken_;
};

/// The grammar of one whole response: `text` without its last CRLF, its literals beside it.
Result<Response> parse_response(std::string_view text, std::vector<std::string> literals,
                                std::size_t nesting);

/// "1:3,7" (RFC 3501 sequence-set without "*").  Empty when it is none.
std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text);

/// " 1-Nov-2026 10:00:00 +0100" (RFC 3501 date-time).
std::optional<Instant> parse_internal_date(std::string_view text);

}  // namespace oin::imap
