#include "parsers/image.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

using namespace std::string_literals;
using enum ImageDefect;

std::string big32(unsigned n) {
  return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
          static_cast<char>(n)};
}

std::string chunk(const std::string& type, const std::string& data) {
  return big32(static_cast<unsigned>(data.size())) + type + data + "crc!";
}

std::string png_of(unsigned width, unsigned height, char depth, char colour, const std::string& more = "") {
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", big32(width) + big32(height) + depth + colour + "\0\0\0"s) +
         more + chunk("IDAT", "x") + chunk("IEND", "");
}

/// Start, an application segment, a frame header of 420 by 120, a scan.
std::string jpeg_of(char frame) {
  return "\xFF\xD8\xFF\xE0\0\4ab\xFF\xFF\xC4\0\3x\xFF"s + frame + "\0\x11\x08\0\x78\1\xA4\3"s +
         std::string(9, 'c') + "\xFF\xDA\0\2data\xFF\xD9"s;
}

const std::string gif_header = "GIF89a\xA4\1\x78\0\x80\0\0"s + "\0\0\0\xFF\xFF\xFF"s;
const std::string gif_frame = "\x2C\0\0\0\0\xA4\1\x78\0\0\2\1x\0"s;

struct ImageCase {
  std::string name, bytes;
  ImageFormat format;
  int width, height;
  std::optional<bool> transparent;
  int frames = 1;
  std::vector<ImageDefect> defects = {};
};
class AnImage : public testing::TestWithParam<ImageCase> {};
TEST_P(AnImage, IsWhatItsBytesSay) {
  const auto& expected = GetParam();
  const auto found = image(expected.bytes);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->format, expected.format) << name_of(found->format);
  EXPECT_EQ(found->width, expected.width);
  EXPECT_EQ(found->height, expected.height);
  EXPECT_EQ(found->transparent, expected.transparent);
  EXPECT_EQ(found->frames, expected.frames);
  EXPECT_EQ(found->defects, expected.defects);
}

using enum ImageFormat;

std::string shown(const testing::TestParamInfo<ImageCase>& test) { return test.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Png, AnImage,
    testing::Values(
        ImageCase{"Opaque", png_of(420, 120, 8, 2), ImageFormat::png, 420, 120, false},
        ImageCase{"AlphaChannel", png_of(420, 120, 8, 6), ImageFormat::png, 420, 120, true},
        ImageCase{"TransparentColour", png_of(420, 120, 8, 3, chunk("PLTE", "abc") + chunk("tRNS", "a")),
                  ImageFormat::png, 420, 120, true},
        ImageCase{"Interlaced",
                  "\x89PNG\r\n\x1A\n" + chunk("IHDR", big32(420) + big32(120) + "\x10\4\0\0\1"s) +
                      chunk("IDAT", "x") + chunk("IEND", ""),
                  ImageFormat::png, 420, 120, true},
        ImageCase{"Animated", png_of(9, 9, 8, 2, chunk("acTL", big32(3) + big32(0))), ImageFormat::png, 9, 9,
                  false, 3},
        ImageCase{
            "CutOff", png_of(420, 120, 8, 6).substr(0, 40), ImageFormat::png, 420, 120, true, 1, {truncated}},
        ImageCase{"CutOffInItsHeader",
                  png_of(420, 120, 8, 6).substr(0, 20),
                  ImageFormat::png,
                  420,
                  0,
                  false,
                  1,
                  {truncated, invalid_header, no_size}},
        ImageCase{"OnlyASignature",
                  png_of(1, 1, 8, 6).substr(0, 8),
                  ImageFormat::png,
                  0,
                  0,
                  std::nullopt,
                  1,
                  {truncated, no_size}},
        ImageCase{"LyingLength",
                  png_of(420, 120, 8, 2).replace(33, 4, "\xFF\xFF\xFF\xFF"),
                  ImageFormat::png,
                  420,
                  120,
                  false,
                  1,
                  {truncated}},
        ImageCase{"NoWidth", png_of(0, 120, 8, 2), ImageFormat::png, 0, 120, false, 1, {no_size}},
        ImageCase{"TooWide",
                  png_of(0xFFFFFFFF, 120, 8, 2),
                  ImageFormat::png,
                  0,
                  0,
                  false,
                  1,
                  {invalid_header, no_size}},
        ImageCase{"ImpossibleDepth", png_of(4, 4, 7, 2), ImageFormat::png, 4, 4, false, 1, {invalid_header}}),
    shown);

INSTANTIATE_TEST_SUITE_P(
    Jpeg, AnImage,
    testing::Values(
        ImageCase{"Baseline", jpeg_of('\xC0'), ImageFormat::jpeg, 420, 120, false},
        ImageCase{"Progressive", jpeg_of('\xC2'), ImageFormat::jpeg, 420, 120, false},
        ImageCase{"ExifAndItsThumbnailFirst",
                  "\xFF\xD8\xFF\xE1\0\x16"
                  "Exif\0\0"s +
                      "\xFF\xD8\xFF\xC0\0\x0B\x08\0\1\0\2\1\0\xFF"s + jpeg_of('\xC2').substr(2),
                  ImageFormat::jpeg, 420, 120, false},
        ImageCase{"BytesBetweenItsSegments",
                  "\xFF\xD8\xFF\xE0\0\4ab??"s + jpeg_of('\xC0').substr(2),
                  ImageFormat::jpeg,
                  420,
                  120,
                  false,
                  1,
                  {invalid_header}},
        ImageCase{"CutOffInItsData",
                  jpeg_of('\xC2').substr(0, jpeg_of('\xC2').size() - 2),
                  ImageFormat::jpeg,
                  420,
                  120,
                  false,
                  1,
                  {truncated}},
        ImageCase{
            "CutOff", jpeg_of('\xC0').substr(0, 12), ImageFormat::jpeg, 0, 0, false, 1, {truncated, no_size}},
        ImageCase{"NoMarker",
                  "\xFF\xD8\xFF\xE0\0\2hello"s,
                  ImageFormat::jpeg,
                  0,
                  0,
                  false,
                  1,
                  {invalid_header, no_size}}),
    shown);

INSTANTIATE_TEST_SUITE_P(
    Gif, AnImage,
    testing::Values(
        ImageCase{"Still", gif_header + gif_frame + ";", ImageFormat::gif, 420, 120, false},
        ImageCase{"Transparent", gif_header + "\x21\xF9\4\1\0\0\0\0"s + gif_frame + ";", ImageFormat::gif,
                  420, 120, true},
        ImageCase{"Animated", gif_header + "\x21\xFE\2hi\0"s + gif_frame + gif_frame + ";", ImageFormat::gif,
                  420, 120, false, 2},
        ImageCase{"CutOff", gif_header + gif_frame, ImageFormat::gif, 420, 120, false, 1, {truncated}},
        ImageCase{"NoBlock", gif_header + "?", ImageFormat::gif, 420, 120, false, 0, {invalid_header}}),
    shown);

INSTANTIATE_TEST_SUITE_P(
    Svg, AnImage,
    testing::Values(
        ImageCase{
            "Size",
            "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' width='420px' height='1in'/>",
            svg, 420, 96, true},
        ImageCase{"ViewBox", "<svg viewBox='0,0 419.2 120' width='100%'><path/></svg>", svg, 420, 120, true},
        ImageCase{"DocumentType",
                  "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
                  "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' "
                  "[<!ENTITY w '7'>]><svg width='&w;' height='7'>&w;</svg>",
                  svg, 7, 7, true},
        ImageCase{"WidthAndViewBox", "<svg width='200' viewBox='0\n0\t100 50'/>", svg, 200, 100, true},
        ImageCase{"HeightAndViewBox", "<svg height='10mm' width='auto' viewBox='0 0 3 1'/>", svg, 114, 38,
                  true},
        ImageCase{"BehindACommentAndAPrefix",
                  "\xEF\xBB\xBF<!-- Generator -->\n<s:svg xmlns:s='http://www.w3.org/2000/svg' width='7pt' "
                  "height='7'/>",
                  svg, 10, 7, true},
        ImageCase{
            "Utf16",
            "\xFF\xFE<\0s\0v\0g\0 \0w\0i\0d\0t\0h\0=\0'\0007\0'\0 \0h\0e\0i\0g\0h\0t\0=\0'\0007\0'\0/\0>\0"s,
            svg, 7, 7, true},
        ImageCase{"NoSize", "<svg/>", svg, 0, 0, true, 1, {no_size}},
        ImageCase{"CutOff", "<svg width='7' height='7'><g>", svg, 7, 7, true, 1, {truncated}}),
    shown);

INSTANTIATE_TEST_SUITE_P(
    Others, AnImage,
    testing::Values(ImageCase{"Webp", "RIFF\x0C\0\0\0WEBPVP8 abcdefghij\xA4\1\x78\0"s, webp, 420, 120, false},
                    ImageCase{"WebpLossless", "RIFF\x08\0\0\0WEBPVP8Labcd\x2F\xA3\xC1\x1D\x10"s, webp, 420,
                              120, true},
                    ImageCase{"WebpExtended", "RIFF\x08\0\0\0WEBPVP8Xabcd\x12\0\0\0\xA3\1\0\x77\0\0"s, webp,
                              420, 120, true, 2},
                    ImageCase{"Bmp", "BM"s + std::string(12, 'x') + "\x28\0\0\0\xA4\1\0\0\x88\xFF\xFF\xFF"s,
                              bmp, 420, 120, std::nullopt},
                    ImageCase{"BmpOfOs2", "BM"s + std::string(12, 'x') + "\x0C\0\0\0\xA4\1\x78\0"s, bmp, 420,
                              120, std::nullopt},
                    ImageCase{"Ico", "\0\0\1\0\2\0\x10\x10xxxxxxxxxxxxxx\0\0yyyyyyyyyyyyyy"s, ico, 256, 256,
                              std::nullopt},
                    ImageCase{"Tiff", "II*\0abcd"s, tiff, 0, 0, std::nullopt},
                    ImageCase{"Avif", "\0\0\0\x20"s + "ftypavif", avif, 0, 0, std::nullopt},
                    ImageCase{"Heif", "\0\0\0\x20"s + "ftypheic", heif, 0, 0, std::nullopt}),
    shown);

TEST(NoImage, IsMadeOfOtherBytes) {
  for (const std::string& bytes :
       {""s, "%PDF-1.4"s, "<html><body><p>an <svg in prose</p></body></html>"s, "\x89PN"s, "RIFFxxxxWAVE"s,
        "GIF88a"s, "<not xml <svg"s, "BMW sends its regards to all"s})
    EXPECT_FALSE(image(bytes)) << bytes;
}

TEST(AnSvg, CannotGrow) {
  std::string bomb = "<!DOCTYPE svg [<!ENTITY a0 'aaaaaaaaaa'>";
  for (int i = 1; i < 12; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " '";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  const auto found = image(bomb + "]><svg width='&a11;' height='7'>&a11;</svg>");
  EXPECT_TRUE(!found || found->has(truncated) || found->width == 0);
}

}  // namespace
}  // namespace oin
