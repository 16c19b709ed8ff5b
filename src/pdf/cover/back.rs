//! The back: what the cover says of the book, and of its author; the publisher at the foot.
//!
//! In:     the two chapters of the back's tree.
//! Out:    the layer of the back.
//! Faults: `cover.back`.
//! Absent: the barcode.

use super::{CoverDesk, Layer, Maker, fill, placed};
use crate::base::{Diagnostic, Em, Length, Sink};
use crate::cover::Barcode;
use crate::layout::tree::{SectionId, SectionKind};
use crate::pdf::column::{self, Desk};
use crate::pdf::compose::{Composer, PageNumbers};
use crate::pdf::draw;
use crate::pdf::pagebreak::{self, Limits};
use crate::pdf::sheet::{Placed, Point};
use crate::pdf::slab::Stack;
use crate::press::Area;
use crate::theme::{Bound, Margins, Page, Role, TextAlign, Theme};

/// Sizes to try, in points, the largest first. Under the last a back is not read in a shop.
const SIZES: [f64; 9] = [12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0];
/// Type that hangs from the height of the title is at least as large as this.
const COMFORTABLE: f64 = 10.0;
/// Leading to size.
const LEADING: f64 = 1.42;
/// Between the texts, in lines; a short rule stands in the middle of it.
const BETWEEN: f64 = 2.0;
/// The note on the author, in sizes of the text.
const NOTE: f64 = 0.92;
/// Lines that no back has.
const ENDLESS: i64 = 400;
/// The publisher's name, in points.
const PUBLISHER: f64 = 9.5;

/// A text of the back, set.
struct Text {
    items: Vec<Placed>,
    height: Length,
}

impl Maker<'_> {
    pub fn back(&self, sink: &mut Sink) -> Layer {
        let room = self.room();
        let mut items = Vec::new();
        if self.desk.has_back || self.desk.has_note {
            let high = Length::pt(self.front.top) + self.binding.wrap.back().top;
            let low = Area { top: high, height: room.foot() - high, ..room };
            let comfortable = SIZES.iter().filter(|size| **size >= COMFORTABLE).map(|size| (low, *size));
            let tries = comfortable.chain(SIZES.iter().map(|size| (room, *size)));
            let mut set = None;
            for (area, size) in tries {
                let mut told = Sink::new();
                let texts = self.texts(area.width, size, &mut told);
                let gap = Length::pt(size * LEADING * BETWEEN);
                let height = texts.iter().map(|text| text.height).sum::<Length>() + gap * (texts.len() as i64 - 1);
                let fits = height <= area.height;
                set = Some((area, texts, gap, told, height));
                if fits {
                    break;
                }
            }
            if let Some((area, texts, gap, told, height)) = set {
                sink.append(told);
                if height > area.height {
                    self.overfull(height, area.height, sink);
                }
                let mut top = area.top;
                for (at, text) in texts.into_iter().enumerate() {
                    if at > 0 {
                        top += gap;
                        let rule =
                            Area { left: area.left, top: top - gap / 2, width: self.rule(), height: Length::pt(1.0) };
                        items.push(fill(rule, self.palette.accent));
                    }
                    items.extend(
                        text.items
                            .into_iter()
                            .map(|item| Placed { at: Point { x: item.at.x + area.left, y: item.at.y + top }, ..item }),
                    );
                    top += text.height;
                }
            }
        }
        items.extend(self.publisher());
        Layer::upright(items)
    }

    /// The short rule between the texts, as long as half of that under the title.
    fn rule(&self) -> Length {
        Length::pt(self.front.rule[2] / 2.0)
    }

    /// Where the texts may stand: between the margins of the design and over what stands at the foot.
    fn room(&self) -> Area {
        let margin = self.margin();
        let panel = self.binding.wrap.back().inset([margin; 4]);
        let foot = match self.barcode_box() {
            Some(bars) => bars.top - margin / 2,
            None if self.metadata().publisher.is_some() => panel.foot() - Length::pt(PUBLISHER * 3.0),
            None => panel.foot(),
        };
        Area { height: foot - panel.top, ..panel }
    }

    fn overfull(&self, height: Length, room: Length, sink: &mut Sink) {
        let message = format!(
            "the text of the back does not fit: at {} pt it is {:.0} mm high, and there is room for {:.0} mm",
            SIZES[SIZES.len() - 1],
            height.to_mm(),
            room.to_mm()
        );
        let share = (1.0 - room.ratio(height)) * 100.0;
        sink.push(
            Diagnostic::error("cover.back", message)
                .at(self.desk.order.back_at)
                .hint(format!("take out about {:.0} % of it", share.ceil())),
        );
    }

    /// The texts at a size, each from its own top left corner.
    fn texts(&self, measure: Length, size: f64, sink: &mut Sink) -> Vec<Text> {
        let tree = self.desk.texts;
        let chapters = (0..tree.sections.len() as u32).map(SectionId).filter(|&id| {
            let kind = tree.section(id).kind;
            !matches!(
                kind,
                SectionKind::HalfTitle | SectionKind::TitlePage | SectionKind::Copyright | SectionKind::Contents
            )
        });
        let is_note = |at: usize| self.desk.has_note && (at == 1 || !self.desk.has_back);
        let chapters: Vec<SectionId> = chapters.collect();
        chapters
            .into_iter()
            .enumerate()
            .map(|(at, section)| {
                let size = if is_note(at) { size * NOTE } else { size };
                self.text(section, &self.dressed(measure, size), sink)
            })
            .collect()
    }

    /// The book's theme for a column of the back: in the ink of the cover, ragged, with paragraphs apart.
    fn dressed(&self, measure: Length, size: f64) -> Theme {
        let mut theme = self.desk.theme.clone();
        theme.text_size = Length::pt(size);
        theme.leading = Length::pt(size * LEADING);
        theme.justify = false;
        let zero = Length::ZERO;
        let margins = Margins { inner: zero, top: zero, outer: zero, bottom: zero };
        theme.page = Page { width: measure, height: theme.leading * ENDLESS, margins, bound: Bound::default() };
        for role in Role::ALL {
            let mut style = theme.style(role).clone();
            style.color = self.palette.ink;
            style.ground = None;
            if matches!(role, Role::Body | Role::BodyFirst | Role::Lead) {
                style.indent = Em(0.0);
                style.before = style.before.max(0.5);
                style.align = TextAlign::Start;
            }
            theme.set_style(role, style);
        }
        theme
    }

    fn text(&self, section: SectionId, theme: &Theme, sink: &mut Sink) -> Text {
        let CoverDesk { texts: tree, faces, pictures, .. } = self.desk;
        let composer = Composer::new(tree, theme, faces, pictures);
        let numbers = PageNumbers::default();
        let desk = Desk { tree, theme, pictures, composer: &composer, numbers: &numbers };
        let mut column = column::build(desk, &[section], sink);
        // The title that its chapter had to have.
        if column.slabs.first().is_some_and(|slab| slab.heading.is_some()) {
            column.slabs.remove(0);
        }
        if let Some(first) = column.slabs.first_mut() {
            first.top = Length::ZERO;
        }
        let mut stack = Stack::new(theme.leading);
        for slab in &column.slabs {
            stack.push(slab);
        }
        let limits = Limits { leading: theme.leading, lines: ENDLESS, note_gap: theme.leading, is_tight: false };
        let cuts = pagebreak::cut(&column, limits, true);
        let items = draw::draw(&mut column, &cuts, limits, theme, 0).into_iter().next();
        composer.report(sink);
        Text { items: items.map_or_else(Vec::new, |drawing| drawing.items), height: stack.foot }
    }

    /// The publisher's name at the outer foot, on the line on which the box of the barcode stands.
    fn publisher(&self) -> Vec<Placed> {
        let Some(name) = &self.metadata().publisher else { return Vec::new() };
        let (wrap, margin) = (&self.binding.wrap, self.margin());
        let panel = wrap.back().inset([margin; 4]);
        let set = self.composer.made(name, &self.style(Length::pt(PUBLISHER), true, false));
        let bars = self.barcode_box();
        let room = panel.width - bars.map_or(Length::ZERO, |bars| bars.width + margin / 2);
        if set.width > room {
            return Vec::new();
        }
        // On one line with the lowest of the front, unless the bars stand in line with the texts.
        let lowest = self.front.lines.iter().map(|line| line.y).fold(0.0, f64::max);
        let is_isbn = self.desk.order.barcode == Barcode::Isbn && self.metadata().isbn_print.is_some();
        let y = bars.filter(|_| is_isbn).map_or(wrap.back().top + Length::pt(lowest), |bars| bars.foot());
        let x = if wrap.right_to_left { panel.right() - set.width } else { panel.left };
        placed(set, Point { x, y })
    }
}
