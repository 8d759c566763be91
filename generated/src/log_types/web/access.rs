//! Log type `Web.Access`.
//!
//! Documentation of the vendor: <https://httpd.apache.org/docs/current/logs.html#accesslog>
//!
//! @generated from `schemas/web/access.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{Declared, Error, Text, Then, Values, debug, equal};
use crate::log_type::{Field, ParsedBy, Record, Schema};
use crate::text;
use crate::time;
use crate::time::{TimeFormat, Timestamp};

/// Requests to a web server, in the combined or common log format that Apache and Nginx share.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct Access<'a> {
    /// The client's address, or its name where the server looks names up
    pub remote_host: Text<'a>,
    /// Who the client says it is by RFC 1413; hardly ever there
    pub identity: Option<Text<'a>>,
    /// Who signed in by HTTP authentication
    pub user: Option<Text<'a>>,
    /// When the server received the request
    pub time: Timestamp,
    /// The first line of the request, with method, path and protocol
    pub request: Option<Text<'a>>,
    /// The status code of the answer
    pub status: i16,
    /// The size of the answer in bytes, without its headers
    pub bytes_sent: Option<i64>,
    /// The page that the client says it came from
    pub referer: Option<Text<'a>>,
    /// The program that the client says it is
    pub user_agent: Option<Text<'a>>,
}

impl<'a> Access<'a> {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[
        TimeFormat::Pattern(
            time::Pattern::new(
                &[
                    time::Part::Number(time::Number {
                        field: time::Field::Day,
                        min: 1u8,
                        max: 2u8,
                        pad: time::Pad::Zero,
                    }),
                    time::Part::Literal("/"),
                    time::Part::MonthName {
                        long: false,
                    },
                    time::Part::Literal("/"),
                    time::Part::Number(time::Number {
                        field: time::Field::Year,
                        min: 1u8,
                        max: 4u8,
                        pad: time::Pad::Zero,
                    }),
                    time::Part::Literal(":"),
                    time::Part::Number(time::Number {
                        field: time::Field::Hour24,
                        min: 1u8,
                        max: 2u8,
                        pad: time::Pad::Zero,
                    }),
                    time::Part::Literal(":"),
                    time::Part::Number(time::Number {
                        field: time::Field::Minute,
                        min: 1u8,
                        max: 2u8,
                        pad: time::Pad::Zero,
                    }),
                    time::Part::Literal(":"),
                    time::Part::Number(time::Number {
                        field: time::Field::Second,
                        min: 1u8,
                        max: 2u8,
                        pad: time::Pad::Zero,
                    }),
                    time::Part::Literal(" "),
                    time::Part::AnyOffset {
                        colon: false,
                    },
                ],
            ),
        ),
    ];

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
            remote_host: pairs.remote_host.string().required("remote_host")?,
            identity: pairs.identity.string().optional("identity")?,
            user: pairs.user.string().optional("user")?,
            time: pairs.time.timestamp(Access::TIME_FORMATS).required("time")?,
            request: pairs.request.string().optional("request")?,
            status: pairs.status.smallint().required("status")?,
            bytes_sent: pairs.bytes_sent.bigint().optional("bytes_sent")?,
            referer: pairs.referer.string().optional("referer")?,
            user_agent: pairs.user_agent.string().optional("user_agent")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: false,
    empty_values: &["-"],
};

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    remote_host: text::Value<'a>,
    identity: text::Value<'a>,
    user: text::Value<'a>,
    time: text::Value<'a>,
    request: text::Value<'a>,
    status: text::Value<'a>,
    bytes_sent: text::Value<'a>,
    referer: text::Value<'a>,
    user_agent: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let looked_over = text::Line::new(line);
        Self::pattern_1(&looked_over)
            .or_else(|| Self::pattern_2(&looked_over))
            .ok_or_else(|| text::no_match(
                &[
                    "%{remote_host} %{identity} %{user} [%{time}] \"%{request}\" %{status} %{bytes_sent} \"%{referer}\" \"%{user_agent}\"",
                    "%{remote_host} %{identity} %{user} [%{time}] \"%{request}\" %{status} %{bytes_sent}",
                ],
                line,
            ))
    }

    /// `%{remote_host} %{identity} %{user} [%{time}] "%{request}" %{status} %{bytes_sent} "%{referer}" "%{user_agent}"`
    fn pattern_1(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("", line, 6, OPTIONS)?;
        pairs.remote_host = line.until(" ")?;
        pairs.identity = line.until(" ")?;
        pairs.user = line.until(" [")?;
        pairs.time = line.until("] \"")?;
        pairs.request = line.quoted_until("\" ")?;
        pairs.status = line.until(" ")?;
        pairs.bytes_sent = line.until(" \"")?;
        pairs.referer = line.quoted_until("\" \"")?;
        pairs.user_agent = line.quoted_until("\"")?;
        Some(pairs)
    }

    /// `%{remote_host} %{identity} %{user} [%{time}] "%{request}" %{status} %{bytes_sent}`
    fn pattern_2(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("", line, 2, OPTIONS)?;
        pairs.remote_host = line.until(" ")?;
        pairs.identity = line.until(" ")?;
        pairs.user = line.until(" [")?;
        pairs.time = line.until("] \"")?;
        pairs.request = line.quoted_until("\" ")?;
        pairs.status = line.until(" ")?;
        pairs.bytes_sent = line.rest();
        Some(pairs)
    }
}

impl Declared for Access<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 9> = [
            &self.remote_host,
            &self.identity,
            &self.user,
            &self.time,
            &self.request,
            &self.status,
            &self.bytes_sent,
            &self.referer,
            &self.user_agent,
        ];
        then(&ACCESS_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.time)
    }
}

impl PartialEq for Access<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Access<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Access", f)
    }
}

impl Record for Access<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Web.Access`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Access::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Web.Access",
    description: "Requests to a web server, in the combined or common log format that Apache and Nginx share.",
    reference_url: "https://httpd.apache.org/docs/current/logs.html#accesslog",
    fingerprint: "775dde3aa487f6ce",
    fields: &ACCESS_FIELDS,
};

/// The fields of [`Access`].
static ACCESS_FIELDS: [Field; 9] = [
    Field::string("remote_host")
        .required()
        .indicators(&[Indicator::Hostname])
        .about("The client's address, or its name where the server looks names up"),
    Field::string("identity")
        .about("Who the client says it is by RFC 1413; hardly ever there"),
    Field::string("user")
        .indicators(&[Indicator::Username])
        .about("Who signed in by HTTP authentication"),
    Field::timestamp("time", Access::TIME_FORMATS)
        .required()
        .event_time()
        .about("When the server received the request"),
    Field::string("request")
        .about("The first line of the request, with method, path and protocol"),
    Field::smallint("status").required().about("The status code of the answer"),
    Field::bigint("bytes_sent")
        .about("The size of the answer in bytes, without its headers"),
    Field::string("referer")
        .indicators(&[Indicator::Url])
        .about("The page that the client says it came from"),
    Field::string("user_agent").about("The program that the client says it is"),
];
