//! The interpreter: runs the model of a log type on events, with no Rust generated or compiled.
//!
//! It is the plain twin of the generated code, and its oracle: for any schema and any input, both give the same bytes or the
//! same error. What decides over single values is the kernel, for both: its reader, its times, its indicators, its writer.
//! What is said twice is how a schema puts them together: here in `read.rs`, `text.rs`, `transform.rs` and `value.rs`,
//! there in `emit/record.rs`, `emit/text.rs`, `emit/transforms.rs` and `emit/discovery.rs`.
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
mod nearest;
mod read;
mod text;
mod transform;
mod value;

use std::collections::HashMap;

use logwright::event::{Envelope, Profile, write_object_as_event};
use logwright::indicators::Indicators;
use logwright::json::{Buffer, Error, ObjectWriter, Reader};
use logwright::log_type::Object as _;
use logwright::text::{Header, no_event};
use logwright::time::Timestamp;

use crate::json::quoted;
use crate::model::{Field, Parser, Schema};
use formats::Formats;
use text::LineParser;
use value::Object;

/// A log type, ready to read events.
#[derive(Debug)]
pub struct Interpreter<'s> {
    schema: &'s Schema,
    /// The members of each object of the schema, by the object's index.
    objects: Vec<Members<'s>>,
    /// How lines are taken apart, where events are not JSON.
    line_parser: Option<LineParser<'s>>,
}

/// What an object is made of.
#[derive(Debug)]
struct Members<'s> {
    fields: Vec<Member<'s>>,
    /// The place of the field that takes a key.
    places: HashMap<&'s str, usize>,
    /// The keys that paths start with, each with its number.
    kept: HashMap<&'s str, usize>,
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
            places: (0..).zip(&object.fields).filter_map(|(place, field)| Some((field.key()?, place))).collect(),
            kept: transform::kept(object),
            discovers: schema.field_discovery && index == EVENT,
        };
        let line_parser = match &schema.parser {
            Parser::Json => None,
            Parser::Text(parser) => Some(LineParser::new(schema, parser)),
        };
        Self { schema, objects: schema.objects.iter().enumerate().map(members).collect(), line_parser }
    }

    /// The log type.
    pub fn schema(&self) -> &'s Schema {
        self.schema
    }

    /// Parses one event that stands alone: a JSON object, or a line of text.
    ///
    /// # Errors
    /// When `input` is not of this log type; the error names the place. A line that is no event, such as a comment, is an
    /// error here, and so is any line of a log type whose streams start with a header; see [`lines`](Self::lines).
    pub fn parse<'a>(&'a self, input: &'a [u8]) -> Result<Event<'a>, Error> {
        self.lines().parse(input)?.ok_or_else(|| no_event(input))
    }

    /// A parser of the lines of one stream, such as a file, from its first line on.
    ///
    /// ```
    /// # use logwright_codegen::{compile::*, interpret::Interpreter, source::SourceMap};
    /// let schema = "\
    /// schema: Acme.Login
    /// parser: {csv: {hasHeader: true}}
    /// fields: [{name: user, type: string}, {name: age, type: int}]
    /// ";
    /// # let (schemas, _) = compile(&SourceMap::from_texts([("acme/login.yml", schema)]), &Options::default());
    /// let interpreter = Interpreter::new(&schemas[0]);
    /// let mut lines = interpreter.lines();
    /// assert!(lines.parse(b"age,user").unwrap().is_none());
    /// let event = lines.parse(b"42,jane").unwrap().unwrap();
    /// assert_eq!(event.fields_as_json(), r#"{"user":"jane","age":42}"#);
    /// ```
    pub fn lines(&self) -> Lines<'_> {
        Lines { interpreter: self, header: Header::default() }
    }
}

/// A parser of one stream's lines, in their order. It remembers the header of the stream, where the log type has one.
#[derive(Clone, Debug)]
pub struct Lines<'i> {
    interpreter: &'i Interpreter<'i>,
    header: Header,
}

impl<'i> Lines<'i> {
    /// Parses the next line, or the next JSON object; `None` where a line of text is no event: a header, a comment, or blank.
    ///
    /// # Errors
    /// When the line is not of the log type; the error names the place. The next line can be parsed all the same.
    pub fn parse<'a>(&mut self, line: &'a [u8]) -> Result<Option<Event<'a>>, Error>
    where
        'i: 'a,
    {
        let interpreter = self.interpreter;
        let object = match &interpreter.line_parser {
            None => Some(Reader::read(line, |reader| interpreter.read_object(EVENT, reader))?),
            Some(parser) => interpreter.read_line(parser, &mut self.header, line)?,
        };
        Ok(object.map(|object| Event { log_type: &interpreter.schema.log_type, object }))
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
    pub fn write(&self, envelope: &Envelope<'_>, indicators: &mut Indicators, out: &mut Buffer) {
        write_object_as_event(self.log_type, &self.object, envelope, indicators, out);
    }

    /// Its own fields alone, times as they were read.
    pub fn fields_as_json(&self) -> String {
        let mut buffer = Buffer::default();
        let mut object = ObjectWriter::open(&mut buffer, Profile::Source);
        self.object.write_fields(&mut object);
        object.close();
        String::from_utf8_lossy(buffer.as_bytes()).into_owned()
    }
}

#[cfg(test)]
mod tests;
