#include "parsers/body_parts.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/flowed.hpp"
#include "parsers/html_text.hpp"
#include "parsers/message_id.hpp"
#include "parsers/parameters.hpp"
#include "parsers/transfer_encoding.hpp"

namespace oin {
namespace {

using mimetic::MimeEntity;

/// What one part and all within it give to be read.
struct Reading {
  std::optional<std::string> plain, html;
  std::string html_part;  // its number, for defects
  bool empty() const { return !plain && !html; }
};

std::string with_line_feeds(std::string text) {
  std::size_t from = text.find('\r'), to = from;
  while (from < text.size()) {
    // At a CR; what ends one line becomes one LF, and the text up to the next CR moves up.
    ++from;
    if (from + 1 < text.size() && text[from] == '\r' && text[from + 1] == '\n') ++from;
    if (from < text.size() && text[from] == '\n') ++from;
    text[to++] = '\n';
    const std::size_t next = std::min(text.find('\r', from), text.size());
    std::memmove(text.data() + to, text.data() + from, next - from);
    to += next - from;
    from = next;
  }
  if (to < text.size()) text.resize(to);
  return text;
}

/// Does a word of the text begin so?
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at)
    if (at == 0 || !is_alpha(text[at - 1])) return true;
  return false;
}

/// Does a sentence speak of how the mail is shown, or is it too short to say anything else?
bool speaks_of_display(std::string_view sentence) {
  for (const std::string_view hint :
       {"html", "view", "support", "display", "reader", "client", "enable", "capable", "browser", "click",
        "multi-part", "http", "anzeigen", "darstell", "afficher", "visualizar"})
    if (has_word(sentence, hint)) return true;
  return std::ranges::count_if(sentence, is_space) < 2;
}

/// "This mail is in HTML, which your program cannot show." and nothing else.
bool only_points_to_html(std::string_view text) {
  constexpr std::size_t longest = 400;
  text = stripped(text);
  if (text.empty()) return true;
  if (text.size() > longest) return false;
  const std::string words = lower(text);
  if (words.find("html") == std::string::npos) return false;
  for (std::string_view left = words; !left.empty();) {
    std::size_t end = 0;
    while (end < left.size() && !(std::string_view(".!?\n").find(left[end]) != std::string_view::npos &&
                                  (end + 1 == left.size() || is_space(left[end + 1]))))
      ++end;
    if (!speaks_of_display(stripped(left.substr(0, end)))) return false;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return true;
}

/// The facts of one part's header that decide what becomes of it.
struct Facts {
  Parameterized type, disposition;
  std::string filename, content_id;

  bool is(std::string_view media_type) const { return type.value == media_type; }
  bool is_body_text() const { return is("text/plain") || is("text/html"); }
};

std::string filename_of(const Facts& facts) {
  for (const auto name : {facts.disposition.parameter("filename"), facts.type.parameter("name")})
    if (name)
      if (std::string safe = safe_filename(*name); !safe.empty()) return safe;
  return {};
}

class Reader {
 public:
  Reader(Message& message, const MailLimits& limits) : message_(message), limits_(limits) {}

  BodyParts read() {
    const Reading all = read_tree();
    if (all.html) out_.html = *all.html;
    out_.text = shown(all);
    return std::move(out_);
  }

 private:
  /// A part whose children are being read.
  struct Open {
    MimeEntity* entity;
    std::string number;
    Facts facts;
    mimetic::MimeEntityList::iterator next;
    int children = 0;
    std::vector<Reading> readings = {};
  };

  void defect(std::string code, std::string where) {
    out_.defects.push_back({std::move(code), std::move(where)});
  }

  Reading read_tree() {
    std::vector<Open> open;
    Reading last;
    MimeEntity* entity = message_.root.get();
    std::string number;
    for (;;) {
      Facts facts = facts_of(*entity, number, open.empty() ? "" : open.back().facts.type.value);
      if (!entity->body().parts().empty()) {
        open.push_back({entity, std::move(number), std::move(facts), entity->body().parts().begin()});
      } else {
        last =
            read_leaf(*entity, number.empty() ? "1" : number, facts, open.empty() ? nullptr : &open.back());
        if (open.empty()) return last;
        open.back().readings.push_back(std::move(last));
      }
      while (open.back().next == open.back().entity->body().parts().end()) {
        last = joined(open.back());
        open.pop_back();
        if (open.empty()) return last;
        open.back().readings.push_back(std::move(last));
      }
      Open& parent = open.back();
      entity = *parent.next++;
      number = (parent.number.empty() ? "" : parent.number + '.') + std::to_string(++parent.children);
    }
  }

  Facts facts_of(const MimeEntity& entity, const std::string& number, std::string_view parent_type) {
    Facts facts;
    const bool unopened = std::ranges::find(message_.unopened, &entity) != message_.unopened.end();
    const auto type = field_value(entity, "Content-Type");
    if (type) facts.type = parameterized(*type);
    std::string& value = facts.type.value;
    const bool multipart = value.starts_with("multipart/");
    if (!type || stripped(*type).empty()) {
      value = unopened && entity.header().empty() ? "application/octet-stream"
              : parent_type == "multipart/digest" ? "message/rfc822"  // RFC 2046 5.1.5
                                                  : "text/plain";
    } else if (value == "text") {
      value = "text/plain";
    } else if (const auto slash = value.find('/');
               slash == std::string::npos || slash == 0 || slash + 1 == value.size()) {
      defect("invalid-content-type", number);
      value = "text/plain";
    } else if (multipart && entity.body().parts().empty() && !unopened) {
      value = "text/plain";  // it holds no parts: what stands there is its text
    }
    if (const auto disposition = field_value(entity, "Content-Disposition"); disposition)
      facts.disposition = parameterized(*disposition);
    if (const auto id = field_value(entity, "Content-ID"); id) facts.content_id = message_id(*id);
    facts.filename = filename_of(facts);
    return facts;
  }

  Reading read_leaf(MimeEntity& entity, const std::string& number, Facts& facts, const Open* parent) {
    std::string content = decoded(entity, number);
    if (is_attachment(facts, parent)) {
      attach(std::move(content), number, facts);
      return {};
    }
    body_seen_ = true;
    Text text = to_utf8(content, facts.type.parameter("charset").value_or(""));
    if (text.unknown_charset) defect("unknown-charset", number);
    if (text.invalid) defect("invalid-charset", number);
    std::string lines = with_line_feeds(std::move(text.utf8));
    Reading reading;
    if (facts.is("text/html")) {
      reading.html = std::move(lines);
      reading.html_part = number;
      return reading;
    }
    const auto format = facts.type.parameter("format");
    if (format && same_word(*format, "flowed")) {
      const auto delete_space = facts.type.parameter("delsp");
      lines = unflowed(lines, delete_space && same_word(*delete_space, "yes"));
    }
    reading.plain = std::move(lines);
    return reading;
  }

  bool is_attachment(const Facts& facts, const Open* parent) const {
    if (!facts.is_body_text() || facts.disposition.value == "attachment") return true;
    if (body_seen_ && !facts.filename.empty()) return true;  // "inline; filename=notes.txt" behind the text
    // What a related part's root refers to is not read for itself (RFC 2387).
    return parent != nullptr && parent->facts.is("multipart/related") && parent->children > 1 &&
           !facts.content_id.empty();
  }

  std::string decoded(MimeEntity& entity, const std::string& number) {
    std::string& body = entity.body();
    const std::string field = field_value(entity, "Content-Transfer-Encoding").value_or("");
    const auto encoding = transfer_encoding(field);
    if (!encoding) defect("unknown-transfer-encoding", number);
    Decoded out;
    switch (encoding.value_or(TransferEncoding::identity)) {
      case TransferEncoding::identity:
        out.bytes = std::move(body);
        break;
      case TransferEncoding::base64:
        out = decode_base64(body);
        if (out.damaged) defect("invalid-base64", number);
        if (out.mislabelled) out.bytes = std::move(body);
        break;
      case TransferEncoding::quoted_printable:
        out = decode_quoted_printable(body);
        if (out.damaged) defect("invalid-quoted-printable", number);
        break;
    }
    const std::size_t left = limits_.decoded_bytes - decoded_bytes_;
    if (out.bytes.size() > left) {
      defect("decoded-too-large", number);
      out.bytes.resize(left);
    }
    decoded_bytes_ += out.bytes.size();
    return std::move(out.bytes);
  }

  void attach(std::string content, const std::string& number, Facts& facts) {
    Attachment attachment;
    attachment.filename = std::move(facts.filename);
    attachment.content_type = std::move(facts.type.value);
    attachment.sha256 = sha256_hex(content);
    attachment.content = std::move(content);
    attachment.content_id = scrubbed(facts.content_id);
    if (facts.disposition.value == "attachment" || facts.disposition.value == "inline")
      attachment.disposition = facts.disposition.value;
    else if (!facts.disposition.value.empty())
      attachment.disposition = "attachment";  // RFC 2183 2.8: an unknown one is treated so
    attachment.part = number;
    if (attachment.content_type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-/") !=
        std::string::npos)
      attachment.content_type = "application/octet-stream";
    out_.attachments.push_back(std::move(attachment));
  }

  Reading joined(Open& part) {
    std::erase_if(part.readings, [](const Reading& reading) { return reading.empty(); });
    if (part.readings.empty()) return {};
    if (part.readings.size() == 1) return std::move(part.readings.front());
    Reading out;
    if (part.facts.is("multipart/alternative")) {
      for (Reading& reading : part.readings) {
        if (reading.plain && (!out.plain || stripped(*out.plain).empty()))
          out.plain = std::move(reading.plain);
        if (reading.html) {
          out.html = std::move(reading.html);  // the last is the one its writer preferred (RFC 2046 5.1.4)
          out.html_part = reading.html_part;
        }
      }
      return out;
    }
    bool any_plain = false;
    std::string text;
    for (Reading& reading : part.readings) {
      any_plain |= reading.plain.has_value();
      const std::string words = shown(reading);
      if (!text.empty() && !words.empty() && !text.ends_with('\n')) text.push_back('\n');
      text += words;
      if (!reading.html) continue;
      if (!out.html) {
        out.html = std::move(reading.html);
        out.html_part = reading.html_part;
      } else {
        *out.html += '\n' + *reading.html;
      }
    }
    if (any_plain) out.plain = std::move(text);
    return out;
  }

  /// What a person reads of it.
  std::string shown(const Reading& reading) {
    if (!reading.html || (reading.plain && !only_points_to_html(*reading.plain)))
      return reading.plain.value_or("");
    HtmlText text = html_text(*reading.html);
    if (text.too_complex) defect("html-too-complex", reading.html_part);
    if (text.text.empty() && reading.plain) return *reading.plain;
    return std::move(text.text);
  }

  Message& message_;
  const MailLimits& limits_;
  BodyParts out_;
  std::size_t decoded_bytes_ = 0;
  bool body_seen_ = false;
};

}  // namespace

BodyParts body_parts(Message& message, const MailLimits& limits) { return Reader(message, limits).read(); }

}  // namespace oin
