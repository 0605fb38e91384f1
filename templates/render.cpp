#include "templates/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <sstream>
#include <templates_shipped.hpp>

#include "templates/plain_value.hpp"
#include "templates/template_check.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;
using nlohmann::json;

constexpr std::size_t longest_subject = 200;

/// The letter's variables as Mustache's own data.  An empty text becomes "false": it prints nothing either
/// way, and a section on it is left out, as mustache(5) has it and kainjow's has not.
mustache::data data_of(const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      mustache::data out;
      for (const auto& [key, inner] : value.items()) out[key] = data_of(inner);
      return out;
    }
    case json::value_t::array: {
      mustache::list out;
      out.reserve(value.size());
      for (const json& inner : value) out.push_back(data_of(inner));
      return mustache::data(out);
    }
    case json::value_t::string: {
      const std::string text = plain_value(value.get_ref<const std::string&>());
      return text.empty() ? mustache::data(false) : mustache::data(text);
    }
    case json::value_t::boolean:
      return mustache::data(value.get<bool>());
    case json::value_t::null:
      return mustache::data(false);
    default:
      return mustache::data(value.dump());  // numbers
  }
}

/// kainjow's render() is not const, but changes nothing of a template without lambdas and partials: these are
/// put in before it is parsed.
struct Template {
  mutable mustache::mustache parsed{""};

  explicit Template(const std::string& text, bool html) : parsed(text) {
    if (html)
      parsed.set_custom_escape([](const std::string& value) { return html_escaped(value); });
    else
      parsed.set_custom_escape([](const std::string& value) { return value; });
  }
  std::string render(const mustache::data& data) const {
    std::string out;
    out.reserve(4096);
    parsed.render(data, [&out](const std::string& piece) { out += piece; });
    // Of the template's own line ends no more than two meet; a value's are its own.
    std::size_t kept = 0;
    for (const char c : out) {
      const bool third = c == line_mark && kept >= 2 && out[kept - 1] == '\n' && out[kept - 2] == '\n';
      if (!third) out[kept++] = c == line_mark ? '\n' : c == blank_mark ? ' ' : c;
    }
    out.resize(kept);
    return out;
  }
};

constexpr std::string_view default_locale = "en";
constexpr const char* part_names[] = {"/subject", "/text", "/html"};

/// One event's letter in one locale; unusable while it has problems.
struct Translation {
  std::vector<std::string> problems;
  std::vector<Template> parts;  ///< subject, text, html
};

struct Letter {
  json sample;
  std::map<std::string, Translation, std::less<>> translations;  ///< by locale
};

Translation parse_translation(const TemplateFiles& files, const std::string& event, const json& sample,
                              std::string_view locale) {
  Translation out;
  if (!sample.is_object()) {
    out.problems.push_back(event + "/sample.json: not a JSON object");
    return out;
  }
  for (const char* part : part_names)
    for (std::string& problem : template_problems(files, event + part, sample, locale))
      out.problems.push_back(std::move(problem));
  if (!out.problems.empty()) return out;
  for (const char* part : part_names) {
    Template parsed(prepared(files, event + part, locale), std::string_view(part) == "/html");
    if (!parsed.parsed.is_valid())
      out.problems.push_back(event + part + ": " + parsed.parsed.error_message());
    out.parts.push_back(std::move(parsed));
  }
  return out;
}

/// Each text of the sample that `words` has in another language.
json translated(json sample, const json& words) {
  if (sample.is_string() && words.is_object())
    return words.value(sample.get_ref<const std::string&>(), sample.get_ref<const std::string&>());
  if (sample.is_structured())
    for (json& inner : sample) inner = translated(std::move(inner), words);
  return sample;
}

std::string event_of(std::string_view file) { return std::string(file.substr(0, file.find('/'))); }

bool is_sample(std::string_view file) { return file.ends_with("/sample.json"); }

/// "de" in "status/de/text"; empty in "status/text".
std::string_view locale_of(std::string_view file) {
  const std::size_t first = file.find('/'), last = file.rfind('/');
  return first == last ? std::string_view() : file.substr(first + 1, last - first - 1);
}

/// "de", "pt-BR", "zh-Hant": the first two subtags of RFC 5646 that a letter's language needs.
bool is_locale(std::string_view name) {
  const auto letters_only = [](std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return std::isalpha(c) != 0; });
  };
  const std::size_t hyphen = name.find('-');
  const std::string_view language = name.substr(0, hyphen);
  if (language.size() < 2 || language.size() > 3 || !letters_only(language)) return false;
  if (hyphen == std::string_view::npos) return true;
  const std::string_view more = name.substr(hyphen + 1);
  return (more.size() == 2 || more.size() == 4) && letters_only(more);
}

/// A file of this name, or in another language the file that it stands for, is shipped.
bool is_a_letters(const TemplateFiles& files, std::string_view name) {
  if (files.contains(name)) return true;
  const std::string_view locale = locale_of(name);
  if (!is_locale(locale)) return false;
  return files.contains(fmt::format("{}{}", event_of(name), name.substr(name.rfind('/'))));
}

/// "en", and those in which a letter has files of its own.
std::vector<std::string> locales_in(const TemplateFiles& files, std::string_view event) {
  std::vector<std::string> out{std::string(default_locale)};
  for (auto file = files.lower_bound(event); file != files.end() && file->first.starts_with(event); ++file)
    if (const std::string locale(locale_of(file->first));
        event_of(file->first) == event && !locale.empty() && std::ranges::find(out, locale) == out.end())
      out.push_back(locale);
  return out;
}

/// Puts the operator's files in place of the shipped ones.
Result<void> take_overrides(const fs::path& folder, TemplateFiles& files, std::vector<std::string>& taken,
                            std::vector<std::string>& problems) {
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  if (error)
    return permanent(fmt::format("templates: cannot read \"{}\": {}", folder.string(), error.message()));
  for (; entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    if (error)
      return permanent(fmt::format("templates: cannot read \"{}\": {}", folder.string(), error.message()));
    const std::string name = entries->path().lexically_relative(folder).generic_string();
    const std::string leaf = entries->path().filename().string();
    // An editor's copies and hidden files are not meant to be letters.
    if (!entries->is_regular_file(error) || leaf.starts_with('.') || leaf.ends_with('~')) continue;
    if (!is_a_letters(files, name)) {
      problems.push_back(fmt::format("{}: no letter has such a file", entries->path().string()));
      continue;
    }
    std::ifstream in(entries->path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in.good() && !in.eof())
      return permanent(fmt::format("templates: cannot read \"{}\"", entries->path().string()));
    std::erase(text, '\r');
    files[name] = std::move(text);
    taken.push_back(name);
  }
  std::ranges::sort(taken);
  return success();
}

}  // namespace

bool is_to_team(std::string_view event) {
  return event.starts_with("staff-") || event.starts_with("command-");
}

struct Letters::Parsed {
  TemplateFiles files;
  std::vector<std::string> locales{std::string(default_locale)};
  std::map<std::string, Letter, std::less<>> letters;
  std::vector<std::string> overridden;
  std::vector<std::string> problems;  ///< of the overrides as a whole
};

Letters::Letters(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}

Result<Letters> Letters::open(const fs::path& overrides) {
  auto parsed = std::make_shared<Parsed>();
  TemplateFiles& files = parsed->files;
  std::map<std::string, std::string_view> samples;
  for (const auto& [file, text] : shipped::templates_shipped()) {
    if (is_sample(file))
      samples[event_of(file)] = text;
    else
      files.emplace(file, text);
  }
  if (!overrides.empty()) {
    OIN_TRYV(take_overrides(overrides, files, parsed->overridden, parsed->problems));
  }
  for (const auto& [file, text] : files)
    if (const std::string_view locale = locale_of(file); !locale.empty())
      if (std::ranges::find(parsed->locales, locale) == parsed->locales.end())
        parsed->locales.emplace_back(locale);
  std::ranges::sort(parsed->locales);
  for (const auto& [event, sample] : samples) {
    Letter& letter = parsed->letters[event];
    letter.sample = json::parse(sample, nullptr, false);
    // A letter with no word of a language is not given that language's greeting and footer either.
    for (const std::string& locale : locales_in(files, event))
      letter.translations.emplace(locale, parse_translation(files, event, letter.sample, locale));
  }
  return Letters(std::move(parsed));
}

bool operator==(const Letters& one, const Letters& other) {
  return one.parsed_->files == other.parsed_->files;
}

std::vector<std::string> Letters::events() const {
  std::vector<std::string> out;
  for (const auto& [event, letter] : parsed_->letters) out.push_back(event);
  return out;
}

const std::vector<std::string>& Letters::locales() const { return parsed_->locales; }

std::vector<std::string> Letters::locales_of(std::string_view event) const {
  return locales_in(parsed_->files, event);
}

Result<Words> Letters::render(std::string_view event, const json& variables, std::string_view locale) const {
  const auto found = parsed_->letters.find(event);
  if (found == parsed_->letters.end()) return permanent(fmt::format("there is no letter \"{}\"", event));
  const Letter& letter = found->second;
  auto translation = letter.translations.find(locale);
  if (translation == letter.translations.end()) translation = letter.translations.find(default_locale);
  const auto& [problems, parts] = translation->second;
  if (!problems.empty()) return permanent(problems.front());
  if (const std::string problem = missing_from(variables, letter.sample); !problem.empty())
    return permanent(fmt::format("{}: {}", event, problem));
  const mustache::data data = data_of(variables);
  return Words{one_line(parts[0].render(data), longest_subject), parts[1].render(data),
               parts[2].render(data)};
}

Result<json> Letters::sample(std::string_view event, std::string_view locale) const {
  const auto found = parsed_->letters.find(event);
  if (found == parsed_->letters.end()) return permanent(fmt::format("there is no letter \"{}\"", event));
  const auto words = parsed_->files.find(fmt::format("_sample/{}/words.json", locale));
  if (locale.empty() || words == parsed_->files.end() || !found->second.translations.contains(locale))
    return found->second.sample;
  return translated(found->second.sample, json::parse(words->second, nullptr, false));
}

Letters::About Letters::about(std::string_view event) const {
  About out;
  const auto found = parsed_->files.find(fmt::format("{}/about", event));
  if (found == parsed_->files.end()) return out;
  std::istringstream lines(found->second);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("To: ")) out.to = line.substr(4);
    if (line.starts_with("When: ")) out.when = line.substr(6);
  }
  return out;
}

const std::vector<std::string>& Letters::overridden() const { return parsed_->overridden; }

std::vector<std::string> Letters::check() const {
  std::vector<std::string> out = parsed_->problems;
  // A file that two locales share has its problems once.
  const auto add = [&](const std::string& problem) {
    if (std::ranges::find(out, problem) == out.end()) out.push_back(problem);
  };
  for (const auto& [event, letter] : parsed_->letters) {
    for (const auto& [locale, translation] : letter.translations) {
      for (const std::string& problem : translation.problems) add(problem);
      if (!translation.problems.empty()) continue;
      const auto words = render(event, sample(event, locale).value(), locale);
      if (words.has_error())
        add(words.error().what);
      else if (words.value().subject.empty() || words.value().text.empty() || words.value().html.empty())
        add(fmt::format("{} ({}): subject, text or html is empty with its sample", event, locale));
    }
  }
  return out;
}

}  // namespace oin
