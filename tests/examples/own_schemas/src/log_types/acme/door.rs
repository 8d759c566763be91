//! Log type `Acme.Door`.
//!
//! @generated from `schemas/acme/door.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// A line of the log of a door.
#[derive(Clone, Default)]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub struct Door<'a> {
    /// When it was
    pub at: Timestamp,
    /// Which door
    pub door: Text<'a>,
    /// What happened to it
    pub what: Text<'a>,
    /// Whose badge it was
    pub badge: Option<i64>,
}

impl<'a> Door<'a> {
    /// How `at` is written.
    const AT_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one line; `None` where it is no event. Texts borrow from `line`.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(line: &'a [u8]) -> Result<Option<Self>, Error> {
        let Some(line) = text::line(line, "")? else { return Ok(None) };
        Self::read(line).map(Some)
    }

    fn read(line: &'a str) -> Result<Self, Error> {
        let pairs = PairsOfLine::read(line)?;
        Ok(Self {
            at: pairs.at.timestamp(Door::AT_FORMATS).required("at")?,
            door: pairs.door.string().required("door")?,
            what: pairs.what.string().required("what")?,
            badge: pairs.badge.bigint().optional("badge")?,
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
    at: text::Value<'a>,
    door: text::Value<'a>,
    what: text::Value<'a>,
    badge: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        static PATTERN: text::Pattern = text::Pattern::new(
            "^((?:[0-9]{4}|[0-9]{2})-(?:1[0-2]|0?[1-9])-(?:3[01]|[12][0-9]|0?[1-9])[T ](?:2[0-3]|[01]?[0-9]):?(?:[0-5][0-9])(?::?(?:(?:(?:60|[0-5]?[0-9])(?:[\\:\\.\\,][0-9]+)?)))?(?:(?:Z|[\\+\\-](?:2[0-3]|[01]?[0-9])(?::?(?:[0-5][0-9]))?))?) ([0-9A-Za-z_]+): (opened|closed|forced) by ([0-9]+)$",
        );
        let groups = PATTERN
            .groups(line, OPTIONS)
            .ok_or_else(|| text::no_match(
                &[
                    "^%{TIMESTAMP_ISO8601:at} (?P<door>\\w+): (?P<what>opened|closed|forced) by (?P<badge>\\d+)$",
                ],
                line,
            ))?;
        Ok(Self {
            at: groups.value(1),
            door: groups.value(2),
            what: groups.value(3),
            badge: groups.value(4),
        })
    }
}

impl Declared for Door<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [&self.at, &self.door, &self.what, &self.badge];
        then(&DOOR_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.at)
    }
}

impl PartialEq for Door<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Door<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Door", f)
    }
}

impl Record for Door<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Door`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Door::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Door",
    description: "A line of the log of a door.",
    reference_url: "",
    fingerprint: "ca8056741b02a9c7",
    fields: &DOOR_FIELDS,
};

/// The fields of [`Door`].
static DOOR_FIELDS: [Field; 4] = [
    Field::timestamp("at", Door::AT_FORMATS)
        .required()
        .event_time()
        .about("When it was"),
    Field::string("door").required().about("Which door"),
    Field::string("what").required().about("What happened to it"),
    Field::bigint("badge").about("Whose badge it was"),
];
