#include "parsers/stated_date_words.hpp"

#include <string_view>
#include <vector>

#include "parsers/prose_phrases.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using enum DateSense;

struct Row {
  DateSense sense;
  int value;
  std::string_view words;  ///< parted by "|"
};

constexpr Row rows[] = {
    {month, 1, "january|jan|januar|jänner|janvier|janv|enero|ene|gennaio|genn|januari|janeiro"},
    {month, 2, "february|feb|februar|feber|février|févr|fév|febrero|febbraio|febbr|februari|fevereiro|fev"},
    {month, 3, "march|mar|märz|mär|maerz|mrz|mars|marzo|maart|mrt|março"},
    {month, 4, "april|apr|avril|avr|abril|abr|aprile"},
    {month, 5, "may|mai|mayo|maggio|magg|mei|maio"},
    {month, 6, "june|jun|juni|juin|junio|giugno|junho"},
    {month, 7, "july|jul|juli|juillet|juil|julio|luglio|julho"},
    {month, 8, "august|aug|août|aout|agosto|ago|augustus"},
    {month, 9, "september|sep|sept|septembre|septiembre|setiembre|settembre|sett|setembro"},
    {month, 10, "october|oct|oktober|okt|octobre|octubre|ottobre|ott|outubro"},
    {month, 11, "november|nov|novembre|noviembre|novembro"},
    {month, 12, "december|dec|dezember|dez|décembre|déc|diciembre|dic|dicembre|dezembro"},

    {weekday, 1, "monday|montag|lundi|lunes|lunedì|maandag|segunda-feira"},
    {weekday, 2, "tuesday|dienstag|mardi|martes|martedì|dinsdag|terça-feira"},
    {weekday, 3, "wednesday|mittwoch|mercredi|miércoles|mercoledì|woensdag|quarta-feira"},
    {weekday, 4, "thursday|donnerstag|jeudi|jueves|giovedì|donderdag|quinta-feira"},
    {weekday, 5, "friday|freitag|vendredi|viernes|venerdì|vrijdag|sexta-feira"},
    {weekday, 6, "saturday|samstag|sonnabend|samedi|sábado|sabato|zaterdag"},
    {weekday, 7, "sunday|sonntag|dimanche|domingo|domenica|zondag"},
    {short_weekday, 1, "mon|mo|lun|lu|maa|ma|segunda|seg"},
    {short_weekday, 2, "tue|tues|di|mar|din|terça|ter"},
    {short_weekday, 3, "wed|weds|mi|mer|mié|woe|wo|quarta|qua"},
    {short_weekday, 4, "thu|thur|thurs|do|jeu|jue|gio|don|quinta|qui"},
    {short_weekday, 5, "fri|fr|ven|vie|vrij|vr|sexta|sex"},
    {short_weekday, 6, "sat|sa|sam|sáb|sab|zat|za"},
    {short_weekday, 7, "sun|so|dim|dom|zon|zo"},

    {number, 1, "a|an|one|ein|eine|einem|einen|einer|un|une|una|uno|een|één|um|uma"},
    {number, 2, "two|zwei|deux|dos|due|twee|dois|duas"},
    {number, 3, "three|drei|trois|tres|tre|drie|três"},
    {number, 4, "four|vier|quatre|cuatro|quattro|quatro"},
    {number, 5, "five|fünf|cinq|cinco|cinque|vijf"},
    {number, 6, "six|sechs|seis|sei|zes"},
    {number, 7, "seven|sieben|sept|siete|sette|zeven|sete"},
    {number, 8, "eight|acht|huit|ocho|otto|oito"},
    {number, 9, "nine|neun|neuf|nueve|nove|negen"},
    {number, 10, "ten|zehn|dix|diez|dieci|tien|dez"},
    {number, 12, "twelve|zwölf|douze|doce|dodici|twaalf|doze"},
    {number, 14, "fourteen|vierzehn|quatorze|catorce|quattordici|veertien|catorze"},
    {number, 15, "fifteen|fünfzehn|quinze|quince|quindici|vijftien"},
    {number, 20, "twenty|zwanzig|vingt|veinte|venti|twintig|vinte"},
    {number, 30, "thirty|dreißig|trente|treinta|trenta|dertig|trinta"},
    {ordinal, 0, "st|nd|rd|th|er|º|ª|e|ste|de|ter|ten"},

    {hour, 0, "h|hrs|hour|hours|stunden|heures|horas|ore|uur|uren"},
    {DateSense::day, 0, "day|days|tag|tage|tagen|jour|jours|j|día|días|giorno|giorni|dag|dagen|dia|dias"},
    {business_day, 0, "werktag|werktage|werktagen|arbeitstag|arbeitstage|arbeitstagen|werkdag|werkdagen"},
    {week, 0,
     "week|weeks|wk|wks|woche|wochen|semaine|semaines|semana|semanas|settimana|settimane|weken|weekje"},
    {month_unit, 0, "month|months|monat|monate|monaten|monats|mois|mes|meses|mese|mesi|maand|maanden|mês"},
    {DateSense::year, 0, "year|jahr|jahres|année|an|año|anno|jaar|ano"},
    {near, 0,
     "today|tonight|this afternoon|this evening|later today|heute|aujourd'hui|ce soir|hoy|oggi|stasera|"
     "vandaag|vanavond|vanmiddag|hoje|heute abend|heute nachmittag"},
    {near, 1,
     "tomorrow|tmrw|tomorrow morning|tomorrow afternoon|tomorrow evening|morgen|morgen früh|morgen abend|"
     "demain|demain matin|demain soir|mañana|mañana por la mañana|domani|domani mattina|morgenochtend|"
     "morgenmiddag|amanhã|amanhã de manhã"},
    {near, 2,
     "day after tomorrow|the day after tomorrow|übermorgen|après-demain|pasado mañana|dopodomani|overmorgen|"
     "depois de amanhã"},
    {weekend, 0,
     "weekend|week-end|wochenende|fin de semana|fim de semana|fine settimana|weekeinde|week end|"
     "wochenendes"},
    {close, 0,
     "end of day|end of the day|end of business|end of business day|close of business|eod|cob|eob|"
     "end of the business day|end of play|dienstschluss|fin de journée|fin du jour|fin del día|"
     "fine giornata|einde van de dag|eind van de dag|fim do dia|final do dia"},

    {end_of, 0,
     "end of|the end of|end|at the end of|late|ende|ende der|ende des|fin|la fin|fin de|fin du|finales|"
     "finales de|final de|final del|a finales de|fine|la fine|fine della|fine del|eind|einde|eind van|"
     "einde van|het eind van|het einde van|fim do|fim da|fim de|final do|final da|o fim do|o fim da|"
     "o final do|o final da|no fim do"},
    {begin_of, 0,
     "early|beginning of|the beginning of|start of|the start of|mid|middle of|the middle of|anfang|mitte|"
     "début|mi|principios de|mediados de|inizio|metà|begin|midden|início de|início da|meados de"},
    {this_one, 0,
     "this|diese|dieser|dieses|diesen|diesem|cette|ce|ces|esta|este|questa|questo|deze|dit|essa|esse|"
     "laufenden|the current|en cours|en curso|lopende"},
    {next_one, 0,
     "next|nächste|nächster|nächsten|nächstes|prochaine|prochain|próxima|próximo|que viene|prossima|"
     "prossimo|volgende|que vem|seguinte|suivante|naechste|naechster|naechsten|entrante"},
    {coming, 0, "coming|the coming|upcoming|kommende|kommender|kommenden|komende|aanstaande|a.s."},
    {last_one, 0,
     "last|past|previous|letzte|letzten|letzter|vergangene|vergangenen|vorige|vorigen|dernier|dernière|"
     "derniers|dernières|passé|passée|pasado|pasada|último|última|últimos|últimas|scorso|scorsa|afgelopen|"
     "ultimi|ultime|passado|passada|earlier|laatste"},
    {within, 0,
     "in|within|within the|in the|in about|in around|in roughly|binnen|innerhalb von|innerhalb|in ca|in den|"
     "in etwa|dans|d'ici|sous|dans les|en|dentro de|en unos|tra|fra|entro|over|over ongeveer|em|daqui a|"
     "en un plazo de|no prazo de|in circa|tra circa|nel giro di"},
    {more, 0,
     "more|another|additional|further|extra|weitere|weiteren|noch|encore|supplémentaires|de plus|más|otra|"
     "otras|otro|altre|altri|in più|ancora|nog|extra|mais|a mais|outra|from now|from today|longer|ab heute|"
     "autre|autres|un'altra|weitere zusätzliche|zusätzliche|nog eens"},
    {working, 0, "business|working|work|ouvrés|ouvrables|ouvré|hábiles|laborables|lavorativi|úteis|calendar"},
    {ago, 0, "ago|geleden|fa|atrás|before|earlier|old|late|vorher|zuvor|plus tôt|antes|prima"},
    {ago_before, 0, "vor|il y a|hace|desde hace|faz|há|seit|depuis|for the past|over the past|sinds"},
    {of, 0, "of|de|del|do|di|van|d"},
    {or_to, 0, "to|or|bis|oder|à|ou|o|a|of|tot"},

    {clock, 0, "am|pm|uhr|h|noon|midday|midnight|cet|cest|gmt|utc|est|edt|pst|pdt|et|pt|bst|hrs|o'clock"},
    {filler, 0,
     "the|den|dem|der|le|la|el|il|lo|o|à|à la|de|dia|día|het|l|date|inclusive|including|einschließlich|"
     "einschl|inkl|inkl.|einschliesslich|inclus|incluido|compreso|inclusief|about|around|approximately|"
     "approx|probably|voraussichtlich|circa|ca|etwa|likely|expected|vsl|only|erst|wieder erst|day|time|"
     "latest|early|morning|again|heute|um|at|vers|zum|noon|close|dag|datum|fecha|data"},

    {until, 0,
     "until|till|til|out until|out till|'til|untill|up to|through|thru|bis|bis zum|bis zu|bis zur|bis "
     "einschließlich|"
     "bis einschl|bis und mit|bis inkl|jusqu'au|jusqu'à|jusque|jusqu'en|hasta|hasta el|hasta la|fino al|"
     "fino a|sino al|sino a|fino alla|tot|tot en met|t/m|t / m|t.e.m.|t.e.m|tem|até|até o|até ao|até a|até "
     "dia|"
     "and including|up to and including"},
    {by, 0,
     "by|before|no later than|not later than|at the latest|at latest|latest by|by the latest|bis|bis zum|"
     "bis zu|bis zur|bis spätestens|spätestens|spätestens bis|vor|d'ici|d'ici au|d'ici à|d'ici le|avant|"
     "avant le|avant la|au plus tard|au plus tard le|pour|pour le|pour la|para|para el|para la|para o|"
     "a más tardar|antes del|antes de|entro|entro il|entro la|entro e non oltre|per|per il|per la|"
     "prima di|prima del|al più tardi|voor|vóór|tegen|uiterlijk|uiterlijk op|até|até o|até ao|até a|até à|"
     "até dia|o mais tardar|no máximo até|eta|eta is|eta for the fix|due by|within|binnen|innerhalb|"
     "target|target date|estimated date|expected date|zum|by or before|on or before|not after"},
    {on, 0,
     "on|out on|available on|am|an|le|el|il|op|em|no|na|dia|día|on or around|on "
     "the|ce|this|the|for|als|voor|für|per"},
    {from, 0,
     "from|out from|available from|starting|starting from|as of|beginning|effective|ab|ab dem|vom|von|à "
     "partir du|à partir de|"
     "dès le|dès|du|a partir del|a partir de|desde el|desde|del|dal|a partire dal|dalla|da|vanaf|van|"
     "a partir do|do|de|between|zwischen|entre|entre le|tra|tra il|tussen|entre o|starting on|upon"},
    {to, 0,
     "to|through|thru|until|till|til|bis|bis zum|bis einschließlich|bis inkl|au|à|al|alla|a|hasta el|hasta|"
     "fino al|tot|tot en met|t/m|t / m|t.e.m.|t.e.m|até|ao|and|und|et|y|e|en|to the|jusqu'au|upto|up to|"
     "up to and including|through to|bis und mit|and including"},
    {after, 0, "after|nach|nach dem|après|après le|después del|dopo il|na|depois de|depois do|nach meinem"},
    {dated, 0,
     "since|seit|seit dem|depuis|depuis le|desde el|sinds|dated|of|as agreed on|wrote on|sent on|vom|"
     "du|del|last|letzten|vergangenen|from|agreed on|received on|submitted on|posted on|released on|von|"
     "starting|dating from|van|od|da|dal|de|every|each|jeden|chaque|cada|ogni|elke|desde"},

    {back, 0,
     "be back|am back|is back|are back|i'm back|we're back|back in the office|back in office|"
     "back at work|back at my desk|back to work|back to the office|back online|come back|"
     "coming back|comes back|return|returning|returns|i return|return date|date of return|my return|"
     "in the office again|available again|reachable again|office again|resume|resumes|reopen|reopens|"
     "re-open|re-opens|open again|wieder da|wieder im büro|"
     "wieder im buero|wieder erreichbar|wieder im haus|wieder zurück|wieder im dienst|wieder anwesend|"
     "wieder für sie da|wieder zur verfügung|wieder persönlich|wieder für dich da|zurück|zurueck|rückkehr|"
     "kehre zurück|kehre ich zurück|wieder online|wieder verfügbar|wieder geöffnet|de retour|mon retour|"
     "retour|reviens|reviendrai|revient|rentre|rentrerai|reprise|reprendrai|à nouveau disponible|"
     "à nouveau joignable|de nouveau disponible|de nouveau joignable|serai de retour|vuelvo|volveré|"
     "volvemos|de vuelta|regreso|regresaré|regresamos|retorno|reincorporo|reincorporaré|incorporaré|"
     "mi vuelta|mi regreso|disponible de nuevo|de nuevo disponible|nuevamente disponible|torno|tornerò|"
     "torniamo|di ritorno|ritorno|ritornerò|rientro|rientrerò|nuovamente disponibile|"
     "di nuovo disponibile|di nuovo in ufficio|nuovamente in ufficio|terug|weer aanwezig|weer bereikbaar|"
     "weer op kantoor|weer beschikbaar|weer terug|terugkomst|volto|voltarei|voltamos|de volta|"
     "meu regresso|regresso|regressarei|retornarei|meu retorno|novamente disponível|disponível novamente|"
     "novamente no escritório|retornando|voltando|regressando|volviendo|regresando|rientrando|revenant"},
    {maybe_back, 0,
     "back|again|wieder|weer|à nouveau|de nouveau|de nuevo|nuevamente|di nuovo|nuovamente|novamente|"
     "de novo|reachable|respond|reply|answer your|available from|available "
     "on|beantworten|beantwoord|antwoord|reageer|répondrai|responderé|risponderò|responderei"},
    {then_back, 0, "again then|then again|be back then|back then|then be back|then back|dann wieder"},
    {absent, 0,
     "out of office|out of the office|out-of-office|ooo|ooto|i'm out|i am out|is out|we are out|be out|am "
     "out|"
     "out on|out until|out till|out from|"
     "currently out|away|vacation|holiday|holidays|annual leave|on leave|leave|pto|"
     "sabbatical|"
     "maternity|paternity|parental|absent|absence|unavailable|not available|not be available|"
     "not in the office|not be in the office|not in office|travelling|traveling|business trip|off work|"
     "day off|days off|sick leave|on the road|is closed|are closed|be closed|we're closed|"
     "offline|no access|limited access|without access|not have access|not reachable|not working|"
     "urlaub|im urlaub|abwesend|abwesenheit|nicht im büro|nicht im buero|nicht im haus|außer haus|"
     "ausser haus|nicht erreichbar|nicht da|nicht anwesend|nicht verfügbar|nicht im dienst|elternzeit|"
     "mutterschutz|dienstreise|ferien|betriebsferien|krank|geschlossen|unterwegs|verreist|"
     "absente|absents|en congé|en congés|congé|congés|vacances|en vacances|hors du bureau|indisponible|"
     "en déplacement|pas disponible|pas joignable|injoignable|fermé|fermée|fermés|"
     "vacaciones|fuera de la oficina|fuera de oficina|ausente|ausencia|no estaré|estaré fuera|"
     "estoy fuera|cerrado|cerrada|cerrados|no disponible|de viaje|de baja|"
     "in ferie|ferie|assente|assenza|fuori ufficio|fuori sede|fuori dall'ufficio|in vacanza|vacanza|"
     "chiuso|chiusi|chiusa|non sarò|non disponibile|non sono in ufficio|in trasferta|"
     "afwezig|afwezigheid|niet aanwezig|vakantie|met vakantie|op vakantie|verlof|niet bereikbaar|"
     "niet op kantoor|buiten kantoor|niet beschikbaar|gesloten|"
     "férias|de férias|ausência|fora do escritório|fora da empresa|fechado|fechada|fechados|licença|"
     "indisponível|em viagem"},
    {open, 0,
     "open from|is open|are open|open|opening hours|office hours|business hours|valid|valid "
     "until|deadline|offer|"
     "registration|applications|sale|discount|expires|submit|geöffnet|öffnungszeiten|gültig|frist|"
     "ouvert|ouverts|horaires|valable|date limite|abierto|horario|válido|plazo|aperto|aperti|orari|valido|"
     "geopend|openingstijden|geldig|aberto|horário|válida|prazo|servicezeiten|bürozeiten|"
     "hours|available monday|erreichbar von|sprechzeiten|last day|letzter arbeitstag|no longer|"
     "nicht mehr für"},
    {will, 0,
     "will|we'll|i'll|shall|going to|gonna|plan|plans|planning|planned|expect|expected|aim|aiming|"
     "target|targeting|targeted|intend|hope|hoping|should|can|able to|scheduled|schedule|promise|"
     "committed|estimate|estimated|done|ready|finished|completed|deliver|deploy|ship|send|"
     "provide|get back|get this|get it|have it|have this|deployed|will do|working on|you will have|you'll "
     "have|you will get|you'll get|you will receive|you'll receive|is coming|comes|"
     "werde|werden|wird|wollen|planen|geplant|schaffen|schaffe|schaffst|liefern|liefere|erledigen|"
     "erledige|erledigt|melden uns|melde mich|machen|mache|kümmern|kümmere|schicken|schicke|senden|sende|"
     "nachreichen|reichen|voraussichtlich|sollte|sollten|können|kann|beheben|behoben|gelöst|kommt|fertig|"
     "bereit|"
     "ferons|ferai|sera|serai|seront|allons|vais|va|prévoyons|prévu|enverrai|enverrons|livrerons|livré|"
     "corrigerons|corrigerai|aurons|aurai|pourrons|faisons|envoyons|envoie|prêt|corrigé|pensons|comptons|"
     "livrons|"
     "haremos|haré|enviamos|envío|mandamos|será|estará|estaremos|vamos a|voy a|va "
     "a|enviaremos|enviaré|tendremos|tendré|"
     "corregiremos|listo|lista|entregaremos|esperamos|prevemos|arreglaremos|podremos|resuelto|"
     "faremo|farò|inviamo|mandiamo|provvederemo|rispondiamo|sarà|saremo|invieremo|invierò|avremo|"
     "correggeremo|correggerò|contiamo|prevediamo|"
     "pronto|pronta|consegneremo|risolveremo|manderemo|"
     "zullen|zal|gaan|ga|sturen|stuur|klaar|verwachten|verwacht|lukt|worden|wordt|leveren|opgelost|"
     "faremos|farei|enviamos|estarão|vamos|vou|enviarei|teremos|terei|corrigiremos|corrigirei|entregaremos|"
     "resolveremos|previsto|pretendemos|esperamos|"
     "get back to|erst am|provided|respond|reply|update you"},
    {need, 0,
     "need|needs|require|requires|takes|will take|it takes|take us|give us|give me|please give us|"
     "please give me|please allow|please allow us|allow us|"
     "allow|please grant us|extension|brauchen|brauche|benötigen|benötige|dauert|bitte geben sie uns|"
     "besoin|avons besoin|faudra|faut|prendra|laissez-nous|necesitamos|necesito|tardaremos|llevará|"
     "nos llevará|servono|abbiamo bisogno|ho bisogno|ci vorranno|ci vogliono|nodig|duurt|precisamos|"
     "preciso|levará|vai levar|demora"},
    {request, 0,
     "please|kindly|could you|can you|would you|will you|let me know|let us know|do you|are you|"
     "you can|you could|if you|your deadline|need you|need your|need from you|from you|you need|"
     "we expect you|can we|could we|may we|shall we|you will|you'll|your|"
     "bitte|könnten sie|können sie|können wir|lassen sie|würden sie|werden sie|kannst du|könnt ihr|"
     "benötigen von ihnen|ihre|s'il vous plaît|veuillez|merci de|pouvez|pourriez|pourrions|pouvons-nous|"
     "votre|por favor|podría|podrían|pueden|puede|podéis|podemos|su respuesta|per favore|potete|potrebbe|"
     "potreste|può|possiamo|alstublieft|kunt u|kunnen jullie|kunnen we|kan u|zou u|uw|poderia|poderiam|"
     "podem|pode|would like|we'd like|want|customer needs|customers need|need this by|need it by|needed "
     "by|want you to|wait for|waiting for"},
    {meeting, 0,
     "meet|meeting|call|webinar|demo|go live|go-live|golive|launch|workshop|conference|zoom|"
     "treffen|termin|besprechung|telefonat|anruf|réunion|rendez-vous|appel|reunión|llamada|"
     "riunione|chiamata|vergadering|afspraak|overleg|reunião|chamada|go live date|speak|talk|invoice|"
     "rechnung|facture|factura|fattura|factuur|fatura|is a holiday|bank holiday|feiertag|expires|expire|"
     "closed|birthday|happy|have a nice|have a great|have a good|schönes|schöne woche|bonne semaine|buona "
     "settimana|buena semana|boa semana|fijne week|valid"},
    {negation, 0,
     "not|won't|can't|cannot|unable|unlikely|never|doesn't|don't|isn't|nicht|kein|keine|keinen|pas|jamais|"
     "non|niet|geen|não|nao|no longer|not before|nunca|cant|wont|earliest|frühestens|au plus tôt|"
     "didn't|couldn't|wasn't|too late"},
    {condition, 0, "if|unless|whether|falls|depends|in case|assuming|provided that|sofern|à condition|mits"},
    {contrast, 0, "but|aber|sondern|mais|pero|sino|ma|maar|mas|however|instead|jedoch"},
    {also, 0, "and|und|et|y|e|en|then"},
    {agreed, 0,
     "agreed|discussed|yesterday|announced|mentioned|was|were|had|submitted|sent|received|fixed|wrote|"
     "reported|told|invoice|version|vereinbart|besprochen|wurde|wurden|hatten|geschickt|gesendet|"
     "convenu|discuté|envoyé|acordado|hablado|enviado|concordato|discusso|inviato|afgesproken|besproken|"
     "verstuurd|combinado|gestern|hier|ayer|ieri|gisteren|ontem|rechnung|facture|factura|fattura"},
    {farewell, 0,
     "see you|talk to you|speak to you|talk soon|see u|cu|hear from you|wir sehen uns|bis dann|à bientôt|"
     "nos vemos|hablamos|ci vediamo|ci sentiamo|tot ziens|até logo|speak soon|catch up"},

    {english, 0, "i|i'm|the|out|office|until|back|will|my|be|we|with|on|return|returning|by|you|this|and"},
    {foreign, 0,
     "ich|bin|ist|bis|und|der|dem|wieder|nicht|bitte|im|je|suis|jusqu'au|le|la|les|du|est|et|nous|retour|"
     "de|estoy|hasta|el|los|una|vuelvo|regreso|sono|fino|il|torno|rientro|ik|ben|tot|het|van|terug|eu|"
     "estou|até|volto|retorno|wir|ab|vom|zum|d'ici|au|dal|al|del|entro|para|vanaf|voor|op|em|dia|por|"
     "nous|werden|een|en|afwezig|urlaub|abwesend|absent"},

    {none, 0,
     "return the|return this|return it|return your|return a|return an|return these|return them|"
     "return that|return our|return value|return code|return address|return policy|returns a|returns the|"
     "returns an|in return|many happy returns|back end|back-end|backend|back office|go back to|"
     "going back to|back up|back-up|come back to your|coming back to your|coming back to you|"
     "back to your|coming back to the|back in the day|leave it|leave the|leave this|leave a|leave us|"
     "leave me|leave you|return path|return-path|return receipt|returned message|open issue|open issues|open "
     "points|open point|open questions|open question|"
     "thank you|your patience|your email|your e-mail|your mail|your message|per email|per e-mail|"
     "per mail|no problem|no problems|no worries|not only|at all times|can not wait|call you|"
     "as soon as possible|not a problem|ihre nachricht|ihre e-mail|ihre mail|votre message|uw bericht|"
     "your request|your feedback|your ticket|your issues|your comments|your review|your test|"
     "your retest|your findings|your time|your understanding|your report|please find|retour d'information|"
     "your help|your support|your points|let you know|please expect|please note"},
};

bool is_cue(DateSense sense) { return sense >= clock && sense != english && sense != foreign; }

struct Phrase {
  std::vector<std::string> tokens;
  DateSense sense;
  int value;
};

const ProsePhrases<Phrase>& phrases() {
  static const ProsePhrases<Phrase> table = [] {
    std::vector<Phrase> made;
    for (const Row& row : rows)
      for (const std::string_view words : pieces(row.words, '|'))
        made.push_back({phrase_tokens(words), row.sense, row.value});
    return ProsePhrases<Phrase>(std::move(made));
  }();
  return table;
}

}  // namespace

DateWord date_word(std::span<const ProseToken> tokens, DateSense sense) {
  for (const Phrase& phrase : phrases().beginning_with(tokens))
    if (phrase.sense == sense && stands_at_head(phrase.tokens, tokens))
      return {phrase.tokens.size(), phrase.value};
  return {};
}

DatePhrase date_phrase(std::span<const ProseToken> tokens) {
  DatePhrase found;
  for (const Phrase& phrase : phrases().beginning_with(tokens)) {
    if (phrase.tokens.size() < found.length) break;
    if (!is_cue(phrase.sense) || !stands_at_head(phrase.tokens, tokens)) continue;
    found.length = phrase.tokens.size();
    found.senses.set(static_cast<std::size_t>(phrase.sense));
  }
  return found;
}

}  // namespace oin
