#include <zip.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "parsers/ascii.hpp"
#include "parsers/guide.hpp"
#include "parsers/text_lines.hpp"
#include "parsers/xml.hpp"

namespace oin {
namespace {

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Close>;
using ArchivedFile = std::unique_ptr<zip_file_t, Close>;

Archive opened(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (source && !archive) zip_source_free(source);
  zip_error_fini(&error);
  return Archive(archive);
}

/// An entry unpacked; empty when it is not there.  A limit cuts it off and is noted.
std::string unpacked(zip_t& archive, const char* name, const GuideLimits& limits, Guide& guide) {
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_stat(&archive, name, 0, &facts) != 0 || !(facts.valid & ZIP_STAT_COMP_SIZE)) return {};
  const ArchivedFile file(zip_fopen(&archive, name, 0));
  if (!file) return {};
  const std::size_t most =
      std::min(limits.unpacked_bytes, std::size_t{64'000} + facts.comp_size * limits.unpacked_ratio);
  std::string out;
  char block[16'384];
  for (;;) {
    const zip_int64_t read = zip_fread(file.get(), block, sizeof block);
    if (read < 0) guide.defects.push_back(GuideDefect::unreadable);
    if (read <= 0) return out;
    out.append(block, static_cast<std::size_t>(read));
    if (out.size() <= most) continue;
    guide.defects.push_back(GuideDefect::too_large);
    return out.substr(0, most);
  }
}

/// The document's entry: some of Microsoft's own programs call it word/document2.xml.
std::string document_name(zip_t& archive) {
  constexpr std::string_view usual = "word/document.xml", beginning = "word/document";
  if (zip_name_locate(&archive, usual.data(), 0) >= 0) return std::string(usual);
  for (zip_int64_t i = 0; i < zip_get_num_entries(&archive, 0); ++i) {
    const char* name = zip_get_name(&archive, static_cast<zip_uint64_t>(i), 0);
    if (name && std::string_view(name).starts_with(beginning) && std::string_view(name).ends_with(".xml"))
      return name;
  }
  return std::string(usual);
}

/// WordprocessingML's attributes carry its elements' prefix, which is nearly always "w".
std::string attribute(xmlTextReader& reader, std::string_view name) {
  std::string qualified(xml_text(xmlTextReaderConstPrefix(&reader)));
  qualified.append(qualified.empty() ? "" : ":").append(name);
  return xml_attribute(reader, qualified.c_str()).value_or(std::string());
}

bool is_element(xmlTextReader& reader, std::string_view name) {
  return xmlTextReaderNodeType(&reader) == XML_READER_TYPE_ELEMENT &&
         xml_text(xmlTextReaderConstLocalName(&reader)) == name;
}

/// The style ids that mean a heading: Word names them in its user's language, their names stay English.
std::set<std::string, std::less<>> heading_styles(std::string_view styles_xml) {
  std::set<std::string, std::less<>> found;
  const XmlReader reader = xml_reader(styles_xml);
  std::string id;
  while (reader && xmlTextReaderRead(reader.get()) == 1) {
    if (is_element(*reader, "style")) id = attribute(*reader, "styleId");
    if (is_element(*reader, "name")) {
      const std::string name = lower(attribute(*reader, "val"));
      if (name.starts_with("heading") || name == "title") found.insert(id);
    }
  }
  return found;
}

/// The list numbers whose first level counts, and does not only mark.
std::set<std::string, std::less<>> ordered_lists(std::string_view numbering_xml) {
  std::map<std::string, std::string> format_of_abstract;
  std::set<std::string, std::less<>> found;
  const XmlReader reader = xml_reader(numbering_xml);
  std::string abstract, number;
  while (reader && xmlTextReaderRead(reader.get()) == 1) {
    if (is_element(*reader, "abstractNum")) abstract = attribute(*reader, "abstractNumId");
    if (is_element(*reader, "numFmt"))
      format_of_abstract.try_emplace(abstract, attribute(*reader, "val"));  // the first is level 0's
    if (is_element(*reader, "num")) number = attribute(*reader, "numId");
    if (is_element(*reader, "abstractNumId"))
      if (const auto format = format_of_abstract.find(attribute(*reader, "val"));
          format != format_of_abstract.end() && format->second != "bullet" && format->second != "none")
        found.insert(number);
  }
  return found;
}

/// Reads word/document.xml node by node: paragraphs become lines.
class DocumentReader {
 public:
  DocumentReader(Guide& guide, std::set<std::string, std::less<>> headings,
                 std::set<std::string, std::less<>> ordered)
      : guide_(guide), headings_(std::move(headings)), ordered_(std::move(ordered)) {}

  void read(std::string_view xml) {
    const XmlReader reader = xml_reader(xml);
    int more = reader ? xmlTextReaderRead(reader.get()) : -1;
    while (more == 1) {
      const int type = xmlTextReaderNodeType(reader.get());
      const std::string_view name = xml_text(xmlTextReaderConstLocalName(reader.get()));
      // The same again for older programs: text boxes and drawings stand twice (ISO 29500-3, 10.2.3).
      if (type == XML_READER_TYPE_ELEMENT && name == "Fallback") {
        more = xmlTextReaderNext(reader.get());
        continue;
      }
      if (type == XML_READER_TYPE_ELEMENT) enter(*reader, name);
      if (type == XML_READER_TYPE_END_ELEMENT) leave(name);
      if ((type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) && in_text_)
        line_ += xml_text(xmlTextReaderConstValue(reader.get()));
      more = xmlTextReaderRead(reader.get());
    }
    if (more < 0) guide_.defects.push_back(GuideDefect::unreadable);
    end_paragraph();
  }

 private:
  void enter(xmlTextReader& reader, std::string_view name) {
    const bool empty = xmlTextReaderIsEmptyElement(&reader) == 1;
    if (name == "t")
      in_text_ = !empty;
    else if (name == "tab")
      line_ += '\t';
    else if (name == "noBreakHyphen")
      line_ += '-';
    else if (name == "br" || name == "cr")
      line_ += ' ';
    else if (name == "pStyle")
      heading_ |= headings_.contains(attribute(reader, "val"));
    else if (name == "outlineLvl")
      heading_ = true;
    else if (name == "numId")
      list_ = attribute(reader, "val");
    else if (name == "ins" || name == "del")
      guide_.tracked_changes = true;
    else if (name == "drawing" || name == "pict")
      ++guide_.pictures;
    else if (name == "tr")
      cells_ = 0;
    else if (name == "tc")
      enter_cell();
  }

  void leave(std::string_view name) {
    if (name == "t")
      in_text_ = false;
    else if (name == "p" && in_row_)
      line_ += ' ';
    else if (name == "p" || name == "tr")
      end_paragraph();
    if (name == "tr") in_row_ = false;
  }

  void enter_cell() {
    in_row_ = true;
    if (cells_++ > 0) line_ += " | ";
  }

  void end_paragraph() {
    const std::string_view words = bare(line_);
    if (!words.empty()) {
      const bool counts = ordered_.contains(list_);
      guide_.ordered_items += counts ? 1 : 0;
      if (heading_) guide_.headings.emplace_back(words);
      if (!list_.empty() && list_ != "0" && !heading_)
        guide_.text += counts ? std::to_string(++number_) + ". " : "- ";
      if (!counts) number_ = 0;
      guide_.text.append(words).append("\n");
    }
    line_.clear();
    list_.clear();
    heading_ = false;
  }

  Guide& guide_;
  std::set<std::string, std::less<>> headings_, ordered_;
  std::string line_, list_;
  bool heading_ = false, in_text_ = false, in_row_ = false;
  int cells_ = 0, number_ = 0;
};

}  // namespace

void read_docx(std::string_view bytes, const GuideLimits& limits, Guide& into) {
  const Archive archive = opened(bytes);
  if (!archive) {
    into.defects.push_back(GuideDefect::unreadable);
    return;
  }
  if (zip_get_num_entries(archive.get(), 0) > static_cast<zip_int64_t>(limits.archive_entries)) {
    into.defects.push_back(GuideDefect::too_large);
    return;
  }
  const std::string document = unpacked(*archive, document_name(*archive).c_str(), limits, into);
  if (document.empty()) {
    into.defects.push_back(GuideDefect::unreadable);
    return;
  }
  DocumentReader(into, heading_styles(unpacked(*archive, "word/styles.xml", limits, into)),
                 ordered_lists(unpacked(*archive, "word/numbering.xml", limits, into)))
      .read(document);
  into.comments = zip_name_locate(archive.get(), "word/comments.xml", 0) >= 0;
}

}  // namespace oin
