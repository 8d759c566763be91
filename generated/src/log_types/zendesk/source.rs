//! How the logs of Zendesk are pulled: the contract of the source `zendesk`.
//!
//! @generated from `schemas/zendesk/source.yml` by `cargo gen`. Edit the YAML instead.
//!
//! \# `Zendesk.Audit`
//!
//! Records become visible late, so every pull looks back 15 minutes, and once an hour one looks back
//! 24 hours.
//!
//! A record at either end of a window may be left out, so both are widened by 1 second, the step of
//! `created_at`.
//!
//! So records come again: `id` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the cursor at `/meta/after_cursor` until `/meta/has_more` is false. Any other end is
//! an error and is tried again.
//!
//! The API keeps records for ever: a collector that was off catches up from any time.

use std::time::Duration;

use crate::contract::{
    BodyEncoding, Bound, ClientAuth, End, Ends, Grant, Input, InputFormat, Lateness,
    Limits, Log, Method, OAuth, Order, Paging, Piece, Place, RecordTime, Refusal,
    Request, Scheme, Shape, SignIn, Source, Template, Window,
};
use crate::time::TimeFormat;

/// The pull contract of Zendesk. Customer service software. Its audit log needs an Enterprise plan.
///
/// Documented at
/// <https://developer.zendesk.com/api-reference/ticketing/account-configuration/audit_logs/>.
pub const SOURCE: Source = Source {
    name: "zendesk",
    title: "Zendesk",
    description: "Customer service software. Its audit log needs an Enterprise plan.",
    documentation: "https://developer.zendesk.com/api-reference/ticketing/account-configuration/audit_logs/",
    inputs: &[
        Input {
            name: "subdomain",
            description: "The first part of your Zendesk address: `acme` in `acme.zendesk.com`",
            format: InputFormat::DnsLabel,
            secret: false,
            example: "acme",
        },
    ],
    base_url: Template(
        &[
            Piece::Text("https://"),
            Piece::Input("subdomain"),
            Piece::Text(".zendesk.com"),
        ],
    ),
    sign_in: &[
        SignIn {
            method: "oauth_client",
            description: "OAuth client credentials: a server signs in as itself. Best for a collector.",
            inputs: &[
                Input {
                    name: "client_id",
                    description: "The unique identifier of the OAuth client",
                    format: InputFormat::Text,
                    secret: false,
                    example: "logwright",
                },
                Input {
                    name: "client_secret",
                    description: "The secret of the OAuth client",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::OAuth(OAuth {
                grant: Grant::ClientCredentials,
                token_path: "/oauth/tokens",
                body: BodyEncoding::Json,
                client_auth: ClientAuth::Body,
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
                Input {
                    name: "client_id",
                    description: "The unique identifier of the OAuth client",
                    format: InputFormat::Text,
                    secret: false,
                    example: "logwright",
                },
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
                client_auth: ClientAuth::Body,
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
                Input {
                    name: "access_token",
                    description: "The access token; its scope must hold `auditlogs:read`",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::Token {
                prefix: "Bearer",
                token: Template(&[Piece::Input("access_token")]),
            },
            ends: None,
        },
        SignIn {
            method: "api_token",
            description: "An API token of an administrator.",
            inputs: &[
                Input {
                    name: "email",
                    description: "The e-mail address of the administrator",
                    format: InputFormat::Email,
                    secret: false,
                    example: "admin@acme.example",
                },
                Input {
                    name: "api_token",
                    description: "The API token",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::Basic {
                user: Template(&[Piece::Input("email"), Piece::Text("/token")]),
                password: Template(&[Piece::Input("api_token")]),
            },
            ends: Some(Ends {
                on: "2027-04-30",
                note: "Zendesk ends API tokens on 2027-04-30, creates none since 2026-10-27, and deactivates one that is not used for 30 days. Move to `oauth_client`.",
            }),
        },
        SignIn {
            method: "password",
            description: "The e-mail address and password of an administrator.",
            inputs: &[
                Input {
                    name: "email",
                    description: "The e-mail address of the administrator",
                    format: InputFormat::Email,
                    secret: false,
                    example: "admin@acme.example",
                },
                Input {
                    name: "password",
                    description: "The password",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::Basic {
                user: Template(&[Piece::Input("email")]),
                password: Template(&[Piece::Input("password")]),
            },
            ends: Some(Ends {
                on: "2026-01-12",
                note: "Zendesk removed password sign-in to its API between 2026-01-12 and 2026-01-22. Move to `oauth_client`.",
            }),
        },
    ],
    limits: Limits {
        requests_per_minute: 700,
        remaining_headers: &["ratelimit-remaining", "x-rate-limit-remaining"],
        limit_headers: &["ratelimit-limit", "x-rate-limit"],
        reset_headers: &["ratelimit-reset"],
    },
    refusals: &[
        Refusal {
            status: 400,
            contains: "invalid_client",
            method: "",
            means: "Zendesk does not know the OAuth client, or its secret is wrong",
            remedy: "compare `client_id` with the unique identifier of the client in Zendesk's Admin Center, and make a new secret there if in doubt",
        },
        Refusal {
            status: 401,
            contains: "invalid_client",
            method: "",
            means: "Zendesk does not know the OAuth client, or its secret is wrong",
            remedy: "compare `client_id` with the unique identifier of the client in Zendesk's Admin Center, and make a new secret there if in doubt",
        },
        Refusal {
            status: 400,
            contains: "invalid_grant",
            method: "oauth_code",
            means: "the authorization code or the refresh token has been used before, has expired, or was revoked",
            remedy: "authorise again in the browser",
        },
        Refusal {
            status: 401,
            contains: "invalid_grant",
            method: "oauth_code",
            means: "the authorization code or the refresh token has been used before, has expired, or was revoked",
            remedy: "authorise again in the browser",
        },
        Refusal {
            status: 400,
            contains: "invalid_grant",
            method: "",
            means: "Zendesk does not let this OAuth client sign in as itself",
            remedy: "make the client confidential in Zendesk's Admin Center",
        },
        Refusal {
            status: 401,
            contains: "invalid_grant",
            method: "",
            means: "Zendesk does not let this OAuth client sign in as itself",
            remedy: "make the client confidential in Zendesk's Admin Center",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "password",
            means: "Zendesk refused the e-mail and password, as it does for every account since January 2026",
            remedy: "create an OAuth client in Zendesk's Admin Center and use `oauth_client`",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "api_token",
            means: "Zendesk refused the e-mail address or the API token",
            remedy: "check `email`, and in Zendesk's Admin Center that token access is on and the token is active (one that is not used for 30 days is deactivated); new tokens can no longer be created, so if this one is lost use `oauth_client`",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "oauth_token",
            means: "the access token has expired or was revoked",
            remedy: "obtain another one, or use `oauth_client`, which renews its token by itself",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "oauth_code",
            means: "the access token has expired or was revoked, and so was the one obtained by refreshing it",
            remedy: "authorise again in the browser",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "oauth_client",
            means: "Zendesk refused the access token that it had just issued to the OAuth client",
            remedy: "check in Zendesk's Admin Center that the OAuth client is enabled and that its tokens were not revoked",
        },
        Refusal {
            status: 403,
            contains: "missing the following required scopes",
            method: "",
            means: "the token lacks the scope `auditlogs:read`",
            remedy: "allow that scope on the OAuth client in Zendesk's Admin Center, or obtain a token that has it",
        },
        Refusal {
            status: 403,
            contains: "You do not have access to this page",
            method: "",
            means: "the user may not view audit logs, or the account's plan has none",
            remedy: "sign in as an administrator or with a role that may view audit logs, and check that the account has an Enterprise plan",
        },
        Refusal {
            status: 403,
            contains: "",
            method: "",
            means: "Zendesk refused access for a reason it did not name",
            remedy: "check that this machine's address is allowed by the account's IP restrictions, that the user is an administrator, and that the account has an Enterprise plan",
        },
        Refusal {
            status: 404,
            contains: "",
            method: "",
            means: "there is no such Zendesk account, or its plan has no audit log",
            remedy: "check `subdomain`, and that the account has an Enterprise plan",
        },
    ],
    logs: &[
        Log {
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
            response: Shape::Object(
                &[
                    ("audit_logs", Shape::Records),
                    (
                        "meta",
                        Shape::Object(
                            &[
                                ("has_more", Shape::Boolean),
                                ("after_cursor", Shape::Text),
                                ("before_cursor", Shape::Text),
                            ],
                        ),
                    ),
                    (
                        "links",
                        Shape::Object(&[("next", Shape::Text), ("prev", Shape::Text)]),
                    ),
                ],
            ),
            records: "/audit_logs",
            paging: Paging::Cursor {
                at: "/meta/after_cursor",
                send: Place::Query("page[after]"),
                alone: false,
                lasting: false,
                end: End::FlagFalse("/meta/has_more"),
            },
            order: Some(Order {
                by: &["created_at", "id"],
                ascending: true,
            }),
            time: RecordTime {
                field: "created_at",
                granularity: Duration::from_secs(1),
            },
            window: Some(Window {
                format: TimeFormat::Rfc3339,
                start: Bound::Unknown,
                end: Some(Bound::Unknown),
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(900),
                rare: Duration::from_secs(86_400),
            },
            retention: None,
            key: &["id"],
            examples: &[
                ("action", &["login", "create", "update", "destroy", "exported"]),
                ("source_type", &["user", "rule", "ticket", "account_setting"]),
            ],
        },
    ],
};
