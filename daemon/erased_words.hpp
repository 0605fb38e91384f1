/// erased_words.hpp: who is taken out of the store, and the mark that stands where they stood.
///
/// Of one address, or of every address at a domain: each gets a mark of its own, "erased-1@erased.invalid"
/// (RFC 2606: no mail ever goes there), and a name that belongs to it becomes "erased-1".  ASCII letters are
/// taken in either case.  "da@vendor.example" is not found within "ada@vendor.example".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

/// The domain of all marks, which is suppressed.
inline constexpr std::string_view erased_domain = "@erased.invalid";

class ErasedWords {
 public:
  /// `key`: an address in comparable form, or "@vendor.example".
  ErasedWords(std::string key, int first_mark);

  /// Is this addr-spec, in whatever form, one of them?
  bool is_theirs(std::string_view addr_spec) const;

  /// A display name that stood beside the address.  One word alone ("Support") may be anybody's, and is left.
  void name(std::string_view addr_spec, std::string_view display_name);

  /// The text with every address replaced, in URLs too ("ada%40vendor.example"); with `names`, those as well.
  std::string without(std::string_view text, bool names);

  int marks() const { return next_mark_ - first_mark_; }  ///< given so far
  std::string first_mark() const;                         ///< "erased-1"

 private:
  int mark_of(std::string_view addr_spec);
  std::string without_addresses(std::string_view text);

  std::string local_;                 ///< lower case; empty: everybody at the domain
  std::vector<std::string> domains_;  ///< lower case, as A-labels and in letters
  int first_mark_, next_mark_;
  std::map<std::string, int, std::less<>> marks_;  ///< by address in comparable form
  std::map<std::string, int, std::less<>> names_;  ///< in lower case
};

}  // namespace oin
