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

/// The same letter has the same bytes whenever it is composed, and no line of a part is the boundary's.
/// `level` tells the boundaries of one letter apart.
std::string boundary_for(std::string_view message_id, std::uint64_t level, std::string_view content) {
  for (std::uint64_t seed = level;; seed += 2) {
    // "=_" never comes out of quoted-printable (RFC 2045 6.7).
    const std::string boundary = fmt::format("=_{:016x}", digest(message_id, seed));
    if (content.find(boundary) == std::string_view::npos) return boundary;
  }
}

std::string multipart(std::string_view subtype, const std::string& boundary,
                      std::span<const std::string> parts) {
  std::string out = fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", subtype, boundary);
  for (const std::string& part : parts) out.append("--").append(boundary).append("\r\n").append(part);
  return out.append("--").append(boundary).append("--\r\n");
}

/// On one line, as Outlook writes it: it is read by no other program.
bool is_base64(std::string_view text) {
  return !text.empty() && text.size() < 900 &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
             std::string_view::npos;
}

std::string file_part(const AttachedText& file) {
  return fmt::format("Content-Disposition: attachment; {}\r\n{}", parameter("filename", file.filename),
                     body_part(file.media_type, file.content));
}

std::string body_of(const MessageHeader& header, const Words& words) {
  std::string text = body_part("text/plain", words.text);
  if (words.html.empty()) return text;
  const std::string parts[] = {std::move(text), body_part("text/html", words.html)};
  return multipart("alternative", boundary_for(header.message_id, 0, parts[0] + parts[1]), parts);
}

}  // namespace

std::string compose(const MessageHeader& header, const Words& words,
                    std::span<const AttachedText> attachments) {
  std::string out;
  out += unstructured_field("Date", rfc5322_date(header.date));
  out += address_field("From", {header.from});
  if (!header.to.empty()) out += address_field("To", header.to);
  if (!header.reply_to.empty()) out += address_field("Reply-To", {Address{"", header.reply_to}});
  out += unstructured_field("Subject", words.subject);
  out += message_id_field("Message-ID", {header.message_id});
  out += message_id_field("In-Reply-To", {header.in_reply_to});
  out += message_id_field("References", references(header));
  if (!header.thread_topic.empty()) out += unstructured_field("Thread-Topic", header.thread_topic);
  if (is_base64(header.thread_index)) out += "Thread-Index: " + header.thread_index + "\r\n";
  if (!header.auto_submitted.empty()) out += unstructured_field("Auto-Submitted", header.auto_submitted);
  for (const auto& [name, body] : header.more) out += unstructured_field(name, body);
  out += "MIME-Version: 1.0\r\n";

  std::string body = body_of(header, words);
  if (attachments.empty()) return out + body;
  std::vector<std::string> parts{std::move(body)};
  for (const AttachedText& file : attachments) parts.push_back(file_part(file));
  std::string all;
  for (const std::string& part : parts) all += part;
  return out + multipart("mixed", boundary_for(header.message_id, 1, all), parts);
}

}  // namespace oin
