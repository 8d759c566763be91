//! Log type `Acme.Numbers`.
//!
//! @generated from `acme/numbers.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// An event of log type `Acme.Numbers`.
#[derive(Clone, Default)]
pub struct Numbers {
    /// small
    pub small: Option<i16>,
    /// plain
    pub plain: Option<i32>,
    /// big
    pub big: Option<i64>,
    /// real
    pub real: Option<f64>,
    /// flag
    pub flag: Option<bool>,
    /// time
    pub time: Option<Timestamp>,
}

impl Numbers {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[
        TimeFormat::Rfc3339,
        TimeFormat::Unix,
    ];

    /// Parses the next line of a stream; `None` where it is the header or no event.
    ///
    /// `header` is empty at the start of each stream.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(header: &mut text::Header, line: &[u8]) -> Result<Option<Self>, Error> {
        let Some(line) = header.line(line, "")? else { return Ok(None) };
        if header.drop_first() {
            return Ok(None);
        }
        Self::read(line).map(Some)
    }

    fn read(line: &str) -> Result<Self, Error> {
        let pairs = PairsOfLine::read(line)?;
        Ok(Self {
            small: pairs.small.smallint().optional("small")?,
            plain: pairs.plain.int().optional("plain")?,
            big: pairs.big.bigint().optional("big")?,
            real: pairs.real.float().optional("real")?,
            flag: pairs.flag.boolean().optional("flag")?,
            time: pairs.time.timestamp(Numbers::TIME_FORMATS).optional("time")?,
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
    small: text::Value<'a>,
    plain: text::Value<'a>,
    big: text::Value<'a>,
    real: text::Value<'a>,
    flag: text::Value<'a>,
    time: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let mut pairs = Self::default();
        let mut cells = text::Cells::new(line, ',', OPTIONS);
        pairs.small = cells.value()?;
        pairs.plain = cells.value()?;
        pairs.big = cells.value()?;
        pairs.real = cells.value()?;
        pairs.flag = cells.value()?;
        pairs.time = cells.value()?;
        cells.finish()?;
        Ok(pairs)
    }
}

impl Declared for Numbers {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 6> = [
            &self.small,
            &self.plain,
            &self.big,
            &self.real,
            &self.flag,
            &self.time,
        ];
        then(&NUMBERS_FIELDS, &values);
    }
}

impl PartialEq for Numbers {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Numbers {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Numbers", f)
    }
}

impl Record for Numbers {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Numbers`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::after_header(
    &SCHEMA,
    |header, line, then| {
        Numbers::parse(header, line)
            .map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Numbers",
    description: "",
    reference_url: "",
    fingerprint: "8ce92b1711129f19",
    fields: &NUMBERS_FIELDS,
};

/// The fields of [`Numbers`].
static NUMBERS_FIELDS: [Field; 6] = [
    Field::smallint("small"),
    Field::int("plain"),
    Field::bigint("big"),
    Field::float("real"),
    Field::boolean("flag"),
    Field::timestamp("time", Numbers::TIME_FORMATS).event_time(),
];
