//! sRGB → cyan, magenta, yellow and black. The only door to `moxcms`.
//!
//! In:     the colours of paper that each mix of inks gives (`press/inks/`); a limit to the sum of inks.
//! Out:    [`Separation`]: the inks of a colour.
//! Faults: [`Error::Package`] where the profile cannot be read.
//! Absent: pictures.
//!
//! The profile answers what a mix looks like, not which mix looks like a colour. Of the many mixes that do, the one with
//! the most black is sought: it is the cheapest, keeps greys free of casts when the plates shift, and stays far under the
//! limit. For each knot of a grid the black is at first that of the grey as light as the colour's lightest part; the other
//! inks are then found by Newton's method, all knots at once.

use super::profile::framed;
use crate::base::Error;
use moxcms::{ColorProfile, Layout, TransformF32Executor, TransformOptions};
use std::sync::Arc;

/// Where the table from inks to colours (`A2B0`) stands in the profile.
const FORTH: std::ops::Range<usize> = 0xF0..0x2110;

const PROFILE: &[u8] = include_bytes!("../../press/inks/CGATS001Compat-v2-micro.icc");

/// Knots along each of red, green and blue: 17 lie 16 levels apart, which no eye sees in between.
const KNOTS: usize = 17;
/// Levels between two knots.
const STEP: f32 = 16.0;
/// Steps of Newton's method, in which the black gives way where it leaves no room for the other inks.
const ROUNDS: usize = 24;
/// How much darker than wanted a colour's lightest part may be before the black gives way, and by how much it does.
const TOO_DARK: f32 = 0.01;
const GIVES_WAY: f32 = 0.93;
/// How much lighter than wanted another part may be.
const TOO_LIGHT: f32 = 0.04;
/// How far an ink is moved to learn what it does.
const NUDGE: f32 = 0.02;
/// Steps of black whose lightness is known.
const BLACKS: usize = 101;

/// The inks of each knot, from 0 to 1, red the slowest.
pub struct Separation {
    knots: Vec<[f32; 4]>,
}

impl Separation {
    /// `limit`: the largest sum of inks, 2.4 for 240 percent.
    pub fn new(limit: f32) -> Result<Separation, Error> {
        let paper = Paper::new()?;
        let colors: Vec<[f32; 3]> = (0..KNOTS * KNOTS * KNOTS)
            .map(|at| [at / (KNOTS * KNOTS), at / KNOTS % KNOTS, at % KNOTS].map(|knot| level(knot) / 255.0))
            .collect();
        let greys: Vec<[f32; 4]> = (0..BLACKS).map(|at| [0.0, 0.0, 0.0, at as f32 / (BLACKS - 1) as f32]).collect();
        let greys: Vec<f32> = paper.look(&greys)?.into_iter().map(|[r, g, b]| (r + g + b) / 3.0).collect();
        let mut knots: Vec<[f32; 4]> =
            colors.iter().map(|&[r, g, b]| [1.0 - r, 1.0 - g, 1.0 - b, black(&greys, r.max(g).max(b))]).collect();
        for _ in 0..ROUNDS {
            newton(&paper, &colors, &mut knots)?;
        }
        for (inks, &[r, g, b]) in knots.iter_mut().zip(&colors) {
            if r == g && g == b {
                *inks = [0.0, 0.0, 0.0, inks[3]];
            }
            let colored: f32 = inks[..3].iter().sum();
            let room = (limit - inks[3]).max(0.0);
            if colored > room {
                inks[..3].iter_mut().for_each(|ink| *ink *= room / colored);
            }
        }
        Ok(Separation { knots })
    }

    /// A profile that knows both ways: from inks to colours as it came, from colours to inks as found here. The way back is
    /// told at knots of CIE Lab, which the profile counts in 16 bits (ICC.1:2004-10, 10.10).
    pub fn profile(&self) -> Vec<u8> {
        const SIDE: usize = 17;
        let labs: Vec<f32> = (0..SIDE * SIDE * SIDE)
            .flat_map(|at| {
                [at / (SIDE * SIDE), at / SIDE % SIDE, at % SIDE].map(|knot| knot as f32 / (SIDE - 1) as f32)
            })
            .collect();
        let back: Vec<u8> = screen_colors(&labs)
            .chunks_exact(3)
            .flat_map(|rgb| self.inks([rgb[0], rgb[1], rgb[2]]))
            .flat_map(|ink| (u16::from(ink) * 257).to_be_bytes())
            .collect();
        let forth = PROFILE.get(FORTH).unwrap_or_default().to_vec();
        let back = table(3, 4, SIDE as u8, back);
        // Every colour is said to be within reach: those that are not have been moved to the nearest that is.
        let reach = table(3, 1, 2, vec![0; 16]);
        let tags = [
            (*b"desc", description("CGATS TR 001")),
            (*b"cprt", b"text\0\0\0\0CC0\0".to_vec()),
            (*b"wtpt", b"XYZ \0\0\0\0\0\0\xF6\xD6\0\x01\0\0\0\0\xD3\x2D".to_vec()),
            (*b"A2B0", forth.clone()),
            (*b"A2B1", forth.clone()),
            (*b"A2B2", forth),
            (*b"B2A0", back.clone()),
            (*b"B2A1", back.clone()),
            (*b"B2A2", back),
            (*b"gamt", reach),
        ];
        framed(*b"prtrCMYKLab ", [2, 0x10], &tags)
    }

    /// The inks of a colour, 255 for full ink; greys are black alone.
    pub fn inks(&self, rgb: [u8; 3]) -> [u8; 4] {
        let at = rgb.map(|part| f32::from(part) / STEP);
        let low = at.map(|part| (part as usize).min(KNOTS - 2));
        // The last knot lies at 255, not at 256.
        let part = |axis: usize| {
            let (from, to) = (level(low[axis]), level(low[axis] + 1));
            (f32::from(rgb[axis]) - from) / (to - from)
        };
        let share = [part(0), part(1), part(2)];
        let mut sum = [0.0; 4];
        for corner in 0..8 {
            let up = [corner >> 2 & 1, corner >> 1 & 1, corner & 1];
            let weight: f32 = (0..3).map(|axis| if up[axis] == 1 { share[axis] } else { 1.0 - share[axis] }).product();
            if weight > 0.0 {
                let knot = ((low[0] + up[0]) * KNOTS + low[1] + up[1]) * KNOTS + low[2] + up[2];
                for (sum, ink) in sum.iter_mut().zip(self.knots[knot]) {
                    *sum += weight * ink;
                }
            }
        }
        let [r, g, b] = rgb;
        if r == g && g == b {
            sum = [0.0, 0.0, 0.0, sum[3]];
        }
        sum.map(|ink| (ink * 255.0).round().clamp(0.0, 255.0) as u8)
    }
}

/// A table of 16 bits between straight curves (ICC.1:2004-10, 10.10).
fn table(from: u8, to: u8, side: u8, knots: Vec<u8>) -> Vec<u8> {
    let mut bytes = b"mft2\0\0\0\0".to_vec();
    bytes.extend([from, to, side, 0]);
    for row in [[1, 0, 0], [0, 1, 0], [0, 0, 1]] {
        bytes.extend(row.iter().flat_map(|one: &i32| (one << 16).to_be_bytes()));
    }
    let straight = [0u16, u16::MAX];
    bytes.extend([2u16, 2].iter().flat_map(|count| count.to_be_bytes()));
    (0..from).for_each(|_| bytes.extend(straight.iter().flat_map(|end| end.to_be_bytes())));
    bytes.extend(knots);
    (0..to).for_each(|_| bytes.extend(straight.iter().flat_map(|end| end.to_be_bytes())));
    bytes
}

/// A name as profiles of version 2 write it (ICC.1:2001-04, 6.5.17).
fn description(name: &str) -> Vec<u8> {
    let mut bytes = b"desc\0\0\0\0".to_vec();
    bytes.extend((name.len() as u32 + 1).to_be_bytes());
    bytes.extend(name.bytes());
    // Its end, and the names in two other codes, which are empty: 4 + 4 + 2 + 1 + 67 bytes.
    bytes.extend([0; 79]);
    bytes
}

/// sRGB of colours in Lab, each from 0 to 1 as a profile counts: L of 0 to 100 over 0 to 0xFF00, a and b of −128 to 128.
fn screen_colors(labs: &[f32]) -> Vec<u8> {
    const WHITE: [f32; 3] = [0.9642, 1.0, 0.8249];
    /// From XYZ under D50 to linear sRGB, adapted by Bradford's method (IEC 61966-2-1).
    const LINEAR: [[f32; 3]; 3] =
        [[3.133_856, -1.616_867, -0.490_615], [-0.978_768, 1.916_141, 0.033_454], [0.071_945, -0.228_991, 1.405_243]];
    let cube = |t: f32| if t > 6.0 / 29.0 { t * t * t } else { 3.0 * (6.0 / 29.0) * (6.0 / 29.0) * (t - 4.0 / 29.0) };
    // The level whose light is nearest: powers are not the same on every system, products are.
    let lights: Vec<f32> = (0..=255u8).map(light).collect();
    let level = |linear: f32| lights.partition_point(|light| *light < linear).min(255) as u8;
    labs.chunks_exact(3)
        .flat_map(|lab| {
            let (l, a, b) = (lab[0] * 100.0 * 65_535.0 / 65_280.0, lab[1] * 256.0 - 128.0, lab[2] * 256.0 - 128.0);
            let middle = (l + 16.0) / 116.0;
            let xyz = [middle + a / 500.0, middle, middle - b / 200.0];
            let xyz = [0, 1, 2].map(|axis| cube(xyz[axis]) * WHITE[axis]);
            LINEAR.map(|row| level(row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]))
        })
        .collect()
}

/// The light of a level of sRGB: ((x + 0.055) / 1.055)^2.4 above 0.04045. The power is taken as square times the fifth
/// root of the square, found by Newton's method, which is the same on every system.
fn light(level: u8) -> f32 {
    let x = f64::from(level) / 255.0;
    if x <= 0.04045 {
        return (x / 12.92) as f32;
    }
    let base = (x + 0.055) / 1.055;
    let square = base * base;
    let mut root = 1.0;
    for _ in 0..20 {
        let fourth = root * root * root * root;
        root -= (fourth * root - square) / (5.0 * fourth);
    }
    (square * root) as f32
}

/// The level of a knot, from 0 to 255.
fn level(knot: usize) -> f32 {
    (knot as f32 * STEP).min(255.0)
}

/// How much black is as light as a grey; `greys` falls with the black.
fn black(greys: &[f32], light: f32) -> f32 {
    let after = greys.iter().position(|grey| *grey <= light).unwrap_or(greys.len() - 1);
    let Some(before) = after.checked_sub(1) else { return 0.0 };
    let (high, low) = (greys[before], greys[after]);
    let share = if high > low { ((high - light) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
    (before as f32 + share) / (greys.len() - 1) as f32
}

/// One step for all knots: how each ink but black changes the colour, and so how far it must move.
fn newton(paper: &Paper, colors: &[[f32; 3]], knots: &mut [[f32; 4]]) -> Result<(), Error> {
    let now = paper.look(knots)?;
    let mut slopes = Vec::with_capacity(3);
    for ink in 0..3 {
        let nudge = |mix: &[f32; 4]| if mix[ink] > 0.5 { -NUDGE } else { NUDGE };
        let moved: Vec<[f32; 4]> = knots
            .iter()
            .map(|mix| {
                let mut moved = *mix;
                moved[ink] += nudge(mix);
                moved
            })
            .collect();
        let then = paper.look(&moved)?;
        let slope: Vec<[f32; 3]> = then
            .iter()
            .zip(&now)
            .zip(knots.iter())
            .map(|((then, now), mix)| [0, 1, 2].map(|part| (then[part] - now[part]) / nudge(mix)))
            .collect();
        slopes.push(slope);
    }
    for (at, mix) in knots.iter_mut().enumerate() {
        let off = [0, 1, 2].map(|part| colors[at][part] - now[at][part]);
        let mut columns = [slopes[0][at], slopes[1][at], slopes[2][at]];
        let lightest = if colors[at][0] > colors[at][1].max(colors[at][2]) {
            0
        } else if colors[at][1] > colors[at][2] {
            1
        } else {
            2
        };
        // Each part is darkened by the ink of its own place; where black leaves it no room, that part stays too light.
        let lacks_room = (0..3).any(|part| off[part] < -TOO_LIGHT && mix[part] < 1.0);
        if off[lightest] > TOO_DARK || lacks_room {
            mix[3] *= GIVES_WAY;
        }
        // An ink that is full, or none at all, cannot go on: the others are sought without it.
        let mut steps = [0.0; 3];
        for _ in 0..3 {
            steps = nearest(columns, off);
            let stuck =
                (0..3).filter(|&ink| mix[ink] <= 0.0 && steps[ink] < 0.0 || mix[ink] >= 1.0 && steps[ink] > 0.0);
            let stuck: Vec<usize> = stuck.collect();
            if stuck.is_empty() {
                break;
            }
            stuck.into_iter().for_each(|ink| columns[ink] = [0.0; 3]);
        }
        for (ink, step) in mix.iter_mut().zip(steps) {
            // Half a step at most: far from the goal the slope says little.
            *ink = (*ink + step.clamp(-0.5, 0.5)).clamp(0.0, 1.0);
        }
    }
    Ok(())
}

/// The steps of three inks that come nearest to `off`, each changing the colour by its column. A little weight on short
/// steps (Levenberg 1944) keeps inks still that change nothing, as the last of a light that is out already.
fn nearest(columns: [[f32; 3]; 3], off: [f32; 3]) -> [f32; 3] {
    const SHORT: f32 = 1e-4;
    let dot = |a: [f32; 3], b: [f32; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let mut square = columns.map(|a| columns.map(|b| dot(a, b)));
    (0..3).for_each(|ink| square[ink][ink] += SHORT);
    let goal = columns.map(|column| dot(column, off));
    let whole = determinant(square);
    [0, 1, 2].map(|ink| {
        let mut replaced = square;
        replaced[ink] = goal;
        determinant(replaced) / whole
    })
}

fn determinant([a, b, c]: [[f32; 3]; 3]) -> f32 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1])
}

/// What mixes look like.
struct Paper {
    transform: Arc<TransformF32Executor>,
}

impl Paper {
    fn new() -> Result<Paper, Error> {
        let profile = ColorProfile::new_from_slice(PROFILE).map_err(fault)?;
        let options = TransformOptions { prefer_fixed_point: false, ..TransformOptions::default() };
        let transform = profile
            .create_transform_f32(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options)
            .map_err(fault)?;
        Ok(Paper { transform })
    }

    fn look(&self, mixes: &[[f32; 4]]) -> Result<Vec<[f32; 3]>, Error> {
        let mut seen = vec![0.0; mixes.len() * 3];
        self.transform.transform(mixes.as_flattened(), &mut seen).map_err(fault)?;
        Ok(seen.chunks_exact(3).map(|color| [color[0], color[1], color[2]]).collect())
    }
}

fn fault(error: moxcms::CmsError) -> Error {
    Error::Package { name: "moxcms", why: format!("{error:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greys_are_black_alone_and_colours_come_back() {
        let separation = Separation::new(2.4).expect("a profile");
        assert_eq!(separation.inks([255, 255, 255]), [0, 0, 0, 0]);
        assert_eq!(separation.inks([0, 0, 0]), [0, 0, 0, 255]);
        let [c, m, y, k] = separation.inks([128, 128, 128]);
        assert!((c, m, y) == (0, 0, 0) && (90..200).contains(&k), "{k}");
        // Colours that paper can show look as they did.
        let paper = Paper::new().expect("a profile");
        for rgb in [[200, 120, 90], [90, 140, 110], [230, 210, 120], [120, 90, 140]] {
            let inks = separation.inks(rgb);
            let seen = paper.look(&[inks.map(|ink| f32::from(ink) / 255.0)]).expect("a look")[0];
            for (seen, wanted) in seen.iter().zip(rgb) {
                assert!((seen * 255.0 - f32::from(wanted)).abs() < 12.0, "{rgb:?} {inks:?} {seen}");
            }
        }
    }

    #[test]
    fn colours_beyond_the_paper_come_as_near_as_it_can() {
        // Light that is out already gave no slope, and such colours stayed at the mix they began with, far too dark.
        let separation = Separation::new(3.0).expect("a profile");
        let paper = Paper::new().expect("a profile");
        for (rgb, near) in [
            ([0u8, 128, 128], [0, 126, 128]),
            ([0, 128, 0], [1, 122, 63]),
            ([128, 0, 128], [134, 26, 125]),
            ([0, 100, 200], [0, 113, 184]),
        ] {
            let inks = separation.inks(rgb).map(|ink| f32::from(ink) / 255.0);
            let seen = paper.look(&[inks]).expect("a look")[0].map(|part| part * 255.0);
            let is_near = seen.iter().zip(near).all(|(seen, near)| (seen - near as f32).abs() < 8.0);
            assert!(is_near, "{rgb:?}: {inks:?} {seen:?}");
        }
    }

    #[test]
    fn the_profile_leads_there_and_back() {
        let separation = Separation::new(3.0).expect("a profile");
        let profile = ColorProfile::new_from_slice(&separation.profile()).expect("readable");
        let transform = ColorProfile::new_srgb()
            .create_transform_8bit(Layout::Rgb, &profile, Layout::Rgba, TransformOptions::default())
            .expect("a way to inks");
        for rgb in [[255, 255, 255], [200, 120, 90], [90, 140, 110]] {
            let mut inks = [0; 4];
            transform.transform(&rgb, &mut inks).expect("inks");
            for (ink, wanted) in inks.into_iter().zip(separation.inks(rgb)) {
                assert!(ink.abs_diff(wanted) < 20, "{rgb:?}: {inks:?} for {:?}", separation.inks(rgb));
            }
        }
    }

    #[test]
    fn no_colour_asks_for_more_ink_than_the_paper_takes() {
        let separation = Separation::new(2.4).expect("a profile");
        let levels = (0..=255u8).step_by(15);
        for r in levels.clone() {
            for g in levels.clone() {
                for b in levels.clone() {
                    let sum: u32 = separation.inks([r, g, b]).into_iter().map(u32::from).sum();
                    assert!(sum <= 240 * 255 / 100 + 2, "{r} {g} {b}: {sum}");
                }
            }
        }
    }
}
