// Promise: an image has a size or says that it has none; reading it again says the same.

#include <array>

#include "parsers/image.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

void check(const std::string& bytes) {
  using oin::fuzz::require;
  const auto found = oin::image(bytes);
  if (!found) return;
  require(found->width >= 0 && found->height >= 0 && found->frames >= 0, "no negative number");
  require(!oin::name_of(found->format).empty(), "a format has a name");
  for (const auto defect : found->defects) require(!oin::name_of(defect).empty(), "a defect has a name");
  const auto again = oin::image(bytes);
  require(again && again->width == found->width && again->defects == found->defects, "the same again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = oin::fuzz::raw(data, size);
  check(bytes);
  using namespace std::string_view_literals;
  for (const std::string_view begin :
       {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, "\xFF\xD8\xFF"sv, "GIF89a"sv, "RIFF\0\0\0\0WEBPVP8"sv, "BM"sv,
        "\0\0\1\0"sv, "<svg "sv, "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg "sv})
    check(std::string(begin) + bytes);
  return 0;
}
