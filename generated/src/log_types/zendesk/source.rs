//! Source `zendesk`: how the audit logs of Zendesk are pulled.
//!
//! @generated from `schemas/zendesk/source.yml` by `cargo gen`. Edit the YAML instead.

use std::time::Duration;

use crate::contract::*;
use crate::time::TimeFormat;

/// The pull contract of Zendesk.
pub const SOURCE: Source = Source {
    name: "zendesk",
    title: "Zendesk",
    description: "Customer service software. Its audit log needs an Enterprise plan.",
    documentation: "https://developer.zendesk.com/api-reference/",
    inputs: &[Input {
        name: "subdomain",
        description: "The first part of your Zendesk address: `acme` in `acme.zendesk.com`",
        format: InputFormat::DnsLabel,
        secret: false,
        example: "acme",
    }],
    base_url: Template(&[Piece::Text("https://"), Piece::Input("subdomain"), Piece::Text(".zendesk.com")]),
    sign_in: &[
        SignIn {
            method: "oauth_client",
            description: "OAuth client credentials: a server signs in as itself. Best for a collector.",
            inputs: &[
                Input { name: "client_id", description: "The unique identifier of the OAuth client", format: InputFormat::Text, secret: false, example: "logwright" },
                Input { name: "client_secret", description: "The secret of the OAuth client", format: InputFormat::Text, secret: true, example: "" },
            ],
            scheme: Scheme::OAuth(OAuth {
                grant: Grant::ClientCredentials,
                token_path: "/oauth/tokens",
                body: BodyEncoding::Json,
                client_id: Template(&[Piece::Input("client_id")]),
                client_secret: Some(Template(&[Piece::Input("client_secret")])),
                scope: "auditlogs:read",
                ask_lifetime: Some(Duration::from_secs(7200)),
                assume_lifetime: Duration::from_secs(1800),
            }),
            ends: None,
        },
        SignIn {
            method: "oauth_code",
            description: "OAuth authorization code: a person agrees in a browser, then the token is refreshed.",
            inputs: &[
                Input { name: "client_id", description: "The unique identifier of the OAuth client", format: InputFormat::Text, secret: false, example: "logwright" },
            ],
            scheme: Scheme::OAuth(OAuth {
                grant: Grant::AuthorizationCode {
                    authorize_path: "/oauth/authorizations/new",
                    pkce: true,
                    rotates: true,
                    ask_refresh_lifetime: Some(Duration::from_secs(7_776_000)),
                },
                token_path: "/oauth/tokens",
                body: BodyEncoding::Json,
                client_id: Template(&[Piece::Input("client_id")]),
                client_secret: None,
                scope: "auditlogs:read",
                ask_lifetime: Some(Duration::from_secs(7200)),
                assume_lifetime: Duration::from_secs(1800),
            }),
            ends: None,
        },
        SignIn {
            method: "oauth_token",
            description: "An OAuth access token that was obtained elsewhere. It is not renewed.",
            inputs: &[
                Input { name: "access_token", description: "The access token", format: InputFormat::Text, secret: true, example: "" },
            ],
            scheme: Scheme::Token { prefix: "Bearer", token: Template(&[Piece::Input("access_token")]) },
            ends: None,
        },
        SignIn {
            method: "api_token",
            description: "An API token of an administrator.",
            inputs: &[
                Input { name: "email", description: "The e-mail address of the administrator", format: InputFormat::Email, secret: false, example: "admin@acme.example" },
                Input { name: "api_token", description: "The API token", format: InputFormat::Text, secret: true, example: "" },
            ],
            scheme: Scheme::Basic {
                user: Template(&[Piece::Input("email"), Piece::Text("/token")]),
                password: Template(&[Piece::Input("api_token")]),
            },
            ends: Some(Ends { on: "2027-04-30", note: "Zendesk ends API tokens on 2027-04-30, creates none since 2026-10-27, and deactivates one that is not used for 30 days. Move to oauth_client." }),
        },
        SignIn {
            method: "password",
            description: "The e-mail address and password of an administrator.",
            inputs: &[
                Input { name: "email", description: "The e-mail address of the administrator", format: InputFormat::Email, secret: false, example: "admin@acme.example" },
                Input { name: "password", description: "The password", format: InputFormat::Text, secret: true, example: "" },
            ],
            scheme: Scheme::Basic {
                user: Template(&[Piece::Input("email")]),
                password: Template(&[Piece::Input("password")]),
            },
            ends: Some(Ends { on: "2026-01-12", note: "Zendesk removed password sign-in to its API between 2026-01-12 and 2026-01-22. Move to oauth_client." }),
        },
    ],
    limits: Limits {
        requests_per_minute: 700,
        remaining_headers: &["ratelimit-remaining", "x-rate-limit-remaining"],
        limit_headers: &["ratelimit-limit", "x-rate-limit"],
        reset_headers: &["ratelimit-reset"],
    },
    refusals: &[
        Refusal { status: 401, contains: "", method: "password", means: "Zendesk refused the e-mail and password, as it does for every account since January 2026", remedy: "create an OAuth client in Zendesk and use `method: oauth_client`" },
        Refusal { status: 403, contains: "missing the following required scopes", method: "", means: "the token lacks the scope `auditlogs:read`", remedy: "allow that scope on the OAuth client in Zendesk" },
    ],
    logs: &[Log {
        log_type: "Zendesk.Audit",
        request: Request {
            method: Method::Get,
            path: Template(&[Piece::Text("/api/v2/audit_logs")]),
            query: &[
                ("filter[created_at][]", Template(&[Piece::WindowStart])),
                ("filter[created_at][]", Template(&[Piece::WindowEnd])),
                ("sort", Template(&[Piece::Text("created_at")])),
                ("page[size]", Template(&[Piece::Text("100")])),
            ],
            body: &[],
        },
        response: Shape::Object(&[
            ("audit_logs", Shape::Records),
            ("meta", Shape::Object(&[("has_more", Shape::Boolean), ("after_cursor", Shape::Text), ("before_cursor", Shape::Text)])),
            ("links", Shape::Object(&[("next", Shape::Text), ("prev", Shape::Text)])),
        ]),
        records: "/audit_logs",
        paging: Paging::Cursor {
            at: "/meta/after_cursor",
            send: Place::Query("page[after]"),
            alone: false,
            lasting: false,
            end: End::FlagFalse("/meta/has_more"),
        },
        order: Some(Order { by: &["created_at", "id"], ascending: true }),
        time: RecordTime { field: "created_at", granularity: Duration::from_secs(1) },
        window: Some(Window { format: TimeFormat::Rfc3339, start: Bound::Unknown, end: Some(Bound::Unknown) }),
        lateness: Lateness { usual: Duration::from_secs(900), rare: Duration::from_secs(86_400) },
        retention: None,
        key: &["id"],
        examples: &[
            ("action", &["login", "create", "update", "destroy", "exported"]),
            ("source_type", &["user", "rule", "ticket", "account_setting"]),
        ],
    }],
};
