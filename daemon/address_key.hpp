/// address_key.hpp: an address, or "@vendor.example" for all of a domain, as a person writes it.
#pragma once

#include <string>

namespace oin {

/// In comparable form; empty when it is neither.
std::string address_key(const std::string& written);

}  // namespace oin
