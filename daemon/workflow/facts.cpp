#include "daemon/workflow/facts.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/submission.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using Values = std::vector<std::string>;

Values some(std::string value) { return value.empty() ? Values() : Values{std::move(value)}; }

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t words(std::string_view utf8) {
  const std::string plain = folded(utf8);
  return plain.empty() ? 0 : static_cast<std::size_t>(1 + std::ranges::count(plain, ' '));
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != text.npos && at > 0 && text.find('.', at) != text.npos &&
         text.find('@', at + 1) == text.npos && text.find("://") == text.npos && text.find(' ') == text.npos;
}

bool is_telephone(std::string_view text) {
  const auto digits = std::ranges::count_if(text, is_digit);
  return digits >= 6 && digits <= 20 && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || std::string_view("+-./() extEXT#,").find(c) != std::string_view::npos;
         });
}

/// What kind of contact a text is.
std::string kind(std::string_view text) {
  if (is_address(text)) return "email";
  const Url read = url(text);
  if (!read.host.empty() || text.starts_with("www.")) return "url";
  return is_telephone(text) ? "phone" : "other";
}

std::string address_part(std::string_view text, std::string_view (Address::*part)() const) {
  if (!is_address(text)) return {};
  const Address address{"", comparable(text)};
  return std::string((address.*part)());
}

/// The last two labels of a host, three where the last but one is as short as those of public registries
/// ("co.uk"): who it belongs to, near enough to compare.
std::string owner(std::string_view host) {
  if (host.find_first_of("{:") != host.npos && host.rfind('}') != host.npos) {
    const auto behind = host.find('.', host.rfind('}'));
    if (behind == host.npos) return {};
    host.remove_prefix(behind + 1);
  }
  const auto last = host.rfind('.');
  if (last == host.npos || last == 0) return std::string(host);
  auto begin = host.rfind('.', last - 1);
  if (begin != host.npos && begin > 0 && last - begin <= 4 && host.size() - last <= 3)
    begin = host.rfind('.', begin - 1);
  return std::string(begin == host.npos ? host : host.substr(begin + 1));
}

struct View {
  std::string_view name;
  Values (*read)(std::string_view value);
};

constexpr std::array views{
    View{"scheme", [](std::string_view v) { return some(url(v).scheme); }},
    View{"host", [](std::string_view v) { return some(url(v).host); }},
    View{"path", [](std::string_view v) { return some(url(v).path); }},
    View{"query", [](std::string_view v) { return some(url(v).query); }},
    View{"fragment",
         [](std::string_view v) { return url(v).has_fragment ? Values{"#" + url(v).fragment} : Values(); }},
    View{"owner",
         [](std::string_view v) {
           const std::string domain = address_part(v, &Address::domain);
           return some(owner(domain.empty() ? url(v).host : domain));
         }},
    View{"org", [](std::string_view v) { return some(okta_org(url(v).host)); }},
    View{"reach",
         [](std::string_view v) {
           const std::string host = url(v).host;
           return host.empty() ? Values() : Values{private_host(host) ? "private" : "public"};
         }},
    View{"variables", [](std::string_view v) { return variables_in(v); }},
    View{"braces", [](std::string_view v) { return Values{balanced_braces(v) ? "balanced" : "unbalanced"}; }},
    View{"length", [](std::string_view v) { return Values{std::to_string(characters(v))}; }},
    View{"words", [](std::string_view v) { return Values{std::to_string(words(v))}; }},
    View{"folded", [](std::string_view v) { return some(folded(v)); }},
    View{"kind", [](std::string_view v) { return Values{kind(v)}; }},
    View{"local", [](std::string_view v) { return some(address_part(v, &Address::local_part)); }},
    View{"domain", [](std::string_view v) { return some(address_part(v, &Address::domain)); }},
};

const View* view_named(std::string_view name) {
  const auto it = std::ranges::find(views, name, &View::name);
  return it == views.end() ? nullptr : it;
}

}  // namespace

bool is_view(std::string_view name) { return name == "count" || view_named(name) != nullptr; }

Values Facts::of(std::string_view name) const {
  if (const auto it = values_.find(name); it != values_.end()) return it->second;
  const auto colon = name.rfind(':');
  if (colon == name.npos) return {};
  const auto fact = values_.find(name.substr(0, colon));
  if (fact == values_.end()) return {};
  const std::string_view wanted = name.substr(colon + 1);
  if (wanted == "count") return {std::to_string(fact->second.size())};
  const View* view = view_named(wanted);
  Values out;
  if (view == nullptr) return out;
  for (const std::string& value : fact->second) {
    if (promised(value)) continue;  // "attached", "TBD": there is nothing to read off yet
    std::ranges::move(view->read(value), std::back_inserter(out));
  }
  return out;
}

}  // namespace oin
