//! Log type `Okta.SystemLog`.
//!
//! Documentation of the vendor: <https://developer.okta.com/docs/reference/api/system-log/>
//!
//! @generated from `schemas/okta/system_log.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{Error, ObjectWriter, RawJson, Reader, Slot, Text};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What people, administrators and Okta itself did in an Okta organisation, one `LogEvent` each.
#[derive(Clone, Debug, PartialEq)]
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
        Reader::read(input, Self::read)
    }

    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut uuid = Slot::Empty;
        let mut published = Slot::Empty;
        let mut event_type = Slot::Empty;
        let mut legacy_event_type = Slot::Empty;
        let mut version = Slot::Empty;
        let mut severity = Slot::Empty;
        let mut display_message = Slot::Empty;
        let mut actor = Slot::Empty;
        let mut client = Slot::Empty;
        let mut device = Slot::Empty;
        let mut authentication_context = Slot::Empty;
        let mut security_context = Slot::Empty;
        let mut outcome = Slot::Empty;
        let mut target = Slot::Empty;
        let mut transaction = Slot::Empty;
        let mut debug_context = Slot::Empty;
        let mut request = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "uuid" => uuid = reader.string()?,
                "published" => {
                    published = reader.timestamp(SystemLog::PUBLISHED_FORMATS)?;
                }
                "eventType" => event_type = reader.string()?,
                "legacyEventType" => legacy_event_type = reader.string()?,
                "version" => version = reader.string()?,
                "severity" => severity = reader.string()?,
                "displayMessage" => display_message = reader.string()?,
                "actor" => actor = reader.object(SystemLogActor::read)?,
                "client" => client = reader.object(SystemLogClient::read)?,
                "device" => device = reader.object(SystemLogDevice::read)?,
                "authenticationContext" => {
                    authentication_context = reader
                        .object(SystemLogAuthenticationContext::read)?;
                }
                "securityContext" => {
                    security_context = reader.object(SystemLogSecurityContext::read)?;
                }
                "outcome" => outcome = reader.object(SystemLogOutcome::read)?,
                "target" => {
                    target = reader.array(|reader| reader.object(SystemLogTarget::read))?;
                }
                "transaction" => transaction = reader.object(SystemLogTransaction::read)?,
                "debugContext" => {
                    debug_context = reader.object(SystemLogDebugContext::read)?;
                }
                "request" => request = reader.object(SystemLogRequest::read)?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            uuid: uuid.required("uuid")?,
            published: published.required("published")?,
            event_type: event_type.required("eventType")?,
            legacy_event_type: legacy_event_type.optional("legacyEventType")?,
            version: version.optional("version")?,
            severity: severity.optional("severity")?,
            display_message: display_message.optional("displayMessage")?,
            actor: actor.optional("actor")?,
            client: client.optional("client")?,
            device: device.optional("device")?,
            authentication_context: authentication_context
                .optional("authenticationContext")?,
            security_context: security_context.optional("securityContext")?,
            outcome: outcome.optional("outcome")?,
            target: target.optional("target")?.unwrap_or_default(),
            transaction: transaction.optional("transaction")?,
            debug_context: debug_context.optional("debugContext")?,
            request: request.optional("request")?,
        })
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
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |input, then| { SystemLog::parse(input).map(|record| then(&record)) },
);

/// Who did it
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogActor<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut r#type = Slot::Empty;
        let mut alternate_id = Slot::Empty;
        let mut display_name = Slot::Empty;
        let mut detail_entry = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "type" => r#type = reader.string()?,
                "alternateId" => alternate_id = reader.string()?,
                "displayName" => display_name = reader.string()?,
                "detailEntry" => detail_entry = reader.json()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            r#type: r#type.optional("type")?,
            alternate_id: alternate_id.optional("alternateId")?,
            display_name: display_name.optional("displayName")?,
            detail_entry: detail_entry.optional("detailEntry")?,
        })
    }
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

/// What the request was made with, and from where
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogClient<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut user_agent = Slot::Empty;
        let mut zone = Slot::Empty;
        let mut device = Slot::Empty;
        let mut ip_address = Slot::Empty;
        let mut geographical_context = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "userAgent" => {
                    user_agent = reader.object(SystemLogClientUserAgent::read)?;
                }
                "zone" => zone = reader.string()?,
                "device" => device = reader.string()?,
                "ipAddress" => ip_address = reader.string()?,
                "geographicalContext" => {
                    geographical_context = reader
                        .object(SystemLogClientGeographicalContext::read)?;
                }
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            user_agent: user_agent.optional("userAgent")?,
            zone: zone.optional("zone")?,
            device: device.optional("device")?,
            ip_address: ip_address.optional("ipAddress")?,
            geographical_context: geographical_context.optional("geographicalContext")?,
        })
    }
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

/// The program
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogClientUserAgent<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut raw_user_agent = Slot::Empty;
        let mut os = Slot::Empty;
        let mut browser = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "rawUserAgent" => raw_user_agent = reader.string()?,
                "os" => os = reader.string()?,
                "browser" => browser = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            raw_user_agent: raw_user_agent.optional("rawUserAgent")?,
            os: os.optional("os")?,
            browser: browser.optional("browser")?,
        })
    }
}

impl Object for SystemLogClientUserAgent<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("rawUserAgent", &self.raw_user_agent);
        object.field("os", &self.os);
        object.field("browser", &self.browser);
    }
}

/// Where that address is
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogClientGeographicalContext<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut city = Slot::Empty;
        let mut state = Slot::Empty;
        let mut country = Slot::Empty;
        let mut postal_code = Slot::Empty;
        let mut geolocation = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "city" => city = reader.string()?,
                "state" => state = reader.string()?,
                "country" => country = reader.string()?,
                "postalCode" => postal_code = reader.string()?,
                "geolocation" => {
                    geolocation = reader
                        .object(SystemLogClientGeographicalContextGeolocation::read)?;
                }
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            city: city.optional("city")?,
            state: state.optional("state")?,
            country: country.optional("country")?,
            postal_code: postal_code.optional("postalCode")?,
            geolocation: geolocation.optional("geolocation")?,
        })
    }
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

/// The place on the globe
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogClientGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl SystemLogClientGeographicalContextGeolocation {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut lat = Slot::Empty;
        let mut lon = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "lat" => lat = reader.float()?,
                "lon" => lon = reader.float()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            lat: lat.optional("lat")?,
            lon: lon.optional("lon")?,
        })
    }
}

impl Object for SystemLogClientGeographicalContextGeolocation {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("lat", &self.lat);
        object.field("lon", &self.lon);
    }
}

/// The registered device that the request came from
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogDevice<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut name = Slot::Empty;
        let mut os_platform = Slot::Empty;
        let mut os_version = Slot::Empty;
        let mut managed = Slot::Empty;
        let mut registered = Slot::Empty;
        let mut device_integrator = Slot::Empty;
        let mut disk_encryption_type = Slot::Empty;
        let mut screen_lock_type = Slot::Empty;
        let mut jailbreak = Slot::Empty;
        let mut secure_hardware_present = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "name" => name = reader.string()?,
                "os_platform" => os_platform = reader.string()?,
                "os_version" => os_version = reader.string()?,
                "managed" => managed = reader.boolean()?,
                "registered" => registered = reader.boolean()?,
                "device_integrator" => device_integrator = reader.json()?,
                "disk_encryption_type" => disk_encryption_type = reader.string()?,
                "screen_lock_type" => screen_lock_type = reader.string()?,
                "jailbreak" => jailbreak = reader.boolean()?,
                "secure_hardware_present" => secure_hardware_present = reader.boolean()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            name: name.optional("name")?,
            os_platform: os_platform.optional("os_platform")?,
            os_version: os_version.optional("os_version")?,
            managed: managed.optional("managed")?,
            registered: registered.optional("registered")?,
            device_integrator: device_integrator.optional("device_integrator")?,
            disk_encryption_type: disk_encryption_type.optional("disk_encryption_type")?,
            screen_lock_type: screen_lock_type.optional("screen_lock_type")?,
            jailbreak: jailbreak.optional("jailbreak")?,
            secure_hardware_present: secure_hardware_present
                .optional("secure_hardware_present")?,
        })
    }
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

/// How the actor proved who it is
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogAuthenticationContext<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut authentication_provider = Slot::Empty;
        let mut credential_provider = Slot::Empty;
        let mut credential_type = Slot::Empty;
        let mut issuer = Slot::Empty;
        let mut interface = Slot::Empty;
        let mut authentication_step = Slot::Empty;
        let mut external_session_id = Slot::Empty;
        let mut root_session_id = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "authenticationProvider" => authentication_provider = reader.string()?,
                "credentialProvider" => credential_provider = reader.string()?,
                "credentialType" => credential_type = reader.string()?,
                "issuer" => {
                    issuer = reader.object(SystemLogAuthenticationContextIssuer::read)?;
                }
                "interface" => interface = reader.string()?,
                "authenticationStep" => authentication_step = reader.int()?,
                "externalSessionId" => external_session_id = reader.string()?,
                "rootSessionId" => root_session_id = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            authentication_provider: authentication_provider
                .optional("authenticationProvider")?,
            credential_provider: credential_provider.optional("credentialProvider")?,
            credential_type: credential_type.optional("credentialType")?,
            issuer: issuer.optional("issuer")?,
            interface: interface.optional("interface")?,
            authentication_step: authentication_step.optional("authenticationStep")?,
            external_session_id: external_session_id.optional("externalSessionId")?,
            root_session_id: root_session_id.optional("rootSessionId")?,
        })
    }
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

/// Who issued the credential
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogAuthenticationContextIssuer<'a> {
    /// Identifies the issuer
    pub id: Option<Text<'a>>,
    /// What kind of issuer it is
    pub r#type: Option<Text<'a>>,
}

impl<'a> SystemLogAuthenticationContextIssuer<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut r#type = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "type" => r#type = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            r#type: r#type.optional("type")?,
        })
    }
}

impl Object for SystemLogAuthenticationContextIssuer<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("type", &self.r#type);
    }
}

/// Whom the address belongs to
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogSecurityContext<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut as_number = Slot::Empty;
        let mut as_org = Slot::Empty;
        let mut isp = Slot::Empty;
        let mut domain = Slot::Empty;
        let mut is_proxy = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "asNumber" => as_number = reader.bigint()?,
                "asOrg" => as_org = reader.string()?,
                "isp" => isp = reader.string()?,
                "domain" => domain = reader.string()?,
                "isProxy" => is_proxy = reader.boolean()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            as_number: as_number.optional("asNumber")?,
            as_org: as_org.optional("asOrg")?,
            isp: isp.optional("isp")?,
            domain: domain.optional("domain")?,
            is_proxy: is_proxy.optional("isProxy")?,
        })
    }
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

/// How it ended
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogOutcome<'a> {
    /// SUCCESS, FAILURE, SKIPPED, ALLOW, DENY, CHALLENGE or UNKNOWN
    pub result: Option<Text<'a>>,
    /// Why, such as `INVALID_CREDENTIALS`
    pub reason: Option<Text<'a>>,
}

impl<'a> SystemLogOutcome<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut result = Slot::Empty;
        let mut reason = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "result" => result = reader.string()?,
                "reason" => reason = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            result: result.optional("result")?,
            reason: reason.optional("reason")?,
        })
    }
}

impl Object for SystemLogOutcome<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("result", &self.result);
        object.field("reason", &self.reason);
    }
}

/// What was acted upon
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogTarget<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut r#type = Slot::Empty;
        let mut alternate_id = Slot::Empty;
        let mut display_name = Slot::Empty;
        let mut detail_entry = Slot::Empty;
        let mut change_details = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "type" => r#type = reader.string()?,
                "alternateId" => alternate_id = reader.string()?,
                "displayName" => display_name = reader.string()?,
                "detailEntry" => detail_entry = reader.json()?,
                "changeDetails" => change_details = reader.json()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            r#type: r#type.optional("type")?,
            alternate_id: alternate_id.optional("alternateId")?,
            display_name: display_name.optional("displayName")?,
            detail_entry: detail_entry.optional("detailEntry")?,
            change_details: change_details.optional("changeDetails")?,
        })
    }
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

/// The unit of work that the event belongs to
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogTransaction<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut id = Slot::Empty;
        let mut r#type = Slot::Empty;
        let mut detail = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "id" => id = reader.string()?,
                "type" => r#type = reader.string()?,
                "detail" => detail = reader.json()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            id: id.optional("id")?,
            r#type: r#type.optional("type")?,
            detail: detail.optional("detail")?,
        })
    }
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

/// What helps to find out why; its form may change at any time
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogDebugContext<'a> {
    /// The members depend on the event
    #[cfg_attr(feature = "serde", serde(rename = "debugData"))]
    pub debug_data: Option<RawJson<'a>>,
}

impl<'a> SystemLogDebugContext<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut debug_data = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "debugData" => debug_data = reader.json()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            debug_data: debug_data.optional("debugData")?,
        })
    }
}

impl Object for SystemLogDebugContext<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("debugData", &self.debug_data);
    }
}

/// The way that the request took
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct SystemLogRequest<'a> {
    /// The addresses that it passed, the client's first
    #[cfg_attr(feature = "serde", serde(rename = "ipChain", default))]
    pub ip_chain: Vec<Option<SystemLogRequestIpChain<'a>>>,
}

impl<'a> SystemLogRequest<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut ip_chain = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "ipChain" => {
                    ip_chain = reader
                        .array(|reader| reader.object(SystemLogRequestIpChain::read))?;
                }
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            ip_chain: ip_chain.optional("ipChain")?.unwrap_or_default(),
        })
    }
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

/// The addresses that it passed, the client's first
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogRequestIpChain<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut ip = Slot::Empty;
        let mut version = Slot::Empty;
        let mut source = Slot::Empty;
        let mut geographical_context = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "ip" => ip = reader.string()?,
                "version" => version = reader.string()?,
                "source" => source = reader.string()?,
                "geographicalContext" => {
                    geographical_context = reader
                        .object(SystemLogRequestIpChainGeographicalContext::read)?;
                }
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            ip: ip.optional("ip")?,
            version: version.optional("version")?,
            source: source.optional("source")?,
            geographical_context: geographical_context.optional("geographicalContext")?,
        })
    }
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

/// Where the address is
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> SystemLogRequestIpChainGeographicalContext<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut city = Slot::Empty;
        let mut state = Slot::Empty;
        let mut country = Slot::Empty;
        let mut postal_code = Slot::Empty;
        let mut geolocation = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "city" => city = reader.string()?,
                "state" => state = reader.string()?,
                "country" => country = reader.string()?,
                "postalCode" => postal_code = reader.string()?,
                "geolocation" => {
                    geolocation = reader
                        .object(
                            SystemLogRequestIpChainGeographicalContextGeolocation::read,
                        )?;
                }
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            city: city.optional("city")?,
            state: state.optional("state")?,
            country: country.optional("country")?,
            postal_code: postal_code.optional("postalCode")?,
            geolocation: geolocation.optional("geolocation")?,
        })
    }
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

/// The place on the globe
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SystemLogRequestIpChainGeographicalContextGeolocation {
    /// Degrees north
    pub lat: Option<f64>,
    /// Degrees east
    pub lon: Option<f64>,
}

impl SystemLogRequestIpChainGeographicalContextGeolocation {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut lat = Slot::Empty;
        let mut lon = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "lat" => lat = reader.float()?,
                "lon" => lon = reader.float()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            lat: lat.optional("lat")?,
            lon: lon.optional("lon")?,
        })
    }
}

impl Object for SystemLogRequestIpChainGeographicalContextGeolocation {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("lat", &self.lat);
        object.field("lon", &self.lon);
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
