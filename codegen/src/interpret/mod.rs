//! The interpreter: runs the model of a log type on events, with no Rust generated or compiled.
//!
//! It is the plain twin of the generated code, and its oracle: for any schema and any input, both give the same bytes or the
//! same error. What decides over single values is the kernel, for both: its reader, its times, its indicators, its writer.
//! What is said twice is how a schema puts them together: here in `read.rs`, `transform.rs` and `value.rs`, there in `emit/record.rs`.
//!
//! ```
//! use logwright_codegen::compile::{Options, compile};
//! use logwright_codegen::interpret::Interpreter;
//! use logwright_codegen::source::SourceMap;
//!
//! let schema = "schema: Acme.Login\nfields: [{name: user, type: string}, {name: age, type: smallint, required: true}]\n";
//! let (schemas, _) = compile(&SourceMap::from_texts([("acme/login.yml", schema)]), &Options::default());
//! let interpreter = Interpreter::new(&schemas[0]);
//! assert_eq!(interpreter.parse(br#"{"age": "42", "user": "jane"}"#).unwrap().fields_as_json(), r#"{"user":"jane","age":42}"#);
//! assert_eq!(interpreter.parse(b"{}").unwrap_err().pointer(), "/age");
//! ```

mod formats;
pub mod lines;
mod read;
mod transform;
mod value;

use logwright::event::{Envelope, Profile, write_object_as_event};
use logwright::indicators::Indicators;
use logwright::json::{Error, ObjectWriter, Reader};
use logwright::log_type::Object as _;
use logwright::time::Timestamp;

use crate::json::quoted;
use crate::model::{Field, Schema};
use formats::Formats;
use value::Object;

/// A log type, ready to read events.
#[derive(Debug)]
pub struct Interpreter<'s> {
    schema: &'s Schema,
    /// The members of each object of the schema, by the object's index.
    objects: Vec<Members<'s>>,
}

/// What an object is made of.
#[derive(Debug)]
struct Members<'s> {
    fields: Vec<Member<'s>>,
    /// The keys that paths start with.
    kept: Vec<&'s str>,
    /// Whether keys that no field takes are kept.
    discovers: bool,
}

/// A field of an object, and what follows from it.
#[derive(Debug)]
struct Member<'s> {
    field: &'s Field,
    /// Its name as the content of a JSON string.
    key: String,
    /// The formats of its times; empty where it holds none.
    formats: Formats<'s>,
}

impl<'s> Interpreter<'s> {
    /// The interpreter of a log type.
    pub fn new(schema: &'s Schema) -> Self {
        let members = |(index, object): (usize, &'s crate::model::Object)| Members {
            fields: object.fields.iter().map(Member::new).collect(),
            kept: transform::kept(object),
            discovers: schema.field_discovery && index == EVENT,
        };
        Self { schema, objects: schema.objects.iter().enumerate().map(members).collect() }
    }

    /// The log type.
    pub fn schema(&self) -> &'s Schema {
        self.schema
    }

    /// Parses one event, a JSON object.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse<'a>(&'a self, input: &'a [u8]) -> Result<Event<'a>, Error> {
        let object = Reader::read(input, |reader| self.read_object(EVENT, reader))?;
        Ok(Event { log_type: &self.schema.log_type, object })
    }
}

/// The index of the event itself among the objects of a schema.
const EVENT: usize = 0;

impl<'s> Member<'s> {
    fn new(field: &'s Field) -> Self {
        let quoted = quoted(&field.name);
        Self { field, key: quoted[1..quoted.len() - 1].to_owned(), formats: Formats::of(&field.value) }
    }
}

/// One event.
#[derive(Debug)]
pub struct Event<'a> {
    log_type: &'a str,
    object: Object<'a, 'a>,
}

impl Event<'_> {
    /// When it happened: the first timestamp that the schema marks and the event has.
    pub fn event_time(&self) -> Option<Timestamp> {
        self.object.event_time()
    }

    /// Appends it to `out` as [`logwright::event::write_event`] does: its fields, then the standard ones.
    pub fn write(&self, envelope: &Envelope<'_>, indicators: &mut Indicators, out: &mut Vec<u8>) {
        write_object_as_event(self.log_type, &self.object, envelope, indicators, out);
    }

    /// Its own fields alone, times as they were read.
    pub fn fields_as_json(&self) -> String {
        let mut bytes = Vec::new();
        let mut object = ObjectWriter::open(&mut bytes, Profile::Source);
        self.object.write_fields(&mut object);
        object.close();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests;
