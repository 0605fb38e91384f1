#include "parsers/html_text_marks.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "parsers/ascii.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr auto npos = std::string_view::npos;

struct Marker {
  std::string_view name;  ///< the end of a class, id or name
  HtmlMark mark;
};

constexpr auto markers = std::to_array<Marker>({
    {"gmail_quote", HtmlMark::quote_holder},  // Gmail; also Mailspring, Superhuman
    {"gmail_quote_container", HtmlMark::quote_holder},
    {"yahoo_quoted", HtmlMark::quote},                // Yahoo
    {"protonmail_quote", HtmlMark::quote_holder},     // ProtonMail
    {"tutanota_quote", HtmlMark::quote_holder},       // Tuta
    {"zmail_extra", HtmlMark::quote_holder},          // Zoho
    {"iNotesHistory", HtmlMark::quote},               // Notes in a browser
    {"messageReplySection", HtmlMark::quote_holder},  // Spark
    {"ymail_android_quote", HtmlMark::quote},
    {"quotedReply", HtmlMark::quote},
    {"hs_reply", HtmlMark::quote},
    {"mail-quote-collapse", HtmlMark::quote_holder},  // mail.ru
    {"divRplyFwdMsg", HtmlMark::separator},           // Outlook in a browser
    {"appendonsend", HtmlMark::separator},
    {"OLK_SRC_BODY_SECTION", HtmlMark::separator},                     // Outlook for Mac
    {"mail-editor-reference-message-container", HtmlMark::separator},  // Outlook on a phone
    {"ms-outlook-mobile-reference-message", HtmlMark::separator},
    {"OutlookMessageHeader", HtmlMark::separator},
    {"stopSpelling", HtmlMark::separator},  // Hotmail
    {"zwchr", HtmlMark::separator},         // Zimbra
    {"gmail_signature", HtmlMark::signature},
    {"moz-signature", HtmlMark::signature},
    {"protonmail_signature_block", HtmlMark::signature},
    {"ms-outlook-mobile-signature", HtmlMark::signature},
    {"composer_signature", HtmlMark::signature},  // Samsung
    {"messageSignatureSection", HtmlMark::signature},
    {"AppleMailSignature", HtmlMark::signature},
    {"Signature", HtmlMark::signature},  // Outlook in a browser
});

HtmlMark mark_named(std::string_view name) {
  if (name.size() < 5) return HtmlMark::none;
  const auto found =
      std::ranges::find_if(markers, [&](const Marker& one) { return name.ends_with(one.name); });
  return found == markers.end() ? HtmlMark::none : found->mark;
}

/// "0", "0px", ".0001pt": nothing to see.
bool is_zero(std::string_view length) {
  constexpr double least_visible = 0.05;
  double number = 1;
  const auto read = std::from_chars(length.data(), length.data() + length.size(), number);
  return read.ec == std::errc() && number < least_visible && number > -least_visible;
}

/// Of the parent's size: what is 0 there is 0 here.
bool is_relative(std::string_view length) {
  return length.ends_with('%') || (length.ends_with("em") && !length.ends_with("rem"));
}

/// "0in 0in 1em": the value for above, and that for below.
bool is_margin_free(std::string_view value) {
  const auto sides = pieces(value, ' ');
  return !sides.empty() && is_zero(sides[0]) && is_zero(sides[sides.size() > 2 ? 2 : 0]);
}

bool is_indenting(std::string_view value) {
  const auto sides = pieces(value, ' ');
  return sides.size() > 1 && !is_zero(sides[sides.size() > 3 ? 3 : 1]);
}

bool begins(std::string_view value, std::string_view word) { return starts_with_words(value, word); }

bool has_word(std::string_view value, std::string_view word) {
  return std::ranges::any_of(pieces(value, ' '), [&](auto piece) { return same_word(piece, word); });
}

}  // namespace

HtmlStyle html_style(std::string_view style) {
  using enum HtmlStyle::Toggle;
  HtmlStyle out;
  bool no_height = false, clipped = false, rule_above = false, distance_above = false;
  bool no_margin_above = false, no_margin_below = false;
  while (!style.empty()) {
    const auto end = style.find(';');
    const std::string_view declaration = style.substr(0, end);
    style.remove_prefix(end == npos ? style.size() : end + 1);
    const auto colon = declaration.find(':');
    if (colon == npos) continue;
    const std::string_view name = stripped(declaration.substr(0, colon));
    const std::string_view value = stripped(declaration.substr(colon + 1));
    const auto is = [name](std::string_view property) { return same_word(name, property); };
    if (is("display")) {
      out.hidden = begins(value, "none");
    } else if (is("mso-hide")) {
      out.hidden = out.hidden || begins(value, "all");
    } else if (is("visibility")) {
      out.invisible = begins(value, "visible") ? off : on;
    } else if (is("font-size")) {
      out.sizeless = is_zero(value) ? on : is_relative(value) ? inherited : off;
    } else if (is("max-height") || is("height")) {
      no_height = no_height || is_zero(value);
    } else if (is("overflow")) {
      clipped = begins(value, "hidden");
    } else if (is("text-decoration") || is("text-decoration-line")) {
      out.struck = contains(value, "line-through");
    } else if (is("white-space")) {
      out.verbatim = begins(value, "pre") || begins(value, "break-spaces") ? on : off;
    } else if (is("margin")) {
      no_margin_above = no_margin_below = is_margin_free(value);
      out.indented = is_indenting(value);
    } else if (is("margin-top")) {
      no_margin_above = is_zero(value);
    } else if (is("margin-bottom")) {
      no_margin_below = is_zero(value);
    } else if (is("margin-left")) {
      out.indented = !is_zero(value);
    } else if (is("border-left") || is("border-left-style") || is("border-left-width")) {
      out.bordered_left = out.bordered_left || !(begins(value, "none") || is_zero(value));
    } else if (is("border-top") || is("border-top-style")) {
      rule_above = has_word(value, "solid");
    } else if (is("padding") || is("padding-top")) {
      distance_above = begins(value, "3") || begins(value, "5px");
    } else if (is("mso-list")) {
      out.list_mark = begins(value, "ignore");
    }
  }
  out.hidden = out.hidden || (no_height && clipped);
  out.no_margin = no_margin_above && no_margin_below;
  out.outlook_rule = rule_above && distance_above;
  return out;
}

HtmlMark html_mark(std::string_view classes, std::string_view id, std::string_view name) {
  for (std::string_view rest = classes; !rest.empty();) {
    const auto end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (const HtmlMark mark = mark_named(rest.substr(0, end)); mark != HtmlMark::none) return mark;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (const HtmlMark mark = mark_named(id); mark != HtmlMark::none) return mark;
  return mark_named(name);
}

}  // namespace oin
