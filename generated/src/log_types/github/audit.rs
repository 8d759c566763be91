//! Log type `GitHub.Audit`.
//!
//! Documentation of the vendor:
//! <https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization>
//!
//! @generated from `schemas/github/audit.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{Error, ObjectWriter, RawJson, Reader, Slot, Text};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// What was done in a GitHub organisation or enterprise. Which fields an event has depends on its
/// action.
#[derive(Clone, Debug, PartialEq)]
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
        Reader::read(input, Self::read)
    }

    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut at_sign_timestamp = Slot::Empty;
        let mut document_id = Slot::Empty;
        let mut action = Slot::Empty;
        let mut operation_type = Slot::Empty;
        let mut actor = Slot::Empty;
        let mut actor_id = Slot::Empty;
        let mut actor_ip_2 = Slot::Empty;
        let mut actor_is_bot = Slot::Empty;
        let mut actor_location = Slot::Empty;
        let mut user_agent = Slot::Empty;
        let mut request_id = Slot::Empty;
        let mut user = Slot::Empty;
        let mut user_id = Slot::Empty;
        let mut org = Slot::Empty;
        let mut org_id = Slot::Empty;
        let mut business = Slot::Empty;
        let mut repo = Slot::Empty;
        let mut repo_id = Slot::Empty;
        let mut public_repo = Slot::Empty;
        let mut visibility = Slot::Empty;
        let mut team = Slot::Empty;
        let mut permission = Slot::Empty;
        let mut hashed_token = Slot::Empty;
        let mut token_scopes = Slot::Empty;
        let mut programmatic_access_type = Slot::Empty;
        let mut external_identity_nameid = Slot::Empty;
        let mut transport_protocol_name = Slot::Empty;
        let mut data = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "@timestamp" => {
                    at_sign_timestamp = reader
                        .timestamp(Audit::AT_SIGN_TIMESTAMP_FORMATS)?;
                }
                "_document_id" => document_id = reader.string()?,
                "action" => action = reader.string()?,
                "operation_type" => operation_type = reader.string()?,
                "actor" => actor = reader.string()?,
                "actor_id" => actor_id = reader.bigint()?,
                "actor_ip" => actor_ip_2 = reader.string()?,
                "actor_is_bot" => actor_is_bot = reader.boolean()?,
                "actor_location" => {
                    actor_location = reader.object(AuditActorLocation::read)?;
                }
                "user_agent" => user_agent = reader.string()?,
                "request_id" => request_id = reader.string()?,
                "user" => user = reader.string()?,
                "user_id" => user_id = reader.bigint()?,
                "org" => org = reader.string()?,
                "org_id" => org_id = reader.json()?,
                "business" => business = reader.string()?,
                "repo" => repo = reader.string()?,
                "repo_id" => repo_id = reader.bigint()?,
                "public_repo" => public_repo = reader.boolean()?,
                "visibility" => visibility = reader.string()?,
                "team" => team = reader.string()?,
                "permission" => permission = reader.string()?,
                "hashed_token" => hashed_token = reader.string()?,
                "token_scopes" => token_scopes = reader.string()?,
                "programmatic_access_type" => programmatic_access_type = reader.string()?,
                "external_identity_nameid" => external_identity_nameid = reader.string()?,
                "transport_protocol_name" => transport_protocol_name = reader.string()?,
                "data" => data = reader.object(AuditData::read)?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            at_sign_timestamp: at_sign_timestamp.required("@timestamp")?,
            document_id: document_id.required("_document_id")?,
            action: action.required("action")?,
            operation_type: operation_type.optional("operation_type")?,
            actor: actor.optional("actor")?,
            actor_id: actor_id.optional("actor_id")?,
            actor_ip: actor_ip_2.optional("actor_ip")?,
            actor_is_bot: actor_is_bot.optional("actor_is_bot")?,
            actor_location: actor_location.optional("actor_location")?,
            user_agent: user_agent.optional("user_agent")?,
            request_id: request_id.optional("request_id")?,
            user: user.optional("user")?,
            user_id: user_id.optional("user_id")?,
            org: org.optional("org")?,
            org_id: org_id.optional("org_id")?,
            business: business.optional("business")?,
            repo: repo.optional("repo")?,
            repo_id: repo_id.optional("repo_id")?,
            public_repo: public_repo.optional("public_repo")?,
            visibility: visibility.optional("visibility")?,
            team: team.optional("team")?,
            permission: permission.optional("permission")?,
            hashed_token: hashed_token.optional("hashed_token")?,
            token_scopes: token_scopes.optional("token_scopes")?,
            programmatic_access_type: programmatic_access_type
                .optional("programmatic_access_type")?,
            external_identity_nameid: external_identity_nameid
                .optional("external_identity_nameid")?,
            transport_protocol_name: transport_protocol_name
                .optional("transport_protocol_name")?,
            data: data.optional("data")?,
        })
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
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |input, then| { Audit::parse(input).map(|record| then(&record)) },
);

/// Where that address is
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct AuditActorLocation<'a> {
    /// The country, two letters
    pub country_code: Option<Text<'a>>,
}

impl<'a> AuditActorLocation<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut country_code = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "country_code" => country_code = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            country_code: country_code.optional("country_code")?,
        })
    }
}

impl Object for AuditActorLocation<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("country_code", &self.country_code);
    }
}

/// What there is to say besides; the members depend on the action
#[derive(Clone, Debug, PartialEq)]
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

impl<'a> AuditData<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut old_user = Slot::Empty;
        let mut team_name = Slot::Empty;
        let mut hook_id = Slot::Empty;
        let mut url = Slot::Empty;
        while let Some(key) = reader.key()? {
            match &*key {
                "old_user" => old_user = reader.string()?,
                "team_name" => team_name = reader.string()?,
                "hook_id" => hook_id = reader.bigint()?,
                "url" => url = reader.string()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            old_user: old_user.optional("old_user")?,
            team_name: team_name.optional("team_name")?,
            hook_id: hook_id.optional("hook_id")?,
            url: url.optional("url")?,
        })
    }
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
