#include "parsers/secrets.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

TEST(Secrets, AreMaskedBehindTheWordThatAnnouncesThem) {
  EXPECT_EQ(masked("Password: hunter2, user: ada"), "Password: (sealed), user: ada");
  EXPECT_EQ(masked("1 is fixed, the new password is Tr0ub4dor&3."),
            "1 is fixed, the new password is (sealed).");
  EXPECT_EQ(masked("API token = abc-123\nnext line"), "API token = (sealed)\nnext line");
  EXPECT_EQ(masked("Authorization: Bearer 00aBcDeF123"), "Authorization: Bearer (sealed)");
  EXPECT_EQ(masked("Passwort ist geheim"), "Passwort ist (sealed)");
  EXPECT_EQ(masked("password hunter2"), "password (sealed)");
}

TEST(Secrets, ArePrivateKeysAsWell) {
  EXPECT_EQ(masked("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb"),
            "a\n(sealed)\nb");
  EXPECT_FALSE(holds_secret("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"));
}

TEST(Secrets, AreNotSeenWhereNoneIs) {
  for (const char* text :
       {"Where do I reset my password?", "password reset does not work", "Sync password: not supported",
        "Sync password: yes", "password: sent separately", "We get a 401 from the token endpoint",
        "token based auth", "the secret of success", "Password:", "Auth mode: Bearer token"})
    EXPECT_FALSE(holds_secret(text)) << text << " → " << masked(text);
}

TEST(Secrets, AreWhatLabelsAskFor) {
  for (const char* label : {"Admin password", "SCIM API token", "Client secret", "API key"})
    EXPECT_TRUE(names_secret(label)) << label;
  for (const char* label : {"App name", "Tokenisation", "Secretary"})
    EXPECT_FALSE(names_secret(label)) << label;
}

}  // namespace
}  // namespace oin
