//! Log type `Acme.Beat`.
//!
//! @generated from `acme/beat.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// One value made of nothing but a template, and of patterns that are passed over.
#[derive(Clone, Default)]
pub struct Beat<'a> {
    /// What it is
    pub kind: Option<Text<'a>>,
}

impl<'a> Beat<'a> {
    /// Parses one line; `None` where it is no event. Texts borrow from `line`.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(line: &'a [u8]) -> Result<Option<Self>, Error> {
        let Some(line) = text::line(line, "")? else { return Ok(None) };
        Self::read(line).map(Some)
    }

    fn read(line: &'a str) -> Result<Self, Error> {
        let mut pairs = PairsOfLine::read(line)?;
        let expanded_1 = OPTIONS.expanded(&["heartbeat"]);
        pairs.kind = expanded_1.or(pairs.kind);
        Ok(Self {
            kind: pairs.kind.string().optional("kind")?,
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
    kind: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let looked_over = text::Line::new(line);
        Self::pattern_1(&looked_over)
            .or_else(|| Self::pattern_2(&looked_over))
            .ok_or_else(|| text::no_match(&["beat %{number}", "%{name}: alive"], line))
    }

    /// `beat %{number}`
    fn pattern_1(line: &text::Line<'a>) -> Option<Self> {
        let pairs = Self::default();
        let _ = text::Rest::after("beat ", line, 0, OPTIONS)?;
        Some(pairs)
    }

    /// `%{name}: alive`
    fn pattern_2(line: &text::Line<'a>) -> Option<Self> {
        let pairs = Self::default();
        let mut line = text::Rest::after("", line, 0, OPTIONS)?;
        line.until(": alive")?;
        Some(pairs)
    }
}

impl Declared for Beat<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.kind];
        then(&BEAT_FIELDS, &values);
    }
}

impl PartialEq for Beat<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Beat<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Beat", f)
    }
}

impl Record for Beat<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Beat`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Beat::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Beat",
    description: "One value made of nothing but a template, and of patterns that are passed over.",
    reference_url: "",
    fingerprint: "4034c9fb9620d8a9",
    fields: &BEAT_FIELDS,
};

/// The fields of [`Beat`].
static BEAT_FIELDS: [Field; 1] = [Field::string("kind").about("What it is")];
