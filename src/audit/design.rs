//! Rules 1 to 4 and 23: what the theme settles, as it comes out on the pages.
//!
//! In:     the proof; of the theme, page, size, leading and styles.
//! Out:    facts; a flaw where a figure lies outside its range.
//! Absent: single lines.

use super::{Found, Proof, Stand};
use crate::base::Length;
use crate::theme::bar::Flaw;
use crate::theme::{Figures, Margins, Role};
use std::collections::BTreeSet;

/// Characters to a line (Bringhurst 2.1.2).
const MEASURE: std::ops::RangeInclusive<f64> = 45.0..=75.0;
/// Sizes of body text in points.
const BODY: std::ops::RangeInclusive<f64> = 10.0..=12.0;
/// The smallest text that KDP prints, in points.
const SMALLEST: f64 = 7.0;
/// Leading to size.
const LEADING: std::ops::RangeInclusive<f64> = 1.2..=1.45;
/// Space between small capitals, in em.
const TRACKING: std::ops::RangeInclusive<f64> = 0.05..=0.12;
/// A line counts as full from this share of the measure on.
const FULL: f64 = 0.98;

pub fn check(proof: &Proof<'_>, found: &mut Found) {
    measure(proof, found);
    sizes(proof, found);
    let theme = proof.theme;
    let leading = theme.leading.ratio(theme.text_size);
    found.fact(3, "leading", leading * 100.0, "%");
    if !LEADING.contains(&leading) {
        found.book(Flaw::Leading, format!("{:.0} %", leading * 100.0), Some(leading));
    }
    margins(proof, found);
    styles(proof, found);
}

fn measure(proof: &Proof<'_>, found: &mut Found) {
    let least = proof.theme.measure().scale(FULL);
    let full = proof.rows.iter().filter(|row| {
        let standing = proof.standing(row);
        standing.stand == Stand::Prose && row.size == proof.theme.text_size && row.right - row.left >= least
    });
    let (lines, characters) = full.fold((0_usize, 0_usize), |(lines, characters), row| {
        (lines + 1, characters + proof.text(row).trim_end().chars().count())
    });
    if lines == 0 {
        return;
    }
    let mean = characters as f64 / lines as f64;
    found.fact(1, "characters", mean, "");
    if !MEASURE.contains(&mean) {
        found.book(Flaw::Measure, format!("{mean:.1} characters in the mean"), Some(mean));
    }
}

fn sizes(proof: &Proof<'_>, found: &mut Found) {
    let body = proof.theme.text_size.to_pt();
    found.fact(2, "body", body, "pt");
    if !BODY.contains(&body) {
        found.book(Flaw::BodySize, format!("{body:.1} pt"), Some(body));
    }
    let smallest = proof.rows.iter().map(|row| row.size).min();
    found.fact(2, "smallest", smallest.map_or(body, Length::to_pt), "pt");
    let mut told = BTreeSet::new();
    for row in proof.rows.iter().filter(|row| row.size.to_pt() < SMALLEST) {
        if told.insert(row.leaf) {
            found.row(proof, Flaw::SmallPrint, row, Some(row.size.to_pt()));
        }
    }
}

fn margins(proof: &Proof<'_>, found: &mut Found) {
    let Margins { inner, top, outer, bottom } = proof.pages.page.margins;
    for (name, side) in [("inner", inner), ("top", top), ("outer", outer), ("bottom", bottom)] {
        found.fact(4, name, side.to_pt(), "pt");
    }
    if !(inner < top && top < outer && outer < bottom) {
        found.book(Flaw::Margins, format!("{inner}, {top}, {outer}, {bottom}"), None);
    }
}

fn styles(proof: &Proof<'_>, found: &mut Found) {
    let theme = proof.theme;
    for role in Role::ALL {
        let style = theme.style(role);
        if style.small_caps && !TRACKING.contains(&style.tracking.0) {
            found.book(Flaw::Caps, format!("the style {}", role.name()), Some(style.tracking.0));
        }
    }
    for (role, wanted) in
        [(Role::Body, Figures::OldStyle), (Role::BodyFirst, Figures::OldStyle), (Role::Cell, Figures::Tabular)]
    {
        if theme.style(role).figures != wanted {
            found.book(Flaw::Figures, format!("the style {}", role.name()), None);
        }
    }
}
