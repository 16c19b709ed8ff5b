//! `[output.bifolio.style.ROLE]`: what a book changes in the styles of its theme.
//!
//! In:     the table `style`, the theme with its page and sizes settled.
//! Out:    the theme's styles changed, in both editions alike.
//! Faults: `config.style`, `toml.key`, `toml.type`; each with the place of its key or value.
//! Absent: what a key means on a page; `theme/style.rs` says that.
//!
//! Lengths become the relative units of [`Style`] here, so that this is the only place where a unit is read.

use super::manifest_edition::choice;
use super::manifest_table::{Loose, Set, Table};
use super::measure::{Extent, color, extent};
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Em, Severity, Sink};
use crate::theme::{Aspect, Color, Family, Figures, LabelPlace, Role, Style, TextAlign, Theme, Weight};
use std::ops::RangeInclusive;

/// Sizes of type, in points: what can be read, and what fits a page.
const SIZES: RangeInclusive<f64> = 5.0..=144.0;
/// Leading, of the size: less overlaps, more falls apart.
const LEADINGS: RangeInclusive<f64> = 0.9..=4.0;
/// A heading whose book gives its size alone keeps to whole lines of at least this much of the size.
const LEAST_LEADING: f64 = 1.1;
/// Space over and under a block, in lines: from none to a page of a large book.
const SPACES: RangeInclusive<f64> = 0.0..=40.0;
/// Indents, in em; below zero the other lines hang.
const INDENTS: RangeInclusive<f64> = -20.0..=20.0;
/// Insets, of the measure: half of it must be left.
const INSETS: RangeInclusive<f64> = 0.0..=0.5;
/// Space between letters, in em.
const TRACKINGS: RangeInclusive<f64> = -0.1..=1.0;
/// Rules, in points: thinner ones vanish on a press, thicker ones are bars.
const RULES: RangeInclusive<f64> = 0.25..=24.0;
/// Contrast that small text needs (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

/// Beside the roles: what stands at the head and the foot of a page.
const HEAD: &str = "running-head";
const FOLIO: &str = "folio";

/// Reads every style of the table.
pub fn read_styles(table: &Table, theme: &mut Theme, sink: &mut Sink) {
    let Some(styles) = table.table("style", sink) else { return };
    for key in styles.keys() {
        let role = Role::ALL.into_iter().find(|role| role.name() == key.value);
        if role.is_none() && key.value != HEAD && key.value != FOLIO {
            let names = Role::ALL.iter().map(|role| role.name()).chain([HEAD, FOLIO]);
            let told = Diagnostic::error("toml.key", format!("there is no style \"{}\"", key.value)).at(key.span);
            sink.push(match nearest(&key.value, names.clone()) {
                Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                None => told.hint(format!("the styles are: {}", names.collect::<Vec<_>>().join(", "))),
            });
            continue;
        }
        let Some(written) = styles.table_of(&key.value) else {
            let message = format!("style.{} is a table", key.value);
            let told = Diagnostic::error("toml.type", message).at(styles.place(&key.value));
            sink.push(told.hint(format!("write [output.bifolio.style.{}] and its keys under it", key.value)));
            continue;
        };
        let old = match role {
            Some(role) => theme.style(role),
            None if key.value == HEAD => &theme.furniture.head,
            None => &theme.furniture.folio,
        };
        let (style, aspects) = restyled(&written, theme, old, sink);
        legible(&style, &written, sink);
        if !role.is_some_and(Role::takes_ground) {
            groundless(&key.value, &written, sink);
        }
        if role == Some(Role::Body) {
            // What holds for paragraphs holds for the first one too, but for its indent.
            let first = theme.style(Role::BodyFirst);
            let (style, aspects) = restyled(&written, theme, first, &mut Sink::new());
            let indent = first.indent;
            theme.set_style(Role::BodyFirst, Style { indent, ..style });
            aspects.into_iter().for_each(|aspect| theme.insist(Role::BodyFirst, aspect));
        }
        match role {
            Some(role) => {
                theme.set_style(role, style);
                aspects.into_iter().for_each(|aspect| theme.insist(role, aspect));
            }
            None if key.value == HEAD => theme.furniture.head = style,
            None => theme.furniture.folio = style,
        }
    }
}

/// A style with what the table changes in it, and the aspects that the book insists on.
fn restyled(table: &Table, theme: &Theme, old: &Style, sink: &mut Sink) -> (Style, Vec<Aspect>) {
    let mut reader = Reader { table, theme, style: old.clone(), aspects: Vec::new(), sink };
    reader.read();
    (reader.style, reader.aspects)
}

/// Reports a ground or a rule where none can be drawn.
fn groundless(name: &str, table: &Table, sink: &mut Sink) {
    for key in ["ground", "rule"] {
        if let Some(place) = table.place(key) {
            let told = Diagnostic::error("config.style", format!("the style {name} takes no {key}")).at(Some(place));
            sink.push(told.hint("grounds and rules are drawn for paragraphs, headings, quotations, lists and code"));
        }
    }
}

/// Warns of ink that cannot be read on its ground.
fn legible(style: &Style, table: &Table, sink: &mut Sink) {
    let Some(place) = table.place("color").or_else(|| table.place("ground")) else { return };
    let found = style.color.contrast(style.ground.unwrap_or(Color::WHITE));
    if found < CONTRAST {
        let message = format!("this ink has a contrast of {found:.1}:1 with its ground; text needs {CONTRAST}:1");
        sink.push(
            Diagnostic::warning("config.style", message)
                .at(Some(place))
                .hint("make the ink darker, or the ground lighter (WCAG 2.2, 1.4.3)"),
        );
    }
}

struct Reader<'a, 't, 's> {
    table: &'a Table<'t>,
    theme: &'a Theme,
    style: Style,
    aspects: Vec<Aspect>,
    sink: &'s mut Sink,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self) {
        self.words();
        self.sizes();
        self.spaces();
        self.inks();
        self.table.close(Severity::Error, self.sink);
    }

    fn words(&mut self) {
        let families = [("text", Family::Text), ("sans", Family::Sans), ("mono", Family::Mono)];
        let weights = [("regular", Weight::Regular), ("bold", Weight::Bold)];
        let aligns = [
            ("justify", TextAlign::Justify),
            ("start", TextAlign::Start),
            ("center", TextAlign::Center),
            ("end", TextAlign::End),
        ];
        let figures = [("oldstyle", Figures::OldStyle), ("lining", Figures::Lining), ("tabular", Figures::Tabular)];
        let labels = [("inline", LabelPlace::Inline), ("above", LabelPlace::Above)];
        let (table, style, sink) = (self.table, &mut self.style, &mut *self.sink);
        set(&mut style.family, choice(table, "family", &families, sink));
        set(&mut style.weight, choice(table, "weight", &weights, sink));
        set(&mut style.figures, choice(table, "figures", &figures, sink));
        set(&mut style.label, choice(table, "label", &labels, sink));
        set(&mut style.italic, table.bool("italic", sink));
        set(&mut style.small_caps, table.bool("small-caps", sink));
        set(&mut style.keep_with_next, table.bool("keep-with-next", sink));
        set(&mut style.keep_together, table.bool("keep-together", sink));
        if let Some(align) = choice(table, "align", &aligns, sink) {
            style.align = align;
            self.aspects.push(Aspect::Align);
        }
        if let Some(hyphenate) = table.bool("hyphenate", sink) {
            style.hyphenate = hyphenate;
            self.aspects.push(Aspect::Hyphenate);
        }
    }

    fn sizes(&mut self) {
        let (text, line) = (self.theme.text_size, self.theme.leading);
        let size = self.extent("size", "\"12pt\", \"1.2em\" or \"120%\"", |extent| match extent {
            Extent::Length(length) => Some(length.ratio(text)),
            Extent::Em(times) | Extent::Share(times) | Extent::Number(times) => Some(times),
            Extent::Lines(lines) => Some(line.scale(lines).ratio(text)),
        });
        let size = self.within(size, "size", SIZES, "5pt to 144pt", |size| size * text.to_pt());
        set(&mut self.style.size, size);
        let own = text.scale(self.style.size);
        let leading = self.extent("leading", "\"15pt\", \"2 lines\" or a multiple of the size like 1.3", |extent| {
            Some(match extent {
                Extent::Length(length) => length.ratio(line),
                Extent::Em(times) | Extent::Share(times) | Extent::Number(times) => own.scale(times).ratio(line),
                Extent::Lines(lines) => lines,
            })
        });
        let of_size = |leading: f64| line.scale(leading).ratio(own);
        match self.within(leading, "leading", LEADINGS, "0.9 to 4 times the size", of_size) {
            Some(leading) => {
                self.style.leading = leading;
                self.aspects.push(Aspect::Leading);
            }
            // Larger letters get whole lines that hold them.
            None if size.is_some() && of_size(self.style.leading) < LEAST_LEADING => {
                self.style.leading = own.scale(LEAST_LEADING).ratio(line).ceil();
            }
            None => {}
        }
        let tracking = self.extent("tracking", "\"0.05em\", \"5%\" or \"0.5pt\"", |extent| match extent {
            Extent::Length(length) => Some(length.ratio(own)),
            Extent::Em(em) | Extent::Share(em) => Some(em),
            Extent::Number(0.0) => Some(0.0),
            Extent::Number(_) | Extent::Lines(_) => None,
        });
        if let Some(tracking) = self.within(tracking, "tracking", TRACKINGS, "-0.1em to 1em", |em| em) {
            self.style.tracking = Em(tracking);
        }
    }

    fn spaces(&mut self) {
        let (text, line, measure) = (self.theme.text_size, self.theme.leading, self.theme.measure());
        let own = text.scale(self.style.size);
        for key in ["before", "after"] {
            let space = self.extent(key, "\"2 lines\", \"12pt\" or \"1em\"", |extent| match extent {
                Extent::Length(length) => Some(length.ratio(line)),
                Extent::Em(em) => Some(own.scale(em).ratio(line)),
                Extent::Lines(lines) | Extent::Number(lines) => Some(lines),
                Extent::Share(_) => None,
            });
            if let Some(space) = self.within(space, key, SPACES, "0 to 40 lines", |lines| lines) {
                *(if key == "before" { &mut self.style.before } else { &mut self.style.after }) = space;
            }
        }
        let indent = self.extent("indent", "\"1em\", \"5mm\" or \"5%\" of the measure", |extent| match extent {
            Extent::Length(length) => Some(length.ratio(own)),
            Extent::Em(em) => Some(em),
            Extent::Share(share) => Some(measure.scale(share).ratio(own)),
            Extent::Number(0.0) => Some(0.0),
            Extent::Number(_) | Extent::Lines(_) => None,
        });
        if let Some(indent) = self.within(indent, "indent", INDENTS, "-20em to 20em", |em| em) {
            self.style.indent = Em(indent);
        }
        for key in ["inset", "inset-start", "inset-end"] {
            let inset = self.extent(key, "\"2em\", \"10mm\" or \"5%\" of the measure", |extent| match extent {
                Extent::Length(length) => Some(length.ratio(text)),
                Extent::Em(em) => Some(em),
                Extent::Share(share) => Some(measure.scale(share).ratio(text)),
                Extent::Number(0.0) => Some(0.0),
                Extent::Number(_) | Extent::Lines(_) => None,
            });
            let of_measure = |em: f64| text.scale(em).ratio(measure);
            if let Some(inset) = self.within(inset, key, INSETS, "0 to half the measure", of_measure) {
                if key != "inset-end" {
                    self.style.inset_start = Em(inset);
                }
                if key != "inset-start" {
                    self.style.inset_end = Em(inset);
                }
            }
        }
    }

    fn inks(&mut self) {
        if let Some(ink) = self.color("color")
            && let Some(ink) = ink
        {
            self.style.color = ink;
        }
        if let Some(ground) = self.color("ground") {
            self.style.ground = ground;
        }
        if self.table.loose("rule").is_some_and(|rule| rule.value == Loose::Text("none".to_owned())) {
            self.style.edge_rule = None;
            return;
        }
        let rule = self.extent("rule", "\"1pt\" or \"none\"", |extent| match extent {
            Extent::Length(length) => Some(length.to_pt()),
            Extent::Em(_) | Extent::Share(_) | Extent::Number(_) | Extent::Lines(_) => None,
        });
        if let Some(rule) = self.within(rule, "rule", RULES, "0.25pt to 24pt", |points| points) {
            self.style.edge_rule = Some(rule);
        }
    }

    /// A colour; `Some(None)` for `"none"`, which a ground may be.
    fn color(&mut self, key: &'static str) -> Option<Option<Color>> {
        let written = self.table.text(key, self.sink)?;
        if key == "ground" && written.value == "none" {
            return Some(None);
        }
        let found = color(&written.value);
        if found.is_none() {
            let message = format!("\"{}\" is not a color", written.value);
            let told = Diagnostic::error("config.style", message).at(written.span);
            sink_hint(self.sink, told, "write \"#1a2b3c\", \"black\", \"grey\" or \"white\"");
        }
        found.map(Some)
    }

    /// An extent under a key, turned into the unit of the style.
    fn extent(&mut self, key: &'static str, example: &str, turn: impl Fn(Extent) -> Option<f64>) -> Option<Set<f64>> {
        let written = self.table.loose(key)?;
        let found = match &written.value {
            Loose::Text(text) => extent(text),
            Loose::Number(number) => Some(Extent::Number(*number)),
            Loose::Bool(_) | Loose::List(_) | Loose::Other(_) => None,
        };
        let turned = found.and_then(turn).filter(|value| value.is_finite());
        if turned.is_none() {
            let told = Diagnostic::error("config.style", format!("this is not what {key} can be")).at(written.span);
            sink_hint(self.sink, told, &format!("write {example}"));
        }
        Some(Set { value: turned?, span: written.span })
    }

    /// The value, where what it comes to lies in a range.
    fn within(
        &mut self,
        value: Option<Set<f64>>,
        key: &str,
        range: RangeInclusive<f64>,
        said: &str,
        comes_to: impl Fn(f64) -> f64,
    ) -> Option<f64> {
        let value = value?;
        // A hair of rounding is no fault.
        let found = (comes_to(value.value) * 1e6).round() / 1e6;
        if range.contains(&found) {
            return Some(value.value);
        }
        let told = Diagnostic::error("config.style", format!("{key} is out of range")).at(value.span);
        sink_hint(self.sink, told, &format!("it goes from {said}"));
        None
    }
}

fn sink_hint(sink: &mut Sink, told: Diagnostic, hint: &str) {
    sink.push(told.hint(hint.to_owned()));
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

#[cfg(test)]
mod tests;
