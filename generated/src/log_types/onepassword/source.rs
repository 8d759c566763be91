//! How the logs of 1Password are pulled: the contract of the source `onepassword`.
//!
//! @generated from `schemas/onepassword/source.yml` by `cargo gen`. Edit the YAML instead.
//!
//! \# `OnePassword.SignInAttempt`
//!
//! Records become visible late, so once an hour a pull looks back 24 hours.
//!
//! A pull goes on at the last cursor of the one before. If the API does not take it any more, the pull
//! looks back 24 hours.
//!
//! A record at the very start of a window may be left out, so the start is widened by 1 second, the
//! step of `timestamp`.
//!
//! So records come again: `uuid` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the cursor at `/cursor` until `/has_more` is false. Any other end is an error and is
//! tried again.
//!
//! The API keeps records for 120 days: a collector that is off for longer loses events.
//!
//! \# `OnePassword.ItemUsage`
//!
//! Records become visible late, so once an hour a pull looks back 24 hours.
//!
//! A pull goes on at the last cursor of the one before. If the API does not take it any more, the pull
//! looks back 24 hours.
//!
//! A record at the very start of a window may be left out, so the start is widened by 1 second, the
//! step of `timestamp`.
//!
//! So records come again: `uuid` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the cursor at `/cursor` until `/has_more` is false. Any other end is an error and is
//! tried again.
//!
//! The API keeps records for 120 days: a collector that is off for longer loses events.
//!
//! \# `OnePassword.AuditEvent`
//!
//! Records become visible late, so once an hour a pull looks back 24 hours.
//!
//! A pull goes on at the last cursor of the one before. If the API does not take it any more, the pull
//! looks back 24 hours.
//!
//! A record at the very start of a window may be left out, so the start is widened by 1 second, the
//! step of `timestamp`.
//!
//! So records come again: `uuid` tells them apart, and one that was delivered within 25 hours is
//! skipped.
//!
//! Pages follow the cursor at `/cursor` until `/has_more` is false. Any other end is an error and is
//! tried again.
//!
//! The API keeps records for 120 days: a collector that is off for longer loses events.

use std::time::Duration;

use crate::contract::{
    BodyValue, Bound, End, Input, InputFormat, Lateness, Limits, Log, Method, Paging,
    Piece, Place, RecordTime, Refusal, Request, Scheme, Shape, SignIn, Source, Template,
    Window,
};
use crate::time::TimeFormat;

/// The pull contract of 1Password. A password manager for companies. The Events API comes with
/// 1Password Business.
///
/// Documented at <https://developer.1password.com/docs/events-api/reference/>.
pub const SOURCE: Source = Source {
    name: "onepassword",
    title: "1Password",
    description: "A password manager for companies. The Events API comes with 1Password Business.",
    documentation: "https://developer.1password.com/docs/events-api/reference/",
    inputs: &[
        Input {
            name: "host",
            description: "The server of the Events API for your region: `events.1password.com`, `.ca`, `.eu`, or `events.ent.1password.com`",
            format: InputFormat::Hostname,
            secret: false,
            example: "events.1password.com",
        },
    ],
    base_url: Template(&[Piece::Text("https://"), Piece::Input("host")]),
    sign_in: &[
        SignIn {
            method: "bearer_token",
            description: "A bearer token of an Events Reporting integration. It reads the kinds of events that were ticked when it was made.",
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
            means: "1Password refused the bearer token, which is wrong, has expired, or may not read this kind of event",
            remedy: "issue another one on the page of the integration and tick all kinds of events",
        },
        Refusal {
            status: 403,
            contains: "",
            method: "",
            means: "the bearer token may not read this kind of event",
            remedy: "issue another one on the page of the integration and tick all kinds of events",
        },
        Refusal {
            status: 404,
            contains: "",
            method: "",
            means: "there is no Events API at this address",
            remedy: "check `host`; it depends on the region of the account",
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
            order: None,
            time: RecordTime {
                field: "timestamp",
                granularity: Duration::from_secs(1),
            },
            window: Some(Window {
                format: TimeFormat::Rfc3339,
                start: Bound::Unknown,
                end: None,
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(900),
                rare: Duration::from_secs(86_400),
            },
            retention: Some(Duration::from_secs(10_368_000)),
            key: &["uuid"],
            examples: &[
                (
                    "category",
                    &["success", "credentials_failed", "mfa_failed", "firewall_failed"],
                ),
                (
                    "type",
                    &[
                        "credentials_ok",
                        "mfa_ok",
                        "password_secret_bad",
                        "continent_blocked",
                    ],
                ),
            ],
        },
        Log {
            log_type: "OnePassword.ItemUsage",
            request: Request {
                method: Method::Post,
                path: Template(&[Piece::Text("/api/v2/itemusages")]),
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
            order: None,
            time: RecordTime {
                field: "timestamp",
                granularity: Duration::from_secs(1),
            },
            window: Some(Window {
                format: TimeFormat::Rfc3339,
                start: Bound::Unknown,
                end: None,
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(900),
                rare: Duration::from_secs(86_400),
            },
            retention: Some(Duration::from_secs(10_368_000)),
            key: &["uuid"],
            examples: &[("action", &["fill", "secure-copy", "reveal", "server-fetch"])],
        },
        Log {
            log_type: "OnePassword.AuditEvent",
            request: Request {
                method: Method::Post,
                path: Template(&[Piece::Text("/api/v2/auditevents")]),
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
            order: None,
            time: RecordTime {
                field: "timestamp",
                granularity: Duration::from_secs(1),
            },
            window: Some(Window {
                format: TimeFormat::Rfc3339,
                start: Bound::Unknown,
                end: None,
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(900),
                rare: Duration::from_secs(86_400),
            },
            retention: Some(Duration::from_secs(10_368_000)),
            key: &["uuid"],
            examples: &[
                ("action", &["join", "grant", "update", "delete"]),
                ("object_type", &["gm", "uva", "item", "user"]),
            ],
        },
    ],
};
