//! Languages by their BCP 47 tag (RFC 5646), and the few facts of writing that hang on them.

use std::fmt;
use std::sync::Arc;

/// A language tag in its canonical letters: `en`, `pt-BR`, `az-Cyrl`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Lang {
    /// Reads a tag; `None` where it is not well formed. `_` is read as `-`.
    pub fn parse(tag: &str) -> Option<Lang> {
        let tag = tag.trim().replace('_', "-");
        let mut parts = tag.split('-');
        let primary =
            parts.next().filter(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
        let mut text = primary.to_ascii_lowercase();
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            text.push('-');
            // RFC 5646, 2.1.1: regions in capitals, scripts with one capital, the rest small.
            match part.len() {
                2 => text.push_str(&part.to_ascii_uppercase()),
                4 if part.as_bytes()[0].is_ascii_alphabetic() => {
                    text.push_str(&part[..1].to_ascii_uppercase());
                    text.push_str(&part[1..].to_ascii_lowercase());
                }
                _ => text.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Lang(text.into()))
    }

    pub fn english() -> Lang {
        Lang("en".into())
    }

    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language without script and region: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    pub fn direction(&self) -> Direction {
        if self.0.split('-').any(|part| part == "Latn" || part == "Cyrl") {
            return Direction::LeftToRight;
        }
        match self.primary() {
            "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr" | "arc" => {
                Direction::RightToLeft
            }
            _ => Direction::LeftToRight,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
