/// mail_json.hpp: one mail's facts in the form of `oinctl parse --json`; a stable interface.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {

using Json = nlohmann::ordered_json;

Json mail_json(const std::string& file, int index, const Mail& mail);
/// {"protocols", "fields", "provenance", "unknown"}
Json submission_json(const Submission& submission);
/// Valid UTF-8 is printed as it is; anything else becomes U+FFFD.
std::string print(const Json& json, int indent = -1);

/// The messages of an mbox (RFC 4155), ">From " undone.
std::vector<std::string> split_mbox(std::string_view mbox);

}  // namespace oin
