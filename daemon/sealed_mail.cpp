#include "daemon/sealed_mail.hpp"

namespace oin {

Result<std::string> opened(const store::Packed& raw, const trust::Sealer& sealer) {
  if (!(raw.codec & store::codec_sealed)) return store::unpack(raw.codec, raw.bytes);
  const auto packed = sealer.open(raw.bytes);
  if (!packed) return permanent("sealed with a key that is not among the sealing keys, or damaged");
  return store::unpack(raw.codec & ~store::codec_sealed, *packed);
}

}  // namespace oin
