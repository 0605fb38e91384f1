#include "templates/template_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace oin {
namespace {

using nlohmann::json;

struct Tag {
  char kind = 0;  ///< '#', '^', '/', '>', '!', '&', '=', or 'v' for a variable
  std::string name;
  std::size_t begin = 0, end = 0;  ///< with its braces
};

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The next tag at or behind `from`.  A tag without an end has `end` == npos.
std::optional<Tag> next_tag(std::string_view text, std::size_t from) {
  Tag tag;
  tag.begin = text.find("{{", from);
  if (tag.begin == std::string_view::npos) return std::nullopt;
  const bool triple = text.substr(tag.begin).starts_with("{{{");
  const std::size_t inside = tag.begin + (triple ? 3 : 2);
  const std::size_t close = text.find(triple ? "}}}" : "}}", inside);
  tag.end = close == std::string_view::npos ? close : close + (triple ? 3 : 2);
  std::string_view name =
      trimmed(text.substr(inside, close == std::string_view::npos ? close : close - inside));
  tag.kind = triple ? '&' : 'v';
  if (!triple && !name.empty() && std::string_view("#^/>!&=").find(name.front()) != std::string_view::npos) {
    tag.kind = name.front();
    name.remove_prefix(1);
  }
  tag.name = trimmed(name);
  return tag;
}

/// A tag with nothing but blanks beside it takes its whole line with it.
void widen_to_line(std::string_view text, std::size_t& begin, std::size_t& end) {
  const std::size_t before = text.find_last_not_of(" \t", begin - 1),
                    after = text.find_first_not_of(" \t", end);
  const bool first = begin == 0 || before == std::string_view::npos || text[before] == '\n';
  const bool last = after == std::string_view::npos || text[after] == '\n';
  if (!first || !last) return;
  begin = begin == 0 || before == std::string_view::npos ? 0 : before + 1;
  end = after == std::string_view::npos ? text.size() : after + 1;
}

/// What a name means in nested sections: the innermost that has it, as mustache(5) wants.
const json* look_up(const std::vector<const json*>& scopes, const std::string& name) {
  if (name == ".") return scopes.back();
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    const json* found = *scope;
    for (std::string_view rest = name; found != nullptr;) {
      const std::size_t dot = rest.find('.');
      const std::string key(rest.substr(0, dot));
      found = found->is_object() && found->contains(key) ? &found->at(key) : nullptr;
      if (dot == std::string_view::npos) break;
      rest.remove_prefix(dot + 1);
    }
    if (found != nullptr) return found;
  }
  return nullptr;
}

class Checker {
 public:
  Checker(const TemplateFiles& files, std::string_view locale, std::vector<std::string>& problems)
      : files_(files), locale_(locale), problems_(problems) {}

  void check(const std::string& name, std::vector<const json*> scopes, int depth) {
    const auto& [file, text_of_file] = *localized(files_, name, locale_);
    const std::string_view text = text_of_file;
    std::vector<Tag> open;
    std::size_t at = 0;
    while (const std::optional<Tag> next = next_tag(text, at)) {
      const Tag& tag = *next;
      const auto say = [&](std::string_view what) { problem(file, text, tag.begin, what); };
      if (tag.end == std::string_view::npos) return say("tag without an end");
      at = tag.end;
      switch (tag.kind) {
        case '!':
          break;
        case '=':
          say("other delimiters are not for letters");
          break;
        case '&':
          if (name.ends_with("html")) say(fmt::format("variable \"{}\" unescaped in html", tag.name));
          [[fallthrough]];
        case 'v':
          variable(say, tag, scopes);
          break;
        case '>':
          partial(say, tag, scopes, depth);
          break;
        case '/':
          if (open.empty() || open.back().name != tag.name)
            return say(fmt::format("nothing to close with \"{}\"", tag.name));
          open.pop_back();
          scopes.pop_back();
          break;
        default:
          open.push_back(tag);
          scopes.push_back(section(say, tag, scopes));
      }
    }
    if (!open.empty())
      problem(file, text, open.back().begin, fmt::format("section \"{}\" is never closed", open.back().name));
  }

 private:
  void problem(const std::string& file, std::string_view text, std::size_t at, std::string_view what) {
    const std::string_view before = text.substr(0, at);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t column = at - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0: the first line
    problems_.push_back(fmt::format("{}:{}:{}: {}", file, line, column, what));
  }

  template <class Say>
  void variable(Say say, const Tag& tag, const std::vector<const json*>& scopes) {
    const json* value = look_up(scopes, tag.name);
    if (value == nullptr) return say(fmt::format("variable \"{}\" is not in sample.json", tag.name));
    if (!value->is_string() && !value->is_number())
      say(fmt::format("variable \"{}\" is no text but {}", tag.name, value->type_name()));
  }

  /// The scope inside the section: an item of a list, an object, or (of a yes/no or a text) the same as
  /// outside.
  template <class Say>
  const json* section(Say say, const Tag& tag, const std::vector<const json*>& scopes) {
    const json* value = look_up(scopes, tag.name);
    if (value == nullptr) {
      say(fmt::format("variable \"{}\" is not in sample.json", tag.name));
      return scopes.back();
    }
    if (tag.kind == '^') return scopes.back();
    if (value->is_array()) {
      if (!value->empty()) return &value->front();
      say(fmt::format("list \"{}\" of sample.json is empty, so its items cannot be checked", tag.name));
    }
    return value->is_object() ? value : scopes.back();
  }

  template <class Say>
  void partial(Say say, const Tag& tag, const std::vector<const json*>& scopes, int depth) {
    if (localized(files_, tag.name, locale_) == files_.end())
      return say(fmt::format("there is no partial \"{}\"", tag.name));
    if (depth >= 8)
      return say(fmt::format("partial \"{}\" is nested too deep; does it use itself?", tag.name));
    check(tag.name, scopes, depth + 1);
  }

  const TemplateFiles& files_;
  std::string_view locale_;
  std::vector<std::string>& problems_;
};

}  // namespace

TemplateFiles::const_iterator localized(const TemplateFiles& files, std::string_view name,
                                        std::string_view locale) {
  const std::size_t slash = name.find('/');
  if (!locale.empty() && slash != std::string_view::npos) {
    const auto found = files.find(fmt::format("{}/{}{}", name.substr(0, slash), locale, name.substr(slash)));
    if (found != files.end()) return found;
  }
  return files.find(name);
}

std::vector<std::string> template_problems(const TemplateFiles& files, const std::string& name,
                                           const json& sample, std::string_view locale) {
  std::vector<std::string> problems;
  if (localized(files, name, locale) == files.end()) return {fmt::format("{}: missing", name)};
  Checker(files, locale, problems).check(name, {&sample}, 0);
  return problems;
}

std::string prepared(const TemplateFiles& files, std::string_view name, std::string_view locale) {
  const std::string_view text = localized(files, name, locale)->second;
  std::string out;
  const auto take = [&](std::string_view piece) {
    for (const char c : piece) out += c == '\n' ? line_mark : c == ' ' ? blank_mark : c;
  };
  std::size_t done = 0, at = 0;
  while (const std::optional<Tag> tag = next_tag(text, at)) {
    at = tag->end;
    std::size_t begin = tag->begin, end = tag->end;
    if (tag->kind != 'v' && tag->kind != '&') widen_to_line(text, begin, end);
    take(text.substr(done, begin - done));
    if (tag->kind == '>')
      out += prepared(files, tag->name, locale);
    else if (tag->kind != '!')
      out += text.substr(tag->begin, tag->end - tag->begin);
    done = end;
  }
  take(text.substr(done));
  return out;
}

std::string missing_from(const json& variables, const json& sample, const std::string& place) {
  const auto differs = [&](std::string_view wanted) {
    return fmt::format("variable \"{}\" is {}, not {}", place, variables.type_name(), wanted);
  };
  if (sample.is_object()) {
    if (!variables.is_object()) return differs("an object");
    for (const auto& [key, wanted] : sample.items()) {
      const auto found = variables.find(key);
      const std::string inner = place.empty() ? key : place + "." + key;
      if (found == variables.end()) return fmt::format("variable \"{}\" is missing", inner);
      if (std::string problem = missing_from(*found, wanted, inner); !problem.empty()) return problem;
    }
  } else if (sample.is_array()) {
    if (!variables.is_array()) return differs("a list");
    for (std::size_t i = 0; i < variables.size() && !sample.empty(); ++i) {
      std::string problem = missing_from(variables[i], sample.front(), fmt::format("{}[{}]", place, i));
      if (!problem.empty()) return problem;
    }
  } else if (sample.is_boolean()) {
    if (!variables.is_boolean()) return differs("true or false");
  } else if (!variables.is_string() && !variables.is_number()) {
    return differs("a text");
  }
  return {};
}

}  // namespace oin
