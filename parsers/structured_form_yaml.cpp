#include <yaml.h>

#include <utility>

#include "parsers/structured_form_tree.hpp"

namespace oin {
namespace {

constexpr std::size_t most_documents = 20;

/// libyaml's parser, closed at the end of its scope.
struct Parser {
  yaml_parser_t parser;
  bool ready = yaml_parser_initialize(&parser) != 0;

  Parser() = default;
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() {
    if (ready) yaml_parser_delete(&parser);
  }
};

struct Event {
  yaml_event_t event{};

  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event); }

  int line() const { return static_cast<int>(event.start_mark.line) + 1; }
};

std::string_view scalar(const yaml_event_t& event) {
  const auto& value = event.data.scalar;
  std::string_view text(reinterpret_cast<const char*>(value.value), value.length);
  const bool plain = value.style == YAML_PLAIN_SCALAR_STYLE;
  return plain && (text == "null" || text == "~" || text == "Null" || text == "NULL") ? "" : text;
}

/// Which texts of the open collections are keys: every second child of a map.
class Reader {
 public:
  /// False when the document is refused.
  bool take(const Event& read) {
    const yaml_event_t& event = read.event;
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        if (event.data.scalar.anchor || event.data.scalar.tag) return false;
        if (!key_is_next()) return passed(tree_.text(scalar(event), read.line()));
        return passed(tree_.key(scalar(event), read.line()));
      case YAML_SEQUENCE_START_EVENT:
        if (event.data.sequence_start.anchor || event.data.sequence_start.tag || key_is_next()) return false;
        at_key_.push_back(false);
        is_map_.push_back(false);
        return tree_.begin(FormNode::Kind::list, read.line());
      case YAML_MAPPING_START_EVENT:
        if (event.data.mapping_start.anchor || event.data.mapping_start.tag || key_is_next()) return false;
        at_key_.push_back(true);
        is_map_.push_back(true);
        return tree_.begin(FormNode::Kind::map, read.line());
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        at_key_.pop_back();
        is_map_.pop_back();
        return passed(tree_.end());
      case YAML_ALIAS_EVENT:
        return false;
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return false;
  }

  std::optional<FormNode> tree() && { return std::move(tree_).take(); }

 private:
  bool key_is_next() const { return !at_key_.empty() && at_key_.back(); }

  /// After a key comes its value, and after that the next key.
  bool passed(bool added) {
    if (!at_key_.empty() && is_map_.back()) at_key_.back() = !at_key_.back();
    return added;
  }

  FormTree tree_;
  std::vector<bool> at_key_, is_map_;
};

}  // namespace

std::optional<FormNode> yaml_tree(std::string_view utf8) {
  Parser yaml;
  if (utf8.size() > form_limits.bytes || !yaml.ready) return std::nullopt;
  yaml_parser_set_encoding(&yaml.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&yaml.parser, reinterpret_cast<const unsigned char*>(utf8.data()),
                               utf8.size());
  FormNode documents{.kind = FormNode::Kind::list, .text = {}, .key = {}, .line = 1, .children = {}};
  Reader reader;
  for (;;) {
    Event read;
    if (!yaml_parser_parse(&yaml.parser, &read.event) || !reader.take(read)) return std::nullopt;
    if (read.event.type == YAML_STREAM_END_EVENT) break;
    if (read.event.type != YAML_DOCUMENT_END_EVENT) continue;
    auto tree = std::exchange(reader, Reader()).tree();
    if (!tree || documents.children.size() == most_documents) return std::nullopt;
    documents.children.push_back(std::move(*tree));
  }
  if (documents.children.empty()) return std::nullopt;
  if (documents.children.size() == 1) return std::move(documents.children.front());
  return documents;
}

}  // namespace oin
