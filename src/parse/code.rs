//! Blocks of code: info strings, hidden lines, tabs.
//!
//! In:     the info string and the text of a block.
//! Out:    language and shown text; or that the block is an admonition of the preprocessor mdbook-admonish.
//! Absent: colours.
//!
//! Source: mdBook's guide, "mdBook-specific features"; `crates/mdbook-html/src/html/hide_lines.rs`.

use crate::book::Admonition;
use crate::source::Options;
use std::borrow::Cow;

/// Columns from one tab stop to the next, as rustfmt and most editors count.
const TAB: usize = 4;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Info<'a> {
    /// In small letters; empty when none is named.
    pub language: String,
    /// The prefix of hidden lines that this block names itself.
    pub hidden: Option<&'a str>,
}

/// Splits an info string at commas and white space; the first word names the language.
pub fn info(written: &str) -> Info<'_> {
    let written = written.trim();
    // `{.rust .numberLines}`, as other programs write it.
    let bare = written.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(written);
    let mut words = bare.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    let first = words.clone().next().unwrap_or_default();
    let is_language = !first.contains('=');
    let language = if is_language { first.trim_start_matches('.').to_lowercase() } else { String::new() };
    let hidden = words.find_map(|word| word.strip_prefix("hidelines=")).filter(|prefix| !prefix.is_empty());
    Info { language, hidden }
}

/// The text as it is shown: hidden lines gone, tabs as spaces, no line end at the end.
pub fn shown(text: &str, info: &Info, options: &Options) -> String {
    let mut out = String::with_capacity(text.len());
    let prefix = info.hidden.or_else(|| options.hidden_lines.get(&info.language).map(String::as_str));
    for line in text.lines() {
        let line = match (info.language.as_str(), prefix) {
            ("rust", _) => rust_line(line),
            (_, Some(prefix)) if line.trim_start().starts_with(prefix) => None,
            (_, Some(_) | None) => Some(Cow::Borrowed(line)),
        };
        if let Some(line) = line {
            push_without_tabs(&line, &mut out);
            out.push('\n');
        }
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out
}

/// A line of Rust as shown; `None` when it is hidden: `# …` and a lone `#`. `##` shows one `#`.
fn rust_line(line: &str) -> Option<Cow<'_, str>> {
    let bare = line.trim_start();
    let Some(rest) = bare.strip_prefix('#') else { return Some(Cow::Borrowed(line)) };
    if rest.is_empty() || rest.starts_with(' ') {
        return None;
    }
    if rest.starts_with('#') {
        let indent = &line[..line.len() - bare.len()];
        return Some(Cow::Owned(format!("{indent}{rest}")));
    }
    Some(Cow::Borrowed(line))
}

fn push_without_tabs(line: &str, out: &mut String) {
    if !line.contains('\t') {
        return out.push_str(line);
    }
    let mut column = 0;
    for c in line.chars() {
        if c == '\t' {
            let to = (column / TAB + 1) * TAB;
            out.extend(std::iter::repeat_n(' ', to - column));
            column = to;
        } else {
            out.push(c);
            column += 1;
        }
    }
}

/// ```` ```admonish warning "Title" ```` of mdbook-admonish: its kind and title.
pub fn admonish(info: &str) -> Option<(Admonition, Option<String>)> {
    let rest = info.trim().strip_prefix("admonish")?;
    if !rest.is_empty() && !rest.starts_with([' ', ',', '\t']) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ',', '\t']);
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    let is_key = rest[word.len()..].starts_with('=');
    let kind = match if is_key { "" } else { word.as_str() } {
        "tip" | "hint" | "success" | "check" | "done" => Admonition::Tip,
        "important" => Admonition::Important,
        "warning" | "attention" => Admonition::Warning,
        "caution" | "failure" | "fail" | "missing" | "danger" | "error" | "bug" => Admonition::Caution,
        _ => Admonition::Note,
    };
    let title = rest.split_once('"').and_then(|(_, inner)| inner.rsplit_once('"')).map(|(title, _)| title.to_owned());
    // `title="A", collapsible=true`: only up to the title's own quote.
    let title = title.map(|title| title.split('"').next().unwrap_or_default().to_owned());
    Some((kind, title.filter(|title| !title.trim().is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> String {
        shown(text, &info("rust,ignore"), &Options::default())
    }

    #[test]
    fn hidden_lines_of_rust() {
        assert_eq!(
            rust("# hidden\n#\n#[derive]\n#![x]\n    # in\nfn f() {}\n  ## shown\n\n"),
            "#[derive]\n#![x]\nfn f() {}\n  # shown"
        );
    }

    #[test]
    fn hidden_lines_of_other_languages() {
        let mut options = Options::default();
        options.hidden_lines.insert("python".to_owned(), "~".to_owned());
        assert_eq!(shown("~a\n ~b\nc\n# d\n", &info("python"), &options), "c\n# d");
        assert_eq!(shown("!!a\nb\n", &info("sh hidelines=!!"), &options), "b");
    }

    #[test]
    fn tabs_go_to_their_stops() {
        assert_eq!(shown("\ta\tb\n", &info(""), &Options::default()), "    a   b");
    }

    #[test]
    fn languages() {
        assert_eq!(info("Rust,no_run").language, "rust");
        assert_eq!(info(" c++ x").language, "c++");
        assert_eq!(info("{.python .x}").language, "python");
        assert_eq!(info("title=\"x\"").language, "");
    }

    #[test]
    fn admonitions() {
        assert_eq!(admonish("admonish warning \"A b\""), Some((Admonition::Warning, Some("A b".to_owned()))));
        assert_eq!(admonish("admonish title=\"A\", x=\"y\""), Some((Admonition::Note, Some("A".to_owned()))));
        assert_eq!(admonish("admonish"), Some((Admonition::Note, None)));
        assert_eq!(admonish("admonishing"), None);
    }
}
