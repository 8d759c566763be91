//! What a contract says of the log type's fields: the key, the time, the order, the examples.
//!
//! A collector reads these from every record, so each is checked against the schema beside the contract: that it is
//! there, that it always has a value, and that the value is of a type that can serve.

use std::collections::BTreeSet;

use super::model::{Order, RecordTime};
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::model::{Field, Schema, Type};
use crate::raw::read::{Entry, MappingReader, Spanned};
use crate::yaml::{self, Kind};

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
        let mut beside = self.schemas.iter().filter(|schema| schema.source == self.folder);
        if let Some(schema) = beside.clone().find(|schema| schema.log_type == name.value) {
            return LogType::Known(schema);
        }
        if !self.is_written(&name.value) {
            let message = format!("no schema in this folder is of the log type `{}`", name.value);
            let elsewhere = self.schemas.iter().find(|schema| schema.log_type == name.value);
            let help = match (suggest(&name.value, beside.clone().map(|schema| schema.log_type.as_str())), elsewhere) {
                (Some(near), _) => format!("Did you mean `{near}`?"),
                (None, Some(other)) => {
                    format!("It is in `{}`; move it here, or this log to the contract there.", other.file)
                }
                (None, None) if beside.next().is_none() => "Write its schema to a file beside this one.".to_owned(),
                (None, None) => {
                    let names: Vec<_> = beside_names(self.schemas, self.folder).collect();
                    format!("Use one of: {}.", names.join(", "))
                }
            };
            self.reading.push(Diagnostic::error(Code::LW0714, name.span, message).at(path).help(help));
        }
        LogType::Unknown
    }

    /// Whether a file of the folder is about this log type, though it has mistakes and so gave no schema.
    fn is_written(&self, log_type: &str) -> bool {
        let in_folder = self.sources.iter().filter(|(_, file)| file.folder() == Some(self.folder));
        in_folder.map(|(id, _)| yaml::parse_documents(id, self.sources, &mut Diagnostics::default())).flatten().any(
            |document| {
                let Kind::Mapping(entries) = &document.kind else { return false };
                entries.iter().any(|(key, value)| {
                    let text =
                        |kind: &Kind| if let Kind::Scalar { text, .. } = kind { Some(text.clone()) } else { None };
                    text(&key.kind).as_deref() == Some("schema") && text(&value.kind).as_deref() == Some(log_type)
                })
            },
        )
    }

    /// The fields that together identify a record.
    pub(super) fn key(&self, entry: &Entry<'_>, log_type: LogType<'_>) -> Option<Vec<String>> {
        self.names(entry, |reader, name, path| {
            let Some(field) = reader.field(name, log_type, path)? else { return Some(()) };
            let fit = matches!(field.value, Type::String { .. } | Type::SmallInt | Type::Int | Type::BigInt);
            reader.must(name, path, fit, "be part of a key", "a string or an integer")?;
            reader.must_be_required(name, field, path)
        })
    }

    /// The time of a record.
    pub(super) fn record_time(&self, mut keys: MappingReader<'_, '_>, log_type: LogType<'_>) -> Option<RecordTime> {
        let path = format!("{}.field", keys.path());
        let name = keys.required_string("field");
        let checked = name.as_ref().and_then(|name| {
            let Some(field) = self.field(name, log_type, &path)? else { return Some(()) };
            let fit = matches!(field.value, Type::Timestamp { .. });
            self.must(name, &path, fit, "be the time of a record", "a timestamp")?;
            self.must_be_required(name, field, &path)
        });
        let granularity = keys.required("granularity").and_then(|entry| leaf::duration(self.reading, &entry));
        keys.finish();
        checked?;
        Some(RecordTime { field: name?.value, granularity: granularity? })
    }

    /// The order of records.
    pub(super) fn order(&self, mut keys: MappingReader<'_, '_>, log_type: LogType<'_>) -> Option<Order> {
        let by = keys.required("by").and_then(|entry| {
            self.names(&entry, |reader, name, path| {
                let Some(field) = reader.field(name, log_type, path)? else { return Some(()) };
                let fit = !matches!(field.value, Type::Object(_) | Type::Array(_) | Type::Json);
                reader.must(name, path, fit, "give an order", "a text, a number or a time")
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
            let field = self.field(name, log_type, &entry.path);
            let fit = field?.is_none_or(|field| matches!(field.value, Type::String { .. }));
            self.must(name, &entry.path, fit, "have examples", "a string")?;
            let values = self.reading.filled_list(entry)?;
            let values = values.iter().filter_map(|value| self.reading.filled_string(value)).map(|value| value.value);
            Some((name.value.clone(), values.collect()))
        };
        all.iter().filter_map(read).collect()
    }

    /// A list of field names, each once, of which `check` approves.
    fn names(
        &self,
        entry: &Entry<'_>,
        check: impl Fn(&Self, &Spanned<String>, &str) -> Option<()>,
    ) -> Option<Vec<String>> {
        let mut seen = BTreeSet::new();
        let mut good = true;
        for item in self.reading.filled_list(entry)? {
            let Some(name) = self.reading.filled_string(&item) else { return None };
            if !seen.insert(name.value.clone()) {
                let message = format!("`{}` is listed twice", name.value);
                self.reading.push(Diagnostic::error(Code::LW0722, name.span, message).at(&item.path));
            }
            good &= check(self, &name, &item.path).is_some();
        }
        let items = self.reading.strings(entry)?;
        good.then(|| items.into_iter().map(|name| name.value).collect())
    }

    /// The field of that name: `None` where it is reported, `Some(None)` where the log type is not known.
    fn field<'s>(&self, name: &Spanned<String>, log_type: LogType<'s>, path: &str) -> Option<Option<&'s Field>> {
        let LogType::Known(schema) = log_type else { return Some(None) };
        let fields = schema.objects.first().map_or(&[][..], |event| &event.fields);
        if let Some(field) = fields.iter().find(|field| field.name == name.value) {
            return Some(Some(field));
        }
        let message = format!("`{}` has no field `{}`", schema.log_type, name.value);
        let help = match suggest(&name.value, fields.iter().map(|field| field.name.as_str())) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("The fields are those that `{}` declares at its top level.", schema.file),
        };
        self.reading.push(Diagnostic::error(Code::LW0715, name.span, message).at(path).help(help));
        None
    }

    fn must(&self, name: &Spanned<String>, path: &str, fit: bool, purpose: &str, wanted: &str) -> Option<()> {
        if !fit {
            let message = format!("`{}` cannot {purpose}", name.value);
            let help = format!("Name a field whose value is {wanted}.");
            self.reading.push(Diagnostic::error(Code::LW0716, name.span, message).at(path).help(help));
        }
        fit.then_some(())
    }

    fn must_be_required(&self, name: &Spanned<String>, field: &Field, path: &str) -> Option<()> {
        if !field.required {
            let message = format!("`{}` may be missing from a record", name.value);
            let help = "Name a field that every record has, or add `required: true` to it in the schema if the vendor always sends it.";
            self.reading.push(Diagnostic::error(Code::LW0716, name.span, message).at(path).help(help));
        }
        field.required.then_some(())
    }
}

fn beside_names<'a>(schemas: &'a [Schema], folder: &'a str) -> impl Iterator<Item = &'a str> {
    schemas.iter().filter(move |schema| schema.source == folder).map(|schema| schema.log_type.as_str())
}
