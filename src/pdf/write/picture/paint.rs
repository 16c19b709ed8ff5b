//! Colours, gradients, strokes, opacity and clips of SVG, as operations and resources.
//!
//! In:     paints as usvg resolves them.
//! Out:    [`Canvas`], to which the walker in `svg.rs` adds.
//! Absent: the order of drawing.

use super::Wish;
use super::raster::Raster;
use super::svg::segments;
use crate::pdf::write::verbatim::{append, decimal};
use lopdf::{Dictionary, Object, dictionary};
use printpdf::{DictItem, LineCapStyle, LineDashPattern, LineJoinStyle, Op, Pt};
use std::collections::BTreeMap;
use std::ops::Deref;
use usvg::tiny_skia_path::PathSegment;
use usvg::{
    BaseGradient, BlendMode, ClipPath, FillRule, LineCap, LineJoin, Node, Paint, SpreadMethod, Stroke, Transform,
};

/// A form that is being drawn, and the resources that it shares with the forms in it.
pub struct Canvas<'a> {
    pub wish: Wish<'a>,
    /// For what cannot be drawn.
    pub raster: Raster<'a>,
    pub ops: Vec<Op>,
    /// The forms of transparent groups.
    pub forms: Vec<Vec<Op>>,
    pub images: Vec<Vec<Object>>,
    /// Graphics states by name.
    pub states: BTreeMap<String, Object>,
    pub patterns: Vec<Dictionary>,
}

/// An operator with numbers; four decimals are finer than any press.
pub fn op(ops: &mut Vec<Op>, key: &str, numbers: &[f32]) {
    append(ops, |out| {
        for number in numbers {
            decimal::<4>(out, (f64::from(*number) * 10_000.0).round() as i64);
            out.push(' ');
        }
        out.push_str(key);
    });
}

pub fn pattern_name(index: usize) -> String {
    format!("S{index}")
}

/// Whether a gradient can be a PDF shading: opaque, and its ends go on as they are.
pub fn is_plain(gradient: &BaseGradient) -> bool {
    gradient.spread_method() == SpreadMethod::Pad
        && !gradient.stops().is_empty()
        && gradient.stops().iter().all(|stop| stop.opacity().get() >= 1.0)
}

/// The outlines of a clip path in its user's space, with the rule that says what is inside; `None` where it is more
/// than outlines.
pub fn clip_segments(clip: &ClipPath) -> Option<(Vec<PathSegment>, FillRule)> {
    let mut found = Vec::new();
    let mut rule = FillRule::NonZero;
    collect(clip.root().children(), clip.transform().pre_concat(clip.root().transform()), &mut found, &mut rule)?;
    Some((found, rule))
}

fn collect(nodes: &[Node], at: Transform, found: &mut Vec<PathSegment>, rule: &mut FillRule) -> Option<()> {
    for node in nodes {
        match node {
            Node::Group(group) if group.clip_path().is_none() => {
                collect(group.children(), at.pre_concat(group.transform()), found, rule)?;
            }
            Node::Path(path) => {
                *rule = path.fill().map_or(*rule, |fill| fill.rule());
                found.extend(path.data().clone().transform(at)?.segments());
            }
            Node::Group(_) | Node::Image(_) | Node::Text(_) => return None,
        }
    }
    Some(())
}

impl<'a> Canvas<'a> {
    pub fn new(wish: Wish<'a>, raster: Raster<'a>) -> Canvas<'a> {
        Canvas {
            wish,
            raster,
            ops: Vec::new(),
            forms: Vec::new(),
            images: Vec::new(),
            states: BTreeMap::new(),
            patterns: Vec::new(),
        }
    }

    fn color(&self, color: usvg::Color) -> printpdf::Color {
        self.wish.inks.drawing([color.red, color.green, color.blue])
    }

    pub fn clip(&mut self, clip: &ClipPath) {
        let Some((path, rule)) = clip_segments(clip) else { return };
        if path.is_empty() {
            // Nothing is inside: an empty rectangle shows nothing.
            op(&mut self.ops, "re", &[0.0; 4]);
        }
        segments(path.into_iter(), &mut self.ops);
        op(&mut self.ops, if rule == FillRule::EvenOdd { "W*" } else { "W" }, &[]);
        op(&mut self.ops, "n", &[]);
    }

    pub fn opacity(&mut self, fill: f32, stroke: f32) {
        if fill >= 1.0 && stroke >= 1.0 {
            return;
        }
        let thousandths = |opacity: f32| (opacity * 1000.0).round();
        let name = format!("G{}-{}", thousandths(fill), thousandths(stroke));
        let state = dictionary! { "ca" => thousandths(fill) / 1000.0, "CA" => thousandths(stroke) / 1000.0 };
        self.states.insert(name.clone(), state.into());
        self.ops.push(Op::LoadGraphicsState { gs: printpdf::ExtendedGraphicsStateId(name) });
    }

    /// How what follows mixes with what lies under it (ISO 32000-1, 11.3.5).
    pub fn blend(&mut self, mode: BlendMode) {
        let name = match mode {
            BlendMode::Normal => return,
            BlendMode::Multiply => "Multiply",
            // PDF cannot add lights; this comes nearest.
            BlendMode::Screen | BlendMode::PlusLighter => "Screen",
            BlendMode::Overlay => "Overlay",
            BlendMode::Darken => "Darken",
            BlendMode::Lighten => "Lighten",
            BlendMode::ColorDodge => "ColorDodge",
            BlendMode::ColorBurn => "ColorBurn",
            BlendMode::HardLight => "HardLight",
            BlendMode::SoftLight => "SoftLight",
            BlendMode::Difference => "Difference",
            BlendMode::Exclusion => "Exclusion",
            BlendMode::Hue => "Hue",
            BlendMode::Saturation => "Saturation",
            BlendMode::Color => "Color",
            BlendMode::Luminosity => "Luminosity",
        };
        let state = format!("B{name}");
        self.states.insert(state.clone(), dictionary! { "BM" => name }.into());
        self.ops.push(Op::LoadGraphicsState { gs: printpdf::ExtendedGraphicsStateId(state) });
    }

    pub fn fill_paint(&mut self, paint: &Paint, at: Transform) {
        match self.pattern(paint, at) {
            Ok(name) => {
                self.ops.push(Op::SetColorSpaceFill { id: "Pattern".to_owned() });
                self.ops.push(Op::Unknown { key: "scn".to_owned(), value: vec![DictItem::Name(name.into_bytes())] });
            }
            Err(col) => self.ops.push(Op::SetFillColor { col }),
        }
    }

    pub fn stroke(&mut self, stroke: &Stroke, at: Transform) {
        match self.pattern(stroke.paint(), at) {
            Ok(name) => {
                self.ops.push(Op::SetColorSpaceStroke { id: "Pattern".to_owned() });
                self.ops.push(Op::Unknown { key: "SCN".to_owned(), value: vec![DictItem::Name(name.into_bytes())] });
            }
            Err(col) => self.ops.push(Op::SetOutlineColor { col }),
        }
        let cap = match stroke.linecap() {
            LineCap::Butt => LineCapStyle::Butt,
            LineCap::Round => LineCapStyle::Round,
            LineCap::Square => LineCapStyle::ProjectingSquare,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => LineJoinStyle::Miter,
            LineJoin::Round => LineJoinStyle::Round,
            LineJoin::Bevel => LineJoinStyle::Bevel,
        };
        let dash = LineDashPattern {
            offset: stroke.dashoffset(),
            pattern: stroke.dasharray().map(<[f32]>::to_vec).unwrap_or_default().into(),
        };
        self.ops.extend([
            Op::SetOutlineThickness { pt: Pt(stroke.width().get()) },
            Op::SetLineCapStyle { cap },
            Op::SetLineJoinStyle { join },
            Op::SetMiterLimit { limit: Pt(stroke.miterlimit().get()) },
            Op::SetLineDashPattern { dash },
        ]);
    }

    /// The name of a gradient's pattern, or the one colour it is.
    fn pattern(&mut self, paint: &Paint, at: Transform) -> Result<String, printpdf::Color> {
        let (kind, base, coordinates): (i64, &BaseGradient, Vec<f32>) = match paint {
            Paint::Color(own) => return Err(self.color(*own)),
            // Walkers leave patterns to pixels.
            Paint::Pattern(_) => return Err(self.color(usvg::Color::black())),
            Paint::LinearGradient(line) => (2, line.deref(), vec![line.x1(), line.y1(), line.x2(), line.y2()]),
            Paint::RadialGradient(disc) => {
                let ends = [disc.fx(), disc.fy(), disc.fr().get(), disc.cx(), disc.cy(), disc.r().get()];
                (3, disc.deref(), ends.to_vec())
            }
        };
        let stops: Vec<(f32, usvg::Color)> =
            base.stops().iter().map(|stop| (stop.offset().get(), stop.color())).collect();
        let Transform { sx, ky, kx, sy, tx, ty } = at.pre_concat(base.transform());
        self.patterns.push(dictionary! {
            "Type" => "Pattern",
            "PatternType" => 2,
            "Matrix" => [sx, ky, kx, sy, tx, ty].map(Object::Real).to_vec(),
            "Shading" => dictionary! {
                "ShadingType" => kind,
                "ColorSpace" => self.wish.inks.space(),
                "Coords" => coordinates.into_iter().map(Object::Real).collect::<Vec<_>>(),
                "Extend" => vec![true.into(), true.into()],
                "Function" => ramp(&stops, self.wish),
            },
        });
        Ok(pattern_name(self.patterns.len() - 1))
    }
}

/// Colours along a line from 0 to 1: straight from stop to stop (ISO 32000-1, 7.10.3 and 7.10.4).
fn ramp(stops: &[(f32, usvg::Color)], wish: Wish) -> Dictionary {
    let parts = |color: usvg::Color| {
        let mut parts = Vec::new();
        wish.inks.pixel([color.red, color.green, color.blue], &mut parts);
        parts.into_iter().map(|part| Object::Real(f32::from(part) / 255.0)).collect::<Vec<_>>()
    };
    let step = |from: usvg::Color, to: usvg::Color| {
        dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => parts(from),
            "C1" => parts(to),
            "N" => 1,
        }
    };
    // From end to end, and never two stops at one place, which would be a step of no width.
    let mut points: Vec<(f32, usvg::Color)> = Vec::new();
    if let (Some(first), Some(last)) = (stops.first(), stops.last()) {
        points.push((0.0, first.1));
        points.extend(stops.iter().copied());
        points.push((1.0, last.1));
    }
    let mut functions: Vec<Object> = Vec::new();
    let mut bounds: Vec<Object> = Vec::new();
    let mut reached = 0.0;
    for pair in points.windows(2) {
        let [(_, from), (to_at, to)] = pair else { continue };
        if *to_at <= reached {
            continue;
        }
        if !functions.is_empty() {
            bounds.push(Object::Real(reached));
        }
        functions.push(step(*from, *to).into());
        reached = *to_at;
    }
    if functions.len() == 1
        && let Some(Object::Dictionary(only)) = functions.pop()
    {
        return only;
    }
    let encode: Vec<Object> = functions.iter().flat_map(|_| [0.into(), 1.into()]).collect();
    dictionary! {
        "FunctionType" => 3,
        "Domain" => vec![0.into(), 1.into()],
        "Functions" => functions,
        "Bounds" => bounds,
        "Encode" => encode,
    }
}
