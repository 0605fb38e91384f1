#include "parsers/agreement.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

TEST(Agreement, IsASentenceThatNamesThePrivateWayAndWantsIt) {
  for (const char* text :
       {"private", "Private, please.", "Private integration", "1: private",
        "Yes, we agree to a private integration.", "Thanks for the offer.\nLet us go the private way then.",
        "OK, then as a private integration.", "No problem, private is fine.",
        "Einverstanden, dann als private Integration.", "Ja, bitte privat.",
        "Oui, d'accord pour une intégration privée.", "Sí, de acuerdo con una integración privada.",
        "Sim, concordamos com a integração privada."})
    EXPECT_TRUE(agrees_to_private(text)) << text;
}

TEST(Agreement, IsNoQuestionNoConditionAndNoNo) {
  for (const char* text :
       {"", "Is a private integration possible?", "We do not want a private integration.",
        "We want it public.", "No, private does not help us.", "Please tell us what private means.",
        "We agree if private is free.", "Nein, privat möchten wir nicht.",
        "Private messages of our customers are stored in their own tenant only.", "Oui, mais pas privée."})
    EXPECT_FALSE(agrees_to_private(text)) << text;
}

TEST(Agreement, MayBeABareYes) {
  for (const char* text :
       {"Yes", "Agreed.", "OK, please do that.", "Yes, please!", "Einverstanden.", "Oui, d'accord"})
    EXPECT_TRUE(is_yes(text)) << text;
  for (const char* text : {"", "Thanks", "Yes, but not now", "OK, the logo is attached", "Yes?"})
    EXPECT_FALSE(is_yes(text)) << text;
}

TEST(Agreement, ConfirmsByNothingButAYes) {
  for (const char* text : {"Yes", "Yes, I confirm.", "confirmed", "Yes please, withdraw it.",
                           "Ja, hiermit bestätigt.", "Oui, je confirme le retrait.", "Correct, thank you"})
    EXPECT_TRUE(confirms(text)) << text;
  for (const char* text :
       {"", "No", "Yes, but only the SCIM part", "Please do not withdraw it", "Confirm what?", "Thank you",
        "Is that right?", "We withdraw nothing", "This is our app!", "Is this our app", "We want our app.",
        "Our submission", "Please remove it, we agree to nothing else"})
    EXPECT_FALSE(confirms(text)) << text;
}

}  // namespace
}  // namespace oin
