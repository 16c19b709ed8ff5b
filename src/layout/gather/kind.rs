//! What a piece of front or back matter is, told by its title in the languages that the program speaks.
//!
//! In:     the plain title, and where it stands.
//! Out:    a [`SectionKind`].
//! Absent: the text under the title, but for pages that are wholly a dedication or an epigraph.

use crate::book::{Block, BlockKind, Chapter, Matter};
use crate::layout::tree::SectionKind;

/// How titles begin, in small letters.
const BEGINNINGS: [(SectionKind, &[&str]); 10] = [
    (
        SectionKind::Foreword,
        &[
            "foreword",
            "geleitwort",
            "avant-propos",
            "prefazione",
            "woord vooraf",
            "förord",
            "předmluva",
            "предисловие",
            "передмова",
            "önsöz",
            "ön söz",
            "słowo wstępne",
            "առաջաբան",
            "πρόλογος",
        ],
    ),
    (SectionKind::Preface, &["preface", "vorwort", "préface", "prefacio", "prefácio", "voorwoord", "przedmowa"]),
    (
        SectionKind::Introduction,
        &[
            "introduction",
            "einleitung",
            "einführung",
            "introducción",
            "introduzione",
            "introdução",
            "inleiding",
            "inledning",
            "введение",
            "вступ",
            "wstęp",
            "úvod",
            "giriş",
            "ներածություն",
            "შესავალი",
            "εισαγωγή",
        ],
    ),
    (
        SectionKind::Acknowledgments,
        &[
            "acknowledgments",
            "acknowledgements",
            "thanks",
            "danksagung",
            "dank",
            "remerciements",
            "agradecimientos",
            "ringraziamenti",
            "agradecimentos",
            "dankwoord",
            "благодарности",
            "подяки",
            "podziękowania",
            "poděkování",
            "teşekkür",
            "təşəkkür",
        ],
    ),
    (
        SectionKind::Afterword,
        &[
            "afterword",
            "nachwort",
            "postface",
            "epílogo",
            "postfazione",
            "nawoord",
            "послесловие",
            "післямова",
            "sonsöz",
        ],
    ),
    (
        SectionKind::Appendix,
        &[
            "appendix",
            "appendices",
            "anhang",
            "annexe",
            "appendice",
            "apéndice",
            "apêndice",
            "bijlage",
            "приложение",
            "додаток",
            "dodatek",
            "příloha",
            "ek ",
            "əlavə",
        ],
    ),
    (
        SectionKind::Glossary,
        &[
            "glossary",
            "glossar",
            "glossaire",
            "glosario",
            "glossario",
            "glossário",
            "woordenlijst",
            "ordlista",
            "словарь",
            "глоссарий",
            "словник",
            "słowniczek",
            "slovníček",
            "sözlük",
            "lüğət",
        ],
    ),
    (
        SectionKind::Bibliography,
        &[
            "bibliography",
            "works cited",
            "references",
            "sources",
            "further reading",
            "literatur",
            "quellen",
            "bibliographie",
            "bibliografía",
            "bibliografia",
            "literatuur",
            "källor",
            "литература",
            "источники",
            "список литературы",
            "література",
            "джерела",
            "literatura",
            "kaynakça",
            "kaynaklar",
            "mənbələr",
            "ədəbiyyat",
            "աղբյուրներ",
            "βιβλιογραφία",
        ],
    ),
    (
        SectionKind::Chronology,
        &[
            "chronology",
            "timeline",
            "zeittafel",
            "chronologie",
            "cronología",
            "cronologia",
            "хронология",
            "хронологія",
            "kronoloji",
            "xronologiya",
            "chronologia",
        ],
    ),
    (
        SectionKind::Index,
        &[
            "index",
            "register",
            "sachregister",
            "índice analítico",
            "indice analitico",
            "указатель",
            "покажчик",
            "indeks",
            "rejstřík",
            "dizin",
            "göstərici",
        ],
    ),
];

/// Articles that may stand before: *The Sources*.
const ARTICLES: [&str; 8] = ["the ", "a ", "an ", "die ", "les ", "le ", "las ", "los "];

/// What a title names, wherever it stands; `None` for a title of no special kind.
pub fn named(title: &str) -> Option<SectionKind> {
    let title = title.trim().to_lowercase();
    let title = ARTICLES.iter().find_map(|article| title.strip_prefix(article)).unwrap_or(&title);
    let begins = |beginning: &str| {
        title.strip_prefix(beginning).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
    };
    BEGINNINGS
        .iter()
        .find(|(_, beginnings)| beginnings.iter().any(|beginning| begins(beginning)))
        .map(|(kind, _)| *kind)
}

/// What a chapter is. A numbered chapter is one whatever its title, but for appendices.
pub fn of(chapter: &Chapter, title: &str) -> SectionKind {
    if chapter.depth > 0 {
        return SectionKind::Subchapter;
    }
    if let Some(kind) = display(chapter) {
        return kind;
    }
    match (chapter.matter, named(title)) {
        // An index written by hand is a list like any other.
        (_, Some(SectionKind::Index)) | (Matter::Front | Matter::Back, None) => SectionKind::Other,
        (Matter::Front | Matter::Back, Some(kind)) => kind,
        (Matter::Main, Some(SectionKind::Appendix)) => SectionKind::Appendix,
        (Matter::Main, Some(_) | None) => SectionKind::Chapter,
    }
}

/// A prefix chapter whose body is wholly a `dedication` or an `epigraph`.
fn display(chapter: &Chapter) -> Option<SectionKind> {
    if chapter.matter != Matter::Front {
        return None;
    }
    let mut body = chapter.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading { level: 1, .. }));
    let (Some(block), None) = (body.next(), body.next()) else { return None };
    display_class(block)
}

/// The kind of display page that a block makes when it stands alone.
pub fn display_class(block: &Block) -> Option<SectionKind> {
    let BlockKind::Group(_) = block.kind else { return None };
    let kinds = [("dedication", SectionKind::Dedication), ("epigraph", SectionKind::Epigraph)];
    kinds.into_iter().find_map(|(class, kind)| block.attributes.has_class(class).then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_kind_in_many_tongues() {
        assert_eq!(named("The sources"), Some(SectionKind::Bibliography));
        assert_eq!(named("Preface: what is known"), Some(SectionKind::Preface));
        assert_eq!(named("Введение"), Some(SectionKind::Introduction));
        assert_eq!(named("Thanksgiving"), None);
        assert_eq!(named("Appendix A: Keywords"), Some(SectionKind::Appendix));
    }
}
