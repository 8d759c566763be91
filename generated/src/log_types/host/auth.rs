//! Log type `Host.Auth`.
//!
//! Documentation of the vendor: <https://man.openbsd.org/sshd.8>
//!
//! @generated from `schemas/host/auth.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{Declared, Error, Text, Then, Values, debug, equal};
use crate::log_type::{Field, ParsedBy, Record, Schema};
use crate::text;
use crate::time::{TimeFormat, Timestamp};

/// What the `OpenSSH` server says about sign-ins and connections, in a file that rsyslog writes with
/// RFC 3339 times.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct Auth<'a> {
    /// When the message was written
    pub time: Timestamp,
    /// The computer that the server runs on
    pub host: Text<'a>,
    /// The program that wrote the message
    pub program: Text<'a>,
    /// The process that wrote the message
    pub pid: Option<i32>,
    /// The message as it was written
    pub message: Text<'a>,
    /// What happened, in the words of the message
    pub action: Option<Text<'a>>,
    /// How the user tried to sign in
    pub method: Option<Text<'a>>,
    /// What the server says about the user, such as that there is none of this name
    pub account: Option<Text<'a>>,
    /// The name that was given to sign in
    pub user: Option<Text<'a>>,
    /// The address of the client
    pub source_ip: Option<Text<'a>>,
    /// The port of the client
    pub source_port: Option<i32>,
    /// The type of the key that was accepted
    pub key_type: Option<Text<'a>>,
    /// The fingerprint of the key that was accepted
    pub key_fingerprint: Option<Text<'a>>,
}

impl<'a> Auth<'a> {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

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
            time: pairs.time.timestamp(Auth::TIME_FORMATS).required("time")?,
            host: pairs.host.string().required("host")?,
            program: pairs
                .program
                .string()
                .allow(&["sshd", "sshd-session", "sshd-auth"])
                .required("program")?,
            pid: pairs.pid.int().optional("pid")?,
            message: pairs.message.string().required("message")?,
            action: pairs.action.string().optional("action")?,
            method: pairs.method.string().optional("method")?,
            account: pairs.account.string().optional("account")?,
            user: pairs.user.string().optional("user")?,
            source_ip: pairs.source_ip.string().optional("source_ip")?,
            source_port: pairs.source_port.int().optional("source_port")?,
            key_type: pairs.key_type.string().optional("key_type")?,
            key_fingerprint: pairs.key_fingerprint.string().optional("key_fingerprint")?,
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
    time: text::Value<'a>,
    host: text::Value<'a>,
    program: text::Value<'a>,
    pid: text::Value<'a>,
    message: text::Value<'a>,
    action: text::Value<'a>,
    method: text::Value<'a>,
    account: text::Value<'a>,
    user: text::Value<'a>,
    source_ip: text::Value<'a>,
    source_port: text::Value<'a>,
    key_type: text::Value<'a>,
    key_fingerprint: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        static PATTERN: text::Pattern = text::Pattern::new(
            "^((?:[0-9]{4}|[0-9]{2})-(?:1[0-2]|0?[1-9])-(?:3[01]|[12][0-9]|0?[1-9])[T ](?:2[0-3]|[01]?[0-9]):?(?:[0-5][0-9])(?::?(?:(?:(?:60|[0-5]?[0-9])(?:[\\:\\.\\,][0-9]+)?)))?(?:(?:Z|[\\+\\-](?:2[0-3]|[01]?[0-9])(?::?(?:[0-5][0-9]))?))?) ([^\\t\\n\\x0C\\r ]+) ([0-9A-Za-z_\\.\\/\\-]+)(?:\\[((?-u:\\b)[1-9][0-9]*(?-u:\\b))\\])?: ((?:(Accepted|Failed|Invalid|Disconnected|Connection (?:closed|reset))(?: ([a-z][a-z\\/\\-]*) for)?(?: by| from)?(?: (invalid user|authenticating user|user))?(?: ([^\\t\\n\\x0C\\r ]*))??(?: from)? ((?:(?:[0-9A-Fa-f]{1,4}:){6}(?:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4})|(?:[0-9A-Fa-f]{1,4}:){7}:|(?:[0-9A-Fa-f]{1,4}:){6}(?::[0-9A-Fa-f]{1,4}|:)|(?:[0-9A-Fa-f]{1,4}:){5}(?::(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,2}|:)|(?:[0-9A-Fa-f]{1,4}:){4}(?:(?::[0-9A-Fa-f]{1,4})?:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,3}|:)|(?:[0-9A-Fa-f]{1,4}:){3}(?:(?::[0-9A-Fa-f]{1,4}){0,2}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,4}|:)|(?:[0-9A-Fa-f]{1,4}:){2}(?:(?::[0-9A-Fa-f]{1,4}){0,3}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,5}|:)|[0-9A-Fa-f]{1,4}:(?:(?::[0-9A-Fa-f]{1,4}){0,4}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,6}|:)|:(?:(?::[0-9A-Fa-f]{1,4}){0,5}:(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))|(?::[0-9A-Fa-f]{1,4}){1,7}|:))|(?:(?-u:\\b)(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?-u:\\b))) port ((?-u:\\b)[1-9][0-9]*(?-u:\\b))(?: ssh2: ([^\\t\\n\\x0C\\r ]+) ([^\\t\\n\\x0C\\r ]+))?)?.*)$",
        );
        let groups = PATTERN
            .groups(line, OPTIONS)
            .ok_or_else(|| text::no_match(
                &[
                    "^%{TIMESTAMP_ISO8601:time} %{NOTSPACE:host} %{PROGRAM:program}(?:\\[%{POSINT:pid}\\])?: (?P<message>(?:%{ACTION:action}(?: %{METHOD:method} for)?(?: by| from)?(?: (?P<account>invalid user|authenticating user|user))?(?: (?P<user>\\S*))??(?: from)? %{IP:source_ip} port %{POSINT:source_port}(?: ssh2: (?P<key_type>\\S+) (?P<key_fingerprint>\\S+))?)?.*)$",
                ],
                line,
            ))?;
        Ok(Self {
            time: groups.value(1),
            host: groups.value(2),
            program: groups.value(3),
            pid: groups.value(4),
            message: groups.value(5),
            action: groups.value(6),
            method: groups.value(7),
            account: groups.value(8),
            user: groups.value(9),
            source_ip: groups.value(10),
            source_port: groups.value(11),
            key_type: groups.value(12),
            key_fingerprint: groups.value(13),
        })
    }
}

impl Declared for Auth<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 13> = [
            &self.time,
            &self.host,
            &self.program,
            &self.pid,
            &self.message,
            &self.action,
            &self.method,
            &self.account,
            &self.user,
            &self.source_ip,
            &self.source_port,
            &self.key_type,
            &self.key_fingerprint,
        ];
        then(&AUTH_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.time)
    }
}

impl PartialEq for Auth<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Auth<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Auth", f)
    }
}

impl Record for Auth<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Host.Auth`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Auth::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Host.Auth",
    description: "What the OpenSSH server says about sign-ins and connections, in a file that rsyslog writes with RFC 3339 times.",
    reference_url: "https://man.openbsd.org/sshd.8",
    fingerprint: "23dc21d185e64b9d",
    fields: &AUTH_FIELDS,
};

/// The fields of [`Auth`].
static AUTH_FIELDS: [Field; 13] = [
    Field::timestamp("time", Auth::TIME_FORMATS)
        .required()
        .event_time()
        .about("When the message was written"),
    Field::string("host")
        .required()
        .indicators(&[Indicator::Hostname])
        .about("The computer that the server runs on"),
    Field::string("program").required().about("The program that wrote the message"),
    Field::int("pid").about("The process that wrote the message"),
    Field::string("message").required().about("The message as it was written"),
    Field::string("action").about("What happened, in the words of the message"),
    Field::string("method").about("How the user tried to sign in"),
    Field::string("account")
        .about(
            "What the server says about the user, such as that there is none of this name",
        ),
    Field::string("user")
        .indicators(&[Indicator::Username])
        .about("The name that was given to sign in"),
    Field::string("source_ip")
        .indicators(&[Indicator::Ip])
        .about("The address of the client"),
    Field::int("source_port").about("The port of the client"),
    Field::string("key_type").about("The type of the key that was accepted"),
    Field::string("key_fingerprint")
        .about("The fingerprint of the key that was accepted"),
];
