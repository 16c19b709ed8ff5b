//! The kerning of a face → a small `GPOS` table for the glyphs that a subset keeps.
//!
//! In:     a font and the glyphs that may stand in a line.
//! Out:    a table with one lookup: the same distance for every pair of these glyphs. `None`: there is none to write, or it
//!         would not fit, and the font's own table should be kept.
//! Absent: marks and other positioning; a font whose text needs them keeps its whole table.
//!
//! A font kerns by lists of pairs and by classes of some thousand glyphs. Of these some hundred are left: the distances are
//! laid out as a matrix, and glyphs with equal rows, or equal columns, become a class of the new table.

use skrifa::GlyphId16;
use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, TableProvider};
use std::collections::BTreeMap;

/// Scripts whose text the feature holds for; `DFLT` is read for all others.
const SCRIPTS: [&[u8; 4]; 6] = [b"DFLT", b"armn", b"cyrl", b"geor", b"grek", b"latn"];
/// Lookup flag: marks between two letters do not part them (OpenType 1.9, "Lookup table").
const IGNORE_MARKS: u16 = 8;
/// Value format: the advance of the first glyph.
const X_ADVANCE: u16 = 4;

/// Makes the table. `glyphs` is sorted, each once.
pub fn table(font: &FontRef, glyphs: &[u16]) -> Option<Vec<u8>> {
    let rows = distances(font, glyphs)?;
    let zero_row = vec![0; glyphs.len()];
    let mut row_classes: BTreeMap<&[i16], u16> = BTreeMap::new();
    let mut first: Vec<(u16, u16)> = Vec::new();
    for (&glyph, row) in glyphs.iter().zip(&rows).filter(|(_, row)| **row != zero_row) {
        let next = row_classes.len() as u16;
        first.push((glyph, *row_classes.entry(row).or_insert(next)));
    }
    if first.is_empty() {
        return None;
    }
    let mut rows: Vec<(u16, &[i16])> = row_classes.into_iter().map(|(row, class)| (class, row)).collect();
    rows.sort_unstable();
    // Class 0 of the second glyph is for those that no class names.
    let mut column_classes: BTreeMap<Vec<i16>, u16> = BTreeMap::from([(vec![0; rows.len()], 0)]);
    let mut second: Vec<(u16, u16)> = Vec::new();
    for (at, &glyph) in glyphs.iter().enumerate() {
        let column: Vec<i16> = rows.iter().map(|(_, row)| row.get(at).copied().unwrap_or_default()).collect();
        let next = column_classes.len() as u16;
        let class = *column_classes.entry(column).or_insert(next);
        if class != 0 {
            second.push((glyph, class));
        }
    }
    let mut columns: Vec<(u16, Vec<i16>)> = column_classes.into_iter().map(|(column, class)| (class, column)).collect();
    columns.sort_unstable();
    encode(&first, &second, rows.len(), &columns)
}

/// The distance of every pair, a row for each first glyph.
fn distances(font: &FontRef, glyphs: &[u16]) -> Option<Vec<Vec<i16>>> {
    let gpos = font.gpos().ok()?;
    let kern: IntSet<Tag> = [Tag::new(b"kern")].into_iter().collect();
    let feature_list = gpos.feature_list().ok()?;
    let mut lookups = IntSet::empty();
    for record in feature_list.feature_records().iter().filter(|record| kern.contains(record.feature_tag())) {
        let feature = record.feature(feature_list.offset_data()).ok()?;
        lookups.extend(feature.lookup_list_indices().iter().map(|index| index.get()));
    }
    let list = gpos.lookup_list().ok()?;
    let mut rows = vec![vec![0; glyphs.len()]; glyphs.len()];
    for index in lookups.iter() {
        let lookup = list.lookups().get(usize::from(index)).ok()?;
        let PositionSubtables::Pair(subtables) = lookup.subtables().ok()? else { return None };
        let mut is_settled = vec![vec![false; glyphs.len()]; glyphs.len()];
        for subtable in subtables.iter() {
            match subtable.ok()? {
                PairPos::Format1(pairs) => {
                    let coverage = pairs.coverage().ok()?;
                    for (at, &glyph) in glyphs.iter().enumerate() {
                        let Some(place) = coverage.get(GlyphId16::new(glyph)) else { continue };
                        let set = pairs.pair_sets().get(usize::from(place)).ok()?;
                        for pair in set.pair_value_records().iter() {
                            let pair = pair.ok()?;
                            let Ok(column) = glyphs.binary_search(&pair.second_glyph().to_u16()) else { continue };
                            if !std::mem::replace(is_settled.get_mut(at)?.get_mut(column)?, true) {
                                *rows.get_mut(at)?.get_mut(column)? += pair.value_record1().x_advance().unwrap_or(0);
                            }
                        }
                    }
                }
                PairPos::Format2(classes) => {
                    let coverage = classes.coverage().ok()?;
                    let (class_1, class_2) = (classes.class_def1().ok()?, classes.class_def2().ok()?);
                    let seconds: Vec<u16> = glyphs.iter().map(|&glyph| class_2.get(GlyphId16::new(glyph))).collect();
                    for (at, &glyph) in glyphs.iter().enumerate() {
                        if coverage.get(GlyphId16::new(glyph)).is_none() {
                            continue;
                        }
                        let class = class_1.get(GlyphId16::new(glyph));
                        let record = classes.class1_records().get(usize::from(class)).ok()?;
                        let values: Vec<i16> = record
                            .class2_records()
                            .iter()
                            .map(|record| {
                                record.ok().and_then(|record| record.value_record1().x_advance()).unwrap_or(0)
                            })
                            .collect();
                        let settled = is_settled.get_mut(at)?;
                        for (column, &class) in seconds.iter().enumerate() {
                            if !std::mem::replace(settled.get_mut(column)?, true) {
                                let value = values.get(usize::from(class)).copied().unwrap_or(0);
                                *rows.get_mut(at)?.get_mut(column)? += value;
                            }
                        }
                    }
                }
            }
        }
    }
    Some(rows)
}

/// Writes the table: header, scripts, feature, lookup, pairs by class (OpenType 1.9, "GPOS").
fn encode(first: &[(u16, u16)], second: &[(u16, u16)], rows: usize, columns: &[(u16, Vec<i16>)]) -> Option<Vec<u8>> {
    let mut pairs: Vec<u8> = Vec::new();
    let matrix = 16 + rows * columns.len() * 2;
    let coverage = coverage(first);
    let (class_1, class_2) = (class_definition(first), class_definition(second));
    let at_class_1 = matrix + coverage.len();
    let at_class_2 = at_class_1 + class_1.len();
    let offsets = [u16::try_from(matrix).ok()?, u16::try_from(at_class_1).ok()?, u16::try_from(at_class_2).ok()?];
    let counts = [u16::try_from(rows).ok()?, u16::try_from(columns.len()).ok()?];
    push(&mut pairs, &[2, offsets[0], X_ADVANCE, 0, offsets[1], offsets[2], counts[0], counts[1]]);
    for row in 0..rows {
        for (_, column) in columns {
            pairs.extend(column.get(row).copied().unwrap_or(0).to_be_bytes());
        }
    }
    pairs.extend(coverage);
    pairs.extend(class_1);
    pairs.extend(class_2);

    let scripts = SCRIPTS.len() as u16;
    let script_list = 2 + 6 * scripts;
    // A script table and its one language system, shared by all scripts.
    let feature_list = 10 + script_list + 4 + 8;
    let lookup_list = feature_list + 8 + 6;
    let mut table: Vec<u8> = Vec::new();
    push(&mut table, &[1, 0, 10, feature_list, lookup_list, scripts]);
    for script in SCRIPTS {
        table.extend(script);
        push(&mut table, &[script_list]);
    }
    push(&mut table, &[4, 0, 0, 0xFFFF, 1, 0]);
    push(&mut table, &[1]);
    table.extend(b"kern");
    push(&mut table, &[8, 0, 1, 0]);
    push(&mut table, &[1, 4, 2, IGNORE_MARKS, 1, 8]);
    table.extend(pairs);
    Some(table)
}

fn push(out: &mut Vec<u8>, numbers: &[u16]) {
    out.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
}

/// Coverage, format 1: a list of glyphs.
fn coverage(glyphs: &[(u16, u16)]) -> Vec<u8> {
    let mut out = Vec::new();
    push(&mut out, &[1, glyphs.len() as u16]);
    glyphs.iter().for_each(|(glyph, _)| push(&mut out, &[*glyph]));
    out
}

/// Class definition, format 2: runs of glyphs of one class.
fn class_definition(glyphs: &[(u16, u16)]) -> Vec<u8> {
    let mut runs: Vec<(u16, u16, u16)> = Vec::new();
    for &(glyph, class) in glyphs {
        match runs.last_mut() {
            Some((_, last, of)) if *of == class && last.checked_add(1) == Some(glyph) => *last = glyph,
            _ => runs.push((glyph, glyph, class)),
        }
    }
    let mut out = Vec::new();
    push(&mut out, &[2, runs.len() as u16]);
    runs.iter().for_each(|&(first, last, class)| push(&mut out, &[first, last, class]));
    out
}
