/// reply_parser.hpp: bytes from an SMTP server become replies (RFC 5321 4.2, enhanced status RFC 3463 /
/// 2034).
///
/// Incremental and pure.  A server that breaks the grammar or a limit is a transient Error, after which the
/// parser is finished and says the same again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/result.hpp"

namespace oin::smtp {

struct Reply {
  int code = 0;                    ///< 200 to 599; 0: the server said nothing
  std::string enhanced_status;     ///< "5.1.1"; empty when the server gave none
  std::vector<std::string> lines;  ///< without the code and the enhanced status

  bool positive() const { return code >= 200 && code < 300; }
  bool transient() const { return code >= 400 && code < 500; }
  bool permanent() const { return code >= 500; }
  /// The lines as one.
  std::string text() const;
  /// "550 5.1.1 no such user"
  std::string whole() const;
};

struct ReplyLimits {
  std::size_t line = 4096;  ///< RFC 5321 4.5.3.1.5 says 512; real servers say more
  std::size_t lines = 200;
};

class ReplyParser {
 public:
  explicit ReplyParser(ReplyLimits limits = {}) : limits_(limits) {}

  /// Takes from the front of `bytes` what belongs to the next reply.  Gives that reply once its last byte
  /// was there; otherwise nothing, and `bytes` is then empty.
  Result<std::optional<Reply>> next(std::string_view& bytes);

 private:
  Result<bool> take_line();
  Error give_up(std::string why);

  ReplyLimits limits_;
  std::string line_;
  Reply reply_;
  std::optional<Error> broken_;
};

}  // namespace oin::smtp
