//! The door to the crate `toml`: typed reading of a table, with the place of every key and value.
//!
//! In:     the text of `book.toml`.
//! Out:    [`Table`], whose readers hand out values and report those of the wrong type.
//! Faults: `toml.syntax`, `toml.type`, `toml.key`; all of a file in one run.
//! Absent: which keys there are; `manifest` names them.

use crate::base::diagnostic::nearest;
use crate::base::{Diagnostic, FileId, Severity, Sink, Span};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of a TOML file, by its full name: `output.bifolio`.
pub struct Table<'t> {
    name: String,
    table: &'t DeTable<'t>,
    file: FileId,
    /// Keys asked for so far: what remains is unknown.
    asked: RefCell<BTreeSet<&'static str>>,
}

/// A value and its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Set<T> {
    pub value: T,
    pub span: Span,
}

/// A value of a key that takes several shapes.
#[derive(Clone, PartialEq, Debug)]
pub enum Loose {
    Text(String),
    Number(f64),
    Bool(bool),
    List(Vec<Set<Loose>>),
    Other(&'static str),
}

/// Reads a TOML file; where its syntax is at fault, what could be read is handed to `read` all the same.
pub fn read<T>(text: &str, file: FileId, sink: &mut Sink, read: impl FnOnce(&Table, &mut Sink) -> T) -> T {
    let (table, errors) = DeTable::parse_recoverable(text);
    // One slip can make the parser stumble over every line after it; a dozen faults tell enough.
    for error in errors.iter().take(12) {
        let at = error.span().map(|range| Span::new(file, range.start, range.end));
        sink.push(Diagnostic::error("toml.syntax", error.message().trim().replace('\n', ", ")).at(at).hint(
            "book.toml is written in TOML: texts stand in quotation marks, lists in [ ], one key = value a line",
        ));
    }
    read(&Table::new(String::new(), table.get_ref(), file), sink)
}

impl<'t> Table<'t> {
    fn new(name: String, table: &'t DeTable<'t>, file: FileId) -> Table<'t> {
        Table { name, table, file, asked: RefCell::default() }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn wrong(&self, key: &str, wanted: &str, value: &Spanned<DeValue>, sink: &mut Sink) {
        let message = format!("{} is {wanted}, not {}", self.full(key), kind(value.get_ref()));
        let told = Diagnostic::error("toml.type", message).at(self.span(value.span()));
        sink.push(told.hint(format!("write {key} as {wanted}")));
    }

    /// The place of a key's value.
    pub fn place(&self, key: &str) -> Option<Span> {
        self.table.get(key).map(|value| self.span(value.span()))
    }

    pub fn text(&self, key: &'static str, sink: &mut Sink) -> Option<Set<String>> {
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::String(text) => Some(text.clone().into_owned()),
            _other => None,
        };
        if found.is_none() {
            self.wrong(key, "a text in quotes", value, sink);
        }
        Some(Set { value: found?, span: self.span(value.span()) })
    }

    /// A text, a number or a date without quotes, as text: `date = 2026`.
    pub fn text_or_number(&self, key: &'static str, sink: &mut Sink) -> Option<Set<String>> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.clone().into_owned(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _other => {
                self.wrong(key, "a text in quotes", value, sink);
                return None;
            }
        };
        Some(Set { value: text, span: self.span(value.span()) })
    }

    pub fn bool(&self, key: &'static str, sink: &mut Sink) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong(key, "true or false", value, sink);
        }
        found
    }

    pub fn integer(&self, key: &'static str, sink: &mut Sink) -> Option<Set<i64>> {
        let value = self.get(key)?;
        let digits = value.get_ref().as_integer().map(|n| (n.as_str().replace('_', ""), n.radix()));
        let found = digits.and_then(|(digits, radix)| i64::from_str_radix(&digits, radix).ok());
        if found.is_none() {
            self.wrong(key, "a whole number", value, sink);
        }
        Some(Set { value: found?, span: self.span(value.span()) })
    }

    /// A list of texts; one text alone is a list of one.
    pub fn texts(&self, key: &'static str, sink: &mut Sink) -> Vec<Set<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let one = |text: &str, span| Set { value: text.to_owned(), span };
        match value.get_ref() {
            DeValue::String(text) => vec![one(text, self.span(value.span()))],
            DeValue::Array(list) => {
                let texts = list.iter().filter_map(|value| match value.get_ref() {
                    DeValue::String(text) => Some(one(text, self.span(value.span()))),
                    _other => {
                        self.wrong(key, "a list of texts in quotes", value, sink);
                        None
                    }
                });
                texts.collect()
            }
            _other => {
                self.wrong(key, "a list of texts in quotes", value, sink);
                Vec::new()
            }
        }
    }

    pub fn loose(&self, key: &'static str) -> Option<Set<Loose>> {
        self.get(key).map(|value| self.loosen(value))
    }

    fn loosen(&self, value: &Spanned<DeValue>) -> Set<Loose> {
        let number = |text: &str| text.replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite());
        let loose = match value.get_ref() {
            DeValue::String(text) => Loose::Text(text.clone().into_owned()),
            DeValue::Integer(n) => number(n.as_str()).map_or(Loose::Other("a number"), Loose::Number),
            DeValue::Float(n) => number(n.as_str()).map_or(Loose::Other("a number"), Loose::Number),
            DeValue::Boolean(value) => Loose::Bool(*value),
            // A list deeper than these has no meaning in any key.
            DeValue::Array(list) => Loose::List(list.iter().take(100).map(|value| self.shallow(value)).collect()),
            DeValue::Datetime(_) | DeValue::Table(_) => Loose::Other(kind(value.get_ref())),
        };
        Set { value: loose, span: self.span(value.span()) }
    }

    fn shallow(&self, value: &Spanned<DeValue>) -> Set<Loose> {
        match value.get_ref() {
            DeValue::Array(_) => Set { value: Loose::Other("a list"), span: self.span(value.span()) },
            _other => self.loosen(value),
        }
    }

    pub fn table(&self, key: &'static str, sink: &mut Sink) -> Option<Table<'t>> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, "a table", value, sink);
            return None;
        };
        Some(Table::new(self.full(key), table, self.file))
    }

    /// A list of tables: `[[…]]` or `[{…}, {…}]`.
    pub fn tables(&self, key: &'static str, sink: &mut Sink) -> Vec<Set<Table<'t>>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(key, "a list of tables", value, sink);
            return Vec::new();
        };
        let tables = list.iter().filter_map(|value| {
            let DeValue::Table(table) = value.get_ref() else {
                self.wrong(key, "a list of tables", value, sink);
                return None;
            };
            Some(Set { value: Table::new(self.full(key), table, self.file), span: self.span(value.span()) })
        });
        tables.collect()
    }

    /// The keys of this table with their places, in the order of their names.
    pub fn keys(&self) -> Vec<Set<String>> {
        let keys = self.table.keys();
        keys.map(|key| Set { value: key.get_ref().clone().into_owned(), span: self.span(key.span()) }).collect()
    }

    /// Every key of this table with its text, in the order of the keys.
    pub fn texts_by_key(&self, sink: &mut Sink) -> Vec<(String, Set<String>)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            match value.get_ref().as_str() {
                Some(text) => {
                    let text = Set { value: text.to_owned(), span: self.span(value.span()) };
                    found.push((key.get_ref().clone().into_owned(), text));
                }
                None => self.wrong(key.get_ref(), "a text in quotes", value, sink),
            }
        }
        found
    }

    /// A text under a key that is not known beforehand.
    pub fn text_of(&self, key: &str) -> Option<&'t str> {
        self.table.get(key).and_then(|value| value.get_ref().as_str())
    }

    /// The same with its place; what is no text is told.
    pub fn text_at(&self, key: &str, sink: &mut Sink) -> Option<Set<String>> {
        let value = self.table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Set { value: text.to_owned(), span: self.span(value.span()) }),
            None => {
                self.wrong(key, "a text in quotes", value, sink);
                None
            }
        }
    }

    /// A table under a key that is not known beforehand.
    pub fn table_of(&self, key: &str) -> Option<Table<'t>> {
        let table = self.table.get(key)?.get_ref().as_table()?;
        Some(Table::new(self.full(key), table, self.file))
    }

    /// Keys that are read by nobody but stand rightly here.
    pub fn accept(&self, keys: &[&'static str]) {
        self.asked.borrow_mut().extend(keys);
    }

    /// Reports the keys nobody asked for, each with the nearest one there is.
    pub fn close(&self, severity: Severity, sink: &mut Sink) {
        let asked = self.asked.borrow();
        for key in self.keys() {
            if asked.contains(key.value.as_str()) {
                continue;
            }
            let within = if self.name.is_empty() { "book.toml".to_owned() } else { format!("[{}]", self.name) };
            let message = format!("unknown key \"{}\" in {within}", key.value);
            let told = Diagnostic::new(severity, "toml.key", message).at(key.span);
            sink.push(match nearest(&key.value, asked.iter().copied()) {
                Some(near) => told.hint(format!("did you mean \"{near}\"?")),
                None => {
                    told.hint(format!("the keys here are: {}", asked.iter().copied().collect::<Vec<_>>().join(", ")))
                }
            });
        }
    }
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
