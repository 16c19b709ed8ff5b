use super::*;
use crate::layout::tree::{AtomAt, Mark, MarkedRange};

fn sign(tag: &str, typed: &str) -> String {
    plain(typed, &Lang::parse(tag).expect("a tag"), true)
}

#[test]
fn english_quotes_apostrophes_and_primes() {
    for (typed, set) in [
        (r#""Hello," she said."#, "“Hello,” she said."),
        (r#"He said, "She said, 'No.'""#, "He said, “She said, ‘No.’”"),
        (r#""'Tis the season," he said"#, "“’Tis the season,” he said"),
        ("the '90s and the '80s", "the ’90s and the ’80s"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("the dogs' tails, James's coat, don't", "the dogs’ tails, James’s coat, don’t"),
        (r#"6'2" tall, 5" wide"#, "6′2″ tall, 5″ wide"),
        (r#""I am 6'2"" "#, "“I am 6′2″”"),
        (r#""in 1992""#, "“in 1992”"),
        (r#"a"b"c ("d") ["e"]—"f""#, "a“b”c (“d”) [“e”]—“f”"),
        (r#""One." "Two.""#, "“One.” “Two.”"),
        ("the lifetime 'a of it", "the lifetime ’a of it"),
        ("'quoted' and 'quoted again'", "‘quoted’ and ‘quoted again’"),
        (r#""outer "inner" outer""#, "“outer ‘inner’ outer”"),
    ] {
        assert_eq!(sign("en", typed), set, "typed {typed}");
    }
}

#[test]
fn each_language_has_its_quotes() {
    let typed = r#""Eins 'zwei' drei""#;
    assert_eq!(sign("de", typed), "„Eins ‚zwei‘ drei“");
    assert_eq!(sign("de-CH", typed), "«Eins ‹zwei› drei»");
    assert_eq!(sign("ru", typed), "«Eins „zwei“ drei»");
    assert_eq!(sign("pl", typed), "„Eins «zwei» drei”");
    assert_eq!(sign("fr", typed), "«\u{202F}Eins “zwei” drei\u{202F}»");
    assert_eq!(sign("sv", typed), "”Eins ’zwei’ drei”");
    assert_eq!(sign("de", "geht's?"), "geht’s?");
    assert_eq!(sign("he", "ד\"ר כהן"), "ד״ר כהן");
}

#[test]
fn dashes_and_dots() {
    for (typed, set) in [
        ("a --- b", "a—b"),
        ("a — b", "a—b"),
        ("a---b", "a—b"),
        ("pages 12--17", "pages\u{A0}12–17"),
        ("pages 12-17.", "pages\u{A0}12–17."),
        ("1991-92", "1991–92"),
        ("ISBN 978-0-306", "ISBN 978-0-306"),
        ("2020-05-01 and 2020-05", "2020-05-01 and 2020-05"),
        ("UTF-8, x86-64, 17-12", "UTF-8, x86-64, 17-12"),
        ("run it with --release now", "run it with --release now"),
        ("-- Anna", "— Anna"),
        ("wait...", "wait…"),
        ("wait. ...", "wait. …"),
        ("0...5 and 0..5", "0...5 and 0..5"),
        ("word – word", "word\u{A0}– word"),
    ] {
        assert_eq!(sign("en", typed), set, "typed {typed}");
    }
    assert_eq!(sign("ru", "Он — врач"), "Он\u{A0}— врач");
}

#[test]
fn spaces_are_collapsed_and_bound() {
    for (tag, typed, set) in [
        ("en", "  a\n b  ", "a b"),
        ("en", "10 km and 5 %", "10\u{A0}km and 5\u{A0}%"),
        ("en", "Mr. Smith, Dr. J. R. R. Tolkien", "Mr.\u{A0}Smith, Dr.\u{A0}J.\u{A0}R.\u{A0}R.\u{A0}Tolkien"),
        ("en", "see p. 12, Chapter 3, No. 4, § 5", "see p.\u{A0}12, Chapter\u{A0}3, No.\u{A0}4, §\u{A0}5"),
        ("en", "written in C. This is", "written in C. This is"),
        ("en", "the end. Then 5 men", "the end. Then 5 men"),
        ("en", "salt & pepper", "salt\u{A0}& pepper"),
        (
            "fr",
            "Quoi ? Non! Oui: « mot »; 12:30",
            "Quoi\u{202F}? Non\u{202F}! Oui\u{202F}: «\u{202F}mot\u{202F}»\u{202F}; 12:30",
        ),
        ("fr-CA", "Quoi? Oui : non", "Quoi? Oui\u{202F}: non"),
        ("ru", "в городе и в 1992 г. 12 500 чел.", "в\u{A0}городе и\u{A0}в\u{A0}1992\u{A0}г. 12\u{A0}500\u{A0}чел."),
        ("cs", "v lese a k domu", "v\u{A0}lese a\u{A0}k\u{A0}domu"),
        ("de", "z. B. 5 km, S. 12", "z.\u{A0}B. 5\u{A0}km, S.\u{A0}12"),
    ] {
        assert_eq!(sign(tag, typed), set, "typed {typed}");
    }
}

#[test]
fn urls_stay_as_typed() {
    let typed = "see https://a.b/c--d...e?q='x'y and www.x.org/a--b.";
    assert_eq!(sign("en", typed), typed);
}

#[test]
fn marks_and_atoms_move_along_and_code_stays() {
    // "*he*" `--x '` …⟨break⟩ y
    let string = format!("\"he\" --x ' ... {ATOM} y");
    let at = |needle: &str| string.find(needle).expect("it stands there") as u32;
    let mut text = Text {
        marks: vec![
            MarkedRange { range: at("he")..at("he") + 2, mark: Mark::Emphasis },
            MarkedRange { range: at("--x")..at("--x") + 5, mark: Mark::Code },
        ],
        atoms: vec![AtomAt { at: at("\u{FFFC}"), atom: Atom::Break }],
        string,
    };
    set(&mut text, &Lang::english(), true);
    assert_eq!(text.string, format!("“he” --x ' …{ATOM}y"));
    let shown = |at: usize| &text.string[text.marks[at].range.start as usize..text.marks[at].range.end as usize];
    assert_eq!(shown(0), "he");
    assert_eq!(shown(1), "--x '");
    assert!(text.string[text.atoms[0].at as usize..].starts_with(ATOM));
}

#[test]
fn a_foreign_run_has_its_own_signs() {
    let mut text = Text::plain("said \"ja\" and \"yes\"");
    text.marks.push(MarkedRange { range: 5..9, mark: Mark::Lang(Lang::parse("de").expect("a tag")) });
    set(&mut text, &Lang::english(), true);
    assert_eq!(text.string, "said „ja“ and “yes”");
}

#[test]
fn plain_signs_when_asked() {
    assert_eq!(plain("\"a\"  --  b...", &Lang::english(), false), "\"a\" -- b...");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is typed: marks stay on character bounds, atoms stay on their sign, letters stay as they are.
        #[test]
        fn nothing_is_lost(typed in "[a-z'\"\\-. \u{FFFC}«»5ü]{0,40}", tag in "en|fr|ru|de", from in 0usize..40, to in 0usize..40) {
            let bounds: Vec<usize> = typed.char_indices().map(|(at, _)| at).chain([typed.len()]).collect();
            let (from, to) = (bounds[from.min(bounds.len() - 1)], bounds[to.min(bounds.len() - 1)]);
            let atoms = typed.match_indices(ATOM).map(|(at, _)| AtomAt { at: at as u32, atom: Atom::Break }).collect();
            let marks = vec![MarkedRange { range: from.min(to) as u32..from.max(to) as u32, mark: Mark::Emphasis }];
            let mut text = Text { string: typed.clone(), marks, atoms };
            set(&mut text, &Lang::parse(&tag).expect("a tag"), true);
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric() || *c == ATOM).collect::<String>();
            prop_assert_eq!(letters(&typed), letters(&text.string));
            for atom in &text.atoms {
                prop_assert!(text.string[atom.at as usize..].starts_with(ATOM));
            }
            let range = &text.marks[0].range;
            prop_assert!(text.string.get(range.start as usize..range.end as usize).is_some());
        }
    }
}
