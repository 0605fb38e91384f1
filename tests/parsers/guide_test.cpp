#include "parsers/guide.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <ctime>
#include <map>

namespace oin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// An archive of these entries, as a word processor would store them.
std::string archive(const std::map<std::string, std::string>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : entries)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0),
                 ZIP_FL_OVERWRITE);
  zip_close(zip);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::string document(const std::string& body) {
  return "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document "
         "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>" +
         body + "</w:body></w:document>";
}

std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

TEST(ADocx, GivesItsTextHeadingsListsAndTables) {
  const std::string styles =
      "<w:styles xmlns:w='w'><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style><w:style "
      "w:styleId='Standard'><w:name w:val='Normal'/></w:style></w:styles>";
  const std::string numbering =
      "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'><w:lvl><w:numFmt "
      "w:val='decimal'/></w:lvl><w:lvl><w:numFmt "
      "w:val='bullet'/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId='1'><w:lvl><w:numFmt "
      "w:val='bullet'/></w:lvl></w:abstractNum><w:num w:numId='5'><w:abstractNumId w:val='0'/></w:num><w:num "
      "w:numId='6'><w:abstractNumId w:val='1'/></w:num></w:numbering>";
  const std::string five = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='5'/></w:numPr>";
  const std::string six = "<w:numPr><w:numId w:val='6'/></w:numPr>";
  const std::string body =
      paragraph("Before you begin", "<w:pStyle w:val='berschrift1'/>") +
      paragraph("You need an Okta &amp; an Acme account.", "<w:pStyle w:val='Standard'/>") +
      paragraph("Sign in", five) + paragraph("Open Security", five) + paragraph("a note", six) +
      "<w:tbl><w:tr><w:tc>" + paragraph("userName") + "</w:tc><w:tc>" + paragraph("email") +
      "</w:tc></w:tr></w:tbl><w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>"
      "old</w:delText></w:r></w:del><w:r><w:drawing/></w:r></w:p>";
  const std::string bytes = archive({{"word/document.xml", document(body)},
                                     {"word/styles.xml", styles},
                                     {"word/numbering.xml", numbering},
                                     {"word/comments.xml", "<w:comments/>"}});
  EXPECT_EQ(guide_format(bytes), GuideFormat::docx);
  const Guide read = guide(bytes);
  EXPECT_EQ(read.text,
            "Before you begin\nYou need an Okta & an Acme account.\n1. Sign in\n2. Open Security\n- a "
            "note\nuserName "
            " | email\nnew\n");
  EXPECT_THAT(read.headings, ElementsAre("Before you begin"));
  EXPECT_EQ(read.ordered_items, 2);
  EXPECT_EQ(read.words, 21u);
  EXPECT_EQ(read.pictures, 1);
  EXPECT_TRUE(read.tracked_changes);
  EXPECT_TRUE(read.comments);
  EXPECT_TRUE(read.defects.empty());
}

TEST(ADocx, HasATextBoxOnceAndItsDocumentUnderAnyName) {
  const std::string box = "<w:p><mc:AlternateContent xmlns:mc='mc'><mc:Choice>" + paragraph("In a box") +
                          "</mc:Choice><mc:Fallback>" + paragraph("In a box") +
                          "<w:pict/></mc:Fallback></mc:AlternateContent></w:p>";
  const Guide read =
      guide(archive({{"word/document2.xml", document(box + paragraph("Sign<w:noBreakHyphen/>in"))},
                     {"word/documentation.txt", "x"}}));
  EXPECT_EQ(read.format, GuideFormat::docx);
  EXPECT_THAT(read.text, HasSubstr("In a box"));
  EXPECT_EQ(read.text.find("In a box"), read.text.rfind("In a box"));
  EXPECT_EQ(read.pictures, 0);
  EXPECT_TRUE(read.defects.empty());
}

TEST(ADocx, ThatIsABombIsCutOff) {
  const std::string bytes =
      archive({{"word/document.xml",
                document("<w:p><w:r><w:t>" + std::string(60'000'000, 'a') + "</w:t></w:r></w:p>")}});
  ASSERT_LT(bytes.size(), 1'000'000u);
  const Guide read = guide(bytes);
  EXPECT_THAT(read.defects, Contains(GuideDefect::too_large));
  EXPECT_LE(read.text.size(), GuideLimits().text_bytes);
}

TEST(ADocx, ThatIsABombOfParagraphsCostsLittle) {
  std::string paragraphs;
  while (paragraphs.size() < 100'000'000)
    paragraphs += paragraph("a", "<w:numPr><w:numId w:val='5'/></w:numPr>");
  const std::string bytes = archive({{"word/document.xml", document(paragraphs)}});
  const auto begin = std::clock();
  const Guide read = guide(bytes);
  constexpr double most_seconds = 5;  // as for a mail (hostile_mail_test.cpp)
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, most_seconds);
  EXPECT_THAT(read.defects, Contains(GuideDefect::too_large));
  EXPECT_LE(read.text.size(), GuideLimits().text_bytes);
}

TEST(ADocx, OfTooManyEntriesIsNotOpened) {
  std::map<std::string, std::string> entries{{"word/document.xml", document(paragraph("x"))}};
  for (std::size_t i = 0; i < GuideLimits().archive_entries; ++i) entries["e" + std::to_string(i)];
  const Guide read = guide(archive(entries));
  EXPECT_THAT(read.defects, ElementsAre(GuideDefect::too_large));
}

TEST(ADocx, ThatIsDamagedSaysSo) {
  const std::string whole = archive({{"word/document.xml", document(paragraph("Hello"))}});
  for (const std::string& bytes :
       {whole.substr(0, whole.size() / 2), archive({{"word/document.xml", "<w:document><w:p>"}}),
        archive({{"word/document.xml.rels", "x"}})}) {
    const Guide read = guide(bytes);
    EXPECT_EQ(read.format, GuideFormat::docx);
    EXPECT_THAT(read.defects, Contains(GuideDefect::unreadable));
  }
}

TEST(AnHtmlGuide, GivesItsTextHeadingsItemsAndPictures) {
  const Guide read = guide(
      "<!DOCTYPE html><html><head><title>t</title></head><body><h1 class=x>Supported "
      "<b>features</b></h1><p>SSO.</p>"
      "<h2>Steps</h2><ol><li>Sign in<li>Copy the key</ol><img src=a.png></body></html>");
  EXPECT_EQ(read.format, GuideFormat::html);
  EXPECT_THAT(read.headings, ElementsAre("Supported features", "Steps"));
  EXPECT_EQ(read.ordered_items, 2);
  EXPECT_EQ(read.pictures, 1);
  EXPECT_THAT(read.text, HasSubstr("Copy the key"));
}

TEST(AMarkdownGuide, GivesItsHeadingsItemsAndPictures) {
  const Guide read = guide(
      "# Acme for Okta\n\nWelcome to it.\n\nSupported features\n------------------\n* SSO\n\n## Steps:\n\n1. "
      "Sign in\n"
      "2. Copy\nStep 3: paste\n\n![shot](a.png)\n");
  EXPECT_EQ(read.format, GuideFormat::plain);
  EXPECT_THAT(read.headings,
              ElementsAre("Acme for Okta", "Supported features", "Steps", "1. Sign in", "![shot](a.png)"))
      << "each line that may be one";
  EXPECT_EQ(read.ordered_items, 3);
  EXPECT_EQ(read.pictures, 1);
  EXPECT_EQ(read.words, 21u);
}

TEST(AMarkdownGuide, HasNoHeadingInItsCode) {
  const Guide read = guide("# Acme\n\n```\n# a comment\n```\n");
  EXPECT_THAT(read.headings, ElementsAre("Acme"));
}

TEST(AGuidesFormat, IsToldByItsContent) {
  EXPECT_EQ(guide_format("%PDF-1.7\n"), GuideFormat::pdf);
  EXPECT_EQ(guide_format("\xEF\xBB\xBF<html>"), GuideFormat::html);
  EXPECT_EQ(guide_format(std::string("\xFF\xFE<\0h\0002\0>\0", 10)), GuideFormat::html);
  EXPECT_EQ(guide_format("<!-- saved --><section><p class=a>x</p></section>"), GuideFormat::html);
  EXPECT_EQ(guide_format("<div>x</div>"), GuideFormat::html);
  EXPECT_EQ(guide_format("Configure SAML\n"), GuideFormat::plain);
  EXPECT_EQ(guide_format(""), GuideFormat::other);
  EXPECT_EQ(guide_format(std::string("\x89PNG\r\n\x1A\n\0", 9)), GuideFormat::other);
  EXPECT_EQ(guide_format(archive({{"a.txt", "x"}})), GuideFormat::other);
  EXPECT_TRUE(guide("%PDF-1.7\n").text.empty()) << "the daemon's to read";
}

}  // namespace
}  // namespace oin
