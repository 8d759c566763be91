//! How the logs of Okta are pulled: the contract of the source `okta`.
//!
//! @generated from `okta/source.yml` by `logwright-codegen`. Edit the YAML instead.
//!
//! \# `Okta.SystemLog`
//!
//! Records become visible late, so once an hour a pull looks back 24 hours.
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

use ::logwright::contract::{
    Bound, End, Input, InputFormat, Lateness, Limits, Log, Method, Order, Paging, Piece,
    RecordTime, Refusal, Request, Scheme, Shape, SignIn, Source, Template, Window,
};
use ::logwright::time::TimeFormat;

/// The pull contract of Okta. Sign-in and access management.
///
/// Documented at <https://developer.okta.com/docs/reference/api/system-log/>.
pub const SOURCE: Source = Source {
    name: "okta",
    title: "Okta",
    description: "Sign-in and access management.",
    documentation: "https://developer.okta.com/docs/reference/api/system-log/",
    inputs: &[
        Input {
            name: "domain",
            description: "The host name of your Okta organisation",
            format: InputFormat::Hostname,
            secret: false,
            example: "acme.okta.com",
        },
    ],
    base_url: Template(&[Piece::Text("https://"), Piece::Input("domain")]),
    sign_in: &[
        SignIn {
            method: "api_token",
            description: "An API token of an administrator.",
            inputs: &[
                Input {
                    name: "api_token",
                    description: "The API token",
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
            contains: "E0000011",
            method: "",
            means: "the API token is wrong, expired or revoked",
            remedy: "make another one under Security, API",
        },
        Refusal {
            status: 403,
            contains: "",
            method: "",
            means: "the administrator who made the token may not read the System Log",
            remedy: "make the token as an administrator with the right to view logs",
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
            order: Some(Order {
                by: &["published"],
                ascending: true,
            }),
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
                usual: Duration::from_secs(300),
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
                    ],
                ),
            ],
        },
    ],
};
