//! What is broader than a telephone's page: it scrolls in itself or is fitted, and nothing is lost.

use super::*;
use crate::base::{FileId, Span};
use crate::book::inline::{Formula as Written, Macros};
use crate::formula;

fn chapter(fill: impl FnOnce(&mut Grower)) -> String {
    let mut grower = Grower::new();
    grower.section(SectionKind::Chapter, Matter::Main, "one", "One", |grower| {
        grower.leaf(Role::ChapterTitle, Text::plain("One"), "one");
        fill(grower);
    });
    text_of(&package::entries(&book(&grower.tree, &Pictures::default(), None)), "one.xhtml").to_owned()
}

fn formula(source: &str) -> Text {
    let written =
        Written { source: source.into(), is_display: false, at: Span::top(FileId(0)), macros: Macros::default() };
    let mut text = Text::plain(format!("where {ATOM} holds"));
    text.atoms.push(AtomAt { at: 6, atom: Atom::Formula(formula::read(&written).unwrap().into()) });
    text
}

#[test]
fn a_long_formula_scrolls_in_itself_and_a_short_one_is_left_alone() {
    let short = chapter(|grower| _ = grower.leaf(Role::Body, formula("a < b"), ""));
    assert!(short.contains("<math") && !short.contains("broad"), "{short}");
    let middling = chapter(|grower| _ = grower.leaf(Role::Body, formula("(a-x)(a-y)(a-z) = 0"), ""));
    assert!(middling.contains("<span class=\"broad\"><math"), "{middling}");
    let long = chapter(|grower| {
        _ = grower.leaf(Role::Body, formula("a + b + c + d + e + f + g + h + i + j + k + l + m + n + o = 0"), "")
    });
    assert!(long.contains("<span class=\"broad\" tabindex=\"0\"><math"), "{long}");
}

#[test]
fn a_heading_of_a_formula_alone_has_a_name() {
    let mut alone = formula("x_1");
    alone.string = ATOM.to_string();
    alone.atoms[0].at = 0;
    let page = chapter(|grower| _ = grower.leaf(Role::Heading(1), alone, "x"));
    assert!(page.contains("<h2 class=\"heading-1\" id=\"x\" aria-label=\"x₁\"><math"), "{page}");
    let page = chapter(|grower| _ = grower.leaf(Role::Heading(1), formula("x_1"), "x"));
    assert!(page.contains("<h2 class=\"heading-1\" id=\"x\">where <math"), "{page}");
}

/// A table of two columns, `rows` rows and a head.
fn table(words: [&str; 2], rows: usize) -> String {
    chapter(|grower| {
        grower.group(Role::Table, Detail::None, |grower| {
            grower.group(Role::HeadRow, Detail::None, |grower| {
                cell(grower, "A", true);
                cell(grower, "B", true);
            });
            for _ in 0..rows {
                grower.group(Role::Row, Detail::None, |grower| words.iter().for_each(|word| cell(grower, word, false)));
            }
        });
    })
}

#[test]
fn a_table_is_fitted_by_its_words_and_its_length() {
    let free = table(["a", "b"], 40);
    assert!(free.contains("<table class=\"table\">") && !free.contains("table-frame"), "{free}");
    // Words that fit in small type alone: a short table scrolls, a long one is parted over pages.
    let short = table(["lifetime", "elision"], 3);
    assert!(short.contains("<div class=\"table-frame\">"), "{short}");
    let long = table(["lifetime", "elision"], 40);
    assert!(!long.contains("table-frame"), "{long}");
    assert!(long.contains("<table class=\"table shares\" style=\"max-width: 11.4em\">"), "{long}");
    // Words that fit no telephone: the frame can be reached, and is named.
    let wide = table(["Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaftskapitän"], 3);
    assert!(wide.contains("<div class=\"table-frame\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"), "{wide}");
}

#[test]
fn a_drawing_of_letters_is_made_smaller_and_not_torn() {
    let drawing = "+----------------------------------------------+\n|  a                                           |\n+----------------------------------------------+\n";
    let code = |text: &str| chapter(|grower| _ = grower.say(Role::Code, text));
    let page = code(drawing);
    assert!(page.contains("<pre class=\"code diagram\" dir=\"ltr\"><code style=\"font-size: 0.75em\">"), "{page}");
    let broader = code(&drawing.replace("--", "----"));
    assert!(broader.contains("<pre class=\"code diagram\" tabindex=\"0\""), "{broader}");
    assert!(code("let a = 1;\nlet b = 2;\n").contains("<pre class=\"code\" dir"));
}

#[test]
fn places_on_one_page_have_links_of_their_own_in_the_index() {
    let mut grower = Grower::new();
    grower.section(SectionKind::Chapter, Matter::Main, "one", "One", |grower| {
        grower.leaf(Role::ChapterTitle, Text::plain("One"), "one");
        for name in ["i1", "i2", "i3"] {
            grower.leaf(Role::Body, Text::plain("lamp"), name);
        }
    });
    grower.section(SectionKind::Index, Matter::Back, "index", "Index", |grower| {
        let mut text = Text::plain(format!("lamp, {ATOM}, {ATOM}, {ATOM}"));
        let places = text.string.match_indices(ATOM).map(|(at, _)| at as u32).collect::<Vec<_>>();
        for ((at, name), label) in places.into_iter().zip(["i1", "i2", "i3"]).zip(["4", "4", "5"]) {
            let to = Anchor(name.into());
            text.atoms.push(AtomAt { at, atom: Atom::PageRef { to, label: label.into() } });
        }
        grower.leaf(Role::IndexEntry(0), text, "");
    });
    let page = text_of(&package::entries(&book(&grower.tree, &Pictures::default(), None)), "index.xhtml").to_owned();
    assert!(page.contains("#i1\">4</a>") && page.contains("#i2\">4<sup>b</sup></a>"), "{page}");
    assert!(page.contains("#i3\">5</a>"), "{page}");
}
