#include "daemon/erased_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/domain_name.hpp"

namespace oin {
namespace {

bool is_alphanumeric(char c) { return is_digit(c) || is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }
bool is_of_local_part(char c) {
  return is_alphanumeric(c) || std::string_view("._+-'~").find(c) != std::string_view::npos;
}
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); }

/// Does a domain end here, and not go on as "vendor.example.com" or "vendor.example-2"?
bool domain_ends(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest.front() == '.') return rest.size() < 2 || !is_alphanumeric(rest[1]);
  return !is_alphanumeric(rest.front()) && rest.front() != '-' && rest.front() != '_';
}

/// Where the local part that ends at `at` begins; `at` where there is none of theirs.  `lowered` is the text.
std::size_t begin_of_local(std::string_view lowered, std::string_view text, std::size_t at,
                           std::string_view wanted) {
  // In quoted-printable a "=" is written "=3D", and what stands behind it is no part of it (RFC 2045 6.7).
  const auto escaped = [&](std::size_t begin) {
    return begin >= 3 && text[begin - 3] == '=' && is_hexadecimal(text[begin - 2]) &&
           is_hexadecimal(text[begin - 1]);
  };
  if (!wanted.empty()) {
    if (at < wanted.size() || lowered.substr(at - wanted.size(), wanted.size()) != wanted) return at;
    const std::size_t begin = at - wanted.size();
    return begin == 0 || !is_of_local_part(lowered[begin - 1]) || escaped(begin) ? begin : at;
  }
  std::size_t begin = at;
  while (begin > 0 && is_of_local_part(lowered[begin - 1]) && !(begin < at && escaped(begin))) --begin;
  return begin;
}

}  // namespace

ErasedWords::ErasedWords(std::string key, int first_mark) : first_mark_(first_mark), next_mark_(first_mark) {
  const auto at = key.rfind('@');
  local_ = lower(std::string_view(key).substr(0, at));
  const std::string domain = lower(std::string_view(key).substr(at + 1));
  for (const std::string& form : {domain, a_labels(domain), lower(u_labels(domain))})
    if (!form.empty() && std::ranges::find(domains_, form) == domains_.end()) domains_.push_back(form);
}

bool ErasedWords::is_theirs(std::string_view addr_spec) const {
  const std::string key = lower(comparable(addr_spec));
  const auto at = key.rfind('@');
  if (at == std::string::npos || at == 0) return false;
  return (local_.empty() || key.substr(0, at) == local_) &&
         std::ranges::find(domains_, key.substr(at + 1)) != domains_.end();
}

int ErasedWords::mark_of(std::string_view addr_spec) {
  const auto [it, added] = marks_.try_emplace(lower(comparable(addr_spec)), next_mark_);
  if (added) ++next_mark_;
  return it->second;
}

std::string ErasedWords::first_mark() const { return fmt::format("erased-{}", first_mark_); }

void ErasedWords::name(std::string_view addr_spec, std::string_view display_name) {
  const auto blank = display_name.find(' ');
  if (blank == std::string_view::npos || blank + 1 == display_name.size() ||
      display_name.find('@') != std::string_view::npos)
    return;
  names_.try_emplace(lower(display_name), mark_of(addr_spec));
}

std::string ErasedWords::without_addresses(std::string_view text) {
  const std::string lowered = lower(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t sign = text[at] == '@' ? 1 : lowered.compare(at, 3, "%40") == 0 ? 3 : 0;
    if (sign == 0) continue;
    const std::string_view behind = std::string_view(lowered).substr(at + sign);
    for (const std::string& domain : domains_) {
      if (!behind.starts_with(domain) || !domain_ends(behind.substr(domain.size()))) continue;
      const std::size_t begin = std::max(copied, begin_of_local(lowered, text, at, local_));
      if (begin == at) break;
      const int mark = mark_of(fmt::format("{}@{}", lowered.substr(begin, at - begin), domain));
      out.append(text.substr(copied, begin - copied));
      out.append(fmt::format("erased-{}{}{}", mark, text.substr(at, sign), erased_domain.substr(1)));
      copied = at + sign + domain.size();
      at = copied - 1;
      break;
    }
  }
  return out.append(text.substr(copied));
}

std::string ErasedWords::without(std::string_view text, bool names) {
  std::string out = without_addresses(text);
  if (!names) return out;
  for (const auto& [name, mark] : names_) {
    const std::string lowered = lower(out);
    std::string fresh;
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = lowered.find(name, at)) != std::string::npos;) {
      const std::size_t end = at + name.size();
      const bool within_a_word = (at > 0 && is_alphanumeric(lowered[at - 1])) ||
                                 (end < lowered.size() && is_alphanumeric(lowered[end]));
      if (!within_a_word) {
        fresh.append(out, copied, at - copied).append(fmt::format("erased-{}", mark));
        copied = end;
      }
      at = end;
    }
    if (copied > 0) out = fresh.append(out, copied);
  }
  return out;
}

}  // namespace oin
