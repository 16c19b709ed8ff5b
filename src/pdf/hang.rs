//! Punctuation that hangs in the margin, so that the edge of the text looks straight (Bringhurst 2.1.10; Thành 2000).
//!
//! In:     the first or last character of a line.
//! Out:    the part of its width that may stand outside the measure.
//! Absent: lines.

use crate::base::Length;

/// The farthest that anything hangs, in thousandths of the type size: more looks like a fault at the page's edge.
const FARTHEST: i64 = 180;

/// Thousandths of the glyph's width that hang over the end of a line. After the settings of the microtype package for
/// roman text, a little less for the hyphen.
fn end_share(c: char) -> i64 {
    match c {
        '.' | ',' | '\'' | '’' | '‘' | '"' | '”' | '“' | '‚' | '„' | '՝' | '։' | '·' => 700,
        '-' | '\u{2010}' | '\u{AD}' => 550,
        ':' | ';' => 400,
        // The last of its three dots.
        '…' => 150,
        '!' | '?' | '»' | '«' | '›' | '‹' => 200,
        '–' => 250,
        '—' => 150,
        ')' | ']' | '}' | '/' | '*' => 100,
        'A' | 'T' | 'V' | 'W' | 'Y' | 'r' | 't' | 'v' | 'w' | 'y' | 'k' => 50,
        _ => 0,
    }
}

/// The same for the start of a line.
fn start_share(c: char) -> i64 {
    match c {
        '‘' | '“' | '’' | '”' | '\'' | '"' | '„' | '‚' => 600,
        '«' | '»' | '‹' | '›' => 200,
        '–' | '-' => 250,
        '—' => 150,
        '(' | '[' | '{' | '/' => 100,
        'A' | 'T' | 'V' | 'W' | 'Y' | 'v' | 'w' | 'y' => 50,
        _ => 0,
    }
}

/// How far `c` hangs over the end of its line, in scaled points.
pub fn over_end(c: char, advance: i64, size: Length) -> i64 {
    hang(end_share(c), advance, size)
}

/// How far `c` hangs over the start of its line, in scaled points.
pub fn over_start(c: char, advance: i64, size: Length) -> i64 {
    hang(start_share(c), advance, size)
}

fn hang(share: i64, advance: i64, size: Length) -> i64 {
    (advance * share / 1000).min(size.sp() * FARTHEST / 1000)
}
