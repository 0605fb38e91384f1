#include "parsers/submission.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/fold.hpp"
#include "parsers/guide.hpp"
#include "parsers/image.hpp"
#include "parsers/labelled_line.hpp"
#include "parsers/labelled_text.hpp"
#include "parsers/mail.hpp"
#include "parsers/quoted_form.hpp"
#include "parsers/saml_metadata.hpp"
#include "parsers/structured_form.hpp"
#include "parsers/structured_form_tree.hpp"
#include "parsers/submission_form.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/submission_metadata.hpp"
#include "parsers/submission_values.hpp"

namespace oin {
namespace {

using Kind = FieldValue::Kind;

void add_once(std::vector<std::string>& to, const std::string& text) {
  if (std::ranges::find(to, text) == to.end()) to.push_back(text);
}

void add_around_fields(Submission& into, Submission&& from) {
  for (const std::string& protocol : from.protocols) add_once(into.protocols, protocol);
  std::ranges::sort(into.protocols);
  for (const std::string& label : from.ambiguous) add_once(into.ambiguous, label);
  for (const std::string& name : from.conflicting) add_once(into.conflicting, name);
  for (const std::string& name : from.cleared) add_once(into.cleared, name);
  std::ranges::move(from.unknown, std::back_inserter(into.unknown));
}

/// A form that a program wrote says it better than the body.
void override_with(Submission& into, Submission&& from) {
  for (auto& [name, value] : from.fields) {
    const auto [field, fresh] = into.fields.try_emplace(name, value);
    into.labelled += fresh ? 1 : 0;
    if (!fresh && field->second != value) {
      if (!same_value(field->second, value)) add_once(into.conflicting, name);
      field->second = value;
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

/// Metadata fills what nobody has said or what was left to it ("see the attached metadata"), and is held
/// against what somebody has.
void compare_with(Submission& form, Submission&& metadata) {
  for (const auto& [name, value] : metadata.fields) {
    const auto said = form.fields.find(name);
    if (said == form.fields.end() || said->second == value || said->second.kind != Kind::text) continue;
    const std::string words = folded(said->second.items.front());
    if (promised(words) || (contains(words, "metadata") && !contains(said->second.items.front(), "://")))
      form.fields.erase(said);
    else
      add_once(form.conflicting, name);
  }
  add_missing(form, std::move(metadata));
}

/// The newly written lines with their numbers in the body; nothing when they are no part of it, as where they
/// were told apart in its HTML.
std::optional<std::vector<TextLine>> numbered_as_in(std::string_view body, std::vector<TextLine> written) {
  std::unordered_map<std::string_view, std::vector<int>> numbers;
  for (const TextLine& line : text_lines(body)) numbers[bare(line.text)].push_back(line.number);
  int last = 0;
  for (TextLine& line : written) {
    if (!is_blank_line(line.text)) {
      const std::vector<int>& same = numbers[bare(line.text)];
      const auto next = std::ranges::upper_bound(same, last);
      if (next == same.end()) return std::nullopt;
      last = *next;
    }
    line.number = last;
  }
  return written;
}

/// A line of Mail::text as a line of the body part it came from.
Provenance in_part(const std::vector<TextPart>& parts, int line) {
  const auto behind = std::ranges::upper_bound(parts, line, {}, &TextPart::first_line);
  if (behind == parts.begin()) return {"1", line};
  return {std::prev(behind)->part, line - std::prev(behind)->first_line + 1};
}

/// Could the body hold a form?  Most do not, and their lines need not be counted.
bool may_hold_form(const Mail& mail, const std::vector<TextLine>& written, std::string_view letter) {
  const auto quotes_label = [](const TextLine& line) {
    if (!line.text.starts_with('>')) return false;
    const auto label = labelled(unquoted(line.text), "");
    return label && !label->key.empty();
  };
  return !labelled_text(written).values.empty() || !letter.empty() ||
         std::ranges::any_of(text_lines(mail.text), quotes_label);
}

/// A part of the written text that no person reads line by line: SAML metadata, JSON.
struct Block {
  std::string_view text;

  bool holds(std::string_view line) const {
    return !text.empty() && line.data() >= text.data() && line.data() < text.data() + text.size();
  }
};

Submission body_form(const Mail& mail, const std::vector<Block>& blocks, std::string_view letter) {
  std::vector<TextLine> written = text_lines(mail.reply_text);
  if (!blocks.empty())
    for (TextLine& line : written)
      if (std::ranges::any_of(blocks, [&](const Block& block) { return block.holds(line.text); }))
        line.text = {};
  if (!may_hold_form(mail, written, letter)) return {};
  const auto numbered = numbered_as_in(mail.text, written);
  Submission form =
      submission_form(labelled_text(numbered ? answered_lines(mail.text, *numbered, letter) : written), {});
  for (auto& [name, place] : form.provenance) place = in_part(mail.text_parts, place.line);
  return form;
}

/// Where a block begins in the body.
Provenance place_of(const Mail& mail, const Block& block) {
  const auto begin = mail.text.find(block.text.substr(0, block.text.find('\n', block.text.find('\n') + 1)));
  const auto before = static_cast<std::ptrdiff_t>(begin == std::string::npos ? 0 : begin);
  const auto line = 1 + std::count(mail.text.begin(), mail.text.begin() + before, '\n');
  return in_part(mail.text_parts, static_cast<int>(line));
}

Submission body_metadata(const Mail& mail, const Block& block) {
  const Provenance place = place_of(mail, block);
  return metadata_fields(saml_metadata(block.text), place.part, place.line);
}

/// A form's values, and what it says of further submissions as text that is kept.
Submission form_of(StructuredForm&& structured, std::string_view part) {
  Submission form = submission_form(structured.text, part);
  for (LabelledValue& other : structured.more)
    form.unknown.push_back({std::move(other.label), std::move(other.value)});
  return form;
}

/// The attachment that alone fits, or alone has one of the words in its name as well.
template <class Fits>
const Attachment* only_one(const Mail& mail, const std::vector<std::string>& hints, Fits fits) {
  std::vector<const Attachment*> fitting, hinting;
  for (const Attachment& attachment : mail.attachments) {
    if (attachment.filename.empty() || !fits(attachment)) continue;
    fitting.push_back(&attachment);
    const std::string name = lower(attachment.filename);
    if (std::ranges::any_of(hints, [&](const auto& hint) { return contains(name, hint); }))
      hinting.push_back(&attachment);
  }
  const auto& found = hinting.empty() ? fitting : hinting;
  return found.size() == 1 ? found.front() : nullptr;
}

/// "App icon: attached" names the only image there is, a guide the only document: by content, not by type.
void name_attachments(Submission& form, const Mail& mail) {
  const auto asks_for_name = [&](const std::string& field) {
    const auto value = form.fields.find(field);
    return value != form.fields.end() && promised(value->second.items.front()) &&
           !contains(value->second.items.front(), ".");
  };
  const auto name_it = [&](const std::string& field, const Attachment* attachment) {
    if (attachment) form.fields[field].items = {attachment->filename};
  };
  if (asks_for_name("app_icon")) {
    const auto app = form.fields.find("app_name");
    std::vector<std::string> hints{"logo", "icon"};
    if (app != form.fields.end()) hints.push_back(folded(app->second.items.front()));
    if (app != form.fields.end()) hints.push_back(hints.back().substr(0, hints.back().find(' ')));
    name_it("app_icon",
            only_one(mail, hints, [](const Attachment& each) { return image(each.content).has_value(); }));
  }
  for (const std::string_view scope : protocol_scopes())
    if (const std::string field = std::string(scope) + ".guide_url"; asks_for_name(field))
      name_it(
          field, only_one(mail, {std::string(scope), "guide", "config", "setup"}, [](const Attachment& each) {
            const GuideFormat format = guide_format(each.content);
            return format == GuideFormat::pdf || format == GuideFormat::docx || format == GuideFormat::html;
          }));
}

/// Content that a person or program wrote as characters: no image, document or archive.
bool is_text(const Attachment& attachment) {
  const std::string_view type = attachment.content_type, content = attachment.content;
  for (const std::string_view other : {"image/", "audio/", "video/", "message/", "multipart/"})
    if (type.starts_with(other)) return false;
  if (content.size() > form_limits.bytes || content.starts_with("%PDF") || content.starts_with("PK\3\4"))
    return false;
  const bool utf16 = content.starts_with("\xFE\xFF") || content.starts_with("\xFF\xFE") ||
                     content.starts_with(std::string_view("\0<", 2)) ||
                     content.starts_with(std::string_view("<\0", 2));
  return utf16 || std::ranges::none_of(content.substr(0, 1000),
                                       [](char c) { return c >= 0 && c < ' ' && !is_space(c); });
}

/// A file that is JSON, YAML or CSV by its name or type, whatever it holds.
bool is_data_file(std::string_view type, std::string_view name) {
  const std::string lower_name = lower(name);
  return contains(type, "json") || contains(type, "yaml") || contains(type, "csv") ||
         std::ranges::any_of(std::to_array<std::string_view>({".json", ".yaml", ".yml", ".csv", ".tsv"}),
                             [&](auto ending) { return lower_name.ends_with(ending); });
}

constexpr int fewest_in_broken_file = 2;

/// What an attached text adds to the form; its metadata is left for later.
void read_attachment(Submission& form, const Attachment& attachment, std::vector<Submission>& metadata) {
  if (!is_text(attachment)) return;
  const std::string text = to_utf8(attachment.content, "").utf8;
  const std::string_view name = attachment.filename.empty() ? attachment.part : attachment.filename;
  const bool data = is_data_file(attachment.content_type, name);
  const bool prose =
      !data && (attachment.content_type == "text/plain" || attachment.content_type == "text/markdown");
  if (SamlReading reading = saml_metadata(attachment.content); reading.kind != SamlDocument::other) {
    metadata.push_back(metadata_fields(reading, name));
  } else if (auto structured = structured_form(text, !prose)) {
    override_with(form, form_of(std::move(*structured), name));
  } else if (prose || data) {
    Submission lines = submission_form(labelled_text(text_lines(text)), name);
    const bool broken = data && !json_tree(text) && !yaml_tree(text);
    if (data && (!broken || lines.labelled < fewest_in_broken_file)) return;
    if (broken)
      lines.unknown.push_back(
          {"Form (" + std::string(name) + ")", "is no valid file of its kind: read line by line"});
    add_missing(form, std::move(lines));
  }
}

}  // namespace

Submission read_labelled_text(std::string_view text, std::string_view part) {
  return submission_form(labelled_text(text_lines(text)), part);
}

Submission read_submission(const Mail& mail, std::string_view letter) {
  std::vector<Block> blocks;
  const Block metadata_block{metadata_within(mail.reply_text)}, json_block{json_within(mail.reply_text)};
  auto json = json_block.text.empty() ? std::nullopt : structured_form(json_block.text, false);
  if (!metadata_block.text.empty()) blocks.push_back(metadata_block);
  if (json) blocks.push_back(json_block);
  Submission form = body_form(mail, blocks, letter);
  if (json) {
    const Provenance place = place_of(mail, json_block);
    for (LabelledValue& value : json->text.values) value.line += place.line - 1;
    override_with(form, form_of(std::move(*json), place.part));
  }
  std::vector<Submission> metadata;
  if (!metadata_block.text.empty()) metadata.push_back(body_metadata(mail, metadata_block));
  for (const Attachment& attachment : mail.attachments) read_attachment(form, attachment, metadata);
  for (Submission& one : metadata) compare_with(form, std::move(one));
  if (form.empty() && form.cleared.empty()) return form;
  name_attachments(form, mail);
  // The subject's words are weak: they count only where nothing else has named a protocol.
  if (form.protocols.empty()) add_protocols_named_in(mail.subject, form);
  return form;
}

namespace {

std::string field_of(const std::string& detail) { return detail.substr(0, detail.find(':')); }

bool has_details(const Submission& submission, const std::string& field) {
  const auto at = submission.details.lower_bound(field + ":");
  return at != submission.details.end() && field_of(at->first) == field;
}

/// Does the update speak of the file that is there: by its name, or as "attached", and without another one?
bool speaks_of_known_file(const Submission& before, const Submission& update, const std::string& field) {
  const auto old = before.fields.find(field), now = update.fields.find(field);
  return old != before.fields.end() && now != update.fields.end() && has_details(before, field) &&
         !has_details(update, field) && (old->second == now->second || promised(shown(now->second)));
}

/// Details are of one file: what was found in another that stood here before falls away with it.
void patch_details(Submission& before, const Submission& update, const std::set<std::string>& kept) {
  const auto said_anew = [&](const std::string& field) {
    return field == "mail" || (update.fields.contains(field) && !kept.contains(field)) ||
           std::ranges::find(update.cleared, field) != update.cleared.end() || has_details(update, field);
  };
  std::erase_if(before.details, [&](const auto& detail) { return said_anew(field_of(detail.first)); });
  before.details.insert(update.details.begin(), update.details.end());
}

}  // namespace

Submission patched(Submission before, const Submission& update) {
  std::set<std::string> kept;
  for (const auto& [name, value] : update.fields)
    if (speaks_of_known_file(before, update, name)) kept.insert(name);
  patch_details(before, update, kept);
  for (const auto& [name, value] : update.fields) {
    if (kept.contains(name)) continue;
    before.fields[name] = value;
    if (const auto at = update.provenance.find(name); at != update.provenance.end())
      before.provenance[name] = at->second;
  }
  for (const std::string& name : update.cleared) {
    before.fields.erase(name);
    before.provenance.erase(name);
  }
  for (const std::string& protocol : update.protocols) add_once(before.protocols, protocol);
  std::ranges::sort(before.protocols);
  for (const UnknownField& field : update.unknown) {
    std::erase_if(before.unknown, [&](const UnknownField& old) { return old.label == field.label; });
    before.unknown.push_back(field);
  }
  before.ambiguous = update.ambiguous;
  before.conflicting = update.conflicting;
  before.cleared = update.cleared;
  before.labelled = static_cast<int>(before.fields.size());
  return before;
}

std::string shown(const FieldValue& value) {
  if (value.kind == Kind::secret) return "(sealed)";
  if (value.kind == Kind::boolean) return value.items == std::vector<std::string>{"true"} ? "yes" : "no";
  std::string text;
  for (const std::string& item : value.items) text.append(text.empty() ? "" : ", ").append(item);
  return text;
}

}  // namespace oin
