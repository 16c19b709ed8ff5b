//! The pages before the text: half title, title page, copyright page. Made from the metadata alone.
//!
//! In:     the metadata, the names of the faces, the words of the language.
//! Out:    drafts of the display pages.
//! Absent: what an author writes; nothing is claimed that the metadata does not say.

use super::Given;
use super::made::Made;
use crate::book::{Contributor, Matter, Metadata};
use crate::layout::tree::{SectionKind, Text};
use crate::layout::typography;
use crate::theme::{Family, Role, Wording};

pub fn half_title(given: Given<'_>, metadata: &Metadata) -> Made {
    let mut made = Made::new(SectionKind::HalfTitle, Matter::Front, "half-title");
    made.leaf(Role::HalfTitle, set(given, &metadata.title));
    made
}

pub fn title_page(given: Given<'_>, metadata: &Metadata) -> Made {
    let mut made = Made::new(SectionKind::TitlePage, Matter::Front, "title-page");
    let title = set(given, &metadata.title);
    made.draft.title.clone_from(&title.string);
    made.leaf(Role::BookTitle, title);
    if let Some(subtitle) = &metadata.subtitle {
        made.leaf(Role::BookSubtitle, set(given, subtitle));
    }
    for author in &metadata.authors {
        made.leaf(Role::BookAuthor, set(given, &author.name));
    }
    if let Some(publisher) = &metadata.publisher {
        made.leaf(Role::BookPublisher, set(given, publisher));
    }
    made
}

/// `has_code`: then the face for code is named too.
pub fn copyright(given: Given<'_>, metadata: &Metadata, has_code: bool) -> Made {
    let words = given.wording;
    let mut made = Made::new(SectionKind::Copyright, Matter::Front, "copyright");
    let title = match &metadata.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", metadata.title),
        None => metadata.title.clone(),
    };
    let mut lines: Vec<String> = vec![title];
    lines.extend(metadata.rights.iter().flat_map(|rights| rights.split('\n').map(str::to_owned)));
    lines.extend(metadata.edition.clone());
    let imprint: Vec<&str> = metadata.publisher.iter().chain(&metadata.date).map(String::as_str).collect();
    lines.push(imprint.join(", "));
    if let Some(series) = &metadata.series {
        let number = metadata.series_number.iter().map(String::as_str);
        lines.push(std::iter::once(series.as_str()).chain(number).collect::<Vec<_>>().join(", "));
    }
    let by_role = |role: &str, phrase| {
        let names: Vec<&str> =
            metadata.contributors.iter().filter(|c| c.role == role).map(|c| c.name.as_str()).collect();
        (!names.is_empty()).then(|| Wording::naming(phrase, &names.join(", ")))
    };
    lines.extend(by_role("trl", words.translated));
    lines.extend(by_role("edt", words.edited));
    lines.extend(by_role("ill", words.illustrated));
    let others: Vec<&str> =
        metadata.contributors.iter().filter(|c| !is_named_by_role(c)).map(|c| c.name.as_str()).collect();
    if !others.is_empty() {
        lines.push(Wording::naming(words.contributed, &others.join(", ")));
    }
    lines.extend(metadata.credits.iter().cloned());
    let isbns = [
        (metadata.isbn_print_shown.as_ref().or(metadata.isbn_print.as_ref()), words.print),
        (metadata.isbn_epub_shown.as_ref().or(metadata.isbn_epub.as_ref()), words.ebook),
    ];
    lines.extend(isbns.iter().filter_map(|(isbn, word)| Some(format!("ISBN\u{A0}{} ({word})", (*isbn)?))));
    let families = &given.theme.families;
    let mut faces = vec![families.text.as_str()];
    let is_sans = |role| given.theme.style(role).family == Family::Sans;
    if is_sans(Role::ChapterTitle) && families.sans != families.text {
        faces.push(&families.sans);
    }
    if has_code && families.mono != families.text {
        faces.push(&families.mono);
    }
    lines.push(format!(
        "{} {}",
        Wording::naming(words.set_in, &faces.join(", ")),
        Wording::naming(words.made_with, "bifolio")
    ));
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        made.leaf(Role::Imprint, set(given, line));
    }
    made
}

fn is_named_by_role(contributor: &Contributor) -> bool {
    matches!(contributor.role.as_str(), "trl" | "edt" | "ill")
}

fn set(given: Given<'_>, line: &str) -> Text {
    Text::plain(typography::plain(line, given.lang, given.theme.smart_punctuation))
}
