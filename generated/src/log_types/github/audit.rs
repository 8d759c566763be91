//! Log type `GitHub.Audit`.
//!
//! Documentation of the vendor:
//! <https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization>
//!
//! @generated from `schemas/github/audit.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{
    Error, Member, Members, ObjectWriter, RawJson, ReadMembers, Reader, Text,
};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What was done in a GitHub organisation or enterprise. Which fields an event has depends on its
/// action.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// How `@timestamp` is written.
    const AT_SIGN_TIMESTAMP_FORMATS: &'static [TimeFormat<'static>] = &[
        TimeFormat::UnixMs,
    ];

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
        object
            .time(
                "@timestamp",
                &self.at_sign_timestamp,
                Audit::AT_SIGN_TIMESTAMP_FORMATS,
            );
        object.field("_document_id", &self.document_id);
        object.field("action", &self.action);
        object.field("operation_type", &self.operation_type);
        object.field("actor", &self.actor);
        object.field("actor_id", &self.actor_id);
        object.field("actor_ip", &self.actor_ip);
        object.field("actor_is_bot", &self.actor_is_bot);
        object.field("actor_location", &self.actor_location);
        object.field("user_agent", &self.user_agent);
        object.field("request_id", &self.request_id);
        object.field("user", &self.user);
        object.field("user_id", &self.user_id);
        object.field("org", &self.org);
        object.field("org_id", &self.org_id);
        object.field("business", &self.business);
        object.field("repo", &self.repo);
        object.field("repo_id", &self.repo_id);
        object.field("public_repo", &self.public_repo);
        object.field("visibility", &self.visibility);
        object.field("team", &self.team);
        object.field("permission", &self.permission);
        object.field("hashed_token", &self.hashed_token);
        object.field("token_scopes", &self.token_scopes);
        object.field("programmatic_access_type", &self.programmatic_access_type);
        object.field("external_identity_nameid", &self.external_identity_nameid);
        object.field("transport_protocol_name", &self.transport_protocol_name);
        object.field("data", &self.data);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Username, &self.actor);
        indicators.collect(Indicator::Ip, &self.actor_ip);
        indicators.collect(Indicator::TraceId, &self.request_id);
        indicators.collect(Indicator::Username, &self.user);
        indicators.collect(Indicator::Email, &self.external_identity_nameid);
        indicators.collect(Indicator::Username, &self.external_identity_nameid);
        if let Some(object) = &self.data {
            object.collect_indicators(indicators);
        }
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.at_sign_timestamp)
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
    |input, then| { input.parse::<Audit<'_>>().map(|record| then(&record)) },
);

/// The members of [`Audit`].
static AUDIT_MEMBERS: Members<28> = Members::new([
    Member::new(",\"@timestamp\":").times(Audit::AT_SIGN_TIMESTAMP_FORMATS).required(),
    Member::new(",\"_document_id\":").required(),
    Member::new(",\"action\":").required(),
    Member::new(",\"operation_type\":"),
    Member::new(",\"actor\":"),
    Member::new(",\"actor_id\":"),
    Member::new(",\"actor_ip\":"),
    Member::new(",\"actor_is_bot\":"),
    Member::new(",\"actor_location\":"),
    Member::new(",\"user_agent\":"),
    Member::new(",\"request_id\":"),
    Member::new(",\"user\":"),
    Member::new(",\"user_id\":"),
    Member::new(",\"org\":"),
    Member::new(",\"org_id\":"),
    Member::new(",\"business\":"),
    Member::new(",\"repo\":"),
    Member::new(",\"repo_id\":"),
    Member::new(",\"public_repo\":"),
    Member::new(",\"visibility\":"),
    Member::new(",\"team\":"),
    Member::new(",\"permission\":"),
    Member::new(",\"hashed_token\":"),
    Member::new(",\"token_scopes\":"),
    Member::new(",\"programmatic_access_type\":"),
    Member::new(",\"external_identity_nameid\":"),
    Member::new(",\"transport_protocol_name\":"),
    Member::new(",\"data\":"),
]);

impl<'a> ReadMembers<'a> for Audit<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_MEMBERS
            .read(
                reader,
                &mut [
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
                ],
            )
    }
}

/// Where that address is
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditActorLocation<'a> {
    /// The country, two letters
    pub country_code: Option<Text<'a>>,
}

impl Object for AuditActorLocation<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("country_code", &self.country_code);
    }
}

/// The members of [`AuditActorLocation`].
static AUDIT_ACTOR_LOCATION_MEMBERS: Members<1> = Members::new([
    Member::new(",\"country_code\":"),
]);

impl<'a> ReadMembers<'a> for AuditActorLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_ACTOR_LOCATION_MEMBERS.read(reader, &mut [&mut self.country_code])
    }
}

/// What there is to say besides; the members depend on the action
#[derive(Clone, Debug, Default, PartialEq)]
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

impl Object for AuditData<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("old_user", &self.old_user);
        object.field("team_name", &self.team_name);
        object.field("hook_id", &self.hook_id);
        object.field("url", &self.url);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Url, &self.url);
    }
}

/// The members of [`AuditData`].
static AUDIT_DATA_MEMBERS: Members<4> = Members::new([
    Member::new(",\"old_user\":"),
    Member::new(",\"team_name\":"),
    Member::new(",\"hook_id\":"),
    Member::new(",\"url\":"),
]);

impl<'a> ReadMembers<'a> for AuditData<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        AUDIT_DATA_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.old_user,
                    &mut self.team_name,
                    &mut self.hook_id,
                    &mut self.url,
                ],
            )
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "GitHub.Audit",
    description: "What was done in a GitHub organisation or enterprise. Which fields an event has depends on its action.",
    reference_url: "https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization",
    fingerprint: "7189fc3dc1d67201",
    fields: &[
        Field::new(
                "@timestamp",
                Kind::Timestamp(Audit::AT_SIGN_TIMESTAMP_FORMATS),
                "When the event happened, in milliseconds since 1970",
            )
            .required()
            .event_time(),
        Field::new("_document_id", Kind::String, "Identifies the event").required(),
        Field::new(
                "action",
                Kind::String,
                "What was done, as category and operation, such as `org.add_member`",
            )
            .required(),
        Field::new(
            "operation_type",
            Kind::String,
            "Whether it is to create, access, modify, remove, restore, transfer or authenticate",
        ),
        Field::new("actor", Kind::String, "The login of who did it")
            .indicators(&[Indicator::Username]),
        Field::new("actor_id", Kind::BigInt, "The number of who did it"),
        Field::new(
                "actor_ip",
                Kind::String,
                "The address that it came from, where its disclosure is switched on",
            )
            .indicators(&[Indicator::Ip]),
        Field::new("actor_is_bot", Kind::Boolean, "Whether a program did it"),
        Field::new(
            "actor_location",
            Kind::Object(AUDIT_ACTOR_LOCATION_FIELDS),
            "Where that address is",
        ),
        Field::new("user_agent", Kind::String, "The User-Agent header of the request"),
        Field::new("request_id", Kind::String, "Identifies the request")
            .indicators(&[Indicator::TraceId]),
        Field::new("user", Kind::String, "The login of whom it was done to")
            .indicators(&[Indicator::Username]),
        Field::new("user_id", Kind::BigInt, "The number of whom it was done to"),
        Field::new("org", Kind::String, "The organisation"),
        Field::new(
            "org_id",
            Kind::Json,
            "The number of the organisation; of several, a list",
        ),
        Field::new("business", Kind::String, "The enterprise"),
        Field::new(
            "repo",
            Kind::String,
            "The repository, with the organisation in front",
        ),
        Field::new("repo_id", Kind::BigInt, "The number of the repository"),
        Field::new(
            "public_repo",
            Kind::Boolean,
            "Whether everybody may see the repository",
        ),
        Field::new(
            "visibility",
            Kind::String,
            "Whether it is public, private or internal",
        ),
        Field::new("team", Kind::String, "The team, with the organisation in front"),
        Field::new("permission", Kind::String, "The right that was given"),
        Field::new(
            "hashed_token",
            Kind::String,
            "SHA-256 of the token that the request was signed in with, in Base64",
        ),
        Field::new("token_scopes", Kind::String, "What that token may do"),
        Field::new("programmatic_access_type", Kind::String, "What kind of token it is"),
        Field::new(
                "external_identity_nameid",
                Kind::String,
                "The name of the person at the identity provider",
            )
            .indicators(&[Indicator::Email, Indicator::Username]),
        Field::new(
            "transport_protocol_name",
            Kind::String,
            "How Git was connected to, http or ssh",
        ),
        Field::new(
            "data",
            Kind::Object(AUDIT_DATA_FIELDS),
            "What there is to say besides; the members depend on the action",
        ),
    ],
};

/// The fields of [`AuditActorLocation`].
const AUDIT_ACTOR_LOCATION_FIELDS: &[Field] = &[
    Field::new("country_code", Kind::String, "The country, two letters"),
];

/// The fields of [`AuditData`].
const AUDIT_DATA_FIELDS: &[Field] = &[
    Field::new("old_user", Kind::String, "The login before it was changed"),
    Field::new("team_name", Kind::String, "The name of the team"),
    Field::new("hook_id", Kind::BigInt, "The number of the webhook"),
    Field::new("url", Kind::String, "An address, such as that of the webhook")
        .indicators(&[Indicator::Url]),
];
