//! Log type `Acme.Groups`.
//!
//! @generated from `acme/groups.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::indicators::Indicator;
use ::logwright::json::{Declared, Error, Text, Then, Values, debug, equal};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::text;

/// An event of log type `Acme.Groups`.
#[derive(Clone, Default)]
pub struct Groups<'a> {
    /// user
    pub user: Text<'a>,
    /// host
    pub host: Option<Text<'a>>,
    /// code
    pub code: Option<i32>,
    /// a-b
    pub a_b: Option<Text<'a>>,
}

impl<'a> Groups<'a> {
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
            user: pairs.user.string().allow(&["jane", "joe"]).required("user")?,
            host: pairs.host.string().optional("host")?,
            code: pairs.code.int().optional("code")?,
            a_b: pairs.a_b.string().optional("a-b")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: false,
    empty_values: &[""],
};

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    user: text::Value<'a>,
    host: text::Value<'a>,
    code: text::Value<'a>,
    /// `a-b`
    a_b: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        static PATTERN: text::Pattern = text::Pattern::new(
            "(?i)^((?-u:\\b)[0-9A-Za-z_]+(?-u:\\b))(?: at ((?:(?:(?:[0-9A-Fa-f]{1,4}:){6}(?:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4})|(?:[0-9A-Fa-f]{1,4}:){7}:|(?:[0-9A-Fa-f]{1,4}:){6}(?::[0-9A-Fa-f]{1,4}|:)|(?:[0-9A-Fa-f]{1,4}:){5}(?::(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,2}|:)|(?:[0-9A-Fa-f]{1,4}:){4}(?:(?::[0-9A-Fa-f]{1,4})?:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,3}|:)|(?:[0-9A-Fa-f]{1,4}:){3}(?:(?::[0-9A-Fa-f]{1,4}){0,2}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,4}|:)|(?:[0-9A-Fa-f]{1,4}:){2}(?:(?::[0-9A-Fa-f]{1,4}){0,3}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,5}|:)|[0-9A-Fa-f]{1,4}:(?:(?::[0-9A-Fa-f]{1,4}){0,4}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,6}|:)|:(?:(?::[0-9A-Fa-f]{1,4}){0,5}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,7}|:))|(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b)))|(?:(?-u:\\b)[0-9A-Za-z][0-9A-Za-z\\-]{0,62}(?:\\.[0-9A-Za-z][0-9A-Za-z\\-]{0,62})*\\.?)))?(?: (?:(?:INFO|WARN)-([\\+\\-]?[0-9]+)))?(?: \\[([^\\]]*)\\])?$",
        );
        let groups = PATTERN
            .groups(line, OPTIONS)
            .ok_or_else(|| text::no_match(
                &[
                    "(?i)^%{WORD:user}(?: at %{IPORHOST:host})?(?: %{CODE})?(?: \\[(?<a-b>[^\\]]*)\\])?$",
                ],
                line,
            ))?;
        Ok(Self {
            user: groups.value(1),
            host: groups.value(2),
            code: groups.value(3),
            a_b: groups.value(4),
        })
    }
}

impl Declared for Groups<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [&self.user, &self.host, &self.code, &self.a_b];
        then(&GROUPS_FIELDS, &values);
    }
}

impl PartialEq for Groups<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Groups<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Groups", f)
    }
}

impl Record for Groups<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Groups`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Groups::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Groups",
    description: "",
    reference_url: "",
    fingerprint: "9f35ac95c28efed6",
    fields: &GROUPS_FIELDS,
};

/// The fields of [`Groups`].
static GROUPS_FIELDS: [Field; 4] = [
    Field::string("user").required(),
    Field::string("host").indicators(&[Indicator::Hostname]),
    Field::int("code"),
    Field::string("a-b"),
];
