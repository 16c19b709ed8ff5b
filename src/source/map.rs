//! Where each byte of an expanded text came from.
//!
//! In:     the pieces in the order in which [`include`](mod@super::include) joins them.
//! Out:    [`Expanded`]: the text that `parse` reads, and for any range of it the [`Span`] in the file on disk.
//! Absent: files; a map holds only their ids.

use crate::base::{FileId, Span};
use std::ops::Range;

/// A chapter's text with its includes put in.
#[derive(Clone, Debug)]
pub struct Expanded {
    pub text: String,
    pub map: Map,
}

/// Leads from bytes of an expanded text to bytes of files. Pieces are sorted by `at`; the first starts at 0.
#[derive(Clone, Debug)]
pub struct Map {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    /// Where it starts in the expanded text.
    at: u32,
    file: FileId,
    /// Where it starts in the file.
    from: u32,
    /// `Some`: the piece is made text (a prefix, a fence), all of whose bytes stand for `from..end` of the file.
    end: Option<u32>,
}

impl Map {
    /// The map of a text that is a file from byte `from` on.
    pub fn of_file(file: FileId, from: u32) -> Map {
        Map { pieces: vec![Piece { at: 0, file, from, end: None }] }
    }

    /// The map of a made text: all of it leads to one place.
    pub fn fixed(span: Span) -> Map {
        Map { pieces: vec![Piece { at: 0, file: span.file, from: span.start, end: Some(span.end) }] }
    }

    /// The place a range of the expanded text came from. A range over several files is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.piece(range.start);
        let (file, from) = (start.file, start.place(range.start));
        if range.end <= range.start {
            return Span { file, start: from, end: start.end.unwrap_or(from) };
        }
        let last = self.piece(range.end - 1);
        if last.file == file {
            let to = last.end.unwrap_or_else(|| last.place(range.end - 1) + 1);
            return Span { file, start: from, end: to.max(from) };
        }
        let next = self.pieces.partition_point(|piece| piece.at as usize <= range.start);
        let length = self.pieces.get(next).map_or(0, |piece| piece.at.saturating_sub(range.start as u32));
        Span { file, start: from, end: start.end.unwrap_or(from + length) }
    }

    /// The map of a text made of pieces of this one: each starts at a byte of the new text and came from a byte of this.
    pub fn compose(&self, pieces: &[(usize, usize)], length: usize) -> Map {
        let mut out = Vec::new();
        for (number, (at, from)) in pieces.iter().enumerate() {
            let end = pieces.get(number + 1).map_or(length, |(next, _)| *next);
            let slice = self.slice(*from..from + end.saturating_sub(*at));
            out.extend(slice.pieces.iter().map(|piece| Piece { at: piece.at + *at as u32, ..*piece }));
        }
        if out.is_empty() {
            out.push(Piece { at: 0, ..self.piece(0) });
        }
        Map { pieces: out }
    }

    fn piece(&self, at: usize) -> Piece {
        let after = self.pieces.partition_point(|piece| piece.at as usize <= at);
        self.pieces[after.saturating_sub(1)]
    }

    /// The map of `range` of this text, as a text of its own.
    pub fn slice(&self, range: Range<usize>) -> Map {
        let first = self.piece(range.start);
        let mut pieces = vec![Piece { at: 0, from: first.place(range.start), ..first }];
        let after = self.pieces.partition_point(|piece| piece.at as usize <= range.start);
        let inside = self.pieces[after..].iter().take_while(|piece| (piece.at as usize) < range.end);
        pieces.extend(inside.map(|piece| Piece { at: piece.at - range.start as u32, ..*piece }));
        Map { pieces }
    }
}

impl Piece {
    fn place(&self, at: usize) -> u32 {
        match self.end {
            Some(_) => self.from,
            None => self.from + (at as u32).saturating_sub(self.at),
        }
    }
}

/// Joins pieces into an [`Expanded`].
#[derive(Default, Debug)]
pub struct Joiner {
    pub text: String,
    pieces: Vec<Piece>,
}

impl Joiner {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds text that stands in a file from byte `from` on.
    pub fn push(&mut self, text: &str, file: FileId, from: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let from = from as u32;
        let runs_on = self
            .pieces
            .last()
            .is_some_and(|last| last.end.is_none() && last.file == file && last.from + (at - last.at) == from);
        if !runs_on {
            self.pieces.push(Piece { at, file, from, end: None });
        }
        self.text.push_str(text);
    }

    /// Adds made text, all of which stands for one place.
    pub fn push_made(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let piece = Piece { at: self.text.len() as u32, file: span.file, from: span.start, end: Some(span.end) };
        let runs_on = self
            .pieces
            .last()
            .is_some_and(|last| (last.file, last.from, last.end) == (piece.file, piece.from, piece.end));
        if !runs_on {
            self.pieces.push(piece);
        }
        self.text.push_str(text);
    }

    /// Adds `range` of another joined text.
    pub fn push_joined(&mut self, other: &Expanded, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let slice = other.map.slice(range.clone());
        self.pieces.extend(slice.pieces.iter().map(|piece| Piece { at: piece.at + at, ..*piece }));
        self.text.push_str(&other.text[range]);
    }

    /// `home` is the place of an empty text.
    pub fn finish(mut self, home: Span) -> Expanded {
        if self.pieces.is_empty() {
            self.pieces.push(Piece { at: 0, file: home.file, from: home.start, end: Some(home.end) });
        }
        Expanded { text: self.text, map: Map { pieces: self.pieces } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_leads_to_its_file() {
        let (a, b) = (FileId(0), FileId(1));
        let mut joiner = Joiner::default();
        joiner.push("one ", a, 0);
        joiner.push("two", b, 10);
        joiner.push_made("# ", Span::new(a, 4, 9));
        joiner.push(" three", a, 20);
        let whole = joiner.finish(Span::top(a));
        assert_eq!(whole.map.span(1..3), Span::new(a, 1, 3));
        assert_eq!(whole.map.span(4..7), Span::new(b, 10, 13));
        assert_eq!(whole.map.span(5..7), Span::new(b, 11, 13));
        assert_eq!(whole.map.span(7..8), Span::new(a, 4, 9));
        assert_eq!(whole.map.span(10..12), Span::new(a, 21, 23));
        // A range over several files stays in the first.
        assert_eq!(whole.map.span(2..6), Span::new(a, 2, 4));
        assert_eq!(whole.map.slice(5..12).span(0..2), Span::new(b, 11, 13));
        assert_eq!(whole.map.slice(5..12).span(5..6), Span::new(a, 21, 22));
    }
}
