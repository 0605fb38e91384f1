#include "parsers/body_parts.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "parsers/flowed.hpp"
#include "parsers/html_notice.hpp"
#include "parsers/html_text.hpp"
#include "parsers/parameters.hpp"
#include "parsers/part_facts.hpp"
#include "parsers/protected_content.hpp"
#include "parsers/text_files.hpp"
#include "parsers/tnef.hpp"
#include "parsers/transfer_encoding.hpp"

namespace oin {
namespace {

using mimetic::MimeEntity;

/// What one part and all within it give to be read.
struct Reading {
  std::optional<std::string> plain, html;
  std::string html_part;              // its number
  std::vector<TextPart> plain_parts;  // what `plain` was made of
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

class Reader {
 public:
  Reader(Message& message, const MailLimits& limits) : message_(message), limits_(limits) {}

  BodyParts read() {
    Reading all = read_tree();
    if (all.empty() && !winmail_.empty()) {  // a mail that is nothing but its winmail.dat
      all.plain = with_line_feeds(std::move(winmail_.plain).value_or(""));
      all.html = std::move(winmail_.html);
    }
    Shown text = shown(all);
    out_.html = std::move(all.html);
    limit_text(text);
    out_.text = std::move(text.text);
    out_.text_parts = std::move(text.parts);
    return std::move(out_);
  }

 private:
  /// A part whose children are being read.
  struct Open {
    MimeEntity* entity;
    std::string number;
    PartFacts facts;
    mimetic::MimeEntityList::iterator next;
    int children = 0;
    std::vector<Reading> readings = {};
  };

  struct Shown {
    std::string text;
    std::vector<TextPart> parts;
  };

  void defect(std::string code, std::string where) {
    out_.defects.push_back({std::move(code), std::move(where)});
  }

  /// A defect that there may be.
  void note(std::string_view code, const std::string& where) {
    if (!code.empty()) defect(std::string(code), where);
  }

  Reading read_tree() {
    std::vector<Open> open;
    Reading last;
    MimeEntity* entity = message_.root.get();
    std::string number;
    for (;;) {
      PartFacts facts = facts_of(*entity, number, open.empty() ? nullptr : &open.back());
      if (!entity->body().parts().empty()) {
        note(protection_of(facts.type, ""), number);
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

  PartFacts facts_of(const MimeEntity& entity, const std::string& number, const Open* parent) {
    const bool unopened = std::ranges::find(message_.unopened, &entity) != message_.unopened.end();
    PartFacts facts = part_facts(entity, parent == nullptr ? "" : parent->facts.type.value, unopened);
    if (facts.invalid_type) defect("invalid-content-type", number);
    if (facts.type.cut || facts.disposition.cut) defect("too-many-parameters", number);
    return facts;
  }

  Reading read_leaf(MimeEntity& entity, const std::string& number, PartFacts& facts, const Open* parent) {
    std::string content = decoded(entity, number, facts);
    if (is_attachment(facts, parent)) {
      note(protection_of(facts.type, content), number);
      const bool tnef = is_winmail(facts, content);
      const std::size_t index = out_.attachments.size();
      attach(std::move(content), number, facts);
      if (tnef && index < out_.attachments.size()) open_winmail(out_.attachments[index].content, number);
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
    lines = without_its_files(std::move(lines), number);
    note(protection_in_text(lines), number);
    const auto format = facts.type.parameter("format");
    if (format && same_word(*format, "flowed")) {
      const auto delete_space = facts.type.parameter("delsp");
      lines = unflowed(lines, delete_space && same_word(*delete_space, "yes"));
    }
    reading.plain = std::move(lines);
    reading.plain_parts = {{number, 1}};
    return reading;
  }

  bool is_attachment(const PartFacts& facts, const Open* parent) const {
    if (!facts.is_body_text() || facts.disposition.value == "attachment") return true;
    if (body_seen_ && !facts.filename.empty()) return true;  // "inline; filename=notes.txt" behind the text
    // What a related part's root refers to is not read for itself (RFC 2387).
    return parent != nullptr && parent->facts.is("multipart/related") && parent->children > 1 &&
           !facts.content_id.empty();
  }

  std::string decoded(MimeEntity& entity, const std::string& number, PartFacts& facts) {
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
      case TransferEncoding::uuencode: {
        TextWithFiles text = without_files(with_line_feeds(body), 1);
        if (text.files.empty()) {
          out.bytes = std::move(body);
        } else {
          out.bytes = std::move(text.files.front().content);
          if (facts.filename.empty()) facts.filename = safe_filename(text.files.front().filename);
        }
        if (text.files.empty() || text.files.front().damaged) defect("invalid-uuencode", number);
        break;
      }
    }
    limit(out.bytes, number);
    return std::move(out.bytes);
  }

  /// Counts what was decoded, and cuts off what is too much.
  void limit(std::string& bytes, const std::string& number) {
    const std::size_t left = limits_.decoded_bytes - decoded_bytes_;
    if (bytes.size() > left) {
      defect("decoded-too-large", number);
      bytes.resize(left);
    }
    decoded_bytes_ += bytes.size();
  }

  /// Whole lines of it, or failing that whole characters.  Everything that reads prose costs many times what
  /// the text weighs.
  void limit_text(Shown& shown) {
    std::string_view text = shown.text;
    if (text.size() <= limits_.text_bytes) return;
    defect("text-too-long", shown.parts.empty() ? "" : shown.parts.front().part);
    text = utf8_prefix(text, limits_.text_bytes);
    if (const auto feed = text.rfind('\n'); feed != std::string_view::npos) text = text.substr(0, feed + 1);
    const auto lines = std::ranges::count(text, '\n') + 1;
    shown.text = std::string(text);  // which gives the rest back, as resizing would not
    std::erase_if(shown.parts, [&](const TextPart& part) { return part.first_line > lines; });
  }

  /// Files that stand in the text itself become attachments: "1.1" within part "1".
  std::string without_its_files(std::string lines, const std::string& number) {
    TextWithFiles text = without_files(std::move(lines), limits_.parts);
    int count = 0;
    for (TextFile& file : text.files) {
      const bool binhex = file.kind == TextFile::Kind::binhex;
      if (binhex)
        defect("binhex-content", number);
      else if (file.damaged)
        defect("invalid-uuencode", number);
      Attachment attachment;
      attachment.filename = safe_filename(scrubbed(file.filename));
      attachment.content_type = binhex ? "application/mac-binhex40" : "application/octet-stream";
      attachment.content = std::move(file.content);
      attachment.part = number + '.' + std::to_string(++count);
      limit(attachment.content, attachment.part);
      add(std::move(attachment));
    }
    return std::move(text.text);
  }

  static bool is_winmail(const PartFacts& facts, std::string_view content) {
    return facts.is("application/ms-tnef") || facts.is("application/vnd.ms-tnef") ||
           (facts.is("application/octet-stream") && is_tnef(content));
  }

  void open_winmail(std::string_view content, const std::string& number) {
    // Copied: adding to the attachments may move the one that `content` is part of.
    Tnef tnef = read_tnef(content, {limits_.parts, limits_.decoded_bytes - decoded_bytes_});
    if (tnef.damaged) defect("invalid-tnef", number);
    int count = 0;
    for (TnefFile& file : tnef.files) {
      Attachment attachment;
      attachment.filename = safe_filename(file.filename);
      attachment.content_type = is_tnef(file.content)       ? "application/ms-tnef"  // a message within
                                : file.content_type.empty() ? "application/octet-stream"
                                                            : std::move(file.content_type);
      attachment.content_id = std::move(file.content_id);
      attachment.content = std::move(file.content);
      attachment.part = number + '.' + std::to_string(++count);
      limit(attachment.content, attachment.part);
      add(std::move(attachment));
    }
    if (!winmail_.plain) winmail_.plain = std::move(tnef.text);
    if (!winmail_.html) winmail_.html = std::move(tnef.html);
  }

  void attach(std::string content, const std::string& number, PartFacts& facts) {
    Attachment attachment;
    attachment.filename = std::move(facts.filename);
    attachment.content_type = std::move(facts.type.value);
    attachment.content = std::move(content);
    attachment.content_id = scrubbed(facts.content_id);
    if (facts.disposition.value == "attachment" || facts.disposition.value == "inline")
      attachment.disposition = facts.disposition.value;
    else if (!facts.disposition.value.empty())
      attachment.disposition = "attachment";  // RFC 2183 2.8: an unknown one is treated so
    attachment.part = number;
    add(std::move(attachment));
  }

  void add(Attachment attachment) {
    if (out_.attachments.size() >= limits_.attachments) {
      defect("too-many-attachments", attachment.part);
      return;
    }
    attachment.sha256 = sha256_hex(attachment.content);
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
        if (reading.plain && (!out.plain || stripped(*out.plain).empty())) {
          out.plain = std::move(reading.plain);
          out.plain_parts = std::move(reading.plain_parts);
        }
        if (reading.html) {
          out.html = std::move(reading.html);  // the last is the one its writer preferred (RFC 2046 5.1.4)
          out.html_part = reading.html_part;
        }
      }
      return out;
    }
    bool any_plain = false;
    std::string text;
    std::ptrdiff_t feeds = 0;  // in text
    for (Reading& reading : part.readings) {
      any_plain |= reading.plain.has_value();
      const Shown words = shown(reading);
      if (!text.empty() && !words.text.empty() && !text.ends_with('\n')) {
        text.push_back('\n');
        ++feeds;
      }
      for (const TextPart& origin : words.parts)
        out.plain_parts.push_back({origin.part, origin.first_line + static_cast<int>(feeds)});
      text += words.text;
      feeds += std::ranges::count(words.text, '\n');
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
  Shown shown(const Reading& reading) {
    if (!reading.html || (reading.plain && !only_points_to_html(*reading.plain)))
      return {reading.plain.value_or(""), reading.plain_parts};
    HtmlText text = html_text(*reading.html, {.text_bytes = limits_.text_bytes});
    if (text.too_complex) defect("html-too-complex", reading.html_part);
    if (text.too_long) defect("text-too-long", reading.html_part);
    if (text.text.empty() && reading.plain) return {*reading.plain, reading.plain_parts};
    return {std::move(text.text), {{reading.html_part, 1}}};
  }

  Message& message_;
  const MailLimits& limits_;
  BodyParts out_;
  Reading winmail_;  // what a winmail.dat says, should the mail say nothing else
  std::size_t decoded_bytes_ = 0;
  bool body_seen_ = false;
};

}  // namespace

BodyParts body_parts(Message& message, const MailLimits& limits) { return Reader(message, limits).read(); }

}  // namespace oin
