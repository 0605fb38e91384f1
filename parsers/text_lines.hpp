/// text_lines.hpp: a text as the lines a person sees, and the few things the readers of prose ask of a line.
///
/// Views point into the text they were made from.  Only ASCII letters change case here (ascii.hpp): what
/// needs Unicode, such as labels, goes through fold.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

/// One line without its line end, and where it stood (1-based).
struct TextLine {
  int number = 0;
  std::string_view text;
};

/// LF, CRLF and lone CR end a line; a last line without an end counts.
std::vector<TextLine> text_lines(std::string_view text);

/// Without the white space at both ends, no-break spaces (which HTML leaves) included.
std::string_view bare(std::string_view text);

bool is_blank_line(std::string_view line);

/// The columns of white space in front of what a line says; a tab is four.
std::size_t indentation(std::string_view line);

bool contains(std::string_view text, std::string_view part);

/// Ignoring the case of A to Z.
bool starts_with_words(std::string_view text, std::string_view words);

/// The pieces between the separators, bare, without the empty ones.
std::vector<std::string_view> pieces(std::string_view text, char separator);

/// The other way round: appends what is not empty, with the separator in front unless it is the first.
void append_piece(std::string& text, std::string_view separator, std::string_view piece);

}  // namespace oin
