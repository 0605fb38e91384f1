/// stalwart.cpp: beside each mail its parts as Stalwart's parser reads them, in JSON: header fields, the
/// tree, what each leaf says.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/mail.hpp"
#include "parsers/parameters.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

using nlohmann::json;

/// The value of a part's field, or null.
const json& field(const json& part, std::string_view name) {
  static const json none;
  for (const json& header : part.at("headers"))
    if (header.at("name") == name) return header.at("value");
  return none;
}

std::string text_of(const json& value) {
  if (value.is_object() && value.contains("Text")) return value.at("Text");
  if (value.is_object() && value.contains("TextList")) {
    std::string out;
    for (const std::string one : value.at("TextList")) out += (out.empty() ? "" : " ") + one;
    return out;
  }
  return {};
}

/// One blank between words, and without the NULs, which we leave out of text.
std::string words(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\0') continue;
    if (!is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  return std::string(stripped(out));
}

void add_addresses(std::string& out, const json& value) {
  const auto string = [](const json& one) {
    return one.is_string() ? one.get<std::string>() : std::string();
  };
  if (!value.is_object() || !value.contains("Address")) return;
  const json& address = value.at("Address");
  std::vector<json> lists;
  if (address.contains("List")) lists.push_back(address.at("List"));
  if (address.contains("Group"))
    for (const json& group : address.at("Group")) lists.push_back(group.at("addresses"));
  for (const json& list : lists)
    for (const json& one : list)
      if (!string(one.at("address")).empty())
        out += words(string(one.at("name"))) + "<" + string(one.at("address")) + ">;";
      else if (string(one.at("name")).find(' ') ==
               std::string::npos)  // a lone word: to us an address without domain
        out += "<" + string(one.at("name")) + ">;";
}

std::string shown(const std::vector<Address>& addresses) {
  std::string out;
  for (const Address& one : addresses) out += words(one.display_name) + "<" + one.addr_spec + ">;";
  return out;
}

std::string shown_date(const json& value) {
  if (!value.is_object() || !value.contains("DateTime")) return {};
  const json& date = value.at("DateTime");
  const auto number = [&](const char* name) { return date.at(name).get<int>(); };
  return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", number("year"), number("month"),
                     number("day"), number("hour"), number("minute"), number("second"),
                     date.at("tz_before_gmt").get<bool>() ? '-' : '+', number("tz_hour"),
                     number("tz_minute"));
}

struct StatedLeaf {
  std::string kind;  // Text, Html, Binary, InlineBinary or Message
  std::string content, filename;
};

std::string attribute(const json& part, std::string_view name, std::string_view key) {
  const json& value = field(part, name);
  if (!value.is_object() || !value.contains("ContentType")) return {};
  const json& attributes = value.at("ContentType").at("attributes");
  if (attributes.is_array())
    for (const json& one : attributes)
      if (one.at("name") == key) return one.at("value");
  return {};
}

void add_leaves(std::map<std::string, StatedLeaf>& leaves, const json& parts, const json& part,
                const std::string& number) {
  const json& body = part.at("body");
  if (body.contains("Multipart") && !body.at("Multipart").empty()) {
    int child = 0;
    for (const std::size_t index : body.at("Multipart"))
      add_leaves(leaves, parts, parts.at(index),
                 (number.empty() ? "" : number + '.') + std::to_string(++child));
    return;
  }
  if (body.contains("Multipart")) return;  // it found no parts in it
  StatedLeaf leaf{body.begin().key(), {}, attribute(part, "content_disposition", "filename")};
  if (leaf.filename.empty()) leaf.filename = attribute(part, "content_type", "name");
  if (body.begin().value().is_string()) leaf.content = body.begin().value();
  if (leaf.kind.ends_with("Binary"))
    for (const std::uint8_t byte : body.begin().value()) leaf.content.push_back(static_cast<char>(byte));
  leaves[number.empty() ? "1" : number] = std::move(leaf);
}

/// What the source itself could not read (U+FFFD, and all behind it) is not held against us.
bool holds(const std::string& text, const std::string& piece) {
  return words(text).find(words(piece.substr(0, piece.find("\xEF\xBF\xBD")))) != std::string::npos;
}

void compare_leaf(Comparison& comparison, const Mail& mail, const std::string& number,
                  const StatedLeaf& leaf) {
  const auto ours = std::ranges::find(mail.attachments, number, &Attachment::part);
  const bool is_text = leaf.kind == "Text" || leaf.kind == "Html";
  if (ours == mail.attachments.end()) {
    if (!is_text)
      comparison.differences.push_back(fmt::format("part {}: a {} is no attachment", number, leaf.kind));
    else if (!holds(leaf.kind == "Html" ? mail.html.value_or(mail.text) : mail.text, leaf.content) &&
             !holds(mail.html.value_or(""), leaf.content))
      comparison.differences.push_back(fmt::format("part {}: not in our text: {}", number, leaf.content));
    return;
  }
  if (is_text)
    expect_same(comparison, "part " + number, words(leaf.content), words(to_utf8(ours->content, "").utf8));
  else if (leaf.kind != "Message")
    expect_same(comparison, "part " + number, leaf.content, ours->content);
  expect_same(comparison, "name of part " + number, safe_filename(leaf.filename), ours->filename);
}

Comparison compare_mail(const fs::path& path, const fs::path& folder) {
  Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
  const Mail mail = parse_mail(contents(path));
  const json stated = json::parse(contents(fs::path(path).replace_extension(".json")));
  const json& parts = stated.at("parts");
  const json& root = parts.at(0);
  expect_same(comparison, "message id", text_of(field(root, "message_id")), mail.message_id);
  expect_same(comparison, "subject", words(text_of(field(root, "subject"))), words(mail.subject));
  if (const std::string date = shown_date(field(root, "date")); !date.empty())
    expect_same(comparison, "date", to_rfc3339(parse_rfc3339(date).value()),
                mail.date ? to_rfc3339(*mail.date) : "none");
  for (const auto& [name, ours] : {std::pair{"from", &mail.from}, std::pair{"reply_to", &mail.reply_to},
                                   std::pair{"to", &mail.to}, std::pair{"cc", &mail.cc}}) {
    std::string theirs;
    for (const json& header : root.at("headers"))
      if (header.at("name") == name) add_addresses(theirs, header.at("value"));
    expect_same(comparison, name, theirs, shown(*ours));
  }
  std::map<std::string, StatedLeaf> leaves;
  add_leaves(leaves, parts, root, "");
  for (const auto& [number, leaf] : leaves) compare_leaf(comparison, mail, number, leaf);
  return comparison;
}

}  // namespace

std::vector<Comparison> compare_stalwart(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder, {".eml"})) out.push_back(compare_mail(path, folder));
  return out;
}

}  // namespace oin::comparators
