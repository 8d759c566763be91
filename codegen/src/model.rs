//! Log types with nothing left to resolve: what the emitter and the interpreter read.
//!
//! References are followed, names are valid Rust and unique, formats and patterns are checked. Plain data, so that
//! whoever reads it decides nothing.

mod transform;

use logwright::indicators::Indicator;
pub use transform::{Mask, Path, Source};

/// A log type.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its name, such as `Zendesk.Audit`.
    pub log_type: String,
    /// The file as it is shown to the user, such as `schemas/zendesk/audit.yml`.
    pub file: String,
    /// The folder of its source, such as `zendesk`: the name of a Cargo feature and of a Rust module.
    pub source: String,
    /// The Rust module, such as `audit`: the name after its first dot, or the whole when it has none. Never a keyword, nor
    /// the name of the source.
    pub module: String,
    /// What it is; empty when the schema does not say.
    pub description: String,
    /// The vendor's documentation; empty when the schema names none.
    pub reference_url: String,
    /// 16 hexadecimal digits that change when the meaning does: names, types, formats, rules; not descriptions.
    pub fingerprint: String,
    /// How an input becomes an event.
    pub parser: Parser,
    /// Whether top-level keys that no field takes are kept.
    pub field_discovery: bool,
    /// The event itself, then the objects inside it in the order in which they first appear.
    pub objects: Vec<Object>,
}

/// How an input becomes an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Parser {
    /// Each event is one JSON object.
    #[default]
    Json,
    /// Each line of text is an event, or none.
    Text(TextParser),
}

/// How a line of text is taken apart into values, each with the name of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextParser {
    /// How the values are found.
    pub form: Form,
    /// A line that starts so is no event; empty to skip none.
    pub skip_prefix: String,
    /// Whether white space around each value is cut off.
    pub trim_space: bool,
    /// A value that is equal to one of these is absent.
    pub empty_values: Vec<String>,
    /// Values made of others, by name. They see only what was found in the line, and win over it.
    pub expand_fields: Vec<(String, Vec<TemplatePart>)>,
}

/// How values are found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Cells, by position.
    Csv {
        /// What stands between two cells.
        delimiter: char,
        /// Whether the first line of a stream is a header.
        has_header: bool,
        /// The names of the cells, `None` for one that is passed over. Where the list itself is `None`, the header has
        /// the names.
        columns: Option<Vec<Option<String>>>,
    },
    /// The first of these patterns that fits.
    Fastmatch(Vec<FastmatchPattern>),
    /// The leftmost match of an expression.
    Regex {
        /// The expression as the schema has it, for people.
        written: String,
        /// The same in the syntax of the regex crate. Its groups are exactly those that have a name.
        expression: String,
        /// The names of the groups, from the first.
        groups: Vec<String>,
    },
}

/// A pattern of literals and placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FastmatchPattern {
    /// The pattern as the schema has it, for people.
    pub written: String,
    /// What the line starts with; may be empty.
    pub prefix: String,
    /// The placeholders in order.
    pub placeholders: Vec<Placeholder>,
}

/// A placeholder, and what ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The name of its value; `None` where it is passed over.
    pub name: Option<String>,
    /// What follows it; `None` where it takes the rest of the line.
    pub literal: Option<String>,
    /// Whether it is in quotes, of which the second is the first character of the literal.
    pub quoted: bool,
}

/// A part of a template of `expandFields`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// This text.
    Literal(String),
    /// The value of this name, empty where there is none.
    Value(String),
}

/// An object with known fields: the event, or one inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The Rust type: `Audit` for the event, `AuditActor` for the object at `actor`, or the definition's name.
    pub rust_name: String,
    /// What it is; empty when the schema does not say.
    pub description: String,
    /// Where it first appears, such as `actor.geo`; empty for the event.
    pub path: String,
    /// The fields, in schema order.
    pub fields: Vec<Field>,
    /// Whether it, or an object inside it, holds text or JSON and so borrows from the input.
    pub borrows: bool,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The JSON key, exactly.
    pub name: String,
    /// A valid Rust identifier, unique in its object; keywords are raw (`r#type`).
    pub rust_name: String,
    /// What it is; empty when the schema does not say.
    pub description: String,
    /// Whether the key must be there and not be null.
    pub required: bool,
    /// Where its value comes from.
    pub source: Source,
    /// What it holds.
    pub value: Type,
}

impl Field {
    /// The key whose value it takes as it is; `None` where its value is made of others.
    pub fn key(&self) -> Option<&str> {
        match &self.source {
            Source::Own => Some(&self.name),
            Source::Rename(from) => Some(from),
            Source::Copy(_) | Source::Concat { .. } | Source::Split { .. } => None,
        }
    }
}

/// What a field or an element holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// UTF-8 text.
    String {
        /// What is looked for in it, in the order of the schema.
        indicators: Vec<Indicator>,
        /// What it must be.
        validate: Option<Validate>,
        /// How it is hidden, before all else.
        mask: Option<Mask>,
    },
    /// A 16-bit signed integer.
    SmallInt,
    /// A 32-bit signed integer.
    Int,
    /// A 64-bit signed integer.
    BigInt,
    /// An IEEE 754 double.
    Float,
    /// `true` or `false`.
    Boolean,
    /// An instant.
    Timestamp {
        /// How it is written; the first that parses wins. Never empty.
        formats: Vec<Format>,
        /// Whether it may be the time of the event.
        event_time: bool,
    },
    /// A list of values of one type.
    Array(Box<Type>),
    /// The object at this index of [`Schema::objects`].
    Object(usize),
    /// Any JSON, kept as it is written.
    Json,
    /// A list, an object or any JSON, which may also be the content of a string. Never in another of its kind.
    Embedded(Box<Type>),
}

impl Type {
    /// The type once strings that hold JSON are opened.
    pub fn opened(&self) -> &Self {
        match self {
            Self::Embedded(inner) => inner,
            other => other,
        }
    }

    /// Whether a value is JSON in a string, or a list of such. It is passed over as it is sent, and decoded then.
    pub fn is_decoded_late(&self) -> bool {
        match self {
            Self::Embedded(_) => true,
            Self::Array(element) => element.is_decoded_late(),
            _ => false,
        }
    }
}

/// How an instant is written. Patterns have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// `rfc3339`
    Rfc3339,
    /// `unix`: seconds with fraction.
    Unix,
    /// `unix_ms`: milliseconds.
    UnixMs,
    /// `unix_us`: microseconds.
    UnixUs,
    /// `unix_ns`: nanoseconds.
    UnixNs,
    /// `unix_auto`: the unit follows from the size.
    UnixAuto,
    /// `cloudflare`: RFC 3339, seconds or nanoseconds.
    Cloudflare,
    /// A strftime pattern.
    Strftime(String),
    /// A Go reference-time layout, without `layout=`.
    GoLayout(String),
}

/// What a text must be. All that is given holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validate {
    /// Which texts are accepted.
    pub rule: Option<Rule>,
    /// It must be an address of this kind.
    pub ip: Option<IpKind>,
    /// It must be a range of addresses of this kind.
    pub cidr: Option<IpKind>,
}

/// Which texts are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// These alone.
    Allow(Vec<String>),
    /// All but these.
    Deny(Vec<String>),
}

/// A kind of IP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpKind {
    /// Version 4.
    V4,
    /// Version 6.
    V6,
    /// Either.
    Any,
}
