//! Folios: the label of each page.
//!
//! In:     a count.
//! Out:    `iv`, `17`.

/// Counts beyond this one are set in arabic figures: roman ones would grow without end.
const LAST_ROMAN: usize = 3999;

/// A count from 1 on in small roman letters.
pub fn roman(count: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > LAST_ROMAN {
        return count.to_string();
    }
    let mut rest = count;
    let mut label = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            label.push_str(sign);
            rest -= value;
        }
    }
    label
}

/// The labels of all pages: roman up to the page where the text proper opens, arabic from 1 there (*Chicago Manual of
/// Style*, 1.7).
pub fn labels(count: usize, main: Option<usize>) -> Vec<String> {
    (0..count)
        .map(|sheet| match main {
            Some(main) if sheet < main => roman(sheet + 1),
            Some(main) => (sheet - main + 1).to_string(),
            None => (sheet + 1).to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_letters_are_those_of_books() {
        let known = [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (99, "xcix"), (1994, "mcmxciv")];
        for (count, label) in known {
            assert_eq!(roman(count), label);
        }
        assert_eq!(roman(0), "0");
        assert_eq!(roman(4000), "4000");
    }

    #[test]
    fn arabic_begins_with_the_text() {
        assert_eq!(labels(4, Some(2)), ["i", "ii", "1", "2"]);
        assert_eq!(labels(2, None), ["1", "2"]);
    }
}
