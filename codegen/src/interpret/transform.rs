//! Values that are made of others, JSON inside strings, and keys that no field takes.

use std::borrow::Cow;
use std::collections::HashMap;

use logwright::json::{Error, IntoOwned, Reader, Slot, Undeclared, Undecoded};

use super::formats::Formats;
use super::read::{map, text};
use super::value::{Object, Value};
use super::{Interpreter, Members};
use crate::model::{Path, Source, Type};

/// The keys that the paths of an object start with, each with a number of its own.
pub(super) fn kept(object: &crate::model::Object) -> HashMap<&str, usize> {
    let mut kept = HashMap::new();
    for (key, _) in object.fields.iter().flat_map(|field| field.source.paths()).flat_map(Path::starts) {
        let number = kept.len();
        kept.entry(key).or_insert(number);
    }
    kept
}

/// What is kept of an object beside its fields while it is read.
pub(super) struct Sent<'s, 'a> {
    members: &'s Members<'s>,
    /// The values of the keys that paths start with, by the numbers of the keys.
    kept: Vec<Undecoded<'a>>,
    undeclared: Undeclared<'a>,
}

impl<'s, 'a> Sent<'s, 'a> {
    pub(super) fn new(members: &'s Members<'s>) -> Self {
        let kept = vec![Undecoded::default(); members.kept.len()];
        Self { members, kept, undeclared: Undeclared::default() }
    }

    /// Keeps the next value, which is still to be read, where a path starts with its key.
    pub(super) fn keep(&mut self, key: &str, reader: &mut Reader<'a>) {
        if let Some(number) = self.members.kept.get(key) {
            self.kept[*number] = reader.ahead();
        }
    }

    /// Reads the value of a key that no field takes.
    pub(super) fn pass(&mut self, key: Cow<'a, str>, reader: &mut Reader<'a>) -> Result<(), Error> {
        // An event has each key once, and this one may be that of a field whose value comes from elsewhere.
        let is_name = self.members.fields.iter().any(|member| member.field.name == key);
        if self.members.discovers && !is_name { self.undeclared.read(key, reader) } else { reader.skip() }
    }

    pub(super) fn undeclared(self) -> Undeclared<'a> {
        self.undeclared.settled()
    }

    /// The value that a source makes of others; `None` for one that is read as it comes.
    pub(super) fn made(&self, source: &Source) -> Option<Undecoded<'a>> {
        Some(match source {
            Source::Own | Source::Rename(_) => return None,
            Source::Copy(path) => self.at(path),
            Source::Concat { paths, separator } => {
                let parts: Vec<_> = paths.iter().map(|path| self.at(path)).collect();
                Undecoded::concat(&parts, separator)
            }
            Source::Split { from, separator, index } => self.at(from).split(separator, *index),
        })
    }

    fn at(&self, path: &Path) -> Undecoded<'a> {
        let mut found = Undecoded::default();
        for (key, rest) in path.starts() {
            let Some(number) = self.members.kept.get(key) else { continue };
            found = match rest {
                None => self.kept[*number].clone(),
                Some(rest) => found.or_at(&self.kept[*number], rest),
            };
        }
        found
    }
}

impl Interpreter<'_> {
    /// The value of a type that a made value is, of what `reader` has passed over.
    pub(super) fn decode<'s, 'a>(
        &'s self,
        made: Undecoded<'a>,
        value: &'s Type,
        formats: &'s Formats<'s>,
        reader: &mut Reader<'a>,
    ) -> Result<Slot<Value<'s, 'a>>, Error> {
        Ok(match value {
            Type::String { validate, mask, .. } => text(made.string(), mask.as_ref(), validate.as_ref()),
            Type::SmallInt => map(made.smallint(), |number| Value::Integer(number.into())),
            Type::Int => map(made.int(), |number| Value::Integer(number.into())),
            Type::BigInt => map(made.bigint(), Value::Integer),
            Type::Float => map(made.float(), Value::Float),
            Type::Boolean => map(made.boolean(), Value::Boolean),
            Type::Timestamp { .. } => map(made.timestamp(&formats.list()), |time| Value::Time(time, formats)),
            Type::Array(element) => map(made.array(reader, |reader| self.read(element, formats, reader))?, Value::List),
            Type::Object(index) => map(made.object(reader, |reader| self.read_object(*index, reader))?, Value::Object),
            Type::Json => map(made.json(), Value::Json),
            Type::Embedded(inner) => {
                made.embedded(reader, |reader| self.read(inner, formats, reader).map(IntoOwned::into_owned))?
            }
        })
    }
}

impl<'s> IntoOwned for Value<'s, '_> {
    type Owned = Value<'s, 'static>;

    fn into_owned(self) -> Value<'s, 'static> {
        match self {
            Self::String(text) => Value::String(text.into_owned()),
            Self::Integer(number) => Value::Integer(number),
            Self::Float(number) => Value::Float(number),
            Self::Boolean(value) => Value::Boolean(value),
            Self::Time(time, formats) => Value::Time(time, formats),
            Self::List(elements) => Value::List(elements.into_owned()),
            Self::Object(Object { members, values, .. }) => {
                // Only the event itself keeps undeclared keys, and it is in no string.
                Value::Object(Object { members, values: values.into_owned(), undeclared: Undeclared::default() })
            }
            Self::Json(json) => Value::Json(json.into_owned()),
        }
    }
}
