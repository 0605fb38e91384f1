#include "daemon/store/compression.hpp"

#include <fmt/format.h>
#include <zstd.h>

namespace oin::store {
namespace {

constexpr int level = 1;  // of mails, level 3 leaves 1 % less and takes a quarter longer
constexpr unsigned long long longest = 1ULL << 30;  // no mail is that long: a damaged length, not a mail

}  // namespace

void Compressor::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
void Compressor::Free::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

Compressor::Compressor() : in_(ZSTD_createCCtx()), out_(ZSTD_createDCtx()) {}

Packed Compressor::pack(std::string_view bytes) {
  if (const std::size_t bound = ZSTD_compressBound(bytes.size()); buffer_.size() < bound)
    buffer_.resize(bound);
  const std::size_t size =
      ZSTD_compressCCtx(in_.get(), buffer_.data(), buffer_.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) || size >= bytes.size()) return {codec_plain, bytes};
  return {codec_zstd, std::string_view(buffer_).substr(0, size)};
}

Result<std::string> Compressor::unpack(int codec, std::string_view bytes) {
  if (codec == codec_plain) return std::string(bytes);
  if (codec != codec_zstd)
    return permanent(fmt::format("kept with codec {}, which a newer version wrote", codec));
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  // ZSTD_CONTENTSIZE_UNKNOWN and _ERROR are the two largest numbers.
  if (size > longest) return permanent("the compressed bytes are damaged");
  std::string out(size, '\0');
  const std::size_t got = ZSTD_decompressDCtx(out_.get(), out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != out.size())
    return permanent(fmt::format("the compressed bytes are damaged ({})",
                                 ZSTD_isError(got) ? ZSTD_getErrorName(got) : "wrong length"));
  return out;
}

}  // namespace oin::store
