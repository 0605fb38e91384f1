#include "parsers/submission_form.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "parsers/ascii.hpp"
#include "parsers/submission_label_table.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/submission_values.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

constexpr auto clearing_values =
    std::to_array<std::string_view>({"-", "–", "—", "remove", "(remove)", "removed", "clear", "delete"});

const FieldRow protocols_row{"", "protocols", Shape::choices, "protocol", "", ""};

void add_once(std::vector<std::string>& to, const std::string& text) {
  if (std::ranges::find(to, text) == to.end()) to.push_back(text);
}

/// "-" or "remove": the field is to be empty.
bool clears(std::string_view value) {
  value = bare(value);
  return std::ranges::any_of(clearing_values, [&](auto word) { return same_word(value, word); });
}

/// "SAML 2.0": a protocol's name alone.
bool is_protocol(std::string_view label) {
  const auto protocol = protocol_in(label_key(label));
  return protocol && protocol->rest.empty() && !protocol_of_scope(protocol->scope).empty();
}

/// Takes out what its writer has struck out: "~~old~~ new".
void strike_out(std::string& value) {
  constexpr std::string_view mark = "~~";
  for (auto begin = value.find(mark); begin != std::string::npos; begin = value.find(mark, begin)) {
    const auto end = value.find(mark, begin + mark.size());
    if (end == std::string::npos) return;
    value.erase(begin, end + mark.size() - begin);
  }
}

/// The field of which a label is itself one of the choices: "Group Push: yes".
const FieldRow* row_of_choice(std::string_view label, std::string_view section) {
  const auto rows = field_rows();
  const auto row = std::ranges::find_if(rows, [&](const FieldRow& each) {
    const bool near = each.scope == section || each.name == "protocols" || each.name == "features";
    return near && each.shape == Shape::choices &&
           (is_choice(each.vocabulary, label) || (each.name == "protocols" && is_protocol(label)));
  });
  return row == rows.end() ? nullptr : &*row;
}

/// The only row that a key names within these protocols, or the only one of several that is awaited.
const FieldRow* row_within(std::span<const std::string> protocols, std::string_view key,
                           const std::set<std::string>& awaited) {
  std::vector<const FieldRow*> fitting;
  for (const std::string_view scope : protocol_scopes())
    if (std::ranges::find(protocols, protocol_of_scope(scope)) != protocols.end())
      if (const FieldRow* row = row_inside(scope, key)) fitting.push_back(row);
  if (fitting.size() > 1)
    std::erase_if(fitting, [&](const FieldRow* row) { return !awaited.contains(row->dotted()); });
  return fitting.size() == 1 ? fitting.front() : nullptr;
}

/// Puts labelled values into fields.
class Form {
 public:
  explicit Form(std::string_view part) : part_(part) {}

  Submission filled(const LabelledText& text) && {
    std::set<std::string_view> claimed = claimed_scopes(text);
    for (const LabelledValue& labelled : text.values) put(labelled, claimed);
    for (const SectionTitle& section : text.sections)
      if (section.scope == "scim" && used_.contains("scim") && !form_.fields.contains("scim.version"))
        version_of_title(section);
    for (const std::string_view scope : used_)
      if (const auto protocol = protocol_of_scope(scope); !protocol.empty()) claim(std::string(protocol));
    if (form_.fields.contains("private.header_expression")) claim("header");
    std::ranges::sort(form_.protocols);
    return std::move(form_);
  }

 private:
  void claim(const std::string& protocol) { add_once(form_.protocols, protocol); }

  /// The protocols that this text is about, for labels that several of them have.
  static std::set<std::string_view> claimed_scopes(const LabelledText& text) {
    std::set<std::string_view> claimed;
    for (const LabelledValue& labelled : text.values) {
      const FieldRow* row = row_of(labelled.section, labelled.key);
      if (row && !protocol_of_scope(row->scope).empty()) claimed.insert(row->scope);
      if (!protocol_of_scope(labelled.section).empty()) claimed.insert(labelled.section);
      if (!row || row->name != "protocols") continue;
      const auto named = field_value(*row, labelled.value);
      for (const std::string_view scope : protocol_scopes())
        if (named && std::ranges::find(named->items, protocol_of_scope(scope)) != named->items.end())
          claimed.insert(scope);
    }
    return claimed;
  }

  void put(const LabelledValue& written, const std::set<std::string_view>& claimed) {
    LabelledValue labelled = written;
    strike_out(labelled.value);
    const FieldRow* row = row_of(labelled.section, labelled.key);
    if (!row && !labelled.key.empty()) {
      std::vector<const FieldRow*> fitting;
      for (const std::string_view scope : protocol_scopes())
        if (const FieldRow* other = row_inside(scope, labelled.key)) {
          if (claimed.contains(scope)) fitting.push_back(other);
        }
      if (fitting.size() == 1) row = fitting.front();
      if (fitting.size() > 1) form_.ambiguous.push_back(labelled.label);
      // "Password: …" in no section: of the test account, whose labels no protocol needs here.
      if (fitting.empty() && labelled.section.empty()) row = row_inside("test_account", labelled.key);
    }
    if (row && row->name != "submission_type" && clears(labelled.value)) {
      add_once(form_.cleared, row->dotted());
      ++form_.labelled;
      return;
    }
    auto value = row ? field_value(*row, labelled.value) : std::nullopt;
    if (!row && labelled.key.empty() && yes_or_no(labelled.value).value_or(false)) {
      row = row_of_choice(labelled.label, labelled.section);
      if (row) value = field_value(*row, labelled.label);
    }
    if (!row) form_.unknown.push_back({written.label, written.value, {part_, written.line}});
    if (!value) return;
    store(*row, *value, labelled.line);
    used_.insert(row->scope);
    if (row->name == "protocols") {
      for (const std::string& protocol : value->items)
        if (std::ranges::any_of(protocol_scopes(),
                                [&](auto scope) { return protocol_of_scope(scope) == protocol; }) ||
            protocol == "header")
          claim(protocol);
    }
  }

  void store(const FieldRow& row, const FieldValue& value, int line) {
    ++form_.labelled;
    const std::string name = row.dotted();
    const auto [field, fresh] = form_.fields.try_emplace(name, value);
    if (fresh) {
      form_.provenance[name] = {part_, line};
    } else if (grows(value) && field->second.kind == value.kind) {
      for (const std::string& item : value.items)
        if (std::ranges::find(field->second.items, item) == field->second.items.end())
          field->second.items.push_back(item);
    } else if (field->second != value) {
      if (!same_value(field->second, value)) add_once(form_.conflicting, name);
      field->second = value;
      form_.provenance[name] = {part_, line};
    }
  }

  /// "[SCIM 2.0]" has said which version it is.
  void version_of_title(const SectionTitle& section) {
    for (const std::string_view version : {"1.1", "2.0"})
      if (contains(section.title, version)) {
        form_.fields["scim.version"] = {Kind::text, {std::string(version)}};
        form_.provenance["scim.version"] = {part_, section.line};
      }
  }

  std::string part_;
  Submission form_;
  std::set<std::string_view> used_;
};

}  // namespace

Submission submission_form(const LabelledText& text, std::string_view part) {
  return Form(part).filled(text);
}

void place_unknown(Submission& said, std::span<const std::string> protocols,
                   const std::set<std::string>& awaited) {
  std::erase_if(said.unknown, [&](const UnknownField& field) {
    const FieldRow* row = row_within(protocols, known_key(field.label), awaited);
    if (!row || row->shape == Shape::secret) return false;  // a secret was masked where nobody knew its field
    const std::string name = row->dotted();
    const auto value = field_value(*row, field.value);
    if (!clears(field.value) && !value) return false;
    if (clears(field.value))
      add_once(said.cleared, name);
    else if (said.fields.try_emplace(name, *value).second)
      said.provenance[name] = field.at;
    std::erase(said.ambiguous, field.label);
    ++said.labelled;
    return true;
  });
}

void add_protocols_named_in(std::string_view text, Submission& form) {
  const auto named = field_value(protocols_row, text);
  if (!named) return;
  for (const std::string_view scope : protocol_scopes()) {
    const std::string protocol(protocol_of_scope(scope));
    if (!protocol.empty() && std::ranges::find(named->items, protocol) != named->items.end())
      add_once(form.protocols, protocol);
  }
  std::ranges::sort(form.protocols);
}

}  // namespace oin
