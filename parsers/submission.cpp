#include "parsers/submission.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/labelled_text.hpp"
#include "parsers/mail.hpp"
#include "parsers/structured_form.hpp"
#include "parsers/structured_form_tree.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/submission_values.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

const FieldRow protocols_row{"", "protocols", Shape::choices, "protocol", "", ""};

void add_once(std::vector<std::string>& to, const std::string& text) {
  if (std::ranges::find(to, text) == to.end()) to.push_back(text);
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

  void put(const LabelledValue& labelled, const std::set<std::string_view>& claimed) {
    const FieldRow* row = row_of(labelled.section, labelled.key);
    if (!row && !labelled.key.empty()) {
      std::vector<const FieldRow*> fitting;
      for (const std::string_view scope : protocol_scopes())
        if (const FieldRow* other = row_inside(scope, labelled.key)) {
          if (claimed.contains(scope)) fitting.push_back(other);
        }
      if (fitting.size() == 1) row = fitting.front();
      if (fitting.size() > 1) form_.ambiguous.push_back(labelled.label);
    }
    const auto value = row ? field_value(*row, labelled.value) : std::nullopt;
    if (!row) form_.unknown.push_back({labelled.label, labelled.value});
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
      field->second = value;
      form_.provenance[name] = {part_, line};
      add_once(form_.conflicting, name);
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

void add_around_fields(Submission& into, Submission&& from) {
  for (const std::string& protocol : from.protocols) add_once(into.protocols, protocol);
  std::ranges::sort(into.protocols);
  for (const std::string& label : from.ambiguous) add_once(into.ambiguous, label);
  for (const std::string& name : from.conflicting) add_once(into.conflicting, name);
  std::ranges::move(from.unknown, std::back_inserter(into.unknown));
}

/// A form that a program wrote says it better than the body.
void override_with(Submission& into, Submission&& from) {
  for (auto& [name, value] : from.fields) {
    const auto [field, fresh] = into.fields.try_emplace(name, value);
    into.labelled += fresh ? 1 : 0;
    if (!fresh && field->second != value) {
      field->second = value;
      add_once(into.conflicting, name);
    }
    into.provenance[name] = from.provenance[name];
  }
  add_around_fields(into, std::move(from));
}

/// What the body does not say, an attached text may.
void add_missing(Submission& into, Submission&& from) {
  for (auto& [name, value] : from.fields) {
    if (!into.fields.try_emplace(name, value).second) continue;
    into.provenance[name] = from.provenance[name];
    ++into.labelled;
  }
  add_around_fields(into, std::move(from));
}

/// The newly written lines with their numbers in the body, of which they are a part.
std::vector<TextLine> numbered_as_in(std::string_view body, std::vector<TextLine> written) {
  std::unordered_map<std::string_view, std::vector<int>> numbers;
  for (const TextLine& line : text_lines(body)) numbers[line.text].push_back(line.number);
  int last = 0;
  for (TextLine& line : written) {
    const std::vector<int>& same = numbers[line.text];
    const auto next = std::ranges::upper_bound(same, last);
    line.number = last = next == same.end() ? std::max(last, 1) : *next;
  }
  return written;
}

LabelledText labelled_body(const Mail& mail) {
  std::vector<TextLine> written = text_lines(mail.reply_text);
  LabelledText found = labelled_text(written);
  // Most mails hold no form, and their lines need not be counted.
  if (found.values.empty()) return found;
  return labelled_text(numbered_as_in(mail.text, std::move(written)));
}

/// "App icon: attached" names the only image there is.
void name_attachments(Submission& form, const Mail& mail) {
  const auto name_it = [&](const std::string& field, std::string_view type) {
    const auto value = form.fields.find(field);
    if (value == form.fields.end() || !promised(value->second.items.front()) ||
        contains(value->second.items.front(), "."))
      return;
    std::vector<const Attachment*> fitting;
    for (const Attachment& attachment : mail.attachments)
      if (attachment.content_type.starts_with(type) && !attachment.filename.empty())
        fitting.push_back(&attachment);
    if (fitting.size() == 1) value->second.items = {fitting.front()->filename};
  };
  name_it("app_icon", "image/");
  for (const std::string_view scope : protocol_scopes())
    name_it(std::string(scope) + ".guide_url", "application/pdf");
}

/// A line of Mail::text as a line of the body part it came from.
Provenance in_part(const std::vector<TextPart>& parts, int line) {
  const auto behind = std::ranges::upper_bound(parts, line, {}, &TextPart::first_line);
  if (behind == parts.begin()) return {"1", line};
  return {std::prev(behind)->part, line - std::prev(behind)->first_line + 1};
}

/// Content that a person or program wrote as characters: no image, document or archive.
bool is_text(const Attachment& attachment) {
  const std::string_view type = attachment.content_type, content = attachment.content;
  for (const std::string_view other : {"image/", "audio/", "video/", "message/", "multipart/"})
    if (type.starts_with(other)) return false;
  if (content.size() > form_limits.bytes || content.starts_with("%PDF") || content.starts_with("PK\3\4"))
    return false;
  const bool utf16 = content.starts_with("\xFE\xFF") || content.starts_with("\xFF\xFE");
  return utf16 || std::ranges::none_of(content.substr(0, 1000),
                                       [](char c) { return c >= 0 && c < ' ' && !is_space(c); });
}

void read_attachment(Submission& form, const Attachment& attachment) {
  if (!is_text(attachment)) return;
  const std::string text = to_utf8(attachment.content, "").utf8;
  const std::string_view name = attachment.filename.empty() ? attachment.part : attachment.filename;
  const bool prose =
      (attachment.content_type == "text/plain" || attachment.content_type == "text/markdown") &&
      !name.ends_with(".yaml") && !name.ends_with(".yml");
  if (auto structured = structured_form(text, !prose)) {
    Submission attached = Form(name).filled(structured->text);
    for (LabelledValue& other : structured->more)
      attached.unknown.push_back({std::move(other.label), std::move(other.value)});
    override_with(form, std::move(attached));
  } else if (prose) {
    add_missing(form, read_labelled_text(text, name));
  }
}

}  // namespace

Submission read_labelled_text(std::string_view text, std::string_view part) {
  return Form(part).filled(labelled_text(text_lines(text)));
}

Submission read_submission(const Mail& mail) {
  Submission form = Form("1").filled(labelled_body(mail));
  for (auto& [name, place] : form.provenance) place = in_part(mail.text_parts, place.line);
  for (const Attachment& attachment : mail.attachments) read_attachment(form, attachment);
  if (form.empty()) return form;
  name_attachments(form, mail);
  // The subject's words are weak: they count only where nothing else has named a protocol.
  if (form.protocols.empty())
    if (const auto named = field_value(protocols_row, mail.subject))
      for (const std::string_view scope : protocol_scopes()) {
        const auto protocol = protocol_of_scope(scope);
        if (!protocol.empty() && std::ranges::find(named->items, protocol) != named->items.end())
          form.protocols.emplace_back(protocol);
      }
  std::ranges::sort(form.protocols);
  return form;
}

std::string shown(const FieldValue& value) {
  if (value.kind == Kind::secret) return "(sealed)";
  if (value.kind == Kind::boolean) return value.items == std::vector<std::string>{"true"} ? "yes" : "no";
  std::string text;
  for (const std::string& item : value.items) text.append(text.empty() ? "" : ", ").append(item);
  return text;
}

}  // namespace oin
