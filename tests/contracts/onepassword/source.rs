//! How the logs of 1Password are pulled: the contract of the source `onepassword`.
//!
//! @generated from `onepassword/source.yml` by `logwright-codegen`. Edit the YAML instead.
//!
//! \# `OnePassword.SignInAttempt`
//!
//! Records become visible late, so once an hour a pull looks back 24 hours.
//!
//! A pull goes on at the last cursor of the one before. If the API does not take it any more, the pull
//! looks back 24 hours.
//!
//! So records come again: `uuid` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the cursor at `/cursor` until `/has_more` is false. Any other end is an error and is
//! tried again.
//!
//! The API keeps records for 365 days: a collector that is off for longer loses events.

use std::time::Duration;

use ::logwright::contract::{
    BodyValue, Bound, End, Input, InputFormat, Lateness, Limits, Log, Method, Order,
    Paging, Piece, Place, RecordTime, Refusal, Request, Scheme, Shape, SignIn, Source,
    Template, Window,
};
use ::logwright::time::TimeFormat;

/// The pull contract of 1Password. A password manager for companies.
///
/// Documented at <https://developer.1password.com/docs/events-api/reference/>.
pub const SOURCE: Source = Source {
    name: "onepassword",
    title: "1Password",
    description: "A password manager for companies.",
    documentation: "https://developer.1password.com/docs/events-api/reference/",
    inputs: &[
        Input {
            name: "host",
            description: "The Events API host of your region",
            format: InputFormat::Hostname,
            secret: false,
            example: "events.1password.com",
        },
    ],
    base_url: Template(&[Piece::Text("https://"), Piece::Input("host")]),
    sign_in: &[
        SignIn {
            method: "bearer_token",
            description: "A bearer token of an Events Reporting integration.",
            inputs: &[
                Input {
                    name: "token",
                    description: "The bearer token",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::Token {
                prefix: "Bearer",
                token: Template(&[Piece::Input("token")]),
            },
            ends: None,
        },
    ],
    limits: Limits {
        requests_per_minute: 600,
        remaining_headers: &[],
        limit_headers: &[],
        reset_headers: &[],
    },
    refusals: &[
        Refusal {
            status: 401,
            contains: "",
            method: "",
            means: "the bearer token is wrong, expired, or may not read this kind of event",
            remedy: "make another one in the integration's page and tick the events that it may read",
        },
    ],
    logs: &[
        Log {
            log_type: "OnePassword.SignInAttempt",
            request: Request {
                method: Method::Post,
                path: Template(&[Piece::Text("/api/v2/signinattempts")]),
                query: &[],
                body: &[
                    ("limit", BodyValue::Integer(1000)),
                    ("start_time", BodyValue::Text(Template(&[Piece::WindowStart]))),
                ],
            },
            response: Shape::Object(
                &[
                    ("cursor", Shape::Text),
                    ("has_more", Shape::Boolean),
                    ("items", Shape::Records),
                ],
            ),
            records: "/items",
            paging: Paging::Cursor {
                at: "/cursor",
                send: Place::Body("cursor"),
                alone: true,
                lasting: true,
                end: End::FlagFalse("/has_more"),
            },
            order: Some(Order {
                by: &["timestamp"],
                ascending: true,
            }),
            time: RecordTime {
                field: "timestamp",
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
            retention: Some(Duration::from_secs(31_536_000)),
            key: &["uuid"],
            examples: &[],
        },
    ],
};
