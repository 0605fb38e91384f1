/// round_trip_test.cpp: what is written is read back the same: addresses, encoded words, parameters, transfer
/// encodings; by our own writers and by small ones that write what other programs do.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "parsers/address.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/header_section.hpp"
#include "parsers/parameters.hpp"
#include "parsers/transfer_encoding.hpp"
#include "templates/header_field.hpp"
#include "tests/properties/generators.hpp"

namespace oin {
namespace {

using namespace test;

std::string field_body(std::string_view field) { return unfolded(field.substr(field.find(':') + 1)); }

// ---- small writers ----

std::string escaped(std::string_view bytes, char mark, std::string_view plain) {
  std::string out;
  for (const char c : bytes) {
    if (is_alpha(c) || is_digit(c) || plain.find(c) != std::string_view::npos)
      out.push_back(c);
    else
      out += fmt::format("{}{:02X}", mark, static_cast<std::uint8_t>(c));
  }
  return out;
}

/// In lines of at most 76 characters, of which some end softly.
std::string quoted_printable(std::string_view bytes) {
  std::string out;
  std::size_t on_line = 0;
  for (const char c : bytes) {
    const std::string piece = escaped({&c, 1}, '=', ".,;: ()<>!?'\"");
    if (on_line + piece.size() > 75) out += "=\r\n", on_line = 0;
    out += piece;
    on_line += piece.size();
  }
  if (out.ends_with(' ')) out.replace(out.size() - 1, 1, "=20");
  return out;
}

/// The pieces of a text, cut at any byte, the last one included.
std::vector<std::string> cut(std::string text, std::size_t length) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size(); at += length) out.push_back(text.substr(at, length));
  return out;
}

// ---- addresses ----

RC_GTEST_PROP(AddressField, IsReadBack, ()) {
  // Our letters go to no address that needs "<", ">", "," or a blank: the writer leaves these out.
  const auto written = *addresses("ab;:()@[]");
  const std::string field = address_field("To", written);
  RC_LOG() << field;
  RC_ASSERT(address_list(field_body(field)) == written);
}

RC_GTEST_PROP(QuotedDisplayNames, AreReadBack, ()) {
  const auto written = *addresses("ab ,;:<>()@[]");
  std::string field;
  for (const Address& one : written) {
    std::string name;
    for (const char c : one.display_name) name += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    field += (field.empty() ? "\"" : ", \"") + name + "\" <" + one.addr_spec + ">";
  }
  // A name that looks like an encoded word is read as one even in quotes, as mail programs mean it.
  RC_PRE(field.find("=?") == std::string::npos);
  RC_ASSERT(address_list(field) == written);
}

// ---- header text ----

RC_GTEST_PROP(UnstructuredField, IsReadBack, ()) {
  const std::string written = *line();
  RC_ASSERT(header_text(field_body(unstructured_field("Subject", written))).text == written);
}

RC_GTEST_PROP(EncodedWords, AreReadBackWhereverTheyAreCut, ()) {
  const std::string written = *line();
  const auto length = *rc::gen::inRange<std::size_t>(1, 20);
  const bool q = *rc::gen::arbitrary<bool>();
  std::string body;
  for (const std::string& piece : cut(written, length))
    body +=
        (body.empty() ? "" : "\r\n ") + fmt::format("=?utf-8?{}?{}?=", q ? "Q" : "b",
                                                    q ? escaped(piece, '=', "!*+-/") : base64(piece, 1'000));
  RC_ASSERT(header_text(unfolded(body)).text == written);
}

// ---- parameters ----

RC_GTEST_PROP(Rfc2231Parameters, AreReadBackInAnyOrder, ()) {
  const std::string name = *line();
  RC_PRE(!name.empty() && name.find("=?") == std::string::npos);
  std::vector<std::string> segments = cut(name, *rc::gen::inRange<std::size_t>(1, 30));
  RC_PRE(segments.size() < 900);
  std::string field = "attachment; size=3";
  for (std::size_t i = 0; i < segments.size(); ++i)
    segments[i] =
        fmt::format("filename*{}*={}{}", i, i == 0 ? "utf-8'en'" : "", escaped(segments[i], '%', "-_."));
  if (*rc::gen::arbitrary<bool>()) std::ranges::reverse(segments);
  for (const std::string& segment : segments) field += ";\r\n\t" + segment;
  const Parameterized read = parameterized(unfolded(field));
  RC_ASSERT(read.value == "attachment");
  RC_ASSERT(read.parameter("size") == "3");
  RC_ASSERT(read.parameter("filename") == name);
}

RC_GTEST_PROP(QuotedParameters, AreReadBack, ()) {
  const std::string name = *line();
  RC_PRE(name.find("=?") == std::string::npos);
  std::string quoted;
  for (const char c : name) quoted += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  RC_ASSERT(parameterized("text/plain; name=\"" + quoted + "\"; charset=utf-8").parameter("name") == name);
}

// ---- transfer encodings ----

RC_GTEST_PROP(Base64, IsReadBack, ()) {
  const std::string written = *bytes();
  const Decoded read = decode_base64(base64(written, *rc::gen::inRange<std::size_t>(1, 80)));
  RC_ASSERT(read.bytes == written);
  RC_ASSERT(!read.damaged);
}

RC_GTEST_PROP(QuotedPrintable, IsReadBack, ()) {
  const std::string written = *bytes();
  const Decoded read = decode_quoted_printable(quoted_printable(written));
  RC_ASSERT(read.bytes == written);
  RC_ASSERT(!read.damaged);
}

}  // namespace
}  // namespace oin
