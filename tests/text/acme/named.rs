//! Log type `Acme.Named`.
//!
//! @generated from `acme/named.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// An event of log type `Acme.Named`.
#[derive(Clone, Default)]
pub struct Named<'a> {
    /// self
    pub self_: Option<Text<'a>>,
    /// @time
    pub at_sign_time: Option<Text<'a>>,
    /// line
    pub line: Text<'a>,
}

impl<'a> Named<'a> {
    /// Parses the next line of a stream; `None` where it is the header or no event. Texts borrow from `line`.
    ///
    /// `header` is empty at the start of each stream.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(
        header: &mut text::Header,
        line: &'a [u8],
    ) -> Result<Option<Self>, Error> {
        let Some(line) = header.line(line, "")? else { return Ok(None) };
        if header.take_first(line, '\t', OPTIONS, COLUMNS)? {
            return Ok(None);
        }
        Self::read(header, line).map(Some)
    }

    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let mut pairs = PairsOfLine::read(header, line)?;
        let expanded_1 = OPTIONS
            .expanded(&[pairs.line.or_empty(), "-", pairs.self_.or_empty()]);
        pairs.line = expanded_1.or(pairs.line);
        Ok(Self {
            self_: pairs.self_.string().optional("self")?,
            at_sign_time: pairs.at_sign_time.string().optional("@time")?,
            line: pairs.line.string().required("line")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: true,
    empty_values: &[],
};

/// The columns that have a field; others are passed over.
const COLUMNS: &[&str] = &["self", "@time", "line"];

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    /// `self`
    self_: text::Value<'a>,
    /// `@time`
    at_sign_time: text::Value<'a>,
    line: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let [self_, at_sign_time, line] = header.values(line, '\t', OPTIONS, |_, _| ())?;
        Ok(Self { self_, at_sign_time, line })
    }
}

impl Declared for Named<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.self_, &self.at_sign_time, &self.line];
        then(&NAMED_FIELDS, &values);
    }
}

impl PartialEq for Named<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Named<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Named", f)
    }
}

impl Record for Named<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Named`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::after_header(
    &SCHEMA,
    |header, line, then| {
        Named::parse(header, line)
            .map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Named",
    description: "",
    reference_url: "",
    fingerprint: "b3d16f1f914adc08",
    fields: &NAMED_FIELDS,
};

/// The fields of [`Named`].
static NAMED_FIELDS: [Field; 3] = [
    Field::string("self"),
    Field::string("@time"),
    Field::string("line").required(),
];
