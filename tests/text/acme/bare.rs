//! Log type `Acme.Bare`.
//!
//! @generated from `acme/bare.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Slot, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// A line that must have its form, of which no field takes anything.
#[derive(Clone, Default)]
pub struct Bare<'a> {
    /// Never there
    pub other: Option<Text<'a>>,
}

impl<'a> Bare<'a> {
    /// Parses one line; `None` where it is no event. Texts borrow from `line`.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(line: &'a [u8]) -> Result<Option<Self>, Error> {
        let Some(line) = text::line(line, "")? else { return Ok(None) };
        Self::read(line).map(Some)
    }

    fn read(line: &'a str) -> Result<Self, Error> {
        PairsOfLine::read(line)?;
        Ok(Self {
            other: Slot::Empty.optional("other")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: false,
    empty_values: &[],
};

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    line: std::marker::PhantomData<&'a str>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        static PATTERN: text::Pattern = text::Pattern::new(
            "^(?:[0-9A-Za-z_]+) ([0-9A-Za-z_]+)$",
        );
        PATTERN
            .groups(line, OPTIONS)
            .ok_or_else(|| text::no_match(&["^(\\w+) (?P<word>\\w+)$"], line))?;
        Ok(Self { ..Self::default() })
    }
}

impl Declared for Bare<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.other];
        then(&BARE_FIELDS, &values);
    }
}

impl PartialEq for Bare<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Bare<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Bare", f)
    }
}

impl Record for Bare<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Bare`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Bare::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Bare",
    description: "A line that must have its form, of which no field takes anything.",
    reference_url: "",
    fingerprint: "1bd99589d3025337",
    fields: &BARE_FIELDS,
};

/// The fields of [`Bare`].
static BARE_FIELDS: [Field; 1] = [Field::string("other").about("Never there")];
