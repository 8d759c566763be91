//! Log type `Acme.Lines`.
//!
//! @generated from `acme/lines.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{Declared, Error, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// An event of log type `Acme.Lines`.
#[derive(Clone, Default)]
pub struct Lines<'a> {
    /// values
    pub values: Option<Text<'a>>,
    /// line
    pub line: Option<Text<'a>>,
    /// text
    pub text: Option<Text<'a>>,
    /// all
    pub all: Option<Text<'a>>,
}

impl<'a> Lines<'a> {
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
        let expanded_1 = OPTIONS.expanded(&["(", pairs.line.or_empty(), ")"]);
        pairs.all = expanded_1.or(pairs.all);
        Ok(Self {
            values: pairs.values.string().optional("values")?,
            line: pairs.line.string().optional("line")?,
            text: pairs.text.string().optional("text")?,
            all: pairs.all.string().optional("all")?,
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
    values: text::Value<'a>,
    line: text::Value<'a>,
    text: text::Value<'a>,
    all: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let looked_over = text::Line::new(line);
        Self::pattern_1(&looked_over)
            .or_else(|| Self::pattern_2(&looked_over))
            .or_else(|| Self::pattern_3(&looked_over))
            .or_else(|| Self::pattern_4(&looked_over))
            .or_else(|| Self::pattern_5(&looked_over))
            .ok_or_else(|| text::no_match(
                &[
                    "<%{}> %{values} [%{line}] \"%{text}\" %{values};",
                    "%{line}='%{text}'",
                    "skip %{}: %{ line }",
                    "%{line} 100% %{nowhere}",
                    "'%{text}'\\%{line}",
                ],
                line,
            ))
    }

    /// `<%{}> %{values} [%{line}] "%{text}" %{values};`
    fn pattern_1(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("<", line, 2, OPTIONS)?;
        line.until("> ")?;
        pairs.values = line.until(" [")?;
        pairs.line = line.until("] \"")?;
        pairs.text = line.quoted_until("\" ")?;
        pairs.values = line.until(";")?;
        Some(pairs)
    }

    /// `%{line}='%{text}'`
    fn pattern_2(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("", line, 0, OPTIONS)?;
        pairs.line = line.until("='")?;
        pairs.text = line.quoted_until("'")?;
        Some(pairs)
    }

    /// `skip %{}: %{ line }`
    fn pattern_3(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("skip ", line, 0, OPTIONS)?;
        line.until(": ")?;
        pairs.line = line.rest();
        Some(pairs)
    }

    /// `%{line} 100% %{nowhere}`
    fn pattern_4(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("", line, 0, OPTIONS)?;
        pairs.line = line.until(" 100% ")?;
        Some(pairs)
    }

    /// `'%{text}'\%{line}`
    fn pattern_5(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("'", line, 255, OPTIONS)?;
        pairs.text = line.quoted_until("'\\")?;
        pairs.line = line.rest();
        Some(pairs)
    }
}

impl Declared for Lines<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [&self.values, &self.line, &self.text, &self.all];
        then(&LINES_FIELDS, &values);
    }
}

impl PartialEq for Lines<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Lines<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Lines", f)
    }
}

impl Record for Lines<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Lines`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Lines::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Lines",
    description: "",
    reference_url: "",
    fingerprint: "7e00dbb342022a13",
    fields: &LINES_FIELDS,
};

/// The fields of [`Lines`].
static LINES_FIELDS: [Field; 4] = [
    Field::string("values"),
    Field::string("line"),
    Field::string("text"),
    Field::string("all"),
];
