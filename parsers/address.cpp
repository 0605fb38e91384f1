#include "parsers/address.hpp"

#include <unicode/unistr.h>

#include <optional>
#include <utility>

#include "parsers/address_tokens.hpp"
#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/domain_name.hpp"
#include "parsers/encoded_word.hpp"

namespace oin {
namespace {

using Kind = AddressToken::Kind;

bool is_special(const AddressToken& token, char c) {
  return token.kind == Kind::special && token.text.front() == c;
}

/// A quoted local part keeps its quotes only where it needs them (RFC 5321 4.1.2).
std::string as_local_part(const AddressToken& token) {
  if (token.kind != Kind::quoted) return token.text;
  const bool plain = !token.text.empty() &&
                     token.text.find_first_of(" \t\"\\(),:;<>@[]") == std::string::npos &&
                     token.text.front() != '.' && token.text.back() != '.';
  if (plain) return token.text;
  std::string out = "\"";
  for (const char c : token.text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out += '"';
}

/// What stood between two separators.
struct Entry {
  std::vector<AddressToken> words;  // without comments
  std::string comment;              // the last one
  std::optional<std::string> angle;
};

/// Words as white space parts them, but for the white space around "@" and "." (RFC 5322 4.4).
class Words {
 public:
  void add(const AddressToken& token) {
    const bool joins = is_special(token, '@') || is_special(token, '.');
    if (all_.empty() || !(glue_ || joins || !token.spaced)) all_.emplace_back();
    all_.back() += as_local_part(token);
    glue_ = joins;
    if (is_special(token, '@')) {
      with_at_ = all_.size() - 1;
      has_at_ = true;
    }
  }
  void clear() { *this = {}; }

  bool empty() const { return all_.empty(); }
  bool has_at() const { return has_at_; }
  std::size_t size() const { return all_.size(); }
  /// The last word with an "@", or the first.
  const std::string& address() const { return all_[with_at_]; }
  std::string others() const {
    std::string out;
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (i != with_at_) out += (out.empty() ? "" : " ") + all_[i];
    return out;
  }

 private:
  std::vector<std::string> all_;
  std::size_t with_at_ = 0;
  bool glue_ = false, has_at_ = false;
};

/// Behind "<": the addr-spec without white space, comments, route and stray words; `cut` when a separator
/// ended it.
std::string angle_address(AddressTokens& tokens, bool& cut) {
  const bool closed = tokens.closing_bracket_ahead();
  Words words;
  for (AddressToken token = tokens.next(); token.kind != Kind::end; token = tokens.next()) {
    if (is_special(token, '>')) break;
    if (is_special(token, '<')) {
      words.clear();  // "<<a@x>>": the inner one
      continue;
    }
    if (token.kind == Kind::comment) continue;
    const bool separator = is_special(token, ',') || is_special(token, ';');
    cut = !closed && separator;
    if (cut) break;
    // The route "@a,@b:" falls away, as do "mailto:" and the name of a group that a gateway put here.
    if (is_special(token, ':'))
      words.clear();
    else if (!separator)
      words.add(token);
  }
  if (words.empty() || words.address().starts_with('@')) return {};
  return words.address();
}

std::string phrase(const std::vector<AddressToken>& words) {
  std::string out;
  for (const AddressToken& word : words) {
    if (!out.empty() && word.spaced) out.push_back(' ');
    out += word.text;
  }
  return out;
}

std::string shown_name(std::string_view raw) { return std::string(stripped(header_text(raw).text)); }

/// "ada@vendor.example", "ada @ vendor . example" or "Ada ada@vendor.example", none of it in angle brackets.
Address bare_address(const Entry& entry) {
  Words words;
  for (const AddressToken& token : entry.words) words.add(token);
  if (words.empty() || (!words.has_at() && words.size() > 1)) return {};
  const std::string others = words.others();
  return {shown_name(others.empty() ? entry.comment : others), words.address()};
}

std::string lower_utf8(std::string_view text) {
  if (is_ascii(text)) return lower(text);
  std::string out;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())})
      .foldCase()
      .toUTF8String(out);
  return out;
}

/// Gathers the addresses; knows the last piece that was none, for a name cut in two by an unquoted comma.
class List {
 public:
  explicit List(std::size_t limit) : limit_(limit) {}

  bool full() const { return found_.size() >= limit_; }

  void finish(Entry& entry, bool at_comma) {
    if (entry.angle) {
      std::string name = phrase(entry.words);
      if (!waiting_.empty() && !name.empty()) {  // Doe, John <john@vendor.example>
        name = phrase(waiting_) + ", " + name;
        waiting_.clear();
      }
      settle();
      if (!entry.angle->empty())
        add({shown_name(name.empty() ? entry.comment : name), std::move(*entry.angle)});
    } else {
      settle();
      bool has_at = false;
      for (const AddressToken& word : entry.words) has_at |= is_special(word, '@');
      if (!has_at && at_comma && !entry.words.empty())
        waiting_ = std::move(entry.words);
      else
        add(bare_address(entry));
    }
    entry = {};
  }

  std::vector<Address> take() && {
    settle();
    return std::move(found_);
  }

 private:
  void settle() {
    if (waiting_.empty()) return;
    Entry entry;
    entry.words = std::move(waiting_);
    waiting_.clear();
    add(bare_address(entry));
  }
  void add(Address address) {
    // The root's dot behind a domain is DNS's; SMTP has none (RFC 5321 4.1.2).
    if (address.addr_spec.find('@') < address.addr_spec.find_last_not_of('.'))
      address.addr_spec.erase(address.addr_spec.find_last_not_of('.') + 1);
    if (!address.addr_spec.empty() && !full()) found_.push_back(std::move(address));
  }

  std::size_t limit_;
  std::vector<Address> found_;
  std::vector<AddressToken> waiting_;
};

}  // namespace

std::string_view Address::local_part() const {
  return std::string_view(addr_spec).substr(0, addr_spec.rfind('@'));
}

std::string_view Address::domain() const {
  const auto at = addr_spec.rfind('@');
  return at == std::string::npos ? std::string_view() : std::string_view(addr_spec).substr(at + 1);
}

std::vector<Address> address_list(std::string_view field_body, std::size_t limit) {
  AddressTokens tokens(field_body);
  List list(limit);
  Entry entry;
  while (!list.full()) {
    AddressToken token = tokens.next();
    if (token.kind == Kind::end) break;
    if (token.kind == Kind::comment) {
      entry.comment = std::move(token.text);
    } else if (is_special(token, ',') || is_special(token, ';')) {
      list.finish(entry, is_special(token, ','));
    } else if (is_special(token, ':')) {
      entry = {};  // the name of a group (RFC 5322 3.4); its members follow
    } else if (is_special(token, '<')) {
      bool cut = false;
      std::string address = angle_address(tokens, cut);
      if (!entry.angle) entry.angle = std::move(address);
      if (cut) list.finish(entry, true);
    } else if (is_special(token, '>')) {
      continue;
    } else if (!entry.angle) {
      entry.words.push_back(std::move(token));
    }
  }
  list.finish(entry, false);
  return std::move(list).take();
}

std::string comparable(std::string_view addr_spec) {
  const auto at = addr_spec.rfind('@');
  if (at == std::string_view::npos) return lower_utf8(addr_spec);
  const std::string_view domain = addr_spec.substr(at + 1);
  const std::string labels = a_labels(domain);
  return lower_utf8(addr_spec.substr(0, at)) + '@' + (labels.empty() ? lower_utf8(domain) : labels);
}

}  // namespace oin
