/// sealed_mail.hpp: raw mails as the store keeps them, back in clear.
#pragma once

#include <string>

#include "daemon/store/compression.hpp"
#include "daemon/trust/sealer.hpp"

namespace oin {

/// Of a sealed mail too: who may see it is asked elsewhere.
Result<std::string> opened(const store::Packed& raw, const trust::Sealer& sealer);

}  // namespace oin
