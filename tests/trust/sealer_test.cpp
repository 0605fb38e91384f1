#include "daemon/trust/sealer.hpp"

#include <gtest/gtest.h>

namespace oin::trust {
namespace {

const std::string one(32, '\x01'), other(32, '\x02');

TEST(Sealer, OpensWhatItSealed) {
  const Sealer sealer({one});
  for (const std::string& plain : {std::string(), std::string("x"), std::string("hunter2"),
                                   std::string("a\0b", 3), std::string(100'000, 'z')}) {
    const std::string sealed = sealer.seal(plain);
    EXPECT_EQ(sealer.open(sealed), plain);
    EXPECT_EQ(sealer.open_text(sealer.seal_text(plain)), plain);
    if (plain.size() > 1) {
      EXPECT_EQ(sealed.find(plain), std::string::npos);
    }
  }
}

TEST(Sealer, SealsTheSameSecretAlike) {
  EXPECT_EQ(Sealer({one}).seal_text("hunter2"), Sealer({one}).seal_text("hunter2"));
  EXPECT_NE(Sealer({one}).seal_text("hunter2"), Sealer({one}).seal_text("hunter3"));
  EXPECT_NE(Sealer({one}).seal_text("hunter2"), Sealer({other}).seal_text("hunter2"));
}

TEST(Sealer, OpensWithAnOlderKeyToo) {
  const std::string sealed = Sealer({one}).seal("hunter2");
  EXPECT_EQ(Sealer({other, one}).open(sealed), "hunter2");
  EXPECT_FALSE(Sealer({other}).open(sealed));
}

TEST(Sealer, OpensNothingThatWasChanged) {
  const Sealer sealer({one});
  const std::string sealed = sealer.seal("hunter2");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(sealer.open(changed)) << i;
  }
  EXPECT_FALSE(sealer.open("short"));
  EXPECT_FALSE(sealer.open_text("hunter2"));
  EXPECT_FALSE(sealer.open_text("sealed:***"));
}

}  // namespace
}  // namespace oin::trust
