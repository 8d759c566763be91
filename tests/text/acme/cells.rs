//! Log type `Acme.Cells`.
//!
//! @generated from `acme/cells.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{
    Declared, Error, RawJson, Slot, Text, Then, Values, debug, equal,
};
use ::logwright::log_type::{Field, Kind, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// An event of log type `Acme.Cells`.
#[derive(Clone, Default)]
pub struct Cells<'a> {
    /// time
    pub time: Option<Timestamp>,
    /// account
    pub account: Option<Text<'a>>,
    /// user
    pub user: Option<Text<'a>>,
    /// host
    pub host: Option<Text<'a>>,
    /// type
    pub r#type: Option<Text<'a>>,
    /// tags
    pub tags: Vec<Option<Text<'a>>>,
    /// geo
    pub geo: Option<CellsGeo<'a>>,
    /// raw
    pub raw: Option<RawJson<'a>>,
    /// nothing
    pub nothing: Vec<Option<i64>>,
    /// never
    pub never: Option<i32>,
}

impl<'a> Cells<'a> {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Unix];

    /// Parses one line; `None` where it is no event. Texts borrow from `line`.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(line: &'a [u8]) -> Result<Option<Self>, Error> {
        let Some(line) = text::line(line, "#")? else { return Ok(None) };
        Self::read(line).map(Some)
    }

    fn read(line: &'a str) -> Result<Self, Error> {
        let mut pairs = PairsOfLine::read(line)?;
        let expanded_1 = OPTIONS
            .expanded(&[pairs.user.or_empty(), "@", pairs.host.or_empty()]);
        let expanded_2 = OPTIONS.expanded(&["", pairs.level.or_empty()]);
        pairs.account = expanded_1.or(pairs.account);
        pairs.host = expanded_2.or(pairs.host);
        Ok(Self {
            time: pairs.time.timestamp(Cells::TIME_FORMATS).optional("time")?,
            account: pairs.account.string().optional("account")?,
            user: pairs.user.string().optional("user")?,
            host: pairs.host.string().optional("host")?,
            r#type: pairs.r#type.string().deny(&["bad"]).optional("type")?,
            tags: pairs.tags.array().optional("tags")?.unwrap_or_default(),
            geo: pairs.geo.object().optional("geo")?,
            raw: pairs.raw.json().optional("raw")?,
            nothing: Slot::Empty.optional("nothing")?.unwrap_or_default(),
            never: Slot::Empty.optional("never")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: true,
    empty_values: &["-", "null"],
};

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    time: text::Value<'a>,
    account: text::Value<'a>,
    user: text::Value<'a>,
    host: text::Value<'a>,
    r#type: text::Value<'a>,
    tags: text::Value<'a>,
    geo: text::Value<'a>,
    raw: text::Value<'a>,
    level: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let mut pairs = Self::default();
        let mut cells = text::Cells::new(line, ';', OPTIONS);
        pairs.time = cells.value()?;
        pairs.user = cells.value()?;
        cells.value()?;
        pairs.host = cells.value()?;
        pairs.r#type = cells.value()?;
        pairs.user = cells.value()?;
        pairs.tags = cells.value()?;
        pairs.geo = cells.value()?;
        pairs.raw = cells.value()?;
        pairs.level = cells.value()?;
        cells.finish()?;
        Ok(pairs)
    }
}

impl Declared for Cells<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 10> = [
            &self.time,
            &self.account,
            &self.user,
            &self.host,
            &self.r#type,
            &self.tags,
            &self.geo,
            &self.raw,
            &self.nothing,
            &self.never,
        ];
        then(&CELLS_FIELDS, &values);
    }
}

impl PartialEq for Cells<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Cells<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Cells", f)
    }
}

impl Record for Cells<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Cells`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Cells::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Cells",
    description: "",
    reference_url: "",
    fingerprint: "30ed97532421b7f2",
    fields: &CELLS_FIELDS,
};

/// The fields of [`Cells`].
static CELLS_FIELDS: [Field; 10] = [
    Field::timestamp("time", Cells::TIME_FORMATS).event_time(),
    Field::string("account"),
    Field::string("user"),
    Field::string("host"),
    Field::string("type"),
    Field::new("tags", Kind::Array(&Kind::String)),
    Field::new("geo", Kind::Object(&CELLS_GEO_FIELDS)),
    Field::json("raw"),
    Field::new("nothing", Kind::Array(&Kind::BigInt)),
    Field::int("never"),
];

/// The object at `geo`.
#[derive(Clone, Default)]
pub struct CellsGeo<'a> {
    /// city
    pub city: Option<Text<'a>>,
    /// seen
    pub seen: Option<Timestamp>,
}

impl Declared for CellsGeo<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 2> = [&self.city, &self.seen];
        then(&CELLS_GEO_FIELDS, &values);
    }
}

impl PartialEq for CellsGeo<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for CellsGeo<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "CellsGeo", f)
    }
}

/// The fields of [`CellsGeo`].
static CELLS_GEO_FIELDS: [Field; 2] = [
    Field::string("city"),
    Field::timestamp("seen", &[TimeFormat::Unix]),
];
