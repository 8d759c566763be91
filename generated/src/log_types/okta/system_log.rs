//! Log type `Okta.SystemLog`.
//!
//! Documentation of the vendor: <https://developer.okta.com/docs/reference/api/system-log/>
//!
//! @generated from `schemas/okta/system_log.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, Places, RawJson, ReadMembers, Reader, Text, Then, Values,
    debug, equal,
};
use crate::log_type::{Field, Kind, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What people, administrators and Okta itself did in an Okta organisation, one `LogEvent` each.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLog<'a> {
    /// Identifies the event
    pub uuid: Text<'a>,
    /// When the event happened
    pub published: Timestamp,
    /// What happened, such as `user.session.start`
    #[cfg_attr(feature = "serde", serde(rename = "eventType"))]
    pub event_type: Text<'a>,
    /// The name of the same event in the older Events API
    #[cfg_attr(feature = "serde", serde(rename = "legacyEventType"))]
    pub legacy_event_type: Option<Text<'a>>,
    /// The version of the event's form
    pub version: Option<Text<'a>>,
    /// DEBUG, INFO, WARN or ERROR
    pub severity: Option<Text<'a>>,
    /// What happened, in words
    #[cfg_attr(feature = "serde", serde(rename = "displayMessage"))]
    pub display_message: Option<Text<'a>>,
    /// Who did it
    pub actor: Option<SystemLogActor<'a>>,
    /// What the request was made with, and from where
    pub client: Option<SystemLogClient<'a>>,
    /// The registered device that the request came from
    pub device: Option<SystemLogDevice<'a>>,
    /// How the actor proved who it is
    #[cfg_attr(feature = "serde", serde(rename = "authenticationContext"))]
    pub authentication_context: Option<SystemLogAuthenticationContext<'a>>,
    /// Whom the address belongs to
    #[cfg_attr(feature = "serde", serde(rename = "securityContext"))]
    pub security_context: Option<SystemLogSecurityContext<'a>>,
    /// How it ended
    pub outcome: Option<SystemLogOutcome<'a>>,
    /// What was acted upon
    #[cfg_attr(feature = "serde", serde(default))]
    pub target: Vec<Option<SystemLogTarget<'a>>>,
    /// The unit of work that the event belongs to
    pub transaction: Option<SystemLogTransaction<'a>>,
    /// What helps to find out why; its form may change at any time
    #[cfg_attr(feature = "serde", serde(rename = "debugContext"))]
    pub debug_context: Option<SystemLogDebugContext<'a>>,
    /// The way that the request took
    pub request: Option<SystemLogRequest<'a>>,
}

impl<'a> SystemLog<'a> {
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for SystemLog<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<17> = Members::new(&SYSTEM_LOG_FIELDS);
        let mut places: Places<'_, 'a, 17> = [
            &mut self.uuid,
            &mut self.published,
            &mut self.event_type,
            &mut self.legacy_event_type,
            &mut self.version,
            &mut self.severity,
            &mut self.display_message,
            &mut self.actor,
            &mut self.client,
            &mut self.device,
            &mut self.authentication_context,
            &mut self.security_context,
            &mut self.outcome,
            &mut self.target,
            &mut self.transaction,
            &mut self.debug_context,
            &mut self.request,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLog<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 17> = [
            &self.uuid,
            &self.published,
            &self.event_type,
            &self.legacy_event_type,
            &self.version,
            &self.severity,
            &self.display_message,
            &self.actor,
            &self.client,
            &self.device,
            &self.authentication_context,
            &self.security_context,
            &self.outcome,
            &self.target,
            &self.transaction,
            &self.debug_context,
            &self.request,
        ];
        then(&SYSTEM_LOG_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.published)
    }
}

impl PartialEq for SystemLog<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLog<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLog", f)
    }
}

impl Record for SystemLog<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }
}

/// Log type `Okta.SystemLog`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.each::<SystemLog<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Okta.SystemLog",
    description: "What people, administrators and Okta itself did in an Okta organisation, one `LogEvent` each.",
    reference_url: "https://developer.okta.com/docs/reference/api/system-log/",
    fingerprint: "b16b689b05160ae8",
    fields: &SYSTEM_LOG_FIELDS,
};

/// The fields of [`SystemLog`].
static SYSTEM_LOG_FIELDS: [Field; 17] = [
    Field::string("uuid").required().about("Identifies the event"),
    Field::timestamp("published", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("When the event happened"),
    Field::string("eventType")
        .required()
        .about("What happened, such as `user.session.start`"),
    Field::string("legacyEventType")
        .about("The name of the same event in the older Events API"),
    Field::string("version").about("The version of the event's form"),
    Field::string("severity").about("DEBUG, INFO, WARN or ERROR"),
    Field::string("displayMessage").about("What happened, in words"),
    Field::new("actor", Kind::Object(&SYSTEM_LOG_ACTOR_FIELDS)).about("Who did it"),
    Field::new("client", Kind::Object(&SYSTEM_LOG_CLIENT_FIELDS))
        .about("What the request was made with, and from where"),
    Field::new("device", Kind::Object(&SYSTEM_LOG_DEVICE_FIELDS))
        .about("The registered device that the request came from"),
    Field::new(
            "authenticationContext",
            Kind::Object(&SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS),
        )
        .about("How the actor proved who it is"),
    Field::new("securityContext", Kind::Object(&SYSTEM_LOG_SECURITY_CONTEXT_FIELDS))
        .about("Whom the address belongs to"),
    Field::new("outcome", Kind::Object(&SYSTEM_LOG_OUTCOME_FIELDS))
        .about("How it ended"),
    Field::new("target", Kind::Array(&Kind::Object(&SYSTEM_LOG_TARGET_FIELDS)))
        .about("What was acted upon"),
    Field::new("transaction", Kind::Object(&SYSTEM_LOG_TRANSACTION_FIELDS))
        .about("The unit of work that the event belongs to"),
    Field::new("debugContext", Kind::Object(&SYSTEM_LOG_DEBUG_CONTEXT_FIELDS))
        .about("What helps to find out why; its form may change at any time"),
    Field::new("request", Kind::Object(&SYSTEM_LOG_REQUEST_FIELDS))
        .about("The way that the request took"),
];

/// Who did it
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogActor<'a> {
    /// Identifies the entity in the organisation
    pub id: Option<Text<'a>>,
    /// What kind of entity it is, such as `User` or `AppInstance`
    pub r#type: Option<Text<'a>>,
    /// What people know it by; of a user, the login, which mostly is an e-mail address
    #[cfg_attr(feature = "serde", serde(rename = "alternateId"))]
    pub alternate_id: Option<Text<'a>>,
    /// Its name as it is shown
    #[cfg_attr(feature = "serde", serde(rename = "displayName"))]
    pub display_name: Option<Text<'a>>,
    /// More about it; its members depend on the type
    #[cfg_attr(feature = "serde", serde(rename = "detailEntry"))]
    pub detail_entry: Option<RawJson<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogActor<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&SYSTEM_LOG_ACTOR_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.id,
            &mut self.r#type,
            &mut self.alternate_id,
            &mut self.display_name,
            &mut self.detail_entry,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogActor<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.id,
            &self.r#type,
            &self.alternate_id,
            &self.display_name,
            &self.detail_entry,
        ];
        then(&SYSTEM_LOG_ACTOR_FIELDS, &values);
    }
}

impl PartialEq for SystemLogActor<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogActor<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogActor", f)
    }
}

/// The fields of [`SystemLogActor`].
static SYSTEM_LOG_ACTOR_FIELDS: [Field; 5] = [
    Field::string("id")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the entity in the organisation"),
    Field::string("type")
        .about("What kind of entity it is, such as `User` or `AppInstance`"),
    Field::string("alternateId")
        .indicators(&[Indicator::Email, Indicator::Username])
        .about(
            "What people know it by; of a user, the login, which mostly is an e-mail address",
        ),
    Field::string("displayName").about("Its name as it is shown"),
    Field::json("detailEntry").about("More about it; its members depend on the type"),
];

/// What the request was made with, and from where
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogClient<'a> {
    /// Identifies the OAuth client, if the request was made by one
    pub id: Option<Text<'a>>,
    /// The program
    #[cfg_attr(feature = "serde", serde(rename = "userAgent"))]
    pub user_agent: Option<SystemLogClientUserAgent<'a>>,
    /// The network zone that the address belongs to
    pub zone: Option<Text<'a>>,
    /// What kind of device it is, such as Computer
    pub device: Option<Text<'a>>,
    /// The address that the request came from
    #[cfg_attr(feature = "serde", serde(rename = "ipAddress"))]
    pub ip_address: Option<Text<'a>>,
    /// Where that address is
    #[cfg_attr(feature = "serde", serde(rename = "geographicalContext"))]
    pub geographical_context: Option<SystemLogClientGeographicalContext<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogClient<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<6> = Members::new(&SYSTEM_LOG_CLIENT_FIELDS);
        let mut places: Places<'_, 'a, 6> = [
            &mut self.id,
            &mut self.user_agent,
            &mut self.zone,
            &mut self.device,
            &mut self.ip_address,
            &mut self.geographical_context,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogClient<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 6> = [
            &self.id,
            &self.user_agent,
            &self.zone,
            &self.device,
            &self.ip_address,
            &self.geographical_context,
        ];
        then(&SYSTEM_LOG_CLIENT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogClient<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogClient<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogClient", f)
    }
}

/// The fields of [`SystemLogClient`].
static SYSTEM_LOG_CLIENT_FIELDS: [Field; 6] = [
    Field::string("id")
        .about("Identifies the OAuth client, if the request was made by one"),
    Field::new("userAgent", Kind::Object(&SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS))
        .about("The program"),
    Field::string("zone").about("The network zone that the address belongs to"),
    Field::string("device").about("What kind of device it is, such as Computer"),
    Field::string("ipAddress")
        .indicators(&[Indicator::Ip])
        .about("The address that the request came from"),
    Field::new(
            "geographicalContext",
            Kind::Object(&SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS),
        )
        .about("Where that address is"),
];

/// The program
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogClientUserAgent<'a> {
    /// The User-Agent header
    #[cfg_attr(feature = "serde", serde(rename = "rawUserAgent"))]
    pub raw_user_agent: Option<Text<'a>>,
    /// The operating system that it names
    pub os: Option<Text<'a>>,
    /// The browser that it names
    pub browser: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogClientUserAgent<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3> = Members::new(&SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS);
        let mut places: Places<'_, 'a, 3> = [
            &mut self.raw_user_agent,
            &mut self.os,
            &mut self.browser,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogClientUserAgent<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.raw_user_agent, &self.os, &self.browser];
        then(&SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogClientUserAgent<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogClientUserAgent<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogClientUserAgent", f)
    }
}

/// The fields of [`SystemLogClientUserAgent`].
static SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS: [Field; 3] = [
    Field::string("rawUserAgent").about("The User-Agent header"),
    Field::string("os").about("The operating system that it names"),
    Field::string("browser").about("The browser that it names"),
];

/// Where that address is
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogClientGeographicalContext<'a> {
    /// The city
    pub city: Option<Text<'a>>,
    /// The state or province
    pub state: Option<Text<'a>>,
    /// The country
    pub country: Option<Text<'a>>,
    /// The postal code
    #[cfg_attr(feature = "serde", serde(rename = "postalCode"))]
    pub postal_code: Option<Text<'a>>,
    /// The place on the globe
    pub geolocation: Option<SystemLogClientGeographicalContextGeolocation>,
}

impl<'a> ReadMembers<'a> for SystemLogClientGeographicalContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(
            &SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS,
        );
        let mut places: Places<'_, 'a, 5> = [
            &mut self.city,
            &mut self.state,
            &mut self.country,
            &mut self.postal_code,
            &mut self.geolocation,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogClientGeographicalContext<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.city,
            &self.state,
            &self.country,
            &self.postal_code,
            &self.geolocation,
        ];
        then(&SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogClientGeographicalContext<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogClientGeographicalContext<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogClientGeographicalContext", f)
    }
}

/// The fields of [`SystemLogClientGeographicalContext`].
static SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS: [Field; 5] = [
    Field::string("city").about("The city"),
    Field::string("state").about("The state or province"),
    Field::string("country").about("The country"),
    Field::string("postalCode").about("The postal code"),
    Field::new(
            "geolocation",
            Kind::Object(&SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS),
        )
        .about("The place on the globe"),
];

/// The place on the globe
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogClientGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl<'a> ReadMembers<'a> for SystemLogClientGeographicalContextGeolocation {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<2> = Members::new(
            &SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS,
        );
        let mut places: Places<'_, 'a, 2> = [&mut self.lat, &mut self.lon];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogClientGeographicalContextGeolocation {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 2> = [&self.lat, &self.lon];
        then(&SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS, &values);
    }
}

impl PartialEq for SystemLogClientGeographicalContextGeolocation {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogClientGeographicalContextGeolocation {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogClientGeographicalContextGeolocation", f)
    }
}

/// The fields of [`SystemLogClientGeographicalContextGeolocation`].
static SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS: [Field; 2] = [
    Field::float("lat").about("Degrees north"),
    Field::float("lon").about("Degrees east"),
];

/// The registered device that the request came from
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogDevice<'a> {
    /// Identifies the device
    pub id: Option<Text<'a>>,
    /// Its name
    pub name: Option<Text<'a>>,
    /// Its platform
    pub os_platform: Option<Text<'a>>,
    /// The version of its system
    pub os_version: Option<Text<'a>>,
    /// Whether it is managed
    pub managed: Option<bool>,
    /// Whether it is registered
    pub registered: Option<bool>,
    /// What an integrated device manager tells of it
    pub device_integrator: Option<RawJson<'a>>,
    /// How its disk is encrypted
    pub disk_encryption_type: Option<Text<'a>>,
    /// How its screen is locked
    pub screen_lock_type: Option<Text<'a>>,
    /// Whether it is jailbroken
    pub jailbreak: Option<bool>,
    /// Whether it has secure hardware
    pub secure_hardware_present: Option<bool>,
}

impl<'a> ReadMembers<'a> for SystemLogDevice<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<11> = Members::new(&SYSTEM_LOG_DEVICE_FIELDS);
        let mut places: Places<'_, 'a, 11> = [
            &mut self.id,
            &mut self.name,
            &mut self.os_platform,
            &mut self.os_version,
            &mut self.managed,
            &mut self.registered,
            &mut self.device_integrator,
            &mut self.disk_encryption_type,
            &mut self.screen_lock_type,
            &mut self.jailbreak,
            &mut self.secure_hardware_present,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogDevice<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 11> = [
            &self.id,
            &self.name,
            &self.os_platform,
            &self.os_version,
            &self.managed,
            &self.registered,
            &self.device_integrator,
            &self.disk_encryption_type,
            &self.screen_lock_type,
            &self.jailbreak,
            &self.secure_hardware_present,
        ];
        then(&SYSTEM_LOG_DEVICE_FIELDS, &values);
    }
}

impl PartialEq for SystemLogDevice<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogDevice<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogDevice", f)
    }
}

/// The fields of [`SystemLogDevice`].
static SYSTEM_LOG_DEVICE_FIELDS: [Field; 11] = [
    Field::string("id").about("Identifies the device"),
    Field::string("name").indicators(&[Indicator::Hostname]).about("Its name"),
    Field::string("os_platform").about("Its platform"),
    Field::string("os_version").about("The version of its system"),
    Field::boolean("managed").about("Whether it is managed"),
    Field::boolean("registered").about("Whether it is registered"),
    Field::json("device_integrator")
        .about("What an integrated device manager tells of it"),
    Field::string("disk_encryption_type").about("How its disk is encrypted"),
    Field::string("screen_lock_type").about("How its screen is locked"),
    Field::boolean("jailbreak").about("Whether it is jailbroken"),
    Field::boolean("secure_hardware_present").about("Whether it has secure hardware"),
];

/// How the actor proved who it is
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogAuthenticationContext<'a> {
    /// The system that proved it, such as `OKTA_AUTHENTICATION_PROVIDER`
    #[cfg_attr(feature = "serde", serde(rename = "authenticationProvider"))]
    pub authentication_provider: Option<Text<'a>>,
    /// The system that keeps the credential
    #[cfg_attr(feature = "serde", serde(rename = "credentialProvider"))]
    pub credential_provider: Option<Text<'a>>,
    /// What kind of credential it was, such as PASSWORD or OTP
    #[cfg_attr(feature = "serde", serde(rename = "credentialType"))]
    pub credential_type: Option<Text<'a>>,
    /// Who issued the credential
    pub issuer: Option<SystemLogAuthenticationContextIssuer<'a>>,
    /// The interface that was used, such as Outlook
    pub interface: Option<Text<'a>>,
    /// The number of the step; 0 in most events
    #[cfg_attr(feature = "serde", serde(rename = "authenticationStep"))]
    pub authentication_step: Option<i32>,
    /// Identifies the session of the actor
    #[cfg_attr(feature = "serde", serde(rename = "externalSessionId"))]
    pub external_session_id: Option<Text<'a>>,
    /// Identifies the session that this one began from
    #[cfg_attr(feature = "serde", serde(rename = "rootSessionId"))]
    pub root_session_id: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogAuthenticationContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<8> = Members::new(
            &SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS,
        );
        let mut places: Places<'_, 'a, 8> = [
            &mut self.authentication_provider,
            &mut self.credential_provider,
            &mut self.credential_type,
            &mut self.issuer,
            &mut self.interface,
            &mut self.authentication_step,
            &mut self.external_session_id,
            &mut self.root_session_id,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogAuthenticationContext<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 8> = [
            &self.authentication_provider,
            &self.credential_provider,
            &self.credential_type,
            &self.issuer,
            &self.interface,
            &self.authentication_step,
            &self.external_session_id,
            &self.root_session_id,
        ];
        then(&SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogAuthenticationContext<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogAuthenticationContext<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogAuthenticationContext", f)
    }
}

/// The fields of [`SystemLogAuthenticationContext`].
static SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS: [Field; 8] = [
    Field::string("authenticationProvider")
        .about("The system that proved it, such as `OKTA_AUTHENTICATION_PROVIDER`"),
    Field::string("credentialProvider").about("The system that keeps the credential"),
    Field::string("credentialType")
        .about("What kind of credential it was, such as PASSWORD or OTP"),
    Field::new("issuer", Kind::Object(&SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS))
        .about("Who issued the credential"),
    Field::string("interface").about("The interface that was used, such as Outlook"),
    Field::int("authenticationStep").about("The number of the step; 0 in most events"),
    Field::string("externalSessionId")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the session of the actor"),
    Field::string("rootSessionId")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the session that this one began from"),
];

/// Who issued the credential
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogAuthenticationContextIssuer<'a> {
    /// Identifies the issuer
    pub id: Option<Text<'a>>,
    /// What kind of issuer it is
    pub r#type: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogAuthenticationContextIssuer<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<2> = Members::new(
            &SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS,
        );
        let mut places: Places<'_, 'a, 2> = [&mut self.id, &mut self.r#type];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogAuthenticationContextIssuer<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 2> = [&self.id, &self.r#type];
        then(&SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS, &values);
    }
}

impl PartialEq for SystemLogAuthenticationContextIssuer<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogAuthenticationContextIssuer<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogAuthenticationContextIssuer", f)
    }
}

/// The fields of [`SystemLogAuthenticationContextIssuer`].
static SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS: [Field; 2] = [
    Field::string("id").about("Identifies the issuer"),
    Field::string("type").about("What kind of issuer it is"),
];

/// Whom the address belongs to
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogSecurityContext<'a> {
    /// The number of the autonomous system
    #[cfg_attr(feature = "serde", serde(rename = "asNumber"))]
    pub as_number: Option<i64>,
    /// The organisation of the autonomous system
    #[cfg_attr(feature = "serde", serde(rename = "asOrg"))]
    pub as_org: Option<Text<'a>>,
    /// The Internet provider
    pub isp: Option<Text<'a>>,
    /// The domain name of the address's owner
    pub domain: Option<Text<'a>>,
    /// Whether the address is a known proxy
    #[cfg_attr(feature = "serde", serde(rename = "isProxy"))]
    pub is_proxy: Option<bool>,
}

impl<'a> ReadMembers<'a> for SystemLogSecurityContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&SYSTEM_LOG_SECURITY_CONTEXT_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.as_number,
            &mut self.as_org,
            &mut self.isp,
            &mut self.domain,
            &mut self.is_proxy,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogSecurityContext<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.as_number,
            &self.as_org,
            &self.isp,
            &self.domain,
            &self.is_proxy,
        ];
        then(&SYSTEM_LOG_SECURITY_CONTEXT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogSecurityContext<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogSecurityContext<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogSecurityContext", f)
    }
}

/// The fields of [`SystemLogSecurityContext`].
static SYSTEM_LOG_SECURITY_CONTEXT_FIELDS: [Field; 5] = [
    Field::bigint("asNumber").about("The number of the autonomous system"),
    Field::string("asOrg").about("The organisation of the autonomous system"),
    Field::string("isp").about("The Internet provider"),
    Field::string("domain")
        .indicators(&[Indicator::Domain])
        .about("The domain name of the address's owner"),
    Field::boolean("isProxy").about("Whether the address is a known proxy"),
];

/// How it ended
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogOutcome<'a> {
    /// SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN
    pub result: Option<Text<'a>>,
    /// Why, such as `INVALID_CREDENTIALS`
    pub reason: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogOutcome<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<2> = Members::new(&SYSTEM_LOG_OUTCOME_FIELDS);
        let mut places: Places<'_, 'a, 2> = [&mut self.result, &mut self.reason];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogOutcome<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 2> = [&self.result, &self.reason];
        then(&SYSTEM_LOG_OUTCOME_FIELDS, &values);
    }
}

impl PartialEq for SystemLogOutcome<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogOutcome<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogOutcome", f)
    }
}

/// The fields of [`SystemLogOutcome`].
static SYSTEM_LOG_OUTCOME_FIELDS: [Field; 2] = [
    Field::string("result")
        .about("SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN"),
    Field::string("reason").about("Why, such as `INVALID_CREDENTIALS`"),
];

/// What was acted upon
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogTarget<'a> {
    /// Identifies the entity in the organisation
    pub id: Option<Text<'a>>,
    /// What kind of entity it is, such as `User` or `AppInstance`
    pub r#type: Option<Text<'a>>,
    /// What people know it by
    #[cfg_attr(feature = "serde", serde(rename = "alternateId"))]
    pub alternate_id: Option<Text<'a>>,
    /// Its name as it is shown
    #[cfg_attr(feature = "serde", serde(rename = "displayName"))]
    pub display_name: Option<Text<'a>>,
    /// More about it; its members depend on the type
    #[cfg_attr(feature = "serde", serde(rename = "detailEntry"))]
    pub detail_entry: Option<RawJson<'a>>,
    /// What was changed, from and to
    #[cfg_attr(feature = "serde", serde(rename = "changeDetails"))]
    pub change_details: Option<RawJson<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogTarget<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<6> = Members::new(&SYSTEM_LOG_TARGET_FIELDS);
        let mut places: Places<'_, 'a, 6> = [
            &mut self.id,
            &mut self.r#type,
            &mut self.alternate_id,
            &mut self.display_name,
            &mut self.detail_entry,
            &mut self.change_details,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogTarget<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 6> = [
            &self.id,
            &self.r#type,
            &self.alternate_id,
            &self.display_name,
            &self.detail_entry,
            &self.change_details,
        ];
        then(&SYSTEM_LOG_TARGET_FIELDS, &values);
    }
}

impl PartialEq for SystemLogTarget<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogTarget<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogTarget", f)
    }
}

/// The fields of [`SystemLogTarget`].
static SYSTEM_LOG_TARGET_FIELDS: [Field; 6] = [
    Field::string("id").about("Identifies the entity in the organisation"),
    Field::string("type")
        .about("What kind of entity it is, such as `User` or `AppInstance`"),
    Field::string("alternateId")
        .indicators(&[Indicator::Email, Indicator::Username])
        .about("What people know it by"),
    Field::string("displayName").about("Its name as it is shown"),
    Field::json("detailEntry").about("More about it; its members depend on the type"),
    Field::json("changeDetails").about("What was changed, from and to"),
];

/// The unit of work that the event belongs to
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogTransaction<'a> {
    /// Identifies the unit of work
    pub id: Option<Text<'a>>,
    /// WEB for a request, JOB for work in the background
    pub r#type: Option<Text<'a>>,
    /// More about it, such as the id of the API token
    pub detail: Option<RawJson<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogTransaction<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3> = Members::new(&SYSTEM_LOG_TRANSACTION_FIELDS);
        let mut places: Places<'_, 'a, 3> = [
            &mut self.id,
            &mut self.r#type,
            &mut self.detail,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogTransaction<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.id, &self.r#type, &self.detail];
        then(&SYSTEM_LOG_TRANSACTION_FIELDS, &values);
    }
}

impl PartialEq for SystemLogTransaction<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogTransaction<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogTransaction", f)
    }
}

/// The fields of [`SystemLogTransaction`].
static SYSTEM_LOG_TRANSACTION_FIELDS: [Field; 3] = [
    Field::string("id")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the unit of work"),
    Field::string("type").about("WEB for a request, JOB for work in the background"),
    Field::json("detail").about("More about it, such as the id of the API token"),
];

/// What helps to find out why; its form may change at any time
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogDebugContext<'a> {
    /// The members depend on the event
    #[cfg_attr(feature = "serde", serde(rename = "debugData"))]
    pub debug_data: Option<RawJson<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogDebugContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<1> = Members::new(&SYSTEM_LOG_DEBUG_CONTEXT_FIELDS);
        let mut places: Places<'_, 'a, 1> = [&mut self.debug_data];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogDebugContext<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.debug_data];
        then(&SYSTEM_LOG_DEBUG_CONTEXT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogDebugContext<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogDebugContext<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogDebugContext", f)
    }
}

/// The fields of [`SystemLogDebugContext`].
static SYSTEM_LOG_DEBUG_CONTEXT_FIELDS: [Field; 1] = [
    Field::json("debugData").about("The members depend on the event"),
];

/// The way that the request took
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogRequest<'a> {
    /// The addresses that it passed, the client's first
    #[cfg_attr(feature = "serde", serde(rename = "ipChain", default))]
    pub ip_chain: Vec<Option<SystemLogRequestIpChain<'a>>>,
}

impl<'a> ReadMembers<'a> for SystemLogRequest<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<1> = Members::new(&SYSTEM_LOG_REQUEST_FIELDS);
        let mut places: Places<'_, 'a, 1> = [&mut self.ip_chain];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogRequest<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.ip_chain];
        then(&SYSTEM_LOG_REQUEST_FIELDS, &values);
    }
}

impl PartialEq for SystemLogRequest<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogRequest<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogRequest", f)
    }
}

/// The fields of [`SystemLogRequest`].
static SYSTEM_LOG_REQUEST_FIELDS: [Field; 1] = [
    Field::new(
            "ipChain",
            Kind::Array(&Kind::Object(&SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS)),
        )
        .about("The addresses that it passed, the client's first"),
];

/// The addresses that it passed, the client's first
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogRequestIpChain<'a> {
    /// The address
    pub ip: Option<Text<'a>>,
    /// V4 or V6
    pub version: Option<Text<'a>>,
    /// What the address is known from
    pub source: Option<Text<'a>>,
    /// Where the address is
    #[cfg_attr(feature = "serde", serde(rename = "geographicalContext"))]
    pub geographical_context: Option<SystemLogRequestIpChainGeographicalContext<'a>>,
}

impl<'a> ReadMembers<'a> for SystemLogRequestIpChain<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<4> = Members::new(&SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS);
        let mut places: Places<'_, 'a, 4> = [
            &mut self.ip,
            &mut self.version,
            &mut self.source,
            &mut self.geographical_context,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogRequestIpChain<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [
            &self.ip,
            &self.version,
            &self.source,
            &self.geographical_context,
        ];
        then(&SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS, &values);
    }
}

impl PartialEq for SystemLogRequestIpChain<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogRequestIpChain<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogRequestIpChain", f)
    }
}

/// The fields of [`SystemLogRequestIpChain`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS: [Field; 4] = [
    Field::string("ip").indicators(&[Indicator::Ip]).about("The address"),
    Field::string("version").about("V4 or V6"),
    Field::string("source").about("What the address is known from"),
    Field::new(
            "geographicalContext",
            Kind::Object(&SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS),
        )
        .about("Where the address is"),
];

/// Where the address is
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogRequestIpChainGeographicalContext<'a> {
    /// The city
    pub city: Option<Text<'a>>,
    /// The state or province
    pub state: Option<Text<'a>>,
    /// The country
    pub country: Option<Text<'a>>,
    /// The postal code
    #[cfg_attr(feature = "serde", serde(rename = "postalCode"))]
    pub postal_code: Option<Text<'a>>,
    /// The place on the globe
    pub geolocation: Option<SystemLogRequestIpChainGeographicalContextGeolocation>,
}

impl<'a> ReadMembers<'a> for SystemLogRequestIpChainGeographicalContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(
            &SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS,
        );
        let mut places: Places<'_, 'a, 5> = [
            &mut self.city,
            &mut self.state,
            &mut self.country,
            &mut self.postal_code,
            &mut self.geolocation,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogRequestIpChainGeographicalContext<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.city,
            &self.state,
            &self.country,
            &self.postal_code,
            &self.geolocation,
        ];
        then(&SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS, &values);
    }
}

impl PartialEq for SystemLogRequestIpChainGeographicalContext<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogRequestIpChainGeographicalContext<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogRequestIpChainGeographicalContext", f)
    }
}

/// The fields of [`SystemLogRequestIpChainGeographicalContext`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS: [Field; 5] = [
    Field::string("city").about("The city"),
    Field::string("state").about("The state or province"),
    Field::string("country").about("The country"),
    Field::string("postalCode").about("The postal code"),
    Field::new(
            "geolocation",
            Kind::Object(
                &SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS,
            ),
        )
        .about("The place on the globe"),
];

/// The place on the globe
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogRequestIpChainGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl<'a> ReadMembers<'a> for SystemLogRequestIpChainGeographicalContextGeolocation {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<2> = Members::new(
            &SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS,
        );
        let mut places: Places<'_, 'a, 2> = [&mut self.lat, &mut self.lon];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for SystemLogRequestIpChainGeographicalContextGeolocation {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 2> = [&self.lat, &self.lon];
        then(
            &SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS,
            &values,
        );
    }
}

impl PartialEq for SystemLogRequestIpChainGeographicalContextGeolocation {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for SystemLogRequestIpChainGeographicalContextGeolocation {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "SystemLogRequestIpChainGeographicalContextGeolocation", f)
    }
}

/// The fields of [`SystemLogRequestIpChainGeographicalContextGeolocation`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS: [Field; 2] = [
    Field::float("lat").about("Degrees north"),
    Field::float("lon").about("Degrees east"),
];
