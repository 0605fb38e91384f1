#include "parsers/submission_files.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/certificate.hpp"
#include "parsers/fold.hpp"
#include "parsers/guide_details.hpp"
#include "parsers/image.hpp"
#include "parsers/saml_metadata.hpp"
#include "parsers/submission_labels.hpp"
#include "parsers/url.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;
using Kind = FieldValue::Kind;

std::string yes_no(bool yes) { return yes ? "yes" : "no"; }

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

const std::string* text_of(const Submission& submission, const std::string& field) {
  const auto it = submission.fields.find(field);
  if (it == submission.fields.end() || it->second.items.empty()) return nullptr;
  return &it->second.items.front();
}

/// The attachment whose file name a value is, or has in it: "attached (acme.png)".
const Attachment* attachment_named(const Mail& mail, std::string_view value) {
  const std::string wanted = lower(value);
  for (const Attachment& each : mail.attachments)
    if (!each.filename.empty() && contains(wanted, lower(each.filename))) return &each;
  return nullptr;
}

std::string extension(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == name.npos ? std::string() : lower(name.substr(dot + 1));
}

/// Shown within the text, as the pictures of a mail's signature are.
bool within_text(const Attachment& attachment, const Mail& mail) {
  return attachment.disposition != "attachment" && !attachment.content_id.empty() && mail.html &&
         contains(*mail.html, "cid:" + attachment.content_id);
}

/// The image that is sent as a logo without being called one in the form.
const Attachment* unnamed_icon(const Mail& mail) {
  const Attachment* found = nullptr;
  for (const Attachment& each : mail.attachments) {
    const std::string name = lower(each.filename);
    const bool hinted =
        std::ranges::any_of(std::array{"logo"sv, "icon"sv}, [&](auto hint) { return contains(name, hint); });
    if (!hinted || within_text(each, mail) || !image(each.content)) continue;
    if (found) return nullptr;
    found = &each;
  }
  return found;
}

void describe_icon(Submission& submission, const Attachment& attachment, const Mail& mail) {
  auto& details = submission.details;
  const auto say = [&](const char* what, std::string value) {
    details[std::string("app_icon:") + what] = {std::move(value)};
  };
  say("bytes", std::to_string(attachment.content.size()));
  say("extension", extension(attachment.filename));
  say("in_signature", yes_no(within_text(attachment, mail)));
  say("named", yes_no(contains(lower(mail.reply_text), lower(attachment.filename))));
  say("sha256", attachment.sha256);
  const auto read = image(attachment.content);
  say("format", read ? std::string(name_of(read->format)) : "other");
  if (!read) return;
  if (read->width > 0) say("width", std::to_string(read->width));
  if (read->height > 0) say("height", std::to_string(read->height));
  if (read->width > 0 && read->height > 0) {
    say("pixels", std::to_string(read->width) + "x" + std::to_string(read->height));
    say("shape", read->width > read->height   ? "landscape"
                 : read->width < read->height ? "portrait"
                                              : "square");
  }
  if (read->transparent) say("transparent", yes_no(*read->transparent));
  say("frames", std::to_string(read->frames));
  say("whole", yes_no(read->defects.empty()));
}

void read_icon(Submission& submission, const Mail& mail) {
  const std::string* value = text_of(submission, "app_icon");
  const Attachment* icon = value ? attachment_named(mail, *value) : unnamed_icon(mail);
  if (icon == nullptr) return;
  if (!value) submission.provenance["app_icon"] = {icon->filename, 0};
  submission.fields["app_icon"] = {Kind::text, {icon->filename}};
  describe_icon(submission, *icon, mail);
}

void describe_certificate(Submission& submission, const std::string& field, std::string_view bytes) {
  const auto read = certificate(bytes);
  auto& details = submission.details;
  details[field + ":readable"] = {yes_no(read.has_value())};
  if (!read) return;
  details[field + ":not_after"] = {to_rfc3339(read->not_after)};
  details[field + ":key"] = {read->key_type};
  details[field + ":bits"] = {std::to_string(read->key_bits)};
  if (!read->digest.empty()) details[field + ":digest"] = {read->digest};
}

void read_certificates(Submission& submission, const Mail& mail) {
  for (const std::string field : {"saml.encryption_cert", "saml.slo_cert"}) {
    const std::string* value = text_of(submission, field);
    if (value == nullptr || submission.fields[field].kind == Kind::secret) continue;
    if (value->starts_with("-----BEGIN"))
      describe_certificate(submission, field, *value);
    else if (const Attachment* attachment = attachment_named(mail, *value))
      describe_certificate(submission, field, attachment->content);
  }
}

void describe_metadata(Submission& submission, const SamlReading& reading) {
  for (auto& [name, values] : metadata_details(reading)) submission.details[name] = values;
}

void read_metadata(Submission& submission, const Mail& mail) {
  for (const Attachment& each : mail.attachments) {
    const SamlReading reading = saml_metadata(each.content);
    if (reading.kind == SamlDocument::other) continue;
    describe_metadata(submission, reading);
    return;
  }
  if (const std::string_view within = metadata_within(mail.reply_text); !within.empty())
    describe_metadata(submission, saml_metadata(within));
}

/// A document of whose name or place nothing says which field it belongs to.
bool may_be_guide(const Attachment& attachment) {
  const GuideFormat format = guide_format(attachment.content);
  const std::string name = lower(attachment.filename);
  return (format == GuideFormat::pdf || format == GuideFormat::docx || format == GuideFormat::html ||
          (format == GuideFormat::plain && name.ends_with(".md"))) &&
         std::ranges::any_of(std::array{"guide"sv, "config"sv, "setup"sv, "instruction"sv, "documentation"sv},
                             [&](auto hint) { return contains(name, hint); });
}

/// "acme-scim-guide.pdf" belongs to SCIM; a name without a protocol to every one that was submitted.
bool belongs_to(std::string_view filename, std::string_view scope) {
  const std::string name = lower(filename);
  const bool names_one =
      std::ranges::any_of(protocol_scopes(), [&](auto each) { return contains(name, each); });
  return !names_one || contains(name, scope);
}

/// Is it a guide, or does a line name it where a guide may be meant?
bool is_read_as_guide(const Attachment& attachment, const Submission& submission) {
  const std::string name = lower(attachment.filename);
  if (name.empty()) return false;
  const auto names = [&](const std::string& value) { return contains(lower(value), name); };
  return may_be_guide(attachment) ||
         std::ranges::any_of(submission.fields,
                             [&](const auto& field) {
                               return field.first.ends_with(".guide_url") &&
                                      names(field.second.items.front());
                             }) ||
         std::ranges::any_of(submission.unknown, [&](const UnknownField& each) { return names(each.value); });
}

bool has_protocol(const Submission& submission, std::string_view protocol) {
  return std::ranges::find(submission.protocols, protocol) != submission.protocols.end();
}

std::vector<AttachedFile> attached_files(const Submission& submission, const Mail& mail,
                                         const GuideReader& read_guide) {
  std::vector<AttachedFile> out;
  const bool pictures = submission.protocols.empty() || has_protocol(submission, "wsfed");
  for (const Attachment& each : mail.attachments) {
    if (each.filename.empty()) continue;
    out.push_back({each.filename, each.sha256, each.content.size(),
                   pictures && image(each.content).has_value(), nullptr});
    if (is_read_as_guide(each, submission))
      out.back().guide = std::make_shared<const Guide>(read_guide(each.content));
  }
  return out;
}

template <class Fits>
const AttachedFile* file_that(const Submission& submission, Fits fits) {
  const auto found = std::ranges::find_if(submission.files, fits);
  return found == submission.files.end() ? nullptr : &*found;
}

/// The file whose name a value is, or has in it.
const AttachedFile* file_named(const Submission& submission, std::string_view value) {
  const std::string wanted = lower(value);
  return file_that(submission,
                   [&](const AttachedFile& each) { return contains(wanted, lower(each.filename)); });
}

void put_file(Submission& submission, const std::string& field, const AttachedFile& file) {
  submission.provenance.try_emplace(field, Provenance{file.filename, 0});
  submission.fields[field] = {Kind::text, {file.filename}};
}

/// An answer's guide of which nothing says whose it is does not replace one that is a link.
void place_guide(Submission& submission, const Submission& before, const Submission& whole,
                 std::string_view scope) {
  const std::string field = std::string(scope) + ".guide_url";
  const std::string *value = text_of(submission, field), *known = text_of(before, field);
  if (!value && !has_protocol(whole, protocol_of_scope(scope))) return;
  const bool linked = known != nullptr && contains(*known, "://");
  const AttachedFile* found =
      value ? file_named(submission, *value) : file_that(submission, [&](const AttachedFile& each) {
        return each.guide && belongs_to(each.filename, scope) &&
               (!linked || contains(lower(each.filename), scope));
      });
  if (found == nullptr || !found->guide) return;
  put_file(submission, field, *found);
  for (auto& [what, values] : guide_details(*found->guide, whole, scope))
    submission.details[field + ":" + what] = std::move(values);
  submission.details[field + ":sha256"] = {found->sha256};
}

/// The file that a field of one protocol is about: the one it names, or the first of its kind where it names
/// none.
template <class Fits>
void place_file(Submission& submission, const Submission& whole, std::string_view protocol,
                const std::string& field, Fits fits) {
  if (!has_protocol(whole, protocol)) return;
  const std::string* value = text_of(submission, field);
  const AttachedFile* found = value ? file_named(submission, *value) : nullptr;
  if (found == nullptr && (value == nullptr || promised(*value))) found = file_that(submission, fits);
  if (found == nullptr) return;
  put_file(submission, field, *found);
  submission.details[field + ":bytes"] = {std::to_string(found->bytes)};
}

/// A form that could not be read: a program's file in which nothing is known, or an office program's.
bool is_unread_form(const Attachment& attachment, const Submission& submission) {
  constexpr std::size_t fewest_fields = 3;  // with less the mail itself is no form
  const std::string kind = extension(attachment.filename), words = " " + folded(attachment.filename) + " ";
  const auto is_one_of = [&](const auto& kinds) { return std::ranges::find(kinds, kind) != kinds.end(); };
  const bool called_form = std::ranges::any_of(std::array{" form "sv, " submission "sv, " questionnaire "sv},
                                               [&](auto word) { return contains(words, word); });
  const bool read = std::ranges::any_of(
      submission.provenance, [&](const auto& field) { return field.second.part == attachment.filename; });
  if (read) return false;
  if (is_one_of(std::array{"json"sv, "yaml"sv, "yml"sv, "csv"sv}))
    return called_form || submission.fields.size() < fewest_fields;
  return called_form && is_one_of(std::array{"xlsx"sv, "xls"sv, "ods"sv, "doc"sv, "docx"sv, "odt"sv, "rtf"sv,
                                             "pages"sv, "zip"sv});
}

/// What no mail should hold, and what its text gives away about the app.
void read_text(Submission& submission, const Mail& mail) {
  const bool key =
      holds_private_key(mail.reply_text) || std::ranges::any_of(mail.attachments, [](const Attachment& each) {
        return holds_private_key(each.content);
      });
  if (key) submission.details["mail:private_key"] = {"yes"};
  if (const auto sign = custom_auth_server(mail.reply_text); !sign.empty())
    submission.details["oidc.issuer:custom_server"] = {std::string(sign)};
  submission.details["mail:files"] = {std::to_string(mail.attachments.size())};
  const std::string* app = text_of(submission, "app_name");
  if (app != nullptr)
    submission.details["mail:app_in_subject"] = {yes_no(contains(folded(mail.subject), folded(*app)))};
  for (const Attachment& each : mail.attachments) {
    if (each.filename.empty()) continue;
    submission.details["mail:attachments"].push_back(each.filename);
    if (is_unread_form(each, submission)) submission.details["mail:unread_forms"].push_back(each.filename);
  }
}

}  // namespace

std::map<std::string, std::vector<std::string>> metadata_details(const SamlReading& reading) {
  std::map<std::string, std::vector<std::string>> details;
  const auto add = [&](const char* what, std::string value) {
    if (!value.empty()) details[std::string("saml.metadata:") + what].push_back(std::move(value));
  };
  add("readable", yes_no(reading.metadata.has_value()));
  if (!reading.metadata) return details;
  const SamlMetadata& metadata = *reading.metadata;
  add("provider", metadata.service_provider ? "sp" : metadata.identity_provider ? "idp" : "none");
  add("entity_id", metadata.entity_id);
  for (const SamlEndpoint& endpoint : metadata.assertion_consumers) {
    add("acs_url", endpoint.location);
    add("binding", endpoint.binding);
  }
  for (const SamlEndpoint& endpoint : metadata.single_logout) add("slo_url", endpoint.location);
  add("signature", metadata.signature_algorithm);
  for (const SamlKey& key : metadata.keys) {
    add("key_readable", yes_no(key.certificate.has_value()));
    if (!key.certificate) continue;
    add("not_after", to_rfc3339(key.certificate->not_after));
    add("key_digest", key.certificate->digest);
    if (key.certificate->key_type == "RSA") add("rsa_bits", std::to_string(key.certificate->key_bits));
  }
  return details;
}

void read_files(Submission& submission, const Mail& mail, const GuideReader& read_guide) {
  if (submission.fields.empty() && submission.cleared.empty() && mail.attachments.empty()) return;
  read_icon(submission, mail);
  read_certificates(submission, mail);
  read_metadata(submission, mail);
  submission.files = attached_files(submission, mail, read_guide);
  place_files(submission, {});
  read_text(submission, mail);
}

void place_files(Submission& submission, const Submission& before) {
  if (submission.files.empty()) return;
  const Submission whole = patched(before, submission);
  for (const std::string_view scope : protocol_scopes()) place_guide(submission, before, whole, scope);
  // A WS-Fed template is shown by a picture, a connector's tests are a file of Workflows.
  const std::string* icon = text_of(submission, "app_icon");
  const std::string logo = icon ? *icon : std::string();
  const bool shown_already = before.details.contains("wsfed.screenshot:bytes");
  place_file(submission, whole, "wsfed", "wsfed.screenshot", [&](const AttachedFile& each) {
    return each.picture && each.filename != logo && !shown_already;
  });
  place_file(submission, whole, "workflows", "connector.test_flows", [](const AttachedFile& each) {
    const std::string kind = extension(each.filename);
    return kind == "folder" || kind == "flopack";
  });
}

}  // namespace oin
