//! A theme's relative style → lengths and faces.
//!
//! In:     `theme::Style`, the theme's text size and leading, the faces.
//! Out:    [`Resolved`], by which the composer sets text and the pages place blocks.
//! Absent: the text, the page.

use crate::asset::{FaceId, Faces};
use crate::base::Length;
use crate::theme::{Color, Family, Figures, LabelPlace, Role, Style, TextAlign, Theme, Weight};

/// OpenType `usWeightClass` sought for the two weights of a theme.
const REGULAR: u16 = 400;
const BOLD: u16 = 700;

/// The four faces of a family, by weight and slope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Four {
    pub regular: FaceId,
    pub italic: FaceId,
    pub bold: FaceId,
    pub bold_italic: FaceId,
}

impl Four {
    fn find(faces: &Faces, family: &str, stand_in: &str) -> Four {
        let seek = |weight, italic| {
            faces.find(family, weight, italic).or_else(|| faces.find(stand_in, weight, italic)).unwrap_or(FaceId(0))
        };
        Four {
            regular: seek(REGULAR, false),
            italic: seek(REGULAR, true),
            bold: seek(BOLD, false),
            bold_italic: seek(BOLD, true),
        }
    }

    pub fn pick(&self, bold: bool, italic: bool) -> FaceId {
        match (bold, italic) {
            (false, false) => self.regular,
            (false, true) => self.italic,
            (true, false) => self.bold,
            (true, true) => self.bold_italic,
        }
    }
}

/// The faces of the three families of a theme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FaceTable {
    pub text: Four,
    pub sans: Four,
    pub mono: Four,
}

impl FaceTable {
    /// A family that is not there is stood in for by the bundled one of its kind; whoever read its name has reported it.
    pub fn new(theme: &Theme, faces: &Faces) -> FaceTable {
        FaceTable {
            text: Four::find(faces, &theme.families.text, "Literata"),
            sans: Four::find(faces, &theme.families.sans, "Fira Sans"),
            mono: Four::find(faces, &theme.families.mono, "JetBrains Mono"),
        }
    }

    pub fn of(&self, family: Family) -> &Four {
        match family {
            Family::Text => &self.text,
            Family::Sans => &self.sans,
            Family::Mono => &self.mono,
        }
    }
}

/// How the text of a role is set, in lengths.
#[derive(Clone, PartialEq, Debug)]
pub struct Resolved {
    pub role: Role,
    pub faces: FaceTable,
    pub family: Family,
    pub bold: bool,
    pub italic: bool,
    pub small_caps: bool,
    pub figures: Figures,
    pub size: Length,
    /// From baseline to baseline.
    pub leading: Length,
    /// Never `Justify` where the theme does not justify.
    pub align: TextAlign,
    pub hyphenate: bool,
    pub color: Color,
    /// Added after each letter.
    pub tracking: Length,
    /// Added between the letters of words in capitals, where there is no tracking.
    pub caps_tracking: Length,
    /// Of the first line; below zero the other lines hang.
    pub indent: Length,
    pub inset_start: Length,
    pub inset_end: Length,
    pub before: Length,
    pub after: Length,
    pub keep_with_next: bool,
    pub keep_together: bool,
    pub label: LabelPlace,
    pub ground: Option<Color>,
    /// The thickness of the rule at the start edge.
    pub edge_rule: Option<Length>,
}

impl Resolved {
    pub fn new(role: Role, theme: &Theme, faces: FaceTable) -> Resolved {
        Resolved::styled(role, theme.style(role), theme, faces)
    }

    /// A style that is no role's own: that of a running head. `role` is the one it stands for.
    pub fn styled(role: Role, style: &Style, theme: &Theme, faces: FaceTable) -> Resolved {
        let size = theme.text_size.scale(style.size);
        let align = match style.align {
            TextAlign::Justify if !theme.justify => TextAlign::Start,
            TextAlign::Justify => TextAlign::Justify,
            TextAlign::Start => TextAlign::Start,
            TextAlign::Center => TextAlign::Center,
            TextAlign::End => TextAlign::End,
        };
        Resolved {
            role,
            faces,
            family: style.family,
            bold: style.weight == Weight::Bold,
            italic: style.italic,
            small_caps: style.small_caps,
            figures: style.figures,
            size,
            leading: theme.leading.scale(style.leading),
            align,
            hyphenate: style.hyphenate,
            color: style.color,
            tracking: style.tracking.of(size),
            caps_tracking: theme.caps_tracking.of(size),
            indent: style.indent.of(size),
            inset_start: style.inset_start.of(theme.text_size),
            inset_end: style.inset_end.of(theme.text_size),
            before: theme.leading.scale(style.before),
            after: theme.leading.scale(style.after),
            keep_with_next: style.keep_with_next,
            keep_together: style.keep_together,
            label: style.label,
            ground: style.ground,
            edge_rule: style.edge_rule.map(Length::pt),
        }
    }

    /// This paragraph's style where it is the running text of a group (a quotation, a note): the look is the group's,
    /// the first line's indent its own.
    pub fn inside(&self, group: &Resolved) -> Resolved {
        Resolved {
            role: self.role,
            indent: if self.size == Length::ZERO {
                Length::ZERO
            } else {
                self.indent.scale(group.size.ratio(self.size))
            },
            before: self.before,
            after: self.after,
            inset_start: Length::ZERO,
            inset_end: Length::ZERO,
            label: self.label,
            ground: None,
            edge_rule: None,
            keep_with_next: self.keep_with_next,
            keep_together: self.keep_together,
            ..group.clone()
        }
    }

    /// The face that this style sets plain text in.
    pub fn face(&self) -> FaceId {
        self.faces.of(self.family).pick(self.bold, self.italic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_smaller_than_the_text_but_not_too_small() {
        let theme = Theme::default();
        let faces = Faces::with(Vec::new());
        let table = FaceTable::new(&theme, &faces);
        let note = Resolved::new(Role::Note, &theme, table);
        assert!(note.size < theme.text_size && note.size >= Length::pt(8.0), "{}", note.size);
        let body = Resolved::new(Role::Body, &theme, table).inside(&note);
        assert_eq!(body.size, note.size);
        assert_eq!(body.indent, note.size);
        assert_eq!(faces.get(body.face()).name, "literata/Literata-Regular.ttf");
    }

    #[test]
    fn a_family_that_is_not_there_has_a_stand_in() {
        let mut theme = Theme::default();
        theme.families.mono = "No Such Mono".to_owned();
        let faces = Faces::with(Vec::new());
        let code = Resolved::new(Role::Code, &theme, FaceTable::new(&theme, &faces));
        assert_eq!(faces.get(code.face()).family, "JetBrains Mono");
    }

    #[test]
    fn a_theme_that_does_not_justify_sets_ragged() {
        let mut theme = Theme::default();
        theme.justify = false;
        let faces = Faces::with(Vec::new());
        let body = Resolved::new(Role::Body, &theme, FaceTable::new(&theme, &faces));
        assert_eq!(body.align, TextAlign::Start);
    }
}
