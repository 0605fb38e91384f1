#include "parsers/xml.hpp"

#include <libxml/parser.h>

#include <limits>

namespace oin {
namespace {

// XML_PARSE_NOENT, DTDLOAD, XINCLUDE and HUGE stay out: nothing is fetched and nothing grows.
constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

/// libxml2 must be told once before threads use it.
bool ready() {
  static const bool told = (xmlInitParser(), true);
  return told;
}

bool fits(std::string_view bytes) {
  return !bytes.empty() && bytes.size() < static_cast<std::size_t>(std::numeric_limits<int>::max());
}

struct CharFree {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using OwnedText = std::unique_ptr<xmlChar, CharFree>;

std::optional<std::string> taken(xmlChar* text) {
  const OwnedText owned(text);
  return owned ? std::optional<std::string>(xml_text(owned.get())) : std::nullopt;
}

}  // namespace

XmlDocument xml_document(std::string_view bytes, std::size_t most_bytes) {
  if (!ready() || !fits(bytes) || bytes.size() > most_bytes) return nullptr;
  XmlDocument document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, options));
  if (document && (document->intSubset || document->extSubset)) return nullptr;
  return document;
}

XmlReader xml_reader(std::string_view bytes) {
  if (!ready() || !fits(bytes)) return nullptr;
  XmlReader reader(
      xmlReaderForMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, options));
  // Its own limits are told past the options, on standard error.
  if (reader)
    xmlTextReaderSetStructuredErrorHandler(
        reader.get(), [](void*, xmlError*) {}, nullptr);
  return reader;
}

std::string_view xml_text(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

std::string_view local_name(const xmlNode& element) { return xml_text(element.name); }

std::optional<std::string> xml_attribute(const xmlNode& element, const char* name) {
  return taken(xmlGetProp(&element, reinterpret_cast<const xmlChar*>(name)));
}

std::optional<std::string> xml_attribute(xmlTextReader& reader, const char* name) {
  return taken(xmlTextReaderGetAttribute(&reader, reinterpret_cast<const xmlChar*>(name)));
}

std::vector<const xmlNode*> xml_children(const xmlNode& element, std::string_view name) {
  std::vector<const xmlNode*> found;
  for (const xmlNode* child = element.children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE && (name.empty() || local_name(*child) == name))
      found.push_back(child);
  return found;
}

std::string xml_content(const xmlNode& element) {
  return taken(xmlNodeGetContent(&element)).value_or(std::string());
}

}  // namespace oin
