#include "parsers/address.hpp"

#include <unicode/uidna.h>
#include <unicode/unistr.h>

#include <array>
#include <optional>
#include <utility>

#include "parsers/address_tokens.hpp"
#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
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

/// Behind "<": the addr-spec without white space, comments and route; `cut` when a separator ended it.
std::string angle_address(AddressTokens& tokens, bool& cut) {
  const bool closed = tokens.closing_bracket_ahead();
  std::string out;
  for (AddressToken token = tokens.next(); token.kind != Kind::end; token = tokens.next()) {
    if (is_special(token, '>')) break;
    if (is_special(token, '<')) {
      out.clear();  // "<<a@x>>": the inner one
      continue;
    }
    if (token.kind == Kind::comment) continue;
    cut = !closed && (is_special(token, ',') || is_special(token, ';'));
    if (cut) break;
    if (is_special(token, ':') && out.starts_with('@'))
      out.clear();  // the route "@a,@b:"
    else
      out += as_local_part(token);
  }
  if (const std::string_view scheme = "mailto:";
      same_word(std::string_view(out).substr(0, scheme.size()), scheme))
    out.erase(0, scheme.size());
  return out;
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
  std::vector<std::string> words;
  std::size_t with_at = 0;
  bool glue = false, found = false;
  for (const AddressToken& token : entry.words) {
    const bool joins = is_special(token, '@') || is_special(token, '.');
    if (words.empty() || !(glue || joins || !token.spaced)) words.emplace_back();
    words.back() += as_local_part(token);
    glue = joins;
    if (is_special(token, '@')) {
      found = true;
      with_at = words.size() - 1;
    }
  }
  if (words.empty() || (!found && words.size() > 1)) return {};
  Address out;
  out.addr_spec = words[with_at];
  std::string others;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (i != with_at) others += (others.empty() ? "" : " ") + words[i];
  out.display_name = shown_name(others.empty() ? entry.comment : others);
  return out;
}

std::string lower_utf8(std::string_view text) {
  if (is_ascii(text)) return lower(text);
  std::string out;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())})
      .foldCase()
      .toUTF8String(out);
  return out;
}

std::string a_labels(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  if (is_ascii(domain)) return lower(domain);
  UErrorCode status = U_ZERO_ERROR;
  static UIDNA* const uts46 = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
  if (uts46 == nullptr) return lower_utf8(domain);
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::array<char, 512> out{};
  status = U_ZERO_ERROR;
  const std::int32_t length =
      uidna_nameToASCII_UTF8(uts46, domain.data(), static_cast<std::int32_t>(domain.size()), out.data(),
                             static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) || info.errors != 0 || length <= 0) return lower_utf8(domain);
  return lower(std::string_view(out.data(), static_cast<std::size_t>(length)));
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
  return lower_utf8(addr_spec.substr(0, at)) + '@' + a_labels(addr_spec.substr(at + 1));
}

}  // namespace oin
