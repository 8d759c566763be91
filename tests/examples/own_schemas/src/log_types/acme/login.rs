//! Log type `Acme.Login`.
//!
//! @generated from `schemas/acme/login.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::indicators::{Indicator, Indicators};
use ::logwright::json::{Error, Member, Members, ObjectWriter, ReadMembers, Reader, Text};
use ::logwright::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use ::logwright::time::{TimeFormat, Timestamp};

/// Someone signed in, or tried to.
#[derive(Clone, Debug, Default, PartialEq)]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub struct Login<'a> {
    /// Identifies the sign-in
    pub id: Text<'a>,
    /// When it was
    pub time: Timestamp,
    /// Who it was
    pub user: Option<Text<'a>>,
    /// How they signed in
    pub r#type: Option<Text<'a>>,
}

impl<'a> Login<'a> {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl Object for Login<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.time("time", &self.time, Login::TIME_FORMATS);
        object.field("user", &self.user);
        object.field("type", &self.r#type);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Username, &self.user);
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.time)
    }
}

impl Record for Login<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Login`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| { input.parse::<Login<'_>>().map(|record| then(&record)) },
);

/// The members of [`Login`].
static LOGIN_MEMBERS: Members<4> = Members::new([
    Member::new(",\"id\":").required(),
    Member::new(",\"time\":").times(Login::TIME_FORMATS).required(),
    Member::new(",\"user\":"),
    Member::new(",\"type\":"),
]);

impl<'a> ReadMembers<'a> for Login<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        LOGIN_MEMBERS
            .read(
                reader,
                &mut [&mut self.id, &mut self.time, &mut self.user, &mut self.r#type],
            )
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Login",
    description: "Someone signed in, or tried to.",
    reference_url: "",
    fingerprint: "d1cf8a61e57c0424",
    fields: &[
        Field::new("id", Kind::String, "Identifies the sign-in").required(),
        Field::new("time", Kind::Timestamp(Login::TIME_FORMATS), "When it was")
            .required()
            .event_time(),
        Field::new("user", Kind::String, "Who it was")
            .indicators(&[Indicator::Username]),
        Field::new("type", Kind::String, "How they signed in"),
    ],
};
