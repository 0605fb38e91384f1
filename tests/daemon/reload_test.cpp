/// What SIGHUP takes over from changed files, part by part.
#include "daemon/reload.hpp"

#include <gmock/gmock.h>

#include "tests/config/settings_folder.hpp"

namespace oin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Reloading : public SettingsFolder {
 protected:
  Reloading() : running_(open_office(load(least_settings)).value()) {}

  Reload with(std::string_view oind_toml) {
    write("oind.toml", oind_toml);
    problems.clear();
    return reload(running_, folder / "oind.toml", problems);
  }

  Office running_;
};

TEST_F(Reloading, TellsNothingWhenNothingChanged) {
  const Reload fresh = with(least_settings);
  EXPECT_TRUE(fresh.office);
  EXPECT_THAT(fresh.applied, IsEmpty());
  EXPECT_THAT(fresh.need_restart, IsEmpty());
}

TEST_F(Reloading, TakesOverWhatIsAskedAnewForEachMail) {
  write("workflow.toml",
        "[limits]\nletters_per_minute = 7\n[classification]\ntriage_below = 0.25\n[checks]\nprofile = "
        "\"oin-wizard\"\n");
  write(
      "rules/ours.toml",
      "[[rule]]\ncode = \"ours.colour-missing\"\nseverity = \"must\"\nrequire = [\"favourite_colour "
      "present\"]\n"
      "found = \"No colour.\"\nneed = \"Send one.\"\npasses = { favourite_colour = \"teal\" }\nfails = {}\n");
  write("cues.toml", "");
  write("templates/status/subject", "About [{{reference}}]");
  const Reload fresh = with(least_settings +
                            "[log]\nlevel = \"debug\"\n[outbox]\ngive_up_days = 2\n[[person]]\nname = "
                            "\"Grace\"\naddress = \"grace@example.com\"\nroles = [\"lead\"]\n");
  EXPECT_EQ(told(), "");
  ASSERT_TRUE(fresh.office);
  EXPECT_THAT(fresh.applied, ElementsAre("log.level", "person", "outbox", "limits", "cue", "classification",
                                         "rule", "checks.profile", "templates"));
  EXPECT_THAT(fresh.need_restart, IsEmpty());
  EXPECT_EQ(fresh.office->desk.workflow.limits.letters_per_minute, 7);
  EXPECT_TRUE(fresh.office->desk.person("grace@example.com"));
  const auto found = fresh.office->desk.rules.check({});
  EXPECT_NE(std::ranges::find(found, "ours.colour-missing", &Finding::code), found.end());
}

TEST_F(Reloading, LeavesWhatWasOpenedAtTheStart) {
  write("signing.key", std::string(64, 'c') + "\n");
  write("password", "another\n");
  std::string changed = oin::with(least_settings, "reviews.example.com", "other.example.com");
  changed = oin::with(changed, "sqlite:oind.db", "sqlite:other.db");
  changed = oin::with(changed, "smtp://mail.example.com", "smtp://other.example.com");
  const Reload fresh = with(changed + "[intake]\npoll_seconds = 7\n");
  EXPECT_EQ(told(), "");
  ASSERT_TRUE(fresh.office);
  EXPECT_THAT(fresh.applied, IsEmpty());
  EXPECT_THAT(fresh.need_restart,
              ElementsAre("desk.domain", "desk.signing_key_file", "store", "intake", "mailbox", "smtp"));
  EXPECT_EQ(fresh.office->settings.smtp, running_.settings.smtp);
  EXPECT_EQ(fresh.office->settings.store, running_.settings.store);
  EXPECT_EQ(fresh.office->signer.message_id("x", 1), running_.signer.message_id("x", 1));
}

TEST_F(Reloading, TakesOverNothingWhereThereAreProblems) {
  EXPECT_FALSE(with(least_settings + "[outbox]\ngive_up_days = \"x\"\nconections = 4\n").office);
  EXPECT_EQ(problems.size(), 2u) << told();
  write("templates/status/subject", "{{no-such-variable}}");
  EXPECT_FALSE(with(least_settings).office);
  EXPECT_THAT(told(), testing::HasSubstr("status/subject:1:1"));
  write("templates/status/subject", "fine");
  write("workflow.toml", "[calendar]\ntime_zone = \"Europe/Nowhere\"\nmonday = \"09:00-10:00\"\n");
  EXPECT_FALSE(with(least_settings).office);
  EXPECT_THAT(told(), testing::HasSubstr("Europe/Nowhere"));
  write("workflow.toml",
        "[[named_calendar]]\nname = \"emea\"\ntime_zone = \"Europe/Atlantis\"\nmonday = \"09:00-10:00\"\n");
  EXPECT_FALSE(with(least_settings).office);
  EXPECT_THAT(told(), testing::HasSubstr("named_calendar \"emea\".time_zone: found \"Europe/Atlantis\""));
}

}  // namespace
}  // namespace oin
