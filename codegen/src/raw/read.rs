//! Reading typed values out of YAML nodes, with one diagnostic for each mistake and never a stop at the first.
//!
//! A [`Reading`] collects what there is to say. A [`MappingReader`] hands out the values of the keys it is asked for and,
//! when it is finished, reports the keys that nobody asked for. Log schemas and pull contracts are both read with it.
//!
//! ```
//! use logwright_codegen::raw::read::{Entry, Reading};
//! use logwright_codegen::source::SourceMap;
//!
//! let sources = SourceMap::from_texts([("a.yml", "name: x\nlimits: {perMinute: many, perminuet: 3}\n")]);
//! let file = sources.iter().next().unwrap().0;
//! let reading = Reading::new(false);
//! let document = reading.document(file, &sources).unwrap();
//!
//! let mut mapping = reading.mapping(&Entry::root(&document)).unwrap();
//! assert_eq!(mapping.required_string("name").unwrap().value, "x");
//! let mut limits = mapping.mapping("limits").unwrap();
//! assert!(limits.integer("perMinute").is_none());
//! limits.finish();
//! mapping.finish();
//!
//! let diagnostics = reading.into_diagnostics();
//! let messages: Vec<_> = diagnostics.sorted().iter().map(|diagnostic| diagnostic.message.clone()).collect();
//! assert_eq!(messages, ["`perMinute`: expected integer, found string", "unknown key `perminuet`"]);
//! ```

use std::cell::RefCell;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::source::{FileId, SourceMap, Span};
use crate::yaml::{self, Kind, Meaning, Node};

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl Spanned<String> {
    /// The places of the parts of a scalar's text.
    pub fn places(&self, sources: &SourceMap) -> Places {
        let written = sources.text(self.span);
        let quote = usize::from(written.starts_with(['"', '\'']));
        let inner = written.get(quote..written.len().saturating_sub(quote));
        Places { whole: self.span, start: (inner == Some(self.value.as_str())).then_some(self.span.start + quote) }
    }
}

/// Where the parts of a scalar's text are written.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    whole: Span,
    /// Where the text starts; `None` where escapes or folding hide it.
    start: Option<usize>,
}

impl Places {
    /// The place of a part; that of the whole scalar where the part has none of its own.
    pub fn of(&self, part: Range<usize>) -> Span {
        let Some(start) = self.start else { return self.whole };
        Span { start: start + part.start, end: start + part.end, ..self.whole }
    }
}

/// A node and its place inside the document, such as `fields[3].type`.
#[derive(Clone, Debug)]
pub struct Entry<'n> {
    /// The node.
    pub node: &'n Node,
    /// Its place; empty for the document itself.
    pub path: String,
}

impl<'n> Entry<'n> {
    /// The whole of a document.
    pub fn root(node: &'n Node) -> Self {
        Self { node, path: String::new() }
    }

    /// The entry in words: the last key of its path with its numbers, or `the document`.
    fn name(&self) -> String {
        match self.path.rsplit('.').next() {
            Some(key) if !key.is_empty() => format!("`{key}`"),
            _ => "the document".to_owned(),
        }
    }
}

/// What has been found while documents are read.
#[derive(Debug, Default)]
pub struct Reading {
    lenient: bool,
    diagnostics: RefCell<Diagnostics>,
}

impl Reading {
    /// Nothing read yet. With `lenient`, unknown keys are warnings.
    pub fn new(lenient: bool) -> Self {
        Self { lenient, diagnostics: RefCell::default() }
    }

    /// Whether unknown keys are warnings.
    pub fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Adds a diagnostic.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Adds a diagnostic that is an error, or a warning when the reading is lenient.
    pub fn push_lenient(&self, diagnostic: Diagnostic) {
        let severity = if self.lenient { Severity::Warning } else { diagnostic.severity };
        self.push(Diagnostic { severity, ..diagnostic });
    }

    /// The nearest of `candidates`, see [`suggest`]; for candidates that the file itself gives, and so may be any number. Nothing
    /// once there are more mistakes than anybody is shown: each of a hostile file's would be compared with all of its names.
    pub fn suggest<'c>(&self, unknown: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        let shown = !self.diagnostics.borrow().is_more_than_shown();
        shown.then(|| suggest(unknown, candidates)).flatten()
    }

    /// Whether an error was found so far.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.borrow().has_errors()
    }

    /// Everything that was found.
    pub fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics.into_inner()
    }

    /// The one document of a file, see [`yaml::parse_document`].
    pub fn document(&self, file: FileId, sources: &SourceMap) -> Option<Node> {
        yaml::parse_document(file, sources, &mut self.diagnostics.borrow_mut())
    }

    /// The keys and values of a mapping.
    pub fn mapping<'n, 'r>(&'r self, entry: &Entry<'n>) -> Option<MappingReader<'n, 'r>> {
        let Kind::Mapping(entries) = &entry.node.kind else { return self.mismatch(entry, "mapping") };
        let taken = vec![false; entries.len()];
        let head = entry.node.head();
        Some(MappingReader { reading: self, entries, taken, known: Vec::new(), head, path: entry.path.clone() })
    }

    /// The items of a list.
    pub fn list<'n>(&self, entry: &Entry<'n>) -> Option<Vec<Entry<'n>>> {
        let Kind::Sequence(items) = &entry.node.kind else { return self.mismatch(entry, "list") };
        let items = items.iter().enumerate();
        Some(items.map(|(number, node)| Entry { node, path: format!("{}[{number}]", entry.path) }).collect())
    }

    /// The items of a list that has at least one.
    pub fn filled_list<'n>(&self, entry: &Entry<'n>) -> Option<Vec<Entry<'n>>> {
        let items = self.list(entry)?;
        if items.is_empty() {
            self.empty(entry, "an empty list");
        }
        Some(items)
    }

    /// A string.
    pub fn string(&self, entry: &Entry<'_>) -> Option<Spanned<String>> {
        match entry.node.meaning() {
            Some(Meaning::String(text)) => Some(Spanned { value: text.to_owned(), span: entry.node.span }),
            _ => self.mismatch(entry, "string"),
        }
    }

    /// A string that is not empty.
    pub fn filled_string(&self, entry: &Entry<'_>) -> Option<Spanned<String>> {
        let text = self.string(entry)?;
        if text.value.is_empty() {
            self.empty(entry, "an empty string");
        }
        Some(text)
    }

    /// A list of strings. An item of another type is reported and left out.
    pub fn strings(&self, entry: &Entry<'_>) -> Option<Vec<Spanned<String>>> {
        Some(self.list(entry)?.iter().filter_map(|item| self.string(item)).collect())
    }

    /// `true` or `false`.
    pub fn boolean(&self, entry: &Entry<'_>) -> Option<Spanned<bool>> {
        match entry.node.meaning() {
            Some(Meaning::Boolean(value)) => Some(Spanned { value, span: entry.node.span }),
            _ => self.mismatch(entry, "boolean"),
        }
    }

    /// A whole number that fits 64 bits.
    pub fn integer(&self, entry: &Entry<'_>) -> Option<Spanned<i64>> {
        match entry.node.meaning() {
            Some(Meaning::Integer(value)) => Some(Spanned { value, span: entry.node.span }),
            _ => self.mismatch(entry, "integer"),
        }
    }

    /// One of several words. `what` names the kind of word in messages, such as `type`.
    pub fn choice<T: Copy>(&self, entry: &Entry<'_>, what: &str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let word = self.string(entry)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word.value) {
            return Some(Spanned { value: *value, span: word.span });
        }
        let message = format!("`{}` is no {what}", word.value);
        let names = || choices.iter().map(|(name, _)| *name);
        let help = match self.suggest(&word.value, names()) {
            Some(name) => format!("Did you mean `{name}`?"),
            None => format!("Use one of: {}.", names().collect::<Vec<_>>().join(", ")),
        };
        self.push(Diagnostic::error(Code::LW0204, word.span, message).at(&entry.path).help(help));
        None
    }

    /// Reports that something must not be empty.
    pub fn empty(&self, entry: &Entry<'_>, what: &str) {
        let message = format!("{} must not be {what}", entry.name());
        let diagnostic = Diagnostic::error(Code::LW0205, entry.node.span, message).at(&entry.path);
        self.push(diagnostic.help("Fill it, or remove it where it may be left out."));
    }

    /// Reports a value of the wrong YAML type.
    fn mismatch<T>(&self, entry: &Entry<'_>, expected: &str) -> Option<T> {
        let found = entry.node.describe();
        let message = format!("{}: expected {expected}, found {found}", entry.name());
        let diagnostic = Diagnostic::error(Code::LW0203, entry.node.head(), message).at(&entry.path);
        let help = match expected {
            "string" if !matches!(found, "list" | "mapping") => "Put it in quotes to make it a string.",
            "string" => "Write one text here.",
            "list" => "Write `[…]`, or a line with `- ` for each item.",
            "mapping" => "Write keys, each with its value: `key: value`.",
            "boolean" => "Write `true` or `false`, without quotes.",
            _ => "Write a whole number, without quotes.",
        };
        self.push(diagnostic.help(help));
        None
    }
}

/// A mapping whose keys are known to its reader. A value of `null` counts as absent.
#[derive(Debug)]
pub struct MappingReader<'n, 'r> {
    reading: &'r Reading,
    entries: &'n [(Node, Node)],
    taken: Vec<bool>,
    known: Vec<&'static str>,
    head: Span,
    path: String,
}

impl<'n> MappingReader<'n, '_> {
    /// A place to point at for the mapping as a whole: its first key.
    pub fn head(&self) -> Span {
        self.head
    }

    /// The mapping's place inside the document.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it has no key at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether it has a key that nobody has asked for so far.
    pub fn has_unknown(&self) -> bool {
        self.taken.contains(&false)
    }

    /// The place of a key that was asked for and is there.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|(node, _)| key_text(node) == Some(key)).map(|(node, _)| node.span)
    }

    /// The value of a key, if it is there and not null.
    pub fn optional(&mut self, key: &'static str) -> Option<Entry<'n>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(node, _)| key_text(node) == Some(key))?;
        self.taken[at] = true;
        let node = &self.entries[at].1;
        (!node.is_null()).then(|| Entry { node, path: self.child(key) })
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<Entry<'n>> {
        let entry = self.optional(key);
        if entry.is_none() {
            let place = self.key_span(key).unwrap_or(self.head);
            let message = format!("the key `{key}` is missing");
            let diagnostic = Diagnostic::error(Code::LW0202, place, message).at(&self.path);
            self.reading.push(diagnostic.help(format!("Add `{key}`, with its value.")));
        }
        entry
    }

    /// An optional string.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.optional(key).and_then(|entry| self.reading.string(&entry))
    }

    /// A string that must be there and must not be empty.
    pub fn required_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.required(key).and_then(|entry| self.reading.filled_string(&entry))
    }

    /// An optional `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        self.optional(key).and_then(|entry| self.reading.boolean(&entry))
    }

    /// An optional whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        self.optional(key).and_then(|entry| self.reading.integer(&entry))
    }

    /// An optional list.
    pub fn list(&mut self, key: &'static str) -> Option<Vec<Entry<'n>>> {
        self.optional(key).and_then(|entry| self.reading.list(&entry))
    }

    /// A list that must be there and must have an item.
    pub fn required_list(&mut self, key: &'static str) -> Option<Vec<Entry<'n>>> {
        self.required(key).and_then(|entry| self.reading.filled_list(&entry))
    }

    /// An optional list of strings.
    pub fn strings(&mut self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        self.optional(key).and_then(|entry| self.reading.strings(&entry))
    }

    /// Every key with its value, for mappings whose keys are names. None of them is unknown.
    pub fn all(&mut self) -> Vec<(Spanned<String>, Entry<'n>)> {
        self.taken.fill(true);
        let mut all = Vec::new();
        for (key, node) in self.entries {
            if let Some(name) = key_text(key) {
                let entry = Entry { node, path: self.child(name) };
                all.push((Spanned { value: name.to_owned(), span: key.span }, entry));
            } else {
                self.bad_key(key);
            }
        }
        all
    }

    /// Reports every key that nobody has asked for.
    pub fn finish(self) {
        for ((key, _), _) in self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let Some(name) = key_text(key) else {
                self.bad_key(key);
                continue;
            };
            let help = match self.reading.suggest(name, self.known.iter().copied()) {
                _ if name == "<<" => "YAML 1.2 has no merge keys. Write the keys out, or use `type: ref`.".to_owned(),
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Known keys here: {}.", self.known.join(", ")),
            };
            let message = format!("unknown key `{name}`");
            let diagnostic = Diagnostic::error(Code::LW0201, key.span, message).at(self.child(name)).help(help);
            self.reading.push_lenient(diagnostic);
        }
    }

    fn bad_key(&self, key: &Node) {
        let message = format!("expected a key, found {}", key.describe());
        let help = "Write a key and its value: `key: value`.";
        self.reading.push(Diagnostic::error(Code::LW0203, key.head(), message).at(&self.path).help(help));
    }

    /// The path of a key in here.
    fn child(&self, key: &str) -> String {
        yaml::child(&self.path, key)
    }
}

impl<'n, 'r> MappingReader<'n, 'r> {
    /// An optional mapping.
    pub fn mapping(&mut self, key: &'static str) -> Option<MappingReader<'n, 'r>> {
        self.optional(key).and_then(|entry| self.reading.mapping(&entry))
    }

    /// A mapping that must be there.
    pub fn required_mapping(&mut self, key: &'static str) -> Option<MappingReader<'n, 'r>> {
        self.required(key).and_then(|entry| self.reading.mapping(&entry))
    }
}

fn key_text(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Scalar { text, .. } => Some(text),
        Kind::Sequence(_) | Kind::Mapping(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` with `read` and gives what was said, one line each.
    fn told(lenient: bool, text: &str, read: impl FnOnce(&mut MappingReader<'_, '_>)) -> Vec<String> {
        let sources = SourceMap::from_texts([("a.yml", text)]);
        let file = sources.iter().next().unwrap().0;
        let reading = Reading::new(lenient);
        let document = reading.document(file, &sources).unwrap();
        if let Some(mut mapping) = reading.mapping(&Entry::root(&document)) {
            read(&mut mapping);
            mapping.finish();
        }
        let diagnostics = reading.into_diagnostics();
        let line = |diagnostic: &&Diagnostic| {
            let help = diagnostic.help.as_deref().unwrap_or("-");
            format!("{} {} {} / {help}", diagnostic.severity.name(), diagnostic.path, diagnostic.message)
        };
        diagnostics.sorted().iter().map(line).collect()
    }

    #[test]
    fn values_are_typed() {
        let text = "s: x\nb: true\ni: 7\nl: [a, 'b']\nm: {k: 1}\nn:\n";
        let told = told(false, text, |mapping| {
            assert_eq!(mapping.string("s").unwrap().value, "x");
            assert!(mapping.boolean("b").unwrap().value);
            assert_eq!(mapping.integer("i").unwrap().value, 7);
            let list: Vec<_> = mapping.strings("l").unwrap().into_iter().map(|item| item.value).collect();
            assert_eq!(list, ["a", "b"]);
            assert_eq!(mapping.mapping("m").unwrap().all()[0].1.path, "m.k");
            assert!(mapping.string("n").is_none());
            assert!(mapping.string("absent").is_none());
        });
        assert_eq!(told, [""; 0]);
    }

    #[test]
    fn every_mistake_is_told_with_its_path() {
        let text = "s: 1\nb: [1]\ni: x\nl: [a, 2]\nm: []\ne: ''\nf: []\nstrin: 1\n? [a]\n: 1\n";
        let told = told(false, text, |mapping| {
            mapping.required_string("s");
            mapping.boolean("b");
            mapping.integer("i");
            mapping.strings("l");
            mapping.mapping("m");
            mapping.required_string("e");
            mapping.required_list("f");
            mapping.required("string");
        });
        assert_eq!(
            told,
            [
                "error  the key `string` is missing / Add `string`, with its value.",
                "error s `s`: expected string, found integer / Put it in quotes to make it a string.",
                "error b `b`: expected boolean, found list / Write `true` or `false`, without quotes.",
                "error i `i`: expected integer, found string / Write a whole number, without quotes.",
                "error l[1] `l[1]`: expected string, found integer / Put it in quotes to make it a string.",
                "error m `m`: expected mapping, found list / Write keys, each with its value: `key: value`.",
                "error e `e` must not be an empty string / Fill it, or remove it where it may be left out.",
                "error f `f` must not be an empty list / Fill it, or remove it where it may be left out.",
                "error strin unknown key `strin` / Did you mean `string`?",
                "error  expected a key, found list / Write a key and its value: `key: value`.",
            ]
        );
    }

    #[test]
    fn lenient_reading_warns_of_unknown_keys() {
        let told = told(true, "colour: red\n", |mapping| drop(mapping.string("name")));
        assert_eq!(told, ["warning colour unknown key `colour` / Known keys here: name."]);
    }

    #[test]
    fn the_document_itself_has_a_name() {
        let told = told(false, "- a\n", |_| {});
        assert_eq!(
            told,
            ["error  the document: expected mapping, found list / Write keys, each with its value: `key: value`."]
        );
    }
}
