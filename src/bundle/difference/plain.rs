//! Two texts → the first place where they differ, with the words around it.
//!
//! In:     texts; XHTML, of which the shown text counts.
//! Out:    a sentence.
//! Absent: what kind of file it is.

/// Characters shown before the place, and from it on.
const BEFORE: usize = 24;
const AFTER: usize = 40;

/// The first line that differs, counted from 1.
pub fn lines(theirs: &str, ours: &str) -> String {
    let (mut a, mut b) = (theirs.lines(), ours.lines());
    let mut at = 1;
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a == b => at += 1,
            (Some(a), Some(b)) => return format!("line {at}: {}", excerpt(a, b)),
            (Some(_), None) => return format!("line {at}: the release has more lines"),
            (None, Some(_)) => return format!("line {at}: the release ends here"),
            (None, None) => return "the ends of the lines".to_owned(),
        }
    }
}

/// The words round the first character that differs: `“…one hundred” in the release, “…two hundred” made anew`.
pub fn excerpt(theirs: &str, ours: &str) -> String {
    let same = theirs.chars().zip(ours.chars()).take_while(|(a, b)| a == b).count();
    format!("{} in the release, {} made anew", around(theirs, same), around(ours, same))
}

fn around(text: &str, at: usize) -> String {
    let from = at.saturating_sub(BEFORE);
    let shown: String = text.chars().skip(from).take(at - from + AFTER).collect();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = text.chars().nth(at + AFTER).is_some();
    let (head, tail) = (if from > 0 { "…" } else { "" }, if more { "…" } else { "" });
    if shown.is_empty() { "nothing".to_owned() } else { format!("“{head}{shown}{tail}”") }
}

/// The text that a piece of XHTML shows: without tags, with the predefined entities of XML read.
pub fn shown(xhtml: &str) -> String {
    let body = xhtml.find("<body").map_or(xhtml, |at| &xhtml[at..]);
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
        match entities.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, c)) => {
                out.push(*c);
                rest = &rest[entity.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_round_the_place_are_shown() {
        let said = excerpt("It was one hundred men.", "It was two hundred men.");
        assert_eq!(said, "“It was one hundred men.” in the release, “It was two hundred men.” made anew");
        assert_eq!(excerpt("", "é"), "nothing in the release, “é” made anew");
        let long = "é".repeat(200);
        assert!(excerpt(&long, &format!("{long}x")).contains('…'));
    }

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert!(lines("a\nb\n", "a\nc\n").starts_with("line 2: "));
        assert_eq!(lines("a\n", "a\nb\n"), "line 2: the release ends here");
        assert_eq!(lines("a\n", "a"), "the ends of the lines");
    }

    #[test]
    fn only_shown_text_counts() {
        assert_eq!(shown("<head>x</head><body class=\"a\"><p>1 &lt; 2 &amp; <b>3</b> &x"), "1 < 2 & 3 &x");
        assert_eq!(shown("<body><p>cut <b"), "cut ");
    }
}
