//! Inlines → a leaf's text: one string, marks on it, atoms in it.
//!
//! In:     inlines as written.
//! Out:    [`Text`] with typographic signs, resolved links, note calls.
//! Faults: `picture.alt`, `math.unread`, `note.unknown`, those of links.
//! Absent: nodes.

use super::{Term, Writer};
use crate::base::{Diagnostic, Span};
use crate::book::inline::{IndexEntry, plain};
use crate::book::{Attributes, Formula, Inline, InlineKind, Picture};
use crate::formula;
use crate::layout::reference::Resolved;
use crate::layout::tree::{ATOM, Anchor, Atom, AtomAt, Link, Mark, MarkedRange, Note, NoteId, PlacedPicture, Text};
use crate::layout::{NodeId, typography};
use std::sync::Arc;

impl Writer<'_> {
    /// The settled text of a leaf in the language around.
    pub(super) fn text(&mut self, inlines: &[Inline]) -> Text {
        let mut out = Text::default();
        for anchor in self.carried.drain(..) {
            out.marks.push(MarkedRange { range: 0..0, mark: Mark::Anchor(anchor) });
        }
        self.inlines(inlines, &mut out);
        typography::set(&mut out, self.lang(), self.given.theme.smart_punctuation);
        out.marks.retain(|mark| !mark.range.is_empty() || matches!(mark.mark, Mark::Anchor(_)));
        out
    }

    fn inlines(&mut self, inlines: &[Inline], out: &mut Text) {
        for inline in inlines {
            self.inline(inline, out);
        }
    }

    fn inline(&mut self, inline: &Inline, out: &mut Text) {
        let at = inline.span;
        match &inline.kind {
            InlineKind::Text(text) => push_text(text, out),
            InlineKind::Code(text) => {
                let from = open(out, Mark::Code);
                push_text(text, out);
                close(out, from);
            }
            InlineKind::Emphasis(inner) => self.marked(Mark::Emphasis, inner, out),
            InlineKind::Strong(inner) => self.marked(Mark::Strong, inner, out),
            InlineKind::Strike(inner) => self.marked(Mark::Strike, inner, out),
            InlineKind::Superscript(inner) => self.marked(Mark::Superscript, inner, out),
            InlineKind::Subscript(inner) => self.marked(Mark::Subscript, inner, out),
            InlineKind::Underline(inner) => self.marked(Mark::Underline, inner, out),
            InlineKind::Keyboard(inner) => self.marked(Mark::Keyboard, inner, out),
            InlineKind::Abbreviation { expansion, text } => {
                self.marked(Mark::Abbreviation(expansion.as_str().into()), text, out)
            }
            InlineKind::Link { target, text, .. } => self.link(target, text, at, out),
            InlineKind::Span { attributes, text } => self.span(attributes, text, out),
            InlineKind::Picture(picture) => {
                let placed = self.placed(picture);
                push_atom(Atom::Picture(placed), out);
            }
            InlineKind::Formula(formula) => match self.formula_of(formula) {
                Some(read) => push_atom(Atom::Formula(read), out),
                None => {
                    let from = open(out, Mark::Code);
                    push_text(&formula.source, out);
                    close(out, from);
                }
            },
            InlineKind::NoteCall(name) => self.note_call(name, at, out),
            InlineKind::Index { entry, text } => self.term(entry, text, at, out),
            InlineKind::PageOf(target) => self.page_of(target, at, out),
            InlineKind::Break => push_atom(Atom::Break, out),
            // A space; between characters that are written without spaces, nothing.
            InlineKind::SoftBreak => match self.lang().primary() {
                "ja" | "zh" => {}
                _ => out.string.push(' '),
            },
        }
    }

    fn marked(&mut self, mark: Mark, inner: &[Inline], out: &mut Text) {
        let from = open(out, mark);
        self.inlines(inner, out);
        close(out, from);
    }

    fn span(&mut self, attributes: &Attributes, inner: &[Inline], out: &mut Text) {
        if attributes.has_class("hidden") {
            return;
        }
        let mut opened = Vec::new();
        if let Some(anchor) = self.anchor(attributes) {
            opened.push(open(out, Mark::Anchor(anchor)));
        }
        let lang = attributes.lang.clone().filter(|lang| lang != self.lang());
        if let Some(lang) = &lang {
            opened.push(open(out, Mark::Lang(lang.clone())));
        }
        for class in &attributes.classes {
            opened.push(open(
                out,
                match class.as_str() {
                    "smallcaps" => Mark::SmallCaps,
                    "sans" => Mark::Sans,
                    _ => Mark::Class(class.clone()),
                },
            ));
        }
        self.enter(lang.as_ref());
        self.inlines(inner, out);
        self.leave(lang.as_ref());
        opened.into_iter().rev().for_each(|from| close(out, from));
    }

    fn link(&mut self, target: &str, inner: &[Inline], at: Span, out: &mut Text) {
        let wants_label =
            plain(inner).trim().is_empty() && !inner.iter().any(|i| matches!(i.kind, InlineKind::Picture(_)));
        // A link in a link cannot be shown; the outer one counts.
        if self.in_link {
            return self.inlines(inner, out);
        }
        let resolved = self.given.register.resolve(target, self.section, wants_label, at, &mut self.draft.sink);
        let (link, label) = match resolved {
            Resolved::Inside(target) => (Link::Inside(target.anchor.clone()), target.label.clone()),
            Resolved::Outside(url) => {
                let shown = url.trim_start_matches("mailto:").to_owned();
                (Link::Outside(url), shown)
            }
            Resolved::Nowhere => {
                // The fault is told; the text stands alone.
                if wants_label {
                    out.string.push('?');
                }
                return self.inlines(inner, out);
            }
        };
        let from = open(out, Mark::Link(link));
        self.in_link = true;
        self.inlines(inner, out);
        self.in_link = false;
        if wants_label {
            push_text(&label, out);
        }
        close(out, from);
    }

    fn page_of(&mut self, target: &str, at: Span, out: &mut Text) {
        match self.given.register.resolve(target, self.section, true, at, &mut self.draft.sink) {
            Resolved::Inside(target) => {
                let (to, label) = (target.anchor.clone(), target.label.clone());
                let from = if self.in_link { None } else { Some(open(out, Mark::Link(Link::Inside(to.clone())))) };
                push_atom(Atom::PageRef { to, label }, out);
                from.into_iter().for_each(|from| close(out, from));
            }
            Resolved::Outside(url) => {
                let message = format!("\"{url}\" is not in this book: it has no page");
                let hint = "name a chapter, or an id in one";
                self.draft.sink.push(Diagnostic::error("ref.unknown", message).at(at).hint(hint));
            }
            Resolved::Nowhere => out.string.push('?'),
        }
    }

    fn term(&mut self, entry: &IndexEntry, text: &[Inline], at: Span, out: &mut Text) {
        if !self.given.theme.lists.index {
            return self.inlines(text, out);
        }
        // A dot stands in no other anchor, so that this one is free.
        let anchor = Anchor(format!("{}.i{}", self.draft.anchor, self.draft.terms.len() + 1).into());
        self.draft.terms.push(Term { entry: entry.clone(), anchor: anchor.clone(), at });
        self.marked(Mark::Anchor(anchor), text, out);
    }

    fn note_call(&mut self, name: &str, at: Span, out: &mut Text) {
        let Some(&body) = self.bodies.get(name) else {
            let message = format!("there is no note \"[^{name}]\" in this file");
            let hint = format!("write its text: [^{name}]: …");
            self.draft.sink.push(Diagnostic::warning("note.unknown", message).at(at).hint(hint));
            return push_text(&format!("[^{name}]"), out);
        };
        let number = *self.numbers.entry(&body.name).or_insert_with(|| {
            self.called.push(body);
            let label = self.called.len().to_string();
            // The body is set once the section's text is.
            self.draft.notes.push(Note { label, body: NodeId(0), calls: Vec::new() });
            self.called.len() - 1
        });
        // Calls in a leaf are counted when the leaf is pushed: those before this one stand in its text.
        let note = NoteId(number as u32);
        let here = out.atoms.iter().filter(|a| matches!(a.atom, Atom::NoteCall { note: n, .. } if n == note)).count();
        let nth = self.draft.notes[number].calls.len() + here + 1;
        let name = format!("{}.call{}", self.draft.anchor, number + 1);
        let anchor = Anchor(if nth == 1 { name } else { format!("{name}.{nth}") }.into());
        push_atom(Atom::NoteCall { note, anchor }, out);
    }

    /// Reads a formula. `None`: the fault is told, and the source is shown in its place.
    pub(super) fn formula_of(&mut self, written: &Formula) -> Option<Arc<formula::Formula>> {
        match formula::read(written) {
            Ok(read) => Some(Arc::new(read)),
            Err(unread) => {
                let Span { file, start, end } = written.at;
                // Where the text was changed on its way here, only the whole is known.
                let is_whole = (end - start) as usize != written.source.len() || unread.at.is_empty();
                let at = match is_whole {
                    true => written.at,
                    false => Span::new(file, start as usize + unread.at.start, start as usize + unread.at.end),
                };
                let message = format!("this formula cannot be read: {}", unread.message);
                let hint = "it is shown as it is typed; formulas are written in LaTeX, a dollar that is none as \\$";
                self.draft.sink.push(Diagnostic::warning("math.unread", message).at(at).hint(hint));
                None
            }
        }
    }

    pub(super) fn placed(&mut self, picture: &Picture) -> PlacedPicture {
        let alt = picture.alt.as_deref().unwrap_or_default().trim();
        if alt.is_empty() && !picture.decorative {
            let fault = Diagnostic::warning("picture.alt", "this picture has no text for those who cannot see it");
            let hint = "write ![what it shows](…), or mark it {.decorative}";
            self.draft.sink.push(fault.at(picture.span).hint(hint));
        }
        PlacedPicture {
            picture: picture.id,
            alt: if picture.decorative {
                String::new()
            } else {
                typography::plain(alt, self.lang(), self.given.theme.smart_punctuation)
            },
            decorative: picture.decorative,
            width: picture.width,
        }
    }
}

fn open(out: &mut Text, mark: Mark) -> usize {
    let at = out.string.len() as u32;
    out.marks.push(MarkedRange { range: at..at, mark });
    out.marks.len() - 1
}

fn close(out: &mut Text, from: usize) {
    out.marks[from].range.end = out.string.len() as u32;
}

fn push_atom(atom: Atom, out: &mut Text) {
    out.atoms.push(AtomAt { at: out.string.len() as u32, atom });
    out.string.push(ATOM);
}

/// Pushes text as typed, without the characters that a leaf cannot hold.
fn push_text(text: &str, out: &mut Text) {
    if text.chars().all(is_text) {
        out.string.push_str(text)
    } else {
        out.string.extend(text.chars().filter_map(clean))
    }
}

fn is_text(c: char) -> bool {
    clean(c) == Some(c)
}

/// The sign of an atom is the tree's own, and XML has no control characters (XML 1.0, 2.2).
pub(super) fn clean(c: char) -> Option<char> {
    match c {
        ATOM => Some(char::REPLACEMENT_CHARACTER),
        '\t' | '\n' => Some(c),
        '\u{FFFE}' | '\u{FFFF}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    }
}
