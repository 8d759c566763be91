//! Log type `Okta.SystemLog`.
//!
//! Documentation of the vendor: <https://developer.okta.com/docs/reference/api/system-log/>
//!
//! @generated from `schemas/okta/system_log.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{
    Error, Member, Members, ObjectWriter, RawJson, ReadMembers, Reader, Text,
};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What people, administrators and Okta itself did in an Okta organisation, one `LogEvent` each.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// How `published` is written.
    const PUBLISHED_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl Object for SystemLog<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.time("published", &self.published, SystemLog::PUBLISHED_FORMATS);
        object.field("eventType", &self.event_type);
        object.field("legacyEventType", &self.legacy_event_type);
        object.field("version", &self.version);
        object.field("severity", &self.severity);
        object.field("displayMessage", &self.display_message);
        object.field("actor", &self.actor);
        object.field("client", &self.client);
        object.field("device", &self.device);
        object.field("authenticationContext", &self.authentication_context);
        object.field("securityContext", &self.security_context);
        object.field("outcome", &self.outcome);
        object.field("target", &self.target);
        object.field("transaction", &self.transaction);
        object.field("debugContext", &self.debug_context);
        object.field("request", &self.request);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        if let Some(object) = &self.actor {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.client {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.device {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.authentication_context {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.security_context {
            object.collect_indicators(indicators);
        }
        for object in self.target.iter().flatten() {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.transaction {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.request {
            object.collect_indicators(indicators);
        }
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.published)
    }
}

impl Record for SystemLog<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.published)
    }
}

/// Log type `Okta.SystemLog`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| { input.parse::<SystemLog<'_>>().map(|record| then(&record)) },
);

/// The members of [`SystemLog`].
static SYSTEM_LOG_MEMBERS: Members<17> = Members::new([
    Member::new(",\"uuid\":").required(),
    Member::new(",\"published\":").times(SystemLog::PUBLISHED_FORMATS).required(),
    Member::new(",\"eventType\":").required(),
    Member::new(",\"legacyEventType\":"),
    Member::new(",\"version\":"),
    Member::new(",\"severity\":"),
    Member::new(",\"displayMessage\":"),
    Member::new(",\"actor\":"),
    Member::new(",\"client\":"),
    Member::new(",\"device\":"),
    Member::new(",\"authenticationContext\":"),
    Member::new(",\"securityContext\":"),
    Member::new(",\"outcome\":"),
    Member::new(",\"target\":"),
    Member::new(",\"transaction\":"),
    Member::new(",\"debugContext\":"),
    Member::new(",\"request\":"),
]);

impl<'a> ReadMembers<'a> for SystemLog<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_MEMBERS
            .read(
                reader,
                &mut [
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
                ],
            )
    }
}

/// Who did it
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogActor<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("type", &self.r#type);
        object.field("alternateId", &self.alternate_id);
        object.field("displayName", &self.display_name);
        object.field("detailEntry", &self.detail_entry);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.id);
        indicators.collect(Indicator::Email, &self.alternate_id);
        indicators.collect(Indicator::Username, &self.alternate_id);
    }
}

/// The members of [`SystemLogActor`].
static SYSTEM_LOG_ACTOR_MEMBERS: Members<5> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"type\":"),
    Member::new(",\"alternateId\":"),
    Member::new(",\"displayName\":"),
    Member::new(",\"detailEntry\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogActor<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_ACTOR_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.id,
                    &mut self.r#type,
                    &mut self.alternate_id,
                    &mut self.display_name,
                    &mut self.detail_entry,
                ],
            )
    }
}

/// What the request was made with, and from where
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogClient<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("userAgent", &self.user_agent);
        object.field("zone", &self.zone);
        object.field("device", &self.device);
        object.field("ipAddress", &self.ip_address);
        object.field("geographicalContext", &self.geographical_context);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Ip, &self.ip_address);
    }
}

/// The members of [`SystemLogClient`].
static SYSTEM_LOG_CLIENT_MEMBERS: Members<6> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"userAgent\":"),
    Member::new(",\"zone\":"),
    Member::new(",\"device\":"),
    Member::new(",\"ipAddress\":"),
    Member::new(",\"geographicalContext\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogClient<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_CLIENT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.id,
                    &mut self.user_agent,
                    &mut self.zone,
                    &mut self.device,
                    &mut self.ip_address,
                    &mut self.geographical_context,
                ],
            )
    }
}

/// The program
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogClientUserAgent<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("rawUserAgent", &self.raw_user_agent);
        object.field("os", &self.os);
        object.field("browser", &self.browser);
    }
}

/// The members of [`SystemLogClientUserAgent`].
static SYSTEM_LOG_CLIENT_USER_AGENT_MEMBERS: Members<3> = Members::new([
    Member::new(",\"rawUserAgent\":"),
    Member::new(",\"os\":"),
    Member::new(",\"browser\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogClientUserAgent<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_CLIENT_USER_AGENT_MEMBERS
            .read(
                reader,
                &mut [&mut self.raw_user_agent, &mut self.os, &mut self.browser],
            )
    }
}

/// Where that address is
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogClientGeographicalContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("city", &self.city);
        object.field("state", &self.state);
        object.field("country", &self.country);
        object.field("postalCode", &self.postal_code);
        object.field("geolocation", &self.geolocation);
    }
}

/// The members of [`SystemLogClientGeographicalContext`].
static SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_MEMBERS: Members<5> = Members::new([
    Member::new(",\"city\":"),
    Member::new(",\"state\":"),
    Member::new(",\"country\":"),
    Member::new(",\"postalCode\":"),
    Member::new(",\"geolocation\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogClientGeographicalContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.city,
                    &mut self.state,
                    &mut self.country,
                    &mut self.postal_code,
                    &mut self.geolocation,
                ],
            )
    }
}

/// The place on the globe
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogClientGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl Object for SystemLogClientGeographicalContextGeolocation {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("lat", &self.lat);
        object.field("lon", &self.lon);
    }
}

/// The members of [`SystemLogClientGeographicalContextGeolocation`].
static SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_MEMBERS: Members<2> = Members::new([
    Member::new(",\"lat\":"),
    Member::new(",\"lon\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogClientGeographicalContextGeolocation {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_MEMBERS
            .read(reader, &mut [&mut self.lat, &mut self.lon])
    }
}

/// The registered device that the request came from
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogDevice<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("name", &self.name);
        object.field("os_platform", &self.os_platform);
        object.field("os_version", &self.os_version);
        object.field("managed", &self.managed);
        object.field("registered", &self.registered);
        object.field("device_integrator", &self.device_integrator);
        object.field("disk_encryption_type", &self.disk_encryption_type);
        object.field("screen_lock_type", &self.screen_lock_type);
        object.field("jailbreak", &self.jailbreak);
        object.field("secure_hardware_present", &self.secure_hardware_present);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Hostname, &self.name);
    }
}

/// The members of [`SystemLogDevice`].
static SYSTEM_LOG_DEVICE_MEMBERS: Members<11> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"name\":"),
    Member::new(",\"os_platform\":"),
    Member::new(",\"os_version\":"),
    Member::new(",\"managed\":"),
    Member::new(",\"registered\":"),
    Member::new(",\"device_integrator\":"),
    Member::new(",\"disk_encryption_type\":"),
    Member::new(",\"screen_lock_type\":"),
    Member::new(",\"jailbreak\":"),
    Member::new(",\"secure_hardware_present\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogDevice<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_DEVICE_MEMBERS
            .read(
                reader,
                &mut [
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
                ],
            )
    }
}

/// How the actor proved who it is
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogAuthenticationContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("authenticationProvider", &self.authentication_provider);
        object.field("credentialProvider", &self.credential_provider);
        object.field("credentialType", &self.credential_type);
        object.field("issuer", &self.issuer);
        object.field("interface", &self.interface);
        object.field("authenticationStep", &self.authentication_step);
        object.field("externalSessionId", &self.external_session_id);
        object.field("rootSessionId", &self.root_session_id);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::TraceId, &self.external_session_id);
        indicators.collect(Indicator::TraceId, &self.root_session_id);
    }
}

/// The members of [`SystemLogAuthenticationContext`].
static SYSTEM_LOG_AUTHENTICATION_CONTEXT_MEMBERS: Members<8> = Members::new([
    Member::new(",\"authenticationProvider\":"),
    Member::new(",\"credentialProvider\":"),
    Member::new(",\"credentialType\":"),
    Member::new(",\"issuer\":"),
    Member::new(",\"interface\":"),
    Member::new(",\"authenticationStep\":"),
    Member::new(",\"externalSessionId\":"),
    Member::new(",\"rootSessionId\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogAuthenticationContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_AUTHENTICATION_CONTEXT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.authentication_provider,
                    &mut self.credential_provider,
                    &mut self.credential_type,
                    &mut self.issuer,
                    &mut self.interface,
                    &mut self.authentication_step,
                    &mut self.external_session_id,
                    &mut self.root_session_id,
                ],
            )
    }
}

/// Who issued the credential
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogAuthenticationContextIssuer<'a> {
    /// Identifies the issuer
    pub id: Option<Text<'a>>,
    /// What kind of issuer it is
    pub r#type: Option<Text<'a>>,
}

impl Object for SystemLogAuthenticationContextIssuer<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("type", &self.r#type);
    }
}

/// The members of [`SystemLogAuthenticationContextIssuer`].
static SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_MEMBERS: Members<2> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"type\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogAuthenticationContextIssuer<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_MEMBERS
            .read(reader, &mut [&mut self.id, &mut self.r#type])
    }
}

/// Whom the address belongs to
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogSecurityContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("asNumber", &self.as_number);
        object.field("asOrg", &self.as_org);
        object.field("isp", &self.isp);
        object.field("domain", &self.domain);
        object.field("isProxy", &self.is_proxy);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Domain, &self.domain);
    }
}

/// The members of [`SystemLogSecurityContext`].
static SYSTEM_LOG_SECURITY_CONTEXT_MEMBERS: Members<5> = Members::new([
    Member::new(",\"asNumber\":"),
    Member::new(",\"asOrg\":"),
    Member::new(",\"isp\":"),
    Member::new(",\"domain\":"),
    Member::new(",\"isProxy\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogSecurityContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_SECURITY_CONTEXT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.as_number,
                    &mut self.as_org,
                    &mut self.isp,
                    &mut self.domain,
                    &mut self.is_proxy,
                ],
            )
    }
}

/// How it ended
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogOutcome<'a> {
    /// SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN
    pub result: Option<Text<'a>>,
    /// Why, such as `INVALID_CREDENTIALS`
    pub reason: Option<Text<'a>>,
}

impl Object for SystemLogOutcome<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("result", &self.result);
        object.field("reason", &self.reason);
    }
}

/// The members of [`SystemLogOutcome`].
static SYSTEM_LOG_OUTCOME_MEMBERS: Members<2> = Members::new([
    Member::new(",\"result\":"),
    Member::new(",\"reason\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogOutcome<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_OUTCOME_MEMBERS
            .read(reader, &mut [&mut self.result, &mut self.reason])
    }
}

/// What was acted upon
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogTarget<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("type", &self.r#type);
        object.field("alternateId", &self.alternate_id);
        object.field("displayName", &self.display_name);
        object.field("detailEntry", &self.detail_entry);
        object.field("changeDetails", &self.change_details);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Email, &self.alternate_id);
        indicators.collect(Indicator::Username, &self.alternate_id);
    }
}

/// The members of [`SystemLogTarget`].
static SYSTEM_LOG_TARGET_MEMBERS: Members<6> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"type\":"),
    Member::new(",\"alternateId\":"),
    Member::new(",\"displayName\":"),
    Member::new(",\"detailEntry\":"),
    Member::new(",\"changeDetails\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogTarget<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_TARGET_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.id,
                    &mut self.r#type,
                    &mut self.alternate_id,
                    &mut self.display_name,
                    &mut self.detail_entry,
                    &mut self.change_details,
                ],
            )
    }
}

/// The unit of work that the event belongs to
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogTransaction<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("type", &self.r#type);
        object.field("detail", &self.detail);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::TraceId, &self.id);
    }
}

/// The members of [`SystemLogTransaction`].
static SYSTEM_LOG_TRANSACTION_MEMBERS: Members<3> = Members::new([
    Member::new(",\"id\":"),
    Member::new(",\"type\":"),
    Member::new(",\"detail\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogTransaction<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_TRANSACTION_MEMBERS
            .read(reader, &mut [&mut self.id, &mut self.r#type, &mut self.detail])
    }
}

/// What helps to find out why; its form may change at any time
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogDebugContext<'a> {
    /// The members depend on the event
    #[cfg_attr(feature = "serde", serde(rename = "debugData"))]
    pub debug_data: Option<RawJson<'a>>,
}

impl Object for SystemLogDebugContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("debugData", &self.debug_data);
    }
}

/// The members of [`SystemLogDebugContext`].
static SYSTEM_LOG_DEBUG_CONTEXT_MEMBERS: Members<1> = Members::new([
    Member::new(",\"debugData\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogDebugContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_DEBUG_CONTEXT_MEMBERS.read(reader, &mut [&mut self.debug_data])
    }
}

/// The way that the request took
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogRequest<'a> {
    /// The addresses that it passed, the client's first
    #[cfg_attr(feature = "serde", serde(rename = "ipChain", default))]
    pub ip_chain: Vec<Option<SystemLogRequestIpChain<'a>>>,
}

impl Object for SystemLogRequest<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("ipChain", &self.ip_chain);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        for object in self.ip_chain.iter().flatten() {
            object.collect_indicators(indicators);
        }
    }
}

/// The members of [`SystemLogRequest`].
static SYSTEM_LOG_REQUEST_MEMBERS: Members<1> = Members::new([
    Member::new(",\"ipChain\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogRequest<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_REQUEST_MEMBERS.read(reader, &mut [&mut self.ip_chain])
    }
}

/// The addresses that it passed, the client's first
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogRequestIpChain<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("ip", &self.ip);
        object.field("version", &self.version);
        object.field("source", &self.source);
        object.field("geographicalContext", &self.geographical_context);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Ip, &self.ip);
    }
}

/// The members of [`SystemLogRequestIpChain`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_MEMBERS: Members<4> = Members::new([
    Member::new(",\"ip\":"),
    Member::new(",\"version\":"),
    Member::new(",\"source\":"),
    Member::new(",\"geographicalContext\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogRequestIpChain<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_REQUEST_IP_CHAIN_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.ip,
                    &mut self.version,
                    &mut self.source,
                    &mut self.geographical_context,
                ],
            )
    }
}

/// Where the address is
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for SystemLogRequestIpChainGeographicalContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("city", &self.city);
        object.field("state", &self.state);
        object.field("country", &self.country);
        object.field("postalCode", &self.postal_code);
        object.field("geolocation", &self.geolocation);
    }
}

/// The members of [`SystemLogRequestIpChainGeographicalContext`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_MEMBERS: Members<5> = Members::new([
    Member::new(",\"city\":"),
    Member::new(",\"state\":"),
    Member::new(",\"country\":"),
    Member::new(",\"postalCode\":"),
    Member::new(",\"geolocation\":"),
]);

impl<'a> ReadMembers<'a> for SystemLogRequestIpChainGeographicalContext<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.city,
                    &mut self.state,
                    &mut self.country,
                    &mut self.postal_code,
                    &mut self.geolocation,
                ],
            )
    }
}

/// The place on the globe
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogRequestIpChainGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl Object for SystemLogRequestIpChainGeographicalContextGeolocation {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("lat", &self.lat);
        object.field("lon", &self.lon);
    }
}

/// The members of [`SystemLogRequestIpChainGeographicalContextGeolocation`].
static SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_MEMBERS: Members<
    2,
> = Members::new([Member::new(",\"lat\":"), Member::new(",\"lon\":")]);

impl<'a> ReadMembers<'a> for SystemLogRequestIpChainGeographicalContextGeolocation {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_MEMBERS
            .read(reader, &mut [&mut self.lat, &mut self.lon])
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Okta.SystemLog",
    description: "What people, administrators and Okta itself did in an Okta organisation, one `LogEvent` each.",
    reference_url: "https://developer.okta.com/docs/reference/api/system-log/",
    fingerprint: "b16b689b05160ae8",
    fields: &[
        Field::new("uuid", Kind::String, "Identifies the event").required(),
        Field::new(
                "published",
                Kind::Timestamp(SystemLog::PUBLISHED_FORMATS),
                "When the event happened",
            )
            .required()
            .event_time(),
        Field::new(
                "eventType",
                Kind::String,
                "What happened, such as `user.session.start`",
            )
            .required(),
        Field::new(
            "legacyEventType",
            Kind::String,
            "The name of the same event in the older Events API",
        ),
        Field::new("version", Kind::String, "The version of the event's form"),
        Field::new("severity", Kind::String, "DEBUG, INFO, WARN or ERROR"),
        Field::new("displayMessage", Kind::String, "What happened, in words"),
        Field::new("actor", Kind::Object(SYSTEM_LOG_ACTOR_FIELDS), "Who did it"),
        Field::new(
            "client",
            Kind::Object(SYSTEM_LOG_CLIENT_FIELDS),
            "What the request was made with, and from where",
        ),
        Field::new(
            "device",
            Kind::Object(SYSTEM_LOG_DEVICE_FIELDS),
            "The registered device that the request came from",
        ),
        Field::new(
            "authenticationContext",
            Kind::Object(SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS),
            "How the actor proved who it is",
        ),
        Field::new(
            "securityContext",
            Kind::Object(SYSTEM_LOG_SECURITY_CONTEXT_FIELDS),
            "Whom the address belongs to",
        ),
        Field::new("outcome", Kind::Object(SYSTEM_LOG_OUTCOME_FIELDS), "How it ended"),
        Field::new(
            "target",
            Kind::Array(&Kind::Object(SYSTEM_LOG_TARGET_FIELDS)),
            "What was acted upon",
        ),
        Field::new(
            "transaction",
            Kind::Object(SYSTEM_LOG_TRANSACTION_FIELDS),
            "The unit of work that the event belongs to",
        ),
        Field::new(
            "debugContext",
            Kind::Object(SYSTEM_LOG_DEBUG_CONTEXT_FIELDS),
            "What helps to find out why; its form may change at any time",
        ),
        Field::new(
            "request",
            Kind::Object(SYSTEM_LOG_REQUEST_FIELDS),
            "The way that the request took",
        ),
    ],
};

/// The fields of [`SystemLogActor`].
const SYSTEM_LOG_ACTOR_FIELDS: &[Field] = &[
    Field::new("id", Kind::String, "Identifies the entity in the organisation")
        .indicators(&[Indicator::ActorId]),
    Field::new(
        "type",
        Kind::String,
        "What kind of entity it is, such as `User` or `AppInstance`",
    ),
    Field::new(
            "alternateId",
            Kind::String,
            "What people know it by; of a user, the login, which mostly is an e-mail address",
        )
        .indicators(&[Indicator::Email, Indicator::Username]),
    Field::new("displayName", Kind::String, "Its name as it is shown"),
    Field::new(
        "detailEntry",
        Kind::Json,
        "More about it; its members depend on the type",
    ),
];

/// The fields of [`SystemLogClient`].
const SYSTEM_LOG_CLIENT_FIELDS: &[Field] = &[
    Field::new(
        "id",
        Kind::String,
        "Identifies the OAuth client, if the request was made by one",
    ),
    Field::new(
        "userAgent",
        Kind::Object(SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS),
        "The program",
    ),
    Field::new("zone", Kind::String, "The network zone that the address belongs to"),
    Field::new("device", Kind::String, "What kind of device it is, such as Computer"),
    Field::new("ipAddress", Kind::String, "The address that the request came from")
        .indicators(&[Indicator::Ip]),
    Field::new(
        "geographicalContext",
        Kind::Object(SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS),
        "Where that address is",
    ),
];

/// The fields of [`SystemLogClientUserAgent`].
const SYSTEM_LOG_CLIENT_USER_AGENT_FIELDS: &[Field] = &[
    Field::new("rawUserAgent", Kind::String, "The User-Agent header"),
    Field::new("os", Kind::String, "The operating system that it names"),
    Field::new("browser", Kind::String, "The browser that it names"),
];

/// The fields of [`SystemLogClientGeographicalContext`].
const SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_FIELDS: &[Field] = &[
    Field::new("city", Kind::String, "The city"),
    Field::new("state", Kind::String, "The state or province"),
    Field::new("country", Kind::String, "The country"),
    Field::new("postalCode", Kind::String, "The postal code"),
    Field::new(
        "geolocation",
        Kind::Object(SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS),
        "The place on the globe",
    ),
];

/// The fields of [`SystemLogClientGeographicalContextGeolocation`].
const SYSTEM_LOG_CLIENT_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS: &[Field] = &[
    Field::new("lat", Kind::Float, "Degrees north"),
    Field::new("lon", Kind::Float, "Degrees east"),
];

/// The fields of [`SystemLogDevice`].
const SYSTEM_LOG_DEVICE_FIELDS: &[Field] = &[
    Field::new("id", Kind::String, "Identifies the device"),
    Field::new("name", Kind::String, "Its name").indicators(&[Indicator::Hostname]),
    Field::new("os_platform", Kind::String, "Its platform"),
    Field::new("os_version", Kind::String, "The version of its system"),
    Field::new("managed", Kind::Boolean, "Whether it is managed"),
    Field::new("registered", Kind::Boolean, "Whether it is registered"),
    Field::new(
        "device_integrator",
        Kind::Json,
        "What an integrated device manager tells of it",
    ),
    Field::new("disk_encryption_type", Kind::String, "How its disk is encrypted"),
    Field::new("screen_lock_type", Kind::String, "How its screen is locked"),
    Field::new("jailbreak", Kind::Boolean, "Whether it is jailbroken"),
    Field::new(
        "secure_hardware_present",
        Kind::Boolean,
        "Whether it has secure hardware",
    ),
];

/// The fields of [`SystemLogAuthenticationContext`].
const SYSTEM_LOG_AUTHENTICATION_CONTEXT_FIELDS: &[Field] = &[
    Field::new(
        "authenticationProvider",
        Kind::String,
        "The system that proved it, such as `OKTA_AUTHENTICATION_PROVIDER`",
    ),
    Field::new(
        "credentialProvider",
        Kind::String,
        "The system that keeps the credential",
    ),
    Field::new(
        "credentialType",
        Kind::String,
        "What kind of credential it was, such as PASSWORD or OTP",
    ),
    Field::new(
        "issuer",
        Kind::Object(SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS),
        "Who issued the credential",
    ),
    Field::new(
        "interface",
        Kind::String,
        "The interface that was used, such as Outlook",
    ),
    Field::new(
        "authenticationStep",
        Kind::Int,
        "The number of the step; 0 in most events",
    ),
    Field::new("externalSessionId", Kind::String, "Identifies the session of the actor")
        .indicators(&[Indicator::TraceId]),
    Field::new(
            "rootSessionId",
            Kind::String,
            "Identifies the session that this one began from",
        )
        .indicators(&[Indicator::TraceId]),
];

/// The fields of [`SystemLogAuthenticationContextIssuer`].
const SYSTEM_LOG_AUTHENTICATION_CONTEXT_ISSUER_FIELDS: &[Field] = &[
    Field::new("id", Kind::String, "Identifies the issuer"),
    Field::new("type", Kind::String, "What kind of issuer it is"),
];

/// The fields of [`SystemLogSecurityContext`].
const SYSTEM_LOG_SECURITY_CONTEXT_FIELDS: &[Field] = &[
    Field::new("asNumber", Kind::BigInt, "The number of the autonomous system"),
    Field::new("asOrg", Kind::String, "The organisation of the autonomous system"),
    Field::new("isp", Kind::String, "The Internet provider"),
    Field::new("domain", Kind::String, "The domain name of the address's owner")
        .indicators(&[Indicator::Domain]),
    Field::new("isProxy", Kind::Boolean, "Whether the address is a known proxy"),
];

/// The fields of [`SystemLogOutcome`].
const SYSTEM_LOG_OUTCOME_FIELDS: &[Field] = &[
    Field::new(
        "result",
        Kind::String,
        "SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN",
    ),
    Field::new("reason", Kind::String, "Why, such as `INVALID_CREDENTIALS`"),
];

/// The fields of [`SystemLogTarget`].
const SYSTEM_LOG_TARGET_FIELDS: &[Field] = &[
    Field::new("id", Kind::String, "Identifies the entity in the organisation"),
    Field::new(
        "type",
        Kind::String,
        "What kind of entity it is, such as `User` or `AppInstance`",
    ),
    Field::new("alternateId", Kind::String, "What people know it by")
        .indicators(&[Indicator::Email, Indicator::Username]),
    Field::new("displayName", Kind::String, "Its name as it is shown"),
    Field::new(
        "detailEntry",
        Kind::Json,
        "More about it; its members depend on the type",
    ),
    Field::new("changeDetails", Kind::Json, "What was changed, from and to"),
];

/// The fields of [`SystemLogTransaction`].
const SYSTEM_LOG_TRANSACTION_FIELDS: &[Field] = &[
    Field::new("id", Kind::String, "Identifies the unit of work")
        .indicators(&[Indicator::TraceId]),
    Field::new(
        "type",
        Kind::String,
        "WEB for a request, JOB for work in the background",
    ),
    Field::new("detail", Kind::Json, "More about it, such as the id of the API token"),
];

/// The fields of [`SystemLogDebugContext`].
const SYSTEM_LOG_DEBUG_CONTEXT_FIELDS: &[Field] = &[
    Field::new("debugData", Kind::Json, "The members depend on the event"),
];

/// The fields of [`SystemLogRequest`].
const SYSTEM_LOG_REQUEST_FIELDS: &[Field] = &[
    Field::new(
        "ipChain",
        Kind::Array(&Kind::Object(SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS)),
        "The addresses that it passed, the client's first",
    ),
];

/// The fields of [`SystemLogRequestIpChain`].
const SYSTEM_LOG_REQUEST_IP_CHAIN_FIELDS: &[Field] = &[
    Field::new("ip", Kind::String, "The address").indicators(&[Indicator::Ip]),
    Field::new("version", Kind::String, "V4 or V6"),
    Field::new("source", Kind::String, "What the address is known from"),
    Field::new(
        "geographicalContext",
        Kind::Object(SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS),
        "Where the address is",
    ),
];

/// The fields of [`SystemLogRequestIpChainGeographicalContext`].
const SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_FIELDS: &[Field] = &[
    Field::new("city", Kind::String, "The city"),
    Field::new("state", Kind::String, "The state or province"),
    Field::new("country", Kind::String, "The country"),
    Field::new("postalCode", Kind::String, "The postal code"),
    Field::new(
        "geolocation",
        Kind::Object(
            SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS,
        ),
        "The place on the globe",
    ),
];

/// The fields of [`SystemLogRequestIpChainGeographicalContextGeolocation`].
const SYSTEM_LOG_REQUEST_IP_CHAIN_GEOGRAPHICAL_CONTEXT_GEOLOCATION_FIELDS: &[Field] = &[
    Field::new("lat", Kind::Float, "Degrees north"),
    Field::new("lon", Kind::Float, "Degrees east"),
];
