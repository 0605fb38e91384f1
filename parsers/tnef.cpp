#include "parsers/tnef.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"

namespace oin {
namespace {

constexpr std::uint32_t signature = 0x223E9F78;

/// Reads little-endian numbers from front to back; behind the end all is zero and `failed` is set.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}

  bool failed() const { return failed_; }
  bool at_end() const { return failed_ || left_.empty(); }
  std::size_t left() const { return left_.size(); }

  std::string_view take(std::size_t size) {
    if (size > left_.size()) {
      failed_ = true;
      return {};
    }
    const std::string_view out = left_.substr(0, size);
    left_.remove_prefix(size);
    return out;
  }

  /// With the padding that brings it to a multiple of four, which may be cut off at the end.
  std::string_view take_padded(std::size_t size) {
    const std::string_view out = take(size);
    take(std::min((4 - size % 4) % 4, left_.size()));
    return out;
  }

  std::uint32_t number(std::size_t size) {
    std::uint32_t out = 0;
    const std::string_view bytes = take(size);
    for (std::size_t i = bytes.size(); i-- > 0;) out = out << 8 | static_cast<std::uint8_t>(bytes[i]);
    return out;
  }

 private:
  std::string_view left_;
  bool failed_ = false;
};

/// Attributes (MS-OXTNEF 2.1.3.2): type in the high half, identifier in the low one.
enum Attribute : std::uint32_t {
  attach_rend_data = 0x00069002,  // begins the next attachment
  message_properties = 0x00069003,
  attach_properties = 0x00069005,
  oem_codepage = 0x00069007,
  body = 0x0002800C,
  attach_data = 0x0006800F,
  attach_title = 0x00018010,
};

/// Properties (MS-OXPROPS) and the types of their values (MS-OXCDATA 2.11.1).
enum Property : std::uint16_t {
  body_text = 0x1000,
  body_html = 0x1013,
  display_name = 0x3001,
  attach_bytes = 0x3701,
  attach_short_name = 0x3704,
  attach_long_name = 0x3707,
  attach_media_type = 0x370E,
  attach_content_id = 0x3712,
};

enum Type : std::uint16_t { object = 0x000D, string8 = 0x001E, unicode = 0x001F, binary = 0x0102 };
constexpr std::uint16_t many = 0x1000;  // a flag on the type

/// The size of a value of a fixed type, or 0 for one that says its own.
std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0002:  // two bytes and two of padding
    case 0x000B:
    case 0x0003:
    case 0x0004:
    case 0x000A:
      return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040:
      return 8;
    case 0x0048:
      return 16;
    default:
      return 0;
  }
}

bool is_variable(std::uint16_t type) {
  return type == object || type == string8 || type == unicode || type == binary;
}

struct Value {
  std::uint16_t id = 0, type = 0;
  std::string_view bytes;
};

/// The properties of a list (MS-OXTNEF 2.1.3.4), each with its first value; up to the first that is broken.
class Properties {
 public:
  explicit Properties(std::string_view bytes) : in_(bytes), count_(in_.number(4)) {}

  bool failed() const { return in_.failed() || unknown_; }

  /// The next one; nothing at the end or where the list breaks off.
  std::optional<Value> next() {
    if (count_ == 0 || failed()) return std::nullopt;
    --count_;
    Value value;
    value.type = static_cast<std::uint16_t>(in_.number(2));
    value.id = static_cast<std::uint16_t>(in_.number(2));
    if (value.id >= 0x8000) skip_name();
    const std::uint16_t type = value.type & static_cast<std::uint16_t>(~many);
    const bool has_count = (value.type & many) != 0 || is_variable(type);
    const std::uint32_t values = has_count ? in_.number(4) : 1;
    const std::size_t size = fixed_size(type);
    unknown_ = size == 0 && !is_variable(type);
    for (std::uint32_t i = 0; i < values && !failed(); ++i) {
      const std::string_view bytes = size > 0 ? in_.take_padded(size) : in_.take_padded(in_.number(4));
      if (i == 0) value.bytes = bytes;
    }
    return failed() ? std::nullopt : std::optional(value);
  }

 private:
  void skip_name() {
    in_.take(16);  // the GUID of its set
    if (in_.number(4) == 0)
      in_.take(4);
    else
      in_.take_padded(in_.number(4));
  }

  Bytes in_;
  std::uint32_t count_;
  bool unknown_ = false;
};

class Reader {
 public:
  explicit Reader(const TnefLimits& limits) : limits_(limits) {}

  Tnef read(std::string_view bytes) {
    Bytes in(bytes);
    if (in.number(4) != signature) {
      out_.damaged = true;
      return std::move(out_);
    }
    in.take(2);  // the key
    while (!in.at_end()) {
      in.take(1);  // the level, which the attribute tells anyway
      const std::uint32_t attribute = in.number(4), size = in.number(4);
      if (in.failed()) break;
      const std::size_t there = std::min<std::size_t>(size, in.left());
      take(attribute, in.take(there));
      if (there < size || in.left() < 2) {
        out_.damaged = true;
        return std::move(out_);
      }
      in.take(2);  // the checksum: transport encodings guard better, and writers got it wrong
    }
    out_.damaged |= in.failed();
    return std::move(out_);
  }

 private:
  void take(std::uint32_t attribute, std::string_view bytes) {
    switch (attribute) {
      case oem_codepage:
        codepage_ = "cp" + std::to_string(Bytes(bytes).number(4));
        break;
      case body:
        if (!out_.text) out_.text = text(bytes);
        break;
      case message_properties:
        take_message(bytes);
        break;
      case attach_rend_data:
        begin_file();
        break;
      case attach_title:
        if (TnefFile* file = current(); file != nullptr && file->filename.empty())
          file->filename = text(bytes);
        break;
      case attach_data:
        if (TnefFile* file = current(); file != nullptr) set_content(*file, bytes);
        break;
      case attach_properties:
        if (TnefFile* file = current(); file != nullptr) take_file(*file, bytes);
        break;
      default:
        break;
    }
  }

  void begin_file() {
    if (out_.files.size() < limits_.files) {
      out_.files.emplace_back();
      begun_ = true;
    } else {
      out_.damaged = true;
      begun_ = false;
    }
  }

  TnefFile* current() { return begun_ ? &out_.files.back() : nullptr; }

  void set_content(TnefFile& file, std::string_view bytes) {
    const std::size_t left = limits_.bytes - taken_;
    if (bytes.size() > left) {
      out_.damaged = true;
      bytes = bytes.substr(0, left);
    }
    taken_ += bytes.size();
    file.content = bytes;
  }

  void take_message(std::string_view bytes) {
    Properties properties(bytes);
    while (const auto value = properties.next()) {
      if (value->id == body_text) out_.text = text(*value);
      if (value->id == body_html) out_.html = text(*value);
    }
    out_.damaged |= properties.failed();
  }

  void take_file(TnefFile& file, std::string_view bytes) {
    Properties properties(bytes);
    std::string long_name, other_name;
    while (const auto value = properties.next()) {
      switch (value->id) {
        case attach_long_name:
          long_name = text(*value);
          break;
        case attach_short_name:
        case display_name:
          if (other_name.empty()) other_name = text(*value);
          break;
        case attach_media_type:
          file.content_type = lower(text(*value));
          break;
        case attach_content_id:
          file.content_id = text(*value);
          break;
        case attach_bytes:
          // An object has the identifier of its interface in front: 16 bytes.
          if (file.content.empty())
            set_content(file, value->type == object
                                  ? value->bytes.substr(std::min<std::size_t>(16, value->bytes.size()))
                                  : value->bytes);
          break;
        default:
          break;
      }
    }
    if (!long_name.empty())
      file.filename = std::move(long_name);
    else if (file.filename.empty())
      file.filename = std::move(other_name);
    out_.damaged |= properties.failed();
  }

  std::string text(const Value& value) const {
    if (value.type == unicode) return to_utf8(value.bytes, "utf-16le").utf8;
    return text(value.bytes);
  }

  std::string text(std::string_view bytes) const {
    return to_utf8(bytes.substr(0, bytes.find('\0')), codepage_).utf8;
  }

  const TnefLimits& limits_;
  Tnef out_;
  std::string codepage_;
  bool begun_ = false;  // an attachment is open, and it is the last file
  std::size_t taken_ = 0;
};

}  // namespace

bool is_tnef(std::string_view bytes) { return Bytes(bytes).number(4) == signature; }

Tnef read_tnef(std::string_view bytes, const TnefLimits& limits) { return Reader(limits).read(bytes); }

}  // namespace oin
