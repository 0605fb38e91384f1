#include "daemon/workflow/letter_locale.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_list = 20;  ///< languages of a field; nobody prefers more

bool is_tag(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

/// ";q=0.5" → 0.5; 1 where there is none.
double weight_of(std::string_view parameters) {
  const std::size_t at = lower(parameters).find("q=");
  double weight = 1;
  if (at != std::string_view::npos)
    std::from_chars(parameters.data() + at + 2, parameters.data() + parameters.size(), weight);
  return weight;
}

/// The desk's locale for a language: itself, else that of its first subtag ("de" for "de-AT").
const std::string* locale_for(const Desk& desk, const std::string& language) {
  const std::string wanted = lower(language);
  for (const std::string& tag : {wanted, wanted.substr(0, wanted.find('-'))})
    for (const std::string& locale : desk.locales)
      if (lower(locale) == tag) return &locale;
  return nullptr;
}

}  // namespace

std::vector<std::string> languages_of(std::string_view field_body) {
  std::vector<std::pair<double, std::string>> weighted;
  while (!field_body.empty() && weighted.size() < longest_list) {
    const std::size_t comma = field_body.find(',');
    const std::string_view item = field_body.substr(0, comma);
    field_body.remove_prefix(comma == std::string_view::npos ? field_body.size() : comma + 1);
    const std::size_t semicolon = item.find(';');
    const std::string_view tag = stripped(item.substr(0, semicolon));
    const double weight = semicolon == std::string_view::npos ? 1 : weight_of(item.substr(semicolon));
    if (is_tag(tag) && weight > 0) weighted.emplace_back(weight, tag);
  }
  std::ranges::stable_sort(weighted, std::ranges::greater{}, &std::pair<double, std::string>::first);
  std::vector<std::string> out;
  for (auto& [weight, tag] : weighted) out.push_back(std::move(tag));
  return out;
}

std::string letter_locale(const Desk& desk, const Mail& mail) {
  if (desk.workflow.letters_locale != "auto") return desk.workflow.letters_locale;
  for (const std::string_view name : {"Content-Language", "Accept-Language"})
    if (const auto body = mail.field(name))
      for (const std::string& language : languages_of(*body))
        if (const std::string* locale = locale_for(desk, language)) return *locale;
  return "en";
}

}  // namespace oin
