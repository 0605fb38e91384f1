/// xml.hpp: XML from strangers: no network, no external entity, no expansion, bounded size and depth.
///
/// A thin layer over libxml2, whose own limits hold too: 256 levels, 10 MB a text, entities that would
/// multiply.
#pragma once

#include <libxml/tree.h>
#include <libxml/xmlreader.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct XmlFree {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using XmlDocument = std::unique_ptr<xmlDoc, XmlFree>;
using XmlReader = std::unique_ptr<xmlTextReader, XmlFree>;

/// The whole document as a tree; null when it is not well-formed, or has a document type, which no format
/// that is read so needs.
XmlDocument xml_document(std::string_view bytes, std::size_t most_bytes);

/// The same bytes node by node, for what is large or whose first element is enough.  Views stay valid.
XmlReader xml_reader(std::string_view bytes);

std::string_view xml_text(const xmlChar* text);
std::string_view local_name(const xmlNode& element);

/// The attribute of that local name in any namespace; nothing when it is not there.
std::optional<std::string> xml_attribute(const xmlNode& element, const char* name);
std::optional<std::string> xml_attribute(xmlTextReader& reader, const char* name);

/// The elements directly within, of one local name or all.
std::vector<const xmlNode*> xml_children(const xmlNode& element, std::string_view name = {});

/// All text within, however deep.
std::string xml_content(const xmlNode& element);

}  // namespace oin
