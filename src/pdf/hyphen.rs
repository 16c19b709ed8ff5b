//! Where words may be divided. The only door to hypher.
//!
//! In:     a token between spaces, its language.
//! Out:    [`Point`]s at which a hyphen may be added.
//! Absent: widths; breaks without a hyphen (`joint.rs`).

use super::syllable;
use crate::base::Lang;
use hypher::Lang as Patterns;

/// Letters that stay on the line, and that go over to the next (*Chicago Manual of Style* 7.36, Bringhurst 2.4.1).
const LEFT: usize = 2;
const RIGHT: usize = 3;
/// Letters that go over where the language lets two (Duden, Rechtschreibung K 165; Мильчин, *Справочник*, 3.1): only for
/// need, as an eye finds three sooner.
const RIGHT_FOR_NEED: usize = 2;
/// Shorter words gain nothing by being divided.
const SHORTEST: usize = 5;
/// A longer run of letters is no word of any language with patterns here.
const LONGEST: usize = 80;

/// A name of fewer letters, that the patterns do not know, stays whole.
const SHORTEST_NAME: usize = 7;
/// A word in capitals of fewer letters may be an abbreviation.
const SHORTEST_CAPITALS: usize = 7;

pub const SOFT_HYPHEN: char = '\u{AD}';

/// Letters that a hyphen must leave and must take in a language.
pub fn least(lang: &Lang) -> (usize, usize) {
    let right = if matches!(lang.primary(), "en" | "fr") { RIGHT } else { RIGHT_FOR_NEED };
    (LEFT, right)
}

/// A place to divide a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// The byte before which the hyphen is added.
    pub at: usize,
    /// Whether readers like it less than another: in a compound, which is best divided at its own hyphen (Chicago 7.40),
    /// or among capitals.
    pub is_rare: bool,
}

/// The places in `token` where a hyphen may be added, rising. Soft hyphens decide alone where there are any; otherwise
/// words are divided, with the punctuation around them, that have no figures and no capitals but the first or all.
pub fn points(token: &str, lang: &Lang) -> Vec<Point> {
    if token.contains(SOFT_HYPHEN) {
        return soft_points(token);
    }
    let mut list = Vec::new();
    let mut from = 0;
    for part in token.split_inclusive(['—', '–', '…', '/']) {
        let is_compound = part.trim_matches(|c: char| !c.is_alphanumeric()).contains(HYPHENS);
        for word in part.split_inclusive(HYPHENS) {
            let points = in_part(word, lang).into_iter();
            list.extend(points.map(|point| Point { at: from + point.at, is_rare: point.is_rare || is_compound }));
            from += word.len();
        }
    }
    list
}

/// The places between the syllables of the words in an address or a name in code: where it may be broken, with nothing
/// added, when no sign stands near enough (Chicago 7.46).
pub fn syllables(token: &str, lang: &Lang) -> Vec<usize> {
    let mut list = Vec::new();
    let mut from = 0;
    for part in token.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let count = word.chars().count();
        if !word.chars().skip(1).any(char::is_uppercase) && count >= SHORTEST_PART {
            let mut points = in_word(word, count, lang, RIGHT);
            // Names in code are English in Russian and Greek books too.
            if points.is_empty() && word.is_ascii() {
                points = divide(word, count, Patterns::English, RIGHT);
            }
            list.extend(points.into_iter().filter(|point| *point > LEFT).map(|point| from + point));
        }
        from += part.len();
    }
    list
}

/// Shorter parts of an address or a name in code stay whole.
const SHORTEST_PART: usize = 8;

const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// The places in a part of a token that no dash divides.
fn in_part(token: &str, lang: &Lang) -> Vec<Point> {
    let start = token.find(char::is_alphabetic).unwrap_or(token.len());
    let rest = &token[start..];
    let word = &rest[..rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())];
    // What follows the word may be punctuation or an ending after an apostrophe; a second word means a name.
    let tail = &rest[word.len()..];
    let ending = tail.strip_prefix(['’', '\'']).unwrap_or(tail);
    let letters_after = ending.trim_start_matches(char::is_alphabetic);
    if letters_after.contains(char::is_alphanumeric) || token[..start].contains(char::is_alphanumeric) {
        return Vec::new();
    }
    if tail.contains(char::is_alphabetic) && ending.len() == tail.len() {
        return Vec::new();
    }
    let count = word.chars().count();
    if !(SHORTEST..=LONGEST).contains(&count) {
        return Vec::new();
    }
    let is_rare = word.chars().skip(1).any(char::is_uppercase);
    let is_name = count >= SHORTEST_NAME && word.starts_with(char::is_uppercase);
    let points = match is_rare {
        false => match in_word(word, count, lang, least(lang).1) {
            unknown if unknown.is_empty() && is_name && lang.primary() == "en" => {
                let starts = syllable::starts(word, LEFT, RIGHT).into_iter();
                return starts.map(|at| Point { at: start + at, is_rare: true }).collect();
            }
            points => points,
        },
        true if count >= SHORTEST_CAPITALS && !word.chars().any(char::is_lowercase) => in_capitals(word, count, lang),
        true => Vec::new(),
    };
    let takes_few = |point: usize| word[point..].chars().nth(RIGHT - 1).is_none();
    points.into_iter().map(|point| Point { at: start + point, is_rare: is_rare || takes_few(point) }).collect()
}

/// The places in a word of capitals: those of the same word in small letters, where these are as long.
fn in_capitals(word: &str, count: usize, lang: &Lang) -> Vec<usize> {
    let small = word.to_lowercase();
    let alike = small.char_indices().map(|(at, _)| at).eq(word.char_indices().map(|(at, _)| at));
    if alike { in_word(&small, count, lang, RIGHT) } else { Vec::new() }
}

/// A letter or a mark on one; a decomposed accent does not end a word.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

fn soft_points(token: &str) -> Vec<Point> {
    let inside = |at: usize| at > 0 && at + SOFT_HYPHEN.len_utf8() < token.len();
    let places = token.match_indices(SOFT_HYPHEN).map(|(at, _)| at).filter(|&at| inside(at));
    places.map(|at| Point { at, is_rare: false }).collect()
}

/// The places in a word after which at least `right` letters stand.
fn in_word(word: &str, count: usize, lang: &Lang, right: usize) -> Vec<usize> {
    match lang.primary() {
        "az" if !lang.tag().contains("Cyrl") && !lang.tag().contains("Arab") => azerbaijani(word, right),
        primary => match patterns(primary, lang) {
            Some(patterns) => divide(word, count, patterns, right),
            None => Vec::new(),
        },
    }
}

/// The patterns of a language; none for one that has none, so that a foreign word is left whole rather than divided
/// by a stranger's rules.
fn patterns(primary: &str, lang: &Lang) -> Option<Patterns> {
    if lang.tag().contains("Latn") && matches!(primary, "ru" | "uk" | "bg" | "be" | "ka" | "el") {
        return None;
    }
    let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
    Patterns::from_iso(code)
}

fn divide(word: &str, count: usize, patterns: Patterns, least: usize) -> Vec<usize> {
    let (left, right) = patterns.bounds();
    let (left, right) = (left.max(LEFT), right.max(least));
    if count < left + right {
        return Vec::new();
    }
    let mut at = 0;
    let mut points: Vec<usize> = hypher::hyphenate_bounded(word, patterns, left, right)
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    points.pop();
    points
}

/// Azerbaijani has the syllables of Turkish; three of its letters Turkish does not know and its patterns take by their
/// nearest sound. Twelve words tried by hand came out right: müs-tə-qil-lik, ki-tab-xa-na, döv-lət-lə-ra-ra-sı.
fn azerbaijani(word: &str, right: usize) -> Vec<usize> {
    let turkish: String = word
        .chars()
        .map(|c| match c {
            'ə' | 'Ə' => 'e',
            'x' | 'X' => 'h',
            'q' | 'Q' => 'k',
            other => other,
        })
        .collect();
    let count = turkish.chars().count();
    let points = divide(&turkish, count, Patterns::Turkish, right);
    // The offsets are of the Turkish spelling, whose letters may be shorter: counted back by characters.
    points
        .into_iter()
        .filter_map(|point| word.char_indices().nth(turkish[..point].chars().count()).map(|(at, _)| at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(token: &str, tag: &str) -> String {
        let lang = Lang::parse(tag).unwrap();
        let mut out = String::new();
        let mut from = 0;
        for Point { at, is_rare } in points(token, &lang) {
            out += &token[from..at];
            out.push(if is_rare { '=' } else { '-' });
            from = at;
        }
        out + &token[from..]
    }

    #[test]
    fn words_are_divided_by_their_language() {
        for (tag, token, wanted) in [
            ("en", "extensive", "ex-ten-sive"),
            ("en-GB", "“extensive”,", "“ex-ten-sive”,"),
            ("de", "Silbentrennung", "Sil-ben-tren-nung"),
            ("tr", "cumhuriyet", "cum-hu-ri-yet"),
            ("az", "müstəqillik", "müs-tə-qil-lik"),
            ("az", "Kitabxanası", "Ki-tab-xa-na=sı"),
            ("az", "dövlətlərarası", "döv-lət-lə-ra-ra=sı"),
            ("ru", "республика", "рес-пуб-ли=ка"),
            ("fr", "république", "ré-pu-blique"),
        ] {
            assert_eq!(shown(token, tag), wanted, "{tag}");
        }
    }

    #[test]
    fn what_is_no_plain_word_stays_whole() {
        for token in ["NATO", "UNESCO", "JavaScript", "x86_64bit", "well-known", "2nd-class", "iPhones", "--"] {
            assert_eq!(shown(token, "en"), token);
        }
        assert_eq!(shown("Հայաստան", "hy"), "Հայաստան", "no patterns: no hyphens");
    }

    #[test]
    fn an_ending_after_an_apostrophe_does_not_bind_the_word() {
        assert_eq!(shown("programming’s", "en"), "pro-gram-ming’s");
    }

    #[test]
    fn words_on_both_sides_of_a_dash_are_words() {
        assert_eq!(shown("extensive—extensive", "en"), "ex-ten-sive—ex-ten-sive");
    }

    #[test]
    fn words_on_both_sides_of_a_slash_are_words() {
        assert_eq!(shown("(extensive/elaborate)", "en"), "(ex-ten-sive/elab-o-rate)");
    }

    #[test]
    fn compounds_and_capitals_are_divided_if_it_must_be() {
        assert_eq!(shown("“developer-friendliness,”", "en"), "“de=vel=oper-friend=li=ness,”");
        assert_eq!(shown("UNLEASHING", "en"), "UN=LEASH=ING");
    }

    #[test]
    fn addresses_have_syllables() {
        let token = "https://example.org/thank-you-downloading?sku=BuildTools";
        let after: Vec<&str> = syllables(token, &Lang::english()).iter().map(|at| &token[*at..]).collect();
        assert!(after.contains(&"loading?sku=BuildTools"), "{after:?}");
        assert!(after.iter().all(|rest| rest.len() > "?sku=BuildTools".len()), "{after:?}");
    }

    #[test]
    fn the_authors_soft_hyphens_decide_alone() {
        assert_eq!(points("ma\u{AD}nuscript", &Lang::english()), [Point { at: 2, is_rare: false }]);
        assert_eq!(points("\u{AD}word\u{AD}", &Lang::english()), []);
    }

    #[test]
    fn names_in_code_are_english_where_the_language_has_other_letters() {
        assert_eq!(
            syllables("take_ownership", &Lang::parse("ru").unwrap()),
            syllables("take_ownership", &Lang::english())
        );
        assert!(!syllables("take_ownership", &Lang::english()).is_empty());
    }

    #[test]
    fn two_letters_stay_and_three_go() {
        for token in ["extensive", "ability", "already", "many", "table", "elaborately"] {
            for Point { at: point, .. } in points(token, &Lang::english()) {
                assert!(token[..point].chars().count() >= 2 && token[point..].chars().count() >= 3, "{token}");
            }
        }
    }
}
