//! Syllables of names that the patterns of a language do not know: `Na-khi-che-va-nik`, `Fitz-wil-liam`.
//!
//! In:     a word in Latin letters.
//! Out:    the bytes at which a syllable begins.
//! Absent: the patterns (`hyphen.rs`), and what a break there costs.
//!
//! The patterns of English were drawn from a dictionary (Liang 1983), which has no names; where they find nothing at all
//! in a long name, the rule of the ear stands in: a syllable begins with one consonant, or with two that are one
//! sound or glide into another.

use unicode_normalization::UnicodeNormalization;

/// Two letters that begin a syllable together: one sound, or a stop before a liquid.
const ONSETS: [&str; 20] = [
    "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gh", "gl", "gr", "kh", "ph", "pl", "pr", "qu", "sh", "th", "tr",
    "zh",
];
/// Endings that are often no syllable in English: `Squeezed`, `Changes`, `Stretch`ed words at the start of a sentence.
const SILENT: [&str; 3] = ["e", "ed", "es"];

/// The places at which a syllable begins, with `left` letters or more before and `right` or more after; none in a word
/// that ends as if it had a silent vowel.
pub fn starts(word: &str, left: usize, right: usize) -> Vec<usize> {
    let letters: Vec<(usize, char)> = word.char_indices().map(|(at, c)| (at, base(c))).collect();
    let plain: String = letters.iter().map(|(_, c)| *c).collect();
    if !plain.is_ascii() || SILENT.iter().any(|ending| plain.ends_with(ending)) {
        return Vec::new();
    }
    let mut list = Vec::new();
    let mut vowel_before: Option<usize> = None;
    for (index, (_, c)) in letters.iter().enumerate() {
        if !is_vowel(*c) {
            continue;
        }
        if let Some(between) = vowel_before.map(|before| index - before - 1).filter(|between| *between > 0) {
            let start = index - onset(&plain[index - between..index]);
            if start >= left && letters.len() - start >= right {
                list.push(letters[start].0);
            }
        }
        vowel_before = Some(index);
    }
    list
}

/// How many of the consonants between two vowels go with the second.
fn onset(consonants: &str) -> usize {
    let pair = &consonants[consonants.len().saturating_sub(2)..];
    let is_closed = consonants.ends_with("ng") || consonants.contains("ngl") || consonants.contains("ngh");
    match pair {
        // `Nick-o-las`: one sound that ends a syllable.
        "ck" => 0,
        _ if is_closed => 1,
        _ if ONSETS.contains(&pair) => 2,
        "st" if consonants.len() > 2 => 2,
        _ => 1,
    }
}

/// The letter without its accents, small.
fn base(c: char) -> char {
    c.nfd().next().unwrap_or(c).to_lowercase().next().unwrap_or(c)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for at in starts(word, 2, 3) {
            out += &word[from..at];
            out.push('-');
            from = at;
        }
        out + &word[from..]
    }

    #[test]
    fn names_fall_into_syllables() {
        for name in [
            "Na-khi-che-va-nik",
            "Fitz-wil-liam",
            "Col-lins",
            "Ste-pa-na-kert",
            "Co-lo-nel",
            "Wag-ner",
            "For-ster",
            "Nick-o-las",
        ] {
            assert_eq!(shown(&name.replace('-', "")), name);
        }
        assert_eq!(shown("Gonçalves"), "Gonçalves", "it may end in a silent vowel");
        assert_eq!(shown("Müllermann"), "Mül-ler-mann");
    }

    #[test]
    fn what_may_be_one_syllable_stays_whole() {
        for word in ["Squeezed", "Changes", "Thoughts", "Strengths", "Ходжалы", "Clothe"] {
            assert_eq!(shown(word), word);
        }
    }
}
