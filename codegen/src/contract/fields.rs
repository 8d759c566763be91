//! What a contract says of the log type's fields: the key, the time, the order, the examples.
//!
//! A collector reads these from every record, so each is checked against the schema beside the contract: that it is
//! there, that it always has a value, and that the value is of a type that can serve.

use super::model::{Order, RecordTime};
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, suggest};
use crate::model::{Field, Schema, Type};
use crate::raw::read::{Entry, MappingReader, Spanned};
use crate::yaml::{self, Kind, Node};

const DIRECTIONS: [(&str, bool); 2] = [("ascending", true), ("descending", false)];

/// What is known of the log type that a log's records have.
#[derive(Clone, Copy, Debug)]
pub(super) enum LogType<'a> {
    /// Its schema.
    Known(&'a Schema),
    /// It is missing or has mistakes, which have been reported; whatever is said of its fields is believed.
    Unknown,
}

impl<'a> Reader<'a> {
    /// The schema with this name in the folder of the contract.
    pub(super) fn log_type(&self, name: &Spanned<String>, path: &str) -> LogType<'a> {
        let beside = || self.schemas.iter().filter(|schema| schema.source == self.folder);
        if let Some(schema) = beside().find(|schema| schema.log_type == name.value) {
            return LogType::Known(schema);
        }
        if !self.is_written(&name.value) {
            let message = format!("no schema in this folder is of the log type `{}`", name.value);
            let names: Vec<_> = beside().map(|schema| schema.log_type.as_str()).collect();
            let elsewhere = self.schemas.iter().find(|schema| schema.log_type == name.value);
            let help = match (suggest(&name.value, names.iter().copied()), elsewhere) {
                (Some(near), _) => format!("Did you mean `{near}`?"),
                (None, Some(other)) => {
                    format!("It is in `{}`; move it here, or this log to the contract there.", other.file)
                }
                (None, None) if names.is_empty() => "Write its schema to a file beside this one.".to_owned(),
                (None, None) => format!("Use one of: {}.", names.join(", ")),
            };
            self.reading.push(Diagnostic::error(Code::LW0714, name.span, message).at(path).help(help));
        }
        LogType::Unknown
    }

    /// Whether a file of the folder is about this log type, though it has mistakes and so gave no schema.
    fn is_written(&self, log_type: &str) -> bool {
        let text = |node: &Node| if let Kind::Scalar { text, .. } = &node.kind { Some(text.clone()) } else { None };
        let names_it = |document: &Node| {
            let Kind::Mapping(entries) = &document.kind else { return false };
            let mut texts = entries.iter().map(|(key, value)| (text(key), text(value)));
            texts.any(|(key, value)| key.as_deref() == Some("schema") && value.as_deref() == Some(log_type))
        };
        let in_folder = self.sources.iter().filter(|(_, file)| file.folder() == Some(self.folder));
        let documents = |id| yaml::parse_documents(id, self.sources, &mut Diagnostics::default());
        in_folder.flat_map(|(id, _)| documents(id)).any(|document| names_it(&document))
    }

    /// The fields that together identify a record.
    pub(super) fn key(&self, entry: &Entry<'_>, log_type: LogType<'_>) -> Option<Vec<String>> {
        self.names(entry, |name, path| {
            if let Some(field) = self.field(name, log_type, path, Severity::Error) {
                let fit = matches!(field.value, Type::String { .. } | Type::SmallInt | Type::Int | Type::BigInt);
                if self.serves(name, path, fit, "be part of a key", "a string or an integer") {
                    self.is_there(name, path, field);
                }
            }
        })
    }

    /// The time of a record.
    pub(super) fn record_time(&self, mut keys: MappingReader<'_, '_>, log_type: LogType<'_>) -> Option<RecordTime> {
        let path = format!("{}.field", keys.path());
        let name = keys.required_string("field");
        if let Some(name) = &name
            && let Some(field) = self.field(name, log_type, &path, Severity::Error)
        {
            let fit = matches!(field.value, Type::Timestamp { .. });
            if self.serves(name, &path, fit, "be the time of a record", "a timestamp") {
                self.is_there(name, &path, field);
            }
        }
        let granularity = keys.required("granularity").and_then(|entry| leaf::duration(self.reading, &entry));
        keys.finish();
        Some(RecordTime { field: name?.value, granularity: granularity? })
    }

    /// The order of records: the word `arrival`, or a mapping.
    pub(super) fn order(&self, entry: &Entry<'_>, log_type: LogType<'_>) -> Option<Order> {
        if !matches!(entry.node.kind, Kind::Mapping(_)) {
            let help = "Write `arrival`, or a mapping with `by` and `direction`.".to_owned();
            let arrival = Order { by: Vec::new(), ascending: true };
            return self.word(entry, "order", &["arrival"], help).map(|_| arrival);
        }
        let mut keys = self.reading.mapping(entry)?;
        let by = keys.required("by").and_then(|entry| {
            self.names(&entry, |name, path| {
                if let Some(field) = self.field(name, log_type, path, Severity::Error) {
                    let fit = !matches!(field.value.opened(), Type::Object(_) | Type::Array(_) | Type::Json);
                    self.serves(name, path, fit, "give an order", "a text, a number or a time");
                }
            })
        });
        let direction = keys.required("direction");
        let direction = direction.and_then(|entry| self.reading.choice(&entry, "direction", &DIRECTIONS));
        keys.finish();
        Some(Order { by: by?, ascending: direction?.value })
    }

    /// Values that fields really take.
    pub(super) fn examples(
        &self,
        mut keys: MappingReader<'_, '_>,
        log_type: LogType<'_>,
    ) -> Vec<(String, Vec<String>)> {
        let all = keys.all();
        let read = |(name, entry): &(Spanned<String>, Entry<'_>)| {
            // They serve the simulator and readers; a field that has gone is no reason not to generate.
            if let Some(field) = self.field(name, log_type, &entry.path, Severity::Warning) {
                let fit = matches!(field.value, Type::String { .. });
                self.serves(name, &entry.path, fit, "have examples", "a string");
            }
            let values = self.reading.filled_list(entry)?;
            let values = values.iter().filter_map(|value| self.reading.filled_string(value)).map(|value| value.value);
            Some((name.value.clone(), values.collect()))
        };
        all.iter().filter_map(read).collect()
    }

    /// A list of field names, each once, with a look at each.
    fn names(&self, entry: &Entry<'_>, check: impl Fn(&Spanned<String>, &str)) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for item in self.reading.filled_list(entry)? {
            let Some(name) = self.reading.filled_string(&item) else { continue };
            if names.contains(&name.value) {
                let message = format!("`{}` is listed twice", name.value);
                let diagnostic = Diagnostic::error(Code::LW0722, name.span, message).at(&item.path);
                self.reading.push(diagnostic.help("Remove one of them."));
            }
            check(&name, &item.path);
            names.push(name.value);
        }
        Some(names)
    }

    /// The field of that name; `None` where there is none, which is reported, and where the log type is not known.
    fn field<'s>(
        &self,
        name: &Spanned<String>,
        log_type: LogType<'s>,
        path: &str,
        severity: Severity,
    ) -> Option<&'s Field> {
        let LogType::Known(schema) = log_type else { return None };
        let fields = schema.objects.first().map_or(&[][..], |event| &event.fields);
        let field = fields.iter().find(|field| field.name == name.value);
        if field.is_none() {
            let message = format!("`{}` has no field `{}`", schema.log_type, name.value);
            let help = match self.reading.suggest(&name.value, fields.iter().map(|field| field.name.as_str())) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("The fields are those that `{}` declares at its top level.", schema.file),
            };
            let new = if severity == Severity::Error { Diagnostic::error } else { Diagnostic::warning };
            self.reading.push(new(Code::LW0715, name.span, message).at(path).help(help));
        }
        field
    }

    /// Whether a field is of a type for its purpose; reports one that is not.
    fn serves(&self, name: &Spanned<String>, path: &str, fit: bool, purpose: &str, wanted: &str) -> bool {
        if !fit {
            let message = format!("`{}` cannot {purpose}", name.value);
            let help = format!("Name a field whose value is {wanted}.");
            self.reading.push(Diagnostic::error(Code::LW0716, name.span, message).at(path).help(help));
        }
        fit
    }

    /// Reports a field that a record may lack.
    fn is_there(&self, name: &Spanned<String>, path: &str, field: &Field) {
        if !field.required {
            let message = format!("`{}` may be missing from a record", name.value);
            let help = "Name a field that every record has, or add `required: true` to it in the schema if the vendor always sends it.";
            self.reading.push(Diagnostic::error(Code::LW0716, name.span, message).at(path).help(help));
        }
    }
}
