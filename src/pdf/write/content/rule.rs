//! Rules and grounds on a sheet.
//!
//! In:     a rectangle where the layout put it.
//! Out:    the operations that fill it.
//! Absent: what it belongs to.

use super::{Pen, milli, points};
use crate::base::Length;
use crate::pdf::Point;
use crate::theme::Color;
use printpdf::{Op, PaintMode, Rect, WindingOrder};

impl Pen<'_> {
    /// A filled rectangle, part of whatever is open.
    pub(super) fn rectangle(&mut self, at: Point, width: Length, height: Length, color: Color) {
        self.set_color(color, false);
        let (at, width, height) = self.thick(at, width, height);
        let (left, right) = (milli(at.x), milli(at.x + width));
        let (top, bottom) = (self.up(at.y), self.up(at.y + height));
        let rectangle = Rect {
            x: points(left),
            y: points(bottom),
            width: points(right - left),
            height: points(top - bottom),
            mode: Some(PaintMode::Fill),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.drawn.ops.push(Op::DrawRectangle { rectangle });
    }

    /// A rule at least as thick as a press can print, its middle where it was.
    fn thick(&self, at: Point, width: Length, height: Length) -> (Point, Length, Length) {
        let least = self.desk.form.least_rule();
        let (more_width, more_height) = (least - width, least - height);
        if more_height > Length::ZERO && height <= width {
            (Point { y: at.y - more_height / 2, ..at }, width, least)
        } else if more_width > Length::ZERO && width < height {
            (Point { x: at.x - more_width / 2, ..at }, least, height)
        } else {
            (at, width, height)
        }
    }
}
