/// template_check.hpp: a Mustache template held against sample variables before it is ever rendered.
///
/// Both branches of every section are looked at, so what is found does not depend on a letter's values.  Of
/// mustache(5) the letters use variables, sections, inverted sections, comments and partials; the rest is
/// refused. A problem names file, line and column: `status/text:7:12: variable "due" is not in sample.json`.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

/// Every template by its name: "status/text", "_footer/html", and in another locale "status/de/text".
using TemplateFiles = std::map<std::string, std::string, std::less<>>;

/// What stands for "status/text" in a locale: "status/de/text" where there is one, else the file itself.
/// `locale` may be empty; files.end() when there is neither.
TemplateFiles::const_iterator localized(const TemplateFiles& files, std::string_view name,
                                        std::string_view locale);

/// The problems of one template and of the partials that it uses; none: it can be parsed and rendered.
std::vector<std::string> template_problems(const TemplateFiles& files, const std::string& name,
                                           const nlohmann::json& sample, std::string_view locale = {});

/// The template as it is given to the Mustache library: with its partials put in, without the lines on which
/// a section's tag, a partial or a comment stands alone (mustache(5) wants that; the library does it for
/// sections that are rendered only), and with marks for its line ends and blanks.  The library would look for
/// blank lines, and make a piece of each word and each blank, at thirty times the cost of the letter. Whoever
/// renders it puts both back: neither is in a value.  Only for templates without problems.
std::string prepared(const TemplateFiles& files, std::string_view name, std::string_view locale = {});
inline constexpr char line_mark = '\x01', blank_mark = '\x02';

/// The first way in which `variables` lacks what `sample` has, with its place ("tickets[0].due"); empty:
/// none.
std::string missing_from(const nlohmann::json& variables, const nlohmann::json& sample,
                         const std::string& place = {});

}  // namespace oin
