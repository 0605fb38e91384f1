/// overloaded.hpp: one lambda an alternative, for std::visit.  An alternative without an arm does not
/// compile.
#pragma once

namespace oin {

template <class... Arms>
struct overloaded : Arms... {
  using Arms::operator()...;
};
// Written out for clang, which cannot deduce it from the aggregate.
template <class... Arms>
overloaded(Arms...) -> overloaded<Arms...>;

}  // namespace oin
