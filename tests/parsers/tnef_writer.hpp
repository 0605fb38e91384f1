/// tnef_writer.hpp: writes a winmail.dat (MS-OXTNEF) for tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oin::test {

inline std::string little_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}

inline std::string padded(std::string bytes) {
  while (bytes.size() % 4 != 0) bytes.push_back('\0');
  return bytes;
}

/// A list of MAPI properties.
class MapiWriter {
 public:
  MapiWriter& number(std::uint16_t id, std::uint32_t value) {
    return add(0x0003, id, little_endian(value, 4));
  }
  MapiWriter& times(std::uint16_t id, std::uint32_t count) {
    std::string values = little_endian(count, 4);
    for (std::uint32_t i = 0; i < count; ++i) values += std::string(8, 't');
    return add(0x1040, id, values);
  }
  MapiWriter& string8(std::uint16_t id, std::string_view text) {
    return variable(0x001E, id, std::string(text) + '\0');
  }
  MapiWriter& binary(std::uint16_t id, std::string_view bytes) {
    return variable(0x0102, id, std::string(bytes));
  }
  MapiWriter& object(std::uint16_t id, std::string_view bytes) {
    return variable(0x000D, id, std::string(bytes));
  }
  /// Of letters up to U+00FF, in UTF-8.
  MapiWriter& unicode(std::uint16_t id, std::string_view latin) { return variable(0x001F, id, utf16(latin)); }
  MapiWriter& named_number(std::uint32_t value) {
    return add(0x0003, 0x8001,
               std::string(16, 'g') + little_endian(0, 4) + little_endian(1, 4) + little_endian(value, 4));
  }
  MapiWriter& named_by_text(std::string_view name, std::uint32_t value) {
    const std::string wide = utf16(name);
    return add(0x0003, 0x8002,
               std::string(16, 'g') + little_endian(1, 4) +
                   little_endian(static_cast<std::uint32_t>(wide.size()), 4) + padded(wide) +
                   little_endian(value, 4));
  }

  std::string bytes() const { return little_endian(count_, 4) + bytes_; }

 private:
  MapiWriter& add(std::uint16_t type, std::uint16_t id, const std::string& value) {
    ++count_;
    bytes_ += little_endian(type, 2) + little_endian(id, 2) + value;
    return *this;
  }
  MapiWriter& variable(std::uint16_t type, std::uint16_t id, const std::string& value) {
    return add(
        type, id,
        little_endian(1, 4) + little_endian(static_cast<std::uint32_t>(value.size()), 4) + padded(value));
  }
  static std::string utf16(std::string_view latin) {
    std::string out;
    for (std::size_t i = 0; i < latin.size(); ++i) {
      const auto lead = static_cast<unsigned char>(latin[i]);
      if (lead < 0x80)
        out += little_endian(lead, 2);
      else
        out += little_endian((lead & 0x1FU) << 6 | (static_cast<unsigned char>(latin[++i]) & 0x3FU), 2);
    }
    return out + std::string(2, '\0');
  }

  std::uint32_t count_ = 0;
  std::string bytes_;
};

class TnefWriter {
 public:
  TnefWriter& codepage(std::uint32_t number) {
    return add(1, 0x00069007, little_endian(number, 4) + little_endian(0, 4));
  }
  TnefWriter& body(std::string_view text) { return add(1, 0x0002800C, std::string(text)); }
  TnefWriter& message_properties(const MapiWriter& list) { return add(1, 0x00069003, list.bytes()); }
  TnefWriter& begin_file() { return add(2, 0x00069002, std::string(14, '\0')); }
  TnefWriter& file(std::string_view name, std::string_view content) {
    begin_file();
    add(2, 0x00018010, std::string(name) + '\0');
    return add(2, 0x0006800F, std::string(content));
  }
  TnefWriter& file_properties(const MapiWriter& list) { return file_properties(list.bytes()); }
  TnefWriter& file_properties(const std::string& list) { return add(2, 0x00069005, list); }

  const std::string& bytes() const { return bytes_; }

 private:
  TnefWriter& add(char level, std::uint32_t attribute, const std::string& data) {
    std::uint32_t sum = 0;
    for (const char c : data) sum += static_cast<unsigned char>(c);
    bytes_ += level + little_endian(attribute, 4) +
              little_endian(static_cast<std::uint32_t>(data.size()), 4) + data + little_endian(sum, 2);
    return *this;
  }
  std::string bytes_ = little_endian(0x223E9F78, 4) + little_endian(1, 2);
};

}  // namespace oin::test
