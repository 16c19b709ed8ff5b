//! The little that must be known of a style sheet: which other files it names.
//!
//! In:     the text of a style sheet, or of a `style` attribute.
//! Out:    references, by their places.
//! Absent: rules and properties.

use std::ops::Range;

/// The same text with comments blanked, so that every place stays where it is.
pub fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        let comment = after.find("*/").map_or(after.len(), |at| at + 2);
        out.push_str(before);
        out.extend(std::iter::repeat_n(' ', comment + 2));
        rest = after.get(comment..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What `url(…)` and `@import` name, by its place, and whether it is a style sheet to import.
pub fn urls(css: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    for (at, _) in css.match_indices("url(") {
        let from = at + "url(".len();
        let Some(to) = css.get(from..).and_then(|rest| rest.find(')')).map(|end| from + end) else { continue };
        let is_import = css.get(..at).unwrap_or_default().trim_end().ends_with("@import");
        found.push((bare(css, from..to), is_import));
    }
    for (at, _) in css.match_indices("@import") {
        let rest = css.get(at + 7..).unwrap_or_default();
        let from = at + 7 + (rest.len() - rest.trim_start().len());
        let Some(quote) = css.get(from..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '"' | '\''))
        else {
            continue;
        };
        let Some(length) = css.get(from + 1..).and_then(|rest| rest.find(quote)) else { continue };
        found.push((from + 1..from + 1 + length, true));
    }
    found
}

/// A range without white space and quotation marks at its ends.
fn bare(css: &str, range: Range<usize>) -> Range<usize> {
    let Some(text) = css.get(range.clone()) else { return range };
    let is_edge = |c: char| c.is_whitespace() || c == '"' || c == '\'';
    let start = range.start + (text.len() - text.trim_start_matches(is_edge).len());
    start..(start + text.trim_matches(is_edge).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_is_found_at_its_place() {
        let css = "/* url(no.png) é */ a { background: url( 'a.png' ) } @import \"b.css\"; @import url(c.css);";
        let bare = without_comments(css);
        assert_eq!(bare.len(), css.len());
        let found: Vec<(&str, bool)> = urls(&bare).into_iter().map(|(range, import)| (&css[range], import)).collect();
        assert_eq!(found, [("a.png", false), ("c.css", true), ("b.css", true)]);
    }
}
