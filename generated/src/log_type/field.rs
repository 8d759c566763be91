//! What a schema says of one field, once: for programs that ask, for the reader, for the writer, and for the search for
//! indicators.
//!
//! A log type's fields are a table of constants. All that can be known of a field before the first event is worked out when
//! the table is compiled: what stands before its value in an event, and whether anything of interest is inside it.

use crate::indicators::Indicator;
use crate::json::{Check, How, Key, NONE_SENT, read_sent};
use crate::time::TimeFormat;

/// One field of an event or of an object inside it.
///
/// ```
/// use logwright::indicators::Indicator;
/// use logwright::log_type::{Field, Kind};
///
/// static FIELDS: [Field; 2] = [
///     Field::string("ip").indicators(&[Indicator::Ip]).about("Where from"),
///     Field::new("tags", Kind::Array(&Kind::String)).required(),
/// ];
/// assert_eq!((FIELDS[0].name, FIELDS[0].description, FIELDS[0].required), ("ip", "Where from", false));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The JSON key, exactly.
    pub name: &'static str,
    /// What the schema says about it; empty when it says nothing.
    pub description: &'static str,
    /// Its type.
    pub kind: Kind,
    /// True where every event has it.
    pub required: bool,
    /// True where it may give the event its time.
    pub event_time: bool,
    /// What is looked for in its text, or in the text of its elements.
    pub indicators: &'static [Indicator],
    /// Its name as it stands before its value.
    pub(crate) key: Key,
    /// Where its value comes from.
    pub(crate) source: Source,
    pub(crate) how: How,
    pub(crate) holds: Holds,
}

/// What is of interest in a field, or in a field of an object inside it: what is not there need not be looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holds {
    pub(crate) indicators: bool,
    pub(crate) event_time: bool,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    /// What is sent under its name.
    Own,
    /// What is sent under this name, which stands so before the value.
    Sent(&'static str, Key),
    Made(Made),
}

/// How a value is made of others, by their paths.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Made {
    Copy(&'static str),
    /// Of one key, whose dots lead nowhere.
    Key(&'static str),
    Concat(&'static [&'static str], &'static str),
    Split(&'static str, &'static str, i64),
}

/// The fields of each type, optional and with no description.
impl Field {
    /// A field of type `string`.
    pub const fn string(name: &'static str) -> Self {
        Self::new(name, Kind::String)
    }

    /// A field of type `smallint`.
    pub const fn smallint(name: &'static str) -> Self {
        Self::new(name, Kind::SmallInt)
    }

    /// A field of type `int`.
    pub const fn int(name: &'static str) -> Self {
        Self::new(name, Kind::Int)
    }

    /// A field of type `bigint`.
    pub const fn bigint(name: &'static str) -> Self {
        Self::new(name, Kind::BigInt)
    }

    /// A field of type `float`.
    pub const fn float(name: &'static str) -> Self {
        Self::new(name, Kind::Float)
    }

    /// A field of type `boolean`.
    pub const fn boolean(name: &'static str) -> Self {
        Self::new(name, Kind::Boolean)
    }

    /// A field of type `json`.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Kind::Json)
    }

    /// A field of type `timestamp`, in the first of these formats that fits.
    pub const fn timestamp(name: &'static str, formats: &'static [TimeFormat<'static>]) -> Self {
        Self::new(name, Kind::Timestamp(formats))
    }

    /// A field of any type.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        let mut field = Self {
            name,
            description: "",
            kind,
            required: false,
            event_time: false,
            indicators: &[],
            key: Key::new(name),
            source: Source::Own,
            how: How { formats: &[], check: None, sent: NONE_SENT },
            holds: Holds { indicators: false, event_time: false },
        };
        match kind.innermost() {
            Kind::Timestamp(formats) => field.how.formats = formats,
            Kind::Object(mut inside) => {
                while let [first, others @ ..] = inside {
                    field.holds.indicators |= first.holds.indicators;
                    field.holds.event_time |= first.holds.event_time;
                    inside = others;
                }
            }
            _ => {}
        }
        field.with_sent()
    }
}

/// What else there is to say of a field.
impl Field {
    /// The same field, with what the schema says about it.
    #[must_use]
    pub const fn about(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// The same field, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field, as one that may give the event its time.
    #[must_use]
    pub const fn event_time(mut self) -> Self {
        self.event_time = true;
        self.holds.event_time = true;
        self.with_sent()
    }

    /// The same field, with what is looked for in its text.
    #[must_use]
    pub const fn indicators(mut self, indicators: &'static [Indicator]) -> Self {
        self.indicators = indicators;
        self.holds.indicators = true;
        self
    }

    /// The same field, with texts that are hidden or checked.
    #[must_use]
    pub const fn checked(mut self, check: Check) -> Self {
        self.how.check = Some(check);
        self.with_sent()
    }

    /// The same field, sent under another key.
    #[must_use]
    pub const fn sent_as(mut self, key: &'static str) -> Self {
        self.source = Source::Sent(key, Key::new(key));
        self
    }

    /// The same field, with the value at a path.
    #[must_use]
    pub const fn copy(self, path: &'static str) -> Self {
        self.made(Made::Copy(path))
    }

    /// The same field, with the value of a key that another field takes too: its dots lead nowhere.
    #[must_use]
    pub const fn copy_key(self, key: &'static str) -> Self {
        self.made(Made::Key(key))
    }

    /// The same field, with the texts at some paths joined.
    #[must_use]
    pub const fn concat(self, paths: &'static [&'static str], separator: &'static str) -> Self {
        self.made(Made::Concat(paths, separator))
    }

    /// The same field, with a piece of the text at a path; see [`Undecoded::split`](crate::json::Undecoded::split).
    #[must_use]
    pub const fn split(self, path: &'static str, separator: &'static str, index: i64) -> Self {
        self.made(Made::Split(path, separator, index))
    }
}

impl Field {
    /// The same field, with what all else says of how its value is read where it is only passed on.
    const fn with_sent(mut self) -> Self {
        self.how.sent = if self.how.check.is_some() { NONE_SENT } else { read_sent(self.kind, self.event_time) };
        self
    }

    const fn made(mut self, made: Made) -> Self {
        self.source = Source::Made(made);
        self
    }
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// UTF-8 text.
    String,
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
    /// An instant, in one of these formats.
    Timestamp(&'static [TimeFormat<'static>]),
    /// A list of values of one type.
    Array(&'static Kind),
    /// An object with known fields.
    Object(&'static [Field]),
    /// Any JSON, kept as it is written.
    Json,
}

impl Kind {
    /// What is inside of lists, and of lists in them.
    const fn innermost(mut self) -> Self {
        while let Self::Array(element) = self {
            self = *element;
        }
        self
    }

    /// The name in the schema language, such as `bigint`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::SmallInt => "smallint",
            Self::Int => "int",
            Self::BigInt => "bigint",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Timestamp(_) => "timestamp",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Json => "json",
        }
    }
}
