//! A font's bytes ↔ the same bytes obfuscated (EPUB 3.3, 4.3): not a lock, only what some foundries ask of embedding.
//!
//! In:     a font file, the unique identifier of the e-book.
//! Out:    its first bytes exclusive-ored with a key; the same again gives the font back.
//! Absent: the archive, `encryption.xml`. The only door to `sha1`.

use sha1::{Digest, Sha1};

/// How many bytes of a font are changed (EPUB 3.3, 4.3.4).
pub const OBFUSCATED: usize = 1040;

/// Obfuscates the start of a font in place, or undoes it.
pub fn obfuscate(bytes: &mut [u8], identifier: &str) {
    let key = key(identifier);
    for (byte, mask) in bytes.iter_mut().take(OBFUSCATED).zip(key.iter().cycle()) {
        *byte ^= mask;
    }
}

/// The SHA-1 digest of the identifier without the white space of XML (EPUB 3.3, 4.3.3).
fn key(identifier: &str) -> [u8; 20] {
    let bare: String = identifier.chars().filter(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')).collect();
    Sha1::digest(bare.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_digest_of_the_identifier_without_spaces() {
        // The known digest of "abc" (FIPS 180-4, the example of SHA-1).
        let expected = *b"\xA9\x99\x3E\x36\x47\x06\x81\x6A\xBA\x3E\x25\x71\x78\x50\xC2\x6C\x9C\xD0\xD8\x9D";
        assert_eq!(key(" a\tb\nc\r"), expected);
    }

    #[test]
    fn twice_gives_the_font_back_and_the_rest_is_untouched() {
        let font: Vec<u8> = (0..2000u32).map(|at| at as u8).collect();
        let mut changed = font.clone();
        obfuscate(&mut changed, "urn:uuid:1");
        assert_ne!(changed[..OBFUSCATED], font[..OBFUSCATED]);
        assert_eq!(changed[OBFUSCATED..], font[OBFUSCATED..]);
        obfuscate(&mut changed, "urn:uuid:1");
        assert_eq!(changed, font);
        obfuscate(&mut [], "x");
    }
}
