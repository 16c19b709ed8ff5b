//! Picture files and the facts read from their heads.

use std::sync::Arc;

/// A picture file of this book, by its place in [`Pictures`]. A file shown twice is one picture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PictureId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PictureFormat {
    Jpeg,
    Png,
    Gif,
    Webp,
    Svg,
}

impl PictureFormat {
    pub fn media_type(self) -> &'static str {
        match self {
            PictureFormat::Jpeg => "image/jpeg",
            PictureFormat::Png => "image/png",
            PictureFormat::Gif => "image/gif",
            PictureFormat::Webp => "image/webp",
            PictureFormat::Svg => "image/svg+xml",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            PictureFormat::Jpeg => "jpg",
            PictureFormat::Png => "png",
            PictureFormat::Gif => "gif",
            PictureFormat::Webp => "webp",
            PictureFormat::Svg => "svg",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Picture {
    /// Relative to the book's folder, with `/` between the parts.
    pub path: String,
    /// The file as it stands on disk.
    pub bytes: Arc<[u8]>,
    pub format: PictureFormat,
    /// In pixels (SVG: in CSS pixels, 96 to the inch), after turning by the EXIF orientation; never 0.
    pub width: u32,
    pub height: u32,
    /// The EXIF orientation, 1 to 8 (TIFF 6.0, tag 274); 1 is upright.
    pub orientation: u8,
    /// Pixels to the inch as the file says; `None` where it does not say.
    pub dpi: Option<f64>,
}

/// The pictures of a book, in the order they are first named.
#[derive(Default, Debug)]
pub struct Pictures {
    list: Vec<Picture>,
}

impl Pictures {
    pub fn add(&mut self, picture: Picture) -> PictureId {
        self.list.push(picture);
        PictureId(self.list.len() as u32 - 1)
    }

    pub fn find(&self, path: &str) -> Option<PictureId> {
        self.list.iter().position(|picture| picture.path == path).map(|at| PictureId(at as u32))
    }

    pub fn get(&self, id: PictureId) -> &Picture {
        &self.list[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (PictureId, &Picture)> {
        self.list.iter().enumerate().map(|(at, picture)| (PictureId(at as u32), picture))
    }
}
