//! Figures: pictures at their size, with their captions under them.
//!
//! In:     a figure, or a picture alone.
//! Out:    one slab that is never broken, and that may stand at the top or the foot of a page unless it is small.
//! Absent: pixels; the writer draws them.

use super::text::AFTER_LEAD_IN;
use super::{Builder, Piece, Seat};
use crate::asset::PictureFormat;
use crate::base::Length;
use crate::book::block::PictureWidth;
use crate::layout::tree::{Content, NodeId, NoteId, PlacedPicture};
use crate::pdf::bleed;
use crate::pdf::line::Line;
use crate::pdf::sheet::Owner;
use crate::pdf::slab::{Drawn, FORBIDDEN, Fit};
use crate::theme::{Color, Role};

/// The least resolution at which a picture is printed at its natural size, in pixels to the inch: under it dots show.
const LEAST_DPI: f64 = 150.0;
/// Pixels to the inch of an SVG's user units (CSS 2.1, 4.3.2).
const SVG_DPI: f64 = 96.0;
/// Between a picture and its caption, and between pictures of one figure, in lines.
const CAPTION_GAP: f64 = 0.5;
/// What it costs to part the text by a figure that could stand at the top or the foot: see `pagebreak/fill.rs`.
const IN_TEXT: u32 = 240;
/// A figure up to this many lines high stays where it is called.
const SMALL: f64 = 7.0;
/// The share of a page's height that captions may take from the pictures.
const CAPTION_SHARE: f64 = 0.5;
/// The height of the box that stands for a picture which is missing, in lines.
const MISSING: f64 = 4.0;
const MISSING_GROUND: Color = Color::grey(235);
/// The class of a picture with a page of its own; one that bleeds has one too.
const FULL: &str = "full";

impl Builder<'_, '_, '_> {
    pub(super) fn figure(&mut self, id: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        let node = tree.node(id);
        let look = self.look(node.role);
        let mut pictures = Vec::new();
        let mut captions = Vec::new();
        if let Content::Picture(picture) = &node.content {
            pictures.push((id, picture));
        }
        let mut is_simple = true;
        for child in tree.children(id) {
            match (&tree.node(child).content, tree.node(child).role) {
                (Content::Picture(picture), _) => pictures.push((child, picture)),
                (Content::Leaf(_), Role::Caption) => captions.push(child),
                (Content::Leaf(_) | Content::Group | Content::Empty, _) => is_simple = false,
            }
        }
        if !is_simple || pictures.is_empty() {
            self.captioned(id, seat);
            return;
        }
        let caption_look = self.look(Role::Caption);
        let outer = self.inset_of(seat, look);
        let caption_seat = self.inset_of(outer, caption_look);
        let style = self.desk.composer.style(Role::Caption).clone();
        let captions: Vec<(NodeId, Vec<Line>)> = captions
            .into_iter()
            .map(|caption| (caption, self.compose(caption, &style, caption_seat.measure)))
            .collect();
        let caption_height: Length =
            captions.iter().flat_map(|(_, lines)| lines).map(|line| self.cell(line, &style).height).sum();
        let is_named = !captions.is_empty();
        let page = self.desk.theme.leading * self.desk.theme.lines_per_page();
        let gap = if captions.is_empty() { Length::ZERO } else { self.lines(CAPTION_GAP) };
        let apart = self.lines(CAPTION_GAP);
        let is_long = caption_height > page.scale(CAPTION_SHARE);
        let beside = if is_long { Length::ZERO } else { caption_height + gap } + self.headings_over();
        let count = pictures.len() as i64;
        let room = ((page - beside - apart * (count - 1)) / count).max(self.lines(1.0));

        let mut drawn = Vec::new();
        let mut y = Length::ZERO;
        let is_full = has_class(&node.classes) || pictures.iter().any(|(id, _)| has_class(&tree.node(*id).classes));
        for (at, (id, picture)) in pictures.iter().enumerate() {
            if at > 0 {
                y += apart;
            }
            let (width, height) = self.picture_size(picture, outer.measure, room);
            let x = outer.x + (outer.measure - width) / 2;
            let owner = Owner::Node(*id);
            drawn.push(match picture.picture {
                Some(picture) => Drawn::Picture { x, y, picture, width, height, owner },
                None => Drawn::Fill { x, y, width, height, color: MISSING_GROUND },
            });
            drawn.push(Drawn::Mark { node: *id });
            y += height;
        }
        let mut notes: Vec<NoteId> = Vec::new();
        let mut rest = Vec::new();
        if is_long {
            rest = captions;
        } else {
            y += gap;
            for (caption, lines) in captions {
                notes.extend(lines.iter().flat_map(|line| line.notes.iter().copied()));
                let x = match lines.as_slice() {
                    [line] => {
                        // A line that runs from the right stands at the right of its measure.
                        let left =
                            line.runs.iter().map(|run| run.x).min().filter(|_| self.desk.composer.runs_back(caption));
                        let left = left.unwrap_or(Length::ZERO);
                        let free = (caption_seat.measure - (line.width - left)).max(Length::ZERO);
                        caption_seat.x + free / 2 - left
                    }
                    _ => caption_seat.x,
                };
                y += self.stack(caption, lines, &style, x, y, &mut drawn);
            }
        }
        let height = if is_full { y.max(page) } else { y.min(page) };
        let floats = height > self.lines(SMALL) && rest.is_empty() && seat.frame.is_none() && !seat.flush;
        let bare = self.bare;
        self.space(look.before);
        let total = height + self.lines(look.after);
        if floats {
            self.bare = bare;
        }
        if let Some(marker) = self.marker_at(self.lines(1.0)) {
            drawn.push(marker);
        }
        let piece = Piece {
            before: AFTER_LEAD_IN,
            floats,
            in_text: if is_named && !self.is_led_to(id) { IN_TEXT } else { 0 },
            notes,
            weight: if floats { 0 } else { 2 },
            ..Piece::new(height, Fit::Whole { total, share: 0.5 }, drawn)
        };
        self.afloat = (floats && self.plain_to == self.column.slabs.len()).then_some(self.column.slabs.len());
        self.emit(seat, piece);
        self.evened = self.column.slabs.len();
        let bare = self.bare;
        for (caption, lines) in rest {
            self.gap = self.gap.max(gap);
            self.run(
                caption,
                lines,
                &style,
                caption_seat,
                super::text::Run { before: FORBIDDEN, together: false, sink: Length::ZERO },
            );
        }
        self.space(look.after);
        if floats {
            self.bare = bare;
        }
    }

    /// Whether the text before a figure or a table ends in a colon, and so asks for it to follow.
    pub(super) fn is_led_to(&self, id: NodeId) -> bool {
        let before = self.desk.tree.nodes[..id.0 as usize].iter().rev().find_map(|node| node.text());
        before.is_some_and(|text| text.string.trim_end().ends_with([':', '：']))
    }

    /// The height of the headings just before, which stay with what follows them.
    fn headings_over(&self) -> Length {
        let headings = self.column.slabs.iter().rev().take_while(|slab| slab.heading.is_some());
        let mut height = Length::ZERO;
        for slab in headings {
            // Over it what it opens the page with, or what stands between it and the one before; under it the gap.
            height += slab.height + slab.top.max(slab.space);
        }
        let height = if height > Length::ZERO { height + self.gap + self.lines(1.0) } else { height };
        let page = self.lines(self.desk.theme.lines_per_page() as f64);
        // Where headings fill the page, the figure has one of its own.
        if height > page / 2 { Length::ZERO } else { crate::pdf::slab::grid_above(height, self.desk.theme.leading) }
    }

    /// A figure of anything but pictures: its caption keeps to it.
    fn captioned(&mut self, id: NodeId, seat: Seat) {
        let tree = self.desk.tree;
        let look = self.look(tree.node(id).role);
        // White as the block itself has it, with or without a caption.
        let block = tree.children(id).map(|child| tree.node(child).role).find(|role| *role != Role::Caption);
        let white = block.map_or(look, |role| self.look(role));
        self.space(white.before);
        let seat = self.inset_of(seat, look);
        let first = self.column.slabs.len();
        for child in tree.children(id) {
            let is_caption = tree.node(child).role == Role::Caption;
            let begin = self.column.slabs.len();
            let is_after = begin > 0 && tree.children(id).next() != Some(child);
            if is_caption && is_after {
                // A caption stands close to what it names, and the space between does not grow.
                self.gap = self.lines(CAPTION_GAP);
                self.at_edge = true;
            }
            self.block(child, seat);
            if is_caption
                && is_after
                && let Some(slab) = self.column.slabs.get_mut(begin)
            {
                slab.before = FORBIDDEN;
                self.even_captioned(first, begin, white.after);
            } else if is_caption {
                self.keep(2);
            }
        }
        self.gap = self.lines(white.after).max(if block.is_some() { Length::ZERO } else { self.gap });
    }

    /// Width and height on the page: the size asked for, else the natural one; never wider than the measure, never
    /// higher than the room, never enlarged beyond what its pixels bear.
    fn picture_size(&self, picture: &PlacedPicture, measure: Length, room: Length) -> (Length, Length) {
        let Some(id) = picture.picture else { return (measure, self.lines(MISSING).min(room)) };
        let file = self.desk.pictures.get(id);
        let dpi = match file.format {
            PictureFormat::Svg => SVG_DPI,
            PictureFormat::Jpeg | PictureFormat::Png | PictureFormat::Gif | PictureFormat::Webp => {
                file.dpi.unwrap_or(LEAST_DPI).clamp(LEAST_DPI, 1200.0)
            }
        };
        let natural = Length::inch(f64::from(file.width.max(1)) / dpi);
        let wanted = match picture.width {
            Some(PictureWidth::OfMeasure(share)) => measure.scale(share.clamp(0.01, 1.0)),
            Some(PictureWidth::Length(width)) => width.max(Length::pt(1.0)),
            None => natural,
        };
        let ratio = f64::from(file.height.max(1)) / f64::from(file.width.max(1));
        let width = wanted.min(measure);
        let height = width.scale(ratio);
        if height <= room {
            return (width, height);
        }
        (room.scale(1.0 / ratio).max(Length::pt(0.1)), room)
    }
}

fn has_class(classes: &[String]) -> bool {
    classes.iter().any(|class| class == FULL || class == bleed::CLASS)
}
