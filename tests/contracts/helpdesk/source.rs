//! How the logs of Help Desk are pulled: the contract of the source `helpdesk`.
//!
//! @generated from `helpdesk/source.yml` by `logwright-codegen`. Edit the YAML instead.
//!
//! \# `HelpDesk.Audit`
//!
//! The API cannot be asked for a span of time, so every pull reads the whole log.
//!
//! So records come again: `account` and `number` together tell them apart, and what was delivered is
//! remembered and skipped.
//!
//! Pages are counted until one has fewer than 200 records. Records that arrive meanwhile move the
//! others, so one may come twice or only at the next pull. The API serves nothing beyond the offset
//! 10000. Any other end is an error and is tried again.
//!
//! The API keeps records for 30 days: a collector that is off for longer loses events.

use std::time::Duration;

use ::logwright::contract::{
    Input, InputFormat, Lateness, Limits, Log, Method, Order, Paging, Piece, Place,
    RecordTime, Request, Scheme, Shape, SignIn, Source, Template,
};

/// The pull contract of Help Desk. A made-up product with a plain API.
///
/// Documented at <https://helpdesk.example/api>.
pub const SOURCE: Source = Source {
    name: "helpdesk",
    title: "Help Desk",
    description: "A made-up product with a plain API.",
    documentation: "https://helpdesk.example/api",
    inputs: &[],
    base_url: Template(&[Piece::Text("https://api.helpdesk.example")]),
    sign_in: &[
        SignIn {
            method: "password",
            description: "Name and password of a user.",
            inputs: &[
                Input {
                    name: "user",
                    description: "The name of the user",
                    format: InputFormat::Text,
                    secret: false,
                    example: "collector",
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
                user: Template(&[Piece::Input("user")]),
                password: Template(&[Piece::Input("password")]),
            },
            ends: None,
        },
    ],
    limits: Limits {
        requests_per_minute: 30,
        remaining_headers: &[],
        limit_headers: &[],
        reset_headers: &[],
    },
    refusals: &[],
    logs: &[
        Log {
            log_type: "HelpDesk.Audit",
            request: Request {
                method: Method::Get,
                path: Template(&[Piece::Text("/v1/audit")]),
                query: &[("limit", Template(&[Piece::Text("200")]))],
                body: &[],
            },
            response: Shape::Object(
                &[
                    (
                        "data",
                        Shape::Object(
                            &[("entries", Shape::Records), ("total", Shape::Integer)],
                        ),
                    ),
                ],
            ),
            records: "/data/entries",
            paging: Paging::Offset {
                send: Place::Query("offset"),
                page_size: 200,
                most: Some(10_000),
            },
            order: Some(Order {
                by: &["at", "number"],
                ascending: false,
            }),
            time: RecordTime {
                field: "at",
                granularity: Duration::from_secs(1),
            },
            window: None,
            lateness: Lateness {
                usual: Duration::from_secs(600),
                rare: Duration::from_secs(21_600),
            },
            retention: Some(Duration::from_secs(2_592_000)),
            key: &["account", "number"],
            examples: &[],
        },
    ],
};
