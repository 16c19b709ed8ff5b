//! The spine: author, title and publisher, where the book is thick enough.
//!
//! In:     the width of the spine, what the printer asks of text on it.
//! Out:    a turned layer, or none.
//! Faults: `cover.spine`.
//! Absent: how wide the spine is.

use super::{Layer, Maker, Turn, placed};
use crate::base::{Diagnostic, Length, Sink};
use crate::cover::{SpineText, authors};
use crate::pdf::sheet::Point;

/// The smallest type of a spine, in points; the largest, in points and in widths of the spine.
const SMALLEST: f64 = 7.0;
const LARGEST: f64 = 26.0;
const SHARE: f64 = 0.5;
/// From the top of a letter to the foot of another, in sizes.
const REACH: f64 = 0.98;
/// The middle of small letters with their ascenders lies so much over the baseline, in sizes.
const MIDDLE: f64 = 0.27;
/// The least share of the largest size that type has before a part of the spine is left out.
const SMALL_SHARE: f64 = 0.6;
/// Names are smaller than the title.
const NAMES: f64 = 0.84;
/// How much of its length the spine's parts and the gaps between them take at most.
const FILLED: f64 = 0.92;
/// Between the parts, in sizes of the title.
const GAP: f64 = 1.6;

impl Maker<'_> {
    pub fn spine(&self, sink: &mut Sink) -> Option<Layer> {
        let (wrap, rules) = (&self.binding.wrap, self.binding.press.cover());
        let turn = self.desk.order.spine_text;
        if turn == SpineText::None {
            return None;
        }
        let least = rules.spine_text_from;
        if self.binding.pages < least {
            let why = format!("{} pages are too few for text on the spine", self.binding.pages);
            sink.push(Diagnostic::note("cover.spine", why).hint(format!(
                "{} prints it from {least} pages on; the spine is left blank",
                self.binding.press.printer().title
            )));
            return None;
        }
        let room = wrap.safe_on_spine();
        let largest = (room.width.to_pt() / REACH)
            .min(LARGEST)
            .min(wrap.spine.to_pt() * SHARE.max(room.width.ratio(wrap.spine).min(0.6)));
        if largest < SMALLEST {
            let why = format!("the spine is too thin for text: {:.1} mm", wrap.spine.to_mm());
            let hint = format!("{:.1} mm on either side must stay blank; the spine is left blank", wrap.fold.to_mm());
            sink.push(Diagnostic::note("cover.spine", why).hint(hint));
            return None;
        }
        let panel = wrap.spine();
        let margin = self.margin();
        // Parts that touch each other's white look crowded.
        let long = (panel.height - margin * 2).scale(FILLED);
        let metadata = self.metadata();
        let (people, publisher) = (authors(metadata), metadata.publisher.clone().unwrap_or_default());
        // What is said least is left out first.
        let versions = [(people.as_str(), publisher.as_str()), (people.as_str(), ""), ("", "")];
        let (mut people, mut publisher) = versions[0];
        let mut size = 0.0;
        // Before type becomes small for its spine, a part is left out; smaller type only where that is not enough.
        let least = [(largest * SMALL_SHARE).max(SMALLEST), SMALLEST];
        'fit: for least in least {
            for (head, foot) in versions {
                (people, publisher) = (head, foot);
                size = largest;
                while size >= least {
                    if self.spine_length(size, people, publisher) <= long {
                        break 'fit;
                    }
                    size -= 0.5;
                }
            }
        }
        if size < SMALLEST {
            let hint = "the spine is left blank; a shorter title would fit";
            sink.push(Diagnostic::warning("cover.spine", "the title is too long for the spine").hint(hint));
            return None;
        }
        let names = self.style(Length::pt((size * NAMES).max(SMALLEST)), false, false);
        let title = self.composer.made(&metadata.title, &self.style(Length::pt(size), true, false));
        let (people, publisher) = (self.composer.made(people, &names), self.composer.made(publisher, &names));
        let gap = Length::pt(size * GAP);
        let middle = panel.left + panel.width / 2;
        // Seen from the head down; a spine that runs up begins at its foot.
        let is_up = turn == SpineText::Up;
        let (first, last) = if is_up { (publisher, people) } else { (people, publisher) };
        let after = margin + first.width + if first.runs.is_empty() { Length::ZERO } else { gap };
        let before = panel.height - margin - last.width - if last.runs.is_empty() { Length::ZERO } else { gap };
        let centred = (panel.height - title.width) / 2;
        let title_at = centred.min(before - title.width).max(after);
        let last_at = panel.height - margin - last.width;
        let y = |size: Length| size.scale(MIDDLE);
        let mut items = placed(first, Point { x: margin, y: y(names.size) });
        items.extend(placed(title, Point { x: title_at, y: y(Length::pt(size)) }));
        items.extend(placed(last, Point { x: last_at, y: y(names.size) }));
        let turn = if is_up {
            Turn::Up(Point { x: middle, y: panel.foot() })
        } else {
            Turn::Down(Point { x: middle, y: panel.top })
        };
        Some(Layer { turn, clip: None, items })
    }

    /// How long the parts are with the gaps between them.
    fn spine_length(&self, size: f64, people: &str, publisher: &str) -> Length {
        let names = self.style(Length::pt((size * NAMES).max(SMALLEST)), false, false);
        let title = self.style(Length::pt(size), true, false);
        let parts = [(people, &names), (self.metadata().title.as_str(), &title), (publisher, &names)];
        let set = parts
            .into_iter()
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, style)| self.composer.made(text, style).width + Length::pt(size * GAP));
        set.sum::<Length>() - Length::pt(size * GAP)
    }
}
