/// structured_form.hpp: the form as JSON, YAML or CSV, told apart by content; its keys are the labels of
/// text.
///
/// JSON and YAML hold one map, sections being maps within it.  CSV (RFC 4180; also ";", tab, Excel's "sep=;",
/// UTF-16) has rows of label and value, of section, label and value, or a row of labels above one of values.
/// Further submissions in one file are named in `more`: which ticket each would be is for a person to say.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parsers/form_table.hpp"

namespace oin {

/// Nothing where the content is no such document, or has less than two labels that are known.  A text of
/// labels as people write it can be YAML by chance: whether to try that is the caller's to know.
std::optional<StructuredForm> structured_form(std::string_view utf8, bool try_yaml = true);

/// The JSON object that stands in a text on lines of its own; empty where none does.
std::string_view json_within(std::string_view text);

/// RFC 4180 with any of the usual delimiters; at most 2,000 rows of 200 cells.  Any input gives rows.
std::vector<TableRow> csv_rows(std::string_view utf8);

}  // namespace oin
