#include "daemon/store/compression.hpp"

#include <fmt/format.h>
#include <zstd.h>

#include <memory>

namespace oin::store {
namespace {

constexpr int level = 1;  // of mails, level 3 leaves 1 % less and takes a quarter longer
constexpr unsigned long long longest = 1ULL << 30;  // no mail is that long: a damaged length, not a mail

template <class Context, std::size_t (*free)(Context*)>
struct Free {
  void operator()(Context* context) const { free(context); }
};
thread_local const std::unique_ptr<ZSTD_CCtx, Free<ZSTD_CCtx, ZSTD_freeCCtx>> compressing(ZSTD_createCCtx());
thread_local const std::unique_ptr<ZSTD_DCtx, Free<ZSTD_DCtx, ZSTD_freeDCtx>> expanding(ZSTD_createDCtx());

}  // namespace

Packed pack(std::string_view bytes) {
  Packed out{codec_zstd, std::string(ZSTD_compressBound(bytes.size()), '\0')};
  const std::size_t size = ZSTD_compressCCtx(compressing.get(), out.bytes.data(), out.bytes.size(),
                                             bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) || size >= bytes.size()) return {codec_plain, std::string(bytes)};
  out.bytes.resize(size);
  out.bytes.shrink_to_fit();
  return out;
}

Result<std::string> unpack(int codec, std::string_view bytes) {
  if (codec & codec_sealed) return permanent("it holds secrets and is sealed");
  if (codec == codec_plain || codec == codec_deleted) return std::string(bytes);
  if (codec != codec_zstd)
    return permanent(fmt::format("kept with codec {}, which a newer version wrote", codec));
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  // ZSTD_CONTENTSIZE_UNKNOWN and _ERROR are the two largest numbers.
  if (size > longest) return permanent("the compressed bytes are damaged");
  std::string out(size, '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(expanding.get(), out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != out.size())
    return permanent(fmt::format("the compressed bytes are damaged ({})",
                                 ZSTD_isError(got) ? ZSTD_getErrorName(got) : "wrong length"));
  return out;
}

}  // namespace oin::store
