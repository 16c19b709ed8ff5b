//! Where a token may be broken without a hyphen: after dashes and hyphens that are there, in addresses, paths and
//! identifiers, and between ideographs.
//!
//! In:     a token between spaces, and whether it is code.
//! Out:    [`Joint`]s with what a break there costs.
//! Absent: hyphenation (`hyphen.rs`), widths.

/// A place to break a token with nothing added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Joint {
    /// The byte after which the line ends; at most the token's length.
    pub at: usize,
    /// In the currency of `linebreak::Stop::cost`.
    pub cost: i32,
    /// Whether the line then ends in a hyphen that is in the text: such lines count for ladders.
    pub is_hyphen: bool,
}

/// After a dash: as good as a space.
const DASH: i32 = 0;
/// After a hyphen in the text (TeX's `\exhyphenpenalty`).
pub const HYPHEN: i32 = 50;
/// After `/`, `::`, `_`, `?`, `&`, `=`: where readers expect an address or a path to be broken (Chicago 7.46).
const SEPARATOR: i32 = 60;
/// After a full stop or a bracket in an address or a name.
pub const STOP: i32 = 90;
/// Between the humps of `camelCase`.
const HUMP: i32 = 150;
/// Costs from here on are those of breaks that readers see and do not like (`linebreak::Kind::Rare`).
pub const RARE: i32 = 400;
/// Between the syllables of a name in code: only a hole is worse.
pub const IN_NAME: i32 = 1_100;
/// After a hyphen between figures: `978-0-306` is one number.
const NUMBER: i32 = 600;
/// Letters to keep on either side, so that no line holds a stub of a name.
const KEEP: usize = 2;

/// The joints of a token, rising by place. One at its very end tells that a line may end there when something stands
/// against it: an atom, another face.
pub fn joints(token: &str, is_code: bool) -> Vec<Joint> {
    let mut list = if is_code || is_technical(token) { in_names(token) } else { in_prose(token) };
    if token.chars().any(is_beyond_words) {
        list.extend(unicode_linebreak::linebreaks(token).filter(|&(at, _)| at < token.len()).map(|(at, _)| Joint {
            at,
            cost: DASH,
            is_hyphen: false,
        }));
        list.sort_by_key(|joint| (joint.at, joint.cost));
        list.dedup_by_key(|joint| joint.at);
    }
    list
}

/// Whether a token is an address of the web.
pub fn is_address(token: &str) -> bool {
    token.contains("://") || token.starts_with("www.")
}

/// Whether a token of running text is an address, a path or an identifier.
pub fn is_technical(token: &str) -> bool {
    is_address(token)
        || token.contains("::")
        || token.contains('_')
        || token.matches('/').count() >= 2
        || (token.contains('@') && (token.contains('.') || token.len() >= SHORTEST_NAME))
        || token.contains("][")
        || (token.len() >= SHORTEST_NAME && inner_stops(token) >= 2)
}

/// Shorter tokens with full stops inside are abbreviations: `e.g.`, `U.S.A.`
const SHORTEST_NAME: usize = 9;

/// A name in humps of so many letters, as `ExpressionWithoutBlock`, is broken between them for need in running text too.
const LONG_NAME: usize = 12;

/// Full stops with a letter or figure on both sides.
fn inner_stops(token: &str) -> usize {
    token
        .as_bytes()
        .windows(3)
        .filter(|three| three[1] == b'.' && !three[0].is_ascii_punctuation() && !three[2].is_ascii_punctuation())
        .count()
}

/// Scripts that do not write spaces between words: from CJK radicals up, and those of South-East Asia.
fn is_beyond_words(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0xD7AF | 0xF900..=0xFAFF | 0xFF01..=0xFFEF | 0x20000..=0x3FFFF)
}

fn in_prose(token: &str) -> Vec<Joint> {
    let mut list = Vec::new();
    let is_long_name = token.len() >= LONG_NAME;
    let mut before: Option<char> = None;
    for (at, c) in token.char_indices() {
        let after = at + c.len_utf8();
        let next = token[after..].chars().next();
        match c {
            // ZERO WIDTH SPACE is there to be broken at.
            '\u{200B}' => list.push(Joint { at: after, cost: DASH, is_hyphen: false }),
            '—' | '–' if before.is_some() => list.push(Joint { at: after, cost: DASH, is_hyphen: false }),
            // `--flag`, `-1` and `a-` stay whole: a hyphen binds only what stands on both sides of it.
            '-' | '\u{2010}'
                if before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) =>
            {
                let is_number = before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric);
                list.push(Joint { at: after, cost: if is_number { NUMBER } else { HYPHEN }, is_hyphen: true });
            }
            '/' if before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) => {
                list.push(Joint { at: after, cost: SEPARATOR, is_hyphen: false });
            }
            _ if c.is_lowercase() && next.is_some_and(char::is_uppercase) && is_long_name => {
                list.push(Joint { at: after, cost: RARE, is_hyphen: false });
            }
            _ => {}
        }
        before = Some(c);
    }
    list
}

fn in_names(token: &str) -> Vec<Joint> {
    let mut list = Vec::new();
    let count = token.chars().count();
    let mut before = '\0';
    for (index, (at, c)) in token.char_indices().enumerate() {
        let after = at + c.len_utf8();
        let Some(next) = token[after..].chars().next() else { break };
        let (kept, left) = (index + 1, count - index - 1);
        let roomy = |least: usize| kept > least && left > least;
        let joint = match c {
            '/' | '?' | '&' | '=' | '_' | '\\' | '|' if next != c && roomy(KEEP) => Some(SEPARATOR),
            ':' if next != ':' && next != '/' && roomy(KEEP) => Some(SEPARATOR),
            '-' if before.is_alphanumeric() && next.is_alphanumeric() && roomy(KEEP) => Some(SEPARATOR),
            ',' | ';' if roomy(KEEP) => Some(STOP),
            '.' | '#' | '@' | '+' | '%' | '~' if next.is_alphanumeric() && roomy(KEEP) => Some(STOP),
            '(' | '[' | '{' | '<' if !is_closing(next) && next != c && roomy(KEEP) => Some(STOP),
            ')' | ']' | '}' | '>' if next.is_alphanumeric() && roomy(KEEP) => Some(STOP),
            '—' | '–' => Some(DASH),
            _ if c.is_lowercase() && next.is_uppercase() && roomy(KEEP) => Some(HUMP),
            _ => None,
        };
        if let Some(cost) = joint {
            list.push(Joint { at: after, cost, is_hyphen: c == '-' });
        }
        before = c;
    }
    list
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(token: &str, is_code: bool) -> String {
        let mut out = String::new();
        let mut from = 0;
        for joint in joints(token, is_code) {
            out += &token[from..joint.at];
            out.push('¦');
            from = joint.at;
        }
        out + &token[from..]
    }

    #[test]
    fn an_address_breaks_where_readers_expect_it() {
        assert_eq!(
            shown("https://doc.rust-lang.org/std/index.html?a=b", false),
            "https://¦doc.¦rust-¦lang.¦org/¦std/¦index.¦html?¦a=b"
        );
    }

    #[test]
    fn an_identifier_breaks_between_its_parts() {
        assert_eq!(shown("std::collections::HashMap", true), "std::¦collections::¦Hash¦Map");
        assert_eq!(shown("CARGO_MANIFEST_DIR", true), "CARGO_¦MANIFEST_¦DIR");
        assert_eq!(shown("--release", true), "--release");
        assert_eq!(shown("Ok(())", true), "Ok(())");
        assert_eq!(shown("println!(\"rect1", true), "println!(¦\"rect1");
        assert_eq!(shown("guess.trim().parse()", true), "guess.¦trim().¦parse()");
    }

    #[test]
    fn prose_breaks_after_dashes_and_hyphens_only() {
        assert_eq!(shown("well-known", false), "well-¦known");
        assert_eq!(shown("127.0.0.1:7878", false), "127.¦0.¦0.¦1:¦7878");
        assert_eq!(shown("U.S.A.", false), "U.S.A.");
        assert_eq!(shown("night—then", false), "night—¦then");
        assert_eq!(shown("1991–1994", false), "1991–¦1994");
        assert_eq!(shown("—then", false), "—then");
        assert_eq!(shown("--flag", false), "--flag");
        assert_eq!(shown("and/or", false), "and/¦or");
        assert_eq!(shown("JavaScript", false), "JavaScript");
        assert_eq!(shown("ExpressionWithoutBlock", false), "Expression¦Without¦Block");
    }

    #[test]
    fn ideographs_break_by_the_unicode_rules() {
        assert_eq!(shown("日本語。", false), "日¦本¦語。");
    }
}
