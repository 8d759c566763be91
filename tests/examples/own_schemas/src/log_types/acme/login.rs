//! Log type `Acme.Login`.
//!
//! @generated from `schemas/acme/login.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::indicators::Indicator;
use ::logwright::json::{
    Declared, Error, Members, Places, ReadMembers, Reader, Text, Then, Undeclared,
    Values, debug, equal,
};
use ::logwright::log_type::{Field, ParsedBy, Record, Schema};
use ::logwright::time::{TimeFormat, Timestamp};

/// Someone signed in, or tried to.
#[derive(Clone, Default)]
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
    /// What no field takes, as it was sent.
    #[serde(flatten)]
    pub undeclared: Undeclared<'a>,
}

impl<'a> Login<'a> {
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for Login<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<4> = Members::new(&LOGIN_FIELDS);
        let mut places: Places<'_, 'a, 4> = [
            &mut self.id,
            &mut self.time,
            &mut self.user,
            &mut self.r#type,
        ];
        MEMBERS.read_all(reader, &mut places, &mut self.undeclared)
    }
}

impl Declared for Login<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [&self.id, &self.time, &self.user, &self.r#type];
        then(&LOGIN_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.time)
    }

    fn undeclared(&self) -> Option<&Undeclared<'_>> {
        Some(&self.undeclared)
    }
}

impl PartialEq for Login<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Login<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Login", f)
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
    |input, then| input.each::<Login<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Login",
    description: "Someone signed in, or tried to.",
    reference_url: "",
    fingerprint: "5043e2be4ed951a0",
    fields: &LOGIN_FIELDS,
};

/// The fields of [`Login`].
static LOGIN_FIELDS: [Field; 4] = [
    Field::string("id").required().about("Identifies the sign-in"),
    Field::timestamp("time", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("When it was"),
    Field::string("user").indicators(&[Indicator::Username]).about("Who it was"),
    Field::string("type").about("How they signed in"),
];
