//! The signs of each language.
//!
//! In:     a language tag.
//! Out:    [`Signs`]; those of English where we know no others.
//! Sources: Unicode CLDR 46 (`delimiters`); typst-library 0.15, `smartquote.rs` (Apache-2.0), for the choice where
//! usage is divided; Lexique des règles typographiques en usage à l'Imprimerie nationale for French.

use crate::base::Lang;

/// How a language writes quotations, dashes and the spaces round them.
#[derive(PartialEq, Debug)]
pub struct Signs {
    /// Of a quotation, opening and closing, with the spaces inside them.
    pub double: [&'static str; 2],
    /// Of a quotation in a quotation.
    pub single: [&'static str; 2],
    pub dash: Dash,
    /// Spaces before high punctuation and inside guillemets.
    pub french: Option<French>,
    /// Words of one letter that do not end a line.
    pub prepositions: &'static str,
    /// Whether figures are grouped by spaces: `12 500`.
    pub spaced_groups: bool,
    /// Shortened words after which a number or a name follows on the same line.
    pub before_number: &'static [&'static str],
    pub before_name: &'static [&'static str],
    /// Shortened words that stay with the number before them, besides the units.
    pub after_number: &'static [&'static str],
}

/// How an em dash that is spaced on both sides is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dash {
    /// Without spaces: *The Chicago Manual of Style*, 6.85.
    Closed,
    /// With a space before it that does not break.
    Spaced,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum French {
    /// A narrow space before `; : ! ?`.
    France,
    /// In Canada none before `; ! ?`.
    Canada,
}

const ENGLISH: Signs = Signs {
    double: ["“", "”"],
    single: ["‘", "’"],
    dash: Dash::Closed,
    french: None,
    prepositions: "",
    spaced_groups: false,
    before_number: &[
        "no.", "nos.", "p.", "pp.", "vol.", "vols.", "ch.", "chap.", "fig.", "figs.", "art.", "sec.", "par.", "c.",
        "ca.", "chapter", "section", "figure", "table", "listing", "part", "page", "pages", "article", "appendix",
        "version",
    ],
    before_name: &["mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "gen.", "col.", "capt.", "sgt.", "rev.", "hon."],
    after_number: &["a.m.", "p.m.", "bc", "ad", "bce", "ce"],
};

/// Languages like English in all but the quotation marks.
const fn quoting(double: [&'static str; 2], single: [&'static str; 2]) -> Signs {
    Signs {
        double,
        single,
        dash: Dash::Spaced,
        spaced_groups: true,
        before_number: &["no.", "nr.", "nº", "n.º", "n°", "p.", "pp.", "s.", "vol.", "fig.", "art."],
        before_name: &["dr.", "prof."],
        after_number: &[],
        ..ENGLISH
    }
}

const LOW_HIGH: Signs = quoting(["„", "“"], ["‚", "‘"]);
const LOW_RIGHT: Signs = quoting(["„", "”"], ["‚", "’"]);
const RIGHT_RIGHT: Signs = quoting(["”", "”"], ["’", "’"]);
const ENGLISH_QUOTES: Signs = quoting(["“", "”"], ["‘", "’"]);
const GUILLEMETS_HIGH: Signs = quoting(["«", "»"], ["“", "”"]);
const GUILLEMETS_SINGLE: Signs = quoting(["«", "»"], ["‹", "›"]);
const NORDIC: Signs = quoting(["«", "»"], ["‘", "’"]);
const CORNERS: Signs = Signs { spaced_groups: false, ..quoting(["「", "」"], ["『", "』"]) };

const GERMAN: Signs = Signs {
    before_number: &[
        "nr.",
        "s.",
        "bd.",
        "kap.",
        "abb.",
        "tab.",
        "art.",
        "abs.",
        "kapitel",
        "seite",
        "abbildung",
        "tabelle",
        "teil",
        "abschnitt",
    ],
    before_name: &["dr.", "prof.", "hr.", "fr.", "st."],
    after_number: &["uhr"],
    ..LOW_HIGH
};
const SWISS: Signs = Signs { double: ["«", "»"], single: ["‹", "›"], ..GERMAN };
const FRENCH: Signs = Signs {
    double: ["«\u{202F}", "\u{202F}»"],
    single: ["“", "”"],
    french: Some(French::France),
    before_number: &["n°", "nº", "p.", "pp.", "vol.", "fig.", "art.", "chap.", "chapitre", "page", "figure", "tableau"],
    before_name: &["m.", "mm.", "mme", "mlle", "dr", "pr", "st", "ste"],
    ..ENGLISH_QUOTES
};
const CANADIAN: Signs = Signs { french: Some(French::Canada), ..FRENCH };
const RUSSIAN: Signs = Signs {
    double: ["«", "»"],
    single: ["„", "“"],
    prepositions: "авикосуяАВИКОСУЯ",
    before_number: &[
        "№",
        "с.",
        "стр.",
        "т.",
        "гл.",
        "рис.",
        "табл.",
        "ст.",
        "п.",
        "глава",
        "главе",
        "рисунок",
        "таблица",
        "раздел",
    ],
    before_name: &["г.", "г-н", "г-жа", "проф.", "д-р", "им.", "ул.", "пос.", "с.", "д."],
    after_number: &["г.", "гг.", "в.", "вв.", "тыс.", "млн", "млрд", "руб.", "чел.", "км", "м", "кг", "ч", "мин"],
    ..GUILLEMETS_HIGH
};
const UKRAINIAN: Signs = Signs {
    prepositions: "авжзійоуяАВЖЗІЙОУЯ",
    before_number: &["№", "с.", "стор.", "т.", "рис.", "табл.", "ст.", "розділ", "рисунок", "таблиця"],
    before_name: &["м.", "с.", "вул.", "проф.", "ім.", "п."],
    after_number: &["р.", "рр.", "ст.", "тис.", "млн", "млрд", "грн", "км", "м", "кг", "год", "хв"],
    ..RUSSIAN
};
const POLISH: Signs = Signs {
    single: ["«", "»"],
    prepositions: "aiouwzAIOUWZ",
    before_number: &["nr", "s.", "t.", "rys.", "tab.", "art.", "rozdział", "rysunek", "tabela", "strona"],
    before_name: &["dr", "prof.", "św.", "ul.", "gen.", "płk"],
    after_number: &["r.", "zł", "tys.", "mln", "mld", "w."],
    ..LOW_RIGHT
};
const CZECH: Signs = Signs {
    prepositions: "aikosuvzAIKOSUVZ",
    before_number: &["č.", "s.", "str.", "obr.", "tab.", "kap.", "kapitola", "obrázek", "tabulka"],
    before_name: &["dr.", "prof.", "sv.", "ul.", "p."],
    after_number: &["r.", "kč", "tis.", "mil.", "mld."],
    ..LOW_HIGH
};
const AZERBAIJANI: Signs = Signs {
    before_number: &["№", "s.", "səh.", "fəsil", "şəkil", "cədvəl", "maddə"],
    before_name: &["prof.", "dr."],
    after_number: &["il", "ildə", "ilin", "nəfər", "km", "manat"],
    ..ENGLISH_QUOTES
};

impl Signs {
    pub fn of(lang: &Lang) -> &'static Signs {
        match lang.tag() {
            "de-CH" | "de-LI" => return &SWISS,
            "fr-CA" => return &CANADIAN,
            "fr-CH" => return &const { Signs { double: ["«\u{202F}", "\u{202F}»"], single: ["‹", "›"], ..FRENCH } },
            "pt-PT" => return &GUILLEMETS_HIGH,
            "az-Cyrl" => return &const { Signs { double: ["«", "»"], single: ["„", "“"], ..AZERBAIJANI } },
            _ => {}
        }
        match lang.primary() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "ru" => &RUSSIAN,
            "uk" => &UKRAINIAN,
            "be" => &const { Signs { prepositions: "аёзйіоуўяАЁЗЙІОУЎЯ", ..RUSSIAN } },
            "pl" => &POLISH,
            "cs" | "sk" => &CZECH,
            "az" => &AZERBAIJANI,
            "bg" | "et" | "is" | "ka" | "lt" | "sl" | "lb" | "mk" => &LOW_HIGH,
            "hr" | "hu" | "nl-BE" | "ro" | "sr" | "bs" | "yi" => &LOW_RIGHT,
            "fi" | "sv" | "he" => &RIGHT_RIGHT,
            "es" | "it" | "ca" | "eu" | "gl" | "el" | "hy" | "sq" => &GUILLEMETS_HIGH,
            "ar" | "fa" | "ps" | "ur" => &GUILLEMETS_SINGLE,
            "no" | "nb" | "nn" => &NORDIC,
            "pt" | "nl" | "da" | "tr" | "lv" | "kk" | "uz" | "ko" | "zh" | "vi" | "id" => &ENGLISH_QUOTES,
            "ja" => &CORNERS,
            _ => &ENGLISH,
        }
    }
}
