//! Nodes → inlines.
//!
//! In:     nodes that stand in one line.
//! Out:    [`Inlines`].
//! Faults: `html.dropped`, `math.off`, those of `line` and `attribute`.
//! Absent: blocks; where HTML puts a block into a line, its text is shown in the line.

use super::element::{Display, display};
use super::formula::{self, Covers, Defined};
use super::line::{Line, Run};
use super::node::{Element, Id, Kind};
use super::picture::{self, Request, Wanted};
use super::reader::Reader;
use super::{attribute, markdown};
use crate::asset::PictureId;
use crate::base::{Diagnostic, Severity, Span};
use crate::book::{Attributes, Inline, InlineKind, Inlines, Picture};
use crate::source::Map;
use std::borrow::Cow;
use std::ops::Range;

impl<'a> Reader<'a, '_> {
    pub fn inlines_of(&mut self, parent: Id) -> Inlines {
        let ids: Vec<Id> = self.nodes.children(parent).collect();
        self.inlines(&ids)
    }

    pub fn inlines(&mut self, ids: &[Id]) -> Inlines {
        let nodes = self.nodes;
        let mut at = 0;
        let mut out = Vec::new();
        std::mem::swap(&mut out, &mut self.spare);
        let mut parts: Vec<Part<'a>> = out;
        while let Some(id) = ids.get(at) {
            if let Kind::Text(_) | Kind::SoftBreak = &nodes.get(*id).kind {
                let (run, taken) = self.run(&ids[at..]);
                parts.push(Part::Run(run));
                at += taken;
            } else {
                self.inline(*id, &mut parts);
                at += 1;
            }
        }
        let mut line = Line::new(self.map, &self.known_notes, self.covers, &mut self.outcome.sink);
        let mut is_directly_after = false;
        for part in parts.drain(..) {
            match part {
                Part::Run(run) => {
                    line.run(&run, is_directly_after);
                    is_directly_after = false;
                }
                Part::Inline(inline) => {
                    is_directly_after =
                        matches!(inline.kind, InlineKind::Picture(_) | InlineKind::Link { .. } | InlineKind::Code(_));
                    line.push(inline.kind, inline.span);
                }
                Part::Text(text, span) => {
                    line.text(text, span);
                    is_directly_after = false;
                }
                Part::Inlines(inlines) => {
                    line.extend(inlines);
                    is_directly_after = false;
                }
            }
        }
        self.spare = parts;
        line.finish()
    }

    /// The text of the nodes at the start of `ids`, joined, and how many nodes it took.
    fn run(&mut self, ids: &[Id]) -> (Run<'a>, usize) {
        let mut run = Run::default();
        let mut taken = 0;
        for id in ids {
            let node = self.nodes.get(*id);
            match &node.kind {
                Kind::Text(text) => {
                    let is_escaped =
                        node.range.start > 0 && self.text.as_bytes().get(node.range.start - 1) == Some(&b'\\');
                    run.push(text.clone(), node.range.clone(), is_escaped);
                }
                Kind::SoftBreak => run.push(Cow::Borrowed("\n"), node.range.clone(), false),
                _other => break,
            }
            taken += 1;
        }
        if !self.options.formulas.double_dollars && !self.outcome.told_dollars && run.text.contains("$$") {
            self.outcome.told_dollars = true;
            let span = self.map.span(run.place(0..run.text.len()));
            let told = Diagnostic::note("math.off", "what stands between dollars is shown as it is typed").at(span);
            self.outcome.sink.push(told.hint("where formulas are meant, write math = true under [output.bifolio]"));
        }
        (run, taken)
    }

    fn inline(&mut self, id: Id, parts: &mut Vec<Part<'a>>) {
        let nodes = self.nodes;
        let node = nodes.get(id);
        let span = self.span(id);
        let kind = match &node.kind {
            Kind::Code(text) => InlineKind::Code(text.clone().into_owned()),
            Kind::HardBreak => InlineKind::Break,
            Kind::NoteCall(name) => {
                let name = name.to_lowercase();
                self.outcome.calls.insert(name.clone());
                InlineKind::NoteCall(name)
            }
            Kind::Emphasis => InlineKind::Emphasis(self.inlines_of(id)),
            Kind::Strong => InlineKind::Strong(self.inlines_of(id)),
            Kind::Strike => InlineKind::Strike(self.inlines_of(id)),
            Kind::Superscript => InlineKind::Superscript(self.inlines_of(id)),
            Kind::Subscript => InlineKind::Subscript(self.inlines_of(id)),
            Kind::Link { target, title } => {
                let (target, title) = (target.clone().into_owned(), title.clone().into_owned());
                InlineKind::Link { target, title, text: self.inlines_of(id) }
            }
            Kind::Picture { .. } | Kind::Drawing => match self.picture(id) {
                Ok(picture) => InlineKind::Picture(picture),
                Err(alt) => {
                    parts.push(Part::Inlines(vec![Inline { kind: InlineKind::Text(alt), span }]));
                    return;
                }
            },
            Kind::Element(element) => return self.element(id, element, span, parts),
            Kind::Task(_) | Kind::Rule | Kind::Root | Kind::Text(_) | Kind::SoftBreak => return,
            // A note's body may stand anywhere; it is no part of the line.
            Kind::NoteBody(_) => return self.note(id),
            Kind::CodeBlock(_) => InlineKind::Code(self.flat(id)),
            // Blocks that HTML has put into a line.
            Kind::Paragraph
            | Kind::Heading { .. }
            | Kind::Quote(_)
            | Kind::List(_)
            | Kind::Item
            | Kind::Definitions
            | Kind::Term
            | Kind::Definition
            | Kind::Table(_)
            | Kind::TableHead
            | Kind::TableRow
            | Kind::TableCell => return self.apart(id, span, parts),
        };
        parts.push(Part::Inline(Inline { kind, span }));
    }

    /// What a block in a line holds, set apart by spaces.
    fn apart(&mut self, id: Id, span: Span, parts: &mut Vec<Part<'a>>) {
        let text = self.inlines_of(id);
        if !text.is_empty() {
            if !parts.is_empty() {
                parts.push(Part::Text(" ", span));
            }
            parts.push(Part::Inlines(text));
            parts.push(Part::Text(" ", span));
        }
    }

    fn element(&mut self, id: Id, element: &Element, span: Span, parts: &mut Vec<Part<'a>>) {
        let attributes = attribute::of_element(&element.attributes, span, &mut self.outcome.sink);
        let is_plain = attributes.is_empty();
        if attributes.has_class("hidden") {
            return;
        }
        let kind = match element.name.as_str() {
            "br" => InlineKind::Break,
            "wbr" => return parts.push(Part::Text("\u{200B}", span)),
            "em" | "i" | "cite" | "dfn" | "var" => {
                let is_icon = attributes.classes.iter().any(|class| {
                    class == "fa" || class.starts_with("fa-") || matches!(class.as_str(), "fas" | "fab" | "far")
                });
                let text = self.inlines_of(id);
                if is_icon && text.is_empty() {
                    return;
                }
                return parts.push(Part::Inline(wrapped(InlineKind::Emphasis(text), attributes, span)));
            }
            "strong" | "b" => InlineKind::Strong(self.inlines_of(id)),
            "s" | "strike" | "del" => InlineKind::Strike(self.inlines_of(id)),
            "u" | "ins" => InlineKind::Underline(self.inlines_of(id)),
            "sup" => InlineKind::Superscript(self.inlines_of(id)),
            "sub" => InlineKind::Subscript(self.inlines_of(id)),
            "kbd" => InlineKind::Keyboard(self.inlines_of(id)),
            "abbr" | "acronym" if element.get("title").is_some_and(|title| !title.trim().is_empty()) => {
                let words = element.get("title").unwrap_or_default().split_whitespace();
                let expansion = words.collect::<Vec<_>>().join(" ");
                InlineKind::Abbreviation { expansion, text: self.inlines_of(id) }
            }
            "code" | "samp" | "tt" => {
                let text = self.inlines_of(id);
                let inlines = coded(text);
                return match (is_plain, inlines.len()) {
                    (true, 1) => parts.extend(inlines.into_iter().map(Part::Inline)),
                    (true, _) => parts.push(Part::Inlines(inlines)),
                    (false, _) => {
                        parts.push(Part::Inline(Inline { kind: InlineKind::Span { attributes, text: inlines }, span }))
                    }
                };
            }
            "q" => {
                parts.push(Part::Text("\"", span));
                parts.push(Part::Inlines(self.inlines_of(id)));
                return parts.push(Part::Text("\"", span));
            }
            "small" => {
                let mut attributes = attributes;
                attributes.classes.push("small".to_owned());
                let kind = InlineKind::Span { attributes, text: self.inlines_of(id) };
                return parts.push(Part::Inline(Inline { kind, span }));
            }
            "a" => {
                let text = self.inlines_of(id);
                match element.get("href") {
                    Some(target) => {
                        let (target, title) = (target.to_owned(), element.get("title").unwrap_or_default().to_owned());
                        InlineKind::Link { target, title, text }
                    }
                    None if is_plain => return parts.push(Part::Inlines(text)),
                    None => {
                        return parts.push(Part::Inline(Inline { kind: InlineKind::Span { attributes, text }, span }));
                    }
                }
            }
            "img" => match self.picture(id) {
                Ok(picture) => InlineKind::Picture(picture),
                Err(alt) => return parts.push(Part::Inlines(vec![Inline { kind: InlineKind::Text(alt), span }])),
            },
            "input" => {
                if element.get("type") == Some("checkbox") {
                    let sign = if element.get("checked").is_some() { "\u{2611}" } else { "\u{2610}" };
                    parts.push(Part::Text(sign, span));
                }
                return;
            }
            name => return self.other_element(id, name, element.is_closed, attributes, parts),
        };
        let is_wrapped = !is_plain && !matches!(kind, InlineKind::Break);
        let inline = if is_wrapped { wrapped(kind, attributes, span) } else { Inline { kind, span } };
        parts.push(Part::Inline(inline));
    }

    /// `<span>`, and every element that has no look of its own in a line.
    fn other_element(
        &mut self,
        id: Id,
        name: &str,
        is_closed: bool,
        attributes: Attributes,
        parts: &mut Vec<Part<'a>>,
    ) {
        let span = self.span(id);
        match display(name) {
            Display::Dropped => self.dropped(id, name),
            Display::Quiet => {}
            Display::Unknown if !is_closed => {
                // `Vec<T>`: not an element, but the author's sign.
                let written = self.text.get(self.nodes.get(id).range.clone()).unwrap_or_default();
                parts.push(Part::Inlines(vec![Inline { kind: InlineKind::Text(written.to_owned()), span }]));
                let text = self.inlines_of(id);
                parts.push(Part::Inlines(text));
            }
            Display::Block => self.apart(id, span, parts),
            Display::Inline | Display::Unknown => {
                let text = self.inlines_of(id);
                let is_plain = attributes.is_empty();
                if is_plain {
                    parts.push(Part::Inlines(text));
                } else {
                    parts.push(Part::Inline(Inline { kind: InlineKind::Span { attributes, text }, span }));
                }
            }
        }
    }

    pub fn dropped(&mut self, id: Id, name: &str) {
        let message = format!("<{name}> has no place in a book and is left out");
        // What a style sheet says is not seen on any page, and the book has its own design.
        let severity = if name == "style" { Severity::Note } else { Severity::Warning };
        let told = Diagnostic::new(severity, "html.dropped", message);
        let span = self.span(id);
        self.outcome.sink.push(told.at(span));
    }

    /// A picture, by its number among the chapter's requests; `Err` with what to show in its place.
    pub fn picture(&mut self, id: Id) -> Result<Picture, String> {
        let nodes = self.nodes;
        let span = self.span(id);
        let (what, alt, width) = match &nodes.get(id).kind {
            Kind::Picture { target, .. } => {
                let alt = self.flat(id);
                (Wanted::File(target.clone().into_owned()), (!alt.trim().is_empty()).then_some(alt), None)
            }
            Kind::Drawing => (Wanted::Drawn(self.drawing(nodes.get(id).range.clone())), None, None),
            Kind::Element(element) => {
                let source = element.get("src").unwrap_or_default().to_owned();
                let styled = element.get("style").and_then(|style| {
                    style.split(';').find_map(|rule| {
                        rule.split_once(':').filter(|(key, _)| key.trim() == "width").map(|(_, v)| v.trim())
                    })
                });
                let width = styled.or(element.get("width")).filter(|width| *width != "auto");
                let width = width.and_then(|width| attribute::width(width, span, &mut self.outcome.sink));
                (Wanted::File(source), element.get("alt").map(str::to_owned), width)
            }
            _other => return Err(String::new()),
        };
        if let Wanted::File(target) = &what
            && (picture::is_remote(target) || target.trim().is_empty())
        {
            self.outcome.sink.push(picture::remote(target, span));
            return Err(alt.unwrap_or_default());
        }
        let number = self.outcome.requests.len() as u32;
        self.outcome.requests.push(Request { what, span });
        // HTML's `alt=""` says that the picture only decorates (HTML, 4.8.4.4.3).
        let decorative = alt.as_deref() == Some("");
        Ok(Picture { id: Some(PictureId(number)), alt, decorative, width, span })
    }

    /// A drawing's own text; a browser lends it the name space that a file must have.
    fn drawing(&self, range: Range<usize>) -> String {
        let svg = self.text.get(range).unwrap_or_default();
        let head = &svg[..svg.find('>').unwrap_or(svg.len())];
        if head.contains("xmlns=") {
            svg.to_owned()
        } else {
            svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
        }
    }

    /// The bare text under a node.
    pub fn flat(&self, id: Id) -> String {
        let mut out = String::new();
        self.push_flat(id, &mut out);
        out
    }

    fn push_flat(&self, id: Id, out: &mut String) {
        for child in self.nodes.children(id) {
            match &self.nodes.get(child).kind {
                Kind::Text(text) | Kind::Code(text) => {
                    out.push_str(self.covers.uncovered(text, self.nodes.get(child).range.clone()));
                }
                Kind::SoftBreak => out.push(' '),
                Kind::HardBreak => out.push('\n'),
                Kind::Element(element) if element.name == "br" => out.push('\n'),
                _other => self.push_flat(child, out),
            }
        }
    }

    /// Inlines of a title or caption that stood in an attribute: all of it leads to one place.
    pub fn phrase(&mut self, markdown: &str, span: Span) -> Inlines {
        let line = format!("# {}", markdown.split_whitespace().collect::<Vec<_>>().join(" "));
        let map = Map::fixed(span);
        let hidden = formula::hide(&line, self.options.formulas, |line| markdown::ranges(line, self.options));
        let nodes = markdown::read_line(&hidden.text, &map, &mut self.outcome.sink);
        let macros = Defined::of(&line, &hidden.found, self.options.formulas, &self.options.macros);
        let mut reader = Reader::new(&nodes, &hidden.text, &map, self.options, self.outcome);
        reader.covers = Covers { text: &line, found: &hidden.found, signs: reader.options.formulas, macros: &macros };
        let heading = nodes.children(super::node::Nodes::ROOT).next();
        heading.map(|heading| reader.inlines_of(heading)).unwrap_or_default()
    }
}

/// A piece of a line before its text is looked through.
pub enum Part<'a> {
    Run(Run<'a>),
    Inline(Inline),
    Text(&'static str, Span),
    Inlines(Inlines),
}

fn wrapped(kind: InlineKind, attributes: Attributes, span: Span) -> Inline {
    let inner = Inline { kind, span };
    let is_plain = attributes.is_empty();
    if is_plain { inner } else { Inline { kind: InlineKind::Span { attributes, text: vec![inner] }, span } }
}

/// Text in the face for code, whatever stands in it.
fn coded(inlines: Inlines) -> Inlines {
    let mut out: Inlines = Vec::new();
    for Inline { kind, span } in inlines {
        let kind = match kind {
            InlineKind::Text(text) => InlineKind::Code(text),
            InlineKind::SoftBreak => InlineKind::Code(" ".to_owned()),
            InlineKind::Emphasis(text) => InlineKind::Emphasis(coded(text)),
            InlineKind::Strong(text) => InlineKind::Strong(coded(text)),
            InlineKind::Strike(text) => InlineKind::Strike(coded(text)),
            InlineKind::Superscript(text) => InlineKind::Superscript(coded(text)),
            InlineKind::Subscript(text) => InlineKind::Subscript(coded(text)),
            InlineKind::Underline(text) => InlineKind::Underline(coded(text)),
            InlineKind::Keyboard(text) => InlineKind::Keyboard(coded(text)),
            InlineKind::Abbreviation { expansion, text } => InlineKind::Abbreviation { expansion, text: coded(text) },
            InlineKind::Link { target, title, text } => InlineKind::Link { target, title, text: coded(text) },
            InlineKind::Span { attributes, text } => InlineKind::Span { attributes, text: coded(text) },
            InlineKind::Index { entry, text } => InlineKind::Index { entry, text: coded(text) },
            kind @ (InlineKind::Code(_)
            | InlineKind::Picture(_)
            | InlineKind::Formula(_)
            | InlineKind::NoteCall(_)
            | InlineKind::PageOf(_)
            | InlineKind::Break) => kind,
        };
        if let (Some(Inline { kind: InlineKind::Code(last), .. }), InlineKind::Code(text)) = (out.last_mut(), &kind) {
            last.push_str(text);
        } else {
            out.push(Inline { kind, span });
        }
    }
    out
}
