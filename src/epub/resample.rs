//! Pixels → fewer pixels, by Catmull and Rom's curve widened to the step of the new grid.
//!
//! In:     rows of samples of one byte, some channels to a pixel; the size they have and a smaller one.
//! Out:    rows of the new size; the same bytes on any machine, for all is counted in whole numbers.
//! Faults: none.
//! Absent: how pictures are stored.
//!
//! Each new row is blended from its few old rows and shrunk at once, so that no picture of half a size is held and rows
//! can be made in parallel.

use rayon::prelude::*;

/// The bits of a weight behind the point: four weights of full size and a sample fit into 32 bits.
const BITS: u32 = 14;
const HALF: i32 = 1 << (BITS - 1);

/// The old samples that make a new one.
struct Taps {
    start: usize,
    /// They add up to one, that is 2 to the power of [`BITS`].
    weights: Vec<i32>,
}

/// Makes a picture of `from` width and height one of `to`, which is no larger. `samples` holds `from.0 × from.1` pixels
/// of `CHANNELS` bytes; where it does not, what is missing is black.
pub fn smaller<const CHANNELS: usize>(samples: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    let (across, down) = (taps(from.0, to.0), taps(from.1, to.1));
    let (old, new) = (from.0 * CHANNELS, to.0 * CHANNELS);
    let mut out = vec![0; new * to.1];
    if old == 0 || new == 0 {
        return out;
    }
    let blank = || (vec![HALF; old], vec![0u8; old]);
    out.par_chunks_exact_mut(new).zip(down.par_iter()).for_each_init(blank, |(sums, row), (out, taps)| {
        sums.fill(HALF);
        for (above, weight) in samples.chunks_exact(old).skip(taps.start).zip(&taps.weights) {
            sums.iter_mut().zip(above).for_each(|(sum, sample)| *sum += weight * i32::from(*sample));
        }
        row.iter_mut().zip(&*sums).for_each(|(byte, sum)| *byte = rounded(*sum));
        let (pixels, _) = row.as_chunks::<CHANNELS>();
        let (out, _) = out.as_chunks_mut::<CHANNELS>();
        for (out, taps) in out.iter_mut().zip(&across) {
            let mut sums = [HALF; CHANNELS];
            for (pixel, weight) in pixels[taps.start..].iter().zip(&taps.weights) {
                sums.iter_mut().zip(pixel).for_each(|(sum, sample)| *sum += weight * i32::from(*sample));
            }
            *out = sums.map(rounded);
        }
    });
    out
}

fn rounded(sum: i32) -> u8 {
    (sum >> BITS).clamp(0, 255) as u8
}

/// The taps of each of `new` samples among `old` ones.
fn taps(old: usize, new: usize) -> Vec<Taps> {
    let step = (old as f64 / new.max(1) as f64).max(1.0);
    let at = |index: usize| {
        let middle = (index as f64 + 0.5) * old as f64 / new as f64;
        let start = (middle - 2.0 * step).floor().max(0.0) as usize;
        let end = ((middle + 2.0 * step).ceil() as usize).min(old);
        let curve: Vec<f64> = (start..end).map(|tap| catmull_rom((tap as f64 + 0.5 - middle) / step)).collect();
        let whole: f64 = curve.iter().sum();
        let mut weights: Vec<i32> =
            curve.iter().map(|part| (part / whole * f64::from(1 << BITS)).round() as i32).collect();
        // What rounding lost goes to the largest: a flat ground stays as it is.
        let lost = (1 << BITS) - weights.iter().sum::<i32>();
        if let Some(largest) = weights.iter_mut().max() {
            *largest += lost;
        }
        Taps { start, weights }
    };
    (0..new).map(at).collect()
}

/// E. Catmull, R. Rom, "A class of local interpolating splines" (1974), with a tension of one half.
fn catmull_rom(distance: f64) -> f64 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_grounds_stay_and_edges_stay_where_they_are() {
        let (width, height) = (97, 61);
        let flat = smaller::<3>(&[200, 7, 255].repeat(width * height), (width, height), (40, 29));
        assert!(flat.chunks_exact(3).all(|pixel| pixel == [200, 7, 255]) && flat.len() == 40 * 29 * 3);
        // Black on the left, white on the right: the edge is in the middle still.
        let row: Vec<u8> = (0..90).map(|x| if x < 45 { 0 } else { 255 }).collect();
        let halved = smaller::<1>(&row.repeat(8), (90, 8), (30, 4));
        assert!(halved.chunks_exact(30).all(|row| row[..13] == [0; 13] && row[17..] == [255; 13]));
    }

    #[test]
    fn it_agrees_with_the_crate_that_decodes() {
        let picture = image::RgbImage::from_fn(300, 200, |x, y| {
            image::Rgb([(x * y / 97) as u8, (x * 2) as u8, if (x / 7 + y / 5) % 2 == 0 { 30 } else { 220 }])
        });
        let theirs = image::imageops::resize(&picture, 211, 140, image::imageops::FilterType::CatmullRom);
        let ours = smaller::<3>(&picture, (300, 200), (211, 140));
        let worst = theirs.iter().zip(&ours).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst.is_some_and(|worst| worst <= 12), "{worst:?}");
    }

    #[test]
    fn a_line_of_one_pixel_is_no_fault() {
        assert_eq!(smaller::<1>(&[9; 5000], (1, 5000), (1, 10)), [9; 10]);
        assert_eq!(smaller::<4>(&[], (10, 10), (3, 3)).len(), 36);
    }
}
