#include "daemon/workflow/blank_form.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "daemon/workflow/field_label.hpp"
#include "parsers/submission_label_table.hpp"

namespace oin {
namespace {

using nlohmann::ordered_json;
using Kind = FieldValue::Kind;

struct Section {
  std::string_view scope, title;
  std::string_view protocol;  ///< its id; empty for what every submission has
};

constexpr std::array sections{Section{"", "App information", ""},
                              Section{"test_account", "Test account", ""},
                              Section{"saml", "SAML 2.0", "saml"},
                              Section{"oidc", "OpenID Connect", "oidc"},
                              Section{"scim", "SCIM", "scim"},
                              Section{"wsfed", "WS-Federation", "wsfed"},
                              Section{"api", "API service", "api_service"},
                              Section{"connector", "Workflows connector", "workflows"},
                              Section{"private", "Private integration", "header"}};

/// What a newcomer is offered; other protocols appear once they are known.
constexpr std::array<std::string_view, 3> usual_protocols{"saml", "oidc", "scim"};

/// Each field of a section once, in the table's order.
std::vector<const FieldRow*> fields_of(std::string_view scope) {
  std::vector<const FieldRow*> out;
  for (const FieldRow& row : field_rows())
    if (row.scope == scope &&
        std::ranges::none_of(out, [&](const FieldRow* known) { return known->name == row.name; }))
      out.push_back(&row);
  return out;
}

bool wanted(const Section& section, const Submission& known) {
  if (section.protocol.empty()) return true;
  const bool has_fields = std::ranges::any_of(known.fields, [&](const auto& field) {
    return field.first.starts_with(std::string(section.scope) + ".");
  });
  if (has_fields || std::ranges::find(known.protocols, section.protocol) != known.protocols.end())
    return true;
  return known.protocols.empty() &&
         std::ranges::find(usual_protocols, section.protocol) != usual_protocols.end();
}

/// The label under which the reader finds the field again in its section.
std::string form_label(const FieldRow& row) {
  const std::string label = label_of(row.name);
  const FieldRow* found = row_inside(row.scope, label_key(label));
  if (found && found->dotted() == row.dotted()) return label;
  const std::string_view spellings = row.inside.empty() ? row.anywhere : row.inside;
  std::string first(spellings.substr(0, spellings.find('|')));
  if (!first.empty() && first.front() >= 'a' && first.front() <= 'z')
    first.front() = static_cast<char>(first.front() - 'a' + 'A');
  return first;
}

const FieldValue* value_of(const FieldRow& row, const Submission& known) {
  const auto it = known.fields.find(row.dotted());
  return it == known.fields.end() || it->second.kind == Kind::secret ? nullptr : &it->second;
}

std::string indented(std::string_view text) {
  std::string out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    out.append("\n  ").append(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

ordered_json as_json(const FieldValue& value) {
  if (value.kind == Kind::boolean) return value.items == std::vector<std::string>{"true"};
  if (value.kind == Kind::text)
    return value.items.empty() ? ordered_json("") : ordered_json(value.items.front());
  return value.items;
}

/// The form as a tree: sections of fields, the first one's at the top.
ordered_json tree(const Submission& known) {
  ordered_json out = {{"oin_submission", 1}};
  for (const Section& section : sections) {
    if (!wanted(section, known)) continue;
    ordered_json fields = ordered_json::object();
    for (const FieldRow* row : fields_of(section.scope)) {
      const FieldValue* value = value_of(*row, known);
      fields[std::string(row->name)] = value ? as_json(*value) : ordered_json("");
    }
    if (section.scope.empty())
      out.update(fields);
    else
      out[std::string(section.scope)] = std::move(fields);
  }
  return out;
}

/// A JSON scalar or list is YAML as it stands.
void write_yaml(std::string& out, const ordered_json& object, std::string_view indent) {
  for (const auto& [name, value] : object.items()) {
    out.append(indent).append(name).append(":");
    if (value.is_object()) {
      out.append("\n");
      write_yaml(out, value, "  ");
    } else {
      out.append(" ").append(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace)).append("\n");
    }
  }
}

}  // namespace

std::string form_as_text(const Submission& known) {
  std::string out = "OIN submission, format 1\n";
  for (const Section& section : sections) {
    if (!wanted(section, known)) continue;
    out.append("\n[").append(section.title).append("]\n");
    for (const FieldRow* row : fields_of(section.scope)) {
      const std::string label = form_label(*row);
      const FieldValue* value = value_of(*row, known);
      if (!value) {
        out.append(label).append(":\n");
      } else if (value->kind == Kind::text) {
        const std::string text = shown(*value);
        const bool lines = text.find('\n') != std::string::npos;
        out.append(label).append(":").append(lines ? indented(text) : " " + text).append("\n");
      } else if (value->kind == Kind::boolean) {
        out.append(label).append(": ").append(shown(*value)).append("\n");
      } else {
        for (const std::string& item : value->items) out.append(label).append(": ").append(item).append("\n");
      }
    }
  }
  out.pop_back();
  return out;
}

std::string form_as_json(const Submission& known) {
  return tree(known).dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string form_as_yaml(const Submission& known) {
  std::string out;
  write_yaml(out, tree(known), "");
  return out;
}

std::vector<LetterAttachment> form_files(const Submission& known) {
  return {{"oin-form.txt", "text/plain", form_as_text(known) + "\n"},
          {"oin-form.json", "application/json", form_as_json(known)},
          {"oin-form.yaml", "application/yaml", form_as_yaml(known)}};
}

}  // namespace oin
