/// labelled_value.hpp: what a form says, before anybody judges its values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct LabelledValue {
  std::string label;         ///< as written
  std::string key;           ///< label_key of it; empty when the label is not known anywhere
  std::string value;         ///< its lines joined by "\n"
  std::string_view section;  ///< the scope of the section it stands in, "" outside of protocols
  int line = 0;
};

struct SectionTitle {
  std::string_view scope;
  std::string title;
  int line = 0;
};

struct LabelledText {
  std::vector<LabelledValue> values;
  std::vector<SectionTitle> sections;
};

}  // namespace oin
