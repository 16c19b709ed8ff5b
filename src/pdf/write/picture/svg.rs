//! SVG → a form of vector operations; text in it becomes outlines of our faces.
//!
//! In:     the bytes of the file, the faces, the names of the book's families.
//! Out:    [`Parts`]: a form that fills the unit square, as images do.
//! Faults: what `usvg` cannot read.
//!
//! usvg resolves styles, units, references and text, so that only groups, paths and images are left: little enough to
//! be drawn here, which spares a second copy of usvg that `svg2pdf` would bring. Filters, masks and patterns are drawn by
//! resvg as pixels (`raster`), and all else stays vectors, unless most of the drawing is such.

use super::raster::{Cut, Raster};
use super::{Parts, Wish, paint, pixels};
use crate::asset::{Faces, svg};
use crate::pdf::write::objects::{LOCAL, deflated};
use crate::pdf::write::stream;
use crate::theme::Families;
use lopdf::{Dictionary, Object, dictionary};
use paint::{Canvas, op};
use printpdf::{Op, XObjectId, XObjectTransform};
use usvg::tiny_skia_path::PathSegment;
use usvg::{BlendMode, FillRule, Group, ImageKind, Node, Paint, PaintOrder, Transform, Tree};

pub fn parts(bytes: &[u8], faces: &Faces, families: &Families, wish: Wish) -> Result<Parts, String> {
    let tree = Tree::from_data(bytes, &options(faces, families)).map_err(|error| error.to_string())?;
    let (size, raster) = (tree.size(), Raster::new(&tree));
    let mut found = Found::default();
    found.group(tree.root(), wish.is_flat, &raster);
    if !is_own_plain(tree.root(), wish.is_flat)
        || found.count > MOST_CUTS
        || found.area > LARGEST_SHARE * size.width() * size.height()
    {
        return raster.whole(wish);
    }
    let mut canvas = Canvas::new(wish, raster);
    group(tree.root(), Transform::identity(), 1.0, &mut canvas)?;
    let (w, h) = (size.width(), size.height());
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => [0.0, 0.0, w, h].map(Object::Real).to_vec(),
        // SVG counts from the top down.
        "Matrix" => [1.0 / w, 0.0, 0.0, -1.0 / h, 0.0, 1.0].map(Object::Real).to_vec(),
    };
    Ok(Parts { objects: assemble(dictionary, canvas)?, turned: false, note: None })
}

/// The form, the resources that it shares with the forms in it, those forms, and the images' parts.
fn assemble(dictionary: Dictionary, mut canvas: Canvas<'_>) -> Result<Vec<Object>, String> {
    let resources = Object::Reference((1, LOCAL));
    let forms = std::mem::take(&mut canvas.forms);
    let mut pages = vec![std::mem::take(&mut canvas.ops)];
    let mut dictionaries = vec![dictionary];
    for ops in forms {
        pages.push(ops);
        dictionaries.push(dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            // It holds one group of the picture, which the picture's own box clips.
            "BBox" => [-32_000, -32_000, 32_000, 32_000].map(Object::from).to_vec(),
            "Group" => dictionary! { "S" => "Transparency", "CS" => canvas.wish.inks.space() },
        });
    }
    let contents = stream::serialized(pages).map_err(|error| error.to_string())?;
    let mut objects = vec![Object::Null, Object::Null];
    let mut xobjects = Dictionary::new();
    for (index, (mut dictionary, content)) in dictionaries.into_iter().zip(contents).enumerate() {
        dictionary.set("Resources", resources.clone());
        let form = Object::Stream(deflated(dictionary, &content));
        match index.checked_sub(1) {
            None => objects[0] = form,
            Some(inner) => {
                xobjects.set(form_name(inner), Object::Reference((objects.len() as u32, LOCAL)));
                objects.push(form);
            }
        }
    }
    for (index, image) in std::mem::take(&mut canvas.images).into_iter().enumerate() {
        let base = objects.len() as u32;
        xobjects.set(image_name(index), Object::Reference((base, LOCAL)));
        objects.extend(image.into_iter().map(|object| moved(object, base)));
    }
    let patterns = canvas.patterns.into_iter().enumerate();
    objects[1] = dictionary! {
        "XObject" => xobjects,
        "ExtGState" => canvas.states.into_iter().collect::<Dictionary>(),
        "Pattern" => patterns.map(|(at, own)| (paint::pattern_name(at), Object::from(own))).collect::<Dictionary>(),
    }
    .into();
    Ok(objects)
}

fn form_name(index: usize) -> String {
    format!("X{index}")
}

fn image_name(index: usize) -> String {
    format!("I{index}")
}

/// The images' own references count from their first part.
fn moved(mut object: Object, by: u32) -> Object {
    if let Object::Stream(stream) = &mut object {
        for (_, value) in stream.dict.iter_mut() {
            match value {
                Object::Reference((place, LOCAL)) => *place += by,
                Object::Array(array) => array.iter_mut().for_each(|item| {
                    if let Object::Reference((place, LOCAL)) = item {
                        *place += by;
                    }
                }),
                _ => {}
            }
        }
    }
    object
}

/// More parts than this, or a larger share of the drawing, as pixels: then all of it.
const MOST_CUTS: usize = 32;
const LARGEST_SHARE: f32 = 0.6;

/// What of a drawing must become pixels.
#[derive(Default)]
struct Found {
    count: usize,
    area: f32,
}

impl Found {
    fn group(&mut self, group: &Group, is_flat: bool, raster: &Raster) {
        for node in group.children() {
            match node {
                node if !is_drawable(node, is_flat) => {
                    self.count += 1;
                    self.area += raster.covers(node).map_or(0.0, |area| area.width() * area.height());
                }
                Node::Group(inner) => self.group(inner, is_flat, raster),
                Node::Text(text) => self.group(text.flattened(), is_flat, raster),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
}

/// Whether a node can be drawn as vectors, whatever stands in it; where nothing may shine through, only what is opaque.
fn is_drawable(node: &Node, is_flat: bool) -> bool {
    let is_seen = |opacity: usvg::Opacity| !is_flat || opacity.get() >= 1.0;
    let plain = |paint: &Paint| match paint {
        Paint::Color(_) => true,
        Paint::LinearGradient(gradient) => paint::is_plain(gradient),
        Paint::RadialGradient(gradient) => paint::is_plain(gradient),
        Paint::Pattern(_) => false,
    };
    match node {
        Node::Group(group) => is_own_plain(group, is_flat),
        Node::Path(path) => {
            path.fill().is_none_or(|fill| plain(fill.paint()) && is_seen(fill.opacity()))
                && path.stroke().is_none_or(|stroke| plain(stroke.paint()) && is_seen(stroke.opacity()))
        }
        Node::Image(image) => match image.kind() {
            ImageKind::SVG(tree) => is_plain(tree.root(), is_flat),
            // It may have holes, through which what lies under it must be seen.
            ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) if is_flat => false,
            ImageKind::JPEG(_) | ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => true,
        },
        Node::Text(text) => is_own_plain(text.flattened(), is_flat),
    }
}

/// Whether a group asks for nothing that vectors cannot do.
fn is_own_plain(group: &Group, is_flat: bool) -> bool {
    group.filters().is_empty()
        && group.mask().is_none()
        && (!is_flat || group.opacity().get() >= 1.0 && group.blend_mode() == BlendMode::Normal)
        && group.clip_path().is_none_or(|clip| clip.clip_path().is_none() && paint::clip_segments(clip).is_some())
}

/// Whether everything in a group can be drawn as vectors.
fn is_plain(group: &Group, is_flat: bool) -> bool {
    is_own_plain(group, is_flat)
        && group.children().iter().all(|node| {
            is_drawable(node, is_flat)
                && match node {
                    Node::Group(inner) => is_plain(inner, is_flat),
                    Node::Text(text) => is_plain(text.flattened(), is_flat),
                    Node::Path(_) | Node::Image(_) => true,
                }
        })
}

/// Draws a group. `at` maps to the form's own space, for gradients; `alpha` is the opacity of a group with one child.
fn group(group: &Group, at: Transform, alpha: f32, canvas: &mut Canvas<'_>) -> Result<(), String> {
    let own = group.transform();
    let opacity = group.opacity().get() * alpha;
    canvas.ops.push(Op::SaveGraphicsState);
    if !own.is_identity() {
        matrix(own, &mut canvas.ops);
    }
    if let Some(clip) = group.clip_path() {
        canvas.clip(clip);
    }
    let at = at.pre_concat(own);
    match group.children() {
        children if group.blend_mode() == BlendMode::Normal && (opacity >= 1.0 || children.len() < 2) => {
            for child in children {
                node(child, at, opacity, canvas)?;
            }
        }
        children => {
            // Overlapping parts must not shine through each other: they are drawn as one, then made transparent.
            let outside = std::mem::take(&mut canvas.ops);
            for child in children {
                node(child, Transform::identity(), 1.0, canvas)?;
            }
            let inside = std::mem::replace(&mut canvas.ops, outside);
            canvas.forms.push(inside);
            canvas.opacity(opacity, opacity);
            canvas.blend(group.blend_mode());
            canvas.ops.push(use_object(form_name(canvas.forms.len() - 1)));
        }
    }
    canvas.ops.push(Op::RestoreGraphicsState);
    Ok(())
}

fn node(node: &Node, at: Transform, alpha: f32, canvas: &mut Canvas<'_>) -> Result<(), String> {
    if !is_drawable(node, canvas.wish.is_flat) {
        return cut(node, alpha, canvas);
    }
    match node {
        Node::Group(inner) => group(inner, at, alpha, canvas),
        Node::Text(text) => group(text.flattened(), at, alpha, canvas),
        Node::Path(path) => {
            if path.is_visible() {
                draw(path, at, alpha, canvas);
            }
            Ok(())
        }
        Node::Image(image) => {
            let size = image.size();
            let parts = match image.kind() {
                ImageKind::JPEG(bytes) => super::jpeg::parts(bytes, canvas.wish)?,
                ImageKind::PNG(bytes) => super::png::parts(bytes, canvas.wish)?,
                ImageKind::GIF(bytes) => pixels::decoded(bytes, crate::asset::PictureFormat::Gif, canvas.wish)?,
                ImageKind::WEBP(bytes) => pixels::decoded(bytes, crate::asset::PictureFormat::Webp, canvas.wish)?,
                ImageKind::SVG(tree) => return group(tree.root(), at, alpha, canvas),
            };
            canvas.images.push(parts.objects);
            canvas.ops.push(Op::SaveGraphicsState);
            canvas.opacity(alpha, alpha);
            matrix(Transform::from_row(size.width(), 0.0, 0.0, -size.height(), 0.0, size.height()), &mut canvas.ops);
            canvas.ops.push(use_object(image_name(canvas.images.len() - 1)));
            canvas.ops.push(Op::RestoreGraphicsState);
            Ok(())
        }
    }
}

/// Puts a node in as pixels.
fn cut(node: &Node, alpha: f32, canvas: &mut Canvas<'_>) -> Result<(), String> {
    // Of what the node stands in, from the whole drawing on.
    let around = match node {
        Node::Group(group) => group.transform().invert().map(|own| group.abs_transform().pre_concat(own)),
        Node::Text(text) => Some(text.abs_transform()),
        Node::Path(path) => Some(path.abs_transform()),
        Node::Image(image) => Some(image.abs_transform()),
    };
    // What is squeezed to a line shows nothing.
    let Some((around, back)) = around.and_then(|around| Some((around, around.invert()?))) else { return Ok(()) };
    let Some(Cut { objects, area: [x, y, width, height] }) = canvas.raster.node(node, around, canvas.wish)? else {
        return Ok(());
    };
    canvas.images.push(objects);
    canvas.ops.push(Op::SaveGraphicsState);
    if !canvas.wish.is_flat {
        canvas.opacity(alpha, alpha);
    }
    matrix(back, &mut canvas.ops);
    matrix(Transform::from_row(width, 0.0, 0.0, -height, x, y + height), &mut canvas.ops);
    canvas.ops.push(use_object(image_name(canvas.images.len() - 1)));
    canvas.ops.push(Op::RestoreGraphicsState);
    Ok(())
}

fn draw(path: &usvg::Path, at: Transform, alpha: f32, canvas: &mut Canvas<'_>) {
    let fill_alpha = path.fill().map_or(1.0, |fill| fill.opacity().get() * alpha);
    let stroke_alpha = path.stroke().map_or(1.0, |stroke| stroke.opacity().get() * alpha);
    let is_clear = fill_alpha < 1.0 || stroke_alpha < 1.0;
    if is_clear {
        canvas.ops.push(Op::SaveGraphicsState);
        canvas.opacity(fill_alpha, stroke_alpha);
    }
    if let Some(fill) = path.fill() {
        canvas.fill_paint(fill.paint(), at);
    }
    if let Some(stroke) = path.stroke() {
        canvas.stroke(stroke, at);
    }
    let is_even_odd = path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
    let (fill, both) = if is_even_odd { ("f*", "B*") } else { ("f", "B") };
    // Painting both at once draws the stroke over the fill, and both as one where they are transparent.
    let passes: &[&str] = match (path.fill().is_some(), path.stroke().is_some(), path.paint_order()) {
        (true, true, PaintOrder::FillAndStroke) => &[both],
        (true, true, PaintOrder::StrokeAndFill) => &["S", fill],
        (true, false, _) => &[fill],
        (false, true, _) => &["S"],
        (false, false, _) => &[],
    };
    for pass in passes {
        segments(path.data().segments(), &mut canvas.ops);
        op(&mut canvas.ops, pass, &[]);
    }
    if is_clear {
        canvas.ops.push(Op::RestoreGraphicsState);
    }
}

/// The operators that build a path. PDF has no quadratic curves: they are raised to cubic ones, exactly.
pub fn segments(path: impl Iterator<Item = PathSegment>, ops: &mut Vec<Op>) {
    let (mut x, mut y) = (0.0, 0.0);
    for segment in path {
        match segment {
            PathSegment::MoveTo(to) => {
                op(ops, "m", &[to.x, to.y]);
                (x, y) = (to.x, to.y);
            }
            PathSegment::LineTo(to) => {
                op(ops, "l", &[to.x, to.y]);
                (x, y) = (to.x, to.y);
            }
            PathSegment::QuadTo(c, to) => {
                let third = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
                let handles = [third(x, c.x), third(y, c.y), third(to.x, c.x), third(to.y, c.y), to.x, to.y];
                op(ops, "c", &handles);
                (x, y) = (to.x, to.y);
            }
            PathSegment::CubicTo(a, b, to) => {
                op(ops, "c", &[a.x, a.y, b.x, b.y, to.x, to.y]);
                (x, y) = (to.x, to.y);
            }
            PathSegment::Close => op(ops, "h", &[]),
        }
    }
}

fn matrix(transform: Transform, ops: &mut Vec<Op>) {
    let Transform { sx, ky, kx, sy, tx, ty } = transform;
    op(ops, "cm", &[sx, ky, kx, sy, tx, ty]);
}

fn use_object(name: String) -> Op {
    Op::UseXobject { id: XObjectId(name), transform: XObjectTransform { no_auto_scale: true, ..Default::default() } }
}

fn options<'a>(faces: &'a Faces, families: &'a Families) -> usvg::Options<'a> {
    svg::with_faces(faces, [&families.text, &families.sans, &families.mono])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::write::ink::Inks;

    fn parts_of(svg: &str) -> Result<Parts, String> {
        let theme = crate::theme::Theme::design("classic").expect("the default design");
        let wish = Wish { inks: &Inks::Screen, is_flat: false };
        parts(svg.as_bytes(), &Faces::with(Vec::new()), &theme.families, wish)
    }

    fn is_form(parts: &Parts) -> bool {
        let Some(Object::Stream(stream)) = parts.objects.first() else { return false };
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
    }

    const HEAD: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>";

    #[test]
    fn shapes_and_words_stay_vectors() {
        let svg = format!(
            "{HEAD}<linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-color='blue'/></linearGradient>\
             <rect width='9' height='9' fill='url(#g)'/><text x='2' y='15' font-family='Arial'>Ab</text>\
             <g opacity='.5'><circle r='5'/><circle r='3' fill='red'/></g></svg>"
        );
        let parts = parts_of(&svg).expect("readable");
        assert!(is_form(&parts));
        // The form, its resources, and the form of the transparent group.
        assert_eq!(parts.objects.len(), 3);
    }

    #[test]
    fn filters_become_pixels_and_the_rest_stays_vectors() {
        let filter = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter>";
        let blurred = format!(
            "{HEAD}{filter}<g transform='translate(20 5) rotate(10)'><rect width='9' height='9' filter='url(#f)'/></g>\
             <path d='M0 0h9'/></svg>"
        );
        let parts = parts_of(&blurred).expect("readable");
        assert!(is_form(&parts));
        // The form, its resources, the cut and its mask.
        assert_eq!(parts.objects.len(), 4);
        let content = match &parts.objects[0] {
            Object::Stream(form) => form.decompressed_content().expect("content"),
            other => panic!("{other:?}"),
        };
        assert!(String::from_utf8_lossy(&content).contains("/I0 Do"), "the cut is shown");
        let all = format!("{HEAD}{filter}<rect width='39' height='19' filter='url(#f)'/></svg>");
        assert!(!is_form(&parts_of(&all).expect("readable")), "a filter over nearly all makes one picture");
        assert!(parts_of("<svg").is_err());
    }

    #[test]
    fn a_cut_shows_on_paper_what_the_whole_drawing_shows_there() {
        let svg = format!(
            "{HEAD}<rect width='40' height='20' fill='#800'/><g transform='translate(20 5) scale(2)'>\
             <rect width='4' height='4' opacity='.5' fill='white'/></g></svg>"
        );
        let theme = crate::theme::Theme::design("classic").expect("the default design");
        let inks = Inks::Grey { least_tint: 0.1 };
        let wish = Wish { inks: &inks, is_flat: true };
        let parts = parts(svg.as_bytes(), &Faces::with(Vec::new()), &theme.families, wish).expect("readable");
        assert!(is_form(&parts));
        let Some(Object::Stream(cut)) = parts.objects.get(2) else { panic!("no cut") };
        let mut cut = cut.clone();
        assert!(!cut.dict.has(b"SMask"), "nothing shines through");
        cut.dict.remove(b"DecodeParms");
        // Half of white over dark red, in the first of a row of equals (the others are told as no difference).
        let pixels = cut.decompressed_content().expect("pixels");
        let seen = crate::pdf::write::ink::luma([192, 128, 128]);
        assert!(pixels.iter().any(|byte| byte.abs_diff(seen) < 2), "{seen}: {:?}", &pixels[..9]);
    }
}
