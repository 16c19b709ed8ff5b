//! Definitions within formulas: `\newcommand{\RR}{\mathbb{R}}` and its kin.
//!
//! In:     the source of a formula.
//! Out:    the source without its definitions, and what they define.
//! Absent: definitions within braces, which hold there only, and those with an argument that may be left out: the reader
//!         of formulas sees to them.

use crate::book::Macros;
use std::ops::Range;

/// What begins a definition.
const COMMANDS: [&str; 7] =
    ["\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareMathOperator", "\\def", "\\gdef", "\\let"];

/// Whether a source is worth looking through.
pub fn may_define(source: &str) -> bool {
    COMMANDS.iter().any(|command| source.contains(command))
}

/// Takes the definitions out of a source: blanks of the same length stay in their place.
pub fn taken(source: &str) -> (String, Macros) {
    let mut macros = Macros::default();
    let mut rest = source.to_owned();
    let mut depth = 0_i32;
    let mut at = 0;
    while let Some(sign) = source.get(at..).and_then(|rest| rest.find(['\\', '{', '}'])).map(|n| n + at) {
        at = sign + 1;
        match source.as_bytes()[sign] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {
                let found = if depth == 0 { definition(source, sign) } else { None };
                match found {
                    Some((name, body, end)) => {
                        macros.0.insert(name, body);
                        rest.replace_range(sign..end, &" ".repeat(end - sign));
                        at = end;
                    }
                    // An escaped sign.
                    None => at += source[at..].chars().next().map_or(0, char::len_utf8),
                }
            }
        }
    }
    (rest, macros)
}

/// The definition that starts here: its name, what it stands for, and where it ends.
fn definition(source: &str, at: usize) -> Option<(String, String, usize)> {
    let command = name_at(source, at)?;
    let command = COMMANDS.iter().find(|known| **known == &source[command.clone()])?;
    let mut next = at + command.len();
    let is_starred = source[next..].starts_with('*');
    next += usize::from(is_starred);
    let is_plain_tex = matches!(*command, "\\def" | "\\gdef" | "\\let");
    let (name, after) = match group(source, next) {
        Some(inner) => (source[inner.clone()].trim().to_owned(), inner.end + 1),
        None => {
            let name = name_at(source, next + spaces(source, next))?;
            (source[name.clone()].to_owned(), name.end)
        }
    };
    if !name.starts_with('\\') || name_at(&name, 0)? != (0..name.len()) {
        return None;
    }
    if *command == "\\let" {
        let after = after + spaces(source, after);
        let after = after + usize::from(source[after..].starts_with('='));
        let other = name_at(source, after + spaces(source, after))?;
        // A name that stands for itself, as one that is made anew of its old meaning, would have no end.
        let is_other = source[other.clone()] != name;
        return is_other.then(|| (name, source[other.clone()].to_owned(), other.end));
    }
    // `[2]` of LaTeX, `#1#2` of TeX; the reader counts the arguments by what stands in the body.
    let mut after = after + spaces(source, after);
    if is_plain_tex {
        while source[after..].starts_with('#') && source[after + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            after += 2;
        }
    } else if source[after..].starts_with('[') {
        let close = source[after..].find(']')? + after;
        source[after + 1..close].trim().parse::<u8>().ok()?;
        after = close + 1;
        if source[after + spaces(source, after)..].starts_with('[') {
            return None;
        }
    }
    let body = group(source, after)?;
    let end = body.end + 1;
    let body = &source[body];
    if body.contains(&name) && crate::book::inline::names(body).any(|called| called == name) {
        return None;
    }
    let body = match (*command, is_starred) {
        ("\\DeclareMathOperator", true) => format!("\\operatorname*{{{body}}}"),
        ("\\DeclareMathOperator", false) => format!("\\operatorname{{{body}}}"),
        _ => body.to_owned(),
    };
    Some((name, body, end))
}

fn spaces(source: &str, at: usize) -> usize {
    source.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len())
}

/// The name with a backslash that starts here.
fn name_at(source: &str, at: usize) -> Option<Range<usize>> {
    let rest = source.get(at..).filter(|rest| rest.starts_with('\\'))?;
    let name = crate::book::inline::names(rest).next().filter(|name| name.len() > 1)?;
    Some(at..at + name.len())
}

/// What stands in the braces that open here, perhaps behind spaces.
fn group(source: &str, at: usize) -> Option<Range<usize>> {
    let open = at + spaces(source, at);
    let rest = source.get(open..).filter(|rest| rest.starts_with('{'))?;
    let mut depth = 0;
    let mut is_escaped = false;
    for (n, c) in rest.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + 1..open + n);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_taken_out_and_places_stay() {
        let source =
            r"\newcommand{\RR}[1]{\mathbb{R}^{#1}} \def\a#1{<#1>}\DeclareMathOperator*{\argmin}{arg\,min}\let\x=\y x";
        let (rest, macros) = taken(source);
        assert_eq!((rest.len(), rest.trim()), (source.len(), "x"));
        let of = |name: &str| macros.0.get(name).map(String::as_str);
        assert_eq!(of(r"\RR"), Some(r"\mathbb{R}^{#1}"));
        assert_eq!(of(r"\a"), Some("<#1>"));
        assert_eq!(of(r"\argmin"), Some(r"\operatorname*{arg\,min}"));
        assert_eq!(of(r"\x"), Some(r"\y"));
    }

    #[test]
    fn what_holds_in_braces_only_stays_there() {
        for source in [
            r"{\def\a{b}\a}",
            r"\newcommand{\x}[1][2]{#1}",
            r"\def\a{\a\a}",
            r"\newcommand",
            r"\def\",
            r"\let\é\",
            r"\newcommand{\x",
        ] {
            assert_eq!(taken(source), (source.to_owned(), Macros::default()), "{source}");
        }
    }
}
