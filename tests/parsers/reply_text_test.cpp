#include "parsers/reply_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "parsers/mail.hpp"

namespace oin {
namespace {

namespace fs = std::filesystem;

struct ReplyCase {
  std::string name, body, reply;
};

class ReplyText : public testing::TestWithParam<ReplyCase> {};

TEST_P(ReplyText, KeepsOnlyWhatWasNewlyWritten) { EXPECT_EQ(reply_text(GetParam().body), GetParam().reply); }

INSTANTIATE_TEST_SUITE_P(
    Quotations, ReplyText,
    testing::Values(
        ReplyCase{"QuoteBelow", "Fixed.\n\nOn Mon, 23 Nov 2026, Ada wrote:\n> old\n> older\n", "Fixed."},
        ReplyCase{"QuoteAbove", "On Mon, 23 Nov 2026, Ada wrote:\n> old\n\nFixed.\n", "Fixed."},
        ReplyCase{"Interleaved",
                  "On 23 Nov 2026 at 10:00, Ada <a@b.example> wrote:\n> 1. ACS URL?\n\nDone.\n\n> 2. "
                  "Logo?\n\nSent.\n",
                  "Done.\n\nSent."},
        ReplyCase{"AnswersRightBelowTheQuestion", "> ACS URL?\nDone.\n> Logo?\nSent.\n", "Done.\nSent."},
        ReplyCase{"MboxFromIsNoQuote", ">From now on it works.\n", ">From now on it works."},
        ReplyCase{"OnlyAQuote", "> old\n> older\n", ""}, ReplyCase{"Empty", "", ""},
        ReplyCase{"AProseLineWithWroteStays", "The RFC's authors wrote:\nbe lenient.\n",
                  "The RFC's authors wrote:\nbe lenient."},
        ReplyCase{"ADateWithoutQuoteStays", "On 23 Nov 2026 you wrote:\nplease fix it. We did.\n",
                  "On 23 Nov 2026 you wrote:\nplease fix it. We did."}),
    [](const auto& test) { return test.param.name; });

/// Each is put between an answer and an unquoted old message.
INSTANTIATE_TEST_SUITE_P(
    Attributions, ReplyText, testing::ValuesIn([] {
      std::vector<ReplyCase> cases;
      const std::vector<std::pair<std::string, std::string>> attributions = {
          {"English", "On Mon, Nov 23, 2026 at 10:00 AM Ada <ada@x.example> wrote:"},
          {"EnglishOverTwoLines", "On Mon, Nov 23, 2026 at 10:00 AM Ada Lovelace\n<ada@x.example> wrote:"},
          {"EnglishOverThreeLines", "On Mon, Nov 23, 2026 at 10:00 AM Ada Lovelace\n<ada@x.example>\nwrote:"},
          {"German", "Am 23.11.2026 um 10:00 schrieb Ada Lovelace <ada@x.example>:"},
          {"French", "Le lun. 23 nov. 2026 à 10:00, Ada <ada@x.example> a écrit :"},
          {"Spanish", "El lun, 23 nov 2026 a las 10:00, Ada (<ada@x.example>) escribió:"},
          {"Italian", "Il giorno lun 23 nov 2026 alle ore 10:00 Ada <ada@x.example> ha\nscritto:"},
          {"Portuguese", "Em seg., 23 de nov. de 2026 às 10:00, Ada <ada@x.example> escreveu:"},
          {"Dutch", "Op ma 23 nov. 2026 om 10:00 schreef Ada <ada@x.example>:"},
          {"Swedish", "Den mån 23 nov. 2026 kl 10:00 skrev Ada <ada@x.example>:"},
          {"NorwegianWithABrokenAddress", "man. 23. nov. 2026 kl. 10:00 skrev Ada <ada@x.example\n>:"},
          {"Polish", "W dniu 2026-11-23 10:00:00 użytkownik Ada <ada@x.example> napisał:"},
          {"Czech", "Dne 23. 11. 2026 10:00 Ada <ada@x.example> napsal(a):"},
          {"Russian", "пн, 23 нояб. 2026 г. в 10:00, Ada <ada@x.example>:\n"},
          {"Ukrainian", "23 листопада 2026 р. о 10:00 <ada@x.example> написав:"},
          {"Japanese", "2026年11月23日(月) 10:00 Ada <ada@x.example>:"},
          {"OriginalMessage", "-----Original Message-----"},
          {"OriginalMessageInGerman", "-----Ursprüngliche Nachricht-----"},
          {"OriginalMessageInFrench", "----- Mail original -----"},
          {"OutlookInEnglish", "From: Ada [mailto:ada@x.example]\nSent: Monday\nTo: Bob\nSubject: x"},
          {"OutlookInBold", "*From:* Ada\n*Sent:* Monday\n*To:* Bob\n*Subject:* x"},
          {"OutlookBehindARule",
           "________________________________\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x"},
          {"OutlookInGerman", "Von: Ada\nGesendet: Montag\nAn: Bob\nBetreff: x"},
          {"OutlookInFrench", "De : Ada\nEnvoyé : lundi\nÀ : Bob\nObjet : x"},
          {"OutlookInSpanish", "De: Ada\nEnviado el: lunes\nPara: Bob\nAsunto: x"},
          {"OutlookInItalian", "Da: Ada\nInviato: lunedì\nA: Bob\nOggetto: x"},
          {"OutlookInPortuguese", "De: Ada\nEnviada em: segunda\nPara: Bob\nAssunto: x"},
          {"OutlookInDutch", "Van: Ada\nVerzonden: maandag\nAan: Bob\nOnderwerp: x"},
          {"OutlookInChinese", "发件人: Ada\n发送时间: 2026\n收件人: Bob\n主题: x"},
          {"AnotherDesksMarker", "##- Please type your reply above this line -##"},
      };
      for (const auto& [name, attribution] : attributions)
        cases.push_back(
            {name, "Fixed.\nAll of it.\n\n" + attribution + "\n\nPlease fix it.\n", "Fixed.\nAll of it."});
      return cases;
    }()),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Signatures, ReplyText,
    testing::Values(
        ReplyCase{"Rfc3676", "Fixed.\n-- \nAda\nAcme\n", "Fixed."},
        ReplyCase{"WithoutTheBlank", "Fixed.\n--\nAda\n", "Fixed."},
        ReplyCase{"AboveAnInterleavedQuote", "Hi,\n-- \nAda\n\n> Logo?\nSent.\n", "Hi,\nSent."},
        ReplyCase{"TwoDashesAboveALongTextAreNone", "a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n",
                  "a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13"},
        ReplyCase{"Phone", "Fixed.\n\nSent from my iPhone\n", "Fixed."},
        ReplyCase{"PhoneInGerman", "Fixed.\n\nVon meinem iPhone gesendet\n", "Fixed."},
        ReplyCase{"OutlookForIos", "Fixed.\n\nGet Outlook for iOS\n", "Fixed."},
        ReplyCase{"ASentenceIsNone", "Sent from my desk, it works.\n", "Sent from my desk, it works."}),
    [](const auto& test) { return test.param.name; });

TEST(ReplyTextOfAForward, KeepsWhatIsPassedOn) {
  const std::string forwarded =
      "See below.\n\n---------- Forwarded message ---------\nFrom: Ada <ada@x.example>\nSubject: form\n\nApp "
      "name: Acme\n-- \nAda";
  EXPECT_EQ(reply_text(forwarded), forwarded);
  const std::string outlook = "FYI\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: form\n\nApp name: Acme";
  EXPECT_EQ(reply_text(outlook, "FW: form"), outlook);
  EXPECT_EQ(reply_text(outlook, "Re: form"), "FYI");
  EXPECT_EQ(reply_text(outlook.substr(5)), outlook.substr(5)) << "nothing above it: the mail itself";
}

TEST(ReplyLines, KnowWhereTheyStood) {
  const auto lines = reply_lines("> old\n\nFixed.\r\n> more\nYes.\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].number, 3);
  EXPECT_EQ(lines[0].text, "Fixed.");
  EXPECT_EQ(lines[1].number, 5);
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> samples() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(OIND_SOURCE_DIR) / "tests/corpus"))
    if (entry.path().extension() == ".reply") found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

/// Each sample has its expected reply beside it: email_1.txt and email_1.txt.reply.
class ReplySample : public testing::TestWithParam<fs::path> {};

TEST_P(ReplySample, IsReadAsItsReplySays) {
  fs::path sample = GetParam();
  const std::string expected = contents(sample);
  sample.replace_extension();
  std::string body = contents(sample);
  ASSERT_FALSE(body.empty()) << sample;
  if (sample.extension() == ".eml") {
    EXPECT_EQ(parse_mail(body).reply_text + "\n", expected);
    return;
  }
  std::erase(body, '\r');
  EXPECT_EQ(reply_text(body) + "\n", expected) << "with LF";
  std::string crlf;
  for (const char c : body) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(reply_text(crlf) + "\n", expected) << "with CRLF";
}

INSTANTIATE_TEST_SUITE_P(Corpus, ReplySample, testing::ValuesIn(samples()), [](const auto& test) {
  std::string name = test.param.parent_path().filename().string() + "_" + test.param.filename().string();
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
});

TEST(ReplyText, TakesTimeInProportionToTheBody) {
  for (const std::string line :
       {"--\n", "On 1 Jan 2026 wrote:\n", "From: x\n", "_______________________________\n", "> \n", "\n"}) {
    std::string body;
    while (body.size() < 200'000) body += line;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_LE(reply_text(body).size(), body.size());
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << line;
  }
}

}  // namespace
}  // namespace oin
