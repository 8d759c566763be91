//! The logs that the parts of the stand-in are tested with.

use std::time::Duration;

use logwright::contract::{
    BodyValue, Bound, End, Lateness, Log, Method, Order, Paging, Piece, Place, RecordTime, Request, Shape, Template,
    Window,
};
use logwright::log_type::{Field, Kind, Schema};
use logwright::log_types::zendesk::audit::SCHEMA;
use logwright::log_types::zendesk::source::SOURCE;
use logwright::time::{TimeFormat, Timestamp};

/// A log with everything in the query.
pub(super) const LOG: &Log = &SOURCE.logs[0];

pub(super) const AUDIT: &Schema = &SCHEMA;

/// A log with everything in a body, a text for a key, and nested fields.
pub(super) const TICKET_LOG: &Log = &Log {
    log_type: "Example.Ticket",
    request: Request {
        method: Method::Post,
        path: Template(&[Piece::Text("/tickets")]),
        query: &[],
        body: &[
            ("filter", BodyValue::Text(Template(&[Piece::Text("at > "), Piece::WindowStart]))),
            ("limit", BodyValue::Integer(20)),
        ],
    },
    response: Shape::Object(TICKET_PAGE),
    records: "/tickets",
    paging: Paging::Cursor {
        at: "/cursor",
        send: Place::Body("cursor"),
        alone: false,
        lasting: true,
        end: End::NoNext,
    },
    order: Some(Order { by: &["at"], ascending: true }),
    time: RecordTime { field: "at", granularity: Duration::from_secs(1) },
    window: Some(Window { format: TimeFormat::Unix, start: Bound::Exclusive, end: None, longest: None }),
    lateness: Lateness { usual: Duration::ZERO, rare: Duration::ZERO },
    retention: None,
    key: &["number"],
    examples: &[],
};

/// The same log, asked for by `GET` and paged in another way.
pub(super) const fn paged(response: Shape, paging: Paging) -> Log {
    let query: &[(&str, Template)] = match paging {
        Paging::None => &[],
        _ => &[("limit", Template(&[Piece::Text("20")]))],
    };
    let request = Request { method: Method::Get, path: Template(&[Piece::Text("/tickets")]), query, body: &[] };
    Log {
        log_type: "Example.Ticket",
        request,
        response,
        records: "/tickets",
        paging,
        order: None,
        time: TICKET_LOG.time,
        window: None,
        lateness: TICKET_LOG.lateness,
        retention: None,
        key: &["number"],
        examples: &[],
    }
}

pub(super) const TICKET_PAGE: &[(&str, Shape)] =
    &[("tickets", Shape::Records), ("cursor", Shape::Text), ("next", Shape::Text), ("count", Shape::Integer)];

pub(super) const TICKETS: &Schema = &Schema {
    log_type: "Example.Ticket",
    description: "",
    reference_url: "",
    fingerprint: "",
    fields: &[
        Field::string("number").required(),
        Field::timestamp("at", &[TimeFormat::Unix]).required().event_time(),
        Field::new("tags", Kind::Array(&Kind::String)),
        Field::new("user", Kind::Object(&[Field::string("name"), Field::boolean("admin")])),
        Field::json("extra"),
        Field::float("score"),
    ],
};

pub(super) const fn time(seconds: i64) -> Timestamp {
    match Timestamp::from_unix(seconds, 0) {
        Some(time) => time,
        None => panic!("the test's time is inside the calendar"),
    }
}
