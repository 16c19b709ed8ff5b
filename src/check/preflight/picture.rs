//! Pictures at their printed size: pixels to the inch, lines and words of drawings.
//!
//! In:     a placed picture and the file it comes from.
//! Faults: `press.picture`, `press.heavy`, `press.rule`, `press.text`.

use super::{Found, place};
use crate::asset::{PictureFormat, PictureId, svg};
use crate::base::{Diagnostic, Length};
use crate::pdf::{Owner, Placed};
use crate::theme::Families;

/// Points in an inch.
const INCH: f64 = 72.0;
/// Resolutions are told in tens; what rounds to the wanted one has it.
const SLACK: f64 = 5.0;

impl Found<'_, '_> {
    pub(super) fn picture(&mut self, item: &Placed, id: PictureId, width: Length, page: &str) {
        let picture = self.proof.pictures.get(id);
        let at = match item.owner {
            Owner::Node(node) | Owner::Marker(node) => place(self.proof.tree, node),
            Owner::Furniture(_) => None,
        };
        let wanted = &self.proof.printer.resolution;
        let inches = (width.to_pt() / INCH).max(0.001);
        if picture.format == PictureFormat::Svg {
            self.drawing(id, width.to_pt() / f64::from(picture.width), at, page);
            return;
        }
        let found = f64::from(picture.width) / inches;
        let (path, title) = (&picture.path, self.title());
        if found + SLACK < *wanted.start() {
            let message = format!(
                "the picture {path} has {found:.0} pixels to the inch on page {page}: {title} asks for {:.0}",
                wanted.start()
            );
            let needed = (inches * wanted.start()).ceil();
            let told = Diagnostic::warning("press.picture", message).at(at);
            self.tell(told.hint(format!("take one that is {needed:.0} pixels wide, or show it smaller")));
        } else if found - SLACK > *wanted.end() && wanted.end().is_finite() {
            let message = format!(
                "the picture {path} has {found:.0} pixels to the inch on page {page}: more than {:.0} only make the file larger",
                wanted.end()
            );
            self.tell(Diagnostic::note("press.heavy", message).at(at));
        }
    }

    /// Thin lines and small words of a drawing; `scale`: points for each of its own units.
    fn drawing(&mut self, id: PictureId, scale: f64, at: Option<crate::base::Span>, page: &str) {
        let picture = self.proof.pictures.get(id);
        let Families { text, sans, mono } = self.proof.families;
        let families = [text.as_str(), sans, mono];
        let Some(finest) = svg::finest(&picture.bytes, self.proof.faces, families) else { return };
        let (path, title) = (&picture.path, self.title());
        let (rule, text) = (self.proof.printer.least_rule.to_pt(), self.proof.printer.least_text.to_pt());
        let line = finest.line.map(|line| f64::from(line) * scale);
        if let Some(line) = line.filter(|line| *line < rule - 0.05) {
            let message = format!("lines of {line:.2} pt in {path} on page {page}: {title} asks for {rule} pt");
            self.tell(
                Diagnostic::warning("press.rule", message).at(at).hint("draw them thicker, or show the drawing larger"),
            );
        }
        let words = finest.words.map(|words| f64::from(words) * scale);
        if let Some(words) = words.filter(|words| *words < text - 0.05) {
            let message = format!("words of {words:.1} pt in {path} on page {page}: {title} asks for {text} pt");
            self.tell(Diagnostic::warning("press.text", message).at(at).hint("show the drawing larger"));
        }
    }
}
