//! The front: the picture that the author gives, else the design that the e-book has too.
//!
//! In:     [`Maker`], which holds the design.
//! Out:    the layers of the front.
//! Faults: `cover.resolution`.
//! Absent: the other panels.

use super::{Layer, Maker, Turn, fill, placed};
use crate::asset::{PictureFormat, PictureId};
use crate::base::{Diagnostic, Length, Sink, Span};
use crate::pdf::sheet::{Furniture, Owner, Placed, Point, Shape};
use crate::press::Area;

/// The design of the front is drawn in points.
fn length(points: f64) -> Length {
    Length::pt(points)
}

/// How much of a picture may fall outside of the front before its author is told.
const LARGEST_CUT: f64 = 0.12;

impl Maker<'_> {
    pub fn front(&self, sink: &mut Sink) -> Vec<Layer> {
        let order = self.desk.order;
        let own = order.front.map(|(picture, at)| (picture, Some(at)));
        let shared = self.metadata().cover.map(|picture| (picture, order.picture_at));
        match own.or(shared) {
            Some((picture, at)) => vec![self.picture(picture, at, sink)],
            None => vec![Layer::upright(self.design())],
        }
    }

    /// The picture fills the panel and its bleed; what is left over at two sides is cut off.
    fn picture(&self, id: PictureId, at: Option<Span>, sink: &mut Sink) -> Layer {
        let area = self.binding.wrap.front_bled();
        let picture = self.desk.pictures.get(id);
        let (wide, high) = (f64::from(picture.width), f64::from(picture.height));
        let scale = (area.width.to_pt() / wide).max(area.height.to_pt() / high);
        let (width, height) = (Length::pt(wide * scale), Length::pt(high * scale));
        let corner = Point { x: area.left + (area.width - width) / 2, y: area.top + (area.height - height) / 2 };
        let cut = 1.0 - area.width.ratio(width).min(area.height.ratio(height));
        if cut > LARGEST_CUT {
            let message = format!(
                "the front shows {} of the picture {}: its shape is another one",
                percent(1.0 - cut),
                picture.path
            );
            let shape = format!("{:.2} to 1, with the bleed", area.height.ratio(area.width));
            sink.push(
                Diagnostic::warning("cover.shape", message).at(at).hint(format!("the front is {shape}, high to wide")),
            );
        }
        let resolution = 72.0 / scale;
        let least = *self.binding.press.printer().resolution.start();
        if picture.format != PictureFormat::Svg && resolution < least.round() - 0.5 {
            let message = format!("the picture {} has {resolution:.0} pixels to the inch on the front", picture.path);
            let needed = |length: Length| (length.to_inch() * least).ceil();
            sink.push(Diagnostic::warning("cover.resolution", message).at(at).hint(format!(
                "{least:.0} are wanted: {:.0} × {:.0} pixels",
                needed(area.width),
                needed(area.height)
            )));
        }
        let owner = Owner::Furniture(Furniture::Decoration);
        let items = vec![Placed { at: corner, owner, shape: Shape::Picture { picture: id, width, height } }];
        Layer { turn: Turn::Upright, clip: Some(area), items }
    }

    fn design(&self) -> Vec<Placed> {
        let front = self.binding.wrap.front();
        let design = &self.front;
        let mut items = Vec::new();
        for line in &design.lines {
            let face = self.desk.faces.get(line.face);
            let style = self.style(length(line.size), face.weight > 500, face.italic);
            let set = self.composer.made(&line.text, &style);
            let x = front.left + length(line.x) - if design.right_to_left { set.width } else { Length::ZERO };
            items.extend(placed(set, Point { x, y: front.top + length(line.y) }));
        }
        let [left, top, width, height] = design.rule.map(length);
        let rule = Area { left: front.left + left, top: front.top + top, width, height };
        items.push(fill(rule, self.palette.accent));
        items
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
