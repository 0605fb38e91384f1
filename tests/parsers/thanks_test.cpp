#include "parsers/thanks.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

class OnlyThanks : public testing::TestWithParam<std::string> {};
TEST_P(OnlyThanks, SayNothingMore) { EXPECT_TRUE(only_thanks(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Texts, OnlyThanks,
    testing::Values("Thanks", "Thanks!", "thank you", "Thank you very much!", "Perfect, thank you very much!",
                    "Great news!", "👍", "👍🏽", "🎉🎉", "🙏 ❤️", "+1", "Thanks :-)", "Thx :)",
                    "Many thanks, Ada", "Thanks Ada!",
                    "Hi Ada,\n\nthank you so much for your help!\n\nBest regards\nGrace",
                    "Hello,\r\n\r\nGreat, thanks!\r\n\r\nKind regards,\r\nGrace Hopper\r\nAcme Inc.",
                    "Dear Ms. Lovelace,\nthanks for the quick reply.\nGrace", "Awesome! Thank you all!",
                    "That's great news, thanks a lot!", "Wonderful — thank you for the update.",
                    "Cheers\nTim", "Got it, thanks.", "Noted, thank you", "OK thanks", "Much appreciated.",
                    "Thanks again for your support, have a nice weekend!", "THANK YOU!!!", "*Thank you!*",
                    "Thank you for letting us know.", "“Perfect!”", "Danke, super!", "Vielen Dank!",
                    "Herzlichen Dank für die schnelle Rückmeldung!",
                    "Sehr geehrte Frau Müller,\n\nbesten Dank.\n\n"
                    "Mit freundlichen Grüßen\nHans Meier",
                    "Danke schön 😊", "Prima, danke. Schönes Wochenende!", "Das freut uns sehr, vielen Dank!",
                    "merci beaucoup", "Bonjour,\nMerci pour votre réponse rapide !\nBonne journée\nMarie",
                    "Parfait, merci.", "Un grand merci à tous", "¡Muchas gracias!",
                    "Perfecto, gracias por su ayuda. Saludos", "Grazie mille!", "Ottimo, grazie ancora",
                    "Bedankt!", "Hartelijk dank voor de snelle reactie", "Muito obrigado!",
                    "Obrigada pela ajuda, abraços", "Tack så mycket!", "Mange tak", "Kiitos!", "Dziękuję!",
                    "Děkuji", "Köszönöm szépen", "Teşekkürler", "Спасибо большое!", "ありがとうございます。",
                    "감사합니다", "谢谢！", "Bravo!", "Good to hear, thanks"));

class MoreThanThanks : public testing::TestWithParam<std::string> {};
TEST_P(MoreThanThanks, AreForAPerson) { EXPECT_FALSE(only_thanks(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Texts, MoreThanThanks,
    testing::Values("", " \n", ".", "Hi", "Hi Ada", "Best regards,\nAda", "OK", "Ada",
                    "Thanks, but the link is broken", "Thanks! One more question: can you test again?",
                    "thanks for looking into this issue, it is fixed now", "Thanks, fixed.", "Thanks. Fixed.",
                    "Thanks, Fixed", "Thanks,\nDone", "Thanks!\nDeployed", "Thanks! Updated", "Thanks, done",
                    "Yes, thanks", "No, thanks", "No thanks", "Thanks but no thanks", "Thanks in advance",
                    "Thanks?", "Thank you, 1 and 3", "Thanks, will do", "Thanks, will do by Friday",
                    "Great, see you tomorrow", "Great. How do I log in", "Not great", "Thank you for nothing",
                    "👎", "❌ thanks", "✅", "✅ Thanks", "Thanks → see above", "Thanks https://x.example",
                    "Thanks ada@x.example", "Please close", "Thanks, please close the ticket",
                    "Thank you, approve", "Thanks\nApprove", "Thanks, Approved", "Perfect, we will fix it",
                    "Danke, aber der Link geht nicht", "Danke. Wann kommt der Test", "Danke, erledigt",
                    "Danke\nErledigt", "Danke, bitte testen", "merci de corriger",
                    "Merci, mais le logo manque", "Merci, c'est corrigé", "Gracias, pero falta el logo",
                    "Gracias, ya está arreglado", "Grazie, corretto", "Bedankt, opgelost",
                    "Obrigado, mas falta o logo", "Спасибо, исправлено", "ありがとうございます、修正しました",
                    "谢谢，已修复", "great idea", "Great, attached", "Thanks\n\nPS: Link Broken",
                    "Thanks & Fixed", "Thanks\nSSO Error", "Unfortunately thanks", "Super Admin login",
                    "Nice try", "Cool down", "Top 5", "Thanks ☹", "\xff\xfe thanks"));

TEST(OnlyThanksLimits, LongTextIsMore) {
  std::string text;
  while (text.size() < 1'000'000) text += "thanks ";
  EXPECT_FALSE(only_thanks(text));
}

}  // namespace
}  // namespace oin
