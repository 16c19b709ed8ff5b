//! Characters that no face has → what the author is told of them.
//!
//! In:     each such character, with the first leaf it stands in; the book's language.
//! Out:    one fault for a character; one for a whole script where many of its characters are missing.
//! Faults: `glyph.missing`.
//! Absent: how they came to be missing.

use crate::base::{Diagnostic, Lang};
use crate::layout::tree::NodeId;
use std::collections::BTreeMap;
use unicode_script::{Script, UnicodeScript};

/// As many characters of a script are told one by one; of more than these it is the script that has no font.
const SINGLE: usize = 4;
/// As many characters of a script are shown as examples.
const SHOWN: usize = 6;

/// The faults, each with the leaf it is told at, in the order of the characters.
pub fn told(missing: &BTreeMap<char, NodeId>, lang: &Lang) -> Vec<(Diagnostic, NodeId)> {
    let mut scripts: BTreeMap<&'static str, Vec<(char, NodeId)>> = BTreeMap::new();
    for (c, leaf) in missing {
        scripts.entry(script_of(*c)).or_default().push((*c, *leaf));
    }
    let mut out = Vec::new();
    for (script, list) in scripts {
        if list.len() <= SINGLE {
            out.extend(list.into_iter().map(|(c, leaf)| (single(c), leaf)));
            continue;
        }
        let first = list.iter().map(|(_, leaf)| *leaf).min().unwrap_or(list[0].1);
        let mut shown: Vec<char> = list.iter().filter(|(_, leaf)| *leaf == first).map(|(c, _)| *c).collect();
        shown.truncate(SHOWN);
        out.push((whole(script, list.len(), &shown, lang), first));
    }
    out
}

fn single(c: char) -> Diagnostic {
    let message = format!("no font has the character {c:?} (U+{:04X}): an empty box is printed", u32::from(c));
    Diagnostic::warning("glyph.missing", message)
        .hint("put a .ttf or .otf file that has it into the folder \"fonts\" of the book: it is used by itself")
}

fn whole(script: &str, count: usize, shown: &[char], lang: &Lang) -> Diagnostic {
    let kind = if script.is_empty() {
        "signs of no one script".to_owned()
    } else {
        format!("characters of the script {script}")
    };
    let shown: String = shown.iter().map(|c| format!("{c} ")).collect();
    let message = format!("no font has {count} {kind} ({}…): empty boxes are printed", shown);
    let hint = match family(script, lang) {
        Some(family) => format!(
            "put a font for it, a static .ttf or .otf file such as {family} (fonts.google.com/noto), into the folder \"fonts\" \
             of the book: it is used by itself"
        ),
        None => {
            "put .ttf or .otf files that have them into the folder \"fonts\" of the book: they are used by themselves"
                .to_owned()
        }
    };
    Diagnostic::warning("glyph.missing", message).hint(hint)
}

/// The script of a character, by its name in English; signs that East Asian fonts alone have go with their letters.
fn script_of(c: char) -> &'static str {
    let is_east_asian = matches!(c, '\u{3000}'..='\u{303F}' | '\u{3200}'..='\u{33FF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}');
    match c.script() {
        Script::Hangul => "Hangul",
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo => "Han",
        Script::Common | Script::Inherited | Script::Unknown if is_east_asian => "Han",
        Script::Common | Script::Inherited | Script::Unknown => "",
        script => script.full_name(),
    }
}

/// A font that has a script.
fn family(script: &str, lang: &Lang) -> Option<String> {
    match script {
        "" => None,
        "Han" => Some(match (lang.primary(), lang.tag()) {
            ("ja", _) => "Noto Serif JP".to_owned(),
            ("ko", _) => "Noto Serif KR".to_owned(),
            (_, "zh-TW" | "zh-Hant" | "zh-HK") => "Noto Serif TC".to_owned(),
            _other => "Noto Serif SC".to_owned(),
        }),
        "Hangul" => Some("Noto Serif KR".to_owned()),
        script => Some(format!("Noto Sans {}", script.replace('_', " "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(text: &str, lang: &str) -> Vec<String> {
        let missing = text.chars().enumerate().map(|(at, c)| (c, NodeId(at as u32))).collect();
        let told = told(&missing, &Lang::parse(lang).unwrap());
        told.into_iter()
            .map(|(fault, leaf)| format!("{} {} | {}", leaf.0, fault.message, fault.hints.join(" ")))
            .collect()
    }

    #[test]
    fn a_script_without_a_font_is_told_once() {
        let told = told_of("\u{65E5}\u{672C}\u{8A9E}\u{3002}\u{3072}\u{30AB}", "ja");
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("0 no font has 6 characters of the script Han"), "{told:?}");
        assert!(told[0].contains("Noto Serif JP"), "{told:?}");
        assert!(told_of("\u{905}\u{906}\u{907}\u{908}\u{909}", "hi")[0].contains("Noto Sans Devanagari"));
    }

    #[test]
    fn a_few_characters_are_told_one_by_one() {
        let told = told_of("\u{65E5}\u{672C}", "en");
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("U+65E5"), "{told:?}");
    }
}
