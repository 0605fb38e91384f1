/// fuzz.hpp: what every fuzz target needs: its input as text, and a way to say that a promise was broken.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace oin::fuzz {

inline std::string raw(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The same bytes, each as one of these words; of a large input the beginning, because each becomes many.
template <std::size_t N>
std::string in_alphabet(const std::uint8_t* data, std::size_t size,
                        const std::array<std::string_view, N>& words) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 10'000); ++i) out += words[data[i] % N];
  return out;
}

/// The same bytes squeezed into words that mail is made of: chance alone never gets past the first header
/// field.
inline std::string in_mail_alphabet(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 64> words = {"\n",
                                                             "\r\n",
                                                             "\n\n",
                                                             " ",
                                                             "\t",
                                                             ":",
                                                             ";",
                                                             ",",
                                                             "<",
                                                             ">",
                                                             "@",
                                                             "(",
                                                             ")",
                                                             "\"",
                                                             "\\",
                                                             "=",
                                                             "--",
                                                             "--b\n",
                                                             "--b--\n",
                                                             "--c\n",
                                                             "--c--\n",
                                                             "=?utf-8?Q?",
                                                             "=?iso-8859-1?B?",
                                                             "?=",
                                                             "=C3",
                                                             "=A9",
                                                             "=\n",
                                                             "\xC3\xA9",
                                                             "\xE9",
                                                             "a",
                                                             "b",
                                                             "x@y",
                                                             "From: ",
                                                             "To: ",
                                                             "Subject: ",
                                                             "Date: ",
                                                             "Message-ID: ",
                                                             "References: ",
                                                             "Content-Type: ",
                                                             "text/plain",
                                                             "text/html",
                                                             "message/rfc822",
                                                             "message/delivery-status",
                                                             "multipart/mixed",
                                                             "multipart/alternative",
                                                             "multipart/related",
                                                             "multipart/report",
                                                             "; boundary=b",
                                                             "; boundary=c",
                                                             "; charset=utf-8",
                                                             "; charset=utf-16",
                                                             "; format=flowed",
                                                             "Content-Transfer-Encoding: base64\n",
                                                             "Content-Transfer-Encoding: quoted-printable\n",
                                                             "Content-Disposition: attachment",
                                                             "; filename*0*=utf-8''",
                                                             "> ",
                                                             "On Mon, Ada wrote:\n",
                                                             "<div>",
                                                             "</div>",
                                                             "<blockquote>",
                                                             "&amp;",
                                                             "23 Nov 2026 10:00:00 +0100",
                                                             "aGVsbG8="};
  return in_alphabet(data, size, words);
}

inline void require(bool kept, const char* promise) {
  if (kept) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

}  // namespace oin::fuzz
