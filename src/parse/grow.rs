//! Grows the raw tree: Markdown's blocks nest by themselves, HTML's tags are matched here, across Markdown's events.
//!
//! In:     starts, ends and leaves from `markdown`; tags and text from `html`.
//! Out:    [`Nodes`].
//! Faults: `html.unclosed`, `html.unopened`, `html.unknown`, `nesting.deep`.
//! Absent: what the nodes mean in a book.
//!
//! An end tag closes the nearest open element of its name, but not one that was opened outside the Markdown block it
//! stands in. Where a paragraph swallowed the end tag of the element around it, that element closes with the paragraph.

use super::element::{Display, display, ended_by, is_void, may_stay_open};
use super::formula::{COVER, FILL};
use super::html::{Token, TokenKind};
use super::node::{Element, Id, Kind, Nodes};
use crate::base::{Diagnostic, Sink};
use crate::source::Map;
use std::borrow::Cow;
use std::ops::Range;

/// How deep a text may nest. Books reach eight or nine; every later phase may rely on it.
pub const DEEPEST: usize = 48;
/// Open elements searched for the one that an end tag closes: far more than [`DEEPEST`] can show.
const SEARCHED_AT_MOST: usize = 200;
/// Faults of tags told in one chapter: after these the rest are echoes.
const TOLD_AT_MOST: usize = 20;

pub struct Grower<'a, 's> {
    text: &'a str,
    map: &'s Map,
    sink: &'s mut Sink,
    nodes: Nodes<'a>,
    stack: Vec<Frame>,
    /// Elements that end when the paragraph now open does.
    ends_with_paragraph: Vec<String>,
    /// The start of the drawing now open, and how many `<svg>` are open in it.
    drawing: Option<(usize, usize)>,
    told: usize,
    told_depth: bool,
}

struct Frame {
    /// Where what comes is put: the frame's own node, or an outer one beyond [`DEEPEST`].
    node: Id,
    range: Range<usize>,
    kind: FrameKind,
}

enum FrameKind {
    Paragraph,
    Markdown,
    Html { name: String, own: bool },
}

impl<'a, 's> Grower<'a, 's> {
    pub fn new(text: &'a str, map: &'s Map, sink: &'s mut Sink) -> Grower<'a, 's> {
        let nodes = Nodes::new(text.len());
        let (stack, ends_with_paragraph) = (Vec::new(), Vec::new());
        Grower { text, map, sink, nodes, stack, ends_with_paragraph, drawing: None, told: 0, told_depth: false }
    }

    pub fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    fn top(&self) -> Id {
        self.stack.last().map_or(Nodes::ROOT, |frame| frame.node)
    }

    pub fn leaf(&mut self, kind: Kind<'a>, range: Range<usize>) {
        if self.drawing.is_none() {
            self.nodes.push(self.top(), kind, range);
        }
    }

    /// Opens a block or span of Markdown.
    pub fn open(&mut self, kind: Kind<'a>, range: Range<usize>) {
        self.end_drawing(&range);
        let frame = if matches!(kind, Kind::Paragraph) { FrameKind::Paragraph } else { FrameKind::Markdown };
        let node = self.place(kind, &range).unwrap_or_else(|| self.top());
        self.stack.push(Frame { node, range, kind: frame });
    }

    /// Pushes a node under the open one, unless that is as deep as may be.
    fn place(&mut self, kind: Kind<'a>, range: &Range<usize>) -> Option<Id> {
        if self.stack.len() < DEEPEST {
            return Some(self.nodes.push(self.top(), kind, range.clone()));
        }
        if !self.told_depth {
            self.told_depth = true;
            let told = Diagnostic::warning("nesting.deep", format!("this text nests more than {DEEPEST} deep"));
            self.sink.push(told.at(self.map.span(range.clone())).hint("what stands deeper is shown at that depth"));
        }
        None
    }

    /// Closes the Markdown block or span opened last, and the elements left open in it.
    pub fn close(&mut self, range: &Range<usize>) {
        self.end_drawing(range);
        while let Some(frame) = self.stack.pop() {
            match frame.kind {
                FrameKind::Html { name, own } => self.unclosed(&name, own, frame.node, frame.range),
                FrameKind::Markdown => return,
                FrameKind::Paragraph => {
                    for name in std::mem::take(&mut self.ends_with_paragraph) {
                        self.end(&name, range.clone());
                    }
                    return;
                }
            }
        }
    }

    pub fn finish(mut self) -> Nodes<'a> {
        let end = self.text.len()..self.text.len();
        self.end_drawing(&end);
        while let Some(frame) = self.stack.pop() {
            if let FrameKind::Html { name, own } = frame.kind {
                self.unclosed(&name, own, frame.node, frame.range);
            }
        }
        self.nodes
    }

    /// Takes HTML; `place` leads from a byte of it to a byte of the text.
    pub fn html(&mut self, tokens: Vec<Token>, place: impl Fn(usize) -> usize) {
        for Token { range, kind } in tokens {
            let range = place(range.start)..place(range.end.max(range.start + 1) - 1) + 1;
            match kind {
                TokenKind::Start { name, attributes, is_closed } => self.start(name, attributes, is_closed, range),
                TokenKind::End { name } => self.end(&name, range),
                TokenKind::Text(text) if text.contains(COVER) => self.covered(&text, range),
                TokenKind::Text(text) => {
                    let text = if self.is_within("pre") { text } else { collapse(&text) };
                    self.leaf(Kind::Text(Cow::Owned(text)), range);
                }
            }
        }
    }

    /// Text with formulas: the cover of each stands by itself, so that its place is known.
    fn covered(&mut self, text: &str, range: Range<usize>) {
        let mut from = range.start;
        for (number, part) in text.split(COVER).enumerate() {
            let cover = if number == 0 { 0 } else { part.len() - part.trim_start_matches(FILL).len() };
            if number > 0 {
                let Some(at) = self.text.get(from..range.end).and_then(|rest| rest.find(COVER)).map(|n| n + from)
                else {
                    return;
                };
                from = at + COVER.len_utf8() + cover;
                self.leaf(Kind::Text(Cow::Owned(format!("{COVER}{}", &part[..cover]))), at..from);
            }
            if cover < part.len() {
                self.leaf(Kind::Text(Cow::Owned(collapse(&part[cover..]))), from..range.end);
            }
        }
    }

    fn is_within(&self, wanted: &str) -> bool {
        let near = self.stack.iter().rev().take(DEEPEST);
        near.into_iter().any(|frame| matches!(&frame.kind, FrameKind::Html { name, .. } if name == wanted))
    }

    fn start(&mut self, name: String, attributes: Vec<(String, String)>, is_closed: bool, range: Range<usize>) {
        if let Some((_, depth)) = &mut self.drawing {
            *depth += usize::from(name == "svg" && !is_closed);
            return;
        }
        if name == "svg" && !is_closed {
            self.drawing = Some((range.start, 1));
            return;
        }
        self.end_implied(&name);
        let is_closed = is_closed || is_void(&name);
        let element = Element { name: name.clone(), attributes, is_closed };
        let node = self.place(Kind::Element(element), &range);
        if !is_closed {
            let own = node.is_some();
            let node = node.unwrap_or_else(|| self.top());
            self.stack.push(Frame { node, range, kind: FrameKind::Html { name, own } });
        }
    }

    /// Closes what a start tag ends without an end tag: `<li>` the `<li>` before it.
    fn end_implied(&mut self, name: &str) {
        let (ended, beyond) = ended_by(name);
        let mut last = None;
        for (at, frame) in self.stack.iter().enumerate().rev().take(SEARCHED_AT_MOST) {
            match &frame.kind {
                FrameKind::Html { name, .. } if beyond.contains(&name.as_str()) => break,
                FrameKind::Html { name, .. } if ended.contains(&name.as_str()) => last = Some(at),
                FrameKind::Html { .. } => {}
                FrameKind::Paragraph | FrameKind::Markdown => break,
            }
        }
        if let Some(at) = last {
            self.cut(at, true);
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        if let Some((start, depth)) = &mut self.drawing {
            *depth -= usize::from(name == "svg");
            if *depth == 0 {
                let drawn = *start..range.end;
                self.drawing = None;
                self.leaf(Kind::Drawing, drawn);
            }
            return;
        }
        if is_void(name) {
            return;
        }
        let mut is_swallowed = false;
        for (at, frame) in self.stack.iter().enumerate().rev().take(SEARCHED_AT_MOST) {
            match &frame.kind {
                FrameKind::Html { name: open, .. } if open == name => {
                    if is_swallowed {
                        self.ends_with_paragraph.push(name.to_owned());
                    } else {
                        self.cut(at, false);
                    }
                    return;
                }
                FrameKind::Html { .. } => {}
                FrameKind::Paragraph if !is_swallowed => is_swallowed = true,
                FrameKind::Paragraph | FrameKind::Markdown => break,
            }
        }
        // `</p>` may end a paragraph that a block within it has ended already.
        if name != "p" && display(name) != Display::Unknown {
            self.tell(Diagnostic::warning("html.unopened", format!("</{name}> ends nothing that is open")), range);
        }
    }

    /// Closes the frames from `at` on; the first of them is closed rightly, those within it are not.
    fn cut(&mut self, at: usize, quietly: bool) {
        while self.stack.len() > at + 1 {
            if let Some(Frame { kind: FrameKind::Html { name, own }, node, range }) = self.stack.pop()
                && !quietly
            {
                self.unclosed(&name, own, node, range);
            }
        }
        if let Some(frame) = self.stack.pop() {
            self.mark_closed(&frame);
        }
    }

    fn mark_closed(&mut self, frame: &Frame) {
        if let (FrameKind::Html { own: true, .. }, Kind::Element(element)) =
            (&frame.kind, &mut self.nodes.get_mut(frame.node).kind)
        {
            element.is_closed = true;
        }
    }

    fn unclosed(&mut self, name: &str, own: bool, node: Id, range: Range<usize>) {
        if may_stay_open(name) {
            if let (true, Kind::Element(element)) = (own, &mut self.nodes.get_mut(node).kind) {
                element.is_closed = true;
            }
            return;
        }
        let written = self.text.get(range.clone()).unwrap_or_default();
        let told = if display(name) == Display::Unknown {
            let told =
                Diagnostic::warning("html.unknown", format!("{written} reads like an element of HTML, and is none"));
            told.hint("it is shown as it stands; write code between backticks, or \\< for the sign")
        } else {
            Diagnostic::warning("html.unclosed", format!("<{name}> is never closed"))
                .hint(format!("write </{name}> in the same block"))
        };
        self.tell(told, range);
    }

    fn tell(&mut self, told: Diagnostic, range: Range<usize>) {
        self.told += 1;
        if self.told <= TOLD_AT_MOST {
            self.sink.push(told.at(self.map.span(range)));
        }
    }

    /// A drawing must end in the block it starts in.
    fn end_drawing(&mut self, range: &Range<usize>) {
        if let Some((start, _)) = self.drawing.take() {
            let told =
                Diagnostic::warning("html.unclosed", "<svg> is never closed").hint("a drawing may hold no empty line");
            self.tell(told, start..range.start.max(start));
        }
    }
}

/// White space of HTML text as one space, or as one line end where it holds one.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space: Option<char> = None;
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\u{C}') {
            space = if c == '\n' { Some('\n') } else { space.or(Some(' ')) };
        } else {
            out.extend(space.take());
            out.push(c);
        }
    }
    out.extend(space);
    out
}
