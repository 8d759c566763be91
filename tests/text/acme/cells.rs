//! Log type `Acme.Cells`.
//!
//! @generated from `acme/cells.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Error, ObjectWriter, RawJson, Slot, Text};
use ::logwright::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// An event of log type `Acme.Cells`.
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for Cells<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.time("time", &self.time, Cells::TIME_FORMATS);
        object.field("account", &self.account);
        object.field("user", &self.user);
        object.field("host", &self.host);
        object.field("type", &self.r#type);
        object.field("tags", &self.tags);
        object.field("geo", &self.geo);
        object.field("raw", &self.raw);
        object.field("nothing", &self.nothing);
        object.field("never", &self.never);
    }

    fn event_time(&self) -> Option<Timestamp> {
        self.time
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

/// The object at `geo`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellsGeo<'a> {
    /// city
    pub city: Option<Text<'a>>,
    /// seen
    pub seen: Option<Timestamp>,
}

impl CellsGeo<'_> {
    /// How `seen` is written.
    const SEEN_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Unix];
}

impl Object for CellsGeo<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("city", &self.city);
        object.time("seen", &self.seen, CellsGeo::SEEN_FORMATS);
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Cells",
    description: "",
    reference_url: "",
    fingerprint: "30ed97532421b7f2",
    fields: &[
        Field::new("time", Kind::Timestamp(Cells::TIME_FORMATS), "").event_time(),
        Field::new("account", Kind::String, ""),
        Field::new("user", Kind::String, ""),
        Field::new("host", Kind::String, ""),
        Field::new("type", Kind::String, ""),
        Field::new("tags", Kind::Array(&Kind::String), ""),
        Field::new("geo", Kind::Object(CELLS_GEO_FIELDS), ""),
        Field::new("raw", Kind::Json, ""),
        Field::new("nothing", Kind::Array(&Kind::BigInt), ""),
        Field::new("never", Kind::Int, ""),
    ],
};

/// The fields of [`CellsGeo`].
const CELLS_GEO_FIELDS: &[Field] = &[
    Field::new("city", Kind::String, ""),
    Field::new("seen", Kind::Timestamp(CellsGeo::SEEN_FORMATS), ""),
];
