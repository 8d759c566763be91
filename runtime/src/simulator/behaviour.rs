//! What the stand-in does besides what the contract promises: each deviation is a field, and none is on by default.
//!
//! Real APIs are late, throttled, broken for a minute, and vague about their bounds. A test switches on the one thing it is
//! about. What belongs to one answer is a [`Fault`], planned for the requests with certain numbers; what holds all the time is a
//! field of [`Behaviour`].

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use logwright::contract::Bound;

/// How the stand-in behaves. The default is an API in good health.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a deviation of its own, and any may meet any other")]
pub struct Behaviour {
    /// What goes wrong with the answers to requests for records; the first request has number 0. The first range that fits applies.
    pub faults: Vec<(Range<u64>, Fault)>,
    /// What goes wrong with the answers of the token endpoint, whose requests are counted apart.
    pub token_faults: Vec<(Range<u64>, Fault)>,
    /// Whether a record at the very start of a window is served, where the contract leaves it open.
    pub start_bound: Bound,
    /// Whether a record at the very end of a window is served, where the contract leaves it open.
    pub end_bound: Bound,
    /// How far the server's clock is ahead (positive) or behind (negative), in seconds.
    pub clock_offset: i64,
    /// The most records on a page, where an API gives fewer than it is asked for.
    pub page_size: Option<usize>,
    /// Whether pages come by number, as from an API that does not know the contract's cursors: no cursor, no end mark.
    pub numbered_pages: bool,
    /// How long cursors are taken at most. Then all of them are written anew, and the old ones are refused.
    pub cursor_life: Option<Duration>,
    /// Whether bodies are compressed for clients that take `gzip`.
    pub gzip: bool,
    /// Requests per minute, where it is not the contract's limit.
    pub requests_per_minute: Option<u32>,
    /// How long an access token lives, whatever the client asked for.
    pub token_lifetime: Option<Duration>,
    /// Whether the token endpoint says `expires_in` to a client that sent it.
    pub tells_lifetime: bool,
    /// The scope that every new token gets, whatever the client asked for.
    pub granted_scope: Option<String>,
    /// The status of a granted token: 200 or 201.
    pub token_status: u16,
    // Of the sign-in of a person, and of its renewal.
    /// Whether the person on the sign-in page says no.
    pub person_denies: bool,
    /// The renewals whose answer is lost on its way, although the old tokens have ended; the first renewal has number 0.
    pub lost_renewals: Range<u64>,
    /// Methods of sign-in that are refused although the credentials are right, as after their end.
    pub refused_methods: Vec<String>,
    /// Scheme and host of the links inside answers, where they are not the stand-in's own.
    pub link_base: Option<String>,
    /// How many records appear with every second request for records, before the answer, and how late they are at most.
    pub arrivals: Option<(u64, Duration)>,
    /// The records that fall into the second of the first of them. Applies to records that are made at the start.
    pub one_second: Range<u64>,
    /// How long after its own time the record with this number becomes visible. Applies to records that are made at the start.
    pub late: BTreeMap<u64, Duration>,
    /// What is unusual, and yet right, about the record with this number. Applies to records that are made at the start.
    pub odd: BTreeMap<u64, Oddity>,
    /// The damage to the record with this number, on every page that holds it. Applies to records that are made at the start.
    pub damaged: BTreeMap<u64, Damage>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            faults: Vec::new(),
            token_faults: Vec::new(),
            start_bound: Bound::Inclusive,
            end_bound: Bound::Inclusive,
            clock_offset: 0,
            page_size: None,
            numbered_pages: false,
            cursor_life: None,
            gzip: false,
            requests_per_minute: None,
            token_lifetime: None,
            tells_lifetime: true,
            granted_scope: None,
            token_status: 200,
            person_denies: false,
            lost_renewals: 0..0,
            refused_methods: Vec::new(),
            link_base: None,
            arrivals: None,
            one_second: 0..0,
            late: BTreeMap::new(),
            odd: BTreeMap::new(),
            damaged: BTreeMap::new(),
        }
    }
}

/// The fault that is planned for the request with number `request`.
pub(super) fn planned(faults: &[(Range<u64>, Fault)], request: u64) -> Option<&Fault> {
    faults.iter().find(|(requests, _)| requests.contains(&request)).map(|(_, fault)| fault)
}

/// What goes wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This status, such as 429, 500 or 503, with a text body and perhaps a time to wait.
    Status(u16, RetryAfter),
    /// The refusal of the contract with this index: its status, and a body that contains its text.
    Refusal(usize),
    /// 401, and the token that was sent is dead from now on, so that only another one helps.
    TokenRevoked,
    /// 403, as for a token that lacks the scope.
    ScopeMissing,
    /// 403, as for a role or a plan that may not see the log.
    AccessDenied,
    /// 404.
    NotFound,
    /// 200 with a web page for a body, as a proxy or a login wall sends it.
    Html,
    /// 200 with a body that stops half-way.
    HalfBody,
    /// 200 with `null` for a body.
    NullBody,
    /// 200 with `null` in the place of the records.
    NullRecords,
    /// 200 with an object in the place of the records.
    RecordsNotAList,
    /// 200 without the member that holds the records.
    NoRecords,
    /// More is promised, but there is no cursor or link to it.
    NextMissing,
    /// More is promised, and the cursor or link leads to this page again.
    NextRepeated,
    /// The next page begins with the last record of this one.
    NextOverlaps,
    /// More is promised, and this page has no records; the cursor goes on from where it was.
    EmptyPage,
    /// Every record of the page stands on it twice.
    RecordsTwice,
    /// The records of the page come in reverse.
    RecordsReversed,
    /// The page, said to be plain text.
    ContentType,
    /// The page with bytes that are not UTF-8 in the cursor's place, or else after its end.
    InvalidUtf8,
    /// No answer: the connection is reset.
    Reset,
    /// The answer breaks off half-way, and the connection with it.
    CutOff,
    /// No answer, ever: the connection stays open.
    Silence,
    /// The answer stops half-way, and the connection stays open.
    Stalled,
    /// The answer comes only after this time.
    Slow(Duration),
}

/// How a refusal says when to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// Not at all.
    Missing,
    /// `Retry-After` with this many seconds; 0 is possible.
    Seconds(u64),
    /// `Retry-After` with the HTTP date this many seconds from now.
    Date(u64),
    /// The contract's reset headers with this many seconds, and no `Retry-After`.
    Reset(u64),
    /// The same as a date-time.
    ResetAt(u64),
}

/// What is unusual about one record, though every reader should take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Every field but those of the key and the time is null.
    Nulls,
    /// Nothing is there but the key and the time.
    Bare,
    /// A member that no schema knows.
    UnknownField,
    /// A text of one megabyte: the first that the record has.
    LongText,
    /// The time has a fraction of a second.
    FractionalSeconds,
    /// The time ends in `+00:00` instead of `Z`.
    Offset,
}

/// What is wrong with one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A field of the key is absent.
    KeyMissing,
    /// A field of the key is null.
    KeyNull,
    /// A field of the key is the number `1.0`.
    KeyFloat,
    /// The time is absent.
    TimeMissing,
    /// The time is a text that is no time.
    TimeMalformed,
    /// A text has bytes that are not UTF-8.
    InvalidUtf8,
    /// The record is a number instead of an object.
    NotAnObject,
}
