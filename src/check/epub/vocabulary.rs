//! The elements of HTML and what may stand in what: the part of it that e-books get wrong.
//!
//! In:     names of elements.
//! Out:    whether HTML knows them, and whether one may stand in another.
//! Absent: the rest of HTML's content model; EPUBCheck holds all of it.
//!
//! Source: *HTML Standard*, 4 and "Index of elements".

/// What a paragraph, a heading or a phrase cannot hold.
const FLOW_ONLY: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
];

/// Elements that hold phrases only.
const PHRASING: [&str; 35] = [
    "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd",
    "label", "mark", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var",
];

/// Elements of HTML that are neither of the two above.
const OTHERS: [&str; 51] = [
    "a", "area", "audio", "base", "body", "br", "button", "canvas", "caption", "col", "colgroup", "datalist", "del",
    "embed", "head", "html", "iframe", "img", "input", "ins", "legend", "link", "map", "menu", "meta", "meter",
    "noscript", "object", "optgroup", "option", "output", "param", "picture", "progress", "rtc", "rb", "script",
    "select", "slot", "source", "style", "template", "td", "textarea", "tfoot", "th", "thead", "title", "track",
    "video", "wbr",
];

/// Elements that HTML has given up, and what takes their place.
const GIVEN_UP: [(&str, &str); 10] = [
    ("acronym", "write <abbr>"),
    ("basefont", "say it in the style sheet"),
    ("big", "say it in the style sheet: font-size"),
    ("center", "say it in the style sheet: text-align: center"),
    ("dir", "write <ul>"),
    ("font", "say it in the style sheet: font-family, color"),
    ("frame", "write <iframe>, or a link"),
    ("nobr", "say it in the style sheet: white-space: nowrap"),
    ("strike", "write <s> or <del>"),
    ("tt", "write <code>"),
];

/// What is wrong with an element here: the fault and what to do.
pub fn fault(name: &str, parent: &str) -> Option<(String, String)> {
    if let Some((_, instead)) = GIVEN_UP.iter().find(|(known, _)| *known == name) {
        return Some((format!("HTML has given up <{name}>"), (*instead).to_owned()));
    }
    let is_known = FLOW_ONLY.contains(&name) || PHRASING.contains(&name) || OTHERS.contains(&name);
    if !is_known {
        let near = crate::base::diagnostic::nearest(name, FLOW_ONLY.into_iter().chain(PHRASING).chain(OTHERS));
        let hint = match (near, name.chars().any(char::is_uppercase)) {
            (_, true) => "XHTML writes all elements small".to_owned(),
            (Some(near), false) => format!("did you mean <{near}>?"),
            (None, false) => "write an element of HTML, with a class where you need one".to_owned(),
        };
        return Some((format!("HTML knows no <{name}>"), hint));
    }
    if PHRASING.contains(&parent) && FLOW_ONLY.contains(&name) {
        let hint = format!("close <{parent}> before it, or make <{parent}> a <div>");
        return Some((format!("<{name}> cannot stand in <{parent}>"), hint));
    }
    let wanted: &[&str] = match name {
        "li" => &["ol", "ul", "menu"],
        "dt" | "dd" => &["dl", "div"],
        "tr" => &["table", "thead", "tbody", "tfoot"],
        "td" | "th" => &["tr"],
        "thead" | "tbody" | "tfoot" | "caption" | "colgroup" => &["table"],
        "col" => &["colgroup"],
        "figcaption" => &["figure"],
        "body" | "head" => &["html"],
        _anywhere => return children_of(name, parent),
    };
    if wanted.contains(&parent) {
        return None;
    }
    let parents: Vec<String> = wanted.iter().map(|parent| format!("<{parent}>")).collect();
    Some((format!("<{name}> stands in <{parent}>"), format!("it belongs in {}", parents.join(" or "))))
}

/// Parents that are choosy.
fn children_of(name: &str, parent: &str) -> Option<(String, String)> {
    let (wanted, hint): (&[&str], &str) = match parent {
        "ol" | "ul" | "menu" => (&["li"], "put it into an <li>"),
        "dl" => (&["dt", "dd", "div"], "put it into a <dd>"),
        "table" => (&["caption", "colgroup", "thead", "tbody", "tfoot", "tr"], "put it into a cell"),
        "tr" => (&["td", "th"], "put it into a <td>"),
        _others => return None,
    };
    let is_fine = wanted.contains(&name) || matches!(name, "script" | "template");
    (!is_fine).then(|| (format!("<{name}> cannot stand in <{parent}>"), hint.to_owned()))
}

/// The level of a heading, 1 to 6.
pub fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h').filter(|rest| rest.len() == 1)?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}
