//! The tree, printed: one line a node, in a stable form for people and tests.
//!
//! In:     a [`Tree`].
//! Out:    text.
//! Absent: ids: a line changes only when what it shows does.
//!
//! ```text
//! section chapter main ch03-the-siege #the-siege [3] "The Siege"
//!   chapter-title #the-siege "⟦label Chapter 3⟧ The Siege"
//!   body-first "The *road* was ⟦code cut⟧.⟨note 1⟩"
//! ```

use super::tree::{ATOM, Atom, Content, Detail, Link, Mark, Node, NodeId, PlacedPicture, Section, Text, Tree};
use crate::book::{Admonition, Align, Matter, block::PictureWidth};
use std::fmt::Write;

/// The whole tree, its outline last.
pub fn tree(tree: &Tree) -> String {
    let mut out = String::new();
    for section in &tree.sections {
        line_of_section(section, &mut out);
        for root in tree.roots(section) {
            node(tree, root, 1, &mut out);
        }
    }
    out.push_str("outline\n");
    for entry in &tree.outline {
        indent(usize::from(entry.depth) + 1, &mut out);
        if !entry.label.is_empty() {
            write(&mut out, format_args!("[{}] ", entry.label));
        }
        write(&mut out, format_args!("{} #{}\n", quote(&entry.title), entry.anchor));
    }
    out
}

fn line_of_section(section: &Section, out: &mut String) {
    let matter = match section.matter {
        Matter::Front => "front",
        Matter::Main => "main",
        Matter::Back => "back",
    };
    let kind = format!("{:?}", section.kind).to_lowercase();
    write(out, format_args!("section {kind} {matter} {} #{}", section.file_stem, section.anchor));
    if section.depth > 0 {
        write(out, format_args!(" depth={}", section.depth));
    }
    if !section.label.is_empty() {
        write(out, format_args!(" [{}]", section.label));
    }
    if !section.title.is_empty() {
        write(out, format_args!(" {}", quote(&section.title)));
    }
    out.push('\n');
}

fn node(tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
    let node_ = tree.node(id);
    line_of_node(tree, node_, depth, out);
    for child in tree.children(id) {
        node(tree, child, depth + 1, out);
    }
}

fn line_of_node(tree: &Tree, node: &Node, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push_str(node.role.name());
    detail(tree, &node.detail, out);
    if let Some(anchor) = &node.anchor {
        write(out, format_args!(" #{anchor}"));
    }
    for class in &node.classes {
        write(out, format_args!(" .{class}"));
    }
    if let Some(lang) = &node.lang {
        write(out, format_args!(" lang={lang}"));
    }
    match &node.content {
        Content::Leaf(text) => write(out, format_args!(" {}", leaf(tree, text))),
        Content::Picture(picture) => write(out, format_args!(" {}", placed(picture))),
        Content::Group | Content::Empty => {}
    }
    out.push('\n');
}

fn detail(tree: &Tree, detail: &Detail, out: &mut String) {
    match detail {
        Detail::None => {}
        Detail::Initial { end } => write(out, format_args!(" initial={end}")),
        Detail::List { tight } => out.push_str(if *tight { " tight" } else { " loose" }),
        Detail::Item { marker, .. } => write(out, format_args!(" {marker}")),
        Detail::Code { language } if language.is_empty() => {}
        Detail::Code { language } => write(out, format_args!(" {language}")),
        Detail::Caption { number } if number.is_empty() => {}
        Detail::Caption { number } => write(out, format_args!(" [{}]", visible(number))),
        Detail::Table { columns } => {
            let columns: Vec<&str> = columns.iter().map(|align| align_name(*align)).collect();
            write(out, format_args!(" ({})", columns.join(" ")));
        }
        Detail::Cell { align, columns, rows, is_header } => {
            write(out, format_args!(" {}", align_name(*align)));
            if (*columns, *rows) != (1, 1) {
                write(out, format_args!(" {columns}x{rows}"));
            }
            if *is_header {
                out.push_str(" header");
            }
        }
        Detail::Admonition(kind) => out.push_str(match kind {
            Admonition::Note => " note",
            Admonition::Tip => " tip",
            Admonition::Important => " important",
            Admonition::Warning => " warning",
            Admonition::Caution => " caution",
        }),
        Detail::Note(id) => write(out, format_args!(" [{}]", tree.note(*id).label)),
    }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    }
}

/// A leaf's text in quotes, its marks in white brackets, its atoms in angle brackets. Tokens of code are left out.
fn leaf(tree: &Tree, text: &Text) -> String {
    let mut out = String::from("\"");
    let marks: Vec<_> = text.marks.iter().filter(|mark| !matches!(mark.mark, Mark::Token(_))).collect();
    let mut next = 0;
    // The ends of the marks that are open.
    let mut open: Vec<u32> = Vec::new();
    for (at, c) in
        text.string.char_indices().map(|(at, c)| (at as u32, Some(c))).chain([(text.string.len() as u32, None)])
    {
        close(&mut open, at, &mut out);
        while let Some(mark) = marks.get(next).filter(|mark| mark.range.start <= at) {
            out.push('⟦');
            name(&mark.mark, &mut out);
            next += 1;
            if mark.range.is_empty() {
                out.push('⟧');
            } else {
                out.push(' ');
                open.push(mark.range.end);
            }
        }
        match c {
            None => {}
            Some(ATOM) => atom(tree, text.atom_at(at), &mut out),
            Some('\n') => out.push('⏎'),
            Some('\t') => out.push('⇥'),
            Some('\u{A0}') => out.push('~'),
            Some('\u{202F}') => out.push('‸'),
            Some(c) => out.push(c),
        }
    }
    out.push('"');
    out
}

fn close(open: &mut Vec<u32>, at: u32, out: &mut String) {
    while open.last().is_some_and(|&end| end <= at) {
        open.pop();
        out.push('⟧');
    }
}

fn name(mark: &Mark, out: &mut String) {
    match mark {
        Mark::Emphasis => out.push_str("em"),
        Mark::Strong => out.push_str("strong"),
        Mark::Strike => out.push_str("strike"),
        Mark::Underline => out.push_str("underline"),
        Mark::SmallCaps => out.push_str("smallcaps"),
        Mark::LeadIn => out.push_str("lead-in"),
        Mark::Sans => out.push_str("sans"),
        Mark::Superscript => out.push_str("sup"),
        Mark::Subscript => out.push_str("sub"),
        Mark::Keyboard => out.push_str("kbd"),
        Mark::Code => out.push_str("code"),
        Mark::Label => out.push_str("label"),
        Mark::Lang(lang) => write(out, format_args!("lang={lang}")),
        Mark::Abbreviation(expansion) => write(out, format_args!("abbr={expansion:?}")),
        Mark::Token(token) => out.push_str(token.name()),
        Mark::Link(Link::Inside(anchor)) => write(out, format_args!("→#{anchor}")),
        Mark::Link(Link::Outside(url)) => write(out, format_args!("→{url}")),
        Mark::Anchor(anchor) => write(out, format_args!("#{anchor}")),
        Mark::Class(class) => write(out, format_args!(".{class}")),
    }
}

fn atom(tree: &Tree, atom: Option<&Atom>, out: &mut String) {
    match atom {
        None => out.push_str("⟨?⟩"),
        Some(Atom::NoteCall { note, .. }) => write(out, format_args!("⟨note {}⟩", tree.note(*note).label)),
        Some(Atom::Picture(picture)) => write(out, format_args!("⟨{}⟩", placed(picture))),
        Some(Atom::PageRef { to, .. }) => write(out, format_args!("⟨page #{to}⟩")),
        Some(Atom::Formula(formula)) => write(out, format_args!("⟨{}⟩", formula.words)),
        Some(Atom::Break) => out.push_str("⟨break⟩"),
    }
}

fn placed(picture: &PlacedPicture) -> String {
    let file = picture.picture.map_or_else(|| "missing".to_owned(), |id| id.0.to_string());
    let width = match picture.width {
        None => String::new(),
        Some(PictureWidth::OfMeasure(part)) => format!(" width={part}"),
        Some(PictureWidth::Length(length)) => format!(" width={length}"),
    };
    let alt = if picture.decorative { "decorative".to_owned() } else { quote(&picture.alt) };
    format!("picture {file}{width} {alt}")
}

fn quote(text: &str) -> String {
    format!("\"{}\"", visible(text))
}

/// Spaces that do not break, and line ends, by signs that can be seen.
fn visible(text: &str) -> String {
    text.replace('\u{A0}', "~").replace('\u{202F}', "‸").replace('\n', "⏎")
}

fn indent(depth: usize, out: &mut String) {
    (0..depth).for_each(|_| out.push_str("  "));
}

fn write(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(text);
}
