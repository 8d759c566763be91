//! Log type `GitHub.Audit`.
//!
//! Documentation of the vendor:
//! <https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization>
//!
//! @generated from `schemas/github/audit.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, Places, RawJson, ReadMembers, Reader, Text, Then, Values,
    debug, equal,
};
use crate::log_type::{Field, Kind, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What was done in a GitHub organisation or enterprise. Which fields an event has depends on its
/// action.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct Audit<'a> {
    /// When the event happened, in milliseconds since 1970
    #[cfg_attr(feature = "serde", serde(rename = "@timestamp"))]
    pub at_sign_timestamp: Timestamp,
    /// Identifies the event
    #[cfg_attr(feature = "serde", serde(rename = "_document_id"))]
    pub document_id: Text<'a>,
    /// What was done, as category and operation, such as `org.add_member`
    pub action: Text<'a>,
    /// Whether it is to create, access, modify, remove, restore, transfer or authenticate
    pub operation_type: Option<Text<'a>>,
    /// The login of who did it
    pub actor: Option<Text<'a>>,
    /// The number of who did it
    pub actor_id: Option<i64>,
    /// The address that it came from, where its disclosure is switched on
    pub actor_ip: Option<Text<'a>>,
    /// Whether a program did it
    pub actor_is_bot: Option<bool>,
    /// Where that address is
    pub actor_location: Option<AuditActorLocation<'a>>,
    /// The User-Agent header of the request
    pub user_agent: Option<Text<'a>>,
    /// Identifies the request
    pub request_id: Option<Text<'a>>,
    /// The login of whom it was done to
    pub user: Option<Text<'a>>,
    /// The number of whom it was done to
    pub user_id: Option<i64>,
    /// The organisation
    pub org: Option<Text<'a>>,
    /// The number of the organisation; of several, a list
    pub org_id: Option<RawJson<'a>>,
    /// The enterprise
    pub business: Option<Text<'a>>,
    /// The repository, with the organisation in front
    pub repo: Option<Text<'a>>,
    /// The number of the repository
    pub repo_id: Option<i64>,
    /// Whether everybody may see the repository
    pub public_repo: Option<bool>,
    /// Whether it is public, private or internal
    pub visibility: Option<Text<'a>>,
    /// The team, with the organisation in front
    pub team: Option<Text<'a>>,
    /// The right that was given
    pub permission: Option<Text<'a>>,
    /// SHA-256 of the token that the request was signed in with, in Base64
    pub hashed_token: Option<Text<'a>>,
    /// What that token may do
    pub token_scopes: Option<Text<'a>>,
    /// What kind of token it is
    pub programmatic_access_type: Option<Text<'a>>,
    /// The name of the person at the identity provider
    pub external_identity_nameid: Option<Text<'a>>,
    /// How Git was connected to, http or ssh
    pub transport_protocol_name: Option<Text<'a>>,
    /// What there is to say besides; the members depend on the action
    pub data: Option<AuditData<'a>>,
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
        static MEMBERS: Members<28> = Members::new(&AUDIT_FIELDS);
        let mut places: Places<'_, 'a, 28> = [
            &mut self.at_sign_timestamp,
            &mut self.document_id,
            &mut self.action,
            &mut self.operation_type,
            &mut self.actor,
            &mut self.actor_id,
            &mut self.actor_ip,
            &mut self.actor_is_bot,
            &mut self.actor_location,
            &mut self.user_agent,
            &mut self.request_id,
            &mut self.user,
            &mut self.user_id,
            &mut self.org,
            &mut self.org_id,
            &mut self.business,
            &mut self.repo,
            &mut self.repo_id,
            &mut self.public_repo,
            &mut self.visibility,
            &mut self.team,
            &mut self.permission,
            &mut self.hashed_token,
            &mut self.token_scopes,
            &mut self.programmatic_access_type,
            &mut self.external_identity_nameid,
            &mut self.transport_protocol_name,
            &mut self.data,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for Audit<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 28> = [
            &self.at_sign_timestamp,
            &self.document_id,
            &self.action,
            &self.operation_type,
            &self.actor,
            &self.actor_id,
            &self.actor_ip,
            &self.actor_is_bot,
            &self.actor_location,
            &self.user_agent,
            &self.request_id,
            &self.user,
            &self.user_id,
            &self.org,
            &self.org_id,
            &self.business,
            &self.repo,
            &self.repo_id,
            &self.public_repo,
            &self.visibility,
            &self.team,
            &self.permission,
            &self.hashed_token,
            &self.token_scopes,
            &self.programmatic_access_type,
            &self.external_identity_nameid,
            &self.transport_protocol_name,
            &self.data,
        ];
        then(&AUDIT_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.at_sign_timestamp)
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
}

/// Log type `GitHub.Audit`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.each::<Audit<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "GitHub.Audit",
    description: "What was done in a GitHub organisation or enterprise. Which fields an event has depends on its action.",
    reference_url: "https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization",
    fingerprint: "7189fc3dc1d67201",
    fields: &AUDIT_FIELDS,
};

/// The fields of [`Audit`].
static AUDIT_FIELDS: [Field; 28] = [
    Field::timestamp("@timestamp", &[TimeFormat::UnixMs])
        .required()
        .event_time()
        .about("When the event happened, in milliseconds since 1970"),
    Field::string("_document_id").required().about("Identifies the event"),
    Field::string("action")
        .required()
        .about("What was done, as category and operation, such as `org.add_member`"),
    Field::string("operation_type")
        .about(
            "Whether it is to create, access, modify, remove, restore, transfer or authenticate",
        ),
    Field::string("actor")
        .indicators(&[Indicator::Username])
        .about("The login of who did it"),
    Field::bigint("actor_id").about("The number of who did it"),
    Field::string("actor_ip")
        .indicators(&[Indicator::Ip])
        .about("The address that it came from, where its disclosure is switched on"),
    Field::boolean("actor_is_bot").about("Whether a program did it"),
    Field::new("actor_location", Kind::Object(&AUDIT_ACTOR_LOCATION_FIELDS))
        .about("Where that address is"),
    Field::string("user_agent").about("The User-Agent header of the request"),
    Field::string("request_id")
        .indicators(&[Indicator::TraceId])
        .about("Identifies the request"),
    Field::string("user")
        .indicators(&[Indicator::Username])
        .about("The login of whom it was done to"),
    Field::bigint("user_id").about("The number of whom it was done to"),
    Field::string("org").about("The organisation"),
    Field::json("org_id").about("The number of the organisation; of several, a list"),
    Field::string("business").about("The enterprise"),
    Field::string("repo").about("The repository, with the organisation in front"),
    Field::bigint("repo_id").about("The number of the repository"),
    Field::boolean("public_repo").about("Whether everybody may see the repository"),
    Field::string("visibility").about("Whether it is public, private or internal"),
    Field::string("team").about("The team, with the organisation in front"),
    Field::string("permission").about("The right that was given"),
    Field::string("hashed_token")
        .about("SHA-256 of the token that the request was signed in with, in Base64"),
    Field::string("token_scopes").about("What that token may do"),
    Field::string("programmatic_access_type").about("What kind of token it is"),
    Field::string("external_identity_nameid")
        .indicators(&[Indicator::Email, Indicator::Username])
        .about("The name of the person at the identity provider"),
    Field::string("transport_protocol_name")
        .about("How Git was connected to, http or ssh"),
    Field::new("data", Kind::Object(&AUDIT_DATA_FIELDS))
        .about("What there is to say besides; the members depend on the action"),
];

/// Where that address is
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditActorLocation<'a> {
    /// The country, two letters
    pub country_code: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for AuditActorLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<1> = Members::new(&AUDIT_ACTOR_LOCATION_FIELDS);
        let mut places: Places<'_, 'a, 1> = [&mut self.country_code];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditActorLocation<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 1> = [&self.country_code];
        then(&AUDIT_ACTOR_LOCATION_FIELDS, &values);
    }
}

impl PartialEq for AuditActorLocation<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditActorLocation<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditActorLocation", f)
    }
}

/// The fields of [`AuditActorLocation`].
static AUDIT_ACTOR_LOCATION_FIELDS: [Field; 1] = [
    Field::string("country_code").about("The country, two letters"),
];

/// What there is to say besides; the members depend on the action
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditData<'a> {
    /// The login before it was changed
    pub old_user: Option<Text<'a>>,
    /// The name of the team
    pub team_name: Option<Text<'a>>,
    /// The number of the webhook
    pub hook_id: Option<i64>,
    /// An address, such as that of the webhook
    pub url: Option<Text<'a>>,
}

impl<'a> ReadMembers<'a> for AuditData<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<4> = Members::new(&AUDIT_DATA_FIELDS);
        let mut places: Places<'_, 'a, 4> = [
            &mut self.old_user,
            &mut self.team_name,
            &mut self.hook_id,
            &mut self.url,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for AuditData<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [
            &self.old_user,
            &self.team_name,
            &self.hook_id,
            &self.url,
        ];
        then(&AUDIT_DATA_FIELDS, &values);
    }
}

impl PartialEq for AuditData<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for AuditData<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "AuditData", f)
    }
}

/// The fields of [`AuditData`].
static AUDIT_DATA_FIELDS: [Field; 4] = [
    Field::string("old_user").about("The login before it was changed"),
    Field::string("team_name").about("The name of the team"),
    Field::bigint("hook_id").about("The number of the webhook"),
    Field::string("url")
        .indicators(&[Indicator::Url])
        .about("An address, such as that of the webhook"),
];
