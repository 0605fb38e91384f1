#include "templates/render.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>
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
    for (char& c : out) c = c == line_mark ? '\n' : c == blank_mark ? ' ' : c;
    return out;
  }
};

/// One event's letter; unusable while it has problems.
struct Letter {
  json sample;
  std::vector<std::string> problems;
  std::vector<Template> parts;  ///< subject, text, html
};

Letter parse_letter(const TemplateFiles& files, const std::string& event, std::string_view sample) {
  Letter letter;
  letter.sample = json::parse(sample, nullptr, false);
  if (!letter.sample.is_object()) {
    letter.problems.push_back(event + "/sample.json: not a JSON object");
    return letter;
  }
  for (const char* part : {"/subject", "/text", "/html"})
    for (std::string& problem : template_problems(files, event + part, letter.sample))
      letter.problems.push_back(std::move(problem));
  if (!letter.problems.empty()) return letter;
  for (const char* part : {"/subject", "/text", "/html"}) {
    Template parsed(prepared(files, event + part), std::string_view(part) == "/html");
    if (!parsed.parsed.is_valid())
      letter.problems.push_back(event + part + ": " + parsed.parsed.error_message());
    letter.parts.push_back(std::move(parsed));
  }
  return letter;
}

std::string event_of(std::string_view file) { return std::string(file.substr(0, file.find('/'))); }

bool is_sample(std::string_view file) { return file.ends_with("/sample.json"); }

/// Puts the operator's files in place of the shipped ones.
Result<void> take_overrides(const fs::path& folder, TemplateFiles& files,
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
    if (!files.contains(name)) {
      problems.push_back(fmt::format("{}: no letter has such a file", entries->path().string()));
      continue;
    }
    std::ifstream in(entries->path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in.good() && !in.eof())
      return permanent(fmt::format("templates: cannot read \"{}\"", entries->path().string()));
    std::erase(text, '\r');
    files[name] = std::move(text);
  }
  return success();
}

}  // namespace

struct Letters::Parsed {
  TemplateFiles files;
  std::map<std::string, Letter, std::less<>> letters;
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
    OIN_TRYV(take_overrides(overrides, files, parsed->problems));
  }
  for (const auto& [event, sample] : samples)
    parsed->letters.emplace(event, parse_letter(files, event, sample));
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

Result<Words> Letters::render(std::string_view event, const json& variables) const {
  const auto found = parsed_->letters.find(event);
  if (found == parsed_->letters.end()) return permanent(fmt::format("there is no letter \"{}\"", event));
  const Letter& letter = found->second;
  if (!letter.problems.empty()) return permanent(letter.problems.front());
  if (const std::string problem = missing_from(variables, letter.sample); !problem.empty())
    return permanent(fmt::format("{}: {}", event, problem));
  const mustache::data data = data_of(variables);
  return Words{one_line(letter.parts[0].render(data), longest_subject), letter.parts[1].render(data),
               letter.parts[2].render(data)};
}

Result<json> Letters::sample(std::string_view event) const {
  const auto found = parsed_->letters.find(event);
  if (found == parsed_->letters.end()) return permanent(fmt::format("there is no letter \"{}\"", event));
  return found->second.sample;
}

std::vector<std::string> Letters::check() const {
  std::vector<std::string> out = parsed_->problems;
  for (const auto& [event, letter] : parsed_->letters) {
    out.insert(out.end(), letter.problems.begin(), letter.problems.end());
    if (!letter.problems.empty()) continue;
    const auto words = render(event, letter.sample);
    if (words.has_error())
      out.push_back(words.error().what);
    else if (words.value().subject.empty() || words.value().text.empty() || words.value().html.empty())
      out.push_back(event + ": subject, text or html is empty with its sample");
  }
  return out;
}

}  // namespace oin
