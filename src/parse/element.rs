//! HTML elements by name: what each is in a book.
//!
//! In:     a name in small letters.
//! Out:    [`Display`]; which start tags end which open elements.
//! Absent: tags and text.
//!
//! Source: HTML Living Standard, 4 (elements), 13.1.2 (void elements), 13.1.2.4 (optional tags).

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Display {
    Block,
    /// In a line, or round blocks when it holds blocks.
    Inline,
    /// Left out with what it holds, with a warning: a book cannot do what it does.
    Dropped,
    /// Left out with what it holds: nothing of it was meant to be seen.
    Quiet,
    /// No element of HTML: what it holds is shown.
    Unknown,
}

pub fn display(name: &str) -> Display {
    match name {
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dialog" | "div"
        | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol"
        | "p" | "pre" | "search" | "section" | "summary" | "table" | "caption" | "colgroup" | "tbody" | "td"
        | "tfoot" | "th" | "thead" | "tr" | "ul" => Display::Block,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "br" | "button" | "cite" | "code" | "data" | "del"
        | "dfn" | "em" | "font" | "i" | "img" | "input" | "ins" | "kbd" | "label" | "mark" | "nobr" | "output"
        | "picture" | "q" | "rp" | "rt" | "ruby" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub"
        | "sup" | "svg" | "time" | "tt" | "u" | "var" | "wbr" => Display::Inline,
        "applet" | "audio" | "canvas" | "embed" | "frame" | "frameset" | "iframe" | "meter" | "object" | "optgroup"
        | "option" | "progress" | "script" | "select" | "style" | "textarea" | "video" => Display::Dropped,
        "area" | "base" | "col" | "head" | "link" | "map" | "meta" | "noscript" | "param" | "source" | "template"
        | "title" | "track" => Display::Quiet,
        _ => Display::Unknown,
    }
}

/// Elements without content and end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose end tag may be left out.
pub fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "body"
            | "caption"
            | "colgroup"
            | "dd"
            | "dt"
            | "head"
            | "html"
            | "li"
            | "optgroup"
            | "option"
            | "p"
            | "rp"
            | "rt"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// The open elements that a start tag ends, and those beyond which it does not reach.
pub fn ended_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li", "p"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
        "td" | "th" => (&["td", "th", "p"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th", "p", "caption", "colgroup"], &["table", "tbody", "thead", "tfoot"]),
        "tbody" | "thead" | "tfoot" => {
            (&["tbody", "thead", "tfoot", "tr", "td", "th", "p", "caption", "colgroup"], &["table"])
        }
        "option" | "optgroup" => (&["option"], &["select"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "div" | "dl" | "fieldset"
        | "figure" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "main"
        | "menu" | "nav" | "ol" | "p" | "pre" | "section" | "table" | "ul" => {
            (&["p"], &["td", "th", "li", "dd", "div", "blockquote", "section", "figure", "button"])
        }
        _ => (&[], &[]),
    }
}
