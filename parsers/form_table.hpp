/// form_table.hpp: the rows of a table as a form: label and value side by side, or a row of labels above.
///
/// Columns may stand in front (numbers, the section) and behind (comments): where the labels are is found by
/// counting those that are known, the values by the words of the heading, else by what follows the label.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/labelled_value.hpp"

namespace oin {

struct TableRow {
  int line = 0;  ///< 1-based
  std::vector<std::string> cells;
};

struct StructuredForm {
  LabelledText text;
  std::vector<LabelledValue> more;  ///< further submissions, each in one line
};

StructuredForm table_form(const std::vector<TableRow>& rows);

/// Is it what stands above labels, and above their values: "Field", "Value"?
bool is_table_heading(std::string_view label, std::string_view value);

/// Do the rows have columns of a form?  Most lines with bars do not.  A label and its value alone are a table
/// where bars frame the rows.
bool is_form_table(const std::vector<TableRow>& rows, bool framed);

}  // namespace oin
