#include "parsers/mime.hpp"

#include <optional>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/header_section.hpp"
#include "parsers/parameters.hpp"

namespace oin {
namespace {

using mimetic::MimeEntity;
constexpr auto npos = std::string_view::npos;

/// "--boundary" or "--boundary--" with nothing but blanks behind it (RFC 2046 5.1.1).
enum class Match { none, next, close };

/// May it stand in a boundary (RFC 2046 5.1.1)?
constexpr bool is_boundary_character(char c) {
  return is_alpha(c) || is_digit(c) || std::string_view("'()+_,-./:=? ").find(c) != npos;
}

Match match(std::string_view delimiter, std::string_view boundary) {
  if (!delimiter.starts_with(boundary)) return Match::none;
  const std::string_view rest = delimiter.substr(boundary.size());
  if (rest.empty()) return Match::next;
  // "--boundary-->": what follows belongs to no longer boundary.
  const bool closes = rest.starts_with("--") && (rest.size() == 2 || !is_boundary_character(rest[2]));
  return closes ? Match::close : Match::none;
}

/// What follows "--" on a line, without transport padding; nothing on any other line.
std::optional<std::string_view> delimiter_text(std::string_view line) {
  if (!line.starts_with("--")) return std::nullopt;
  line.remove_prefix(2);
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

/// A multipart that is being read.
struct Multipart {
  MimeEntity* entity = nullptr;
  std::string boundary;
  std::string number;  // "1.2"; empty for the root
  int children = 0;
  bool closed = false;
};

class Scanner {
 public:
  Scanner(std::string_view bytes, const MailLimits& limits)
      : bytes_(bytes.substr(0, limits.message_bytes)), limits_(limits), lines_(bytes_) {
    out_.root = std::make_unique<MimeEntity>();
    if (bytes.size() > bytes_.size()) defect("message-too-large", "");
    HeaderSection header = message_header(bytes_, lines_, {limits.header_bytes, limits.fields});
    if (header.mbox_line) defect("mbox-from-line", "");
    if (header.fields.empty()) defect("no-header", "");
    open(*out_.root, "", header);
    while (step()) {
    }
    while (!open_.empty()) leave();
    if (bytes.size() > bytes_.size())
      out_.extents.push_back({Extent::Kind::unread, bytes_.size(), bytes.size()});
  }

  Message take() && { return std::move(out_); }

 private:
  void defect(std::string code, std::string where) {
    out_.defects.push_back({std::move(code), std::move(where)});
  }

  void extent(Extent::Kind kind, std::size_t begin, std::size_t end) {
    if (end > begin) out_.extents.push_back({kind, begin, end});
  }

  /// Takes over the header of a part, and decides whether its body is parts or content.
  void open(MimeEntity& entity, std::string number, const HeaderSection& header) {
    extent(Extent::Kind::header, at_, header.end);
    extent(Extent::Kind::separator, header.end, header.body);
    take_fields(entity, number, header);
    at_ = header.body;
    current_ = &entity;
    segment_ = Extent::Kind::body;

    const auto type_field = field_value(entity, "Content-Type");
    if (!type_field || !same_word(std::string_view(*type_field).substr(0, 9), "multipart")) return;
    const Parameterized type = parameterized(*type_field);
    if (!type.value.starts_with("multipart/")) return;
    if (open_.size() >= limits_.depth) {
      defect("too-deep", number);
      out_.unopened.push_back(&entity);
      return;
    }
    std::string boundary(type.parameter("boundary").value_or(""));
    while (!boundary.empty() && is_space(boundary.back())) boundary.pop_back();
    if (boundary.empty()) {
      defect("missing-boundary", number);
      boundary = first_delimiter();
      if (boundary.empty()) return;
    }
    open_.push_back({&entity, std::move(boundary), std::move(number)});
    segment_ = Extent::Kind::preamble;
  }

  void take_fields(MimeEntity& entity, const std::string& number, const HeaderSection& header) {
    if (header.junk_lines) defect("not-a-field", number);
    if (header.cut) defect("missing-blank-line", number);
    if (header.too_large) defect("header-too-large", number);
    if (header.too_many) defect("too-many-fields", number);
    for (const FieldExtent& field : header.fields) {
      const std::string name(stripped(bytes_.substr(field.begin, field.colon - field.begin)));
      std::string_view raw = bytes_.substr(field.colon + 1, field.end - field.colon - 1);
      if (raw.size() > limits_.field_bytes) {
        defect("field-too-long", name);
        raw = raw.substr(0, limits_.field_bytes);
      }
      if (raw.find('\0') != npos) defect("nul-in-header", name);
      entity.header().emplace_back(name, unfolded(raw));
    }
  }

  /// For a multipart that names no boundary: the first line "--token", if it is no enclosing one's.
  std::string first_delimiter() {
    for (std::size_t at = at_; (at = next_dashes(at, at_)) != npos;) {
      const Line line = lines_.at(at);
      const auto text = delimiter_text(lines_.text(line));
      if (text && !text->empty() && text->find_first_of(" \t") == npos)
        return find_open(*text).second == Match::none ? std::string(*text) : std::string();
      at = line.next;
    }
    return {};
  }

  /// Where "--" next begins a line, from `at` on; a segment's beginning begins a line.
  std::size_t next_dashes(std::size_t at, std::size_t segment_begin) const {
    for (; (at = bytes_.find("--", at)) != npos; ++at)
      if (at == segment_begin || bytes_[at - 1] == '\n' || bytes_[at - 1] == '\r') return at;
    return npos;
  }

  /// The innermost open multipart with that boundary.
  std::pair<std::size_t, Match> find_open(std::string_view delimiter) const {
    for (std::size_t i = open_.size(); i-- > 0;)
      if (!open_[i].closed)
        if (const Match found = match(delimiter, open_[i].boundary); found != Match::none) return {i, found};
    return {0, Match::none};
  }

  bool is_delimiter(const Line& line) const {
    const auto text = delimiter_text(lines_.text(line));
    return text && find_open(*text).second != Match::none;
  }

  /// Reads to the next delimiter line and acts on it; false at the end.
  bool step() {
    for (std::size_t at = at_; !open_.empty() && !opaque_ && (at = next_dashes(at, at_)) != npos;) {
      const Line line = lines_.at(at);
      const auto text = delimiter_text(lines_.text(line));
      const auto [index, found] = find_open(*text);
      if (found == Match::none) {
        at = line.next;
        continue;
      }
      // Text in front of an enclosing boundary is no preamble: this multipart never began.
      end_segment(lines_.line_end_before(line.begin, at_), index + 1 == open_.size());
      extent(Extent::Kind::delimiter, at_, line.next);
      at_ = line.next;
      while (open_.size() > index + 1) leave();
      if (found == Match::close) {
        open_.back().closed = true;
        segment_ = Extent::Kind::epilogue;
        current_ = open_.back().entity;
      } else if (!doubled_delimiter()) {
        open_child();
      }
      return true;
    }
    end_segment(bytes_.size(), false);
    return false;
  }

  /// A delimiter line with the next one directly behind it, or at the very end, begins no part; but a
  /// multipart keeps one at least.
  bool doubled_delimiter() {
    bool again = false;
    const bool any_part = open_.back().children > 0;
    if (at_ < bytes_.size()) {
      const auto text = delimiter_text(lines_.text(lines_.at(at_)));
      if (!text) return false;
      const auto [index, found] = find_open(*text);
      again = index + 1 == open_.size() && (found == Match::next || (found == Match::close && any_part));
    } else {
      again = any_part;
    }
    if (!again) return false;
    current_ = open_.back().entity;
    segment_ = any_part ? Extent::Kind::epilogue : Extent::Kind::preamble;
    return true;
  }

  void open_child() {
    Multipart& parent = open_.back();
    auto* const child = new MimeEntity;
    parent.entity->body().parts().push_back(child);  // the tree owns it
    ++parent.children;
    std::string number = (parent.number.empty() ? "" : parent.number + '.') + std::to_string(parent.children);
    if (++parts_ > limits_.parts) {
      defect("too-many-parts", number);
      out_.unopened.push_back(child);
      current_ = child;
      segment_ = Extent::Kind::body;
      opaque_ = true;
      return;
    }
    const HeaderSection header = part_header(bytes_, at_, lines_, {limits_.header_bytes, limits_.fields},
                                             [this](const Line& line) { return is_delimiter(line); });
    open(*child, std::move(number), header);
  }

  /// Gives what was read since the last delimiter line to the part it belongs to.
  void end_segment(std::size_t end, bool preamble_ended) {
    if (segment_ == Extent::Kind::preamble && !preamble_ended) {
      defect("no-parts", open_.back().number);
      open_.back().closed = true;
      segment_ = Extent::Kind::body;
    }
    const std::string_view text = bytes_.substr(at_, end - at_);
    mimetic::Body& body = current_->body();
    if (segment_ == Extent::Kind::body)
      body.assign(text);
    else if (segment_ == Extent::Kind::preamble)
      body.preamble().append(text);
    else
      body.epilogue().append(text);
    extent(segment_, at_, end);
    at_ = end;
  }

  void leave() {
    if (!open_.back().closed) defect("unterminated-multipart", open_.back().number);
    open_.pop_back();
  }

  std::string_view bytes_;
  const MailLimits& limits_;
  MessageLines lines_;
  Message out_;
  std::vector<Multipart> open_;
  std::size_t at_ = 0;  // where the segment in hand begins
  MimeEntity* current_ = nullptr;
  Extent::Kind segment_ = Extent::Kind::body;
  std::size_t parts_ = 0;
  bool opaque_ = false;
};

}  // namespace

Message read_message(std::string_view bytes, const MailLimits& limits) {
  return Scanner(bytes, limits).take();
}

std::optional<std::string> field_value(const mimetic::MimeEntity& entity, std::string_view name) {
  for (const mimetic::Field& field : entity.header())
    if (same_word({field.name().data(), field.name().size()}, name)) return field.value();
  return std::nullopt;
}

}  // namespace oin
