#include "parsers/reply_text.hpp"

#include <gtest/gtest.h>

#include <ctime>

namespace oin {
namespace {

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
                  "On 23 Nov 2026 you wrote:\nplease fix it. We did."},
        ReplyCase{"ADateInAParagraphOfItsOwn", "Fixed.\n\nOn 23 Nov 2026 you wrote:\n\nplease fix it.\n",
                  "Fixed."},
        ReplyCase{"TextBelowTheQuote",
                  "Fixed.\n\nOn 23 Nov 2026 at 10:00, Ada wrote:\n> old\n\nRegards,\nBob\n",
                  "Fixed.\n\nRegards,\nBob"},
        ReplyCase{"OnlyQuotesOfTwoKinds", "On 23 Nov 2026 at 10:00, Ada wrote:\n> old\n>> older\n", ""},
        ReplyCase{"OutlookWithMarks",
                  "From: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\n> Logo?\nSent.\n> URL?\nhttps://x\n",
                  "Sent.\nhttps://x"}),
    [](const auto& test) { return test.param.name; });

struct Announcement {
  std::string name, lines;
};

/// Each is put between an answer and an old message without quote marks.
std::vector<ReplyCase> between(const std::vector<Announcement>& announcements) {
  std::vector<ReplyCase> cases;
  for (const auto& [name, lines] : announcements)
    cases.push_back({name, "Fixed.\nAll of it.\n\n" + lines + "\n\nPlease fix it.\n", "Fixed.\nAll of it."});
  return cases;
}

/// The same between answers to a quoted message.
std::vector<ReplyCase> above_quotes(const std::vector<Announcement>& announcements) {
  std::vector<ReplyCase> cases;
  for (const auto& [name, lines] : announcements) {
    cases.push_back({name + "AboveQuotes", "Hi,\n\n" + lines + "\n> Logo?\nSent.\n\n> URL?\n\nhttps://x\n",
                     "Hi,\n\nSent.\n\nhttps://x"});
    cases.push_back({name + "First", lines + "\n\n> Logo?\n\nSent.\n", "Sent."});
  }
  return cases;
}

const std::vector<Announcement> attributions = {
    {"English", "On Mon, Nov 23, 2026 at 10:00 AM Ada <ada@x.example> wrote:"},
    {"EnglishOverTwoLines", "On Mon, Nov 23, 2026 at 10:00 AM Ada Lovelace\n<ada@x.example> wrote:"},
    {"EnglishOverThreeLines", "On Mon, Nov 23, 2026 at 10:00 AM Ada Lovelace\n<ada@x.example>\nwrote:"},
    {"EnglishWithTheAddressBroken",
     "On 30 Nov 2026, at 12:47 PM, Ada <\nada.lovelace.of.long@x.example>\nwrote:"},
    {"EnglishWithTheDateBroken", "On Mon, 23 Nov\n2026 at 10:00, Ada <ada@x.example> wrote:"},
    {"EnglishWithoutAddress", "On 23/11/2026 10:00, Ada Lovelace wrote:"},
    {"EnglishWithAMailtoLink", "On 23 Nov 2026, at 10:00, Ada <ada@x.example<mailto:ada@x.example>> wrote:"},
    {"EnglishInParentheses", "On 23 Nov 2026, 10:00 +0100, Ada (ada@x.example), wrote:"},
    {"EnglishOfYahoo", "--- On Mon, 11/23/26, Ada <ada@x.example> wrote:"},
    {"EnglishBetweenDashes", "------On 11/23/2026 10:00 AM, Ada Lovelace wrote-----"},
    {"EnglishOfZimbra", "- On 2026-11-23 10:00, Ada Lovelace wrote:"},
    {"EnglishNameFirst", "Ada Lovelace <ada@x.example> wrote on 23 Nov 2026:"},
    {"EnglishNameFirstOverTwoLines", "Ada Lovelace\n<ada@x.example> wrote:"},
    {"EnglishOfGnus", "\"Ada Lovelace\" <ada@x.example> writes:"},
    {"Sent", "On 23-Nov-2026, at 10:00 AM, Ada <ada@x.example> sent:"},
    {"German", "Am 23.11.2026 um 10:00 schrieb Ada Lovelace <ada@x.example>:"},
    {"GermanBroken", "Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Ada Lovelace <\nada@x.example>:"},
    {"GermanBrokenBehindAm", "Am\n23. November 2026 10:00:17 schrieb Ada <ada@x.example>:"},
    {"GermanWithoutAddress", "Am 23.11.2026 um 10:00 schrieb Ada Lovelace:"},
    {"GermanWithAShortYear", "Am 23.11.26 um 10:00 schrieb Ada Lovelace:"},
    {"EnglishWithAShortYear", "On 11/23/26 10:00 AM, Ada Lovelace wrote:"},
    {"SpanishWithAShortYear", "El 23/11/26 a las 10:00, Ada Lovelace escribió:"},
    {"ItalianWithAShortYear", "Il giorno lun 23 nov 26 alle ore 10:00 Ada Lovelace ha scritto:"},
    {"CzechWithAShortYear", "Dne 23. 11. 26 v 10:00 Ada Lovelace napsal(a):"},
    {"FinnishWithAShortYear", "23.11.26 10.00, Ada Lovelace kirjoitti:"},
    {"GermanWithAParticleInTheName", "Am 23.11.2026 um 10:00 schrieb Ada von der Aue:"},
    {"GermanNameFirst", "Ada Lovelace <ada@x.example> schrieb am Mo., 23. Nov. 2026, 10:00:"},
    {"GermanWithoutDate", "Ada Lovelace <ada@x.example> schrieb:"},
    {"French", "Le lun. 23 nov. 2026 à 10:00, Ada <ada@x.example> a écrit :"},
    {"FrenchWithANoBreakSpace",
     "Le\xC2\xA0lun. 23 nov. 2026 à 10:00, Ada <ada@x.example> a\xC2\xA0écrit\xC2\xA0:"},
    {"FrenchWithoutAddress", "Le 23/11/2026 10:00, Ada Lovelace a écrit :"},
    {"FrenchOfZimbra", "- Le 2026-11-23 10:00, Ada Lovelace a écrit :"},
    {"Spanish", "El lun, 23 nov 2026 a las 10:00, Ada (<ada@x.example>) escribió:"},
    {"SpanishOfThunderbird", "El 23/11/2026 a las 10:00, Ada Lovelace escribió:"},
    {"Italian", "Il giorno lun 23 nov 2026 alle ore 10:00 Ada <ada@x.example> ha\nscritto:"},
    {"ItalianOfThunderbird", "Il 23/11/2026 10:00, Ada Lovelace ha scritto:"},
    {"Portuguese", "Em seg., 23 de nov. de 2026 às 10:00, Ada <ada@x.example> escreveu:"},
    {"PortugueseOfThunderbird", "Em 23/11/2026 10:00, Ada Lovelace escreveu:"},
    {"Dutch", "Op ma 23 nov. 2026 om 10:00 schreef Ada <ada@x.example>:"},
    {"DutchOfAppleMail", "Op 23 nov. 2026, om 10:00 heeft Ada <ada@x.example> het volgende geschreven:"},
    {"Swedish", "Den mån 23 nov. 2026 kl 10:00 skrev Ada <ada@x.example>:"},
    {"SwedishOfAppleMail", "23 nov. 2026 kl. 10:00 skrev Ada <ada@x.example>:"},
    {"Danish", "Den man. 23. nov. 2026 kl. 10.00 skrev Ada <ada@x.example>:"},
    {"Norwegian", "På 23 november 2026 på 10:00:18, Ada (ada@x.example) skrev:"},
    {"NorwegianWithABrokenAddress", "man. 23. nov. 2026 kl. 10:00 skrev Ada <ada@x.example\n>:"},
    {"Finnish", "Ada <ada@x.example> kirjoitti 23.11.2026 kello 10.00:"},
    {"FinnishOfGmail", "ma 23. marrask. 2026 klo 10.00 Ada (ada@x.example) kirjoitti:"},
    {"Polish", "W dniu 2026-11-23 10:00:00 użytkownik Ada <ada@x.example> napisał:"},
    {"PolishOfGmail", "pon., 23 lis 2026 o 10:00 Ada <ada@x.example> napisał(a):"},
    {"PolishOfThunderbird", "W dniu 23.11.2026 o 10:00, Ada Lovelace pisze:"},
    {"PolishOfWp", "Dnia 23 listopada 2026 10:00 Ada <ada@x.example> napisał(a):"},
    {"Czech", "Dne 23. 11. 2026 10:00 Ada <ada@x.example> napsal(a):"},
    {"CzechOfGmail", "po 23. 11. 2026 v 10:00 odesílatel Ada <ada@x.example> napsal:"},
    {"Russian", "пн, 23 нояб. 2026 г. в 10:00, Ada <ada@x.example>:"},
    {"RussianOfMailRu", "Понедельник, 23 ноября 2026, 10:00 +03:00 от Ada <ada@x.example>:"},
    {"RussianOfYandex", "23.11.2026, 10:00, \"Ada\" <ada@x.example>:"},
    {"RussianOfThunderbird", "23.11.2026 10:00, Ada Lovelace пишет:"},
    {"Japanese", "2026年11月23日(月) 10:00 Ada <ada@x.example>:"},
    {"JapaneseOfAppleMail", "2026/11/23 10:00、Ada <ada@x.example>のメール："},
    {"JapaneseOfAppleMailWithoutAddress", "2026/11/23 10:00、Ada Lovelaceのメール:"},
    {"JapaneseOfAnIPhone", "2026/11/23 10:00、Ada <ada@x.example> のメッセージ:"},
    {"Korean", "2026년 11월 23일 (월) 오전 10:00, Ada <ada@x.example>님이 작성:"},
    {"KoreanOfAnIPhone", "2026. 11. 23. 오전 10:00, Ada <ada@x.example> 작성:"},
    {"Chinese", "Ada <ada@x.example> 于2026年11月23日周一 10:00写道："},
    {"ChineseOfAnIPhone", "在 2026年11月23日，上午10:00，Ada <ada@x.example> 写道："},
    {"ChineseOfNetease", "在 2026-11-23 10:00:00，\"Ada\" <ada@x.example> 写道："},
    {"ChineseOfTaiwan", "Ada <ada@x.example> 於 2026年11月23日 週一 上午10:00寫道："},
    {"Ukrainian", "23 листопада 2026 р. о 10:00 <ada@x.example> написав:"},
    {"Hungarian", "2026.11.23. 10:00 keltezéssel, \"Ada\" <ada@x.example> írta:"},
    {"Catalan", "El 23/11/2026 10:00, Ada <ada@x.example> ha escrit:"},
    {"GmailOf2014", "2026-11-23 10:00 GMT+01:00 Ada <ada@x.example>:"},
    {"ALanguageNotKnown", "pirm. 23. nov. 2026, plkst. 10:00, Ada <ada@x.example>:"},
};

const auto by_name = [](const auto& test) { return test.param.name; };

INSTANTIATE_TEST_SUITE_P(Attributions, ReplyText, testing::ValuesIn(between(attributions)), by_name);
INSTANTIATE_TEST_SUITE_P(QuotedAttributions, ReplyText, testing::ValuesIn(above_quotes(attributions)),
                         by_name);

/// Weaker ones, which are believed only where a ">" line follows.
INSTANTIATE_TEST_SUITE_P(WeakAttributions, ReplyText,
                         testing::ValuesIn(above_quotes({
                             {"WithoutAYear", "On Monday the 23rd, Ada wrote:"},
                             {"WithoutADate", "Ada Lovelace wrote:"},
                             {"WithoutADateByMarc", "Marc Slemko wrote:"},
                             {"WithoutAColon", "2026/11/23 Ada <ada@x.example>"},
                             {"UnknownWords", "Ada <ada@x.example> 23.11.2026 10:00 zzz:"},
                         })),
                         by_name);

INSTANTIATE_TEST_SUITE_P(
    QuotedTitles, ReplyText,
    testing::ValuesIn(above_quotes({
        {"OriginalMessage", "-----Original Message-----"},
        {"OriginalMessageOfProton",
         "------- Original Message -------\nOn Monday, November 23rd, 2026 at 10:00 AM, Ada <ada@x.example> "
         "wrote:"},
        {"OriginalMessageAndHeader",
         "-----Original Message-----\nFrom: Ada <ada@x.example>\nSent: Monday 10:00\nTo: Bob\nSubject: x"},
    })),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    HeaderBlocks, ReplyText,
    testing::ValuesIn(between({
        {"OriginalMessage", "-----Original Message-----"},
        {"OriginalMessageInGerman", "-----Ursprüngliche Nachricht-----"},
        {"OriginalMessageInFrench", "----- Mail original -----"},
        {"OriginalMessageInSpanish", "-----Mensaje original-----"},
        {"OriginalMessageInItalian", "-----Messaggio originale-----"},
        {"OriginalMessageInPortuguese", "-----Mensagem original-----"},
        {"OriginalMessageInDutch", "-----Oorspronkelijk bericht-----"},
        {"OriginalMessageInSwedish", "-----Ursprungligt meddelande-----"},
        {"OriginalMessageInDanish", "-----Oprindelig meddelelse-----"},
        {"OriginalMessageInNorwegian", "-----Opprinnelig melding-----"},
        {"OriginalMessageInFinnish", "-----Alkuperäinen viesti-----"},
        {"OriginalMessageInPolish", "-----Wiadomość oryginalna-----"},
        {"OriginalMessageInCzech", "-----Původní zpráva-----"},
        {"OriginalMessageInRussian", "-----Исходное сообщение-----"},
        {"OriginalMessageInJapanese", "-----元のメッセージ-----"},
        {"OriginalMessageInKorean", "-----원본 메시지-----"},
        {"OriginalMessageInChinese", "------------------ 原始邮件 ------------------"},
        {"OriginalMessageOfProton",
         "------- Original Message -------\nOn Monday, November 23rd, 2026 at 10:00, Ada <ada@x.example> "
         "wrote:"},
        {"OriginalMessageOfSamsung",
         "-------- Original message --------\nFrom: Ada <ada@x.example>\nDate: 23/11/2026 10:00 "
         "(GMT+01:00)\nTo: Bob <bob@y.example>\nSubject: x"},
        {"OriginalMessageWithoutDashes",
         "Original Message\nFrom: Ada\nSent: Monday 10:00\nTo: Bob\nSubject: x"},
        {"English", "From: Ada [mailto:ada@x.example]\nSent: Monday\nTo: Bob\nSubject: x"},
        {"EnglishInBold", "*From:* Ada\n*Sent:* Monday\n*To:* Bob\n*Subject:* x"},
        {"EnglishBehindARule",
         "________________________________\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x"},
        {"EnglishWithAFoldedTo",
         "From: Ada\nSent: Monday\nTo: Bob <bob@y.example>;\n  Grace <grace@z.example>\nCc: Joan\nSubject: "
         "x"},
        {"EnglishWithBlankLinesBetween", "From: Ada\n\nSent: Monday\n\nTo: Bob\n\nSubject: x"},
        {"EnglishIndented", "   From: Ada\n   Sent: Monday\n   To: Bob\n   Subject: x"},
        {"EnglishOfHotmail",
         "Date: Mon, 23 Nov 2026 10:00:00 +0100\nSubject: x\nFrom: ada@x.example\nTo: bob@y.example"},
        {"EnglishOfAppleMail",
         "From: Ada <ada@x.example>\nSubject: x\nDate: 23 November 2026 at 10:00\nTo: Bob"},
        {"EnglishOfNotes",
         "From:        Ada Lovelace <ada@x.example>\nTo:        bob@y.example\nDate:        23.11.2026 "
         "10:00\nSubject:        x"},
        {"EnglishOfNotesOverLines",
         "Ada Lovelace <ada@x.example>\n23.11.2026 10:00\n\nTo\nBob <bob@y.example>\ncc\n\nSubject\nRe: x"},
        {"GermanOfNotesOverLines",
         "\"Ada\" <ada@x.example>\n23.11.2026 10:00\n\nAn\nBob\nKopie\n\nBetreff\nx"},
        {"EnglishOfTwoFieldsBehindARule", "---\nFrom: ada@x.example\nDate: Mon, 23 Nov 2026 10:00:00 -0700"},
        {"EnglishOfTwoFields", "From: Ada <ada@x.example>\nDate: Mon, 23 Nov 2026 10:00:00 -0700"},
        {"German", "Von: Ada\nGesendet: Montag\nAn: Bob\nBetreff: x"},
        {"GermanOfOutlookDotCom",
         "Von: Ada <ada@x.example>\nDatum: Montag, 23. November 2026 um 10:00\nAn: Bob\nCc: Joan\nBetreff: "
         "x"},
        {"French", "De : Ada\nEnvoyé : lundi\nÀ : Bob\nObjet : x"},
        {"FrenchWithNoBreakSpaces",
         "De\xC2\xA0: Ada\nEnvoyé\xC2\xA0: lundi\nÀ\xC2\xA0: Bob\nObjet\xC2\xA0: x"},
        {"FrenchOfOrange",
         "Message du : 23/11/2026 10:00\nDe : Ada <ada@x.example>\nA : bob@y.example\nCopie à :\nSujet : x"},
        {"Spanish", "De: Ada\nEnviado el: lunes\nPara: Bob\nAsunto: x"},
        {"Italian", "Da: Ada\nInviato: lunedì\nA: Bob\nOggetto: x"},
        {"Portuguese", "De: Ada\nEnviada em: segunda\nPara: Bob\nAssunto: x"},
        {"Dutch", "Van: Ada\nVerzonden: maandag\nAan: Bob\nOnderwerp: x"},
        {"Swedish", "Från: Ada\nSkickat: den 23 november 2026 10:00\nTill: Bob\nÄmne: x"},
        {"Danish", "Fra: Ada\nSendt: 23. november 2026 10:00\nTil: Bob\nEmne: x"},
        {"Norwegian", "Fra: Ada\nDato: mandag 23. november 2026 kl. 10:00\nTil: Bob\nKopi: Joan\nEmne: x"},
        {"Finnish", "Lähettäjä: Ada\nLähetetty: maanantai\nVastaanottaja: Bob\nAihe: x"},
        {"Polish", "Od: Ada\nWysłano: poniedziałek\nDo: Bob\nTemat: x"},
        {"Czech", "Od: Ada\nOdesláno: pondělí\nKomu: Bob\nPředmět: x"},
        {"Russian", "От: Ada\nОтправлено: понедельник\nКому: Bob\nТема: x"},
        {"Japanese", "差出人: Ada\n送信日時: 2026年11月23日 10:00\n宛先: Bob\n件名: x"},
        {"JapaneseWithFullWidthColons", "差出人：Ada\n送信日時：2026年11月23日\n宛先：Bob\n件名：x"},
        {"Korean", "보낸 사람: Ada\n보낸 날짜: 2026년 11월 23일\n받는 사람: Bob\n제목: x"},
        {"Chinese", "发件人: Ada\n发送时间: 2026\n收件人: Bob\n主题: x"},
        {"ChineseWithFullWidthColons", "发件人：Ada\n日期：2026年11月23日\n收件人：Bob\n主题：x"},
        {"ChineseOfTaiwan", "寄件者: Ada\n寄件日期: 2026年11月23日\n收件者: Bob\n主旨: x"},
        {"ALanguageNotKnownBehindOutlooksRule",
         "________________________________\nNo: Ada <ada@x.example>\nNosūtīts: pirmdiena 10:00\nKam: "
         "Bob\nTēma: x"},
        {"AnotherDesksMarker", "##- Please type your reply above this line -##"},
        {"AnotherDesksMarkerInGerman", "Antworten Sie oberhalb dieser Linie"},
    })),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    Content, ReplyText,
    testing::Values(
        ReplyCase{"NumbersThatAreNoDate", "See 12 of 34 in 56 at 10:00, as Ada wrote:\n\nbe lenient.\n",
                  "See 12 of 34 in 56 at 10:00, as Ada wrote:\n\nbe lenient."},
        ReplyCase{"AnIntroductionInProse", "On the other hand he wrote:\n\nbe lenient.\n",
                  "On the other hand he wrote:\n\nbe lenient."},
        ReplyCase{"ASentenceWithADate",
                  "Hi,\nOn 23 Nov 2026 at 10:00 your colleague wrote:\nplease fix it. We did.\n",
                  "Hi,\nOn 23 Nov 2026 at 10:00 your colleague wrote:\nplease fix it. We did."},
        ReplyCase{"AnIntroductionThatNamesAnAddress",
                  "Our admin (bob@x.example) wrote to you that the URL is wrong:\n\nhttps://x\n",
                  "Our admin (bob@x.example) wrote to you that the URL is wrong:\n\nhttps://x"},
        ReplyCase{"AnIntroductionThatTellsAboutUs",
                  "On 23 Nov 2026 at 10:00 we wrote:\n\nhttps://x\n\nStill true.\n",
                  "On 23 Nov 2026 at 10:00 we wrote:\n\nhttps://x\n\nStill true."},
        ReplyCase{"AnIntroductionWithAYear", "A vendor in 2025 wrote:\n\nhttps://x\n",
                  "A vendor in 2025 wrote:\n\nhttps://x"},
        ReplyCase{"AListItemThatNamesAnAddress",
                  "1. Done\n2. I sent the logo to <ada@x.example>:\n\nlogo.png\n",
                  "1. Done\n2. I sent the logo to <ada@x.example>:\n\nlogo.png"},
        ReplyCase{"AnAppointment", "Hi,\n\n10:00 call with Ada <ada@x.example>:\n\nsee you\n",
                  "Hi,\n\n10:00 call with Ada <ada@x.example>:\n\nsee you"},
        ReplyCase{"AFormBelowUnderscores",
                  "Hi,\n________________________________\nApp name: Acme\nContact: ada@x.example\nACS URL: "
                  "https://x\nLogo: attached\n\nBye\n",
                  "Hi,\n________________________________\nApp name: Acme\nContact: ada@x.example\nACS URL: "
                  "https://x\nLogo: attached\n\nBye"},
        ReplyCase{"AnAnswerThatSomethingWasSent", "> Logo?\nSent via Outlook\n> URL?\nSent from our portal\n",
                  "Sent via Outlook\nSent from our portal"},
        ReplyCase{"AGermanSentence", "Logo?\n\nVon meinem Chef kommt noch das Logo\n\nGruß\n",
                  "Logo?\n\nVon meinem Chef kommt noch das Logo\n\nGruß"},
        ReplyCase{"RedirectsAreNotInRed",
                  "We use plain redirects.\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\nWhich?\n",
                  "We use plain redirects."},
        ReplyCase{"AFieldInProse", "From: the settings page\nTo: the dashboard\nSubject: anything\n",
                  "From: the settings page\nTo: the dashboard\nSubject: anything"},
        ReplyCase{"AFormsFields", "Answers:\n\nFrom: Acme\nDate: 23 Nov 2026\nApp name: Notes\n",
                  "Answers:\n\nFrom: Acme\nDate: 23 Nov 2026\nApp name: Notes"},
        ReplyCase{"OutlooksNumberedList", "Hello,\n\n1.    Done\n\n2.    Sent\n\n3.    Attached\n\nBye\n",
                  "Hello,\n\n1.    Done\n\n2.    Sent\n\n3.    Attached\n\nBye"},
        ReplyCase{"ADiff", "It differs:\n\n3c3\n< old\n---\n> new\n\nFixed.\n",
                  "It differs:\n\n3c3\n< old\n---\n> new\n\nFixed."},
        ReplyCase{"AnHttpTrace", "We see:\n\n> GET /scim/v2/Users HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 401\n",
                  "We see:\n\n> GET /scim/v2/Users HTTP/1.1\n> Host: x\n>\n< HTTP/1.1 401"},
        ReplyCase{"PromptsInAFence", "Try:\n```\n> db.users.find()\n```\n",
                  "Try:\n```\n> db.users.find()\n```"},
        ReplyCase{"ATagBrokenOverLines",
                  "<md:EntityDescriptor\n  entityID=\"https://x\"\n>\n</md:EntityDescriptor>\n",
                  "<md:EntityDescriptor\n  entityID=\"https://x\"\n>\n</md:EntityDescriptor>"},
        ReplyCase{"ALinkBrokenOverLines", "See <https://x.example/a\n> for more.\n",
                  "See <https://x.example/a\n> for more."},
        ReplyCase{"ArrowsAroundALink", "Visit us\n>>> https://x.example <<<\nsoon\n",
                  "Visit us\n>>> https://x.example <<<\nsoon"},
        ReplyCase{"AHeartOpensNoTag", "I <3 it\n> Logo?\nSent.\n", "I <3 it\nSent."},
        ReplyCase{"AHeadingCalledOriginalMessage", "Original message\n\nMore text\n",
                  "Original message\n\nMore text"},
        ReplyCase{"AnItemThatBeginsAsATitle", "-- Original message texts are attached\n-- Logo too\n",
                  "-- Original message texts are attached\n-- Logo too"},
        ReplyCase{"ARuleBetweenParagraphs", "One\n\n---\n\nTwo\n", "One\n\n---\n\nTwo"},
        ReplyCase{"AnUnmarkedQuoteWithNothingAboveIt",
                  "On Mon, 23 Nov 2026 at 10:00, Ada <ada@x.example> wrote:\n\nLogo?\n\nSent.\n",
                  "On Mon, 23 Nov 2026 at 10:00, Ada <ada@x.example> wrote:\n\nLogo?\n\nSent."},
        ReplyCase{"AHeaderBlockWithNothingAboveIt", "From: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\nold\n",
                  "From: Ada\nSent: Monday\nTo: Bob\nSubject: x\n\nold"},
        ReplyCase{"AnswersWithinAnUnmarkedQuote",
                  "My answers are inline, in red.\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: "
                  "x\n\nLogo?\nSent.\n",
                  "My answers are inline, in red.\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: "
                  "x\n\nLogo?\nSent."}),
    by_name);

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
        ReplyCase{"ASentenceIsNone", "Sent from my desk, it works.\n", "Sent from my desk, it works."},
        ReplyCase{
            "MailingList",
            "Fixed.\n_______________________________________________\nusers mailing list\nusers@x.example\n",
            "Fixed."},
        ReplyCase{"ADashedName", "Fixed.\n\n-Ada Lovelace\n", "Fixed."},
        ReplyCase{"ADashedNameAboveAQuote", "Fixed.\n\n-Ada Lovelace\n\nOn 23/11/26 10:00, Bob wrote:\n> x\n",
                  "Fixed."},
        ReplyCase{"ADashedNameBelowAQuestionIsNone", "Which logo?\n\n-New Logo\n",
                  "Which logo?\n\n-New Logo"},
        ReplyCase{"ALastLineOfAnApp", "Fixed.\n\nSent via Smartphone\n", "Fixed."},
        ReplyCase{"ADashedAnswerIsNone", "Logo:\n\n-Done\n", "Logo:\n\n-Done"},
        ReplyCase{"ADashedListIsNone", "Logo:\n\n-Old Logo\n-New Logo\n", "Logo:\n\n-Old Logo\n-New Logo"},
        ReplyCase{"ANameBelowAGreetingStays", "Fixed.\n\nKind regards,\nAda\n",
                  "Fixed.\n\nKind regards,\nAda"},
        ReplyCase{"ARuleAtTheEnd", "Fixed.\n\n--------------------\n", "Fixed."}),
    by_name);

std::vector<ReplyCase> below_text(const std::vector<Announcement>& endings) {
  std::vector<ReplyCase> cases;
  for (const auto& [name, lines] : endings) {
    cases.push_back({name, "Fixed.\n\n" + lines + "\n", "Fixed."});
    cases.push_back(
        {name + "AboveAQuote", "Fixed.\n\n" + lines + "\n\nOn 23/11/26 10:00, Bob wrote:\n> x\n", "Fixed."});
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Devices, ReplyText,
                         testing::ValuesIn(below_text({
                             {"IPhone", "Sent from my iPhone"},
                             {"IPhoneWithAMark", "Sent from my iPhone!"},
                             {"Galaxy", "Sent from my Galaxy"},
                             {"WindowsMail", "Sent from Mail for Windows"},
                             {"WindowsMailWithALink",
                              "Sent from Mail <https://go.microsoft.com/fwlink/?LinkId=550986> for Windows"},
                             {"OutlookForAndroid", "Get Outlook for Android <https://aka.ms/AAb9ysg>"},
                             {"YahooMail", "Sent from Yahoo Mail on Android"},
                             {"ProtonMail", "Sent with Proton Mail secure email."},
                             {"ProtonMobile", "Sent from Proton Mail for iOS"},
                             {"BlackBerry", "Sent wirelessly from my BlackBerry device on the Bell network."},
                             {"German", "Von meinem iPhone gesendet"},
                             {"GermanGalaxy", "Von meinem Samsung Galaxy Smartphone gesendet."},
                             {"GermanWindowsMail", "Gesendet von Mail für Windows"},
                             {"French", "Envoyé de mon iPhone"},
                             {"FrenchOutlook", "Obtenez Outlook pour iOS"},
                             {"Spanish", "Enviado desde mi iPhone"},
                             {"Italian", "Inviato da iPhone"},
                             {"Portuguese", "Enviado do meu iPhone"},
                             {"Dutch", "Verzonden vanaf mijn iPhone"},
                             {"DutchAndroid", "Verstuurd vanaf mijn iPad"},
                             {"Swedish", "Skickat från min iPhone"},
                             {"Danish", "Sendt fra min iPhone"},
                             {"DanishOutlook", "Hent Outlook til iOS"},
                             {"Norwegian", "Sendt fra min iPhone"},
                             {"Finnish", "Lähetetty iPhonesta"},
                             {"Polish", "Wysłane z iPhone'a"},
                             {"Czech", "Odesláno z iPhonu"},
                             {"Russian", "Отправлено с iPhone"},
                             {"Japanese", "iPhoneから送信"},
                             {"Korean", "나의 iPhone에서 보냄"},
                             {"Chinese", "发自我的 iPhone"},
                             {"ChineseOfTaiwan", "從我的 iPhone 傳送"},
                         })),
                         by_name);

INSTANTIATE_TEST_SUITE_P(
    LegalNotices, ReplyText,
    testing::ValuesIn(below_text({
        {"English",
         "This e-mail and any attachments are confidential and intended solely for the addressee.\n"
         "If you have received it in error, please notify the sender."},
        {"EnglishOfTwoParagraphs",
         "CONFIDENTIALITY NOTICE: This message is privileged.\n\nUnauthorized "
         "disclosure is prohibited; please delete it if you are not the intended recipient."},
        {"Trees", "Please consider the environment before printing this e-mail."},
        {"BehindARule",
         "____________________\nThis message contains confidential information for the intended recipient."},
        {"German",
         "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind "
         "oder sie irrtümlich erhalten haben, vernichten Sie sie."},
        {"French",
         "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de "
         "ses destinataires."},
        {"Spanish", "Este mensaje es confidencial y está destinado solo a su destinatario."},
        {"Italian",
         "Le informazioni contenute in questo messaggio sono riservate e per uso esclusivo del "
         "destinatario."},
        {"Portuguese",
         "Esta mensagem é confidencial; se a recebeu por erro, apague-a e avise o destinatario."},
        {"Dutch", "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde."},
    })),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    NoLegalNotices, ReplyText,
    testing::Values(ReplyCase{"AnAnswerAboutOne", "This e-mail contains the metadata you asked for.\n",
                              "This e-mail contains the metadata you asked for."},
                    ReplyCase{"OneInTheMiddle",
                              "This e-mail is confidential and privileged.\n\nThe logo is attached.\n",
                              "This e-mail is confidential and privileged.\n\nThe logo is attached."}),
    by_name);

using TestAnswers = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// As lines: what was written, what it answers.
TestAnswers shown(std::string_view body) {
  TestAnswers all;
  for (const Answer& answer : answers(body)) {
    auto& [written, quoted] = all.emplace_back();
    for (const TextLine& line : answer.written) written.append(written.empty() ? "" : "\n").append(line.text);
    for (const TextLine& line : answer.quoted) quoted.emplace_back(line.text);
  }
  return all;
}

TEST(Answers, AreNextToWhatTheyAnswer) {
  EXPECT_EQ(shown("Fixed.\n\nOn 23 Nov 2026 at 10:00, Ada wrote:\n> 1. Logo?\n"),
            (TestAnswers{{"Fixed.", {}}}));
  EXPECT_EQ(shown("> 1. Logo?\n>\n>\n\nSent.\n"), (TestAnswers{{"Sent.", {"1. Logo?"}}}));
  EXPECT_EQ(
      shown("Hi,\n\nOn 23 Nov 2026 at 10:00, Ada wrote:\n> Hello\n>\n> 1. Logo?\n\nSent.\nTwice.\n\n> > 2. "
            "URL?\n\nhttps://x\n\n> 3. Name?\n"),
      (TestAnswers{{"Hi,", {}}, {"Sent.\nTwice.", {"Hello", "", "1. Logo?"}}, {"https://x", {"2. URL?"}}}));
  EXPECT_EQ(shown(""), TestAnswers{});
  EXPECT_EQ(shown("> only\n> a quote\n"), TestAnswers{});
}

TEST(Answers, KnowWhereTheyStood) {
  const auto all = answers("> Logo?\n\nSent.\n");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].written.front().number, 3);
  EXPECT_EQ(all[0].quoted.back().number, 1);
}

TEST(ReplyTextOfAForward, KeepsWhatIsPassedOn) {
  const std::string forwarded =
      "See below.\n\n---------- Forwarded message ---------\nFrom: Ada <ada@x.example>\nSubject: form\n\nApp "
      "name: Acme\n-- \nAda";
  EXPECT_EQ(reply_text(forwarded), forwarded);
  const std::string outlook = "FYI\n\nFrom: Ada\nSent: Monday\nTo: Bob\nSubject: form\n\nApp name: Acme";
  EXPECT_EQ(reply_text(outlook, "FW: form"), outlook);
  std::string titled = outlook;
  titled.insert(titled.find("From:"), "-----Original Message-----\n");
  EXPECT_EQ(reply_text(titled, "FW: form"), titled) << "Outlook's title in plain text is that of a reply";
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

TEST(ReplyText, TakesTimeInProportionToTheBody) {
  const std::clock_t begin = std::clock();
  for (const std::string line : {"--\n",
                                 "-- \n",
                                 "On 1 Jan 2026 wrote:\n",
                                 "Ada <a@x>\nwrote:\n",
                                 "From: x\n",
                                 "From: x\n\n",
                                 "_______________________________\n",
                                 "____________________\nmailing list\n",
                                 "> \n",
                                 "> x\ny\n",
                                 "<\n",
                                 "< x\n> y\n",
                                 "```\n",
                                 "\n",
                                 "---\n\n",
                                 "-Ada Lovelace\n\n",
                                 "Sent from my iPhone\n",
                                 "-----Original Message-----\n",
                                 "Original message\n\n",
                                 "This e-mail is confidential and privileged.\n\n",
                                 "confidential\n\n---\n",
                                 "inline\n",
                                 "Reply above this line\n",
                                 "a: b\n",
                                 "____________________\na: b@c\n"}) {
    std::string body;
    while (body.size() < 20'000) body += line;  // sanitizers are slow; what grows squarely shows here too
    for (const std::string& text : {body, "Hi\n" + body, "inline\n" + body + "end\n"}) {
      EXPECT_LE(reply_text(text).size(), text.size());
      EXPECT_LE(answers(text).size(), text.size());
    }
  }
  EXPECT_LT((std::clock() - begin) / CLOCKS_PER_SEC, 20);
}

}  // namespace
}  // namespace oin
