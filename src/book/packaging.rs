//! What a publisher asks of the e-book's package beyond what every e-book has.
//!
//! In:     nothing; `source` fills these types.
//! Out:    [`Packaging`].
//! Absent: how it is written.

/// Nothing of it stands in an e-book unless it is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Packaging {
    /// Whether fonts are obfuscated (EPUB 3.3, 4.3).
    pub obfuscate_fonts: bool,
    /// The version that Apple Books shows its buyers: up to three numbers of up to four digits.
    pub ibooks_version: Option<String>,
    /// `rendition:` properties with their values, in the order of EPUB 3.3, 8.
    pub rendition: Vec<(&'static str, &'static str)>,
}

impl Packaging {
    /// What a reflowable book may ask of its presentation, and the values there are (EPUB 3.3, 8.2.2 and 8.3). `layout`
    /// has one value, for we make no pages for a screen; `portrait` of `spread` is out of use.
    pub const RENDITION: [(&'static str, &'static [&'static str]); 4] = [
        ("layout", &["reflowable"]),
        ("orientation", &["auto", "landscape", "portrait"]),
        ("spread", &["auto", "both", "landscape", "none"]),
        ("flow", &["auto", "paginated", "scrolled-continuous", "scrolled-doc"]),
    ];
}
