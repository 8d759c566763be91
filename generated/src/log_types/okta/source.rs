//! How the logs of Okta are pulled: the contract of the source `okta`.
//!
//! @generated from `schemas/okta/source.yml` by `cargo gen`. Edit the YAML instead.
//!
//! \# `Okta.SystemLog`
//!
//! Records come as they become visible, so that a late one is behind nothing that was pulled.
//!
//! A pull goes on at the last link of the one before. If the API does not take it any more, the pull
//! looks back 24 hours.
//!
//! So records come again: `uuid` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the `Link` header with the relation `next` until a page has no records. Any other end
//! is an error and is tried again.
//!
//! The API keeps records for 90 days: a collector that is off for longer loses events.

use std::time::Duration;

use crate::contract::{
    Bound, End, Input, InputFormat, Lateness, Limits, Log, Method, Order, Paging, Piece,
    RecordTime, Refusal, Request, Scheme, Shape, SignIn, Source, Template, Window,
};
use crate::time::TimeFormat;

/// The pull contract of Okta. Sign-in and access management. Its System Log comes with every plan.
///
/// Documented at <https://developer.okta.com/docs/reference/api/system-log/>.
pub const SOURCE: Source = Source {
    name: "okta",
    title: "Okta",
    description: "Sign-in and access management. Its System Log comes with every plan.",
    documentation: "https://developer.okta.com/docs/reference/api/system-log/",
    inputs: &[
        Input {
            name: "domain",
            description: "The host name of your Okta organisation, without `-admin`: `acme.okta.com`",
            format: InputFormat::Hostname,
            secret: false,
            example: "acme.okta.com",
        },
    ],
    base_url: Template(&[Piece::Text("https://"), Piece::Input("domain")]),
    sign_in: &[
        SignIn {
            method: "api_token",
            description: "An API token of an administrator who may read the System Log. It ends when it is not used for 30 days.",
            inputs: &[
                Input {
                    name: "api_token",
                    description: "The API token, from Security › API › Tokens",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::Token {
                prefix: "SSWS",
                token: Template(&[Piece::Input("api_token")]),
            },
            ends: None,
        },
        SignIn {
            method: "oauth_token",
            description: "An OAuth access token that was obtained elsewhere. It is not renewed.",
            inputs: &[
                Input {
                    name: "access_token",
                    description: "The access token; its scope must hold `okta.logs.read`",
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
    ],
    limits: Limits {
        requests_per_minute: 60,
        remaining_headers: &["x-rate-limit-remaining"],
        limit_headers: &["x-rate-limit-limit"],
        reset_headers: &["x-rate-limit-reset"],
    },
    refusals: &[
        Refusal {
            status: 401,
            contains: "",
            method: "api_token",
            means: "Okta refused the API token, which is wrong, was revoked, or was not used for 30 days",
            remedy: "make another one under Security › API › Tokens",
        },
        Refusal {
            status: 401,
            contains: "",
            method: "oauth_token",
            means: "the access token has expired or was revoked",
            remedy: "obtain another one, or use `api_token`",
        },
        Refusal {
            status: 403,
            contains: "E0000006",
            method: "",
            means: "who made the token may not read the System Log",
            remedy: "make it as an administrator whose role may view logs, such as a read-only administrator",
        },
        Refusal {
            status: 403,
            contains: "",
            method: "",
            means: "Okta refused access for a reason it did not name",
            remedy: "check that the network zones of the token allow this machine's address, and that a token of OAuth has the scope `okta.logs.read`",
        },
        Refusal {
            status: 404,
            contains: "",
            method: "",
            means: "there is no such Okta organisation",
            remedy: "check `domain`; it is the host name without `-admin`",
        },
    ],
    logs: &[
        Log {
            log_type: "Okta.SystemLog",
            request: Request {
                method: Method::Get,
                path: Template(&[Piece::Text("/api/v1/logs")]),
                query: &[
                    ("since", Template(&[Piece::WindowStart])),
                    ("sortOrder", Template(&[Piece::Text("ASCENDING")])),
                    ("limit", Template(&[Piece::Text("1000")])),
                ],
                body: &[],
            },
            response: Shape::Records,
            records: "",
            paging: Paging::Link {
                relation: "next",
                lasting: true,
                end: End::EmptyPage,
            },
            order: Some(Order { by: &[], ascending: true }),
            time: RecordTime {
                field: "published",
                granularity: Duration::from_millis(1),
            },
            window: Some(Window {
                format: TimeFormat::Rfc3339,
                start: Bound::Inclusive,
                end: None,
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(900),
                rare: Duration::from_secs(86_400),
            },
            retention: Some(Duration::from_secs(7_776_000)),
            key: &["uuid"],
            examples: &[
                (
                    "eventType",
                    &[
                        "user.session.start",
                        "user.authentication.sso",
                        "group.user_membership.add",
                        "policy.evaluate_sign_on",
                    ],
                ),
                ("severity", &["INFO", "WARN", "ERROR"]),
            ],
        },
    ],
};
