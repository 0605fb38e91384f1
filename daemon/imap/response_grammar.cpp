// The grammar of one response.  Lenient where servers are (case, missing spaces, unknown items) and strict
// where leniency would guess: a FETCH that cannot be read to its end is refused as a whole.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "daemon/imap/response_parser.hpp"

namespace oin::imap {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return result;
}

template <class Number>
std::optional<Number> to_number(std::string_view digits) {
  Number value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// Reads one response from its front.  Once something did not fit, `ok` is false and stays so.
class Reader {
 public:
  Reader(std::string_view text, std::vector<std::string> literals, std::size_t nesting)
      : rest_(text), literals_(std::move(literals)), nesting_(nesting) {}

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  void fail() { ok_ = false; }

  bool accept(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail();
  }
  void spaces() {
    while (accept(' ')) {
    }
  }

  /// Up to a space, parenthesis, bracket, quote or the end.
  std::string_view atom() { return until(" ()[]\"{"); }
  std::string_view until(std::string_view stops) {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(stops));
    rest_.remove_prefix(word.size());
    return word;
  }

  template <class Number>
  Number number() {
    const auto value = to_number<Number>(until(" ()[]"));
    if (!value) fail();
    return value.value_or(0);
  }

  /// nstring = quoted / literal / NIL.
  std::optional<std::string> nstring() {
    if (rest_.starts_with('"')) return quoted();
    if (rest_.starts_with('{') || rest_.starts_with("~{")) return literal();
    if (upper(atom()) != "NIL") fail();
    return std::nullopt;
  }

  std::vector<std::string> flag_list() {
    std::vector<std::string> flags;
    expect('(');
    for (spaces(); ok_ && !accept(')'); spaces()) {
      const std::string_view flag = until(" ()");  // some servers allow brackets in keywords
      if (flag.empty()) fail();
      flags.emplace_back(flag);
    }
    return flags;
  }

  /// Any value at all, unread.
  void skip(std::size_t depth = 0) {
    if (depth > nesting_) return fail();
    if (accept('(')) {
      for (spaces(); ok_ && !accept(')'); spaces()) skip(depth + 1);
    } else if (rest_.starts_with('"')) {
      quoted();
    } else if (rest_.starts_with('{') || rest_.starts_with("~{")) {
      literal();
    } else if (const auto word = until(" ()\""); word.empty()) {
      fail();
    }
  }

 private:
  std::string quoted() {
    std::string value;
    expect('"');
    while (ok_ && !rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\') rest_.remove_prefix(1);
      if (rest_.empty()) break;
      value.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    expect('"');
    return value;
  }

  std::string literal() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos || next_literal_ >= literals_.size()) {
      fail();
      return {};
    }
    rest_.remove_prefix(end + 1);
    return std::move(literals_[next_literal_++]);
  }

  std::string_view rest_;
  std::vector<std::string> literals_;
  std::size_t next_literal_ = 0;
  std::size_t nesting_;
  bool ok_ = true;
};

std::optional<Status::Condition> condition_of(std::string_view word) {
  if (word == "OK") return Status::Condition::ok;
  if (word == "NO") return Status::Condition::no;
  if (word == "BAD") return Status::Condition::bad;
  if (word == "BYE") return Status::Condition::bye;
  if (word == "PREAUTH") return Status::Condition::preauth;
  return std::nullopt;
}

/// resp-text = ["[" code [SP argument] "]" SP] text, after the condition.
Status status_from(Status::Condition condition, std::string_view line) {
  Status status{condition, {}, {}, {}, std::string(line)};
  std::string_view text = line.substr(std::min(line.find(' '), line.size()));
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with('[')) {
    // PERMANENTFLAGS may hold flags with brackets, and then its list's end is what counts.
    const auto list_end = text.find(')');
    const auto open = text.find('(');
    auto close = text.find(']');
    if (open != std::string_view::npos && open < close && list_end != std::string_view::npos)
      close = text.find(']', list_end);
    if (close != std::string_view::npos) {
      const std::string_view inside = text.substr(1, close - 1);
      const auto space = std::min(inside.find(' '), inside.size());
      status.code = upper(inside.substr(0, space));
      if (space < inside.size()) status.code_argument = inside.substr(space + 1);
      text.remove_prefix(close + 1);
      while (text.starts_with(' ')) text.remove_prefix(1);
    }
  }
  status.text = text;
  return status;
}

void read_fetch_item(Reader& in, Fetch& fetch) {
  const std::string name = upper(in.atom());
  const bool body = name == "BODY" || name == "BINARY";
  if (body && in.accept('[')) {
    // A section may list header fields: BODY[HEADER.FIELDS (DATE)]; "]" cannot occur in an atom there.
    fetch.section = upper(in.until("]"));
    in.expect(']');
    if (in.accept('<')) {
      in.until(">");
      in.expect('>');
    }
    in.expect(' ');
    fetch.has_body = true;
    fetch.body = in.nstring();
    return;
  }
  in.expect(' ');
  if (name == "UID") {
    fetch.uid = in.number<std::uint32_t>();
  } else if (name == "FLAGS") {
    fetch.flags = in.flag_list();
  } else if (name == "INTERNALDATE") {
    fetch.internal_date = parse_internal_date(in.nstring().value_or(""));
  } else if (name == "RFC822.SIZE") {
    fetch.size = in.number<std::uint64_t>();
  } else if (name.empty()) {
    in.fail();
  } else {
    in.skip();
  }
}

Fetch read_fetch(Reader& in, std::uint32_t sequence_number) {
  Fetch fetch;
  fetch.sequence_number = sequence_number;
  in.spaces();
  in.expect('(');
  for (in.spaces(); in.ok() && !in.accept(')'); in.spaces()) read_fetch_item(in, fetch);
  in.spaces();
  if (!in.at_end()) in.fail();
  return fetch;
}

Response read_numbered(Reader& in, std::uint32_t number, std::string_view text) {
  in.spaces();
  const std::string what = upper(in.atom());
  if (what == "EXISTS") return Exists{number};
  if (what == "EXPUNGE") return Expunge{number};
  if (what == "FETCH") return read_fetch(in, number);
  return Other{std::string(text)};
}

Response read_words(Reader& in, const std::string& what, std::string_view text) {
  in.spaces();
  if (what == "CAPABILITY") {
    Capability capability;
    for (; !in.at_end(); in.spaces()) capability.names.push_back(upper(in.until(" ")));
    return capability;
  }
  if (what == "FLAGS") return Flags{in.flag_list()};
  if (what == "SEARCH") {
    Search search;
    // RFC 7162 appends "(MODSEQ n)".
    for (; in.ok() && !in.at_end() && !in.rest().starts_with('('); in.spaces())
      search.numbers.push_back(in.number<std::uint32_t>());
    return search;
  }
  if (what == "VANISHED") {
    Vanished vanished;
    vanished.earlier = in.rest().starts_with('(');
    if (vanished.earlier) {
      in.skip();
      in.spaces();
    }
    if (auto uids = parse_uid_set(in.until(" ")))
      vanished.uids = std::move(*uids);
    else
      in.fail();
    return vanished;
  }
  return Other{std::string(text)};
}

}  // namespace

Result<Response> parse_response(std::string_view text, std::vector<std::string> literals,
                                std::size_t nesting) {
  const auto unreadable = [&] {
    return transient(fmt::format("sent what is no response: \"{}\"", text.substr(0, 200)));
  };
  if (text == "+" || text.starts_with("+ "))
    return Continuation{std::string(text.substr(std::min<std::size_t>(2, text.size())))};
  const auto space = text.find(' ');
  if (space == 0 || space == std::string_view::npos) return unreadable();
  const std::string_view tag = text.substr(0, space);
  const std::string_view rest = text.substr(space + 1);

  const std::string first = upper(rest.substr(0, rest.find(' ')));
  if (const auto condition = condition_of(first)) {
    Status status = status_from(*condition, rest);
    if (tag == "*") return status;
    return Tagged{std::string(tag), std::move(status)};
  }
  if (tag != "*") return unreadable();

  Reader in(rest, std::move(literals), nesting);
  const std::string_view word = in.atom();
  const auto number = to_number<std::uint32_t>(word);
  Response response = number ? read_numbered(in, *number, rest) : read_words(in, upper(word), rest);
  if (!in.ok()) return unreadable();
  return response;
}

std::optional<std::vector<UidRange>> parse_uid_set(std::string_view text) {
  std::vector<UidRange> ranges;
  while (true) {
    const std::string_view part = text.substr(0, text.find(','));
    const auto colon = part.find(':');
    const auto first = to_number<std::uint32_t>(part.substr(0, colon));
    const auto last =
        colon == std::string_view::npos ? first : to_number<std::uint32_t>(part.substr(colon + 1));
    if (!first || !last || *first == 0 || *last == 0) return std::nullopt;
    ranges.push_back({std::min(*first, *last), std::max(*first, *last)});
    if (part.size() == text.size()) return ranges;
    text.remove_prefix(part.size() + 1);
  }
}

std::optional<Instant> parse_internal_date(std::string_view text) {
  // date-day-fixed may be padded with a space: " 1-Nov-2026 10:00:00 +0100"
  if (text.size() != 26 || text[2] != '-' || text[6] != '-' || text[11] != ' ' || text[14] != ':' ||
      text[17] != ':' || text[20] != ' ')
    return std::nullopt;
  static constexpr std::string_view months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  const auto month = months.find(upper(text.substr(3, 3)));
  const std::string_view day_digits = text.front() == ' ' ? text.substr(1, 1) : text.substr(0, 2);
  const auto day = to_number<unsigned>(day_digits);
  const auto year = to_number<unsigned>(text.substr(7, 4));
  const auto hour = to_number<unsigned>(text.substr(12, 2));
  const auto minute = to_number<unsigned>(text.substr(15, 2));
  const auto second = to_number<unsigned>(text.substr(18, 2));
  const auto zone = to_number<unsigned>(text.substr(22, 4));
  const char sign = text[21];
  if (month == std::string_view::npos || month % 3 != 0 || !day || !year || !hour || !minute || !second ||
      !zone || (sign != '+' && sign != '-') || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  const auto offset = std::chrono::hours(*zone / 100) + std::chrono::minutes(*zone % 100);
  const Instant local = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                        std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  return sign == '+' ? local - offset : local + offset;
}

}  // namespace oin::imap
