/// image.hpp: what an image really is: format, size and transparency, from its bytes and never from its name.
///
/// PNG (ISO 15948), JPEG (T.81), GIF (GIF89a), SVG (root element only), WebP; BMP and ICO with their size,
/// TIFF, HEIF and AVIF by name only.  Nothing is decoded; a truncated or lying file gives what is known and a
/// defect.  Linear, and no network for SVG.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace oin {

enum class ImageFormat { png, jpeg, gif, svg, webp, bmp, ico, tiff, heif, avif };

enum class ImageDefect {
  truncated,       ///< it ends before its format says so
  no_size,         ///< width or height is absent or zero
  invalid_header,  ///< its header contradicts the format
};

struct Image {
  ImageFormat format;
  int width = 0, height = 0;  ///< pixels; 0 where unknown.  SVG: CSS pixels, rounded up, or its viewBox
  /// Has it an alpha channel or a transparent colour?  Nothing where the format was not read so far.
  std::optional<bool> transparent;
  int frames = 1;  ///< 2 and more: animated
  std::vector<ImageDefect> defects;

  bool has(ImageDefect defect) const;
};

/// Nothing when the bytes begin like no image.
std::optional<Image> image(std::string_view bytes);

std::string_view name_of(ImageFormat format);  ///< "png", "jpeg", …
std::string_view name_of(ImageDefect defect);  ///< "truncated", …

}  // namespace oin
