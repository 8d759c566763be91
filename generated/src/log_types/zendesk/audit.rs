//! Log type `Zendesk.Audit`.
//!
//! Documentation of the vendor: <https://developer.zendesk.com/rest_api/docs/support/audit_logs>
//!
//! @generated from `schemas/zendesk/audit.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, PassOn, Places, ReadMembers, Reader, Text, Then, Values,
    debug, equal,
};
use crate::log_type::{Field, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// The audit log shows various changes in your Zendesk since the account was created. It saves a
/// record of these changes indefinitely, and you can view the entire change history.
#[derive(Clone, Default)]
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
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for Audit<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        let mut places: Places<'_, 'a, 12> = [
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
        ];
        AUDIT_MEMBERS.read(reader, &mut places)
    }
}

impl Declared for Audit<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 12> = [
            &self.action,
            &self.action_label,
            &self.actor_id,
            &self.actor_name,
            &self.change_description,
            &self.created_at,
            &self.id,
            &self.ip_address,
            &self.source_id,
            &self.source_label,
            &self.source_type,
            &self.url,
        ];
        then(&AUDIT_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.created_at)
    }
}

impl PartialEq for Audit<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Audit<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Audit", f)
    }
}

impl Record for Audit<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

/// Log type `Zendesk.Audit`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.pass_on(&PASS_ON, then),
);

/// How [`Audit`] is read.
static AUDIT_MEMBERS: Members<12> = Members::new(&AUDIT_FIELDS);

/// How an event is passed on of which no record is made.
static PASS_ON: PassOn<12> = PassOn::new(&SCHEMA, &AUDIT_MEMBERS)
    .pulled(&["id"], "created_at");

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Zendesk.Audit",
    description: "The audit log shows various changes in your Zendesk since the account was created. It saves a record of these changes indefinitely, and you can view the entire change history.",
    reference_url: "https://developer.zendesk.com/rest_api/docs/support/audit_logs",
    fingerprint: "f539926eb6d96a47",
    fields: &AUDIT_FIELDS,
};

/// The fields of [`Audit`].
static AUDIT_FIELDS: [Field; 12] = [
    Field::string("action")
        .about("Values can be 'login', 'create', 'update', or 'destroy'"),
    Field::string("action_label").about("Localized string of action field"),
    Field::bigint("actor_id").about("The id of the user creating the ticket"),
    Field::string("actor_name")
        .about("The name of the user or system that made the change"),
    Field::string("change_description")
        .about("The description of the change that occurred"),
    Field::timestamp("created_at", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("The time the audit got created"),
    Field::bigint("id").required().about("The id automatically assigned upon creation"),
    Field::string("ip_address")
        .indicators(&[Indicator::Ip])
        .about("The IP address of the user doing the audit"),
    Field::bigint("source_id").about("The id of the item being audited"),
    Field::string("source_label").about("The name of the item being audited"),
    Field::string("source_type").about("The item type being audited"),
    Field::string("url").about("The URL to access the audit log"),
];
