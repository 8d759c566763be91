//! What a change of schemas means: for whoever reads the events, and for what is stored (section 5.4 of the language).
//!
//! Log types are compared by name, fields by key, all from the model alone. An object that is used in several places is
//! compared once, where it first appears.

use std::collections::BTreeSet;

use logwright::indicators::Indicator;

use crate::json::Json;
use crate::lower::names;
use crate::model::{Field, Format, Schema, Type, Validate};
use crate::model_words;

/// A difference between two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The log type.
    pub log_type: String,
    /// The field, such as `actor.roles[].name`; empty for the log type as a whole.
    pub field: String,
    /// What has changed, in a few words.
    pub what: String,
    /// Whether queries and consumers can go on.
    pub class: Class,
    /// What it means for stored data.
    pub stored: Stored,
}

/// Whether those who read the events can go on as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// They can.
    Compatible,
    /// They cannot.
    Breaking,
}

/// What a change means for stored data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It can stay as it is.
    Nothing,
    /// This column differs between the rows of before and after.
    Column(String),
    /// All of a row may lie elsewhere: partitions go by the log type and the time of the event.
    Partitions,
}

impl Class {
    /// `compatible` or `breaking`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

impl Stored {
    /// In words: what has to be done.
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => "nothing to do".to_owned(),
            Self::Column(column) => format!("one column, {column}"),
            Self::Partitions => "whole partitions".to_owned(),
        }
    }
}

impl Change {
    /// The change in one line, without a line break.
    pub fn line(&self) -> String {
        let Self { log_type, field, what, class, stored } = self;
        let place = if field.is_empty() { log_type.clone() } else { format!("{log_type} {field}") };
        format!("{:<10}  {place}: {what} (stored data: {})", class.name(), stored.words())
    }

    /// The change as a JSON object.
    pub fn json(&self) -> Json {
        let (effect, column) = match &self.stored {
            Stored::Nothing => ("nothing", None),
            Stored::Column(column) => ("column", Some(column)),
            Stored::Partitions => ("partitions", None),
        };
        let mut members = vec![
            ("log_type", Json::text(&self.log_type)),
            ("field", Json::text(&self.field)),
            ("class", Json::text(self.class.name())),
            ("change", Json::text(&self.what)),
            ("stored", Json::text(effect)),
        ];
        members.extend(column.map(|column| ("column", Json::text(column))));
        Json::object(members)
    }
}

/// Every change from one set of log types to another, in the order of the log types and of the old fields.
pub fn diff(old: &[Schema], new: &[Schema]) -> Vec<Change> {
    let mut changes = Vec::new();
    for old in old {
        match new.iter().find(|new| new.log_type == old.log_type) {
            Some(new) => {
                let mut pair = Pair { old, new, changes: Vec::new(), seen: BTreeSet::new(), column: String::new() };
                pair.documents();
                changes.append(&mut pair.changes);
            }
            None => changes.push(whole(old, "the log type is gone", Class::Breaking, Stored::Partitions)),
        }
    }
    for new in new.iter().filter(|new| old.iter().all(|old| old.log_type != new.log_type)) {
        changes.push(whole(new, "a new log type", Class::Compatible, Stored::Nothing));
    }
    changes
}

fn whole(schema: &Schema, what: &str, class: Class, stored: Stored) -> Change {
    Change { log_type: schema.log_type.clone(), field: String::new(), what: what.to_owned(), class, stored }
}

/// Two versions of a log type.
struct Pair<'s> {
    old: &'s Schema,
    new: &'s Schema,
    changes: Vec<Change>,
    /// The objects that have been compared.
    seen: BTreeSet<(usize, usize)>,
    /// The column that is being compared, or is around what is being compared.
    column: String,
}

impl Pair<'_> {
    fn push(&mut self, field: &str, what: impl Into<String>, class: Class, stored: Stored) {
        let log_type = self.new.log_type.clone();
        self.changes.push(Change { log_type, field: field.to_owned(), what: what.into(), class, stored });
    }

    fn note(&mut self, field: &str, what: &str) {
        self.push(field, what, Class::Compatible, Stored::Nothing);
    }

    fn documents(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.source != new.source {
            let what = format!("the source changed from {} to {}", old.source, new.source);
            self.push("", what, Class::Compatible, Stored::Nothing);
        }
        if old.description != new.description {
            self.note("", "the description changed");
        }
        if old.reference_url != new.reference_url {
            self.note("", "the reference changed");
        }
        if old.parser != new.parser {
            self.note("", "how lines are read changed (`parser`)");
        }
        match (old.field_discovery, new.field_discovery) {
            (false, true) => self.note("", "undeclared keys are kept now"),
            (true, false) => {
                let what = "undeclared keys are no longer kept";
                self.push("", what, Class::Breaking, Stored::Nothing);
            }
            _ => {}
        }
        self.objects(0, 0, "");
    }

    fn objects(&mut self, old: usize, new: usize, path: &str) {
        if !self.seen.insert((old, new)) {
            return;
        }
        let (old, new) = (&self.old.objects[old], &self.new.objects[new]);
        let added: Vec<_> = new.fields.iter().filter(|field| find(&old.fields, &field.name).is_none()).collect();
        for field in &old.fields {
            let place = join(path, &field.name);
            if path.is_empty() {
                self.column = names::column(&field.name);
            }
            if let Some(now) = find(&new.fields, &field.name) {
                self.fields(field, now, &place);
                continue;
            }
            let mut renamed = added.iter().filter(|other| self.alike(&field.value, &other.value));
            let what = match (renamed.next(), renamed.next()) {
                (Some(only), None) => format!("the field is gone, perhaps renamed to `{}`", only.name),
                _ => "the field is gone".to_owned(),
            };
            self.push(&place, what, Class::Breaking, Stored::Column(self.column.clone()));
        }
        for field in added {
            let what = format!("a new field, {}", words(&field.value));
            self.push(&join(path, &field.name), what, Class::Compatible, Stored::Nothing);
        }
        let kept = |of: &[Field], other: &[Field]| -> Vec<String> {
            of.iter().filter(|field| find(other, &field.name).is_some()).map(|field| field.name.clone()).collect()
        };
        if kept(&old.fields, &new.fields) != kept(&new.fields, &old.fields) {
            self.note(path, "the order of the fields changed");
        }
    }

    fn fields(&mut self, old: &Field, new: &Field, place: &str) {
        if old.required != new.required {
            let what = if new.required { "is required now: events without it are refused" } else { "is optional now" };
            self.note(place, what);
        }
        if old.description != new.description {
            self.note(place, "the description changed");
        }
        if old.source != new.source {
            self.note(place, &format!("it is {} now, and was {}", new.source.words(), old.source.words()));
        }
        self.values(&old.value, &new.value, place);
    }

    fn values(&mut self, old: &Type, new: &Type, place: &str) {
        match (matches!(old, Type::Embedded(_)), matches!(new, Type::Embedded(_))) {
            (false, true) => self.note(place, "a string is read as JSON now (`isEmbeddedJSON`)"),
            (true, false) => self.note(place, "a string is no longer read as JSON (`isEmbeddedJSON`)"),
            _ => {}
        }
        match (old.opened(), new.opened()) {
            (Type::Array(old), Type::Array(new)) => self.values(old, new, &format!("{place}[]")),
            (Type::Object(old), Type::Object(new)) => self.objects(*old, *new, place),
            (
                Type::String { indicators: old, validate: old_rule, mask: old_mask },
                Type::String { indicators: new, validate: new_rule, mask: new_mask },
            ) => {
                if old_mask != new_mask {
                    let what = "how it is hidden changed (`mask`)";
                    self.push(place, what, Class::Compatible, Stored::Column(self.column.clone()));
                }
                self.texts((old, old_rule.as_ref()), (new, new_rule.as_ref()), place);
            }
            (
                Type::Timestamp { formats: old, event_time: old_event },
                Type::Timestamp { formats: new, event_time: new_event },
            ) => self.times((old, *old_event), (new, *new_event), place),
            _ if words(old) == words(new) => {}
            _ => {
                let what = format!("the type changed from {} to {}", words(old), words(new));
                let stored = match old {
                    // Rows of before are placed by it.
                    Type::Timestamp { event_time: true, .. } => Stored::Partitions,
                    _ => Stored::Column(self.column.clone()),
                };
                self.push(place, what, Class::Breaking, stored);
            }
        }
    }

    fn texts(
        &mut self,
        (old, old_rule): (&[Indicator], Option<&Validate>),
        (new, new_rule): (&[Indicator], Option<&Validate>),
        place: &str,
    ) {
        let differing = old.iter().filter(|indicator| !new.contains(indicator));
        let differing: Vec<_> = differing.chain(new.iter().filter(|indicator| !old.contains(indicator))).collect();
        if !differing.is_empty() {
            let names = differing.iter().map(|indicator| indicator.name()).collect::<Vec<_>>().join(", ");
            let what = format!("the indicators changed: {names}");
            self.push(place, what, Class::Compatible, Stored::Column("p_any_*".to_owned()));
        }
        if old_rule != new_rule {
            self.note(place, "what is accepted changed (`validate`)");
        }
    }

    fn times(&mut self, (old, old_event): (&[Format], bool), (new, new_event): (&[Format], bool), place: &str) {
        if old != new {
            let list = |formats: &[Format]| formats.iter().map(Format::written).collect::<Vec<_>>().join(", ");
            self.note(place, &format!("the time formats changed from {} to {}", list(old), list(new)));
        }
        if old_event != new_event {
            let what =
                if new_event { "gives the time of the event now" } else { "no longer gives the time of the event" };
            self.push(place, what, Class::Compatible, Stored::Partitions);
        }
    }

    /// Whether a value of the old schema and one of the new could be the same field.
    fn alike(&self, old: &Type, new: &Type) -> bool {
        match (old.opened(), new.opened()) {
            (Type::Object(old), Type::Object(new)) => {
                let names = |fields: &[Field]| fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
                names(&self.old.objects[*old].fields) == names(&self.new.objects[*new].fields)
            }
            (Type::Array(old), Type::Array(new)) => self.alike(old, new),
            _ => words(old) == words(new),
        }
    }
}

fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name == name)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn words(value: &Type) -> String {
    match value.opened() {
        Type::Array(element) => format!("array of {}", words(element)),
        _ => model_words::scalar(value).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Options, compile};
    use crate::source::SourceMap;

    fn read(fields: &str) -> Vec<Schema> {
        let text = format!("schema: Acme.Login\nfields:\n{fields}");
        let sources = SourceMap::from_texts([("acme/login.yml", text)]);
        let (schemas, diagnostics) = compile(&sources, &Options::default());
        assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
        schemas
    }

    fn lines(old: &str, new: &str) -> Vec<String> {
        diff(&read(old), &read(new)).iter().map(Change::line).collect()
    }

    const OLD: &str = "  - {name: id, type: bigint, required: true}
  - {name: time, type: timestamp, timeFormat: rfc3339, isEventTime: true, required: true}
  - {name: actor, type: object, fields: [{name: id, type: int}, {name: roles, type: array, element: {type: string}}]}
  - {name: ip, type: string}
";

    #[test]
    fn the_same_has_no_changes() {
        assert_eq!(lines(OLD, OLD), [""; 0]);
    }

    #[test]
    fn every_change_has_its_class_and_its_effect() {
        let new = "  - {name: time, type: timestamp, timeFormats: [rfc3339, unix], required: true}
  - {name: id, type: bigint, description: Identifies it}
  - {name: actor, type: object, fields: [{name: id, type: bigint}, {name: roles, type: array, element: {type: int}}]}
  - {name: address, type: string, indicators: [ip]}
  - {name: seen, type: timestamp, timeFormat: unix, isEventTime: true}
";
        assert_eq!(
            lines(OLD, new),
            [
                "compatible  Acme.Login id: is optional now (stored data: nothing to do)",
                "compatible  Acme.Login id: the description changed (stored data: nothing to do)",
                "compatible  Acme.Login time: the time formats changed from rfc3339 to rfc3339, unix (stored data: nothing to do)",
                "compatible  Acme.Login time: no longer gives the time of the event (stored data: whole partitions)",
                "breaking    Acme.Login actor.id: the type changed from int to bigint (stored data: one column, actor)",
                "breaking    Acme.Login actor.roles[]: the type changed from string to int (stored data: one column, actor)",
                "breaking    Acme.Login ip: the field is gone, perhaps renamed to `address` (stored data: one column, ip)",
                "compatible  Acme.Login address: a new field, string (stored data: nothing to do)",
                "compatible  Acme.Login seen: a new field, timestamp (stored data: nothing to do)",
                "compatible  Acme.Login: the order of the fields changed (stored data: nothing to do)",
            ]
        );
    }

    #[test]
    fn metadata_is_compatible_and_log_types_come_and_go() {
        let new =
            OLD.replace("{name: ip, type: string}", "{name: ip, type: string, indicators: [ip], validate: {ip: any}}");
        assert_eq!(
            lines(OLD, &new),
            [
                "compatible  Acme.Login ip: the indicators changed: ip (stored data: one column, p_any_*)",
                "compatible  Acme.Login ip: what is accepted changed (`validate`) (stored data: nothing to do)",
            ]
        );
        let gone = diff(&read(OLD), &[]);
        assert_eq!((gone[0].class, &gone[0].stored), (Class::Breaking, &Stored::Partitions));
        assert_eq!(diff(&[], &read(OLD))[0].class, Class::Compatible);
        let expected = r#"{"log_type":"Acme.Login","field":"","class":"breaking","change":"the log type is gone","stored":"partitions"}"#;
        assert_eq!(gone[0].json().to_string(), expected);
    }

    #[test]
    fn transformations_are_compatible_and_a_mask_reaches_the_column() {
        let old = "  - {name: user, type: string, rename: {from: usr}}
  - {name: city, type: string, copy: {from: geo.city}}
  - {name: full, type: string, concat: {paths: [a, b], separator: ' '}}
  - {name: port, type: int, split: {from: host, separator: ':', index: 1}}
  - {name: token, type: string}
  - {name: body, type: object, fields: [{name: id, type: int}]}
";
        let new = "  - {name: user, type: string, rename: {from: login}}
  - {name: city, type: string}
  - {name: full, type: string, concat: {paths: [a, b], separator: '-'}}
  - {name: port, type: int, split: {from: host, separator: ':', index: -1}}
  - {name: token, type: string, mask: {type: hash, salt: pepper}}
  - {name: body, type: object, isEmbeddedJSON: true, fields: [{name: id, type: bigint}]}
";
        assert_eq!(
            lines(old, new),
            [
                "compatible  Acme.Login user: it is renamed from `login` now, and was renamed from `usr` (stored data: nothing to do)",
                "compatible  Acme.Login city: it is taken from the key of its name now, and was copied from `geo.city` (stored data: nothing to do)",
                "compatible  Acme.Login full: it is `a`, `b`, joined by `-` now, and was `a`, `b`, joined by ` ` (stored data: nothing to do)",
                "compatible  Acme.Login port: it is piece -1 of `host`, split at `:` now, and was piece 1 of `host`, split at `:` (stored data: nothing to do)",
                "compatible  Acme.Login token: how it is hidden changed (`mask`) (stored data: one column, token)",
                "compatible  Acme.Login body: a string is read as JSON now (`isEmbeddedJSON`) (stored data: nothing to do)",
                "breaking    Acme.Login body.id: the type changed from int to bigint (stored data: one column, body)"
            ]
        );
        assert_eq!(lines(new, new), [""; 0]);
    }

    #[test]
    fn a_parser_and_undeclared_keys_come_and_go() {
        let of = |head: &str| {
            let text = format!("schema: Acme.Login\n{head}fields: [{{name: a, type: string}}]\n");
            let sources = SourceMap::from_texts([("acme/login.yml", text)]);
            compile(&sources, &Options::default()).0
        };
        let lines = |old, new| diff(&of(old), &of(new)).iter().map(Change::line).collect::<Vec<_>>();
        let (comma, semicolon) = ("parser: {csv: {columns: [a]}}\n", "parser: {csv: {columns: [a], delimiter: ;}}\n");
        let parser = "compatible  Acme.Login: how lines are read changed (`parser`) (stored data: nothing to do)";
        assert_eq!(lines(comma, semicolon), [parser]);
        assert_eq!(lines("", comma), [parser]);
        let open = "fieldDiscoveryEnabled: true\n";
        assert_eq!(
            lines("", open),
            ["compatible  Acme.Login: undeclared keys are kept now (stored data: nothing to do)"]
        );
        let closed = "breaking    Acme.Login: undeclared keys are no longer kept (stored data: nothing to do)";
        assert_eq!(lines(open, ""), [closed]);
    }
}
