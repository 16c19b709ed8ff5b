//! Styles made from styles: smaller ones for wide tables and for heads.

use super::style::Resolved;

/// A style in another size, its leading with it.
pub fn scaled(style: &Resolved, factor: f64) -> Resolved {
    let mut style = style.clone();
    style.size = style.size.scale(factor);
    style.leading = style.leading.scale(factor);
    style.indent = style.indent.scale(factor);
    style.tracking = style.tracking.scale(factor);
    style.caps_tracking = style.caps_tracking.scale(factor);
    style
}
