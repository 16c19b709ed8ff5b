//! The text of one leaf → XHTML phrasing content: marks, atoms, page marks.
//!
//! In:     a [`Text`] whose marks are properly nested; the page starts that lie in it.
//! Out:    characters and inline elements, appended to the file.
//! Absent: blocks.

use super::pages::Places;
use super::xhtml::Writer;
use super::{Edition, scale, xml};
use crate::base::Lang;
use crate::base::lang::Direction;
use crate::book::block::PictureWidth;
use crate::formula::mathml;
use crate::layout::tree::{Atom, Link, Mark, NodeId, PlacedPicture, Text};
use crate::theme::Role;

/// Classes of the elements whose text is not a leaf's text: markers, labels of notes, page numbers, formulas. Whoever compares
/// the e-book's text with the tree's leaves them out.
pub const MADE_CLASSES: [&str; 7] =
    ["note-call", "note-label", "back-link", "page-ref", "task", "no-picture", mathml::CLASS];

/// What may stand in the text besides its characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allowed {
    /// Links; not within a link, such as a line of the contents.
    pub links: bool,
    /// References to printed pages; not in contents and lists, where the title is the link.
    pub page_refs: bool,
    /// Names of places and page marks; not where the text is shown a second time.
    pub places: bool,
}

impl Allowed {
    pub const ALL: Allowed = Allowed { links: true, page_refs: true, places: true };
    pub const TITLE: Allowed = Allowed { links: false, page_refs: false, places: true };
}

/// An open element and the byte at which it ends.
struct Open {
    end: u32,
    close: &'static str,
    is_link: bool,
}

impl Writer<'_> {
    /// Writes a leaf's text. Page marks that wait for a place are written first.
    pub fn leaf_text(&mut self, leaf: NodeId, text: &Text, allowed: Allowed) {
        self.page_marks_before(leaf);
        let end = text.string.len() as u32;
        let places = Places::of(text);
        let mut open: Vec<Open> = Vec::new();
        let (mut at, mut mark, mut atom) = (0, 0, 0);
        loop {
            while let Some(top) = open.pop_if(|top| top.end <= at) {
                self.out.push_str(top.close);
            }
            while let Some((index, start)) = self.next_page_in(leaf) {
                let place = places.settle(start);
                if place > at {
                    break;
                }
                self.page_mark(index, "span");
            }
            while let Some(next) = text.marks.get(mark).filter(|next| next.range.start <= at) {
                mark += 1;
                let last = open.last().map_or(end, |top| top.end);
                let in_link = open.iter().any(|open| open.is_link);
                let element = self.open_mark(leaf, &next.mark, allowed, in_link);
                let Some(close) = element else { continue };
                let ends = next.range.end.min(last);
                if ends <= at {
                    self.out.push_str(close);
                } else {
                    open.push(Open { end: ends, close, is_link: close == "</a>" });
                }
            }
            if let Some(here) = text.atoms.get(atom).filter(|here| here.at <= at) {
                atom += 1;
                if here.at == at {
                    let in_link = open.iter().any(|open| open.is_link);
                    self.atom(leaf, &here.atom, Allowed { links: allowed.links && !in_link, ..allowed });
                    at += '\u{FFFC}'.len_utf8() as u32;
                }
                continue;
            }
            if at >= end {
                break;
            }
            let mut stop = end;
            stop = open.last().map_or(stop, |top| stop.min(top.end));
            stop = text.marks.get(mark).map_or(stop, |next| stop.min(next.range.start));
            stop = text.atoms.get(atom).map_or(stop, |next| stop.min(next.at));
            if let Some((_, start)) = self.next_page_in(leaf) {
                stop = stop.min(places.settle(start));
            }
            // Ranges lie on character bounds (the tree's invariant); were one not, its piece would be left out
            // rather than the program stopped.
            let stop = stop.max(at + 1);
            xml::text(&mut self.out, text.string.get(at as usize..stop as usize).unwrap_or_default());
            at = stop;
        }
        while let Some(top) = open.pop() {
            self.out.push_str(top.close);
        }
    }

    /// Opens the element of a mark; hands back how it is closed, or nothing where it shows nothing here.
    fn open_mark(&mut self, leaf: NodeId, mark: &Mark, allowed: Allowed, in_link: bool) -> Option<&'static str> {
        let (open, close) = match mark {
            Mark::Emphasis => ("<em>", "</em>"),
            Mark::Strong => ("<strong>", "</strong>"),
            Mark::Strike => ("<s>", "</s>"),
            Mark::Underline => ("<u>", "</u>"),
            Mark::SmallCaps => ("<span class=\"small-caps\">", "</span>"),
            Mark::LeadIn => ("<span class=\"lead-in\">", "</span>"),
            Mark::Sans => ("<span class=\"sans\">", "</span>"),
            Mark::Superscript => ("<sup>", "</sup>"),
            Mark::Subscript => ("<sub>", "</sub>"),
            Mark::Keyboard => ("<kbd>", "</kbd>"),
            Mark::Code => ("<code>", "</code>"),
            Mark::Label => ("<span class=\"label\">", "</span>"),
            Mark::Lang(lang) => {
                self.out.push_str("<span");
                self.language(lang);
                (">", "</span>")
            }
            Mark::Abbreviation(expansion) => {
                self.out.push_str("<abbr");
                xml::attribute(&mut self.out, "title", expansion);
                (">", "</abbr>")
            }
            Mark::Token(token) => {
                self.out.push_str("<span class=\"t-");
                self.out.push_str(token.name());
                ("\">", "</span>")
            }
            Mark::Link(link) => {
                let href = self.href(link).filter(|_| allowed.links && !in_link)?;
                self.out.push_str("<a");
                xml::attribute(&mut self.out, "href", &href);
                (">", "</a>")
            }
            Mark::Anchor(anchor) => {
                if !allowed.places || !self.is_here(anchor, leaf.0..leaf.0 + 1) {
                    return None;
                }
                self.out.push_str("<span");
                xml::attribute(&mut self.out, "id", &anchor.0);
                (">", "</span>")
            }
            Mark::Class(class) => {
                self.out.push_str("<span");
                self.author_classes("", std::slice::from_ref(class));
                (">", "</span>")
            }
        };
        self.out.push_str(open);
        Some(close)
    }

    fn href(&self, link: &Link) -> Option<String> {
        match link {
            Link::Inside(anchor) => self.edition.plan.href(self.edition.tree, Some(self.file), anchor),
            Link::Outside(url) => Some(url.clone()),
        }
    }

    fn atom(&mut self, leaf: NodeId, atom: &Atom, allowed: Allowed) {
        let tree = self.edition.tree;
        match atom {
            Atom::NoteCall { note, anchor } => {
                let Some(target) = tree.notes.get(note.0 as usize) else { return };
                if !allowed.links {
                    return;
                }
                let href = self.edition.note_href(self.file, *note);
                self.out.push_str("<sup class=\"note-call\"><a epub:type=\"noteref\" role=\"doc-noteref\"");
                xml::attribute(&mut self.out, "href", &href);
                if allowed.places {
                    xml::attribute(&mut self.out, "id", &anchor.0);
                }
                self.out.push('>');
                xml::text(&mut self.out, &target.label);
                self.out.push_str("</a></sup>");
            }
            Atom::Picture(picture) => self.picture(picture, "inline-picture"),
            Atom::PageRef { to, label } => {
                if !allowed.page_refs {
                    return;
                }
                let page = tree.place_of(to).and_then(|at| self.edition.pages.page_of(at));
                let shown = page.map_or(label.as_str(), |start| start.label.as_str());
                let href = self.edition.plan.href(tree, Some(self.file), to).filter(|_| allowed.links);
                match href {
                    Some(href) => {
                        self.out.push_str("<a class=\"page-ref\"");
                        xml::attribute(&mut self.out, "href", &href);
                        self.out.push('>');
                        self.page_shown(leaf, shown);
                        self.out.push_str("</a>");
                    }
                    None => {
                        self.out.push_str("<span class=\"page-ref\">");
                        self.page_shown(leaf, shown);
                        self.out.push_str("</span>");
                    }
                }
            }
            Atom::Formula(formula) => self.formula(leaf, formula),
            Atom::Break => self.out.push_str("<br/>"),
        }
    }

    /// Writes a page's number. Of places on one page only the first shows it bare; in an index the next ones are told
    /// apart by letters, for each is a link of its own (print names the page once).
    fn page_shown(&mut self, leaf: NodeId, label: &str) {
        xml::text(&mut self.out, label);
        if !matches!(self.edition.tree.node(leaf).role, Role::IndexEntry(_)) {
            return;
        }
        let turn = match self.last_page.take() {
            Some((of, last, turn)) if of == leaf && last == label => turn + 1,
            Some(_) | None => 0,
        };
        self.last_page = Some((leaf, label.to_owned(), turn));
        if turn > 0 {
            let letter = u8::try_from(turn).ok().filter(|turn| *turn < 26).map(|turn| char::from(b'a' + turn));
            let mark = letter.map_or_else(|| (turn + 1).to_string(), String::from);
            self.out.push_str("<sup>");
            self.out.push_str(&mark);
            self.out.push_str("</sup>");
        }
    }

    /// Writes a picture. One without a file shows its words instead.
    pub fn picture(&mut self, placed: &PlacedPicture, class: &str) {
        let known = placed.picture.and_then(|id| Some((id, self.edition.picture_names.get(&id)?)));
        let Some((id, name)) = known else {
            self.out.push_str("<span class=\"no-picture\">");
            xml::text(&mut self.out, &placed.alt);
            self.out.push_str("</span>");
            return;
        };
        let facts = self.edition.pictures.get(id);
        self.out.push_str("<img");
        // Dark lines on nothing bring their paper along, or they would vanish at night.
        let paper = if scale::is_see_through(facts) { " drawing" } else { "" };
        xml::attribute(&mut self.out, "class", &format!("{class}{paper}"));
        xml::attribute(&mut self.out, "src", name);
        // A picture without words for it is said to be decorative, lest a voice spell out its file name.
        xml::attribute(&mut self.out, "alt", if placed.decorative { "" } else { &placed.alt });
        if placed.decorative || placed.alt.is_empty() {
            self.out.push_str(" role=\"presentation\"");
        }
        match placed.width {
            Some(PictureWidth::OfMeasure(part)) => {
                let percent = (part * 100.0).clamp(1.0, 100.0).round();
                self.out.push_str(&format!(" style=\"width: {percent}%\""));
            }
            Some(PictureWidth::Length(width)) => {
                self.out.push_str(&format!(" style=\"width: {:.1}mm\"", width.to_mm().max(1.0)));
            }
            // The reader keeps the place free while the picture loads.
            None => self.out.push_str(&format!(" width=\"{}\" height=\"{}\"", facts.width, facts.height)),
        }
        self.out.push_str("/>");
    }

    /// Writes ` lang`, ` xml:lang` and, where it may differ from what surrounds it, ` dir`.
    pub fn language(&mut self, lang: &Lang) {
        language(self.edition, &mut self.out, lang);
    }
}

/// See [`Writer::language`]. Both attributes: EPUB 3.3 reads `xml:lang`, browsers and voices read `lang`.
pub fn language(edition: &Edition, out: &mut String, lang: &Lang) {
    xml::attribute(out, "lang", lang.tag());
    xml::attribute(out, "xml:lang", lang.tag());
    match (lang.direction(), edition.tree.metadata.language.direction()) {
        (Direction::RightToLeft, _) => out.push_str(" dir=\"rtl\""),
        (Direction::LeftToRight, Direction::RightToLeft) => out.push_str(" dir=\"ltr\""),
        (Direction::LeftToRight, Direction::LeftToRight) => {}
    }
}
