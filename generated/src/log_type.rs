//! Log types behind one object-safe trait, for programs that choose at run time.
//!
//! A program that knows its log type uses the record's own methods (`Audit::parse`). A program that serves any log type,
//! such as a collector, takes a [`LogType`] from [`crate::log_types::ALL`], and sees each event as a [`Record`].

mod field;

pub use field::{Field, Kind};
pub(crate) use field::{Made, Source};

use crate::indicators::Indicators;
use crate::json::{Code, Declared, Error, Input, ObjectWriter, event_time};
use crate::text::Header;
use crate::time::Timestamp;

/// One log type: its description, and its parser.
pub trait LogType: Sync {
    /// What the schema says about it.
    fn schema(&self) -> &'static Schema;

    /// Parses one event, a JSON object or a line of text, and hands the record to `then`. Nothing is allocated for the
    /// record itself. A line of text may be no event, such as a comment; `then` is not called for it.
    ///
    /// # Errors
    /// When `input` is not of this log type, or has a meaning only after a header, see [`lines`](Self::lines). `then` has
    /// not been called.
    fn parse(&self, input: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error>;

    /// Parses the event that `input` starts with, such as the next of a list, and leaves what follows it in `input`.
    ///
    /// # Errors
    /// When `input` does not start with an event of this log type, or the log type is one of lines, which know their end by
    /// what is around them. `then` has not been called, and `input` is as it was.
    fn parse_first(&self, input: &mut &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error>;

    /// A parser of the lines of one stream, such as a file, from its first line on.
    fn lines(&self) -> Lines;
}

/// A function that parses one event, a JSON object, and hands it on; see [`LogType::parse`] and [`LogType::parse_first`].
pub type ParseJson = fn(Input<'_, '_>, &mut dyn FnMut(&dyn Record)) -> Result<(), Error>;

/// The same for a line of text.
pub type Parse = fn(&[u8], &mut dyn FnMut(&dyn Record)) -> Result<(), Error>;

/// The same, for a log type whose streams start with a header.
pub type ParseAfterHeader = fn(&mut Header, &[u8], &mut dyn FnMut(&dyn Record)) -> Result<(), Error>;

/// A [`LogType`] made of a schema and a parser; every generated log type is one.
#[derive(Clone, Copy, Debug)]
pub struct ParsedBy {
    schema: &'static Schema,
    parser: Parser,
}

#[derive(Clone, Copy, Debug)]
enum Parser {
    Json(ParseJson),
    Each(Parse),
    AfterHeader(ParseAfterHeader),
}

impl ParsedBy {
    /// The log type of `schema`, whose events are JSON objects and parsed by `parse`.
    pub const fn json(schema: &'static Schema, parse: ParseJson) -> Self {
        Self { schema, parser: Parser::Json(parse) }
    }

    /// The log type of `schema`, whose lines are parsed by `parse`.
    pub const fn new(schema: &'static Schema, parse: Parse) -> Self {
        Self { schema, parser: Parser::Each(parse) }
    }

    /// The log type of `schema`, whose streams start with a header and whose lines are parsed by `parse`.
    pub const fn after_header(schema: &'static Schema, parse: ParseAfterHeader) -> Self {
        Self { schema, parser: Parser::AfterHeader(parse) }
    }
}

impl LogType for ParsedBy {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn parse(&self, input: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        match self.parser {
            Parser::Json(parse) => parse(Input::Whole(input), then),
            Parser::Each(parse) => parse(input, then),
            Parser::AfterHeader(_) => {
                let expected = "a stream of lines that starts with its header (this log type has one)";
                Err(Error::mismatch(Code::Pattern, expected, "a line alone"))
            }
        }
    }

    fn parse_first(&self, input: &mut &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        match self.parser {
            Parser::Json(parse) => parse(Input::First(input), then),
            Parser::Each(_) | Parser::AfterHeader(_) => {
                Err(Error::mismatch(Code::Pattern, "a line alone (this log type is one of lines)", "a longer text"))
            }
        }
    }

    fn lines(&self) -> Lines {
        Lines { parser: self.parser, header: Header::default() }
    }
}

/// A parser of one stream's lines, in their order. It remembers the header of the stream, where the log type has one.
///
/// ```
/// # #[cfg(feature = "zendesk")] {
/// use logwright::log_type::LogType;
/// use logwright::log_types::zendesk::audit::LOG_TYPE;
///
/// let mut lines = LOG_TYPE.lines();
/// let mut events = 0;
/// lines.parse(br#"{"id": 7, "created_at": "2026-03-01T11:32:44Z"}"#, &mut |_| events += 1).unwrap();
/// assert_eq!(events, 1);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Lines {
    parser: Parser,
    header: Header,
}

impl Lines {
    /// True where the lines must be parsed one after the other, since the first of them says what the others mean.
    pub const fn in_order(&self) -> bool {
        matches!(self.parser, Parser::AfterHeader(_))
    }

    /// Parses the next line and hands the record to `then`, unless the line is no event: a header, a comment, or blank.
    ///
    /// # Errors
    /// When the line is not of the log type. `then` has not been called. The next line can be parsed all the same.
    pub fn parse(&mut self, line: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        match self.parser {
            Parser::Json(parse) => parse(Input::Whole(line), then),
            Parser::Each(parse) => parse(line, then),
            Parser::AfterHeader(parse) => parse(&mut self.header, line, then),
        }
    }

    /// Parses the first line of `block`, leaves the others in it, and is true, where that is plain to do: the log type is one
    /// of JSON, and the line is an event. Else nothing has happened, and [`parse`](Self::parse) is for the line, whose end is
    /// still to be found.
    ///
    /// ```
    /// # #[cfg(feature = "zendesk")] {
    /// use logwright::log_type::LogType;
    /// use logwright::log_types::zendesk::audit::LOG_TYPE;
    ///
    /// let mut block = &b"{\"id\": 7, \"created_at\": \"2026-03-01T11:32:44Z\"}\n\n{\"id"[..];
    /// let mut events = 0;
    /// assert!(LOG_TYPE.lines().parse_first(&mut block, &mut |_| events += 1));
    /// assert!(!LOG_TYPE.lines().parse_first(&mut block, &mut |_| events += 1));
    /// assert_eq!((events, block), (1, &b"\n{\"id"[..]));
    /// # }
    /// ```
    pub fn parse_first(&self, block: &mut &[u8], then: &mut dyn FnMut(&dyn Record)) -> bool {
        matches!(self.parser, Parser::Json(parse) if parse(Input::Line(block), then).is_ok())
    }

    /// As [`parse`](Self::parse), for a stream that is shared with other log types: a line that is not of this one was another's, and so it
    /// was not the header.
    pub(crate) fn parse_own(&mut self, line: &[u8], then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        let before_header = self.header == Header::default();
        let parsed = self.parse(line, then);
        if parsed.is_err() && before_header {
            self.header = Header::default();
        }
        parsed
    }
}

/// A typed object: an event, or an object inside one. What is generated is one by its table of fields, see [`Declared`].
pub trait Object {
    /// Writes the declared fields that are present, in schema order.
    fn write_fields(&self, object: &mut ObjectWriter<'_>);

    /// Adds every indicator (addresses, names, hashes …) found in the object.
    fn collect_indicators(&self, _indicators: &mut Indicators) {}

    /// When the event happened: the first timestamp that the schema marks and the object has.
    fn event_time(&self) -> Option<Timestamp> {
        None
    }

    /// Does all three at once: the indicators go where the writer has a place for them. Returns the time.
    fn write_event(&self, object: &mut ObjectWriter<'_>) -> Option<Timestamp> {
        self.write_fields(object);
        if let Some(indicators) = object.indicators() {
            self.collect_indicators(indicators);
        }
        self.event_time()
    }
}

impl<T: Declared> Object for T {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.declared(self);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(self);
    }

    fn event_time(&self) -> Option<Timestamp> {
        event_time(self)
    }

    fn write_event(&self, object: &mut ObjectWriter<'_>) -> Option<Timestamp> {
        object.event(self)
    }
}

/// One parsed event of some log type.
pub trait Record: Object {
    /// What the schema says about the log type.
    fn schema(&self) -> &'static Schema;

    /// What identifies the event at its source, where a pull contract names it; see [`join_key`] for several fields.
    fn key(&self) -> Option<String> {
        None
    }

    /// When the source says that the event was, by the field that its pull contract names; else the event time.
    fn time(&self) -> Option<Timestamp> {
        self.event_time()
    }
}

/// The fields that together identify an event as one text, joined by `/`; in each, `~` and `/` are `~0` and `~1`.
///
/// ```
/// assert_eq!(logwright::log_type::join_key(&[&"a/b", &7]), "a~1b/7");
/// ```
pub fn join_key(parts: &[&dyn std::fmt::Display]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part.to_string().replace('~', "~0").replace('/', "~1")).collect();
    parts.join("/")
}

/// What a schema says about its log type.
#[derive(Debug)]
pub struct Schema {
    /// The log type, such as `Zendesk.Audit`.
    pub log_type: &'static str,
    /// The schema's description; empty when it has none.
    pub description: &'static str,
    /// The vendor's documentation; empty when the schema names none.
    pub reference_url: &'static str,
    /// A fingerprint of the schema: 16 hexadecimal digits that change when the meaning does.
    pub fingerprint: &'static str,
    /// The fields, in schema order.
    pub fields: &'static [Field],
}
