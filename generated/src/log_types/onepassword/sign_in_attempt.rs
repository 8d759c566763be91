//! Log type `OnePassword.SignInAttempt`.
//!
//! Documentation of the vendor: <https://developer.1password.com/docs/events-api/reference/>
//!
//! @generated from `schemas/onepassword/sign_in_attempt.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, Places, ReadMembers, Reader, Text, Then, Values, debug,
    equal,
};
use crate::log_type::{Field, Kind, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// Someone signed in to a 1Password account, or tried to.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SignInAttempt<'a> {
    /// Identifies the event
    pub uuid: Text<'a>,
    /// Identifies the session that was begun
    pub session_uuid: Option<Text<'a>>,
    /// When it happened
    pub timestamp: Timestamp,
    /// How it ended, such as success, `credentials_failed` or `firewall_failed`
    pub category: Option<Text<'a>>,
    /// What that was in detail, such as `password_secret_bad` or `continent_blocked`
    pub r#type: Option<Text<'a>>,
    /// The country that it came from
    pub country: Option<Text<'a>>,
    /// More about a refusal
    pub details: Option<SignInAttemptDetails<'a>>,
    /// Who was signed in, or would have been
    pub target_user: Option<SignInAttemptTargetUser<'a>>,
    /// The 1Password program that was used
    pub client: Option<SignInAttemptClient<'a>>,
    /// Where that address is
    pub location: Option<SignInAttemptLocation<'a>>,
    /// Identifies the account that it belongs to
    pub account_uuid: Option<Text<'a>>,
}

impl<'a> SignInAttempt<'a> {
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for SignInAttempt<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<11> = Members::new(&SIGN_IN_ATTEMPT_FIELDS);
        let mut places: Places<'_, 'a, 11> = [
            &mut self.uuid,
            &mut self.session_uuid,
            &mut self.timestamp,
            &mut self.category,
            &mut self.r#type,
            &mut self.country,
            &mut self.details,
            &mut self.target_user,
            &mut self.client,
            &mut self.location,
            &mut self.account_uuid,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SignInAttempt<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 11> = [
            &self.uuid,
            &self.session_uuid,
            &self.timestamp,
            &self.category,
            &self.r#type,
            &self.country,
            &self.details,
            &self.target_user,
            &self.client,
            &self.location,
            &self.account_uuid,
        ];
        then(&SIGN_IN_ATTEMPT_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

impl PartialEq for SignInAttempt<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SignInAttempt<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SignInAttempt", f)
    }
}

impl Record for SignInAttempt<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }
}

/// Log type `OnePassword.SignInAttempt`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.each::<SignInAttempt<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "OnePassword.SignInAttempt",
    description: "Someone signed in to a 1Password account, or tried to.",
    reference_url: "https://developer.1password.com/docs/events-api/reference/",
    fingerprint: "32edc20e71d6b18d",
    fields: &SIGN_IN_ATTEMPT_FIELDS,
};

/// The fields of [`SignInAttempt`].
static SIGN_IN_ATTEMPT_FIELDS: [Field; 11] = [
    Field::string("uuid").required().about("Identifies the event"),
    Field::string("session_uuid")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the session that was begun"),
    Field::timestamp("timestamp", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("When it happened"),
    Field::string("category")
        .about("How it ended, such as success, credentials_failed or firewall_failed"),
    Field::string("type")
        .about(
            "What that was in detail, such as password_secret_bad or continent_blocked",
        ),
    Field::string("country").about("The country that it came from"),
    Field::new("details", Kind::Object(&SIGN_IN_ATTEMPT_DETAILS_FIELDS))
        .about("More about a refusal"),
    Field::new("target_user", Kind::Object(&SIGN_IN_ATTEMPT_TARGET_USER_FIELDS))
        .about("Who was signed in, or would have been"),
    Field::new("client", Kind::Object(&SIGN_IN_ATTEMPT_CLIENT_FIELDS))
        .about("The 1Password program that was used"),
    Field::new("location", Kind::Object(&SIGN_IN_ATTEMPT_LOCATION_FIELDS))
        .about("Where that address is"),
    Field::string("account_uuid").about("Identifies the account that it belongs to"),
];

/// More about a refusal
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SignInAttemptDetails<'a> {
    /// What it was refused for, such as the name of the continent
    pub value: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SignInAttemptDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<1> = Members::new(&SIGN_IN_ATTEMPT_DETAILS_FIELDS);
        let mut places: Places<'_, 'a, 1> = [&mut self.value];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SignInAttemptDetails<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.value];
        then(&SIGN_IN_ATTEMPT_DETAILS_FIELDS, &values);
    }
}

impl PartialEq for SignInAttemptDetails<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SignInAttemptDetails<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SignInAttemptDetails", f)
    }
}

/// The fields of [`SignInAttemptDetails`].
static SIGN_IN_ATTEMPT_DETAILS_FIELDS: [Field; 1] = [
    Field::string("value")
        .about("What it was refused for, such as the name of the continent"),
];

/// Who was signed in, or would have been
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SignInAttemptTargetUser<'a> {
    /// Identifies the person
    pub uuid: Option<Text<'a>>,
    /// The person's name
    pub name: Option<Text<'a>>,
    /// The person's e-mail address
    pub email: Option<Text<'a>>,
    /// Whether it is a member, or one of an external organisation
    pub user_type: Option<Text<'a>>,
    /// Identifies the account of the person
    pub user_account_uuid: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SignInAttemptTargetUser<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&SIGN_IN_ATTEMPT_TARGET_USER_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.uuid,
            &mut self.name,
            &mut self.email,
            &mut self.user_type,
            &mut self.user_account_uuid,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SignInAttemptTargetUser<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.uuid,
            &self.name,
            &self.email,
            &self.user_type,
            &self.user_account_uuid,
        ];
        then(&SIGN_IN_ATTEMPT_TARGET_USER_FIELDS, &values);
    }
}

impl PartialEq for SignInAttemptTargetUser<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SignInAttemptTargetUser<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SignInAttemptTargetUser", f)
    }
}

/// The fields of [`SignInAttemptTargetUser`].
static SIGN_IN_ATTEMPT_TARGET_USER_FIELDS: [Field; 5] = [
    Field::string("uuid")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the person"),
    Field::string("name").indicators(&[Indicator::Username]).about("The person's name"),
    Field::string("email")
        .indicators(&[Indicator::Email])
        .about("The person's e-mail address"),
    Field::string("user_type")
        .about("Whether it is a member, or one of an external organisation"),
    Field::string("user_account_uuid").about("Identifies the account of the person"),
];

/// The 1Password program that was used
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SignInAttemptClient<'a> {
    /// Its name
    pub app_name: Option<Text<'a>>,
    /// Its version
    pub app_version: Option<Text<'a>>,
    /// What it runs in, such as the browser
    pub platform_name: Option<Text<'a>>,
    /// The version of that, or the name of the computer
    pub platform_version: Option<Text<'a>>,
    /// The operating system
    pub os_name: Option<Text<'a>>,
    /// The version of the operating system
    pub os_version: Option<Text<'a>>,
    /// The address that it connected from
    pub ip_address: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SignInAttemptClient<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<7> = Members::new(&SIGN_IN_ATTEMPT_CLIENT_FIELDS);
        let mut places: Places<'_, 'a, 7> = [
            &mut self.app_name,
            &mut self.app_version,
            &mut self.platform_name,
            &mut self.platform_version,
            &mut self.os_name,
            &mut self.os_version,
            &mut self.ip_address,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SignInAttemptClient<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 7> = [
            &self.app_name,
            &self.app_version,
            &self.platform_name,
            &self.platform_version,
            &self.os_name,
            &self.os_version,
            &self.ip_address,
        ];
        then(&SIGN_IN_ATTEMPT_CLIENT_FIELDS, &values);
    }
}

impl PartialEq for SignInAttemptClient<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SignInAttemptClient<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SignInAttemptClient", f)
    }
}

/// The fields of [`SignInAttemptClient`].
static SIGN_IN_ATTEMPT_CLIENT_FIELDS: [Field; 7] = [
    Field::string("app_name").about("Its name"),
    Field::string("app_version").about("Its version"),
    Field::string("platform_name").about("What it runs in, such as the browser"),
    Field::string("platform_version")
        .about("The version of that, or the name of the computer"),
    Field::string("os_name").about("The operating system"),
    Field::string("os_version").about("The version of the operating system"),
    Field::string("ip_address")
        .indicators(&[Indicator::Ip])
        .about("The address that it connected from"),
];

/// Where that address is
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SignInAttemptLocation<'a> {
    /// The country, two letters
    pub country: Option<Text<'a>>,
    /// The region
    pub region: Option<Text<'a>>,
    /// The city
    pub city: Option<Text<'a>>,
    /// Degrees north
    pub latitude: Option<f64>,
    /// Degrees east
    pub longitude: Option<f64>,
}

impl<'a> ReadMembers<'a> for SignInAttemptLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&SIGN_IN_ATTEMPT_LOCATION_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.country,
            &mut self.region,
            &mut self.city,
            &mut self.latitude,
            &mut self.longitude,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SignInAttemptLocation<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.country,
            &self.region,
            &self.city,
            &self.latitude,
            &self.longitude,
        ];
        then(&SIGN_IN_ATTEMPT_LOCATION_FIELDS, &values);
    }
}

impl PartialEq for SignInAttemptLocation<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SignInAttemptLocation<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SignInAttemptLocation", f)
    }
}

/// The fields of [`SignInAttemptLocation`].
static SIGN_IN_ATTEMPT_LOCATION_FIELDS: [Field; 5] = [
    Field::string("country").about("The country, two letters"),
    Field::string("region").about("The region"),
    Field::string("city").about("The city"),
    Field::float("latitude").about("Degrees north"),
    Field::float("longitude").about("Degrees east"),
];
