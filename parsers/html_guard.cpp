#include "parsers/html_guard.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"

namespace oin {
namespace {

constexpr auto npos = std::string_view::npos;

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, name) != names.end();
}

/// Elements that never stay open, or that the next of their kind closes.
constexpr auto unnested = std::to_array<std::string_view>(
    {"area",  "base",   "br",    "col",   "embed", "hr",       "img",  "input", "link", "meta",
     "param", "source", "track", "wbr",   "p",     "li",       "tr",   "td",    "th",   "dt",
     "dd",    "option", "tbody", "thead", "tfoot", "colgroup", "html", "head",  "body"});

constexpr auto line_breaking =
    std::to_array<std::string_view>({"br", "p", "div", "tr", "li", "table", "ul", "ol", "h1", "h2", "h3",
                                     "h4", "h5", "h6", "blockquote", "pre", "hr"});

struct Tag {
  std::string name;  // lower case
  bool closing = false;
  std::size_t attributes = 0, end = 0;  // behind ">"
};

/// The tag whose "<" stands at `at`; an empty name for a comment, a declaration or a mere "<".
Tag tag_at(std::string_view html, std::size_t at) {
  Tag tag;
  std::size_t i = at + 1;
  if (html.substr(i).starts_with("!--")) {
    const std::size_t end = html.find("-->", i + 3);
    tag.end = end == npos ? html.size() : end + 3;
    return tag;
  }
  tag.closing = i < html.size() && html[i] == '/';
  if (tag.closing) ++i;
  if (i >= html.size() || !(is_alpha(html[i]) || html[i] == '!' || html[i] == '?')) {
    tag.end = at + 1;
    return tag;
  }
  const std::size_t name = i;
  while (i < html.size() && !is_space(html[i]) && html[i] != '>' && html[i] != '/') ++i;
  if (is_alpha(html[name])) tag.name = lower(html.substr(name, i - name));
  char quote = 0;
  bool in_word = false;
  for (; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      break;
    } else if ((c == '"' || c == '\'') && html[i - 1] == '=') {
      quote = c;
    } else if (is_space(c) || c == '/') {
      in_word = false;
    } else if (!in_word) {
      in_word = true;
      ++tag.attributes;
    }
  }
  tag.end = std::min(i + 1, html.size());
  return tag;
}

/// Behind the closing tag of an element that holds no markup.
std::size_t behind_raw_text(std::string_view html, std::size_t at, const std::string& name) {
  while ((at = html.find("</", at)) != npos) {
    if (same_word(html.substr(at + 2, name.size()), name)) return at;
    at += 2;
  }
  return html.size();
}

/// The character that "&name;" at the front of `text` stands for, and its length; nothing known: "&" itself.
std::string_view entity(std::string_view text, std::size_t& length) {
  struct Named {
    std::string_view name, value;
  };
  constexpr auto named = std::to_array<Named>({{"&amp;", "&"},
                                               {"&lt;", "<"},
                                               {"&gt;", ">"},
                                               {"&quot;", "\""},
                                               {"&#39;", "'"},
                                               {"&apos;", "'"},
                                               {"&nbsp;", " "}});
  for (const Named& one : named)
    if (text.starts_with(one.name)) {
      length = one.name.size();
      return one.value;
    }
  length = 1;
  return "&";
}

}  // namespace

bool within_limits(std::string_view html, const HtmlLimits& limits) {
  if (html.size() > limits.bytes) return false;
  std::unordered_map<std::string, std::size_t> open;
  std::size_t depth = 0;
  for (std::size_t at = 0; (at = html.find('<', at)) != npos;) {
    Tag tag = tag_at(html, at);
    at = tag.end;
    if (tag.attributes > limits.attributes) return false;
    if (tag.name.empty() || one_of(tag.name, unnested)) continue;
    if (tag.closing) {
      // Only an end tag that has its start tag closes anything.
      if (const auto found = open.find(tag.name); found != open.end() && found->second > 0) {
        --found->second;
        --depth;
      }
    } else {
      ++open[std::move(tag.name)];
      if (++depth > limits.depth) return false;
    }
  }
  return true;
}

HtmlText without_tags(std::string_view html, std::size_t most) {
  HtmlText found;
  found.too_complex = true;
  std::string& out = found.text;
  for (std::size_t at = 0; at < html.size();) {
    if (out.size() > most) {
      found.too_long = true;
      break;
    }
    const std::size_t stop = std::min(html.find_first_of("<&", at), html.size());
    out += html.substr(at, std::min(stop - at, most + 1));
    at = stop;
    if (at == html.size()) break;
    if (html[at] == '&') {
      std::size_t length = 0;
      out += entity(html.substr(at), length);
      at += length;
      continue;
    }
    const Tag tag = tag_at(html, at);
    if (tag.end == at + 1) out.push_back('<');
    at = tag.end;
    if (!tag.closing && (tag.name == "script" || tag.name == "style"))
      at = behind_raw_text(html, at, tag.name);
    if (one_of(tag.name, line_breaking) && !out.empty() && out.back() != '\n') out.push_back('\n');
  }
  const std::string_view text = utf8_prefix(stripped(out), most);
  found.text = std::string(text);
  return found;
}

}  // namespace oin
