/// text_shape.hpp: what a text looks like, whatever its words: does it ask, does it show code or logs, does
/// it name money or an org?
///
/// For telling what a mail wants: a question has a question mark in every language, and nobody but a
/// developer pastes an HTTP exchange.  Never throws; one pass, any input.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// The marks that hold, as words with blanks between: "question code orgid".
///
///     question   a sentence ends in a question mark (not one within a URL)
///     code       lines of code, of a log, or of an HTTP exchange
///     money      an amount with its currency
///     orgid      an Okta org's id ("00o" and 17 more)
///     capitals   a line that is shouted
std::string text_shape(std::string_view text);

}  // namespace oin
