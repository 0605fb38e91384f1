#include "parsers/submission_values.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/certificate.hpp"
#include "parsers/fold.hpp"
#include "parsers/labelled_line.hpp"
#include "parsers/submission_value_lists.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

constexpr std::array no_words = {"no",   "n", "false", "off",  "disabled", "not supported", "unsupported",
                                 "none", "0", "never", "nein", "non",      "nao",           "nee"};
constexpr std::array yes_words = {"yes", "y",  "true", "on", "enabled", "supported",
                                  "1",   "ja", "oui",  "si", "sim",     "yep"};

/// The URL that a value begins with or consists of; a value that is an expression stays as it is.
std::string url(std::string_view value) {
  value = plain(value);
  if (const auto close = value.find("] http"); value.starts_with('[') && close != std::string_view::npos)
    value = value.substr(close + 2);  // "[Ada] https://…" says who answered
  // Jira: [the guide|https://…]
  if (const auto bar = value.rfind("|http");
      bar != std::string_view::npos && value.starts_with('[') && value.ends_with(']'))
    return std::string(value.substr(bar + 1, value.size() - bar - 2));
  if (value.starts_with('[')) {  // Markdown: [the guide](https://…)
    const auto open = value.find("](");
    const auto close = value.find(')', open == std::string_view::npos ? 0 : open);
    if (open != std::string_view::npos && close != std::string_view::npos)
      return std::string(value.substr(open + 2, close - open - 2));
  }
  // "the guide <https://…>", as a link in HTML becomes.
  if (const auto open = value.find("<http"); open != std::string_view::npos && value.ends_with('>'))
    return std::string(value.substr(open + 1, value.size() - open - 2));
  if (!starts_with_words(value, "http://") && !starts_with_words(value, "https://"))
    return std::string(value);
  return std::string(value.substr(0, value.find_first_of(" \t\n<>")));
}

std::string one_line(std::string_view value) {
  std::string joined;
  for (const auto piece : pieces(value, '\n')) joined.append(joined.empty() ? "" : " ").append(plain(piece));
  return joined;
}

FieldValue text(std::string value) { return {Kind::text, {std::move(value)}}; }

}  // namespace

std::optional<bool> yes_or_no(std::string_view value) {
  const std::string_view said = bare(value);
  if (const auto tick = tick_at(said)) {
    // "☐ Yes ☑ No" says what stands behind the box that is ticked.
    bool several = false;
    for (std::size_t at = tick->length; !tick->on && at < said.size(); ++at)
      if (const auto other = tick_at(said.substr(at))) {
        several = true;
        if (other->on) return yes_or_no(said.substr(at + other->length)).value_or(true);
      }
    if (several) return std::nullopt;
    const bool means_no = tick->on && yes_or_no(said.substr(tick->length)) == false;
    return tick->on && !means_no;
  }
  const std::string key = folded(said.substr(0, 200));
  if (key == "n a" || key.starts_with("n a ")) return std::nullopt;
  const auto begins = [&](std::string_view word) {
    return key == word || key.starts_with(std::string(word) + " ");
  };
  if (std::ranges::any_of(no_words, begins)) return false;
  if (std::ranges::any_of(yes_words, begins)) return true;
  return std::nullopt;
}

bool is_choice(std::string_view vocabulary, std::string_view text) {
  const std::string key = folded(text.substr(0, longest_label));
  return std::ranges::any_of(vocabulary_words(), [&](const VocabularyWord& word) {
    return word.vocabulary == vocabulary && word.spelling == key;
  });
}

std::string attached_name(std::string_view value) {
  const std::string key = folded(value.substr(0, 200));
  const bool says_so = contains(key, "attach") || contains(key, "enclosed");
  std::string name;
  for (const std::string& word : split(value.substr(0, 400), " \t\n()[]<>,;:\"'")) {
    const auto dot = word.rfind('.');
    const bool extension = dot != std::string::npos && dot > 0 && word.size() - dot - 1 >= 2 &&
                           word.size() - dot - 1 <= 7 &&
                           std::all_of(word.begin() + static_cast<std::ptrdiff_t>(dot) + 1, word.end(),
                                       [](char c) { return is_alpha(c) || is_digit(c); });
    if (extension && !contains(word, "/") && !contains(word, "@")) name = word;
  }
  return says_so ? name : std::string();
}

bool promised(std::string_view value) {
  const std::string key = folded(value.substr(0, 200));
  for (const std::string_view phrase :
       {"tbd", "tba", "to be done", "to be defined", "to follow", "will follow", "attached", "see attachment",
        "attachment", "sent separately", "separately", "by separate mail", "in a separate mail",
        "separate email", "will send", "will be sent", "upon request", "on request", "coming soon"})
    if (has_words(key, phrase)) return true;
  return false;
}

bool declined(std::string_view value) {
  const std::string key = folded(value.substr(0, 200));
  return key == "n a" || key == "na" || key == "none" || key == "not applicable";
}

bool grows(const FieldValue& value) {
  return value.kind == Kind::list || value.kind == Kind::pairs || value.kind == Kind::variables;
}

bool same_value(const FieldValue& a, const FieldValue& b) {
  if (a.kind == Kind::secret || b.kind == Kind::secret) return a == b;
  const auto words = [](const FieldValue& value) {
    std::vector<std::string> out;
    for (const std::string& item : value.items) out.push_back(folded(item));
    std::ranges::sort(out);
    return out;
  };
  return words(a) == words(b);
}

std::optional<FieldValue> field_value(const FieldRow& row, std::string_view raw) {
  if (bare(raw).empty()) return std::nullopt;
  // A certificate stays as it is, and what no mail should hold is not shown.
  if (bare(raw).starts_with("-----BEGIN "))
    return FieldValue{holds_private_key(raw) ? Kind::secret : Kind::text, {std::string(bare(raw))}};
  std::optional<FieldValue> value;
  switch (row.shape) {
    case Shape::line:
      value = text(one_line(raw));
      break;
    case Shape::prose:
      value = text(std::string(bare(raw)));
      break;
    case Shape::url:
    case Shape::file: {
      const std::string name = attached_name(raw);
      value = text(name.empty() ? url(one_line(raw)) : name);
      break;
    }
    case Shape::yes_no: {
      const auto said = yes_or_no(plain(raw));
      value = said ? FieldValue{Kind::boolean, {*said ? "true" : "false"}} : text(one_line(raw));
      break;
    }
    case Shape::choice: {
      const VocabularyWord* word = known_word(row.vocabulary, raw);
      value = text(word ? std::string(word->canonical) : one_line(raw));
      break;
    }
    case Shape::choices:
      value = choices_value(row, raw);
      break;
    case Shape::list:
      value = list_value(row, raw);
      break;
    case Shape::contacts:
      value = contacts_value(raw);
      break;
    case Shape::pairs:
      value = pairs_value(raw);
      break;
    case Shape::variables:
      value = variables_value(raw);
      break;
    case Shape::secret:
      value = FieldValue{Kind::secret, {one_line(raw)}};
      break;
  }
  if (!value || value->items.empty() || value->items.front().empty()) return std::nullopt;
  return value;
}

}  // namespace oin
