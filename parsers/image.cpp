#include "parsers/image.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"
#include "parsers/xml.hpp"

namespace oin {
namespace {

using enum ImageDefect;

/// Reads numbers at places that may lie behind the end: then they are 0 and the image is truncated.
class Bytes {
 public:
  Bytes(std::string_view bytes, Image& image) : bytes_(bytes), image_(image) {}

  std::size_t size() const { return bytes_.size(); }
  bool has(std::size_t at, std::string_view text) const {
    return at <= bytes_.size() && bytes_.substr(at).starts_with(text);
  }
  std::size_t find(std::string_view text, std::size_t from) const { return bytes_.find(text, from); }
  std::uint32_t byte(std::size_t at) const {
    if (at < bytes_.size()) return static_cast<unsigned char>(bytes_[at]);
    add(truncated);
    return 0;
  }
  std::uint32_t big16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
  std::uint32_t big32(std::size_t at) const { return big16(at) << 16 | big16(at + 2); }
  std::uint32_t little16(std::size_t at) const { return byte(at) | byte(at + 1) << 8; }
  std::uint32_t little24(std::size_t at) const { return little16(at) | byte(at + 2) << 16; }
  std::uint32_t little32(std::size_t at) const { return little16(at) | little16(at + 2) << 16; }

  void set_size(std::uint32_t width, std::uint32_t height) const {
    constexpr std::uint32_t largest = 0x7FFFFFFF;  // what PNG allows, and an int holds
    if (width > largest || height > largest) return add(invalid_header);
    image_.width = static_cast<int>(width);
    image_.height = static_cast<int>(height);
  }

  void add(ImageDefect defect) const {
    if (!image_.has(defect)) image_.defects.push_back(defect);
  }

 private:
  std::string_view bytes_;
  Image& image_;
};

void read_png(const Bytes& in, Image& image) {
  constexpr std::size_t first_chunk = 8;
  if (!in.has(first_chunk + 4, "IHDR"))
    return in.add(in.size() < first_chunk + 8 ? truncated : invalid_header);
  in.set_size(in.big32(first_chunk + 8), in.big32(first_chunk + 12));
  const std::uint32_t depth = in.byte(first_chunk + 16), colour = in.byte(first_chunk + 17);
  constexpr std::string_view depths_of_palette = "\1\2\4\10", depths_of_grey = "\1\2\4\10\20",
                             others = "\10\20";
  const std::string_view depths = colour == 3 ? depths_of_palette : colour == 0 ? depths_of_grey : others;
  if ((colour != 0 && colour != 2 && colour != 3 && colour != 4 && colour != 6) ||
      !contains(depths, std::string(1, static_cast<char>(depth))))
    in.add(invalid_header);
  image.transparent = colour == 4 || colour == 6;  // 4 and 6 have an alpha channel (11.2.2)
  bool ended = false;
  for (std::size_t at = first_chunk; at + 12 <= in.size() && !ended;) {
    if (in.has(at + 4, "tRNS")) image.transparent = true;
    if (in.has(at + 4, "acTL")) image.frames = static_cast<int>(std::min(in.big32(at + 8), 1'000'000U));
    ended = in.has(at + 4, "IEND");
    const std::size_t length = in.big32(at);
    if (length > in.size() - at - 12) break;
    at += 12 + length;
  }
  if (!ended) in.add(truncated);
}

void read_jpeg(const Bytes& in, Image& image) {
  image.transparent = false;
  for (std::size_t at = 2; at < in.size();) {
    if (in.byte(at) != 0xFF) {  // readers skip to the next marker, and so do we
      in.add(invalid_header);
      at = in.find("\xFF", at);
      if (at == std::string_view::npos) return;
    }
    const std::uint32_t marker = in.byte(at + 1);
    if (marker == 0xFF) {  // fill byte (B.1.1.2)
      ++at;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {  // without length
      at += 2;
      continue;
    }
    if (marker == 0xD9) return;
    if (marker == 0xDA) {  // the image's data begins: its frame came before it
      if (in.find("\xFF\xD9", at) == std::string_view::npos) in.add(truncated);
      return;
    }
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) in.set_size(in.big16(at + 7), in.big16(at + 5));
    at += 2 + std::max(in.big16(at + 2), 2U);
  }
  in.add(truncated);
}

/// Behind a chain of sub-blocks, each with its length in front (15).
std::size_t behind_sub_blocks(const Bytes& in, std::size_t at) {
  while (at < in.size() && in.byte(at) != 0) at += 1 + in.byte(at);
  return at + 1;
}

std::size_t colour_table(std::uint32_t flags) {
  return flags & 0x80 ? std::size_t{3} << ((flags & 7) + 1) : 0;
}

void read_gif(const Bytes& in, Image& image) {
  in.set_size(in.little16(6), in.little16(8));
  image.transparent = false;
  image.frames = 0;
  for (std::size_t at = 13 + colour_table(in.byte(10));;) {
    const std::uint32_t introducer = in.byte(at);
    if (introducer == 0x21) {
      if (in.byte(at + 1) == 0xF9 && (in.byte(at + 3) & 1)) image.transparent = true;
      at = behind_sub_blocks(in, at + 2);
    } else if (introducer == 0x2C) {
      ++image.frames;
      at = behind_sub_blocks(in, at + 11 + colour_table(in.byte(at + 9)));
    } else {
      if (introducer != 0x3B && at < in.size()) in.add(invalid_header);
      return;
    }
  }
}

void read_webp(const Bytes& in, Image& image) {
  if (in.little32(4) + 8 > in.size()) in.add(truncated);
  if (in.has(12, "VP8X")) {
    in.set_size(in.little24(24) + 1, in.little24(27) + 1);
    image.transparent = (in.byte(20) & 0x10) != 0;
    if (in.byte(20) & 0x02) image.frames = 2;  // how many takes a walk over all of them
  } else if (in.has(12, "VP8L")) {
    const std::uint32_t bits = in.little32(21);
    in.set_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    image.transparent = (bits >> 28 & 1) != 0;
  } else if (in.has(12, "VP8 ")) {
    in.set_size(in.little16(26) & 0x3FFF, in.little16(28) & 0x3FFF);
    image.transparent = false;
  } else {
    in.add(invalid_header);
  }
}

void read_bmp(const Bytes& in, Image&) {
  if (in.little32(14) == 12) return in.set_size(in.little16(18), in.little16(20));  // of OS/2
  const std::uint32_t height = in.little32(22);
  const bool from_top = height > 0x7FFFFFFF;  // a negative one
  in.set_size(in.little32(18), from_top ? ~height + 1 : height);
}

void read_ico(const Bytes& in, Image& image) {
  const std::size_t count = in.little16(4);
  for (std::size_t i = 0; i < count && 6 + 16 * i < in.size(); ++i) {
    const std::uint32_t width = in.byte(6 + 16 * i), height = in.byte(7 + 16 * i);  // 0 means 256
    if (const auto wide = static_cast<int>(width ? width : 256); wide > image.width)
      in.set_size(static_cast<std::uint32_t>(wide), height ? height : 256);
  }
}

/// A length in CSS pixels, rounded up: "120", "12.5mm"; 0 for "100%", "2em" and what is no length.
int pixels(std::string_view length) {
  length = bare(length);
  double number = 0;
  const auto [end, failed] = std::from_chars(length.data(), length.data() + length.size(), number);
  if (failed != std::errc{}) return 0;
  const std::string_view unit = bare(length.substr(static_cast<std::size_t>(end - length.data())));
  struct Unit {
    std::string_view name;
    double in_pixels;
  };
  constexpr Unit units[] = {{"", 1},    {"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},
                            {"in", 96}, {"cm", 96 / 2.54}, {"mm", 96 / 25.4}};
  for (const Unit& known : units)
    if (same_word(unit, known.name)) {
      const double wide = std::ceil(number * known.in_pixels);
      return wide > 0 && wide < 1e9 ? static_cast<int>(wide) : 0;
    }
  return 0;
}

/// The size of an SVG that leaves out its width or height: in proportion to its viewBox, or that itself
/// (SVG 2, 8.2 and 8.12).
void complete(Image& found, std::string_view box) {
  std::string numbers(box);
  std::ranges::replace_if(
      numbers, [](char c) { return c == ',' || is_space(c); }, ' ');
  const auto parts = pieces(numbers, ' ');
  if (parts.size() != 4) return;
  const int width = pixels(parts[2]), height = pixels(parts[3]);
  if (width == 0 || height == 0) return;
  const auto scaled = [](int length, int to, int from) {
    return static_cast<int>(std::min(std::ceil(double{1} * length * to / from), 1e9));
  };
  if (found.width == 0 && found.height == 0)
    found.width = width, found.height = height;
  else if (found.width == 0)
    found.width = scaled(found.height, width, height);
  else
    found.height = scaled(found.width, height, width);
}

std::optional<Image> svg(std::string_view bytes) {
  const XmlReader reader = xml_reader(bytes);
  if (!reader) return std::nullopt;
  int read = 1;
  while ((read = xmlTextReaderRead(reader.get())) == 1 &&
         xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) {
  }
  if (read != 1 || xml_text(xmlTextReaderConstLocalName(reader.get())) != "svg") return std::nullopt;
  Image found{.format = ImageFormat::svg, .transparent = {}, .defects = {}};
  found.transparent = true;  // there is no background but the page's
  found.width = pixels(xml_attribute(*reader, "width").value_or(""));
  found.height = pixels(xml_attribute(*reader, "height").value_or(""));
  if (const auto box = xml_attribute(*reader, "viewBox"); box && (found.width == 0 || found.height == 0))
    complete(found, *box);
  // Well-formed to its end?
  while ((read = xmlTextReaderRead(reader.get())) == 1) {
  }
  if (read != 0) found.defects.push_back(truncated);
  return found;
}

struct Signature {
  std::size_t at;
  std::string_view bytes;
  ImageFormat format;
  void (*read)(const Bytes&, Image&);
};

constexpr Signature signatures[] = {
    {0, "\x89PNG\r\n\x1A\n", ImageFormat::png, read_png},
    {0, "\xFF\xD8\xFF", ImageFormat::jpeg, read_jpeg},
    {0, "GIF87a", ImageFormat::gif, read_gif},
    {0, "GIF89a", ImageFormat::gif, read_gif},
    {8, "WEBP", ImageFormat::webp, read_webp},
    {0, "BM", ImageFormat::bmp, read_bmp},
    {0, std::string_view("\0\0\1\0", 4), ImageFormat::ico, read_ico},
    {0, std::string_view("II*\0", 4), ImageFormat::tiff, nullptr},
    {0, std::string_view("MM\0*", 4), ImageFormat::tiff, nullptr},
    {4, "ftypavif", ImageFormat::avif, nullptr},
    {4, "ftyphei", ImageFormat::heif, nullptr},
    {4, "ftypmif1", ImageFormat::heif, nullptr},
};

/// A BMP's second header has one of few sizes; "BM" alone begins many a text.
bool is_bmp(std::string_view bytes) {
  if (bytes.size() < 18) return false;
  constexpr std::string_view sizes("\x0C\x10\x28\x34\x38\x40\x6C\x7C");
  return contains(sizes, bytes.substr(14, 1)) && bytes.substr(15, 3) == std::string_view("\0\0\0", 3);
}

/// Text that may be SVG: a tag in front, "<svg" not far behind, all in one byte a character or in two.
bool looks_like_svg(std::string_view bytes) {
  constexpr std::size_t far = 4'000;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string narrow;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    for (const char c : bytes.substr(2, 2 * far))
      if (c != '\0') narrow += c;
    bytes = narrow;
  }
  const std::string_view begin = stripped(bytes.substr(0, far));
  return begin.starts_with('<') && (contains(begin, "<svg") || contains(begin, ":svg"));
}

}  // namespace

bool Image::has(ImageDefect defect) const { return std::ranges::find(defects, defect) != defects.end(); }

std::optional<Image> image(std::string_view bytes) {
  if (looks_like_svg(bytes)) {
    auto found = svg(bytes);
    if (found && (found->width == 0 || found->height == 0)) found->defects.push_back(no_size);
    return found;
  }
  for (const Signature& signature : signatures) {
    if (bytes.size() <= signature.at || !bytes.substr(signature.at).starts_with(signature.bytes)) continue;
    if (signature.format == ImageFormat::webp && !bytes.starts_with("RIFF")) continue;
    if (signature.format == ImageFormat::bmp && !is_bmp(bytes)) continue;
    Image found{.format = signature.format, .transparent = {}, .defects = {}};
    if (!signature.read) return found;
    const Bytes in(bytes, found);
    signature.read(in, found);
    if (found.width == 0 || found.height == 0) in.add(no_size);
    return found;
  }
  return std::nullopt;
}

std::string_view name_of(ImageFormat format) {
  switch (format) {
    case ImageFormat::png:
      return "png";
    case ImageFormat::jpeg:
      return "jpeg";
    case ImageFormat::gif:
      return "gif";
    case ImageFormat::svg:
      return "svg";
    case ImageFormat::webp:
      return "webp";
    case ImageFormat::bmp:
      return "bmp";
    case ImageFormat::ico:
      return "ico";
    case ImageFormat::tiff:
      return "tiff";
    case ImageFormat::heif:
      return "heif";
    case ImageFormat::avif:
      return "avif";
  }
  return {};
}

std::string_view name_of(ImageDefect defect) {
  switch (defect) {
    case truncated:
      return "truncated";
    case no_size:
      return "no-size";
    case invalid_header:
      return "invalid-header";
  }
  return {};
}

}  // namespace oin
