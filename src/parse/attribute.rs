//! Attributes: `{#id .class key=value key="v w"}` after what they belong to, and those of HTML elements.
//!
//! In:     text that begins with `{`; the attributes of a tag.
//! Out:    [`Attributes`]; widths of pictures.
//! Faults: `attribute.lang`, `attribute.width`.
//! Absent: what the attributes are put on.

use crate::base::{Diagnostic, Lang, Sink, Span};
use crate::book::Attributes;
use crate::book::block::PictureWidth;
use crate::source::measure::{length, share};

/// Longer than any list of attributes; beyond it a brace is a brace.
const LONGEST: usize = 2_000;

/// Reads the attributes at the start of `text`, and hands back how many bytes they take.
/// `None` where the braces hold anything else: a brace in prose is common.
pub fn read(text: &str) -> Option<(Attributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut found = Attributes::default();
    loop {
        rest = rest.trim_start();
        if text.len() - rest.len() > LONGEST {
            return None;
        }
        if let Some(after) = rest.strip_prefix('}') {
            let is_empty = found.id.is_none() && found.classes.is_empty() && found.pairs.is_empty();
            return (!is_empty).then_some((found, text.len() - after.len()));
        }
        let (sign, tail) = match rest.as_bytes().first()? {
            b'#' => ('#', &rest[1..]),
            b'.' => ('.', &rest[1..]),
            _ => ('=', rest),
        };
        let end = tail.find(|c: char| !is_name(c)).unwrap_or(tail.len());
        let (name, after) = tail.split_at(end);
        if name.is_empty() {
            return None;
        }
        rest = after;
        match sign {
            '#' => found.id = Some(name.to_owned()),
            '.' => found.classes.push(name.to_owned()),
            _ => {
                let (value, after) = value(after.strip_prefix('=')?)?;
                found.pairs.push((name.to_owned(), value.to_owned()));
                rest = after;
            }
        }
        if !rest.starts_with(|c: char| c.is_whitespace() || c == '}') {
            return None;
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/')
}

fn value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote);
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The attributes of a heading, as Markdown hands them over.
pub fn of_heading(
    id: Option<String>,
    classes: Vec<String>,
    pairs: impl Iterator<Item = (String, Option<String>)>,
) -> Attributes {
    let pairs = pairs.map(|(key, value)| (key, value.unwrap_or_default().trim_matches(['"', '\'']).to_owned()));
    Attributes { id, classes, pairs: pairs.collect(), lang: None }
}

/// The attributes of an element that mean something in a book: id, classes, language, alignment.
pub fn of_element(attributes: &[(String, String)], at: Span, sink: &mut Sink) -> Attributes {
    let mut found = Attributes::default();
    for (key, value) in attributes {
        match key.as_str() {
            "id" if !value.is_empty() => found.id = Some(value.clone()),
            "name" if found.id.is_none() && !value.is_empty() => found.id = Some(value.clone()),
            "class" => found.classes.extend(value.split_whitespace().map(str::to_owned)),
            "lang" | "xml:lang" => found.pairs.push(("lang".to_owned(), value.clone())),
            "align" => found.classes.extend(aligned(value)),
            "style" => {
                let align =
                    value.split(';').find_map(|rule| rule.split_once(':').filter(|(k, _)| k.trim() == "text-align"));
                found.classes.extend(align.and_then(|(_, value)| aligned(value)));
            }
            _ => {}
        }
    }
    language(&mut found, at, sink);
    found
}

fn aligned(value: &str) -> Option<String> {
    match value.trim().to_ascii_lowercase().as_str() {
        "center" => Some("center".to_owned()),
        "right" | "end" => Some("right".to_owned()),
        _ => None,
    }
}

/// Takes `lang` out of the pairs and reads it.
pub fn language(attributes: &mut Attributes, at: Span, sink: &mut Sink) {
    let Some(found) = attributes.pairs.iter().position(|(key, _)| key == "lang") else { return };
    let (_, tag) = attributes.pairs.remove(found);
    attributes.lang = Lang::parse(&tag);
    if attributes.lang.is_none() {
        let told = Diagnostic::warning("attribute.lang", format!("\"{tag}\" is not a language tag")).at(at);
        sink.push(told.hint("write one like \"az\" or \"pt-BR\""));
    }
}

/// The width of a picture from `width=60%`, `width=8cm`, or HTML's `width="300"` in CSS pixels.
pub fn width(written: &str, at: Span, sink: &mut Sink) -> Option<PictureWidth> {
    let pixels = || written.trim().parse::<f64>().ok().filter(|n| *n > 0.0).and_then(|n| length(&format!("{n}px")));
    if let Some(share) = share(written) {
        return Some(PictureWidth::OfMeasure(share.min(1.0)));
    }
    match length(written).or_else(pixels).filter(|length| length.sp() > 0) {
        Some(length) => Some(PictureWidth::Length(length)),
        None => {
            let told = Diagnostic::warning("attribute.width", format!("\"{written}\" is not a width")).at(at);
            sink.push(told.hint("write a share of the text's width like \"60%\", or a length like \"8cm\""));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;

    #[test]
    fn all_forms() {
        let (found, length) = read("{#fig-map .full width=60% alt=\"a b\" lang=az} rest").unwrap();
        assert_eq!(length, "{#fig-map .full width=60% alt=\"a b\" lang=az}".len());
        assert_eq!((found.id.as_deref(), found.classes), (Some("fig-map"), vec!["full".to_owned()]));
        assert_eq!(found.pairs.len(), 3);
    }

    #[test]
    fn a_brace_in_prose_is_no_attribute() {
        for text in ["{}", "{x}", "{x, y}", "{ }", "{#", "{#}", "{.a,b}", "{a=}", "{a=\"b}", "{#a.b"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn widths() {
        let mut sink = Sink::new();
        let at = Span::top(FileId(0));
        assert_eq!(width("60%", at, &mut sink), Some(PictureWidth::OfMeasure(0.6)));
        assert_eq!(width("96", at, &mut sink), Some(PictureWidth::Length(crate::base::Length::inch(1.0))));
        assert_eq!(width("wide", at, &mut sink), None);
        assert_eq!(sink.list().len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[{}#.=a\"' é-]{0,30}") {
            if let Some((_, length)) = read(&text) {
                assert!(text.is_char_boundary(length));
            }
        }
    }
}
