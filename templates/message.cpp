#include "templates/message.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "templates/header_field.hpp"
#include "templates/plain_value.hpp"
#include "templates/quoted_printable.hpp"

namespace oin {
namespace {

/// A long thread's field must not grow for ever: its root and its latest mails say enough (RFC 5322 3.6.4).
constexpr std::size_t longest_references = 20;

std::string rfc5322_date(Instant at) {
  using namespace std::chrono;
  constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss time{at - day};
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000", weekdays[weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::vector<std::string> references(const MessageHeader& header) {
  std::vector<std::string> ids = header.references;
  if (!header.in_reply_to.empty() && std::ranges::find(ids, header.in_reply_to) == ids.end())
    ids.push_back(header.in_reply_to);
  if (ids.size() > longest_references)
    ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(longest_references - 1));
  return ids;
}

std::string body_part(std::string_view media_type, std::string_view words) {
  const std::string text = plain_value(words);  // what is called utf-8 must be it
  const bool plain = is_7bit(text);
  return fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n{}", media_type,
                     plain ? "7bit" : "quoted-printable", plain ? with_crlf(text) : quoted_printable(text));
}

/// FNV-1a: a boundary needs to differ, not to be secret.
std::uint64_t digest(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

/// The same letter has the same bytes whenever it is composed, and no line of a body is the boundary's.
std::string boundary_for(std::string_view message_id, std::string_view text, std::string_view html) {
  for (std::uint64_t seed = 0;; ++seed) {
    // "=_" never comes out of quoted-printable (RFC 2045 6.7).
    const std::string boundary = fmt::format("=_{:016x}", digest(message_id, seed));
    if (text.find(boundary) == std::string_view::npos && html.find(boundary) == std::string_view::npos)
      return boundary;
  }
}

}  // namespace

std::string compose(const MessageHeader& header, const Words& words) {
  std::string out;
  out += unstructured_field("Date", rfc5322_date(header.date));
  out += address_field("From", {header.from});
  if (!header.to.empty()) out += address_field("To", header.to);
  if (!header.reply_to.empty()) out += address_field("Reply-To", {Address{"", header.reply_to}});
  out += unstructured_field("Subject", words.subject);
  out += message_id_field("Message-ID", {header.message_id});
  out += message_id_field("In-Reply-To", {header.in_reply_to});
  out += message_id_field("References", references(header));
  if (!header.auto_submitted.empty()) out += unstructured_field("Auto-Submitted", header.auto_submitted);
  for (const auto& [name, body] : header.more) out += unstructured_field(name, body);
  out += "MIME-Version: 1.0\r\n";

  const std::string text = body_part("text/plain", words.text);
  if (words.html.empty()) return out + text;
  const std::string html = body_part("text/html", words.html);
  const std::string boundary = boundary_for(header.message_id, text, html);
  return out + fmt::format(
                   "Content-Type: multipart/alternative; boundary=\"{0}\"\r\n\r\n"
                   "--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n",
                   boundary, text, html);
}

}  // namespace oin
