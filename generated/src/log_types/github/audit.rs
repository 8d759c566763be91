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
    /// What was done, as category and operation, such as org.add_member
    pub action: Text<'a>,
    /// Whether it is to create, access, modify, remove, restore, transfer or authenticate
    pub operation_type: Option<Text<'a>>,
    /// When the record of the event was made, in milliseconds since 1970
    pub created_at: Option<Timestamp>,
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
    /// The number of the enterprise
    pub business_id: Option<i64>,
    /// The repository, with the organisation in front
    pub repo: Option<Text<'a>>,
    /// The number of the repository
    pub repo_id: Option<i64>,
    /// Whether everybody may see the repository
    pub public_repo: Option<bool>,
    /// Whether everybody may see the repository, in the events of Git
    pub repository_public: Option<bool>,
    /// Whether it is public, private or internal
    pub visibility: Option<Text<'a>>,
    /// What it was before
    pub previous_visibility: Option<Text<'a>>,
    /// The team, with the organisation in front
    pub team: Option<Text<'a>>,
    /// The name of what was acted upon
    pub name: Option<Text<'a>>,
    /// The right that was given
    pub permission: Option<Text<'a>>,
    /// The right that there was before
    pub old_permission: Option<Text<'a>>,
    /// SHA-256 of the token that the request was signed in with, in Base64
    pub hashed_token: Option<Text<'a>>,
    /// The number of that token
    pub token_id: Option<i64>,
    /// What that token may do
    pub token_scopes: Option<Text<'a>>,
    /// What kind of token it is
    pub programmatic_access_type: Option<Text<'a>>,
    /// The number of the OAuth application
    pub oauth_application_id: Option<i64>,
    /// The name of the person at the identity provider
    pub external_identity_nameid: Option<Text<'a>>,
    /// The login of the person at the identity provider
    pub external_identity_username: Option<Text<'a>>,
    /// How Git was connected to, http or ssh
    pub transport_protocol_name: Option<Text<'a>>,
    /// The number of that way
    pub transport_protocol: Option<i32>,
    /// The settings of a webhook
    pub config: Option<RawJson<'a>>,
    /// What a webhook is told of
    #[cfg_attr(feature = "serde", serde(default))]
    pub events: Vec<Option<Text<'a>>>,
    /// What there is to say besides; the members depend on the action
    pub data: Option<AuditData<'a>>,
}

impl<'a> Audit<'a> {
    /// How `@timestamp` is written.
    const AT_SIGN_TIMESTAMP_FORMATS: &'static [TimeFormat<'static>] = &[
        TimeFormat::UnixMs,
    ];

    /// How `created_at` is written.
    const CREATED_AT_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::UnixMs];

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
        let mut created_at = Slot::Empty;
        let mut actor = Slot::Empty;
        let mut actor_id = Slot::Empty;
        let mut actor_ip = Slot::Empty;
        let mut actor_is_bot = Slot::Empty;
        let mut actor_location = Slot::Empty;
        let mut user_agent = Slot::Empty;
        let mut request_id = Slot::Empty;
        let mut user = Slot::Empty;
        let mut user_id = Slot::Empty;
        let mut org = Slot::Empty;
        let mut org_id = Slot::Empty;
        let mut business = Slot::Empty;
        let mut business_id = Slot::Empty;
        let mut repo = Slot::Empty;
        let mut repo_id = Slot::Empty;
        let mut public_repo = Slot::Empty;
        let mut repository_public = Slot::Empty;
        let mut visibility = Slot::Empty;
        let mut previous_visibility = Slot::Empty;
        let mut team = Slot::Empty;
        let mut name = Slot::Empty;
        let mut permission = Slot::Empty;
        let mut old_permission = Slot::Empty;
        let mut hashed_token = Slot::Empty;
        let mut token_id = Slot::Empty;
        let mut token_scopes = Slot::Empty;
        let mut programmatic_access_type = Slot::Empty;
        let mut oauth_application_id = Slot::Empty;
        let mut external_identity_nameid = Slot::Empty;
        let mut external_identity_username = Slot::Empty;
        let mut transport_protocol_name = Slot::Empty;
        let mut transport_protocol = Slot::Empty;
        let mut config = Slot::Empty;
        let mut events = Slot::Empty;
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
                "created_at" => created_at = reader.timestamp(Audit::CREATED_AT_FORMATS)?,
                "actor" => actor = reader.string()?,
                "actor_id" => actor_id = reader.bigint()?,
                "actor_ip" => actor_ip = reader.string()?,
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
                "business_id" => business_id = reader.bigint()?,
                "repo" => repo = reader.string()?,
                "repo_id" => repo_id = reader.bigint()?,
                "public_repo" => public_repo = reader.boolean()?,
                "repository_public" => repository_public = reader.boolean()?,
                "visibility" => visibility = reader.string()?,
                "previous_visibility" => previous_visibility = reader.string()?,
                "team" => team = reader.string()?,
                "name" => name = reader.string()?,
                "permission" => permission = reader.string()?,
                "old_permission" => old_permission = reader.string()?,
                "hashed_token" => hashed_token = reader.string()?,
                "token_id" => token_id = reader.bigint()?,
                "token_scopes" => token_scopes = reader.string()?,
                "programmatic_access_type" => programmatic_access_type = reader.string()?,
                "oauth_application_id" => oauth_application_id = reader.bigint()?,
                "external_identity_nameid" => external_identity_nameid = reader.string()?,
                "external_identity_username" => {
                    external_identity_username = reader.string()?;
                }
                "transport_protocol_name" => transport_protocol_name = reader.string()?,
                "transport_protocol" => transport_protocol = reader.int()?,
                "config" => config = reader.json()?,
                "events" => events = reader.array(Reader::string)?,
                "data" => data = reader.object(AuditData::read)?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            at_sign_timestamp: at_sign_timestamp.required("@timestamp")?,
            document_id: document_id.required("_document_id")?,
            action: action.required("action")?,
            operation_type: operation_type.optional("operation_type")?,
            created_at: created_at.optional("created_at")?,
            actor: actor.optional("actor")?,
            actor_id: actor_id.optional("actor_id")?,
            actor_ip: actor_ip.optional("actor_ip")?,
            actor_is_bot: actor_is_bot.optional("actor_is_bot")?,
            actor_location: actor_location.optional("actor_location")?,
            user_agent: user_agent.optional("user_agent")?,
            request_id: request_id.optional("request_id")?,
            user: user.optional("user")?,
            user_id: user_id.optional("user_id")?,
            org: org.optional("org")?,
            org_id: org_id.optional("org_id")?,
            business: business.optional("business")?,
            business_id: business_id.optional("business_id")?,
            repo: repo.optional("repo")?,
            repo_id: repo_id.optional("repo_id")?,
            public_repo: public_repo.optional("public_repo")?,
            repository_public: repository_public.optional("repository_public")?,
            visibility: visibility.optional("visibility")?,
            previous_visibility: previous_visibility.optional("previous_visibility")?,
            team: team.optional("team")?,
            name: name.optional("name")?,
            permission: permission.optional("permission")?,
            old_permission: old_permission.optional("old_permission")?,
            hashed_token: hashed_token.optional("hashed_token")?,
            token_id: token_id.optional("token_id")?,
            token_scopes: token_scopes.optional("token_scopes")?,
            programmatic_access_type: programmatic_access_type
                .optional("programmatic_access_type")?,
            oauth_application_id: oauth_application_id.optional("oauth_application_id")?,
            external_identity_nameid: external_identity_nameid
                .optional("external_identity_nameid")?,
            external_identity_username: external_identity_username
                .optional("external_identity_username")?,
            transport_protocol_name: transport_protocol_name
                .optional("transport_protocol_name")?,
            transport_protocol: transport_protocol.optional("transport_protocol")?,
            config: config.optional("config")?,
            events: events.optional("events")?.unwrap_or_default(),
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
        object.time("created_at", &self.created_at, Audit::CREATED_AT_FORMATS);
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
        object.field("business_id", &self.business_id);
        object.field("repo", &self.repo);
        object.field("repo_id", &self.repo_id);
        object.field("public_repo", &self.public_repo);
        object.field("repository_public", &self.repository_public);
        object.field("visibility", &self.visibility);
        object.field("previous_visibility", &self.previous_visibility);
        object.field("team", &self.team);
        object.field("name", &self.name);
        object.field("permission", &self.permission);
        object.field("old_permission", &self.old_permission);
        object.field("hashed_token", &self.hashed_token);
        object.field("token_id", &self.token_id);
        object.field("token_scopes", &self.token_scopes);
        object.field("programmatic_access_type", &self.programmatic_access_type);
        object.field("oauth_application_id", &self.oauth_application_id);
        object.field("external_identity_nameid", &self.external_identity_nameid);
        object.field("external_identity_username", &self.external_identity_username);
        object.field("transport_protocol_name", &self.transport_protocol_name);
        object.field("transport_protocol", &self.transport_protocol);
        object.field("config", &self.config);
        object.field("events", &self.events);
        object.field("data", &self.data);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Username, &self.actor);
        indicators.collect(Indicator::Ip, &self.actor_ip);
        indicators.collect(Indicator::TraceId, &self.request_id);
        indicators.collect(Indicator::Username, &self.user);
        indicators.collect(Indicator::Email, &self.external_identity_nameid);
        indicators.collect(Indicator::Username, &self.external_identity_nameid);
        indicators.collect(Indicator::Username, &self.external_identity_username);
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
    fingerprint: "1ae783ce25955329",
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
                "What was done, as category and operation, such as org.add_member",
            )
            .required(),
        Field::new(
            "operation_type",
            Kind::String,
            "Whether it is to create, access, modify, remove, restore, transfer or authenticate",
        ),
        Field::new(
            "created_at",
            Kind::Timestamp(Audit::CREATED_AT_FORMATS),
            "When the record of the event was made, in milliseconds since 1970",
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
        Field::new("business_id", Kind::BigInt, "The number of the enterprise"),
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
            "repository_public",
            Kind::Boolean,
            "Whether everybody may see the repository, in the events of Git",
        ),
        Field::new(
            "visibility",
            Kind::String,
            "Whether it is public, private or internal",
        ),
        Field::new("previous_visibility", Kind::String, "What it was before"),
        Field::new("team", Kind::String, "The team, with the organisation in front"),
        Field::new("name", Kind::String, "The name of what was acted upon"),
        Field::new("permission", Kind::String, "The right that was given"),
        Field::new("old_permission", Kind::String, "The right that there was before"),
        Field::new(
            "hashed_token",
            Kind::String,
            "SHA-256 of the token that the request was signed in with, in Base64",
        ),
        Field::new("token_id", Kind::BigInt, "The number of that token"),
        Field::new("token_scopes", Kind::String, "What that token may do"),
        Field::new("programmatic_access_type", Kind::String, "What kind of token it is"),
        Field::new(
            "oauth_application_id",
            Kind::BigInt,
            "The number of the OAuth application",
        ),
        Field::new(
                "external_identity_nameid",
                Kind::String,
                "The name of the person at the identity provider",
            )
            .indicators(&[Indicator::Email, Indicator::Username]),
        Field::new(
                "external_identity_username",
                Kind::String,
                "The login of the person at the identity provider",
            )
            .indicators(&[Indicator::Username]),
        Field::new(
            "transport_protocol_name",
            Kind::String,
            "How Git was connected to, http or ssh",
        ),
        Field::new("transport_protocol", Kind::Int, "The number of that way"),
        Field::new("config", Kind::Json, "The settings of a webhook"),
        Field::new("events", Kind::Array(&Kind::String), "What a webhook is told of"),
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
