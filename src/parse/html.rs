//! The door to `html5gum`: raw HTML → tags and text.
//!
//! In:     a piece of HTML as Markdown passes it on.
//! Out:    [`Token`]s with their byte ranges in it.
//! Faults: none; where the standard calls something an error, it also says how to go on.
//! Absent: which element may stand in which; `grow` knows.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token as Raw, Tokenizer};
use std::ops::Range;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    pub range: Range<usize>,
    pub kind: TokenKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TokenKind {
    Start {
        name: String,
        attributes: Vec<(String, String)>,
        is_closed: bool,
    },
    End {
        name: String,
    },
    /// Character references resolved.
    Text(String),
}

/// Splits HTML into tags and text; comments and doctypes are left out.
pub fn tokens(html: &str) -> Vec<Token> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut out = Vec::new();
    let mut reached = 0;
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        let (range, kind) = match token {
            Raw::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(key, value)| (text(key), text(&value.value))).collect();
                let kind = TokenKind::Start { name: text(&tag.name), attributes, is_closed: tag.self_closing };
                (tag.span.start..tag.span.end, Some(kind))
            }
            Raw::EndTag(tag) => (tag.span.start..tag.span.end, Some(TokenKind::End { name: text(&tag.name) })),
            Raw::String(string) => (string.span.start..string.span.end, Some(TokenKind::Text(text(&string.value)))),
            Raw::Comment(comment) => (comment.span.start..comment.span.end, None),
            Raw::Doctype(doctype) => (doctype.span.start..doctype.span.end, None),
            Raw::Error(_) => continue,
        };
        reached = reached.max(range.end);
        if let Some(kind) = kind {
            out.push(Token { range, kind });
        }
    }
    // A tag that never ends is text to its author.
    let rest = html.get(reached..).unwrap_or_default();
    if rest.starts_with('<') && !rest.starts_with("<!") {
        out.push(Token { range: reached..html.len(), kind: TokenKind::Text(rest.to_owned()) });
    }
    out
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_with_their_ranges() {
        let html = "<Div CLASS='a b'>x &amp; y<br/><!-- c --></div>";
        let found: Vec<(String, TokenKind)> =
            tokens(html).into_iter().map(|t| (html[t.range].to_owned(), t.kind)).collect();
        let start = |name: &str, attributes: &[(&str, &str)], is_closed| TokenKind::Start {
            name: name.to_owned(),
            attributes: attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            is_closed,
        };
        assert_eq!(
            found,
            [
                ("<Div CLASS='a b'>".to_owned(), start("div", &[("class", "a b")], false)),
                ("x &amp; y".to_owned(), TokenKind::Text("x & y".to_owned())),
                ("<br/>".to_owned(), start("br", &[], true)),
                ("</div>".to_owned(), TokenKind::End { name: "div".to_owned() }),
            ]
        );
    }

    #[test]
    fn what_a_script_holds_is_no_markup() {
        let kinds: Vec<TokenKind> = tokens("<script>a < b</b></script>").into_iter().map(|t| t.kind).collect();
        assert_eq!(kinds[1], TokenKind::Text("a < b</b>".to_owned()));
    }

    #[test]
    fn a_tag_that_never_ends_is_text() {
        assert_eq!(tokens("<div class=").last().unwrap().kind, TokenKind::Text("<div class=".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split(html in "[<>/a-c\"'=! é&;-]{0,60}") {
            for token in tokens(&html) {
                assert!(html.get(token.range.clone()).is_some(), "{html:?} {token:?}");
            }
        }
    }
}
