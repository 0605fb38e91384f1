/// html_text_nodes.hpp: the questions html_text.cpp asks of gumbo's tree.
///
/// Each looks at a fixed number of nodes at most, so that asking it of every node keeps the whole linear.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/html_text_marks.hpp"

namespace oin {

std::string_view attribute(const GumboNode& node, const char* name);
bool is_element(const GumboNode& node);
bool is_element(const GumboNode& node, GumboTag tag);
bool is_text(const GumboNode& node);
std::size_t child_count(const GumboNode& node);
const GumboNode& child(const GumboNode& node, std::size_t index);

/// By its class, id or name; that of a blockquote is a quote.
HtmlMark mark_of(const GumboNode& element);

/// Is all in it quoted?  Not what is forwarded, not a mere indentation, not where its blockquotes tell.
bool is_quotation(const GumboNode& element, HtmlMark mark, const HtmlStyle& style);

/// Does a header block begin in it, behind the line that the style draws?
bool begins_header_block(const GumboNode& element);

/// Is it a signature that still needs its mark, with nothing written below it, but a quotation perhaps?
bool is_last_signature(const GumboNode& element);

/// "<ada@x.example>" where the writer forgot that "<" begins a tag; else empty.
std::string_view unescaped_address(const GumboNode& element);

/// The words of a cell, if they are few and in no list, table or quotation.
std::optional<std::string> label_of(const GumboNode& cell);

/// A term whose description follows (dt, dd).
bool is_described(const GumboNode& term);

/// Is all of it within sight, and neither a table nor a quotation?
bool is_short(const GumboNode& cell);

/// Does a row's table begin with a row of at least three labels?
bool has_heading(const GumboNode& row);

/// Has it words?
bool is_filled(const GumboNode& cell);
/// The cells of a row that have.
std::vector<const GumboNode*> filled_cells(const GumboNode& row);

}  // namespace oin
