#include <gmime/gmime.h>

#include <memory>

#include "parsers/ascii.hpp"
#include "parsers/parameters.hpp"
#include "tests/comparators/leaves.hpp"

namespace oin::comparators {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::size_t decoded_size(GMimePart* part) {
  GMimeDataWrapper* const content = g_mime_part_get_content(part);
  if (content == nullptr) return 0;
  const Owned<GMimeStream> sink(g_mime_stream_null_new());
  const auto written = g_mime_data_wrapper_write_to_stream(content, sink.get());
  return written < 0 ? 0 : static_cast<std::size_t>(written);
}

Leaf leaf_of(GMimeObject* object) {
  Leaf leaf;
  if (!GMIME_IS_PART(object)) return leaf;
  leaf.size = decoded_size(GMIME_PART(object));
  const char* const name = g_mime_part_get_filename(GMIME_PART(object));
  leaf.filename = safe_filename(name == nullptr ? "" : name);
  return leaf;
}

void add_leaves(Leaves& leaves, GMimeObject* object, const std::string& number) {
  const int children = GMIME_IS_MULTIPART(object) ? g_mime_multipart_get_count(GMIME_MULTIPART(object)) : 0;
  if (children == 0) {
    leaves[number.empty() ? "1" : number] = leaf_of(object);
    return;
  }
  for (int i = 0; i < children; ++i)
    add_leaves(leaves, g_mime_multipart_get_part(GMIME_MULTIPART(object), i),
               (number.empty() ? "" : number + '.') + std::to_string(i + 1));
}

}  // namespace

Leaves gmime_leaves(std::string_view bytes) {
  [[maybe_unused]] static const bool ready = (g_mime_init(), true);
  Leaves leaves;
  while (!bytes.empty() && is_space(bytes.front())) bytes.remove_prefix(1);  // which GMime takes for the end
  // GMime miscounts a part whose closing delimiter ends the message without a line end.
  std::string whole(bytes);
  if (whole.ends_with("--")) whole += whole.find("\r\n") == std::string::npos ? "\n" : "\r\n";
  bytes = whole;
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (message)
    if (GMimeObject* const root = g_mime_message_get_mime_part(message.get()); root != nullptr)
      add_leaves(leaves, root, "");
  return leaves;
}

}  // namespace oin::comparators
