/// parse.cpp: how fast mail is read, by kind of mail, beside GMime in the same run.
///
/// Both do the same work: structure, every header field with its encoded words, addresses, transfer decoding,
/// text to UTF-8.  The last column is parse_mail() whole, which also judges the text: HTML, quotes, machines.
/// Before that: what mails cost that are made to cost much.
#include <gmime/gmime.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/mail.hpp"
#include "parsers/mime.hpp"
#include "parsers/parameters.hpp"
#include "parsers/transfer_encoding.hpp"
#include "tests/support/hostile_mails.hpp"

namespace {

using Mails = std::vector<std::string>;

// ---- the mails ----

std::string header(std::string_view subject) {
  return "Return-Path: <ada@vendor.example>\r\n"
         "Received: from mail.vendor.example (mail.vendor.example [192.0.2.7])\r\n"
         "\tby mx.example.com (Postfix) with ESMTPS id 4XyZ12\r\n"
         "\tfor <oin@example.com>; Mon, 23 Nov 2026 10:00:00 +0000 (UTC)\r\n"
         "From: =?utf-8?Q?Ad=C3=A4_Lovelace?= <ada@vendor.example>\r\n"
         "To: OIN review desk <oin@example.com>, \"Hopper, Grace\" <grace@example.com>\r\n"
         "Subject: " +
         std::string(subject) +
         "\r\nDate: Mon, 23 Nov 2026 11:00:00 +0100\r\n"
         "Message-ID: <20261123100000.4711@vendor.example>\r\n"
         "References: <one@example.com> <two@vendor.example>\r\n"
         "MIME-Version: 1.0\r\n"
         "X-Mailer: Example Mail 16.0\r\n";
}

std::string prose(std::size_t size, std::string_view line) {
  std::string out;
  while (out.size() < size) out += line;
  return out;
}

constexpr std::string_view english =
    "Our application signs people in by SAML 2.0, and the assertion consumer service is at\r\n"
    "https://login.vendor.example/saml/acs.  Please tell us what else the review needs.\r\n\r\n";
constexpr std::string_view german_quoted =
    "Sch=C3=B6ne Gr=C3=BC=C3=9Fe aus K=C3=B6ln, die Pr=C3=BCfung l=C3=A4uft noch und wir w=\r\n"
    "arten auf die n=C3=A4chste Nachricht.\r\n";

std::string base64_lines(std::size_t bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < bytes / 3 * 4; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    out.push_back(alphabet[state >> 26]);
    if (i % 76 == 75) out += "\r\n";
  }
  return out;
}

std::string alternative() {
  return header("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=") +
         "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n"
         "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         prose(2'000, german_quoted) +
         "\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>" +
         prose(4'000, german_quoted) + "</p></body></html>\r\n--b1--\r\n";
}

std::string with_attachment(std::size_t bytes) {
  return header("Our logo") +
         "Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\n"
         "Here it is.\r\n--b1\r\nContent-Type: application/octet-stream; name=\"logo.bin\"\r\n"
         "Content-Disposition: attachment; filename=\"logo.bin\"\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         base64_lines(bytes) + "\r\n--b1--\r\n";
}

Mails samples() {
  Mails out;
  constexpr std::size_t largest = 100'000;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(OIND_SOURCE_DIR "/tests/corpus"))
    if (entry.is_regular_file() && entry.path().extension() == ".eml" && entry.file_size() < largest) {
      std::ifstream in(entry.path(), std::ios::binary);
      out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
  return out;
}

// ---- the two readers ----

std::size_t ours(const std::string& bytes) {
  const oin::Message message = oin::read_message(bytes);
  std::size_t sum = 0;
  std::vector<const mimetic::MimeEntity*> open{message.root.get()};
  while (!open.empty()) {
    const mimetic::MimeEntity& entity = *open.back();
    open.pop_back();
    for (const mimetic::Field& field : entity.header()) {
      const std::string_view name(field.name().data(), field.name().size());
      const std::string body = field.value();
      if (oin::same_word(name, "From") || oin::same_word(name, "To") || oin::same_word(name, "Cc"))
        sum += oin::address_list(body).size();
      else
        sum += oin::header_text(body).text.size();
    }
    for (const mimetic::MimeEntity* part : entity.body().parts()) open.push_back(part);
    if (!entity.body().parts().empty()) continue;
    const std::string& body = entity.body();
    const auto encoding =
        oin::transfer_encoding(oin::field_value(entity, "Content-Transfer-Encoding").value_or(""));
    std::string decoded = encoding == oin::TransferEncoding::base64 ? oin::decode_base64(body).bytes
                          : encoding == oin::TransferEncoding::quoted_printable
                              ? oin::decode_quoted_printable(body).bytes
                              : body;
    const oin::Parameterized type =
        oin::parameterized(oin::field_value(entity, "Content-Type").value_or("text/plain"));
    if (type.value.starts_with("text/"))
      decoded = oin::to_utf8(decoded, type.parameter("charset").value_or("")).utf8;
    sum += decoded.size();
  }
  return sum;
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::size_t read_part(GMimeObject* object);

std::size_t read_header(GMimeObject* object) {
  std::size_t sum = 0;
  GMimeHeaderList* const list = g_mime_object_get_header_list(object);
  for (int i = 0, count = g_mime_header_list_get_count(list); i < count; ++i)
    if (const char* value = g_mime_header_get_value(g_mime_header_list_get_header_at(list, i)))
      sum += std::char_traits<char>::length(value);
  return sum;
}

std::size_t read_leaf(GMimeObject* object) {
  if (GMIME_IS_TEXT_PART(object)) {
    char* const text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
    const std::size_t size = text == nullptr ? 0 : std::char_traits<char>::length(text);
    g_free(text);
    return size;
  }
  if (GMIME_IS_MESSAGE_PART(object)) return 1;
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return 0;
  const Owned<GMimeStream> sink(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, sink.get());
  return g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(sink.get()))->len;
}

std::size_t read_part(GMimeObject* object) {
  std::size_t sum = read_header(object);
  if (!GMIME_IS_MULTIPART(object)) return sum + read_leaf(object);
  for (int i = 0, count = g_mime_multipart_get_count(GMIME_MULTIPART(object)); i < count; ++i)
    sum += read_part(g_mime_multipart_get_part(GMIME_MULTIPART(object), i));
  return sum;
}

std::size_t theirs(const std::string& bytes) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return 0;
  std::size_t sum = read_header(GMIME_OBJECT(message.get()));
  for (const GMimeAddressType kind : {GMIME_ADDRESS_TYPE_FROM, GMIME_ADDRESS_TYPE_TO, GMIME_ADDRESS_TYPE_CC})
    sum += static_cast<std::size_t>(
        internet_address_list_length(g_mime_message_get_addresses(message.get(), kind)));
  if (GMimeObject* const root = g_mime_message_get_mime_part(message.get()); root != nullptr)
    sum += read_part(root);
  return sum;
}

std::size_t everything(const std::string& bytes) { return oin::parse_mail(bytes).text.size(); }

// ---- the clock ----

/// Megabytes a second: the best of several rounds, since what else runs here only ever slows one down.
double speed(const Mails& mails, const std::function<std::size_t(const std::string&)>& read) {
  using Clock = std::chrono::steady_clock;
  std::size_t size = 0;
  for (const std::string& mail : mails) size += mail.size();
  const std::size_t repeats = std::max<std::size_t>(1, 1'000'000 / size);
  volatile std::size_t sink = 0;
  double best = 0;
  constexpr int rounds = 5;
  for (int round = 0; round < rounds; ++round) {
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < repeats; ++i)
      for (const std::string& mail : mails) sink = sink + read(mail);
    const std::chrono::duration<double> took = Clock::now() - begin;
    best = std::max(best, static_cast<double>(size * repeats) / 1e6 / took.count());
  }
  return best;
}

// ---- what hostile mails cost ----

/// Read in a process of its own, so that its peak of memory is its own.
void print_cost(const oin::test::HostileMail& hostile) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string bytes = hostile.make();
    const auto begin = std::clock();
    const oin::Mail mail = oin::parse_mail(bytes);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::string codes;
    for (const oin::Defect& defect : mail.defects)
      if (codes.find(defect.code) == std::string::npos) codes += ' ' + defect.code;
    std::printf("%-44s %6.2f %6ld %s\n", std::string(hostile.name).c_str(), seconds, usage.ru_maxrss / 1024,
                codes.c_str());
    std::fflush(stdout);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
}

}  // namespace

int main() {
  std::printf("%-44s %6s %6s  %s\n", "hostile mails", "CPU s", "MiB", "defects");
  for (const oin::test::HostileMail& hostile : oin::test::hostile_mails()) print_cost(hostile);
  std::printf("\n");
  g_mime_init();
  const std::string large_text = header("A long report") +
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
                                 prose(3'000'000, german_quoted);
  const std::vector<std::pair<const char*, Mails>> kinds = {
      {"4 KiB of text", {header("Our integration") + "\r\n" + prose(3'300, english)}},
      {"text and HTML, quoted-printable", {alternative()}},
      {"100 kB attachment, base64", {with_attachment(100'000)}},
      {"10 MB attachment, base64", {with_attachment(10'000'000)}},
      {"3 MB of quoted-printable text", {large_text}},
      {"the sample mails", samples()},
  };
  std::printf("%-34s %10s %10s %7s %16s\n", "MB/s", "ours", "GMime", "ratio", "parse_mail whole");
  for (const auto& [name, mails] : kinds) {
    const double our_speed = speed(mails, ours), their_speed = speed(mails, theirs);
    std::printf("%-34s %10.0f %10.0f %6.1fx %16.0f\n", name, our_speed, their_speed, our_speed / their_speed,
                speed(mails, everything));
  }
}
