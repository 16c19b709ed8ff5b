use crate::asset::Faces;
use crate::base::{Em, Files, Length, Sink};
use crate::source::manifest::{Manifest, read};
use crate::theme::{ChapterStart, Color, Family, Figures, FolioPlace, HeadText, LabelPlace, Role, TextAlign, Weight};
use std::path::Path;

fn run(text: &str) -> (Manifest, Vec<String>) {
    let (mut files, mut sink) = (Files::default(), Sink::new());
    let file = files.add(Path::new("book.toml"), text.to_owned());
    let manifest = read(text, file, &Faces::with(Vec::new()), &mut sink);
    let told = sink.list().iter().map(|d| {
        let (line, col) = d.at.map(|s| files.line_col(s.file, s.start)).unwrap_or_default();
        let hints: String = d.hints.iter().map(|hint| format!(" | {hint}")).collect();
        format!("{line}:{col} {} {}{hints}", d.code, d.message)
    });
    (manifest, told.collect())
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-3, "{found}, not {wanted}");
}

#[test]
fn every_key_of_a_style() {
    let (manifest, faults) = run(r##"
[output.bifolio]
theme = "technical"
text-size = "10pt"
leading = "14pt"
[output.bifolio.style.chapter-title]
family = "text"
weight = "regular"
italic = true
small-caps = true
size = "22pt"
leading = "2 lines"
align = "center"
hyphenate = true
figures = "oldstyle"
color = "#003366"
tracking = "5%"
before = "28pt"
after = "1.5 lines"
label = "inline"
keep-with-next = false
keep-together = false
[output.bifolio.style.body]
indent = "1.5em"
[output.bifolio.style.quote]
inset = "20pt"
ground = "#eee"
rule = "2pt"
[output.bifolio.style.code]
ground = "none"
inset-start = 0
size = "85%"
leading = 1.3
[output.bifolio.style.running-head]
italic = true
[output.bifolio.style.folio]
size = "9pt"
"##);
    assert_eq!(faults, Vec::<String>::new());
    let theme = manifest.theme;
    let title = theme.style(Role::ChapterTitle);
    assert_eq!((title.family, title.weight, title.align), (Family::Text, Weight::Regular, TextAlign::Center));
    assert_eq!(
        (title.figures, title.label, title.color),
        (Figures::OldStyle, LabelPlace::Inline, Color::rgb(0, 51, 102))
    );
    assert!(title.italic && title.small_caps && title.hyphenate && !title.keep_with_next && !title.keep_together);
    near(title.size, 2.2);
    near(title.leading, 2.0);
    near(title.before, 2.0);
    near(title.after, 1.5);
    assert_eq!(title.tracking, Em(0.05));
    near(theme.style(Role::Body).indent.0, 1.5);
    let quote = theme.style(Role::Quote);
    near(quote.inset_start.0, 2.0);
    near(quote.inset_end.0, 2.0);
    assert_eq!((quote.ground, quote.edge_rule), (Some(Color::grey(0xEE)), Some(2.0)));
    let code = theme.style(Role::Code);
    assert_eq!((code.ground, code.inset_start), (None, Em(0.0)));
    near(code.size, 0.85);
    near(code.leading, 0.85 * 1.3 * 10.0 / 14.0);
    assert!(theme.furniture.head.italic);
    near(theme.furniture.folio.size, 0.9);
}

#[test]
fn a_larger_size_alone_gets_whole_lines() {
    let (manifest, faults) = run("[output.bifolio.style.heading-1]\nsize = \"30pt\"\n");
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(manifest.theme.style(Role::Heading(1)).leading, 3.0);
    assert!(manifest.theme.leading * 3 >= Length::pt(33.0));
}

#[test]
fn every_fault_of_a_style_has_its_place_and_the_nearest_word() {
    let (_, faults) = run(r##"[output.bifolio.style.chapter-titel]
size = "22pt"
[output.bifolio.style.heading-1]
sizee = "22pt"
size = "22 ells"
leading = "0.5"
align = "middle"
color = "#12"
before = "3%"
[output.bifolio.style.body]
color = "#bbb"
indent = "90em"
weight = 700
[output.bifolio.style]
code = 3
"##);
    let wanted = [
        "1:23 toml.key there is no style \"chapter-titel\" | did you mean \"chapter-title\"?",
        "4:1 toml.key unknown key \"sizee\" in [output.bifolio.style.heading-1] | did you mean \"size\"?",
        "5:8 config.style this is not what size can be | write \"12pt\", \"1.2em\" or \"120%\"",
        "6:11 config.style leading is out of range | it goes from 0.9 to 4 times the size",
        "7:9 config.choice align cannot be \"middle\" | it is one of: justify, start, center, end",
        "8:9 config.style \"#12\" is not a color | write \"#1a2b3c\", \"black\", \"grey\" or \"white\"",
        "9:10 config.style this is not what before can be | write \"2 lines\", \"12pt\" or \"1em\"",
        "11:9 config.style this ink has a contrast of 1.9:1 with its ground; text needs 4.5:1 | make the ink darker, or the ground lighter (WCAG 2.2, 1.4.3)",
        "12:10 config.style indent is out of range | it goes from -20em to 20em",
        "13:10 toml.type output.bifolio.style.body.weight is a text in quotes, not a whole number | write weight as a text in quotes",
        "15:8 toml.type style.code is a table | write [output.bifolio.style.code] and its keys under it",
    ];
    let line = |fault: &String| fault.split(':').next().and_then(|line| line.parse::<u32>().ok());
    let mut faults = faults;
    faults.sort_by_key(line);
    assert_eq!(faults, wanted);
}

#[test]
fn what_holds_for_paragraphs_holds_for_the_first_one() {
    let (manifest, faults) = run(
        "[output.bifolio.style.body]\nalign = \"start\"\nindent = \"2em\"\n[output.bifolio.style.body-first]\nitalic = true\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    let first = manifest.theme.style(Role::BodyFirst);
    assert_eq!((first.align, first.indent, first.italic), (TextAlign::Start, Em(0.0), true));
    assert!(!manifest.theme.style(Role::Body).italic);
}

#[test]
fn a_ground_that_cannot_be_drawn_is_refused() {
    let (_, faults) =
        run("[output.bifolio.style.cell]\nground = \"#eee\"\n[output.bifolio.style.folio]\nrule = \"1pt\"\n");
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].starts_with("2:10 config.style the style cell takes no ground"), "{faults:?}");
}

#[test]
fn the_furniture_and_the_start_of_chapters_are_chosen() {
    let (manifest, faults) = run(
        "[output.bifolio]\nchapter-start = \"drop-cap\"\nrunning-heads = \"none\"\nfolios = \"foot\"\nornament = \"⁂\"\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(manifest.theme.chapter_start, ChapterStart::DropCap { lines: 3 });
    assert_eq!(manifest.theme.furniture.heads, HeadText::None);
    assert_eq!(manifest.theme.furniture.folio_place, FolioPlace::FootOuter);
    assert_eq!(manifest.theme.ornament, "⁂");
    let (_, faults) = run(
        "[output.bifolio]\nchapter-start = \"drop-caps\"\nornament = \"\"\ntrim = \"royle\"\ntheme = \"literay\"\n",
    );
    assert_eq!(
        faults,
        [
            "5:9 config.theme no theme \"literay\" | did you mean \"literary\"?",
            "4:8 config.trim this is not a page size | did you mean \"royal\"?",
            "2:17 config.choice chapter-start cannot be \"drop-caps\" | did you mean \"drop-cap\"?",
            "3:12 config.ornament an ornament is 1 to 24 signs on one line | write something like \"* * *\" or \"⁂\"",
        ]
    );
}

#[test]
fn the_readme_names_every_style() {
    let readme = include_str!("../../../README.md");
    let list = readme.split("The styles, which are the e-book's classes too:").nth(1).unwrap();
    let list = list.split("\n\n").next().unwrap();
    let named = list.split('`').skip(1).step_by(2);
    // A run such as `heading-1` to `heading-5` is told by its ends.
    let is_named = |name: &str| {
        list.contains(&format!("`{name}`")) || name.starts_with("heading-") || name.starts_with("contents-")
    };
    for role in Role::ALL {
        assert!(is_named(role.name()), "the README leaves out {}", role.name());
    }
    for name in named {
        let (_, faults) = run(&format!("[output.bifolio.style.{name}]\nsize = \"9pt\"\n"));
        assert_eq!(faults, Vec::<String>::new(), "the README names {name}");
    }
}
