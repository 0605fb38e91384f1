/// review_test.cpp: mails, commands and timers in any order never bring a case into a state that cannot be.
///
/// A failure shows the seed, the shortest steps that still fail, and their story.  RC_PARAMS=max_success=5000
/// looks longer, RC_PARAMS=reproduce=… again.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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
                                                        {6, Step::Act::tool},
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

RC_GTEST_PROP(Review, NeverReachesAnIllegalState, ()) {
  const auto settings = *rc::gen::inRange<std::size_t>(0, 3);
  // The size is also how long a story may get; the sanitizers, ten times as slow, get short ones.
  static const int longest = std::getenv("OIND_TEST_SCALE") ? 50 : 250;
  const auto steps = *rc::gen::resize(longest, rc::gen::container<std::vector<Step>>(step()));
  World world(desks(settings), letters());
  for (const Step& each : steps)
    if (const auto broken = world.take(each); !broken.empty())
      RC_FAIL(fmt::format("{}\n\n{}", fmt::join(world.story(), "\n"), fmt::join(broken, "\n")));
  std::size_t closed = 0;
  for (const auto& [id, ticket] : world.tickets()) closed += ticket.state == TicketState::closed ? 1 : 0;
  RC_CLASSIFY(closed > 0, "some closed");
}

}  // namespace
}  // namespace oin
