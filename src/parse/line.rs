//! Gathers the inlines of a line, and finds in their text what Markdown does not know: bracketed spans, attributes after
//! something, index terms, references to pages.
//!
//! In:     runs of text with their places, and inlines between them.
//! Out:    [`Inlines`], neighbouring texts joined.
//! Faults: `note.missing`, which here shows as `[^name]` left in the text.
//! Absent: nodes.

use super::attribute;
use super::formula::{self, COVER, Covers};
use super::term;
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Sink, Span};
use crate::book::{Attributes, Formula, Inline, InlineKind, Inlines};
use crate::source::{Map, include_scan};
use std::borrow::Cow;
use std::ops::Range;

/// Brackets open at a time that may still become a span: more are text.
const OPEN_AT_MOST: usize = 4;
/// The first byte of a formula's cover.
const COVER_BYTE: u8 = 0xEF;

/// Text of neighbouring nodes as one string, soft line ends as `\n`.
#[derive(Default)]
pub struct Run<'a> {
    pub text: Cow<'a, str>,
    /// Where each node's text starts in `text`, and the bytes of the expanded text it came from.
    pieces: Vec<(usize, Range<usize>)>,
    /// Bytes of `text` with a backslash before them in the source: they are no signs.
    escaped: Vec<usize>,
}

impl<'a> Run<'a> {
    pub fn push(&mut self, text: Cow<'a, str>, range: Range<usize>, is_escaped: bool) {
        let at = self.text.len();
        if is_escaped {
            self.escaped.push(at);
        }
        self.pieces.push((at, range));
        if at == 0 {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.escaped.binary_search(&at).is_ok()
    }

    /// The bytes of the expanded text behind a range of this one.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let after = self.pieces.partition_point(|(start, _)| *start <= at);
            self.pieces.get(after.saturating_sub(1))
        };
        let start = of(range.start).map_or(0, |(start, from)| (from.start + range.start - start).min(from.end));
        let last = range.end.max(range.start + 1) - 1;
        let end = of(last).map_or(start, |(start, from)| (from.start + last - start + 1).min(from.end));
        start..end.max(start)
    }
}

/// The line being gathered.
pub struct Line<'m, 's> {
    map: &'m Map,
    pub sink: &'s mut Sink,
    /// The names of notes that have a body, for hints.
    notes: &'m [String],
    covers: Covers<'m>,
    out: Inlines,
    open: Vec<Open>,
    /// What stands before this index in `out` is not joined with what comes.
    barrier: usize,
}

struct Open {
    /// The index in `out` of the text that opened it.
    at: usize,
    is_term: Option<bool>,
    start: usize,
}

impl<'m, 's> Line<'m, 's> {
    pub fn new(map: &'m Map, notes: &'m [String], covers: Covers<'m>, sink: &'s mut Sink) -> Line<'m, 's> {
        Line { map, sink, notes, covers, out: Vec::new(), open: Vec::new(), barrier: 0 }
    }

    pub fn push(&mut self, kind: InlineKind, span: Span) {
        self.out.push(Inline { kind, span });
    }

    pub fn extend(&mut self, inlines: Inlines) {
        self.out.extend(inlines);
    }

    pub fn text(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        if self.out.len() > self.barrier
            && let Some(Inline { kind: InlineKind::Text(last), span: of_last }) = self.out.last_mut()
        {
            last.push_str(text);
            if of_last.file == span.file {
                of_last.end = of_last.end.max(span.end);
            }
            return;
        }
        self.push(InlineKind::Text(text.to_owned()), span);
    }

    /// Adds a run; one directly after a picture, link or code may begin with its attributes.
    pub fn run(&mut self, run: &Run, is_directly_after: bool) {
        let text: &str = &run.text;
        let mut from = 0;
        if is_directly_after
            && !run.is_escaped(0)
            && let Some((attributes, length)) = attribute::read(text)
        {
            self.attach(attributes, self.map.span(run.place(0..length)));
            from = length;
        }
        let mut at = from;
        while let Some(sign) = text.as_bytes()[at..]
            .iter()
            .position(|b| matches!(*b, b'[' | b']' | b'{' | b'}' | COVER_BYTE))
            .map(|n| n + at)
        {
            at = sign + 1;
            let Some(rest) = text.get(sign..).filter(|_| !run.is_escaped(sign)) else { continue };
            match rest.as_bytes()[0] {
                COVER_BYTE => {
                    let place = run.place(sign..sign + 1).start;
                    let covered = if rest.starts_with(COVER) { self.covers.at(place, self.map) } else { None };
                    if let Some((formula, length)) = covered {
                        self.plain(run, from..sign);
                        let end = (sign + length).min(text.len());
                        from = end + self.formula(formula, run, sign..end);
                        at = from;
                    }
                }
                b'[' if self.open.len() < OPEN_AT_MOST => {
                    self.plain(run, from..sign);
                    self.open(run, sign, 1, None);
                    from = at;
                }
                b']' if self.open.last().is_some_and(|open| open.is_term.is_none()) => {
                    self.plain(run, from..sign);
                    from = sign + self.close_bracket(run, sign);
                    at = from.max(at);
                }
                b'{' => {
                    if let Some((found, length)) = term::read(rest) {
                        self.plain(run, from..sign);
                        let place = run.place(sign..sign + length);
                        self.push(found.inline(self.map.span(place.clone())), self.map.span(place));
                        from = sign + length;
                        at = from;
                    } else if let Some((is_shown, length)) =
                        term::opening(rest).filter(|_| self.open.len() < OPEN_AT_MOST)
                    {
                        self.plain(run, from..sign);
                        self.open(run, sign, length, Some(is_shown));
                        from = sign + length;
                        at = from;
                    } else if let Some(name) = term::directive(rest).filter(|name| !include_scan::answers_for(name)) {
                        let message = format!("\"{{{{#{name} …}}}}\" is for a preprocessor that is not run here");
                        let told = Diagnostic::warning("directive.unknown", message);
                        let place = self.map.span(run.place(sign..sign + 3 + name.len()));
                        self.sink.push(told.at(place).hint("it is shown as written: write what it stands for"));
                    }
                }
                b'}' if rest.starts_with("}}") && self.open.last().is_some_and(|open| open.is_term.is_some()) => {
                    self.plain(run, from..sign);
                    self.close_term(run, sign);
                    from = sign + 2;
                    at = from;
                }
                _ => {}
            }
        }
        self.plain(run, from..text.len());
    }

    /// A formula; hands back how many bytes of attributes stand behind it: `$$…$$ {#eq-x}`.
    fn formula(&mut self, formula: Formula, run: &Run, range: Range<usize>) -> usize {
        let span = self.map.span(run.place(range.clone()));
        if let Some(target) = formula::reference(&formula.source) {
            self.push(InlineKind::Link { target, title: String::new(), text: Vec::new() }, span);
            return 0;
        }
        // Nothing but definitions.
        if formula.source.trim().is_empty() {
            return 0;
        }
        let is_display = formula.is_display;
        let named = formula::label(&formula.source).filter(|_| is_display);
        self.push(InlineKind::Formula(formula), span);
        let rest = &run.text[range.end..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\n']).len();
        let found = if is_display { attribute::read(&rest[gap..]) } else { None };
        if let Some((attributes, length)) = found {
            let at = range.end + gap;
            self.attach(attributes, self.map.span(run.place(at..at + length)));
            return gap + length;
        }
        if named.is_some() {
            self.attach(Attributes { id: named, ..Attributes::default() }, span);
        }
        0
    }

    /// Text without signs: line ends become soft breaks.
    fn plain(&mut self, run: &Run, range: Range<usize>) {
        let mut at = range.start;
        for (number, piece) in run.text[range].split('\n').enumerate() {
            if number > 0 {
                let span = self.map.span(run.place(at - 1..at));
                self.push(InlineKind::SoftBreak, span);
            }
            if !piece.is_empty() {
                let span = self.map.span(run.place(at..at + piece.len()));
                self.text(piece, span);
            }
            at += piece.len() + 1;
        }
    }

    fn open(&mut self, run: &Run, sign: usize, length: usize, is_term: Option<bool>) {
        let place = run.place(sign..sign + length);
        self.open.push(Open { at: self.out.len(), is_term, start: place.start });
        let written = run.text[sign..sign + length].to_owned();
        self.push(InlineKind::Text(written), self.map.span(place));
        self.barrier = self.out.len();
    }

    /// Closes a bracket, and hands back how many bytes it took: with attributes after it, it becomes a span.
    fn close_bracket(&mut self, run: &Run, sign: usize) -> usize {
        let Some(open) = self.open.pop() else { return 0 };
        let attributes = if run.is_escaped(sign + 1) { None } else { attribute::read(&run.text[sign + 1..]) };
        let end = sign + 1 + attributes.as_ref().map_or(0, |(_, length)| *length);
        let span = self.map.span(open.start..run.place(sign..end).end);
        match attributes {
            Some((mut attributes, length)) => {
                attribute::language(&mut attributes, span, self.sink);
                let text = self.out.split_off(open.at + 1);
                self.out.pop();
                self.push(InlineKind::Span { attributes, text }, span);
                self.barrier = self.out.len();
                1 + length
            }
            None => {
                self.look_for_note(open.at, span);
                0
            }
        }
    }

    /// `[^name]` that is no call has no body.
    fn look_for_note(&mut self, at: usize, span: Span) {
        let [Inline { kind: InlineKind::Text(text), .. }] = &self.out[at + 1..] else { return };
        let Some(name) = text.strip_prefix('^') else { return };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if is_name {
            let told =
                Diagnostic::warning("note.missing", format!("no note \"[^{name}]: …\" in this chapter")).at(span);
            let near = nearest(name, self.notes.iter().map(String::as_str));
            self.sink.push(match near {
                Some(near) => told.hint(format!("did you mean [^{near}]?")),
                None => {
                    told.hint("write the note's text on a line of its own; a bracket that is no note is written \\[")
                }
            });
        }
    }

    fn close_term(&mut self, run: &Run, sign: usize) {
        let Some(Open { at, is_term: Some(is_shown), start }) = self.open.pop() else { return };
        let text = self.out.split_off(at + 1);
        self.out.pop();
        let span = self.map.span(start..run.place(sign..sign + 2).end);
        if let Some(kind) = term::of_inlines(text, is_shown) {
            self.push(kind, span);
        }
        self.barrier = self.out.len();
    }

    /// Puts attributes on the inline before.
    fn attach(&mut self, mut attributes: Attributes, at: Span) {
        attribute::language(&mut attributes, at, self.sink);
        let Some(mut last) = self.out.pop() else { return };
        if let InlineKind::Picture(picture) = &mut last.kind {
            super::picture::attach(picture, &mut attributes, at, self.sink);
        }
        if attributes.is_empty() {
            self.out.push(last);
        } else {
            let span = Span {
                end: if last.span.file == at.file { at.end.max(last.span.end) } else { last.span.end },
                ..last.span
            };
            self.push(InlineKind::Span { attributes, text: vec![last] }, span);
        }
    }

    pub fn finish(self) -> Inlines {
        if self.barrier == 0 {
            return self.out;
        }
        // Texts that a bracket kept apart.
        let mut out: Inlines = Vec::with_capacity(self.out.len());
        for inline in self.out {
            match (out.last_mut(), &inline.kind) {
                (Some(Inline { kind: InlineKind::Text(last), span }), InlineKind::Text(text)) => {
                    last.push_str(text);
                    if span.file == inline.span.file {
                        span.end = span.end.max(inline.span.end);
                    }
                }
                _ => out.push(inline),
            }
        }
        out
    }
}
