/// result.hpp: how every room says that the world failed.
///
/// A malformed mail is never an Error (parsers return a value and its defects), nor is a refused
/// request (a Decision).  An Error is for what a retry or a person can mend: a server, a disk, a file.
#pragma once

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/terminate.hpp>
#include <boost/outcome/success_failure.hpp>
#include <boost/outcome/try.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace oin {

/// What the caller should do about it.
enum class Fault {
  transient,  ///< try again later
  permanent,  ///< tell a person; a retry changes nothing
  stopping,   ///< the program is shutting down; never logged as a failure
};

struct Error {
  Fault fault = Fault::permanent;
  std::string what;  ///< for a person: "SELECT INBOX: NO mailbox is locked"

  /// The same error with its place in front: "oin@example.com: SELECT INBOX: …".
  Error in(std::string_view where) && { return {fault, std::string(where) + ": " + std::move(what)}; }
};

template <class T>
using Result = boost::outcome_v2::basic_result<T, Error, boost::outcome_v2::policy::terminate>;

inline Error transient(std::string what) { return {Fault::transient, std::move(what)}; }
inline Error permanent(std::string what) { return {Fault::permanent, std::move(what)}; }
inline Error stopping() { return {Fault::stopping, "stopping"}; }

inline auto success() { return boost::outcome_v2::success(); }

}  // namespace oin

// OIN_TRY(auto x, f()) declares x or returns f()'s error; …V where there is no value; CO_ in coroutines.
#define OIN_TRY BOOST_OUTCOME_TRY
#define OIN_TRYV BOOST_OUTCOME_TRYV
#define OIN_CO_TRY BOOST_OUTCOME_CO_TRY
#define OIN_CO_TRYV BOOST_OUTCOME_CO_TRYV
