/// render.hpp: a letter's words, from the shipped templates or an operator's overrides.
///
/// One folder an event (`submission-received/subject`, `text`, `html`, `sample.json`, and `about`: to whom
/// and when), Mustache inside; folders whose names begin with "_" hold partials (`{{> _footer/text}}`).
/// Another language is a folder in each of these (`submission-received/de/text`, `_footer/de/text`); a file
/// that is not there is the one above it, in English, as is a letter that has no file in that language.
/// sample.json is the event's type, in every language: a template may name only what it has (all branches are
/// checked once, at open), and a letter must bring all that it has. So a missing variable is found before a
/// vendor sees a gap.  An empty text is false to a section. Values are HTML-escaped in html and go as they
/// are into text, without control and bidi-override characters; a subject is one line whatever a value holds.
/// Blank lines that meet where a section is left out count as one.  No lambdas, no unescaped tags in html, no
/// other delimiters.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/result.hpp"

namespace oin {

/// Letters to the team are called "staff-…", and those that answer its commands "command-…"; all others go to
/// vendors.
bool is_to_team(std::string_view event);

struct Words {
  std::string subject, text, html;
};

/// Cheap to copy: copies share the parsed templates, which never change, so render() may run on several
/// threads.
class Letters {
 public:
  /// The shipped letters, with the files of `overrides` (a folder of the same layout; may be empty) in place
  /// of theirs; a partial may be replaced alone too.  A file that does not parse is reported by check() and
  /// by render(); an unreadable folder is the only error here.
  static Result<Letters> open(const std::filesystem::path& overrides = {});

  /// Every event there is a letter for, sorted.
  std::vector<std::string> events() const;

  /// The languages that there are: "en", which every letter has, and those that have a folder in any.
  const std::vector<std::string>& locales() const;

  /// Those in which this letter has words of its own; "en" first.
  std::vector<std::string> locales_of(std::string_view event) const;

  /// In a locale that is none of these: in English.
  Result<Words> render(std::string_view event, const nlohmann::json& variables,
                       std::string_view locale = {}) const;

  /// The shipped sample variables of an event: also the list of what a letter of this event has.  Dates and
  /// titles in the words of a locale, as far as `_sample/de/words.json` has them.
  Result<nlohmann::json> sample(std::string_view event, std::string_view locale = {}) const;

  /// Who gets a letter of this event, and when; empty where there is none.
  struct About {
    std::string to, when;
  };
  About about(std::string_view event) const;

  /// The operator's own files in use, by their names here ("status/de/text"), sorted.
  const std::vector<std::string>& overridden() const;

  /// Renders each letter with its sample in every locale; one line a problem, with file, line and variable.
  std::vector<std::string> check() const;

  /// Whether both were made of the same words.
  friend bool operator==(const Letters& one, const Letters& other);

 private:
  struct Parsed;
  explicit Letters(std::shared_ptr<const Parsed> parsed);
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace oin
