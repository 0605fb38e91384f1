#include "parsers/stated_date.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

using std::chrono::year_month_day;

// Monday, 23 November 2026.
constexpr year_month_day monday{std::chrono::year(2026), std::chrono::November, std::chrono::day(23)};

std::string shown(std::optional<year_month_day> day) {
  if (!day) return "none";
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day->year()), static_cast<unsigned>(day->month()),
                     static_cast<unsigned>(day->day()));
}

struct DayCase {
  std::string text, day;
};

void PrintTo(const DayCase& c, std::ostream* out) { *out << c.text; }

class ReturnDate : public testing::TestWithParam<DayCase> {};
TEST_P(ReturnDate, IsTheFirstDayBack) {
  EXPECT_EQ(shown(return_date(GetParam().text, monday)), GetParam().day) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    English, ReturnDate,
    testing::Values(
        DayCase{"I am out until 5 January", "2027-01-06"},
        DayCase{"I am out of the office until 5 January 2027.", "2027-01-06"},
        DayCase{"I'm out of office until January 5th, 2027, with limited access to email.", "2027-01-06"},
        DayCase{"Out of office till Dec. 7", "2026-12-08"},
        DayCase{"I am on annual leave through December 11.", "2026-12-12"},
        DayCase{"back on Monday 7 December", "2026-12-07"},
        DayCase{"I'll be back in the office on Monday, December 7th.", "2026-12-07"},
        DayCase{"I will be back on 5 January.", "2027-01-05"}, DayCase{"returning 2026-12-05", "2026-12-05"},
        DayCase{"I am out of the office (returning 30/11/2026)", "2026-11-30"},
        DayCase{"I am away from 20 Dec to 3 Jan", "2027-01-04"},
        DayCase{"I am on vacation from December 20 through January 3.", "2027-01-04"},
        DayCase{"Vacation 20 Dec – 3 Jan, back after.", "2027-01-04"},
        DayCase{"I'm away 20-24 December.", "2026-12-25"},
        DayCase{"I will be traveling for work on December 10-31.", "2027-01-01"},
        DayCase{"I am out of the office from 12/20/2026 to 01/03/2027.", "2027-01-04"},
        DayCase{"I am away between 20 and 24 December.", "2026-12-25"},
        DayCase{"I am out until Friday.", "2026-11-28"},
        DayCase{"I'm out of office until tomorrow", "2026-11-25"},
        DayCase{"I am on leave and will return on Thursday.", "2026-11-26"},
        DayCase{"I will return to the office on Tue 1 Dec.", "2026-12-01"},
        DayCase{"I'm on holiday until the end of next week.", "2026-12-07"},
        DayCase{"I am out of office until end of December", "2027-01-01"},
        DayCase{"I won't be back until 5 January.", "2027-01-05"},
        DayCase{"I will not be returning until Monday 4 January 2027", "2027-01-04"},
        DayCase{"I'm on vacation. Until 5 January please contact Bob.", "2027-01-06"},
        DayCase{"I'm out until Friday 4 Dec and back on Monday 7 Dec.", "2026-12-07"},
        DayCase{"I leave on 20 December. I am on vacation and will respond after 5 January.", "2027-01-06"},
        DayCase{"On 5 January I will be back at my desk.", "2027-01-05"},
        DayCase{"I am currently out of the office and will be available again from 5 January.", "2027-01-05"},
        DayCase{"Our office is closed from 24 December to 1 January. The office reopens on 4 January.",
                "2027-01-04"},
        DayCase{"I'm on vacation this week.", "2026-11-30"},
        DayCase{"I am out until next week", "2026-11-30"}, DayCase{"I am away next week", "2026-12-07"},
        DayCase{"Hi,\n\nI am out of the office until\n5 January.\n\nAda", "2027-01-06"},
        DayCase{"Return date: 7 December 2026", "2026-12-07"},
        DayCase{"I'm on parental leave until 31/03/2027.", "2027-04-01"},
        DayCase{"I'm out until Wednesday 12/02/2026", "2026-12-03"},
        DayCase{"I am out of the office until Thursday and read my mail again then.", "2026-11-26"},
        DayCase{"I am out until 5 January and will be back then.", "2027-01-05"},
        DayCase{"I'm away 1-5 December and again 10-15 December.", "2026-12-16"},
        DayCase{"I'm on leave until the 30th.", "2026-12-01"},
        DayCase{"OOO until 2026-12-05T10:00:00", "2026-12-06"},
        DayCase{"*Out of office* until **5 January**", "2027-01-06"},
        DayCase{"I am out today, 23 November, until 23 November.", "2026-11-24"},
        DayCase{"I am out of the office until Fri", "2026-11-28"},
        DayCase{"I will be out of the office starting 11/20/2026 and will not return until 12/07/2026.",
                "2026-12-07"}));

INSTANTIATE_TEST_SUITE_P(
    OtherLanguages, ReturnDate,
    testing::Values(
        DayCase{"ich bin ab dem 07.12.2026 wieder da", "2026-12-07"},
        DayCase{"Ich bin bis 5. Januar im Urlaub.", "2027-01-06"},
        DayCase{"Ich bin bis einschließlich 5.1.2027 nicht im Büro.", "2027-01-06"},
        DayCase{"Ich bin vom 20.12. bis 3.1. im Urlaub.", "2027-01-04"},
        DayCase{"Ich bin vom 20.12.2026 bis zum 03.01.2027 abwesend.", "2027-01-04"},
        DayCase{"Ich bin am Montag, den 7. Dezember, wieder erreichbar.", "2026-12-07"},
        DayCase{"Am 7.12. bin ich wieder im Büro.", "2026-12-07"},
        DayCase{"Ich bin erst ab Montag, 7.12.2026 wieder persönlich erreichbar.", "2026-12-07"},
        DayCase{"Ich kehre am 4. Januar zurück.", "2027-01-04"}, DayCase{"Abwesend bis 24.12.", "2026-12-25"},
        DayCase{"Urlaub 20.-24. Dezember", "2026-12-25"},
        DayCase{"Ich bin bis Ende nächster Woche im Urlaub", "2026-12-07"},
        DayCase{"Ich bin im Urlaub und ab dem 4.1.2027 wieder erreichbar.", "2027-01-04"},
        DayCase{"Ich bin nicht vor dem 5. Januar zurück.", "2027-01-05"},
        DayCase{"Bin im Urlaub, zurück am Jänner 4", "2027-01-04"},
        DayCase{"de retour le 4 janvier", "2027-01-04"},
        DayCase{"Je suis absent jusqu'au 4 janvier.", "2027-01-05"},
        DayCase{"Je suis absente du bureau du 20 au 24 décembre inclus.", "2026-12-25"},
        DayCase{"Je suis en congés jusqu’au vendredi 4 décembre 2026.", "2026-12-05"},
        DayCase{"Je serai de retour le lundi 7 décembre.", "2026-12-07"},
        DayCase{"Je serai de retour le 1er février", "2027-02-01"},
        DayCase{"Absent jusqu'au 12/07/2027", "2027-07-13"}, DayCase{"vuelvo el 10 de enero", "2027-01-10"},
        DayCase{"Estoy de vacaciones hasta el 10 de enero de 2027.", "2027-01-11"},
        DayCase{"Estaré fuera de la oficina del 20 al 24 de diciembre.", "2026-12-25"},
        DayCase{"Regreso el lunes 7 de diciembre", "2026-12-07"}, DayCase{"torno il 3 gennaio", "2027-01-03"},
        DayCase{"Sono in ferie fino al 3 gennaio.", "2027-01-04"},
        DayCase{"Sono assente dal 20 al 24 dicembre.", "2026-12-25"},
        DayCase{"Rientrerò lunedì 7 dicembre.", "2026-12-07"}, DayCase{"terug op 4 januari", "2027-01-04"},
        DayCase{"Ik ben afwezig t/m 4 januari.", "2027-01-05"},
        DayCase{"Ik ben met vakantie van 20 tot en met 24 december.", "2026-12-25"},
        DayCase{"Vanaf maandag 7 december ben ik weer bereikbaar.", "2026-12-07"},
        DayCase{"volto no dia 4 de janeiro", "2027-01-04"},
        DayCase{"Estou de férias até 4 de janeiro de 2027.", "2027-01-05"},
        DayCase{"Estarei ausente de 20 a 24 de dezembro.", "2026-12-25"},
        DayCase{"Estarei de volta na segunda-feira, 7 de dezembro.", "2026-12-07"},
        DayCase{"Ich bin bis 05.01.2027 im Urlaub.\n\nI am on vacation until 05.01.2027.", "2027-01-06"}));

INSTANTIATE_TEST_SUITE_P(
    NoReturn, ReturnDate,
    testing::Values(
        DayCase{"", "none"}, DayCase{"I am out of the office.", "none"},
        DayCase{"I am out until 12/07/2026", "none"},  // 7 December or 12 July
        DayCase{"As agreed on 3 December, we fixed it.", "none"},
        DayCase{"I am on leave since Monday.", "none"},
        DayCase{"The office is open Monday to Friday.", "none"},
        DayCase{"I am out of office. Our support is available Monday to Friday, 9 to 5.", "none"},
        DayCase{"I am away, call +49 30 12 07 2026.", "none"},
        DayCase{"I'm on vacation until version 5.1 is out.", "none"},
        DayCase{"I am out until 30 February.", "none"},
        DayCase{"I am out until Sunday 7 December.", "none"},  // it is a Monday
        DayCase{"I was out until 5 November 2026.", "none"}, DayCase{"I am out until 5 November.", "none"},
        DayCase{"I am out until 5 January 2029.", "none"},
        DayCase{"I am back on Monday.", "none"},  // told on a Monday
        DayCase{"Will you be back on 5 January?", "none"},
        DayCase{"Please return the form on 5 December.", "none"},
        DayCase{"Please return it by 5 December.", "none"},
        DayCase{"The offer is valid until 5 January.", "none"},
        DayCase{"I am on vacation. The registration is open until 5 January.", "none"},
        DayCase{"The deadline is 5 January.", "none"}, DayCase{"The release is on 5 January.", "none"},
        DayCase{"I am out for two weeks.", "none"}, DayCase{"I will be back in two weeks.", "none"},
        DayCase{"Return-Path: <a@x.example>; 7 Dec 2026 23:34:45", "none"},
        DayCase{"I am out until 5 pm.", "none"}, DayCase{"I am away, reach us 24/7.", "none"},
        DayCase{"I'm out on Friday.", "none"}, DayCase{"Invoice of 5 January, see attached.", "none"},
        DayCase{"Ich bin im Urlaub. Servicezeiten: Montag bis Freitag.", "none"},
        DayCase{"I leave on 20 December and will be back in the new year.", "none"},
        DayCase{"I am out from 20 December, returning in January.", "none"},
        DayCase{"We go back to the mail of 3 December.", "none"},
        DayCase{"I no longer work here. My last day was until 30 November.", "none"},
        DayCase{"https://x.example/out/until/2026-12-05/back", "none"},
        DayCase{"I am out until further notice, issue 5 may wait.", "none"}));

class PromisedDate : public testing::TestWithParam<DayCase> {};
TEST_P(PromisedDate, IsTheDayByWhichItIsDone) {
  EXPECT_EQ(shown(promised_date(GetParam().text, monday)), GetParam().day) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    English, PromisedDate,
    testing::Values(
        DayCase{"will do by Friday", "2026-11-27"},
        DayCase{"We'll fix it by Friday, 4 December.", "2026-12-04"},
        DayCase{"need two more weeks", "2026-12-07"}, DayCase{"We need 2-3 weeks for this.", "2026-12-14"},
        DayCase{"We need another week.", "2026-11-30"}, DayCase{"next week", "2026-12-04"},
        DayCase{"We will send it next week.", "2026-12-04"}, DayCase{"by end of month", "2026-11-30"},
        DayCase{"Will be done by the end of the month.", "2026-11-30"}, DayCase{"in 10 days", "2026-12-03"},
        DayCase{"It will be ready in ten days.", "2026-12-03"}, DayCase{"tomorrow", "2026-11-24"},
        DayCase{"We can deliver this tomorrow.", "2026-11-24"}, DayCase{"Will do today.", "2026-11-23"},
        DayCase{"by EOD", "2026-11-23"}, DayCase{"by EOD Friday", "2026-11-27"},
        DayCase{"by close of business on Friday", "2026-11-27"}, DayCase{"EOW", "2026-11-27"},
        DayCase{"by EOW", "2026-11-27"}, DayCase{"by Fri", "2026-11-27"},
        DayCase{"We'll have it by 5pm on Friday.", "2026-11-27"}, DayCase{"by Monday", "2026-11-30"},
        DayCase{"We will do it by next Monday.", "2026-11-30"},
        DayCase{"We will do it Friday next week.", "2026-12-04"},
        DayCase{"The fix will be deployed next week on Wednesday.", "2026-12-02"},
        DayCase{"within 48 hours", "2026-11-25"}, DayCase{"We will reply within a week.", "2026-11-30"},
        DayCase{"We'll fix this within 5 business days.", "2026-11-30"},
        DayCase{"It will take about 10 working days.", "2026-12-07"},
        DayCase{"Give us until 4 December.", "2026-12-04"},
        DayCase{"Please give us until Friday to update the metadata.", "2026-11-27"},
        DayCase{"no later than 4 December", "2026-12-04"}, DayCase{"ETA: 4 December", "2026-12-04"},
        DayCase{"Target date 2026-12-04", "2026-12-04"}, DayCase{"by 12/24", "2026-12-24"},
        DayCase{"by the 15th", "2026-12-15"}, DayCase{"We plan to ship on 4 December 2026.", "2026-12-04"},
        DayCase{"by end of January", "2027-01-31"},
        DayCase{"We will deploy it at the end of next week.", "2026-12-04"},
        DayCase{"We won't make it by Friday, but we will do it by Monday.", "2026-11-30"},
        DayCase{"As agreed on 3 December, we will fix it by 10 December.", "2026-12-10"},
        DayCase{"I'm out on Thursday, and will do it by Friday.", "2026-11-27"},
        DayCase{"Will do by Friday\n\nBest regards\nAda", "2026-11-27"},
        DayCase{"Thanks for the list. We need until the end of the week.", "2026-11-27"},
        DayCase{"We expect to finish between 7 and 11 December.", "2026-12-11"},
        DayCase{"two weeks from now", "2026-12-07"}, DayCase{"We will have it in a month.", "2026-12-23"}));

INSTANTIATE_TEST_SUITE_P(
    OtherLanguages, PromisedDate,
    testing::Values(
        DayCase{"bis Ende nächster Woche", "2026-12-04"},
        DayCase{"Wir erledigen das bis Freitag.", "2026-11-27"},
        DayCase{"Wir brauchen noch zwei Wochen.", "2026-12-07"}, DayCase{"in zwei Wochen", "2026-12-07"},
        DayCase{"Wir liefern spätestens am 4. Dezember.", "2026-12-04"},
        DayCase{"Das machen wir nächste Woche.", "2026-12-04"}, DayCase{"bis Monatsende", "2026-11-30"},
        DayCase{"Wird bis zum 15. erledigt", "2026-12-15"},
        DayCase{"Das erledigen wir morgen.", "2026-11-24"},
        DayCase{"Wir melden uns bis 4.12.2026.", "2026-12-04"},
        DayCase{"Freitag nächster Woche werden wir fertig.", "2026-12-04"},
        DayCase{"d'ici vendredi", "2026-11-27"},
        DayCase{"Ce sera corrigé d’ici la fin de la semaine.", "2026-11-27"},
        DayCase{"Nous enverrons cela avant le 4 décembre.", "2026-12-04"},
        DayCase{"Il nous faut encore deux semaines.", "2026-12-07"}, DayCase{"sous 48h", "2026-11-25"},
        DayCase{"la semaine prochaine", "2026-12-04"}, DayCase{"para el viernes", "2026-11-27"},
        DayCase{"Lo enviaremos antes del 4 de diciembre.", "2026-12-04"},
        DayCase{"Necesitamos dos semanas más.", "2026-12-07"}, DayCase{"la próxima semana", "2026-12-04"},
        DayCase{"entro venerdì", "2026-11-27"}, DayCase{"Lo faremo entro il 4 dicembre.", "2026-12-04"},
        DayCase{"Ci servono altre due settimane.", "2026-12-07"}, DayCase{"entro fine mese", "2026-11-30"},
        DayCase{"uiterlijk vrijdag", "2026-11-27"}, DayCase{"We leveren het voor vrijdag.", "2026-11-27"},
        DayCase{"We hebben nog twee weken nodig.", "2026-12-07"}, DayCase{"volgende week", "2026-12-04"},
        DayCase{"eind volgende week", "2026-12-04"}, DayCase{"Enviaremos até sexta-feira.", "2026-11-27"},
        DayCase{"Precisamos de mais duas semanas.", "2026-12-07"}, DayCase{"na próxima semana", "2026-12-04"},
        DayCase{"até o final do mês", "2026-11-30"}));

INSTANTIATE_TEST_SUITE_P(
    NoPromise, PromisedDate,
    testing::Values(
        DayCase{"", "none"}, DayCase{"We will fix it soon.", "none"},
        DayCase{"Could you re-test by Friday?", "none"}, DayCase{"Please review it by Friday.", "none"},
        DayCase{"Let us know by Friday.", "none"}, DayCase{"Is it done by Friday?", "none"},
        DayCase{"We fixed it on Friday.", "none"}, DayCase{"as agreed on 3 December", "none"},
        DayCase{"It is broken since Monday.", "none"}, DayCase{"We did it two weeks ago.", "none"},
        DayCase{"Das war vor zwei Wochen.", "none"}, DayCase{"We will not be ready by Friday.", "none"},
        DayCase{"Not before Friday.", "none"}, DayCase{"If the tests pass, we will ship by Friday.", "none"},
        DayCase{"Ich bin bis 5. Januar im Urlaub.", "none"}, DayCase{"I am out until Friday.", "none"},
        DayCase{"See you next week", "none"}, DayCase{"Bis morgen!", "none"}, DayCase{"Bis Montag", "none"},
        DayCase{"Guten Morgen", "none"}, DayCase{"Guten Morgen, wir werden das beheben.", "none"},
        DayCase{"The meeting is next week.", "none"}, DayCase{"We go live on 5 December.", "none"},
        DayCase{"We will do it by Friday or by Monday.", "none"},
        DayCase{"We will send the logs from Monday.", "none"}, DayCase{"Fixed in version 5.1.2027", "none"},
        DayCase{"by 12/07/2026", "none"}, DayCase{"We will fix issue 5 may 6 too.", "none"},
        DayCase{"Have a nice weekend", "none"}, DayCase{"We will do it last Friday.", "none"},
        DayCase{"We will do it next Friday.", "none"},  // of this week or the next?
        DayCase{"The invoice of 5 December will be corrected.", "none"},
        DayCase{"We have had this for two weeks.", "none"}, DayCase{"by January", "none"},
        DayCase{"by 30 February", "none"}, DayCase{"Message will be retried for 2 more day(s)", "none"},
        DayCase{"We will support it 24/7.", "none"}, DayCase{"2 of 3 will be done, 1/2 is fixed.", "none"},
        DayCase{"Buenos días, está arreglado.", "none"}));

// As people write them, on Wednesday, 25 November 2026.
constexpr year_month_day wednesday{std::chrono::year(2026), std::chrono::November, std::chrono::day(25)};

class AbsenceAsWritten : public testing::TestWithParam<DayCase> {};
TEST_P(AbsenceAsWritten, TellsTheFirstDayBack) {
  EXPECT_EQ(shown(return_date(GetParam().text, wednesday)), GetParam().day) << GetParam().text;
}
const DayCase absences[] = {
    DayCase{"Thank you for your email. I am currently out of the office with no access to email, returning "
            "Tuesday, December 1st. If your request is urgent, please contact Bob at +1 555 123 4567.",
            "2026-12-01"},
    DayCase{"Hello, I'm out on PTO until Monday 11/30. For urgent matters contact ops@x.example.",
            "2026-12-01"},
    DayCase{
        "I'm on vacation from Nov 23rd - Dec 4th and will respond to emails when I return on December 7th.",
        "2026-12-07"},
    DayCase{"I am out of the office Thursday and Friday (Nov 26-27) for Thanksgiving and will return Monday, "
            "Nov 30.",
            "2026-11-30"},
    DayCase{"Thanks for your message. I am OOO 11/23-11/27 and will be back online Monday 11/30.",
            "2026-11-30"},
    DayCase{"I will be out of the office starting Monday, 23 November 2026 and will return on Monday, 7 "
            "December 2026.",
            "2026-12-07"},
    DayCase{"I'm travelling to a conference until Thursday, so expect delays.", "2026-11-27"},
    DayCase{"We're closed for the holidays from December 24th, 2026 through January 2nd, 2027. Normal hours "
            "(Mon-Fri 9-5) resume January 4th.",
            "2027-01-04"},
    DayCase{"I am away from the office and will not be checking email until Monday.", "2026-12-01"},
    DayCase{"Please note that I am on maternity leave until September 2027.", "none"},
    DayCase{"I'm out sick today, hope to be back tomorrow.", "2026-11-26"},
    DayCase{"I am on annual leave until Friday 4th December inclusive, returning on Monday 7th.",
            "2026-12-07"},
    DayCase{"Ich bin derzeit nicht im Büro. Ihre E-Mail wird nicht weitergeleitet. Ab 30.11.2026 stehe ich "
            "Ihnen wieder zur Verfügung.",
            "2026-11-30"},
    DayCase{"Ich befinde mich vom 23.11. - 04.12.2026 im Urlaub. Ihre Mail wird nicht weitergeleitet.",
            "2026-12-05"},
    DayCase{"Vielen Dank für Ihre Nachricht. Ich bin bis einschließlich Freitag, den 27.11.2026, nicht "
            "erreichbar. In dringenden Fällen wenden Sie sich an 030 / 12 34 56.",
            "2026-11-28"},
    DayCase{"Guten Tag, ich bin ab Montag, 30. November wieder für Sie da.", "2026-11-30"},
    DayCase{"Ich bin bis zum 30.11. abwesend und melde mich danach.", "2026-12-01"},
    DayCase{"Unser Büro ist vom 24.12.2026 bis 06.01.2027 geschlossen.", "2027-01-07"},
    DayCase{"Ich bin zurzeit in Elternzeit und ab März 2027 wieder da.", "none"},
    DayCase{"Je suis actuellement en congés et serai de retour le 30 novembre 2026.", "2026-11-30"},
    DayCase{
        "Bonjour, je suis absent du 23/11 au 27/11. Pour toute urgence contactez Marie au 01 23 45 67 89.",
        "2026-11-28"},
    DayCase{"Je suis en congé jusqu'au 30/11/2026 inclus.", "2026-12-01"},
    DayCase{"Estoy fuera de la oficina hasta el lunes 30 de noviembre.", "2026-12-01"},
    DayCase{"Estaré de vacaciones desde el 23 de noviembre hasta el 4 de diciembre de 2026 y responderé a mi "
            "regreso.",
            "2026-12-05"},
    DayCase{"Sono fuori ufficio fino al 30/11/2026 compreso. Per urgenze scrivere a info@x.example",
            "2026-12-01"},
    DayCase{"Sarò assente da lunedì 23 a venerdì 27 novembre.", "2026-11-28"},
    DayCase{"Ik ben afwezig tot en met vrijdag 4 december. Vanaf maandag 7 december beantwoord ik uw mail.",
            "2026-12-07"},
    DayCase{"Ik ben met vakantie van 23/11 t.e.m. 4/12.", "2026-12-05"},
    DayCase{"Estarei de férias de 23/11 a 04/12/2026, retornando dia 07/12/2026.", "2026-12-07"},
    DayCase{"Encontro-me ausente até ao dia 4 de dezembro.", "2026-12-05"},
    DayCase{"I'll be offline 24 Dec through 4 Jan inclusive.", "2027-01-05"},
    DayCase{"I have left the company as of 30 November 2026.", "none"},
    DayCase{"I'm currently out of the office. I will be back on the 7th of December.", "2026-12-07"},
    DayCase{"I'm out of the office until Dec 7, 2026 at 9:00 AM EST.", "2026-12-08"},
    DayCase{"I will be unavailable until 07 Dec 26.", "2026-12-08"},
    DayCase{"Away until 2026/12/07", "2026-12-08"},
    DayCase{"I will be back from vacation on 2026-12-07.", "2026-12-07"},
    DayCase{"Out of office: 23.11.2026 – 04.12.2026", "2026-12-05"},
    DayCase{"From: 23 Nov 2026\nTo: 4 Dec 2026\nI am on vacation.", "2026-12-05"},
    DayCase{"I'm back from vacation now, I'll reply to all mails by Friday 27 November.", "none"},
    DayCase{"I was on vacation until yesterday.", "none"},
    DayCase{"Sorry for the late reply, I was on vacation until Monday 23 November. Please find attached the "
            "form.",
            "none"},
    DayCase{"I'm out of office from 30 November until 4 December.", "2026-12-05"},
    DayCase{"I will be away from 30 November. Please contact Bob until 4 December.", "2026-12-05"},
    DayCase{"While I am on vacation, our team (Mon-Fri, 9:00-17:00) will answer.", "none"},
    DayCase{"I will be out on Monday, November 30th only.", "none"},
    DayCase{"I'm on a business trip to Lyon 1-3 Dec, returning on the 4th.", "2026-12-04"},
    DayCase{"My return is planned for 7 December.", "2026-12-07"},
    DayCase{"I am out today and return tomorrow, 26 November.", "2026-11-26"},
    DayCase{"I'll be out until after Thanksgiving (Nov 30).", "none"},
    DayCase{"I'm out of office till EOD Friday.", "2026-11-28"},
    DayCase{"Back in the office: 30/11/2026", "2026-11-30"},
    DayCase{"Back: Mon 30 Nov", "2026-11-30"},
    DayCase{"Returning: 30 Nov 2026, 08:00", "2026-11-30"},
    DayCase{"Ich bin ab 30.11. im Urlaub und am 14.12. zurück.", "2026-12-14"},
    DayCase{"Ich bin bis auf Weiteres nicht im Büro. Rechnung vom 3.12. folgt.", "none"},
    DayCase{"Am 30.11. und 1.12. bin ich nicht erreichbar.", "none"},
    DayCase{"Ich bin am Freitag, 27.11., nicht im Haus und ab Montag, 30.11., wieder erreichbar.",
            "2026-11-30"},
    DayCase{"Ich bin bis Montag abwesend", "2026-12-01"},
    DayCase{"Ich bin diese Woche im Urlaub.", "2026-11-30"},
    DayCase{"Zurück am 30.11.2026.", "2026-11-30"},
    DayCase{"Heute ist der 25.11.2026, ich bin im Urlaub.", "none"},
    DayCase{"Je suis absent ce vendredi et serai de retour lundi 30 novembre.", "2026-11-30"},
    DayCase{"Je suis en déplacement jusqu'à vendredi.", "2026-11-28"},
    DayCase{"Je reviens le 30.", "2026-11-30"},
    DayCase{"Actuellement en congés, je prendrai connaissance de votre message à mon retour le 7 décembre.",
            "2026-12-07"},
    DayCase{"Volveré a la oficina el próximo lunes 30 de noviembre.", "2026-11-30"},
    DayCase{"Estoy de baja hasta nuevo aviso.", "none"},
    DayCase{"Torno in ufficio lunedì 30.", "2026-11-30"},
    DayCase{"Rientro previsto per il 7 dicembre.", "2026-12-07"},
    DayCase{"Ik ben op 27 november vrij en maandag 30 november weer aanwezig.", "2026-11-30"},
    DayCase{"Ik ben terug op maandag.", "2026-11-30"},
    DayCase{"Your mail to support was received on 25 November 2026 at 10:00.", "none"},
    DayCase{"2026-11-25 10:00:00 The mailbox is full until 2026-12-05", "none"},
    DayCase{"Ticket 2026-12-05 created. We are closed on weekends.", "none"},
    DayCase{"Our answer times: Monday to Thursday. I am out of office till Wed.", "none"},
    DayCase{"I shall be out of the office between Monday 30 November and Friday 4 December inclusive.",
            "2026-12-05"},
    DayCase{"I'm on PTO through EOW", "2026-11-30"},
    DayCase{"I am off until the new year", "none"},
    DayCase{"I am on leave 1/12 - 11/12 and back 14/12.", "2026-12-14"},
    DayCase{"OOO 30 Nov", "none"},
    DayCase{"Out of office until 30 Nov.; contact ada@x.example", "2026-12-01"}};
INSTANTIATE_TEST_SUITE_P(ReturnDate, AbsenceAsWritten, testing::ValuesIn(absences));

class PromiseAsWritten : public testing::TestWithParam<DayCase> {};
TEST_P(PromiseAsWritten, TellsTheDayByWhichItIsDone) {
  EXPECT_EQ(shown(promised_date(GetParam().text, wednesday)), GetParam().day) << GetParam().text;
}
const DayCase promises[] = {
    DayCase{"Hi team, we're working on it and should have everything fixed by end of next week.",
            "2026-12-04"},
    DayCase{"Our dev is on holiday; we expect to deliver the fix on Monday 30 November.", "2026-11-30"},
    DayCase{"The certificate will be renewed on 2026-12-01.", "2026-12-01"},
    DayCase{"We'll get this done in the next two weeks.", "2026-12-09"},
    DayCase{"We should be able to resubmit early next week.", "2026-12-04"},
    DayCase{"Can we get an extension until 15 December?", "none"},
    DayCase{"We need some more time, at least until mid December.", "none"},
    DayCase{"Could you give us until next Friday to respond?", "none"},
    DayCase{"Fixed 1, 2 and 3. 4 will follow tomorrow.", "2026-11-26"},
    DayCase{"I'll send the screenshots later today.", "2026-11-25"},
    DayCase{"We'll try to fix it before the weekend.", "none"},
    DayCase{"This is planned for our next release on 10 December.", "2026-12-10"},
    DayCase{"Release 2026-12-10 contains the fix.", "none"},
    DayCase{"We'd need approx. 3 weeks to implement SCIM.", "2026-12-16"},
    DayCase{"We are going to need 10 more business days.", "2026-12-09"},
    DayCase{"It'll take us a couple of weeks.", "none"},
    DayCase{"ETA is end of this week.", "2026-11-27"},
    DayCase{"Estimated completion: 4 Dec 2026", "2026-12-04"},
    DayCase{"The demo on Friday went well. Fix is coming next week.", "2026-12-04"},
    DayCase{"Wir kümmern uns darum und melden uns Anfang nächster Woche.", "2026-12-04"},
    DayCase{"Der Fix kommt mit dem Release am 10. Dezember.", "2026-12-10"},
    DayCase{"Wir benötigen dafür noch ca. 2-3 Wochen.", "2026-12-16"},
    DayCase{"Bis spätestens 10.12. ist das erledigt.", "2026-12-10"},
    DayCase{"Können wir eine Verlängerung bis zum 15. Dezember bekommen?", "none"},
    DayCase{"Wir schaffen das nicht bis Freitag, aber bis Dienstag.", "none"},
    DayCase{"Ist bis morgen Abend behoben.", "2026-11-26"},
    DayCase{"Nous allons corriger cela d'ici fin novembre.", "2026-11-30"},
    DayCase{"Ce sera fait la semaine prochaine.", "2026-12-04"},
    DayCase{"On vous envoie ça demain matin.", "2026-11-26"},
    DayCase{"Nous vous revenons avant vendredi prochain.", "none"},
    DayCase{"Lo tendremos listo para finales de mes.", "2026-11-30"},
    DayCase{"Se lo enviamos mañana por la mañana.", "2026-11-26"},
    DayCase{"Lo haremos en un plazo de 10 días.", "2026-12-05"},
    DayCase{"Provvederemo entro la fine della prossima settimana.", "2026-12-04"},
    DayCase{"Vi rispondiamo entro domani.", "2026-11-26"},
    DayCase{"Dit wordt volgende week opgelost.", "2026-12-04"},
    DayCase{"We komen hier uiterlijk woensdag 2 december op terug.", "2026-12-02"},
    DayCase{"Vamos corrigir até o fim da semana que vem.", "2026-12-04"},
    DayCase{"Enviamos na segunda-feira.", "2026-11-30"},
    DayCase{"We will remove the old endpoint on 1 March 2027, but the fix is live now.", "2027-03-01"},
    DayCase{"From Monday on, our new endpoint will be used.", "none"},
    DayCase{"We updated the metadata on 24 November, it should be visible by now.", "none"},
    DayCase{"The token expires in 30 days.", "none"},
    DayCase{"The session will expire in 2 hours.", "none"},
    DayCase{"Refresh tokens are valid for 14 days and will rotate every 7 days.", "none"},
    DayCase{"Password must be changed within 90 days.", "none"},
    DayCase{"Data is deleted within 30 days.", "none"},
    DayCase{"We retain logs for two weeks.", "none"},
    DayCase{"Will do by Friday! 👍", "2026-11-27"},
    DayCase{"will do it over the weekend", "none"},
    DayCase{"We'll do it within the hour.", "none"},
    DayCase{"ok friday", "none"},
    DayCase{"By Friday, December 4, 2026 at the latest.", "2026-12-04"},
    DayCase{"We aim for Dec 10 - Dec 12.", "2026-12-12"},
    DayCase{"I expect this to be ready around Dec 10.", "2026-12-10"},
    DayCase{"it's scheduled for Dec 10 to be fixed", "2026-12-10"},
    DayCase{"hopefully by monday next week", "2026-11-30"},
    DayCase{"Monday.", "none"},
    DayCase{"Thank you! We'll have a look tomorrow and get back to you.", "2026-11-26"},
    DayCase{"Not possible by Friday, we need one more week.", "2026-12-02"},
    DayCase{"The fix is in review and will go out with Thursday's deploy.", "none"},
    DayCase{"Our developer returns on 30 November and will fix it by 2 December.", "2026-12-02"},
    DayCase{"We cannot commit to a date, perhaps in two weeks.", "none"},
    DayCase{"We will meet your deadline of 5 December.", "none"},
    DayCase{"We are going to do 1 today and 2 by Friday.", "2026-11-27"},
    DayCase{"Wird am Freitag deployed.", "2026-11-27"},
    DayCase{"Wir hatten das am 20. November schon gefixt.", "none"},
    DayCase{"Ich schicke Ihnen die Unterlagen bis Mitte nächster Woche zu.", "2026-12-04"},
    DayCase{"Das dauert noch 3 Tage.", "2026-11-28"},
    DayCase{"Können wir das am Freitag besprechen?", "none"},
    DayCase{"Bitte bis Freitag testen.", "none"},
    DayCase{"Morgen wird das erledigt.", "2026-11-26"},
    DayCase{"Übermorgen fertig", "2026-11-27"},
    DayCase{"Wir sind im Urlaub bis 30.11. und liefern bis 4.12.", "2026-12-04"},
    DayCase{"Nous ne pourrons pas le faire avant vendredi.", "none"},
    DayCase{"Nous ne serons pas prêts avant le 4 décembre.", "none"},
    DayCase{"Besoin de 15 jours supplémentaires", "2026-12-10"},
    DayCase{"Pouvez-vous tester d'ici vendredi ?", "none"},
    DayCase{"À lundi", "none"},
    DayCase{"À demain !", "none"},
    DayCase{"Hasta mañana", "none"},
    DayCase{"Hasta el viernes", "none"},
    DayCase{"Necesitamos hasta el viernes 4 de diciembre.", "2026-12-04"},
    DayCase{"No podemos antes del viernes.", "none"},
    DayCase{"Lo arreglamos ayer.", "none"},
    DayCase{"Abbiamo bisogno di tempo fino al 4 dicembre", "2026-12-04"},
    DayCase{"A domani", "none"},
    DayCase{"Lo sistemiamo entro 48 ore.", "2026-11-27"},
    DayCase{"We hebben tot 4 december nodig.", "2026-12-04"},
    DayCase{"Tot volgende week!", "none"},
    DayCase{"Kan dit voor vrijdag getest worden?", "none"},
    DayCase{"Preciso de mais uma semana", "2026-12-02"},
    DayCase{"Até segunda!", "none"},
    DayCase{"Bom dia, enviaremos amanhã.", "2026-11-26"},
    DayCase{"The logo is 512 by 512 and will be attached.", "none"},
    DayCase{"We have 12 by Monday.com integrations", "none"},
    DayCase{"Contact: +1 (555) 12-05-2026", "none"},
    DayCase{"ACS URL will be https://x.example/by/2026-12-05", "none"},
    DayCase{"SAML 2.0 and SCIM 2.0 will be supported, see section 5.12.", "none"},
    DayCase{"The new signing certificate is valid until 2027-03-01 and will be rotated by 2027-02-01.",
            "2027-02-01"},
    DayCase{"Cert valid from 2026-11-01 to 2027-11-01", "none"},
    DayCase{"We will use version 12.5.2027", "none"},
    DayCase{"Thanks. 2 weeks please", "none"},
    DayCase{"we'll need till the 10th", "2026-12-10"},
    DayCase{"We'd like to have this reviewed by Dec 10.", "none"},
    DayCase{"We want to launch by Dec 10.", "none"},
    DayCase{"Our customers need this by Dec 10.", "none"},
    DayCase{"Customer needs this by Dec 10.", "none"},
    DayCase{"Can you confirm that you will review by Friday?", "none"},
    DayCase{"Please note we will be done by Friday.", "2026-11-27"}};
INSTANTIATE_TEST_SUITE_P(PromisedDate, PromiseAsWritten, testing::ValuesIn(promises));

TEST(StatedDate, TakesAnyBytesAndIsBounded) {
  for (const std::string unit : {"Monday ", "until 5.", "1.", "eod ", "next ", "5 January - ", "\xff\xfe",
                                 "back on ", "in 2 ", "will by Friday "}) {
    std::string text;
    while (text.size() < 1'000'000) text += unit;
    (void)return_date(text, monday);
    (void)promised_date(text, monday);
  }
}

}  // namespace
}  // namespace oin
