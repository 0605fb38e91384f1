#include "parsers/submission_value_lists.hpp"

#include <algorithm>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/fold.hpp"
#include "parsers/labelled_line.hpp"
#include "parsers/submission_values.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

/// How many of a vocabulary's words a text names.
std::ptrdiff_t words_named(std::string_view vocabulary, std::string_view value) {
  std::vector<std::string_view> named;
  const std::string key = folded(value);
  for (const VocabularyWord& word : vocabulary_words())
    if (word.vocabulary == vocabulary && has_words(key, word.spelling) &&
        std::ranges::find(named, word.canonical) == named.end())
      named.push_back(word.canonical);
  return std::ssize(named);
}

void add_once(std::vector<std::string>& items, std::string item) {
  if (!item.empty() && std::ranges::find(items, item) == items.end()) items.push_back(std::move(item));
}

/// "a and b" → a, b, where both halves satisfy `good`.
template <class Good>
void split_at_words(std::string_view item, Good good, std::vector<std::string>& out) {
  for (const std::string_view joint : {" and ", " & ", " or ", " + ", "/", " "}) {
    const auto at = item.find(joint);
    if (at == std::string_view::npos || !good(item.substr(0, at)) || !good(item.substr(at + joint.size())))
      continue;
    add_once(out, std::string(plain(item.substr(0, at))));
    split_at_words(bare(item.substr(at + joint.size())), good, out);
    return;
  }
  add_once(out, std::string(plain(item)));
}

/// One of the things to choose from, and whether it was: "[x] SAML", "SCIM: no"; all but a no is a yes.
std::pair<std::string, bool> choice(std::string_view entry) {
  if (const auto tick = tick_at(entry)) return {std::string(plain(entry.substr(tick->length))), tick->on};
  for (const std::string_view sign : {":", " = ", " - ", " – "})
    if (const auto at = entry.find(sign); at != std::string_view::npos)
      if (const auto said = yes_or_no(entry.substr(at + sign.size())))
        return {std::string(plain(entry.substr(0, at))), *said};
  return {std::string(entry), true};
}

bool is_contact(std::string_view text) {
  const auto digits = std::ranges::count_if(text, is_digit);
  return contains(text, "@") || contains(text, "://") || contains(text, "www.") || digits >= 6;
}

/// What an attribute is filled with.  Quotes around a profile's field are how it was typed; around anything
/// else they make it a text of its own in Okta's expressions ("gold"), and stay.
std::string pair_value(std::string_view text) {
  const std::string_view inner = plain(text);
  return std::string(inner.find('.') != std::string_view::npos ? inner : bare(text));
}

/// "email = user.email", "email -> user.email", "email: user.email" as "email=user.email".
std::string pair(std::string_view item) {
  for (const std::string_view sign : {"->", "→", "=>", "=", ": ", " - ", "\t"}) {
    const auto at = item.find(sign);
    if (at == std::string_view::npos || at == 0) continue;
    return std::string(plain(item.substr(0, at))) + "=" + pair_value(item.substr(at + sign.size()));
  }
  // "groups matches regex .*" says how to filter, not what to send.
  for (const std::string_view verb : {" matches ", " equals ", " starts with ", " contains "})
    if (const auto at = item.find(verb); at != std::string_view::npos && at > 0)
      return std::string(plain(item.substr(0, at))) + "=" + std::string(bare(item.substr(at)));
  return std::string(item) + "=";
}

/// "name: email" above "value: user.email" as "email = user.email", as YAML and forms of one line a part have
/// it.
std::string joined_pairs(std::string_view value) {
  std::string joined;
  for (const std::string_view line : pieces(value, '\n')) {
    const auto colon = line.find(':');
    const std::string key = folded(plain(line.substr(0, colon)));
    const std::string_view part = plain(line.substr(std::min(colon, line.size() - 1) + 1));
    const bool names = key == "name" || key == "attribute" || key == "attribute name";
    if (colon == std::string_view::npos || (!names && (joined.empty() || joined.ends_with(part))))
      return std::string(value);
    if (names)
      append_piece(joined, "\n", std::string(part) + " =");
    else
      joined.append(" ").append(part);
  }
  return contains(joined, "= ") ? joined : std::string(value);
}

struct Variable {
  std::string label, name, type, help;
  bool empty() const { return label.empty() && name.empty() && type.empty() && help.empty(); }
  std::string text() const {
    return "label=" + label + "; name=" + name + "; type=" + type + "; help=" + help;
  }

  /// Takes "type=String" or "Help: the first part of …"; false for what is no part.
  bool set(std::string_view piece) {
    const auto sign = piece.find_first_of("=:");
    if (sign == std::string_view::npos) return false;
    const std::string key = folded(piece.substr(0, sign));
    std::string* part = key == "label" || key == "display name"                        ? &label
                        : key == "name" || key == "variable" || key == "variable name" ? &name
                        : key == "type" || key == "data type"                          ? &type
                        : key == "help" || key == "help text" || key == "description" || key == "hint"
                            ? &help
                            : nullptr;
    if (part) *part = std::string(plain(piece.substr(sign + 1)));
    return part != nullptr;
  }
};

/// The name within "${app.subdomain}" or "app.subdomain".
std::string variable_name(std::string_view text) {
  const auto at = text.find("app.");
  if (at == std::string_view::npos) return {};
  const auto end =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", at + 4);
  return std::string(text.substr(at + 4, end == std::string_view::npos ? end : end - at - 4));
}

Variable variable(std::string_view line) {
  Variable found;
  const char separator = contains(line, ";") ? ';' : contains(line, "|") ? '|' : ',';
  std::string* last = nullptr;
  for (const auto piece : pieces(line, separator)) {
    if (found.set(piece))
      last = &found.help;
    else if (last && separator == ',' && !found.help.empty())
      found.help.append(", ").append(piece);  // the comma was part of the help text
  }
  if (found.empty()) {
    // "Subdomain - the first part of your address", "${app.subdomain}: …"
    const auto dash = std::min({line.find(" - "), line.find(": "), line.find(" – ")});
    found.label = std::string(plain(line.substr(0, dash)));
    if (dash != std::string_view::npos)
      found.help = std::string(plain(line.substr(line.find(' ', dash + 1))));
  }
  if (found.name.empty()) found.name = variable_name(line);
  return found;
}

/// The name of the part that a line of a variable gives: "Type: String" → "type"; empty where it gives
/// several.
std::string lone_part(std::string_view line) {
  if (line.find_first_of(";|") != std::string_view::npos) return {};
  const auto sign = line.find_first_of("=:");
  Variable found;
  return sign != std::string_view::npos && found.set(line) ? folded(line.substr(0, sign)) : std::string();
}

}  // namespace

bool has_words(std::string_view text, std::string_view part) {
  return contains(" " + std::string(text) + " ", " " + std::string(part) + " ");
}

const VocabularyWord* known_word(std::string_view vocabulary, std::string_view value) {
  const std::string key = folded(value);
  const auto found = std::ranges::find_if(vocabulary_words(), [&](const VocabularyWord& word) {
    return word.vocabulary == vocabulary && has_words(key, word.spelling);
  });
  return found == vocabulary_words().end() ? nullptr : &*found;
}

std::string_view plain(std::string_view value) {
  value = bare(value);
  value = bare(value.substr(symbol_length(value)));
  for (const std::string_view mark : {">> ", "> ", "==> ", "--> ", "=> ", "-> "})  // "here is my answer"
    if (value.starts_with(mark)) value = bare(value.substr(mark.size()));
  for (const std::string_view mark : {"**", "__", "`", "*"})
    if (value.size() > 2 * mark.size() && value.starts_with(mark) && value.ends_with(mark))
      value = bare(value.substr(mark.size(), value.size() - 2 * mark.size()));
  if (value.size() > 2 && value.starts_with('<') && value.ends_with('>'))
    value = value.substr(1, value.size() - 2);
  for (const char quote :
       {'"', '\''})  // but not around an expression: 'https://' + org.name + '.acme.example'
    if (value.size() > 2 && value.find(quote, 1) == value.size() - 1 && value.front() == quote)
      value = value.substr(1, value.size() - 2);
  return value;
}

std::vector<std::string> split(std::string_view value, std::string_view separators) {
  std::vector<std::string> items;
  while (true) {
    const auto end = value.find_first_of(separators);
    const std::string_view item = bare(value.substr(0, end));
    if (const auto entry = plain(item.substr(number_length(item))); !entry.empty()) items.emplace_back(entry);
    if (end == std::string_view::npos) return items;
    value.remove_prefix(end + 1);
  }
}

FieldValue choices_value(const FieldRow& row, std::string_view value) {
  FieldValue result{Kind::list, {}};
  for (const std::string& entry : split(value, ",;\n|")) {
    const auto [item, chosen] = choice(entry);
    if (!chosen) continue;
    std::vector<std::string> parts{item};
    if (words_named(row.vocabulary, item) > 1) {
      parts.clear();
      split_at_words(
          item, [&](auto half) { return words_named(row.vocabulary, half) > 0; }, parts);
    }
    for (const std::string& part : parts) {
      const VocabularyWord* word = known_word(row.vocabulary, part);
      add_once(result.items, word ? std::string(word->canonical) : part);
    }
  }
  return result;
}

FieldValue contacts_value(std::string_view value) {
  FieldValue result{Kind::list, {}};
  for (const std::string& item : split(value, ",;\n|")) split_at_words(item, is_contact, result.items);
  return result;
}

FieldValue list_value(const FieldRow& row, std::string_view value) {
  FieldValue result{Kind::list, {}};
  if (row.vocabulary == "indexed") return {Kind::list, split(value, ";\n")};  // "https://…, 1": one entry
  const auto is_url = [](std::string_view text) { return contains(text, "://"); };
  for (const std::string& item : split(value, ",;\n")) {
    if (const auto slash = item.find(" / "); slash != std::string::npos) {
      add_once(result.items, std::string(plain(std::string_view(item).substr(0, slash))));
      add_once(result.items, std::string(plain(std::string_view(item).substr(slash + 3))));
    } else {
      split_at_words(item, is_url, result.items);
    }
  }
  return result;
}

FieldValue pairs_value(std::string_view value) {
  FieldValue result{Kind::pairs, {}};
  for (const std::string& line : split(joined_pairs(value), ";\n"))
    // A comma may belong to an expression: it separates only where every piece is a pair, or none is.
    if (const auto items = split(line, ",");
        std::ranges::all_of(items,
                            [](const auto& item) {
                              return contains(item, "=") || contains(item, "->") || contains(item, "→");
                            }) ||
        std::ranges::none_of(
            items, [](const auto& item) { return item.find_first_of("=>():") != std::string::npos; }))
      for (const auto& item : items) add_once(result.items, pair(item));
    else
      add_once(result.items, pair(line));
  return result;
}

FieldValue variables_value(std::string_view value) {
  FieldValue result{Kind::variables, {}};
  std::string parts;               // of one variable, over several lines
  std::vector<std::string> given;  // which
  const auto end_variable = [&] {
    if (!parts.empty()) add_once(result.items, variable(parts).text());
    parts.clear(), given.clear();
  };
  for (const auto piece : pieces(value, '\n')) {
    const std::string_view line = plain(piece);
    const std::string part = lone_part(line);
    if (part.empty() || std::ranges::find(given, part) != given.end()) end_variable();
    if (part.empty()) {
      add_once(result.items, variable(line).text());
    } else {
      append_piece(parts, "; ", line);
      given.push_back(part);
    }
  }
  end_variable();
  return result;
}

}  // namespace oin
