#include "parsers/thanks.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "parsers/prose_phrases.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

/// More than this is never only thanks.
constexpr std::size_t longest_thanks = 600;

/// One of these must be there.
constexpr std::string_view thanking[] = {
    "thanks|thank you|thank you very much|thank you so much|thanks a lot|thanks a million|thanks a bunch|"
    "thanks so much|many thanks|thx|thnx|tnx|ty|tysm|cheers|much appreciated|appreciated|appreciate it|"
    "i appreciate it|we appreciate it|we appreciate your help|i appreciate your help|big thanks|thankyou|"
    "we thank you|i thank you|great|great news|great job|great work|good news|good job|good work|nice work|"
    "well done|perfect|awesome|excellent|wonderful|fantastic|brilliant|amazing|lovely|super|cool|nice|"
    "that is great|that's great|that's great news|this is great|this is great news|sounds great|"
    "that is great news|that's wonderful|wonderful news|fantastic news|excellent news|awesome news|"
    "amazing news|good to hear|great to hear|good to know|glad to hear|happy to hear|glad to hear it|"
    "happy to hear it|yay|hooray|hurray|woohoo|congratulations|kudos|you rock|you are the best|"
    "you're the best|love it|we love it|very nice|very good|very helpful|that's very helpful|"
    "we are very happy|we're very happy|we are thrilled|we are delighted|bravo",
    "danke|danke schön|dankeschön|danke sehr|vielen dank|vielen lieben dank|besten dank|herzlichen dank|"
    "recht herzlichen dank|tausend dank|lieben dank|merci vielmals|ich danke ihnen|wir danken ihnen|"
    "danke ihnen|danke dir|danke euch|wunderbar|perfekt|toll|spitze|klasse|prima|großartig|hervorragend|"
    "ausgezeichnet|sehr gut|sehr schön|das ist super|das ist toll|das freut uns|das freut mich|freut mich|"
    "freut uns|das freut uns sehr|das freut mich sehr|tolle nachricht|tolle nachrichten|gute nachrichten|"
    "das sind gute nachrichten|das sind tolle nachrichten|genial",
    "merci|merci beaucoup|merci bien|un grand merci|mille mercis|merci infiniment|grand merci|parfait|"
    "génial|c'est parfait|c'est super|excellente nouvelle|bonne nouvelle|très bien|formidable|"
    "je vous remercie|nous vous remercions|remerciements",
    "gracias|muchas gracias|muchísimas gracias|mil gracias|perfecto|genial|estupendo|excelente|fantástico|"
    "buenas noticias|buena noticia|muy bien|maravilloso|qué bien|se lo agradezco|se lo agradecemos|"
    "muy amable",
    "grazie|grazie mille|molte grazie|tante grazie|mille grazie|perfetto|ottimo|eccellente|fantastico|"
    "benissimo|ottima notizia|ottime notizie|la ringrazio|vi ringrazio|la ringraziamo|bene",
    "bedankt|dank u|dank u wel|dank je|dank je wel|hartelijk dank|hartelijk bedankt|heel erg bedankt|"
    "veel dank|dankjewel|dankuwel|geweldig|perfect bedankt|goed nieuws|top|prachtig|heel fijn|fijn",
    "obrigado|obrigada|muito obrigado|muito obrigada|perfeito|ótimo|boa notícia|boas notícias|"
    "excelente notícia|maravilha|agradeço|agradecemos|muito bom",
    "tack|tack så mycket|tusen tack|stort tack|tak|mange tak|tusind tak|takk|tusen takk|mange takk|kiitos|"
    "paljon kiitoksia|kiitos paljon|dziękuję|dziękujemy|dziękuję bardzo|dzięki|děkuji|děkuju|děkujeme|díky|"
    "köszönöm|köszönjük|köszönöm szépen|teşekkürler|teşekkür ederim|çok teşekkürler|спасибо|"
    "спасибо большое|большое спасибо|благодарю|благодарим|ευχαριστώ|ευχαριστούμε|ありがとうございます|"
    "ありがとうございました|ありがとう|感謝します|감사합니다|고맙습니다|谢谢|謝謝|非常感谢|谢谢您|多谢",
};

/// What stands around them and says nothing more.
constexpr std::string_view surroundings[] = {
    "very much|so much|a lot|again|once again|indeed|really|very|so|and|all|everyone|everybody|team|guys|"
    "folks|both|you|ok|okay|ah|oh|wow|oh wow|got it|noted|understood|no problem|no worries|for everything|"
    "for that|for this|for it|for your help|for the help|for all your help|for your support|"
    "for all your support|for the support|for your quick reply|for the quick reply|for your reply|"
    "for the reply|for your quick response|for the quick response|for your prompt reply|"
    "for your prompt response|for the prompt response|for the fast response|for your fast response|"
    "for your response|for the response|for your answer|for the answer|for your email|for your e-mail|"
    "for your message|for the message|for the update|for the quick update|for your update|for the info|"
    "for the information|for your information|for the feedback|for your feedback|for the great feedback|"
    "for your time|for your patience|for your review|for the review|for the thorough review|"
    "for your thorough review|for your work|for your hard work|for the great work|for the good news|"
    "for the great news|for letting us know|for letting me know|for the confirmation|for confirming|"
    "for the clarification|for clarifying|for approving|for approving our app|for the approval|"
    "for your understanding|for your cooperation|for the good cooperation|for your effort|"
    "for your efforts|for the heads up|for the quick turnaround|for the quick review|for the fast review|"
    "for your quick help|for your assistance|for your kind help|from all of us|from the whole team|"
    "to you|to you all|to all of you|to the team|to the whole team|to everyone|to hear|that",
    "auch|nochmals|noch einmal|nochmal|sehr|und|ihnen|für alles|dafür|für ihre hilfe|für die hilfe|"
    "für deine hilfe|für eure hilfe|für die schnelle hilfe|für die schnelle antwort|"
    "für ihre schnelle antwort|für die rasche antwort|für die antwort|für ihre antwort|"
    "für die rückmeldung|für ihre rückmeldung|für die schnelle rückmeldung|"
    "für ihre schnelle rückmeldung|für die info|für die information|für die informationen|"
    "für die unterstützung|für ihre unterstützung|für das feedback|für ihr feedback|für die mühe|"
    "für ihre mühe|für ihre nachricht|für die nachricht|für die prüfung|für ihre zeit|an alle|ans team|"
    "das ganze team|verstanden|euch|dir|alles klar",
    "encore|encore une fois|et|à vous|à tous|pour tout|pour votre aide|pour votre réponse|"
    "pour votre réponse rapide|pour la réponse|pour votre retour|pour votre retour rapide|"
    "pour le retour|pour votre message|pour l'information|pour votre soutien|pour cette bonne nouvelle|"
    "c'est noté|bien reçu|beaucoup|bien",
    "de nuevo|otra vez|y|a todos|por todo|por su ayuda|por tu ayuda|por la ayuda|por su respuesta|"
    "por la respuesta|por la rápida respuesta|por su rápida respuesta|por su apoyo|por la información|"
    "por avisar|por la confirmación|entendido",
    "ancora|di nuovo|e|a tutti|di tutto|per tutto|per l'aiuto|per il suo aiuto|per il vostro aiuto|"
    "per la risposta|per la rapida risposta|per il supporto|per l'informazione|ricevuto|davvero",
    "nogmaals|en|allemaal|voor alles|voor je hulp|voor uw hulp|voor jullie hulp|voor de hulp|"
    "voor uw reactie|voor de reactie|voor de snelle reactie|voor uw snelle reactie|voor de update|"
    "voor de info|voor de informatie|begrepen",
    "novamente|mais uma vez|a todos|por tudo|pela ajuda|pela sua ajuda|pela resposta|"
    "pela rápida resposta|pelo apoio|pelo retorno|pela informação|entendi",
};

/// Behind these a name may stand.
constexpr std::string_view greetings[] = {
    "hi|hello|hey|dear|hi there|hello there|good morning|good afternoon|good evening|hallo|guten tag|"
    "guten morgen|guten abend|moin|servus|liebe|lieber|sehr geehrte|sehr geehrter|"
    "sehr geehrte damen und herren|grüß gott|grüezi|hi zusammen|hallo zusammen|bonjour|bonsoir|cher|chère|"
    "madame|monsieur|salut|hola|buenos días|buenas tardes|buenas|estimado|estimada|estimados|buongiorno|"
    "buonasera|ciao|salve|gentile|goedemorgen|goedemiddag|goedendag|goede morgen|beste|geachte|olá|"
    "bom dia|boa tarde|prezado|prezada|caro|cara|mr|mrs|ms|dr|herr|herrn|frau|sir|madam|mme|hej|hei",
};
constexpr std::string_view farewells[] = {
    "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|with kind regards|best|"
    "best wishes|all the best|yours|yours sincerely|sincerely|yours truly|take care|have a nice day|"
    "have a great day|have a good day|have a good one|have a nice weekend|have a great weekend|"
    "have a good weekend|have a nice evening|have a great week|have a good week|bye|bye bye|br|"
    "mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|"
    "liebe grüße|schöne grüße|herzliche grüße|mit besten grüßen|grüße|gruß|mfg|vg|lg|"
    "schönen tag|schönen tag noch|schönes wochenende|einen schönen tag|schönen abend|"
    "ein schönes wochenende|tschüss|cordialement|bien cordialement|bien à vous|salutations|"
    "meilleures salutations|bonne journée|bon week-end|bonne soirée|à bientôt|"
    "saludos|un saludo|saludos cordiales|un cordial saludo|atentamente|buen día|que tenga un buen día|"
    "buen fin de semana|un abrazo|cordiali saluti|distinti saluti|saluti|un saluto|buona giornata|"
    "buona serata|buon fine settimana|buon lavoro|met vriendelijke groet|met vriendelijke groeten|"
    "vriendelijke groet|vriendelijke groeten|groet|groeten|groetjes|fijne dag|fijn weekend|prettige dag|"
    "fijne dag nog|atenciosamente|cumprimentos|com os melhores cumprimentos|abraços|abraço|um abraço|"
    "bom fim de semana|tenha um bom dia|bom trabalho|med vänlig hälsning|med venlig hilsen|"
    "med vennlig hilsen|с уважением|pozdrawiam|s pozdravem",
};

/// Capitals that begin no name: in front of all, what answers, states or asks.
constexpr std::string_view no_names[] = {
    "done|yes|no|not|but|however|also|please|works|working|it|we|i|the|this|that|there|here|my|our|your|if|"
    "when|how|what|why|where|who|can|could|would|will|should|do|does|did|is|are|was|were|has|have|sent|see|"
    "link|links|login|logo|logout|error|errors|issue|issues|bug|bugs|button|page|app|url|urls|metadata|"
    "certificate|test|tests|tested|version|release|ticket|case|mail|email|file|files|form|attached|"
    "attachment|question|questions|still|broken|wrong|missing|open|ready|live|go|ok'd|stop|cancel|"
    "withdraw|close|approve|reject|retest|status|help|urgent|one|two|three|now|today|tomorrow|monday|"
    "tuesday|wednesday|thursday|friday|saturday|sunday|next|ps|nb|fyi|note|built|ja|nein|nicht|aber|fertig|"
    "fehler|bitte|noch|geht|läuft|erledigt|behoben|frage|fragen|heute|morgen|oui|non|mais|fait|corrigé|"
    "question|erreur|sí|hecho|pero|pregunta|fatto|ma|però|domanda|klaar|gedaan|maar|vraag|feito|mas|"
    "pergunta|sso|saml|scim|oidc|acs|api|mfa|idp|sp|slo|jit|approved|rejected",
};

enum class Kind { thanks, around, greeting, farewell, no_name };

struct Phrase {
  std::vector<std::string> tokens;
  Kind kind;
};

const ProsePhrases<Phrase>& phrases() {
  static const ProsePhrases<Phrase> table = [] {
    std::vector<Phrase> made;
    const auto add = [&](std::span<const std::string_view> rows, Kind kind) {
      for (const std::string_view row : rows)
        for (const std::string_view words : pieces(row, '|')) made.push_back({phrase_tokens(words), kind});
    };
    add(thanking, Kind::thanks);
    add(surroundings, Kind::around);
    add(greetings, Kind::greeting);
    add(farewells, Kind::farewell);
    add(no_names, Kind::no_name);
    return ProsePhrases<Phrase>(std::move(made));
  }();
  return table;
}

/// The longest; null when there is none.
const Phrase* phrase_at(std::span<const ProseToken> tokens) {
  for (const Phrase& phrase : phrases().beginning_with(tokens))
    if (stands_at_head(phrase.tokens, tokens)) return &phrase;
  return nullptr;
}

/// Thumbs up and what smiles; a tick is none, since it says that something is done.
bool is_kind_emoji(UChar32 c) {
  constexpr UChar32 kind[] = {0x1F44D, 0x1F64F, 0x1F389, 0x1F38A, 0x1F642, 0x1F970, 0x1F973, 0x1F929, 0x1F917,
                              0x1F44F, 0x1F64C, 0x1F44C, 0x1F4AF, 0x1F4AA, 0x1F680, 0x1F525, 0x1F942, 0x1F37E,
                              0x1F490, 0x1F31F, 0x2B50,  0x2728,  0x263A,  0x2764,  0x1F91D, 0x1F499, 0x1F49A,
                              0x1F49B, 0x1F49C, 0x1F9E1, 0x1F5A4, 0x1F496, 0x1F638, 0x1F63A};
  return (c >= 0x1F600 && c <= 0x1F60F) || c == 0x1F618 || std::ranges::find(kind, c) != std::end(kind);
}

bool is_plain(UChar32 c) {
  if (c < 0) return false;
  if (c < 0x80 || u_isalpha(c) || u_isUWhiteSpace(c)) return true;
  const bool skin_tone = c >= 0x1F3FB && c <= 0x1F3FF;
  const int8_t type = u_charType(c);
  const bool quotes = c == 0xA1 || (c >= 0x2010 && c <= 0x201F) || c == 0x2026 || c == 0xAB || c == 0xBB;
  return skin_tone || quotes || type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR || c == 0x3002 ||
         c == 0xFF01 || c == 0x3001;
}

/// Of the characters that no word has: are there kind ones, and others?
struct Symbols {
  bool kind = false, other = false;
};

Symbols symbols_in(std::string_view text) {
  Symbols found;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (is_kind_emoji(c))
      found.kind = true;
    else if (!is_plain(c))
      found.other = true;
  }
  return found;
}

/// ":-)" is no punctuation.
std::string without_smileys(std::string_view text) {
  std::string out(text);
  for (const std::string_view smiley : {":-)", ":)", ";-)", ";)", ":-D", ":D", "<3", "^^", "(y)", ":-P"})
    for (auto at = out.find(smiley); at != std::string::npos; at = out.find(smiley, at))
      out.replace(at, smiley.size(), " ");
  return out;
}

class Reading {
 public:
  explicit Reading(std::span<const ProseToken> tokens) : tokens_(tokens) {}

  /// Whether all of it was understood, and none of it more than thanks.
  bool read() {
    while (at_ < tokens_.size())
      if (!step()) return false;
    return true;
  }
  bool thanked() const { return thanked_; }

 private:
  bool step() {
    const ProseToken& token = tokens_[at_];
    if (token.new_line || token.kind == ProseToken::Kind::gap) {
      names_ = 0;
      name_may_stand_ = thanked_ || said_farewell_;
    }
    switch (token.kind) {
      case ProseToken::Kind::gap:
        ++at_;
        return true;
      case ProseToken::Kind::number:
        return false;
      case ProseToken::Kind::mark:
        return mark(token);
      case ProseToken::Kind::word:
        return word(token);
    }
    return false;
  }

  bool mark(const ProseToken& token) {
    if (!contains(",.!;:-()&\"'~", token.text)) return false;
    // A name that a sentence ends with, or begins with, may be more than one.
    const bool abbreviates =
        token.text == "." && at_ > 0 && contains("|mr|mrs|ms|dr|", "|" + tokens_[at_ - 1].text + "|");
    if (!contains(",~'\"", token.text) && !abbreviates && !said_farewell_) name_may_stand_ = false;
    ++at_;
    return true;
  }

  bool word(const ProseToken& token) {
    const Phrase* phrase = phrase_at(tokens_.subspan(at_));
    if (phrase && phrase->kind != Kind::no_name) {
      thanked_ = thanked_ || phrase->kind == Kind::thanks;
      said_farewell_ = said_farewell_ || phrase->kind == Kind::farewell;
      name_may_stand_ = true;
      names_ = 0;
      at_ += phrase->tokens.size();
      return true;
    }
    const std::size_t most = said_farewell_ ? 5 : 3;
    if (phrase || !name_may_stand_ || !token.capital || is_verb(token.text) || ++names_ > most ||
        ++all_names_ > 12)
      return false;
    ++at_;
    return true;
  }

  /// "Updated", "Testing": also what no table knows.
  static bool is_verb(std::string_view word) { return word.ends_with("ed") || word.ends_with("ing"); }

  std::span<const ProseToken> tokens_;
  std::size_t at_ = 0, names_ = 0, all_names_ = 0;
  bool thanked_ = false, said_farewell_ = false, name_may_stand_ = false;
};

}  // namespace

bool only_thanks(std::string_view own_text) {
  if (own_text.size() > longest_thanks) return false;
  const Symbols symbols = symbols_in(own_text);
  if (symbols.other) return false;
  if (bare(own_text) == "+1") return true;
  const std::string text = without_smileys(own_text);
  const std::vector<ProseToken> tokens = prose_tokens(text);
  Reading reading(tokens);
  return reading.read() && (reading.thanked() || symbols.kind);
}

}  // namespace oin
