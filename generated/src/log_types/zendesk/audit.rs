//! Log type `Zendesk.Audit`.
//!
//! Documentation of the vendor: <https://developer.zendesk.com/rest_api/docs/support/audit_logs>
//!
//! @generated from `schemas/zendesk/audit.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{Error, Member, Members, ObjectWriter, ReadMembers, Reader, Text};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// The audit log shows various changes in your Zendesk since the account was created. It saves a
/// record of these changes indefinitely, and you can view the entire change history.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct Audit<'a> {
    /// Values can be 'login', 'create', 'update', or 'destroy'
    pub action: Option<Text<'a>>,
    /// Localized string of action field
    pub action_label: Option<Text<'a>>,
    /// The id of the user creating the ticket
    pub actor_id: Option<i64>,
    /// The name of the user or system that made the change
    pub actor_name: Option<Text<'a>>,
    /// The description of the change that occurred
    pub change_description: Option<Text<'a>>,
    /// The time the audit got created
    pub created_at: Timestamp,
    /// The id automatically assigned upon creation
    pub id: i64,
    /// The IP address of the user doing the audit
    pub ip_address: Option<Text<'a>>,
    /// The id of the item being audited
    pub source_id: Option<i64>,
    /// The name of the item being audited
    pub source_label: Option<Text<'a>>,
    /// The item type being audited
    pub source_type: Option<Text<'a>>,
    /// The URL to access the audit log
    pub url: Option<Text<'a>>,
}

impl<'a> Audit<'a> {
    /// How `created_at` is written.
    const CREATED_AT_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl Object for Audit<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("action", &self.action);
        object.field("action_label", &self.action_label);
        object.field("actor_id", &self.actor_id);
        object.field("actor_name", &self.actor_name);
        object.field("change_description", &self.change_description);
        object.time("created_at", &self.created_at, Audit::CREATED_AT_FORMATS);
        object.field("id", &self.id);
        object.field("ip_address", &self.ip_address);
        object.field("source_id", &self.source_id);
        object.field("source_label", &self.source_label);
        object.field("source_type", &self.source_type);
        object.field("url", &self.url);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Ip, &self.ip_address);
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.created_at)
    }
}

impl Record for Audit<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.id.to_string())
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.created_at)
    }
}

/// Log type `Zendesk.Audit`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| { input.parse::<Audit<'_>>().map(|record| then(&record)) },
);

/// The members of [`Audit`].
static AUDIT_MEMBERS: Members<12> = Members::new([
    Member::new(",\"action\":"),
    Member::new(",\"action_label\":"),
    Member::new(",\"actor_id\":"),
    Member::new(",\"actor_name\":"),
    Member::new(",\"change_description\":"),
    Member::new(",\"created_at\":").times(Audit::CREATED_AT_FORMATS).required(),
    Member::new(",\"id\":").required(),
    Member::new(",\"ip_address\":"),
    Member::new(",\"source_id\":"),
    Member::new(",\"source_label\":"),
    Member::new(",\"source_type\":"),
    Member::new(",\"url\":"),
]);

impl<'a> ReadMembers<'a> for Audit<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.action,
                    &mut self.action_label,
                    &mut self.actor_id,
                    &mut self.actor_name,
                    &mut self.change_description,
                    &mut self.created_at,
                    &mut self.id,
                    &mut self.ip_address,
                    &mut self.source_id,
                    &mut self.source_label,
                    &mut self.source_type,
                    &mut self.url,
                ],
            )
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Zendesk.Audit",
    description: "The audit log shows various changes in your Zendesk since the account was created. It saves a record of these changes indefinitely, and you can view the entire change history.",
    reference_url: "https://developer.zendesk.com/rest_api/docs/support/audit_logs",
    fingerprint: "f539926eb6d96a47",
    fields: &[
        Field::new(
            "action",
            Kind::String,
            "Values can be 'login', 'create', 'update', or 'destroy'",
        ),
        Field::new("action_label", Kind::String, "Localized string of action field"),
        Field::new("actor_id", Kind::BigInt, "The id of the user creating the ticket"),
        Field::new(
            "actor_name",
            Kind::String,
            "The name of the user or system that made the change",
        ),
        Field::new(
            "change_description",
            Kind::String,
            "The description of the change that occurred",
        ),
        Field::new(
                "created_at",
                Kind::Timestamp(Audit::CREATED_AT_FORMATS),
                "The time the audit got created",
            )
            .required()
            .event_time(),
        Field::new("id", Kind::BigInt, "The id automatically assigned upon creation")
            .required(),
        Field::new(
                "ip_address",
                Kind::String,
                "The IP address of the user doing the audit",
            )
            .indicators(&[Indicator::Ip]),
        Field::new("source_id", Kind::BigInt, "The id of the item being audited"),
        Field::new("source_label", Kind::String, "The name of the item being audited"),
        Field::new("source_type", Kind::String, "The item type being audited"),
        Field::new("url", Kind::String, "The URL to access the audit log"),
    ],
};
