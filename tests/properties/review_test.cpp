/// review_test.cpp: mails, commands and timers in any order never bring a case into a state that cannot be.
///
/// A failure shows the seed, the shortest steps that still fail, and their story.  RC_PARAMS=max_success=5000
/// looks longer, RC_PARAMS=reproduce=… again.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/properties/review_world.hpp"

namespace oin {
namespace {

using test::Step;
using test::World;

const Letters& letters() {
  static const Letters shipped = Letters::open().value();
  return shipped;
}

/// All of them, in an order that begins with that one.
std::vector<const Desk*> desks(std::size_t first) {
  static const std::vector<Desk> all = test::desks();
  std::vector<const Desk*> out;
  for (std::size_t i = 0; i < all.size(); ++i) out.push_back(&all[(first + i) % all.size()]);
  return out;
}

rc::Gen<Step> step() {
  const auto act = rc::gen::weightedElement<Step::Act>({{6, Step::Act::vendor_mail},
                                                        {2, Step::Act::staff_mail},
                                                        {12, Step::Act::tool},
                                                        {3, Step::Act::to_next_timer},
                                                        {1, Step::Act::time_passes},
                                                        {1, Step::Act::report},
                                                        {1, Step::Act::letter_answered},
                                                        {1, Step::Act::settings}});
  const auto number = rc::gen::inRange(0, 1000);
  return rc::gen::map(rc::gen::tuple(act, number, number, number), [](const auto& all) {
    return std::apply([](auto... each) { return Step{each...}; }, all);
  });
}

/// The desks, as review_world.cpp lists them.
enum Settings { shipped, abroad, sparse };

void play(Settings first) {
  // The size is also how long a story may get; the sanitizers, ten times as slow, get short ones.
  static const int longest = std::getenv("OIND_TEST_SCALE") ? 50 : 250;
  const auto steps = *rc::gen::resize(longest, rc::gen::container<std::vector<Step>>(step()));
  World world(desks(first), letters());
  for (const Step& each : steps)
    if (const auto broken = world.take(each); !broken.empty())
      RC_FAIL(fmt::format("{}\n\n{}", fmt::join(world.story(), "\n"), fmt::join(broken, "\n")));
  const auto published = std::ranges::count_if(
      world.tickets(), [](const auto& each) { return each.second.outcome == "published"; });
  RC_CLASSIFY(published > 0, "something is published");
}

RC_GTEST_PROP(Review, KeepsItsPromisesByTheShippedSettings, ()) { play(shipped); }

RC_GTEST_PROP(Review, KeepsItsPromisesWithMorePhasesAndAnotherCalendarForOne, ()) { play(abroad); }

RC_GTEST_PROP(Review, KeepsItsPromisesWithFewRemindersAndManyWarnings, ()) { play(sparse); }

}  // namespace
}  // namespace oin
