//! Log type `OnePassword.AuditEvent`.
//!
//! Documentation of the vendor: <https://developer.1password.com/docs/events-api/reference/>
//!
//! @generated from `schemas/onepassword/audit_event.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, Places, ReadMembers, Reader, Text, Then, Values, debug,
    equal,
};
use crate::log_type::{Field, Kind, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// Someone changed something in a 1Password account, such as a vault, a group, a person or a setting.
#[derive(Clone, Default)]
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
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for AuditEvent<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<17> = Members::new(&AUDIT_EVENT_FIELDS);
        let mut places: Places<'_, 'a, 17> = [
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
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditEvent<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 17> = [
            &self.uuid,
            &self.timestamp,
            &self.actor_uuid,
            &self.actor_type,
            &self.actor_account_uuid,
            &self.actor_details,
            &self.action,
            &self.object_type,
            &self.object_uuid,
            &self.object_details,
            &self.aux_id,
            &self.aux_uuid,
            &self.aux_details,
            &self.aux_info,
            &self.session,
            &self.location,
            &self.account_uuid,
        ];
        then(&AUDIT_EVENT_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

impl PartialEq for AuditEvent<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEvent<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEvent", f)
    }
}

impl Record for AuditEvent<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }
}

/// Log type `OnePassword.AuditEvent`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.each::<AuditEvent<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "OnePassword.AuditEvent",
    description: "Someone changed something in a 1Password account, such as a vault, a group, a person or a setting.",
    reference_url: "https://developer.1password.com/docs/events-api/reference/",
    fingerprint: "31fb9a015642c669",
    fields: &AUDIT_EVENT_FIELDS,
};

/// The fields of [`AuditEvent`].
static AUDIT_EVENT_FIELDS: [Field; 17] = [
    Field::string("uuid").required().about("Identifies the event"),
    Field::timestamp("timestamp", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("When it happened"),
    Field::string("actor_uuid")
        .required()
        .indicators(&[Indicator::ActorId])
        .about("Identifies who did it"),
    Field::string("actor_type")
        .about("Whether it is a member, or one of an external organisation"),
    Field::string("actor_account_uuid").about("Identifies the account of who did it"),
    Field::new("actor_details", Kind::Object(&AUDIT_EVENT_ACTOR_DETAILS_FIELDS))
        .about("Who did it"),
    Field::string("action")
        .required()
        .about("What was done, such as join, grant or delete"),
    Field::string("object_type")
        .required()
        .about(
            "What kind of thing it was done to, such as gm, the membership of a group",
        ),
    Field::string("object_uuid").about("Identifies that thing"),
    Field::new("object_details", Kind::Object(&AUDIT_EVENT_OBJECT_DETAILS_FIELDS))
        .about("The person that it was done to"),
    Field::bigint("aux_id").about("A number that says more"),
    Field::string("aux_uuid")
        .about(
            "Identifies something else that took part, such as the person who was added to a group",
        ),
    Field::new("aux_details", Kind::Object(&AUDIT_EVENT_AUX_DETAILS_FIELDS))
        .about("The person who took part"),
    Field::string("aux_info").about("A text that says more"),
    Field::new("session", Kind::Object(&AUDIT_EVENT_SESSION_FIELDS))
        .about("The session in which it was done"),
    Field::new("location", Kind::Object(&AUDIT_EVENT_LOCATION_FIELDS))
        .about("Where that address is"),
    Field::string("account_uuid").about("Identifies the account that it belongs to"),
];

/// Who did it
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for AuditEventActorDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3> = Members::new(&AUDIT_EVENT_ACTOR_DETAILS_FIELDS);
        let mut places: Places<'_, 'a, 3> = [
            &mut self.uuid,
            &mut self.name,
            &mut self.email,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditEventActorDetails<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.uuid, &self.name, &self.email];
        then(&AUDIT_EVENT_ACTOR_DETAILS_FIELDS, &values);
    }
}

impl PartialEq for AuditEventActorDetails<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEventActorDetails<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEventActorDetails", f)
    }
}

/// The fields of [`AuditEventActorDetails`].
static AUDIT_EVENT_ACTOR_DETAILS_FIELDS: [Field; 3] = [
    Field::string("uuid")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the person"),
    Field::string("name").indicators(&[Indicator::Username]).about("The person's name"),
    Field::string("email")
        .indicators(&[Indicator::Email])
        .about("The person's e-mail address"),
];

/// The person that it was done to
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for AuditEventObjectDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3> = Members::new(&AUDIT_EVENT_OBJECT_DETAILS_FIELDS);
        let mut places: Places<'_, 'a, 3> = [
            &mut self.uuid,
            &mut self.name,
            &mut self.email,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditEventObjectDetails<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.uuid, &self.name, &self.email];
        then(&AUDIT_EVENT_OBJECT_DETAILS_FIELDS, &values);
    }
}

impl PartialEq for AuditEventObjectDetails<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEventObjectDetails<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEventObjectDetails", f)
    }
}

/// The fields of [`AuditEventObjectDetails`].
static AUDIT_EVENT_OBJECT_DETAILS_FIELDS: [Field; 3] = [
    Field::string("uuid")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the person"),
    Field::string("name").indicators(&[Indicator::Username]).about("The person's name"),
    Field::string("email")
        .indicators(&[Indicator::Email])
        .about("The person's e-mail address"),
];

/// The person who took part
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for AuditEventAuxDetails<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3> = Members::new(&AUDIT_EVENT_AUX_DETAILS_FIELDS);
        let mut places: Places<'_, 'a, 3> = [
            &mut self.uuid,
            &mut self.name,
            &mut self.email,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditEventAuxDetails<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.uuid, &self.name, &self.email];
        then(&AUDIT_EVENT_AUX_DETAILS_FIELDS, &values);
    }
}

impl PartialEq for AuditEventAuxDetails<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEventAuxDetails<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEventAuxDetails", f)
    }
}

/// The fields of [`AuditEventAuxDetails`].
static AUDIT_EVENT_AUX_DETAILS_FIELDS: [Field; 3] = [
    Field::string("uuid")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the person"),
    Field::string("name").indicators(&[Indicator::Username]).about("The person's name"),
    Field::string("email")
        .indicators(&[Indicator::Email])
        .about("The person's e-mail address"),
];

/// The session in which it was done
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for AuditEventSession<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<4> = Members::new(&AUDIT_EVENT_SESSION_FIELDS);
        let mut places: Places<'_, 'a, 4> = [
            &mut self.uuid,
            &mut self.login_time,
            &mut self.device_uuid,
            &mut self.ip,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditEventSession<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [
            &self.uuid,
            &self.login_time,
            &self.device_uuid,
            &self.ip,
        ];
        then(&AUDIT_EVENT_SESSION_FIELDS, &values);
    }
}

impl PartialEq for AuditEventSession<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEventSession<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEventSession", f)
    }
}

/// The fields of [`AuditEventSession`].
static AUDIT_EVENT_SESSION_FIELDS: [Field; 4] = [
    Field::string("uuid")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the session"),
    Field::timestamp("login_time", &[TimeFormat::Rfc3339]).about("When it began"),
    Field::string("device_uuid").about("Identifies the device"),
    Field::string("ip").indicators(&[Indicator::Ip]).about("The address of the device"),
];

/// Where that address is
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for AuditEventLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&AUDIT_EVENT_LOCATION_FIELDS);
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

impl Declared for AuditEventLocation<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.country,
            &self.region,
            &self.city,
            &self.latitude,
            &self.longitude,
        ];
        then(&AUDIT_EVENT_LOCATION_FIELDS, &values);
    }
}

impl PartialEq for AuditEventLocation<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditEventLocation<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditEventLocation", f)
    }
}

/// The fields of [`AuditEventLocation`].
static AUDIT_EVENT_LOCATION_FIELDS: [Field; 5] = [
    Field::string("country").about("The country, two letters"),
    Field::string("region").about("The region"),
    Field::string("city").about("The city"),
    Field::float("latitude").about("Degrees north"),
    Field::float("longitude").about("Degrees east"),
];
