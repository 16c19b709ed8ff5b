//! `profiles`, `pdf-standard` and `[output.bifolio.press.*]`: what a book orders of printers and of its reading PDF.
//!
//! In:     the table `[output.bifolio]`.
//! Out:    [`Orders`].
//! Faults: `config.profile`, `config.standard`, `config.trim`, `config.choice`, `toml.*`.
//! Absent: what a printer asks: `press` holds it.

use super::manifest_edition::{choice, read_trim};
use super::manifest_table::{Set, Table};
use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, Severity, Sink};
use crate::press::{Colour, Order, Orders, Press, Standard, Standards};

pub fn read_press(table: &Table, sink: &mut Sink) -> Orders {
    let mut orders = Orders::default();
    let names = Press::ALL.map(Press::name);
    for written in table.texts("profiles", sink) {
        match Press::named(&written.value) {
            Some(press) if orders.profiles.contains(&press) => {}
            Some(press) => orders.profiles.push(press),
            None => sink.push(unknown("config.profile", "printer's profile", &written, &names)),
        }
    }
    orders.profiles.sort();
    read_standards(table, &mut orders, sink);
    if let Some(presses) = table.table("press", sink) {
        for press in Press::ALL {
            if let Some(own) = presses.table(press.name(), sink) {
                orders.by_press.insert(press, read_order(&own, press, sink));
            }
        }
        presses.close(Severity::Error, sink);
    }
    orders
}

fn read_standards(table: &Table, orders: &mut Orders, sink: &mut Sink) {
    let Some(place) = table.place("pdf-standard") else { return };
    let mut found = Vec::new();
    let mut is_known = true;
    for written in table.texts("pdf-standard", sink) {
        match Standard::named(&written.value) {
            Some(standard) => found.push(standard),
            None => {
                is_known = false;
                sink.push(unknown("config.standard", "standard", &written, &Standard::ALL.map(Standard::name)));
            }
        }
    }
    if !is_known {
        return;
    }
    match Standards::new(found) {
        Ok(standards) => orders.standards = standards,
        Err(why) => sink.push(
            Diagnostic::error("config.standard", format!("these standards cannot be met at once: {why}"))
                .at(place)
                .hint("the default is [\"a-2a\", \"ua-1\"]"),
        ),
    }
}

fn read_order(table: &Table, press: Press, sink: &mut Sink) -> Order {
    let mut order = Order::default();
    if let Some(inks) = choice(table, "inks", &[("grey", Colour::Grey), ("cmyk", Colour::Cmyk)], sink) {
        order.colour = inks;
    }
    if let Some(trim) = table.loose("trim") {
        order.trim = read_trim(&trim, sink);
        if order.trim.is_none() {
            let told = Diagnostic::error("config.trim", "this is not a page size").at(trim.span);
            sink.push(told.hint("write a name like \"a5\", or [\"155mm\", \"220mm\"]"));
        }
    }
    let papers: Vec<(&'static str, &'static str)> =
        press.printer().papers.iter().map(|paper| (paper.name, paper.name)).collect();
    if !papers.is_empty() {
        order.paper = choice(table, "paper", &papers, sink).map(str::to_owned);
    }
    table.close(Severity::Error, sink);
    order
}

fn unknown(code: &'static str, what: &str, written: &Set<String>, known: &[&'static str]) -> Diagnostic {
    let told = Diagnostic::error(code, format!("no {what} \"{}\"", written.value)).at(written.span);
    match nearest(&written.value, known.iter().copied()) {
        Some(near) => told.hint(format!("did you mean \"{near}\"?")),
        None => told.hint(format!("there are: {}", known.join(", "))),
    }
}
