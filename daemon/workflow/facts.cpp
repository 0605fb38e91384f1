#include "daemon/workflow/facts.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/text_lines.hpp"
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

// ---- contacts ----

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != text.npos && at > 0 && text.find('.', at) != text.npos &&
         text.find('@', at + 1) == text.npos && text.find("://") == text.npos && text.find(' ') == text.npos;
}

/// Calls `see` with each word of a text, without the punctuation around it, until it says yes.
template <class See>
bool any_word(std::string_view text, See see) {
  constexpr std::string_view around = " \t\r\n,;<>()[]\"'";
  while (true) {
    const auto begin = text.find_first_not_of(around);
    if (begin == text.npos) return false;
    text.remove_prefix(begin);
    std::string_view word = text.substr(0, text.find_first_of(around));
    text.remove_prefix(word.size());
    while (word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
    if (see(word)) return true;
  }
}

/// The address in "Acme support <support@acme.example>", "mailto:support@acme.example"; empty for none.
std::string address_in(std::string_view text) {
  std::string found;
  any_word(text, [&](std::string_view word) {
    if (starts_with_words(word, "mailto:")) word.remove_prefix(7);
    if (!is_address(word)) return false;
    found = word;
    return true;
  });
  return found;
}

/// "help.acme.example/contact": a host without a scheme.
bool is_bare_host(std::string_view word) {
  const std::string_view host = word.substr(0, word.find('/'));
  const auto dot = host.rfind('.');
  return dot != host.npos && dot > 0 && host.size() - dot > 2 && host.find('@') == host.npos &&
         std::ranges::all_of(host.substr(dot + 1), [](char c) { return is_alpha(c); });
}

bool holds_url(std::string_view text) {
  return any_word(text, [](std::string_view word) { return !url(word).host.empty() || is_bare_host(word); });
}

bool holds_telephone(std::string_view text) {
  constexpr std::size_t fewest = 6, most = 20;
  std::size_t digits = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      ++digits;
    } else if (std::string_view("+-./() \t").find(c) == std::string_view::npos) {
      if (digits >= fewest) break;
      digits = 0;
    }
  }
  return digits >= fewest && digits <= most;
}

/// What kind of contact a text is.
std::string kind(std::string_view text) {
  if (!address_in(text).empty()) return "email";
  if (holds_url(text)) return "url";
  return holds_telephone(text) ? "phone" : "other";
}

std::string address_part(std::string_view text, std::string_view (Address::*part)() const) {
  const std::string found = address_in(text);
  if (found.empty()) return {};
  const Address address{"", comparable(found)};
  return std::string((address.*part)());
}

// ---- answers that are none ----

bool begins_with_word(std::string_view key, std::string_view word) {
  return key == word || (key.starts_with(word) && key.substr(word.size()).starts_with(' '));
}

bool has_phrase(std::string_view key, std::string_view phrase) {
  return (" " + std::string(key) + " ").find(" " + std::string(phrase) + " ") != std::string::npos;
}

/// "<your app name>", "[insert URL]": what a form's author left for its reader.
bool is_blank_to_fill(std::string_view text, std::string_view key) {
  return text.size() > 3 &&
         ((text.front() == '<' && text.back() == '>') || (text.front() == '[' && text.back() == ']')) &&
         key.find(' ') != key.npos && text.find_first_of("@/") == text.npos;
}

/// Is a text an answer, or what people write where they have none?  Only short ones are looked at: in prose,
/// "attached" is a word like others.
std::string answer(std::string_view text) {
  constexpr std::size_t longest = 80, most_words = 8;
  static constexpr std::array nothing{"n a",           "na",
                                      "none",          "no",
                                      "nil",           "null",
                                      "nothing",       "not applicable",
                                      "not available", "does not apply",
                                      "not supported", "not used",
                                      "not provided",  "not offered",
                                      "not needed",    "not required",
                                      "unsupported"};
  static constexpr std::array not_yet{"tbd",
                                      "tba",
                                      "tbc",
                                      "todo",
                                      "to be defined",
                                      "to be determined",
                                      "to be confirmed",
                                      "to be announced",
                                      "to be decided",
                                      "to be provided",
                                      "to be done",
                                      "to follow",
                                      "will follow",
                                      "coming soon",
                                      "will send",
                                      "will be sent",
                                      "will provide",
                                      "will be provided"};
  static constexpr std::array elsewhere{"attached",      "attachment",     "enclosed",     "separately",
                                        "separate mail", "separate email", "upon request", "on request"};
  static constexpr std::array pointing{"see", "same", "as above", "as in", "ditto", "refer to", "cf"};
  text = stripped(text);
  const std::string start = lower(text.substr(0, 400));
  if (start.find("lorem ipsum") != std::string::npos) return "placeholder";
  if (text.size() > longest || text.find("://") != text.npos) return "given";
  const std::string key = folded(text);
  if (key.empty() || key.find_first_not_of('x') == key.npos || is_blank_to_fill(text, key))
    return "placeholder";
  if (static_cast<std::size_t>(std::ranges::count(key, ' ')) >= most_words) return "given";
  const auto any = [&](const auto& phrases, auto holds) {
    return std::ranges::any_of(phrases, [&](const char* each) { return holds(key, each); });
  };
  if (any(nothing, [](std::string_view k, std::string_view each) { return k == each; }) ||
      begins_with_word(key, "n a") || begins_with_word(key, "not applicable"))
    return "none";
  if (any(elsewhere, has_phrase)) return "promised";
  if (any(not_yet, has_phrase)) return "placeholder";
  return any(pointing, begins_with_word) ? "reference" : "given";
}

// ---- URLs ----

/// The orgs that a text names, with or without a scheme: "Acme (acme.okta.com)".
Values orgs(std::string_view text) {
  Values out;
  any_word(text, [&](std::string_view word) {
    const std::string host = url(word).host;
    std::string org = okta_org(host.empty() ? lower(word.substr(0, word.find('/'))) : host);
    if (!org.empty()) out.push_back(std::move(org));
    return false;
  });
  return out;
}

/// The number beside a URL: "https://acme.example/acs2, 2" → "2".
std::string index_beside(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == text.npos) return "none";
  const auto begin = text.find_last_of(" \t,:=", scheme == 0 ? 0 : scheme - 1);
  const auto end = text.find_first_of(" \t,;", scheme);
  const std::string_view before = text.substr(0, begin == text.npos ? 0 : begin);
  for (const std::string_view beside : {end == text.npos ? std::string_view() : text.substr(end), before}) {
    auto digit = beside.find_first_of("0123456789");
    if (digit == beside.npos) continue;
    const auto last = std::min(beside.find_first_not_of("0123456789", digit), beside.size());
    if (digit > 0 && beside[digit - 1] == '-') --digit;
    return std::string(beside.substr(digit, last - digit));
  }
  return "none";
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
           const std::string domain = address_part(v, &Address::domain), host = url(v).host;
           if (domain.empty() && host.empty() && is_bare_host(v))
             return some(owner(lower(v.substr(0, v.find('/')))));
           return some(owner(domain.empty() ? host : domain));
         }},
    View{"org", orgs},
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
    View{"address", [](std::string_view v) { return some(lower(address_in(v))); }},
    View{"local", [](std::string_view v) { return some(address_part(v, &Address::local_part)); }},
    View{"domain", [](std::string_view v) { return some(address_part(v, &Address::domain)); }},
    View{"index", [](std::string_view v) { return Values{index_beside(v)}; }},
    View{"answer", [](std::string_view v) { return Values{answer(v)}; }},
};

const View* view_named(std::string_view name) {
  const auto it = std::ranges::find(views, name, &View::name);
  return it == views.end() ? nullptr : it;
}

}  // namespace

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
  const bool of_any = wanted == "answer" || wanted == "length";
  for (const std::string& value : fact->second) {
    if (!of_any && answer(value) != "given") continue;  // "attached", "TBD": there is nothing to read off yet
    std::ranges::move(view->read(value), std::back_inserter(out));
  }
  return out;
}

}  // namespace oin
