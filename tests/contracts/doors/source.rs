//! How the logs of Doors are pulled: the contract of the source `doors`.
//!
//! @generated from `doors/source.yml` by `logwright-codegen`. Edit the YAML instead.
//!
//! \# `Doors.Opening`
//!
//! Records become visible late, so every pull looks back 1 hour, and once an hour one looks back 3
//! days.
//!
//! A record at the very end of a window is left out, so the end is widened by 1 minute, the step of
//! `opened`.
//!
//! So records come again: `door`, `opened_by` and `sequence` together tell them apart, and one that
//! was delivered within 73 hours is skipped.
//!
//! Pages follow the URL at `/paging/next` until there is no URL. Any other end is an error and is
//! tried again.
//!
//! The API keeps records for 400 days: a collector that is off for longer loses events.
//!
//! \# `Doors.Change`
//!
//! The API cannot be asked for a span of time, so every pull reads the whole log.
//!
//! So records come again: `sequence` tells them apart, and what was delivered is remembered and
//! skipped.
//!
//! All records come in one answer.
//!
//! The API keeps records for ever: a collector that was off catches up from any time.

use std::time::Duration;

use ::logwright::contract::{
    BodyEncoding, BodyValue, Bound, ClientAuth, End, Grant, Input, InputFormat, Lateness,
    Limits, Log, Method, OAuth, Order, Paging, Piece, RecordTime, Request, Scheme, Shape,
    SignIn, Source, Template, Window,
};
use ::logwright::time::{self, TimeFormat};

/// The pull contract of Doors. A made-up system of doors that people open with badges.
///
/// Documented at <https://doors.example/api>.
pub const SOURCE: Source = Source {
    name: "doors",
    title: "Doors",
    description: "A made-up system of doors that people open with badges.",
    documentation: "https://doors.example/api",
    inputs: &[
        Input {
            name: "site",
            description: "The short name of the site",
            format: InputFormat::DnsLabel,
            secret: false,
            example: "north",
        },
    ],
    base_url: Template(
        &[Piece::Text("https://"), Piece::Input("site"), Piece::Text(".doors.example")],
    ),
    sign_in: &[
        SignIn {
            method: "oauth_client",
            description: "OAuth client credentials.",
            inputs: &[
                Input {
                    name: "client_id",
                    description: "The identifier of the client",
                    format: InputFormat::Text,
                    secret: false,
                    example: "logwright",
                },
                Input {
                    name: "client_secret",
                    description: "The secret of the client",
                    format: InputFormat::Text,
                    secret: true,
                    example: "",
                },
            ],
            scheme: Scheme::OAuth(OAuth {
                grant: Grant::ClientCredentials,
                token_path: "/token",
                body: BodyEncoding::Form,
                client_auth: ClientAuth::Basic,
                client_id: Template(&[Piece::Input("client_id")]),
                client_secret: Some(Template(&[Piece::Input("client_secret")])),
                scope: "",
                ask_lifetime: None,
                assume_lifetime: Duration::from_secs(3600),
            }),
            ends: None,
        },
    ],
    limits: Limits {
        requests_per_minute: 10,
        remaining_headers: &[],
        limit_headers: &[],
        reset_headers: &[],
    },
    refusals: &[],
    logs: &[
        Log {
            log_type: "Doors.Opening",
            request: Request {
                method: Method::Get,
                path: Template(
                    &[
                        Piece::Text("/sites/"),
                        Piece::Input("site"),
                        Piece::Text("/openings"),
                    ],
                ),
                query: &[
                    (
                        "between",
                        Template(
                            &[Piece::WindowStart, Piece::Text(","), Piece::WindowEnd],
                        ),
                    ),
                    ("complete", Template(&[Piece::Text("true")])),
                ],
                body: &[],
            },
            response: Shape::Object(
                &[
                    ("openings", Shape::Records),
                    ("paging", Shape::Object(&[("next", Shape::Text)])),
                ],
            ),
            records: "/openings",
            paging: Paging::NextUrl {
                at: "/paging/next",
                end: End::NoNext,
            },
            order: Some(Order {
                by: &["opened"],
                ascending: true,
            }),
            time: RecordTime {
                field: "opened",
                granularity: Duration::from_secs(60),
            },
            window: Some(Window {
                format: TimeFormat::Pattern(
                    time::Pattern::new(
                        &[
                            time::Part::Number(time::Number {
                                field: time::Field::Year,
                                min: 1u8,
                                max: 4u8,
                                pad: time::Pad::Zero,
                            }),
                            time::Part::Literal("-"),
                            time::Part::Number(time::Number {
                                field: time::Field::Month,
                                min: 1u8,
                                max: 2u8,
                                pad: time::Pad::Zero,
                            }),
                            time::Part::Literal("-"),
                            time::Part::Number(time::Number {
                                field: time::Field::Day,
                                min: 1u8,
                                max: 2u8,
                                pad: time::Pad::Zero,
                            }),
                            time::Part::Literal(" "),
                            time::Part::Number(time::Number {
                                field: time::Field::Hour24,
                                min: 1u8,
                                max: 2u8,
                                pad: time::Pad::Zero,
                            }),
                            time::Part::Literal(":"),
                            time::Part::Number(time::Number {
                                field: time::Field::Minute,
                                min: 1u8,
                                max: 2u8,
                                pad: time::Pad::Zero,
                            }),
                        ],
                    ),
                ),
                start: Bound::Inclusive,
                end: Some(Bound::Exclusive),
                longest: None,
            }),
            lateness: Lateness {
                usual: Duration::from_secs(3600),
                rare: Duration::from_secs(259_200),
            },
            retention: Some(Duration::from_secs(34_560_000)),
            key: &["door", "opened_by", "sequence"],
            examples: &[],
        },
        Log {
            log_type: "Doors.Change",
            request: Request {
                method: Method::Post,
                path: Template(&[Piece::Text("/changes")]),
                query: &[],
                body: &[
                    ("archived", BodyValue::Boolean(false)),
                    ("limit", BodyValue::Integer(10_000)),
                    ("after", BodyValue::Integer(-1)),
                ],
            },
            response: Shape::Object(&[("changes", Shape::Records)]),
            records: "/changes",
            paging: Paging::None,
            order: None,
            time: RecordTime {
                field: "changed",
                granularity: Duration::from_secs(1),
            },
            window: None,
            lateness: Lateness {
                usual: Duration::from_secs(60),
                rare: Duration::from_secs(3600),
            },
            retention: None,
            key: &["sequence"],
            examples: &[],
        },
    ],
};
