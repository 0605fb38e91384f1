/// talon.cpp: mails and HTML whose reply is known, bodies whose signature is known.
///
/// Signatures that no mark sets apart are kept by us on purpose; so of those bodies is asked that nothing
/// above the signature is lost.
#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/html_text.hpp"
#include "parsers/mail.hpp"
#include "parsers/reply_text.hpp"
#include "tests/comparators/comparator.hpp"

namespace oin::comparators {
namespace {

std::string without_space(std::string text) {
  std::erase_if(text, is_space);
  return text;
}

/// What the sources' tests expect of an HTML body's reply.
std::string expected_reply(const fs::path& html) {
  if (html.parent_path().filename() == "html_replies") return "Hi.Iamfine.Thanks,Alex";
  return html.stem() == "OLK_SRC_BODY_SECTION" ? "Reply" : "Hithere";
}

void compare_html(Comparison& comparison, const fs::path& path) {
  const std::string reply = reply_text(html_text(contents(path)).text);
  expect_same(comparison, "reply", expected_reply(path), without_space(reply));
}

void compare_mail(Comparison& comparison, const fs::path& path) {
  const std::string reply = parse_mail(contents(path)).reply_text;
  if (path.stem() == "reply-quotations-share-block") {
    if (reply.empty() || reply.find("From") != std::string::npos)
      comparison.differences.push_back("the quoted header block is in the reply: " + reply);
    return;
  }
  fs::path stated = path;
  stated.replace_filename(path.stem().string() + "_reply_text");
  // It keeps the signature, which is no part of our reply.
  const std::string expected = fs::exists(stated) ? reply_text(contents(stated)) : "Hello";
  expect_same(comparison, "reply", expected, reply);
}

void compare_signature(Comparison& comparison, const fs::path& path) {
  std::string body = contents(path), signature = path.string();
  signature = contents(signature.replace(signature.rfind("_body"), 5, "_signature"));
  if (!signature.empty() && body.ends_with(signature)) body.resize(body.size() - signature.size());
  const std::string reply = without_space(reply_text(contents(path)));
  if (!reply.starts_with(without_space(body)))
    expect_same(comparison, "text above the signature", without_space(body), reply);
}

}  // namespace

std::vector<Comparison> compare_talon(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder)) {
    Comparison comparison{path.lexically_relative(folder).generic_string(), {}};
    if (path.extension() == ".html")
      compare_html(comparison, path);
    else if (path.extension() == ".eml")
      compare_mail(comparison, path);
    else if (comparison.file.starts_with("signature/emails/stripped/") && comparison.file.ends_with("_body"))
      compare_signature(comparison, path);
    else
      continue;
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace oin::comparators
