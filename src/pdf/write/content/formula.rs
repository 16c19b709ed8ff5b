//! Formulas on a sheet: glyphs, rules and outlines as one piece of marked content.
//!
//! In:     a formula where the layout put it.
//! Out:    the operations that draw it, and the text that a reader copies.
//! Absent: the element that owns it; see `tags`.

use super::{Pen, Piece, Tag, Target, milli, points};
use crate::base::Em;
use crate::formula::Step;
use crate::formula::draw::STROKE;
use crate::pdf::formula::{SetFormula, SetOutline};
use crate::pdf::write::show::{Told, show};
use crate::pdf::write::verbatim::{actual_text, append};
use crate::pdf::{Owner, Placed, Point, RunSource, Shape};
use printpdf::Op;
use std::fmt::Write;

impl Pen<'_> {
    /// The pieces of one formula on one line; `at` is the byte of its atom in its leaf.
    pub(super) fn formula(&mut self, pieces: &[Placed], at: u32) {
        let parts = pieces.iter().filter_map(|item| match &item.shape {
            Shape::Formula { x, set, .. } => Some((Point { x: item.at.x + *x, y: item.at.y }, &**set)),
            Shape::Run(_) | Shape::Picture { .. } | Shape::Fill { .. } => None,
        });
        let parts: Vec<(Point, &SetFormula)> = parts.collect();
        let Some(item) = pieces.first() else { return };
        self.end_text();
        let y = self.up(item.at.y);
        let bounds = parts.iter().map(|(origin, set)| {
            let x = milli(origin.x);
            [x, y - milli(set.depth), x + milli(set.width), y + milli(set.height)]
        });
        let around = |a: [i64; 4], b: [i64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        let Some(bounds) = bounds.reduce(around) else { return };
        let tag = match item.owner {
            Owner::Furniture(furniture) => Tag::Artifact(furniture),
            Owner::Marker(node) | Owner::Node(node) => {
                let mark = self.leaf(node).innermost(at);
                Tag::Content(Target { node, piece: Piece::Formula { at, mark } })
            }
        };
        self.open(tag, at, Some(bounds.map(|edge| edge as f32 / 1000.0)));
        if let Tag::Content(Target { node, piece: Piece::Formula { mark, .. } }) = tag
            && self.tagged
            && let Some((target, goal, contents)) = self.marked_link(node, mark)
        {
            self.drawn.links.push(super::LinkArea { target, goal, contents, area: bounds, baseline: y });
        }
        // Its letters stand at many heights: whoever copies them wants them in one line.
        if self.tagged {
            let words: String = parts.iter().map(|(_, set)| &*set.words).collect();
            append(&mut self.drawn.ops, |out| out.push_str(&actual_text(&words)));
        }
        for (origin, set) in parts {
            self.set_formula(origin, set);
        }
        if self.tagged {
            self.drawn.ops.push(Op::EndMarkedContent);
        }
        self.close();
    }

    fn set_formula(&mut self, origin: Point, set: &SetFormula) {
        for rule in &set.rules {
            let at = Point { x: origin.x + rule.x, y: origin.y - rule.y - rule.height };
            self.rectangle(at, rule.width, rule.height, rule.color);
        }
        for outline in &set.outlines {
            self.outline(outline, (milli(origin.x), self.up(origin.y)));
        }
        if set.runs.is_empty() {
            return;
        }
        self.drawn.ops.push(Op::StartTextSection);
        self.line = (0, 0);
        for run in &set.runs {
            let Some((index, font)) = self.desk.fonts.of(run.face) else { continue };
            self.set_color(run.color, true);
            self.set_font(index, font, run.size);
            self.set_stretch(run.stretch);
            self.move_to(Point { x: origin.x + run.x, y: origin.y - run.rise });
            let RunSource::Made(text) = &run.source else { continue };
            // What is told of the whole tells them all.
            let told = Told { initial: "", space: false, apart: false };
            show(run, text, font, told, &mut self.drawn.ops);
        }
        self.drawn.ops.push(Op::EndTextSection);
    }

    /// Draws a shape; `origin` is the formula's, in thousandths of a point.
    fn outline(&mut self, outline: &SetOutline, origin: (i64, i64)) {
        let of = |em: f64| milli(Em(em).of(outline.size));
        let number = |milli: i64| f64::from(points(milli).0);
        let point = |x: f64, y: f64| format!("{} {}", number(origin.0 + of(x)), number(origin.1 + of(y)));
        let mut path = String::new();
        for step in &outline.steps {
            // Writing into a string does not fail.
            let _ = match *step {
                Step::Move(x, y) => write!(path, "{} m ", point(x, y)),
                Step::Line(x, y) => write!(path, "{} l ", point(x, y)),
                Step::Curve([ax, ay, bx, by, x, y]) => {
                    write!(path, "{} {} {} c ", point(ax, ay), point(bx, by), point(x, y))
                }
                Step::Close => write!(path, "h "),
            };
        }
        if outline.steps.is_empty() {
            return;
        }
        if outline.fill {
            self.set_color(outline.color, true);
            path.push('f');
        } else {
            let width = f64::from(points(of(STROKE)).0);
            let col = self.desk.inks.text(outline.color);
            self.drawn.ops.extend([Op::SaveGraphicsState, Op::SetOutlineColor { col }]);
            path = format!("{width} w 1 J 1 j {path}S Q");
        }
        append(&mut self.drawn.ops, |out| out.push_str(&path));
    }
}
