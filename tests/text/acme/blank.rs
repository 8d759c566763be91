//! Log type `Acme.Blank`.
//!
//! @generated from `acme/blank.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Slot, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// Records of which no field takes a cell.
#[derive(Clone, Default)]
pub struct Blank<'a> {
    /// Never there
    pub other: Option<Text<'a>>,
}

impl<'a> Blank<'a> {
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
        let pairs = Self::default();
        let cells = text::Cells::new(line, ',', OPTIONS);
        cells.finish()?;
        Ok(pairs)
    }
}

impl Declared for Blank<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.other];
        then(&BLANK_FIELDS, &values);
    }
}

impl PartialEq for Blank<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Blank<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Blank", f)
    }
}

impl Record for Blank<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Blank`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Blank::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Blank",
    description: "Records of which no field takes a cell.",
    reference_url: "",
    fingerprint: "49e1b4e4ded6487a",
    fields: &BLANK_FIELDS,
};

/// The fields of [`Blank`].
static BLANK_FIELDS: [Field; 1] = [Field::string("other").about("Never there")];
