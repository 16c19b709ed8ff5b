//! The report for people: a table of the rules, then the flaws.
//!
//! In:     the report.
//! Out:    text.
//! Absent: any judgement.

use super::Told;
use crate::audit::Finding;
use crate::bundle::notes::grouped;
use crate::cli::report::{named, one_line};
use crate::theme::bar::{Flaw, Rule};
use std::fmt::Write as _;

/// Flaws of one kind that are listed in a report of several kinds.
const MOST: usize = 12;
/// Characters of a line that are shown.
const WIDEST: usize = 64;

pub fn report(told: &Told<'_>) -> String {
    let audit = told.audit;
    let mut out = format!(
        "{}: {} pages, {} lines of text, {} of them justified\n\n",
        one_line(told.title),
        grouped(audit.pages),
        grouped(audit.lines),
        grouped(audit.justified)
    );
    for rule in &told.rules {
        self::rule(told, rule, &mut out);
    }
    for flaw in &told.flaws {
        list(told, *flaw, &mut out);
    }
    let forbidden = told.findings().filter(|finding| told.forbidden.contains(&finding.flaw)).count();
    let _ = match forbidden {
        0 => writeln!(out, "\nnothing that this book forbids"),
        1 => writeln!(out, "\n1 flaw that this book forbids"),
        many => writeln!(out, "\n{} flaws that this book forbids", grouped(many)),
    };
    out
}

/// `13 word spaces   lines out of range 0.3 %; loose 9 (2.3 in 100 pages), tight 0`.
fn rule(told: &Told<'_>, rule: &Rule, out: &mut String) {
    let facts = told.audit.facts.iter().filter(|fact| fact.rule == rule.number);
    let facts = facts.map(|fact| {
        let value = if fact.value.fract() == 0.0 { format!("{:.0}", fact.value) } else { format!("{:.1}", fact.value) };
        format!("{} {value}{}{}", fact.name, if fact.unit.is_empty() { "" } else { " " }, fact.unit)
    });
    let flaws =
        told.flaws.iter().filter(|flaw| flaw.rule().number == rule.number).map(|flaw| match told.of(*flaw).count() {
            0 => format!("{} 0", flaw.name()),
            count => format!("{} {} ({:.1} in 100 pages)", flaw.name(), grouped(count), told.in_100_pages(count)),
        });
    let (facts, flaws) = (facts.collect::<Vec<_>>().join(", "), flaws.collect::<Vec<_>>().join(", "));
    let between = if facts.is_empty() { "" } else { "; " };
    let _ = writeln!(out, "{:2} {:20} {flaws}{between}{facts}", rule.number, rule.name);
}

/// The findings of one kind, each with its page and its place.
fn list(told: &Told<'_>, flaw: Flaw, out: &mut String) {
    let count = told.of(flaw).count();
    if count == 0 {
        return;
    }
    let forbidden = if told.forbidden.contains(&flaw) { ", forbidden" } else { "" };
    let _ = writeln!(out, "\n{} (rule {}{forbidden}): {}", flaw.name(), flaw.rule().number, flaw.says());
    let shown = if told.flaws.len() == 1 { count } else { MOST };
    for finding in told.of(flaw).take(shown) {
        let _ = writeln!(out, "{}", line(told, finding));
    }
    if count > shown {
        let _ = writeln!(out, "  … and {} more: --only {}", grouped(count - shown), flaw.name());
    }
}

/// `  p. 17  src/one.md:12:3  0.60  Mr. Wickham’s attention was caught`.
fn line(told: &Told<'_>, finding: &Finding) -> String {
    let mut parts = Vec::new();
    parts.extend(told.page(finding).map(|page| format!("p. {page}")));
    parts.extend(finding.source.map(|source| {
        let path = named(told.root, told.files.path(source.file));
        format!("{}:{}:{}", path.display(), source.line, source.column)
    }));
    parts.extend(finding.value.map(|value| format!("{value:.2}")));
    let text = one_line(&finding.text);
    let mut shown: String = text.chars().take(WIDEST).collect();
    if text.chars().count() > WIDEST {
        shown.push('…');
    }
    parts.push(shown);
    format!("  {}", parts.join("  "))
}
