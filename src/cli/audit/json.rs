//! The report for programs: one object, schema `bifolio-audit/1`, which the README describes.
//!
//! In:     the report.
//! Out:    JSON.
//! Absent: any judgement.

use super::Told;
use crate::audit::Finding;
use crate::cli::report::named;
use crate::theme::bar::Rule;
use serde_json::{Value, json};

const SCHEMA: &str = "bifolio-audit/1";

pub fn report(told: &Told<'_>) -> String {
    let report = json!({
        "schema": SCHEMA,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "book": told.title,
        "pages": told.audit.pages,
        "lines": told.audit.lines,
        "justified": told.audit.justified,
        "forbidden": told.forbidden.iter().map(|flaw| flaw.name()).collect::<Vec<_>>(),
        "passed": told.is_passed(),
        "rules": told.rules.iter().map(|rule| self::rule(told, rule)).collect::<Vec<_>>(),
        "findings": told.findings().map(|finding| self::finding(told, finding)).collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

fn rule(told: &Told<'_>, rule: &Rule) -> Value {
    let facts = told.audit.facts.iter().filter(|fact| fact.rule == rule.number);
    let flaws = told.flaws.iter().filter(|flaw| flaw.rule().number == rule.number);
    json!({
        "number": rule.number,
        "name": rule.name,
        "asks": rule.asks,
        "checks": rule.checks,
        "facts": facts.map(|fact| json!({ "name": fact.name, "value": rounded(fact.value), "unit": fact.unit })).collect::<Vec<_>>(),
        "flaws": flaws.map(|flaw| {
            let count = told.of(*flaw).count();
            json!({ "name": flaw.name(), "says": flaw.says(), "count": count, "per_100_pages": rounded(told.in_100_pages(count)) })
        }).collect::<Vec<_>>(),
    })
}

fn finding(told: &Told<'_>, finding: &Finding) -> Value {
    let source = finding.source;
    json!({
        "flaw": finding.flaw.name(),
        "rule": finding.flaw.rule().number,
        "forbidden": told.forbidden.contains(&finding.flaw),
        "page": told.page(finding),
        "index": finding.sheet.map(|sheet| sheet + 1),
        "file": source.map(|source| named(told.root, told.files.path(source.file)).display().to_string()),
        "line": source.map(|source| source.line),
        "column": source.map(|source| source.column),
        "value": finding.value.map(rounded),
        "text": finding.text,
    })
}

/// Three places: finer ones are noise.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
