//! Log type `OnePassword.AuditEvent`.
//!
//! Documentation of the vendor: <https://developer.1password.com/docs/events-api/reference/>
//!
//! @generated from `schemas/onepassword/audit_event.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{Error, Member, Members, ObjectWriter, ReadMembers, Reader, Text};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// Someone changed something in a 1Password account, such as a vault, a group, a person or a setting.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEvent<'a> {
    /// Identifies the event
    pub uuid: Text<'a>,
    /// When it happened
    pub timestamp: Timestamp,
    /// Identifies who did it
    pub actor_uuid: Text<'a>,
    /// Whether it is a member, or one of an external organisation
    pub actor_type: Option<Text<'a>>,
    /// Identifies the account of who did it
    pub actor_account_uuid: Option<Text<'a>>,
    /// Who did it
    pub actor_details: Option<AuditEventActorDetails<'a>>,
    /// What was done, such as join, grant or delete
    pub action: Text<'a>,
    /// What kind of thing it was done to, such as gm, the membership of a group
    pub object_type: Text<'a>,
    /// Identifies that thing
    pub object_uuid: Option<Text<'a>>,
    /// The person that it was done to
    pub object_details: Option<AuditEventObjectDetails<'a>>,
    /// A number that says more
    pub aux_id: Option<i64>,
    /// Identifies something else that took part, such as the person who was added to a group
    pub aux_uuid: Option<Text<'a>>,
    /// The person who took part
    pub aux_details: Option<AuditEventAuxDetails<'a>>,
    /// A text that says more
    pub aux_info: Option<Text<'a>>,
    /// The session in which it was done
    pub session: Option<AuditEventSession<'a>>,
    /// Where that address is
    pub location: Option<AuditEventLocation<'a>>,
    /// Identifies the account that it belongs to
    pub account_uuid: Option<Text<'a>>,
}

impl<'a> AuditEvent<'a> {
    /// How `timestamp` is written.
    const TIMESTAMP_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl Object for AuditEvent<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.time("timestamp", &self.timestamp, AuditEvent::TIMESTAMP_FORMATS);
        object.field("actor_uuid", &self.actor_uuid);
        object.field("actor_type", &self.actor_type);
        object.field("actor_account_uuid", &self.actor_account_uuid);
        object.field("actor_details", &self.actor_details);
        object.field("action", &self.action);
        object.field("object_type", &self.object_type);
        object.field("object_uuid", &self.object_uuid);
        object.field("object_details", &self.object_details);
        object.field("aux_id", &self.aux_id);
        object.field("aux_uuid", &self.aux_uuid);
        object.field("aux_details", &self.aux_details);
        object.field("aux_info", &self.aux_info);
        object.field("session", &self.session);
        object.field("location", &self.location);
        object.field("account_uuid", &self.account_uuid);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.actor_uuid);
        if let Some(object) = &self.actor_details {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.object_details {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.aux_details {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.session {
            object.collect_indicators(indicators);
        }
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

impl Record for AuditEvent<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

/// Log type `OnePassword.AuditEvent`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| { input.parse::<AuditEvent<'_>>().map(|record| then(&record)) },
);

/// The members of [`AuditEvent`].
static AUDIT_EVENT_MEMBERS: Members<17> = Members::new([
    Member::new(",\"uuid\":").required(),
    Member::new(",\"timestamp\":").times(AuditEvent::TIMESTAMP_FORMATS).required(),
    Member::new(",\"actor_uuid\":").required(),
    Member::new(",\"actor_type\":"),
    Member::new(",\"actor_account_uuid\":"),
    Member::new(",\"actor_details\":"),
    Member::new(",\"action\":").required(),
    Member::new(",\"object_type\":").required(),
    Member::new(",\"object_uuid\":"),
    Member::new(",\"object_details\":"),
    Member::new(",\"aux_id\":"),
    Member::new(",\"aux_uuid\":"),
    Member::new(",\"aux_details\":"),
    Member::new(",\"aux_info\":"),
    Member::new(",\"session\":"),
    Member::new(",\"location\":"),
    Member::new(",\"account_uuid\":"),
]);

impl<'a> ReadMembers<'a> for AuditEvent<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.uuid,
                    &mut self.timestamp,
                    &mut self.actor_uuid,
                    &mut self.actor_type,
                    &mut self.actor_account_uuid,
                    &mut self.actor_details,
                    &mut self.action,
                    &mut self.object_type,
                    &mut self.object_uuid,
                    &mut self.object_details,
                    &mut self.aux_id,
                    &mut self.aux_uuid,
                    &mut self.aux_details,
                    &mut self.aux_info,
                    &mut self.session,
                    &mut self.location,
                    &mut self.account_uuid,
                ],
            )
    }
}

/// Who did it
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEventActorDetails<'a> {
    /// Identifies the person
    pub uuid: Option<Text<'a>>,
    /// The person's name
    pub name: Option<Text<'a>>,
    /// The person's e-mail address
    pub email: Option<Text<'a>>,
}

impl Object for AuditEventActorDetails<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.field("name", &self.name);
        object.field("email", &self.email);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.uuid);
        indicators.collect(Indicator::Username, &self.name);
        indicators.collect(Indicator::Email, &self.email);
    }
}

/// The members of [`AuditEventActorDetails`].
static AUDIT_EVENT_ACTOR_DETAILS_MEMBERS: Members<3> = Members::new([
    Member::new(",\"uuid\":"),
    Member::new(",\"name\":"),
    Member::new(",\"email\":"),
]);

impl<'a> ReadMembers<'a> for AuditEventActorDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_ACTOR_DETAILS_MEMBERS
            .read(reader, &mut [&mut self.uuid, &mut self.name, &mut self.email])
    }
}

/// The person that it was done to
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEventObjectDetails<'a> {
    /// Identifies the person
    pub uuid: Option<Text<'a>>,
    /// The person's name
    pub name: Option<Text<'a>>,
    /// The person's e-mail address
    pub email: Option<Text<'a>>,
}

impl Object for AuditEventObjectDetails<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.field("name", &self.name);
        object.field("email", &self.email);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.uuid);
        indicators.collect(Indicator::Username, &self.name);
        indicators.collect(Indicator::Email, &self.email);
    }
}

/// The members of [`AuditEventObjectDetails`].
static AUDIT_EVENT_OBJECT_DETAILS_MEMBERS: Members<3> = Members::new([
    Member::new(",\"uuid\":"),
    Member::new(",\"name\":"),
    Member::new(",\"email\":"),
]);

impl<'a> ReadMembers<'a> for AuditEventObjectDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_OBJECT_DETAILS_MEMBERS
            .read(reader, &mut [&mut self.uuid, &mut self.name, &mut self.email])
    }
}

/// The person who took part
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEventAuxDetails<'a> {
    /// Identifies the person
    pub uuid: Option<Text<'a>>,
    /// The person's name
    pub name: Option<Text<'a>>,
    /// The person's e-mail address
    pub email: Option<Text<'a>>,
}

impl Object for AuditEventAuxDetails<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.field("name", &self.name);
        object.field("email", &self.email);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.uuid);
        indicators.collect(Indicator::Username, &self.name);
        indicators.collect(Indicator::Email, &self.email);
    }
}

/// The members of [`AuditEventAuxDetails`].
static AUDIT_EVENT_AUX_DETAILS_MEMBERS: Members<3> = Members::new([
    Member::new(",\"uuid\":"),
    Member::new(",\"name\":"),
    Member::new(",\"email\":"),
]);

impl<'a> ReadMembers<'a> for AuditEventAuxDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_AUX_DETAILS_MEMBERS
            .read(reader, &mut [&mut self.uuid, &mut self.name, &mut self.email])
    }
}

/// The session in which it was done
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEventSession<'a> {
    /// Identifies the session
    pub uuid: Option<Text<'a>>,
    /// When it began
    pub login_time: Option<Timestamp>,
    /// Identifies the device
    pub device_uuid: Option<Text<'a>>,
    /// The address of the device
    pub ip: Option<Text<'a>>,
}

impl AuditEventSession<'_> {
    /// How `login_time` is written.
    const LOGIN_TIME_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];
}

impl Object for AuditEventSession<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object
            .time("login_time", &self.login_time, AuditEventSession::LOGIN_TIME_FORMATS);
        object.field("device_uuid", &self.device_uuid);
        object.field("ip", &self.ip);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::TraceId, &self.uuid);
        indicators.collect(Indicator::Ip, &self.ip);
    }
}

/// The members of [`AuditEventSession`].
static AUDIT_EVENT_SESSION_MEMBERS: Members<4> = Members::new([
    Member::new(",\"uuid\":"),
    Member::new(",\"login_time\":").times(AuditEventSession::LOGIN_TIME_FORMATS),
    Member::new(",\"device_uuid\":"),
    Member::new(",\"ip\":"),
]);

impl<'a> ReadMembers<'a> for AuditEventSession<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_SESSION_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.uuid,
                    &mut self.login_time,
                    &mut self.device_uuid,
                    &mut self.ip,
                ],
            )
    }
}

/// Where that address is
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditEventLocation<'a> {
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

impl Object for AuditEventLocation<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("country", &self.country);
        object.field("region", &self.region);
        object.field("city", &self.city);
        object.field("latitude", &self.latitude);
        object.field("longitude", &self.longitude);
    }
}

/// The members of [`AuditEventLocation`].
static AUDIT_EVENT_LOCATION_MEMBERS: Members<5> = Members::new([
    Member::new(",\"country\":"),
    Member::new(",\"region\":"),
    Member::new(",\"city\":"),
    Member::new(",\"latitude\":"),
    Member::new(",\"longitude\":"),
]);

impl<'a> ReadMembers<'a> for AuditEventLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_EVENT_LOCATION_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.country,
                    &mut self.region,
                    &mut self.city,
                    &mut self.latitude,
                    &mut self.longitude,
                ],
            )
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "OnePassword.AuditEvent",
    description: "Someone changed something in a 1Password account, such as a vault, a group, a person or a setting.",
    reference_url: "https://developer.1password.com/docs/events-api/reference/",
    fingerprint: "31fb9a015642c669",
    fields: &[
        Field::new("uuid", Kind::String, "Identifies the event").required(),
        Field::new(
                "timestamp",
                Kind::Timestamp(AuditEvent::TIMESTAMP_FORMATS),
                "When it happened",
            )
            .required()
            .event_time(),
        Field::new("actor_uuid", Kind::String, "Identifies who did it")
            .required()
            .indicators(&[Indicator::ActorId]),
        Field::new(
            "actor_type",
            Kind::String,
            "Whether it is a member, or one of an external organisation",
        ),
        Field::new(
            "actor_account_uuid",
            Kind::String,
            "Identifies the account of who did it",
        ),
        Field::new(
            "actor_details",
            Kind::Object(AUDIT_EVENT_ACTOR_DETAILS_FIELDS),
            "Who did it",
        ),
        Field::new(
                "action",
                Kind::String,
                "What was done, such as join, grant or delete",
            )
            .required(),
        Field::new(
                "object_type",
                Kind::String,
                "What kind of thing it was done to, such as gm, the membership of a group",
            )
            .required(),
        Field::new("object_uuid", Kind::String, "Identifies that thing"),
        Field::new(
            "object_details",
            Kind::Object(AUDIT_EVENT_OBJECT_DETAILS_FIELDS),
            "The person that it was done to",
        ),
        Field::new("aux_id", Kind::BigInt, "A number that says more"),
        Field::new(
            "aux_uuid",
            Kind::String,
            "Identifies something else that took part, such as the person who was added to a group",
        ),
        Field::new(
            "aux_details",
            Kind::Object(AUDIT_EVENT_AUX_DETAILS_FIELDS),
            "The person who took part",
        ),
        Field::new("aux_info", Kind::String, "A text that says more"),
        Field::new(
            "session",
            Kind::Object(AUDIT_EVENT_SESSION_FIELDS),
            "The session in which it was done",
        ),
        Field::new(
            "location",
            Kind::Object(AUDIT_EVENT_LOCATION_FIELDS),
            "Where that address is",
        ),
        Field::new(
            "account_uuid",
            Kind::String,
            "Identifies the account that it belongs to",
        ),
    ],
};

/// The fields of [`AuditEventActorDetails`].
const AUDIT_EVENT_ACTOR_DETAILS_FIELDS: &[Field] = &[
    Field::new("uuid", Kind::String, "Identifies the person")
        .indicators(&[Indicator::ActorId]),
    Field::new("name", Kind::String, "The person's name")
        .indicators(&[Indicator::Username]),
    Field::new("email", Kind::String, "The person's e-mail address")
        .indicators(&[Indicator::Email]),
];

/// The fields of [`AuditEventObjectDetails`].
const AUDIT_EVENT_OBJECT_DETAILS_FIELDS: &[Field] = &[
    Field::new("uuid", Kind::String, "Identifies the person")
        .indicators(&[Indicator::ActorId]),
    Field::new("name", Kind::String, "The person's name")
        .indicators(&[Indicator::Username]),
    Field::new("email", Kind::String, "The person's e-mail address")
        .indicators(&[Indicator::Email]),
];

/// The fields of [`AuditEventAuxDetails`].
const AUDIT_EVENT_AUX_DETAILS_FIELDS: &[Field] = &[
    Field::new("uuid", Kind::String, "Identifies the person")
        .indicators(&[Indicator::ActorId]),
    Field::new("name", Kind::String, "The person's name")
        .indicators(&[Indicator::Username]),
    Field::new("email", Kind::String, "The person's e-mail address")
        .indicators(&[Indicator::Email]),
];

/// The fields of [`AuditEventSession`].
const AUDIT_EVENT_SESSION_FIELDS: &[Field] = &[
    Field::new("uuid", Kind::String, "Identifies the session")
        .indicators(&[Indicator::TraceId]),
    Field::new(
        "login_time",
        Kind::Timestamp(AuditEventSession::LOGIN_TIME_FORMATS),
        "When it began",
    ),
    Field::new("device_uuid", Kind::String, "Identifies the device"),
    Field::new("ip", Kind::String, "The address of the device")
        .indicators(&[Indicator::Ip]),
];

/// The fields of [`AuditEventLocation`].
const AUDIT_EVENT_LOCATION_FIELDS: &[Field] = &[
    Field::new("country", Kind::String, "The country, two letters"),
    Field::new("region", Kind::String, "The region"),
    Field::new("city", Kind::String, "The city"),
    Field::new("latitude", Kind::Float, "Degrees north"),
    Field::new("longitude", Kind::Float, "Degrees east"),
];
