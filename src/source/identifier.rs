//! Identifiers and names of people, as authors write them.
//!
//! In:     `978-3-16-148410-0`; `Steve Klabnik <mail>`; `translator`.
//! Out:    thirteen digits with a proved check digit; names; MARC relator codes.
//! Faults: `Err` with what is wrong, which the caller reports with the key's place.
//! Absent: keys and files.

/// Reads an ISBN of 13 or 10 digits and hands back the thirteen digits of it.
///
/// Check digits: ISO 2108:2017, annex C (modulus 10 with weights 1 and 3); the ten-digit form with modulus 11.
pub fn isbn(written: &str) -> Result<String, String> {
    let bare: String = written.trim().trim_start_matches("ISBN").trim_start_matches(':').to_owned();
    let digits: String = bare.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2013}')).collect();
    let values: Option<Vec<u32>> = digits.chars().map(|c| c.to_digit(10)).collect();
    match (values, digits.len()) {
        (Some(values), 13) if digits.starts_with("978") || digits.starts_with("979") => {
            let check = check_digit(&values[..12]);
            if check == values[12] { Ok(digits) } else { Err(format!("its last digit should be {check}")) }
        }
        (Some(_), 13) => Err("an ISBN of thirteen digits starts with 978 or 979".to_owned()),
        (_, 10) if digits.is_ascii() => thirteen_of_ten(&digits),
        (Some(_), count) => Err(format!("it has {count} digits, not 13")),
        (None, _) => Err("it holds other characters than digits and hyphens".to_owned()),
    }
}

/// The thirteen digits in the five groups that an ISBN is written in (ISBN Users' Manual, 5); `None` where they were given
/// without groups, or an ISBN of ten digits was.
pub fn grouped(written: &str) -> Option<String> {
    let bare = written.trim().trim_start_matches("ISBN").trim_start_matches(':').trim();
    let groups: Vec<&str> = bare.split(|c| matches!(c, '-' | ' ' | '\u{2010}'..='\u{2013}')).collect();
    (groups.len() == 5 && groups.iter().all(|group| !group.is_empty()) && isbn(written).ok()? == groups.concat())
        .then(|| groups.join("-"))
}

fn check_digit(twelve: &[u32]) -> u32 {
    let sum: u32 = twelve.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    (10 - sum % 10) % 10
}

fn thirteen_of_ten(digits: &str) -> Result<String, String> {
    let value = |(at, c): (usize, char)| match c {
        'X' | 'x' if at == 9 => Some(10),
        _ => c.to_digit(10),
    };
    let values: Option<Vec<u32>> = digits.chars().enumerate().map(value).collect();
    let Some(values) = values else { return Err("it holds other characters than digits and hyphens".to_owned()) };
    let sum: u32 = values.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    if !sum.is_multiple_of(11) {
        return Err("its check digit is wrong".to_owned());
    }
    let mut thirteen: Vec<u32> = [9, 7, 8].into_iter().chain(values[..9].iter().copied()).collect();
    thirteen.push(check_digit(&thirteen));
    Ok(thirteen.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect())
}

/// The name without the address: `Steve Klabnik` of `Steve Klabnik <steve@example.com>`.
pub fn person(written: &str) -> &str {
    match written.split_once('<') {
        Some((name, mail)) if mail.trim_end().ends_with('>') && !name.trim().is_empty() => name.trim(),
        Some(_) | None => written.trim(),
    }
}

/// Words for the roles of people, and their codes in the MARC list of relators.
pub const ROLES: [(&str, &str); 24] = [
    ("author", "aut"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("illustrator", "ill"),
    ("photographer", "pht"),
    ("foreword", "aui"),
    ("introduction", "aui"),
    ("preface", "aui"),
    ("afterword", "aft"),
    ("annotator", "ann"),
    ("commentator", "cwt"),
    ("compiler", "com"),
    ("contributor", "ctb"),
    ("copyeditor", "edt"),
    ("proofreader", "pfr"),
    ("designer", "bkd"),
    ("cover-designer", "cov"),
    ("typographer", "tyg"),
    ("cartographer", "ctg"),
    ("artist", "art"),
    ("indexer", "ctb"),
    ("narrator", "nrt"),
    ("publisher", "pbl"),
    ("researcher", "res"),
];

/// The MARC code of a role given as a word or as a code.
pub fn role(written: &str) -> Option<String> {
    let word = written.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    if let Some((_, code)) = ROLES.iter().find(|(name, _)| *name == word) {
        return Some((*code).to_owned());
    }
    (word.len() == 3 && word.bytes().all(|b| b.is_ascii_lowercase())).then_some(word)
}

/// A name for files: small ASCII letters, digits and hyphens; `book` where nothing of that is left.
pub fn slug(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    // Long names are cut: some file systems take no more than 255 bytes, and a name is read by people.
    const LONGEST: usize = 60;
    let mut out = String::new();
    for c in title.nfd() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_alphanumeric() && !is_mark(c) && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    if out.len() > LONGEST {
        let end = out[..LONGEST].rfind('-').unwrap_or(LONGEST);
        out.truncate(end);
    }
    let out = out.trim_matches('-');
    if out.is_empty() { "book".to_owned() } else { out.to_owned() }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\'' | '\u{2019}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_proved() {
        assert_eq!(isbn("978-3-16-148410-0"), Ok("9783161484100".to_owned()));
        assert_eq!(isbn("978-3-16-148410-1"), Err("its last digit should be 0".to_owned()));
        assert_eq!(isbn("0-306-40615-2"), Ok("9780306406157".to_owned()));
        assert!(isbn("0-306-40615-3").is_err());
        assert!(isbn("978").is_err());
        assert!(isbn("12345678901é3").is_err());
        assert!(isbn("123456789é").is_err());
    }

    #[test]
    fn an_isbn_keeps_the_groups_it_was_given_in() {
        assert_eq!(grouped("978-3-16-148410-0"), Some("978-3-16-148410-0".to_owned()));
        assert_eq!(grouped("ISBN 978 3 16 148410 0"), Some("978-3-16-148410-0".to_owned()));
        for plain in ["9783161484100", "0-306-40615-2", "978-3161484100", "978-3-16-148410-1", "", "----"] {
            assert_eq!(grouped(plain), None, "{plain}");
        }
    }

    #[test]
    fn names_and_roles() {
        assert_eq!(person("A B <a@b.c>"), "A B");
        assert_eq!(role("Translator"), Some("trl".to_owned()));
        assert_eq!(role("bkp"), Some("bkp".to_owned()));
        assert_eq!(role("cook"), None);
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("The Rust Programming Language"), "the-rust-programming-language");
        assert_eq!(slug("L’Été à Paris!"), "lete-a-paris");
        assert_eq!(slug("Хочалы"), "book");
    }
}
