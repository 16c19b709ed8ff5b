//! Theme → one stylesheet.
//!
//! In:     the style of each role, the colours of code, the faces that go into the book.
//! Out:    CSS with a class for each role (`Role::name`) and each token (`t-keyword`).
//! Absent: what the reader decides: type size, line height, edge alignment, hyphenation and colours of body text, unless the
//!         book itself insists. A rule for these would win over the reader's settings in many reading systems.
//!
//! Sizes are in `em`, pictures at most as wide as the page. Grounds are thin veils of grey, so that they suit paper,
//! sepia and night alike; inks other than the reader's own have a second value for the dark.

use super::fonts::Font;
use super::{Edition, ink};
use crate::base::lang::Direction;
use crate::layout::tree::Content;
use crate::theme::{
    Aspect, ChapterStart, Color, Emphasis, Family, Figures, LabelPlace, OwnStyle, Role, Style, TextAlign, Theme, Token,
    Weight,
};
use std::fmt::Write;

/// The most lines of space that a screen is given: the sinks of print would push a title off a telephone.
const MOST_LINES: f64 = 4.0;

/// The ink of links in running text, a blue between those of browsers; they are underlined as well.
const LINK: Color = Color { red: 0x1D, green: 0x4F, blue: 0x91 };
/// The label over a title, of the text size: as in print.
const LABEL_SIZE: f64 = 1.05;
/// The height of capitals in em; those of the bundled faces lie between 0.64 and 0.70.
const CAP_HEIGHT: f64 = 0.67;

pub fn print(edition: &Edition, fonts: &[Font]) -> String {
    let theme = edition.theme;
    let is_rtl = edition.tree.metadata.language.direction() == Direction::RightToLeft;
    let mut css = String::from("@charset \"utf-8\";\n");
    for font in fonts {
        face(&mut css, font);
    }
    let stack = |family: Family| stack(theme, fonts, family);
    let _ = write!(
        css,
        ":root {{ color-scheme: light dark; }}\nbody {{ font-family: {}; margin: 0; padding: 0; widows: 2; orphans: 2; overflow-wrap: break-word; }}\n",
        stack(Family::Text)
    );
    for role in Role::ALL {
        role_rule(&mut css, edition, role, is_rtl, &stack);
    }
    let _ = write!(
        css,
        "code, kbd, pre, .language {{ font-family: {}; }}\n.sans {{ font-family: {}; }}\n",
        stack(Family::Mono),
        stack(Family::Sans)
    );
    ink::rules(&mut css, "a", LINK, true, &ink::of_code(theme));
    css.push_str(if is_rtl { &FIXED_RTL } else { FIXED });
    theme_rules(&mut css, theme);
    tokens(&mut css, theme);
    if let Some(own) = &theme.own_style {
        css.push_str("/* The book's own rules. */\n");
        own_rules(&mut css, edition, own);
    }
    css
}

/// The author's rules, their references to pictures led into the archive.
fn own_rules(css: &mut String, edition: &Edition, own: &OwnStyle) {
    let mut from = 0;
    for (range, picture) in &own.pictures {
        let Some(name) = edition.picture_names.get(picture) else { continue };
        css.push_str(own.text.get(from..range.start).unwrap_or_default());
        css.push_str(name);
        from = range.end;
    }
    css.push_str(own.text.get(from..).unwrap_or_default());
}

fn face(css: &mut String, font: &Font) {
    let style = if font.italic { "italic" } else { "normal" };
    let _ = writeln!(
        css,
        "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {style}; src: url({}); }}",
        quoted(&font.family),
        font.weight,
        font.file
    );
}

/// A family, the companions for characters it lacks, and the reading system's own.
fn stack(theme: &Theme, fonts: &[Font], family: Family) -> String {
    let (name, last) = match family {
        Family::Text => (&theme.families.text, "serif"),
        Family::Sans => (&theme.families.sans, "sans-serif"),
        Family::Mono => (&theme.families.mono, "monospace"),
    };
    let own = [&theme.families.text, &theme.families.sans, &theme.families.mono];
    let mut out = format!("\"{}\"", quoted(name));
    let mut seen: Vec<&str> = Vec::new();
    let companions = || fonts.iter().filter(|font| !own.iter().any(|own| own.eq_ignore_ascii_case(&font.family)));
    // Code asks for signs of one width first.
    let first = companions().filter(|font| font.is_mono && family == Family::Mono);
    for font in first.chain(companions()) {
        if !seen.contains(&font.family.as_str()) {
            seen.push(&font.family);
            let _ = write!(out, ", \"{}\"", quoted(&font.family));
        }
    }
    let _ = write!(out, ", {last}");
    out
}

fn quoted(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>' | '&')).collect()
}

/// What CSS calls the block of a role, where the browser's own rule must be outweighed.
fn selector(role: Role) -> String {
    format!(".{}", role.name())
}

fn role_rule(css: &mut String, edition: &Edition, role: Role, is_rtl: bool, stack: &dyn Fn(Family) -> String) {
    // A role that the book does not use needs no rule.
    let Some(node) = edition.tree.nodes.iter().find(|node| node.role.name() == role.name()) else { return };
    let is_group = matches!(node.content, Content::Group);
    let style = edition.theme.style(role);
    let mut rule = String::new();
    let mut put = |name: &str, value: &str| {
        let _ = write!(rule, " {name}: {value};");
    };
    if style.family != Family::Text {
        put("font-family", &stack(style.family));
    }
    // Headings and table heads are bold in every browser; a theme that wants them regular must say so.
    match style.weight {
        Weight::Bold => put("font-weight", "bold"),
        Weight::Regular if is_heading(role) => put("font-weight", "normal"),
        Weight::Regular => {}
    }
    if style.italic {
        put("font-style", "italic");
    }
    if style.small_caps {
        put("font-variant-caps", "small-caps");
    }
    if ((style.size - 1.0).abs() > 0.001 && role != Role::Notes) || is_heading(role) {
        put("font-size", &em(style.size));
    }
    if is_heading(role) || matches!(role, Role::HalfTitle | Role::BookSubtitle | Role::Dedication) {
        put("text-wrap", "balance");
    }
    let insists = |aspect| edition.theme.insists(role, aspect);
    if !is_heading(role) && insists(Aspect::Leading) {
        put("line-height", &number(leading(edition.theme) * style.leading / style.size));
    }
    if is_heading(role) {
        put("line-height", &number((leading(edition.theme) * style.leading / style.size).max(1.1)));
        put("page-break-after", "avoid");
        put("break-after", "avoid");
        put("page-break-inside", "avoid");
        put("break-inside", "avoid");
    } else if style.keep_with_next {
        put("page-break-after", "avoid");
        put("break-after", "avoid");
    }
    match (style.figures, role) {
        (Figures::OldStyle, _) if edition.theme.style(Role::Body).figures != Figures::OldStyle => {
            put("font-variant-numeric", "oldstyle-nums proportional-nums");
        }
        (Figures::Lining, _) => put("font-variant-numeric", "lining-nums proportional-nums"),
        (Figures::Tabular, _) => put("font-variant-numeric", "lining-nums tabular-nums"),
        (Figures::OldStyle, Role::Body) => put("font-variant-numeric", "oldstyle-nums proportional-nums"),
        (Figures::OldStyle, _) => {}
    }
    match style.align {
        TextAlign::Justify if insists(Aspect::Align) => put("text-align", "justify"),
        TextAlign::Justify => {}
        // Code runs from left to right in every book.
        TextAlign::Start => put("text-align", if is_rtl && role != Role::Code { "right" } else { "left" }),
        TextAlign::Center => put("text-align", "center"),
        TextAlign::End => put("text-align", if is_rtl { "left" } else { "right" }),
    }
    if !style.hyphenate && style.family != Family::Mono {
        put("hyphens", "none");
    } else if insists(Aspect::Hyphenate) {
        put("hyphens", "auto");
    }
    if style.tracking.0 != 0.0 {
        put("letter-spacing", &em(style.tracking.0));
    }
    if style.indent.0 != 0.0 || !is_group {
        put("text-indent", &em(style.indent.0));
    }
    spaces(edition.theme, role, style, is_rtl, &mut put);
    if let Some(ground) = style.ground {
        put("background-color", &ink::Veil::of(ground).css());
        put("padding", "0.6em 0.8em");
    }
    if let Some(thickness) = style.edge_rule {
        let side = if is_rtl { "right" } else { "left" };
        // Where no ground helps it to be seen, it is as strong as the text.
        let ink = if style.ground.is_some() || style.color != Color::BLACK || edition.theme.emphasis == Emphasis::Italic
        {
            "rgba(128, 128, 128, 0.55)"
        } else {
            "currentColor"
        };
        // A hairline in points would vanish or swell with the reader's size; a tenth of an em is 1 pt in 10 pt type.
        put(&format!("border-{side}"), &format!("{} solid {ink}", em((thickness / 10.0).max(0.05))));
        put(&format!("padding-{side}"), "0.8em");
    }
    if style.keep_together {
        put("page-break-inside", "avoid");
        put("break-inside", "avoid");
    }
    let _ = writeln!(css, "{} {{{rule} }}", selector(role));
    let veils: Vec<_> = style.ground.map(ink::Veil::of).into_iter().collect();
    ink::rules(css, &selector(role), style.color, false, &veils);
    if style.label == LabelPlace::Above {
        let caps = match edition.theme.emphasis {
            Emphasis::Italic => {
                " font-variant-caps: small-caps; letter-spacing: 0.1em; font-weight: normal; font-style: normal;"
            }
            Emphasis::Weight => " font-weight: normal;",
        };
        let size = em(LABEL_SIZE / style.size);
        let _ = writeln!(
            css,
            "{} > .label {{ display: block; font-size: {size}; margin: 0 0 0.6em;{caps} }}",
            selector(role)
        );
    }
}

/// What follows from the theme as a whole.
fn theme_rules(css: &mut String, theme: &Theme) {
    if theme.emphasis == Emphasis::Weight {
        css.push_str("em { font-style: normal; font-weight: bold; }\n");
    }
    let _ = writeln!(css, "hr.ornament::before {{ content: \"{}\"; }}", quoted(&theme.ornament));
    if theme.chapter_start != ChapterStart::Plain {
        css.push_str(".lead-in { font-variant-caps: small-caps; letter-spacing: 0.05em; }\n");
    }
    let caption = theme.style(Role::Caption);
    css.push_str(match (caption.italic, theme.emphasis) {
        (true, Emphasis::Italic) => ".caption > .label { font-style: normal; font-variant-caps: small-caps; }\n",
        (true, Emphasis::Weight) | (false, _) => ".caption > .label { font-weight: bold; }\n",
    });
    // The letter is no element of its own, so that a voice reads its word whole. Engines that know `initial-letter` set it
    // as print does, whatever line height the reader likes; for the others it floats, a little smaller than its lines.
    if let ChapterStart::DropCap { lines } = theme.chapter_start {
        let size = (f64::from(lines) - 1.0) * leading(theme) / CAP_HEIGHT + 0.6;
        let _ = writeln!(
            css,
            ".initial::first-letter {{ float: left; font-size: {}; line-height: 0.76; padding-right: 0.06em; letter-spacing: 0; }}",
            em(size)
        );
        let _ = writeln!(
            css,
            "@supports (initial-letter: {lines}) or (-webkit-initial-letter: {lines}) {{ .initial::first-letter {{ float: none; font-size: inherit; line-height: inherit; padding-right: 0.2em; -webkit-initial-letter: {lines}; initial-letter: {lines}; }} }}"
        );
    }
}

/// Margins: the theme's lines over and under, its insets at the sides.
fn spaces(theme: &Theme, role: Role, style: &Style, is_rtl: bool, put: &mut dyn FnMut(&str, &str)) {
    let line = leading(theme) / style.size;
    let (start, end) = if is_rtl { ("margin-right", "margin-left") } else { ("margin-left", "margin-right") };
    put("margin-top", &em(style.before.min(MOST_LINES) * line));
    put("margin-bottom", &em(style.after.min(MOST_LINES) * line));
    // The browser's lists and quotes are inset already; the theme's own inset takes their place where it has one.
    let is_list = matches!(role, Role::List | Role::OrderedList | Role::Item | Role::Definition);
    if !is_list || style.inset_start.0 != 0.0 {
        put(start, &em(style.inset_start.0 / style.size));
    }
    put(end, &em(style.inset_end.0 / style.size));
}

fn is_heading(role: Role) -> bool {
    matches!(
        role,
        Role::BookTitle | Role::PartTitle | Role::ChapterTitle | Role::ListTitle | Role::Heading(_) | Role::IndexLetter
    )
}

/// The theme's distance of baselines, in units of its text size.
fn leading(theme: &Theme) -> f64 {
    theme.leading.ratio(theme.text_size).clamp(1.0, 3.0)
}

fn em(value: f64) -> String {
    match number(value).as_str() {
        "0" => "0".to_owned(),
        number => format!("{number}em"),
    }
}

/// At most three decimals, without trailing zeros.
pub fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn tokens(css: &mut String, theme: &Theme) {
    let veils = ink::of_code(theme);
    for token in Token::ALL {
        let style = theme.token(token);
        let selector = format!(".t-{}", token.name());
        let mut rule = String::new();
        if style.bold {
            rule.push_str(" font-weight: bold;");
        }
        if style.italic {
            rule.push_str(" font-style: italic;");
        }
        if !rule.is_empty() {
            let _ = writeln!(css, "{selector} {{{rule} }}");
        }
        ink::rules(css, &selector, style.color, true, &veils);
    }
}

/// What holds for every theme.
const FIXED: &str = include_str!("fixed.css");

/// The same for books that run from right to left. Many reading systems know no logical properties.
static FIXED_RTL: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    // Code keeps its side.
    let (code, others): (Vec<&str>, Vec<&str>) = FIXED.lines().partition(|line| line.starts_with("pre "));
    let mut css = others.join("\n");
    for name in ["-", "text-align: ", "float: "] {
        let (left, right, start) = (format!("{name}left"), format!("{name}right"), format!("{name}START"));
        css = css.replace(&left, &start).replace(&right, &left).replace(&start, &right);
    }
    format!("{css}\n{}\n", code.join("\n"))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_from_right_to_left_turns_all_but_its_code() {
        assert!(
            FIXED.contains(".align-end { text-align: right; }")
                && FIXED_RTL.contains(".align-end { text-align: left; }")
        );
        let side = |css: &str, start: &str| {
            let rule = css.lines().find(|line| line.starts_with(start)).unwrap_or_default();
            (rule.contains("text-align: left"), rule.contains("text-align: right"))
        };
        assert_eq!((side(FIXED, "td, th"), side(&FIXED_RTL, "td, th")), ((true, false), (false, true)));
        assert_eq!(side(&FIXED_RTL, "pre {"), (true, false));
        // The box of a task hangs beside its text, on the side where reading begins.
        assert!(FIXED.contains(".task { float: left;") && FIXED_RTL.contains(".task { float: right;"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            (em(0.0), em(1.5), em(-0.0001), em(1.0 / 3.0)),
            ("0".into(), "1.5em".into(), "0".into(), "0.333em".into())
        );
    }
}
