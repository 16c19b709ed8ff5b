//! Colour profiles made here, so that they are free of anyone's licence: sRGB for the reading PDF, one of black ink alone
//! for a press, and the frame of any other.
//!
//! In:     nothing.
//! Out:    the bytes of an ICC profile of version 4.2 (ICC.1:2004-10), as PDF/A-2 allows.
//! Absent: what the four inks look like: `separation` knows.

/// White under D50 in XYZ, the connection space of every profile (ICC.1:2004-10, 7.2.16).
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// The primaries of sRGB (IEC 61966-2-1), adapted from D65 to D50 by Bradford's method.
const RED: [f64; 3] = [0.43607, 0.22249, 0.01392];
const GREEN: [f64; 3] = [0.38515, 0.71687, 0.09708];
const BLUE: [f64; 3] = [0.14307, 0.06061, 0.71410];

/// Bradford's adaptation from D65 to D50: what was done to the primaries above.
const ADAPTATION: [f64; 9] = [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];

/// The transfer curve of sRGB: ((x + 0.055) / 1.055)^2.4, and x / 12.92 under 0.04045.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// The number of colour components, for the stream's dictionary.
pub const COMPONENTS: i64 = 3;

/// The name that viewers know the condition by.
pub const CONDITION: &str = "sRGB IEC61966-2.1";

pub fn srgb() -> Vec<u8> {
    let curve = parametric(&CURVE);
    let tags = [
        (b"desc", text("sRGB")),
        (b"cprt", text("Public domain")),
        (b"wtpt", xyz(D50)),
        (b"chad", fixed(b"sf32", &ADAPTATION)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    framed(*b"mntrRGB XYZ ", [4, 0x20], &tags.map(|(name, body)| (*name, body)))
}

/// Black ink on paper: dots spread as on uncoated stock, so that half the ink covers some two thirds.
pub fn grey() -> Vec<u8> {
    // In a profile grey falls from paper to ink as light does: with a power of the level.
    let spread = parametric(&[2.2, 1.0, 0.0, 0.0, 0.0]);
    let tags = [(b"desc", text("Black ink")), (b"cprt", text("Public domain")), (b"wtpt", xyz(D50)), (b"kTRC", spread)];
    framed(*b"prtrGRAYXYZ ", [4, 0x20], &tags.map(|(name, body)| (*name, body)))
}

/// A profile of some tags. `kind`: class, colour space and connection space (ICC.1:2004-10, 7.2).
pub fn framed(kind: [u8; 12], version: [u8; 2], tags: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    const HEADER: usize = 128;
    const ENTRY: usize = 12;
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = HEADER + 4 + tags.len() * ENTRY;
    let mut placed: Vec<(usize, &Vec<u8>)> = Vec::new();
    for (tag, body) in tags {
        // Equal tags share their data, as the specification allows.
        let offset = match placed.iter().find(|(_, other)| *other == body) {
            Some((offset, _)) => *offset,
            None => {
                let offset = start + data.len();
                data.extend_from_slice(body);
                data.resize(data.len().next_multiple_of(4), 0);
                placed.push((offset, body));
                offset
            }
        };
        table.extend_from_slice(tag);
        table.extend_from_slice(&(offset as u32).to_be_bytes());
        table.extend_from_slice(&(body.len() as u32).to_be_bytes());
    }
    let mut profile = vec![0; HEADER];
    profile[..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    profile[8..10].copy_from_slice(&version);
    profile[12..24].copy_from_slice(&kind);
    // Its date: 1 January 2000, for a clock has no place in a file that is always the same.
    profile[24..30].copy_from_slice(&[0x07, 0xD0, 0, 1, 0, 1]);
    profile[36..40].copy_from_slice(b"acsp");
    let white = xyz(D50);
    profile[68..80].copy_from_slice(&white[8..20]);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn fixed(kind: &[u8; 4], values: &[f64]) -> Vec<u8> {
    let mut bytes = kind.to_vec();
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend(values.iter().flat_map(|value| ((value * 65_536.0).round() as i32).to_be_bytes()));
    bytes
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    fixed(b"XYZ ", &values)
}

/// A curve of type 3 (ICC.1:2004-10, table 47).
fn parametric(values: &[f64]) -> Vec<u8> {
    let mut bytes = fixed(b"para", values);
    bytes.splice(8..8, [0, 3, 0, 0]);
    bytes
}

fn text(value: &str) -> Vec<u8> {
    let utf16: Vec<u8> = value.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut bytes = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    bytes.extend_from_slice(&(utf16.len() as u32).to_be_bytes());
    bytes.extend_from_slice(&28u32.to_be_bytes());
    bytes.extend(utf16);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_every_tag_lies_inside() {
        let profile = srgb();
        let number = |at: usize| u32::from_be_bytes([profile[at], profile[at + 1], profile[at + 2], profile[at + 3]]);
        assert_eq!(number(0) as usize, profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..number(128) as usize {
            let (offset, length) = (number(136 + tag * 12), number(140 + tag * 12));
            assert!((offset + length) as usize <= profile.len());
        }
        // Red, green and blue together are the white.
        for part in 0..3 {
            assert!((RED[part] + GREEN[part] + BLUE[part] - D50[part]).abs() < 0.0005);
        }
    }
}
