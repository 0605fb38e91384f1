/// event_json.hpp: events as JSON and back, the form in which the store keeps them.
///
/// from_json(to_json(e)) == e; a key that is missing takes its default, so that old events stay readable when
/// a field is added.  Fields are never renamed.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "daemon/workflow/event.hpp"
#include "parsers/base/result.hpp"

namespace oin {

nlohmann::json to_json(const EventBody& what);
Result<EventBody> event_from_json(std::string_view type, const nlohmann::json& body);

nlohmann::json to_json(const Submission& submission);
Submission submission_from_json(const nlohmann::json& value);

}  // namespace oin
