//! The text of a book → the language it is in, where the book does not say.
//!
//! In:     the chapters' texts; the language that the book says it has, if it does.
//! Out:    a language to take instead of English, or none.
//! Faults: `language.guessed`, `language.unlikely`.
//! Absent: dialects; a guess is as coarse as its uses are: hyphens, quotes, words of the program, direction.
//!
//! Words are counted by their script. Languages that share one are told apart by letters that only one of them has, those in
//! Latin letters by their commonest words.

use crate::base::{Diagnostic, Lang, Sink};
use std::collections::BTreeMap;
use unicode_script::{Script, UnicodeScript};

/// As many bytes are looked at; a chapter or two say enough.
const ENOUGH: usize = 400_000;
/// Fewer words than these say nothing.
const FEWEST: usize = 40;
/// The share of a script that is not Latin at which the text is in it; names and code in Latin letters may be many.
const SHARE: f64 = 0.4;
/// The share of the commonest words in a text of their language, at least; found in books of 14 languages.
const COMMON: f64 = 0.08;
/// How much surer the first guess must be than the second.
const SURER: f64 = 1.4;

/// How much rarer the words of English must be: a text of code and commands is English before it is anything else.
const FOREIGN: usize = 6;

/// Ten of the commonest words of a language; none of a letter alone, as names in code are, and none that is as common in
/// English (`to`, `do`, `is`, `on`, `at`).
const WORDS: [(&str, [&str; 10]); 17] = [
    ("en", ["the", "and", "of", "to", "is", "that", "it", "with", "for", "was"]),
    ("de", ["der", "die", "und", "das", "ist", "nicht", "ein", "mit", "zu", "den"]),
    ("fr", ["le", "la", "les", "des", "et", "est", "une", "que", "dans", "pour"]),
    ("es", ["el", "los", "las", "se", "es", "una", "que", "por", "con", "para"]),
    ("it", ["il", "gli", "che", "di", "è", "una", "per", "non", "con", "della"]),
    ("pt", ["um", "os", "uma", "não", "que", "para", "com", "mais", "dos", "da"]),
    ("nl", ["de", "het", "een", "en", "van", "voor", "niet", "dat", "te", "zijn"]),
    ("sv", ["och", "att", "det", "som", "är", "en", "inte", "på", "för", "av"]),
    ("da", ["og", "det", "den", "er", "en", "ikke", "til", "på", "af", "som"]),
    ("nb", ["og", "det", "den", "er", "en", "ikke", "til", "på", "av", "som"]),
    ("fi", ["ja", "joka", "ei", "se", "että", "oli", "hän", "mutta", "kun", "ovat"]),
    ("pl", ["jak", "po", "nie", "na", "się", "że", "ale", "są", "od", "jest"]),
    ("cs", ["jako", "se", "na", "je", "že", "podle", "jsem", "které", "nebo", "ale"]),
    ("tr", ["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "daha", "çok"]),
    ("hu", ["ha", "az", "és", "hogy", "nem", "egy", "csak", "van", "ez", "meg"]),
    ("ro", ["și", "în", "de", "la", "nu", "este", "că", "cu", "pe", "un"]),
    ("id", ["yang", "dan", "di", "untuk", "dengan", "ini", "tidak", "dari", "pada", "anda"]),
];

/// The language of a book, and what its author is told of it.
pub fn of<'t>(said: Option<&Lang>, texts: impl Iterator<Item = &'t str>, sink: &mut Sink) -> Option<Lang> {
    let counted = Counted::read(texts);
    let Some(said) = said else {
        let guess =
            Lang::parse(counted.script().or_else(|| counted.tongue())?).filter(|lang| lang.primary() != "en")?;
        let message = format!("the book does not say its language; it is taken as \"{guess}\"");
        let told = Diagnostic::note("language.guessed", message);
        sink.push(told.hint(format!("write language = \"{guess}\" under [book] in book.toml, or the right one")));
        return Some(guess);
    };
    // Languages with letters of their own are not written in Latin ones alone, but the other way round is a slip.
    let is_latin = WORDS.iter().any(|(lang, _)| *lang == said.primary()) && !said.tag().contains("Cyrl");
    let guess = counted.script().filter(|_| is_latin)?;
    let message = format!("the book says that its language is \"{said}\", but it seems to be \"{guess}\"");
    let told = Diagnostic::warning("language.unlikely", message);
    sink.push(
        told.hint("write the right one as language under [book] in book.toml: hyphens, quotes and voices follow it"),
    );
    None
}

/// What stands in a text.
#[derive(Default)]
struct Counted {
    words: usize,
    scripts: BTreeMap<&'static str, usize>,
    letters: BTreeMap<char, usize>,
    common: BTreeMap<&'static str, usize>,
}

impl Counted {
    fn read<'t>(texts: impl Iterator<Item = &'t str>) -> Counted {
        let mut counted = Counted::default();
        let mut left = ENOUGH;
        for text in texts {
            let mut is_code = false;
            for line in text.lines() {
                left = left.saturating_sub(line.len());
                if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
                    is_code = !is_code;
                } else if !is_code && !line.starts_with("    ") {
                    counted.line(line);
                }
            }
            if left == 0 {
                break;
            }
        }
        counted
    }

    fn line(&mut self, line: &str) {
        for word in line.split(|c: char| !c.is_alphanumeric() && c.script() != Script::Inherited) {
            let Some(first) = word.chars().find(|c| c.is_alphabetic()) else { continue };
            let script = first.script();
            if script == Script::Latin {
                self.words += 1;
                let word = word.to_lowercase();
                for (lang, words) in &WORDS {
                    if words.contains(&word.as_str()) {
                        *self.common.entry(lang).or_default() += 1;
                    }
                }
                continue;
            }
            let (name, letters_a_word) = match script {
                Script::Han => ("zh", 2),
                Script::Hiragana | Script::Katakana => ("ja", 2),
                Script::Hangul => ("ko", 3),
                Script::Thai => ("th", 5),
                Script::Arabic => ("ar", usize::MAX),
                Script::Hebrew => ("he", usize::MAX),
                Script::Cyrillic => ("ru", usize::MAX),
                Script::Greek => ("el", usize::MAX),
                Script::Armenian => ("hy", usize::MAX),
                Script::Georgian => ("ka", usize::MAX),
                Script::Devanagari => ("hi", usize::MAX),
                _other => continue,
            };
            // A run of letters without spaces is as many words as it is long.
            let words = word.chars().count().div_ceil(letters_a_word);
            self.words += words;
            *self.scripts.entry(name).or_default() += words;
            for c in word.chars() {
                *self.letters.entry(c).or_default() += 1;
            }
        }
    }

    /// The language of a text that is not in Latin letters.
    fn script(&self) -> Option<&'static str> {
        let all: usize = self.scripts.values().sum();
        if self.words < FEWEST || (all as f64) < self.words as f64 * SHARE {
            return None;
        }
        let (name, _) = self.scripts.iter().max_by_key(|(_, count)| **count)?;
        let letters = |list: &str| list.chars().filter_map(|c| self.letters.get(&c)).sum::<usize>();
        let is_used = |list: &str| letters(list) * 100 > self.letters.values().sum::<usize>();
        Some(match *name {
            // Japanese has its own letters between those it took from China.
            "zh" | "ja" if self.kana() => "ja",
            "ar" if is_used("ٹڈڑے") => "ur",
            "ar" if is_used("پچگژ") => "fa",
            "ru" if is_used("іїєґ") && letters("ў") == 0 => "uk",
            "ru" if is_used("ўі") => "be",
            "ru" if is_used("јљњћђ") => "sr",
            "ru" if is_used("ъ") && letters("ыэ") == 0 => "bg",
            name => name,
        })
    }

    fn kana(&self) -> bool {
        let kana = self.letters.iter().filter(|(c, _)| matches!(c.script(), Script::Hiragana | Script::Katakana));
        kana.map(|(_, count)| count).sum::<usize>() * 10 > self.letters.values().sum::<usize>()
    }

    /// The language of a text in Latin letters.
    fn tongue(&self) -> Option<&'static str> {
        let mut ranked: Vec<(usize, &'static str)> = self.common.iter().map(|(lang, count)| (*count, *lang)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let (first, lang) = ranked.first().copied()?;
        let second = ranked.get(1).map_or(0, |(count, _)| *count);
        let english = self.common.get("en").copied().unwrap_or_default();
        let is_foreign = lang == "en" || english * FOREIGN <= first;
        let is_sure = first as f64 > self.words as f64 * COMMON && first as f64 > second as f64 * SURER;
        (self.words >= FEWEST && is_sure && is_foreign).then_some(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(said: Option<&str>, text: &str) -> (Option<String>, Vec<&'static str>) {
        let mut sink = Sink::new();
        let text = format!("{text}\n").repeat(8);
        let lang = of(said.and_then(Lang::parse).as_ref(), std::iter::once(text.as_str()), &mut sink);
        (lang.map(|lang| lang.tag().to_owned()), sink.list().iter().map(|told| told.code).collect())
    }

    #[test]
    fn a_book_that_does_not_say_its_language_is_read_for_it() {
        for (lang, text) in [
            ("de", "Der Wärter und die Lampe sind alt, das Öl ist teuer, und nicht ein Schiff ist zu sehen."),
            ("fr", "Le gardien et la lampe sont dans la tour, les bateaux passent et la mer est une plaine."),
            ("es", "El farero y los barcos, una noche que no acaba: las olas son altas por el viento y es tarde."),
            (
                "pl",
                "Latarnik jest stary, ale nie śpi: światło od morza nie gaśnie, się wie, że są na nim statki jak ptaki po burzy.",
            ),
            (
                "cs",
                "Strážce je starý, ale světlo se nesmí zhasnout, nebo jsem ztracen, že se lodě na moři ztratí jako ptáci.",
            ),
            ("hu", "Az őr és az öreg lámpa nem alszik, ha van olaj, és ez meg az, hogy egy hajó csak elmegy."),
            (
                "pt",
                "Não há mais uma lâmpada, os navios passam com um vento que da terra sopra para os barcos dos homens.",
            ),
            ("tr", "Bu bir fener ve deniz çok büyük; gemiler için ışık daha uzak bir yer olarak görünür."),
            ("ru", "Смотритель зажёг лампу, и корабли увидели берег; море было тихим всю ночь."),
            ("uk", "Доглядач запалив лампу, і кораблі побачили берег; її світло було тихим усю ніч."),
            ("ar", "أشعل الحارس المصباح ورأت السفن الشاطئ وكان البحر هادئا طوال الليل"),
            ("fa", "نگهبان چراغ را روشن کرد و کشتی‌ها پهلو گرفتند و دریا آرام بود"),
            ("he", "השומר הדליק את המנורה והספינות ראו את החוף והים היה שקט כל הלילה"),
            ("zh", "守塔人点亮了灯，船只看见了海岸，整夜大海都很平静。"),
            ("ja", "灯台守はランプをともし、船は岸を見つけ、海は一晩中おだやかだった。"),
            ("ko", "등대지기는 등불을 켰고 배들은 해안을 보았으며 바다는 밤새 잔잔했다."),
        ] {
            assert_eq!(guessed(None, text), (Some(lang.to_owned()), vec!["language.guessed"]), "{lang}");
        }
        let english = "The keeper of the lamp was old, and the oil that it burnt was dear to him.";
        assert_eq!(guessed(None, english), (None, vec![]));
        assert_eq!(guessed(None, "let x = 1; foo bar baz"), (None, vec![]));
        // Short words of commands are words of other tongues too.
        for english in [
            "I do want to go on: put a in i, w in z, do it, do not, to do so is to be on a.",
            "To do: run de, se, la and en; a is in i, i is in w. Press y to go on, o to be at a.",
            "Is it on? Do as I do. Go to a, do i, go to z, do w. No pro is so par.",
        ] {
            assert_eq!(guessed(None, english), (None, vec![]), "{english}");
        }
    }

    #[test]
    fn a_language_that_cannot_be_is_told() {
        let chinese = "守塔人点亮了 lamp，船只看见了海岸，整夜大海都很平静。";
        assert_eq!(guessed(Some("en"), chinese), (None, vec!["language.unlikely"]));
        assert_eq!(guessed(Some("zh"), chinese), (None, vec![]));
        assert_eq!(
            guessed(Some("en"), "A word of Greek, λόγος, is no reason for a doubt of the language of it."),
            (None, vec![])
        );
    }
}
