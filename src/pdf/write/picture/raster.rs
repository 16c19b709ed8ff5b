//! What PDF cannot draw of an SVG → pixels, and of the rest as little as can be.
//!
//! In:     the drawing, the node that cannot be drawn.
//! Out:    an image and the place where it lies.
//! Faults: a drawing without a size.
//! Absent: which nodes these are; the walker in `svg.rs` asks.
//!
//! Where things may shine through, a node becomes a picture of itself with holes. Where they may not, it becomes a cut of
//! the whole drawing as it is seen in the end: what lies under it is in the cut, and what lies over it is drawn once more.

use super::{Parts, Wish, pixels};
use lopdf::Object;
use resvg::tiny_skia::{IntRect, Pixmap};
use usvg::{Node, Rect, Transform, Tree};

/// Pixels across the longer side of a drawing: 300 to the inch over a page of 8 inches.
const SIDE: f32 = 2400.0;

/// Draws nodes of one drawing as pixels.
pub struct Raster<'a> {
    tree: &'a Tree,
    /// Pixels in a unit of the drawing.
    scale: f32,
    /// The whole drawing, once it has been asked for.
    whole: Option<Pixmap>,
}

/// A cut of a drawing.
pub struct Cut {
    pub objects: Vec<Object>,
    /// Where it lies, in units of the drawing: left, top, width, height.
    pub area: [f32; 4],
}

impl<'a> Raster<'a> {
    pub fn new(tree: &'a Tree) -> Raster<'a> {
        Raster { tree, scale: SIDE / tree.size().width().max(tree.size().height()), whole: None }
    }

    /// The drawing as one picture.
    pub fn whole(mut self, wish: Wish) -> Result<Parts, String> {
        let page = self.page()?;
        let (width, height) = (page.width(), page.height());
        let objects = pixels::from_rgba(width, height, &mut straight(page), wish);
        Ok(Parts { objects, turned: false, note: None })
    }

    fn page(&mut self) -> Result<&Pixmap, String> {
        if self.whole.is_none() {
            let size = self.tree.size();
            let (w, h) = ((size.width() * self.scale).ceil().max(1.0), (size.height() * self.scale).ceil().max(1.0));
            let mut page = Pixmap::new(w as u32, h as u32).ok_or("it has no size")?;
            resvg::render(self.tree, Transform::from_scale(self.scale, self.scale), &mut page.as_mut());
            self.whole = Some(page);
        }
        self.whole.as_ref().ok_or_else(|| "it has no size".to_owned())
    }

    /// The part of the drawing that a node covers, in its units; `None` where it shows nothing.
    pub fn covers(&self, node: &Node) -> Option<Rect> {
        let (own, size) = (node.abs_layer_bounding_box()?, self.tree.size());
        let (left, top) = (own.left().max(0.0), own.top().max(0.0));
        Rect::from_ltrb(left, top, own.right().min(size.width()), own.bottom().min(size.height()))
            .filter(|area| area.width() > 0.0 && area.height() > 0.0)
    }

    /// A node as pixels; `around`: the transform of what it stands in, from the whole drawing on.
    pub fn node(&mut self, node: &Node, around: Transform, wish: Wish) -> Result<Option<Cut>, String> {
        let (Some(area), Some(own)) = (self.covers(node), node.abs_layer_bounding_box()) else { return Ok(None) };
        let scale = self.scale;
        // Whole pixels, so that nothing is blurred.
        let edge = |at: f32| (at * scale) as i32;
        let (left, top) = (edge(area.left()), edge(area.top()));
        let (right, foot) = ((area.right() * scale).ceil() as i32, (area.bottom() * scale).ceil() as i32);
        let Some(cut) = IntRect::from_ltrb(left, top, right.max(left + 1), foot.max(top + 1)) else { return Ok(None) };
        let page = if wish.is_flat {
            self.page()?.clone_rect(cut)
        } else {
            let mut page = Pixmap::new(cut.width(), cut.height()).ok_or("it has no size")?;
            // The renderer moves a node to the corner; it is moved back to where it stands.
            let at = Transform::from_translate(-left as f32, -top as f32)
                .pre_scale(scale, scale)
                .pre_concat(around)
                .pre_translate(own.x(), own.y());
            resvg::render_node(node, at, &mut page.as_mut()).map(|()| page)
        };
        let Some(page) = page else { return Ok(None) };
        let objects = pixels::from_rgba(page.width(), page.height(), &mut straight(&page), wish);
        let [x, y, width, height] =
            [left, top, page.width() as i32, page.height() as i32].map(|pixels| pixels as f32 / scale);
        Ok(Some(Cut { objects, area: [x, y, width, height] }))
    }
}

/// Red, green, blue and alpha, not multiplied.
fn straight(page: &Pixmap) -> Vec<u8> {
    let channels = |pixel: &resvg::tiny_skia::PremultipliedColorU8| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    };
    page.pixels().iter().flat_map(channels).collect()
}
