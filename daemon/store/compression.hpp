/// compression.hpp: mails and letters made small for the store, by zstd (RFC 8878).
///
/// What would not shrink is kept as it is, so a codec number stands beside every blob.  Contexts are reused:
/// building one costs more than compressing a mail.  One Compressor per connection, one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace oin::store {

enum Codec : int { codec_plain = 0, codec_zstd = 1 };

struct Packed {
  int codec = codec_plain;
  std::string_view bytes;  ///< until the next pack()
};

class Compressor {
 public:
  Compressor();
  Packed pack(std::string_view bytes);
  /// An Error when the bytes are damaged or the codec is one of a newer version.
  Result<std::string> unpack(int codec, std::string_view bytes);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
    void operator()(ZSTD_DCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> in_;
  std::unique_ptr<ZSTD_DCtx_s, Free> out_;
  std::string buffer_;
};

}  // namespace oin::store
