//! A pull contract with nothing left to resolve: what `emit/contract.rs` writes down.
//!
//! The types are those of [`logwright::contract`], owned; what each fact means is told there. Templates are taken apart,
//! every placeholder names a declared input, every pointer leads somewhere, every field is one of the log type.

use std::time::Duration;

use logwright::contract::{BodyEncoding, Bound, ClientAuth, InputFormat, Method};

use crate::model::Format;

/// A vendor's product whose logs can be pulled, from one `source.yml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file as it is shown to the user, such as `schemas/zendesk/source.yml`.
    pub file: String,
    /// The name used in configuration: that of the folder, of a Cargo feature and of a Rust module.
    pub name: String,
    /// The vendor's own spelling.
    pub title: String,
    /// What the source is.
    pub description: String,
    /// Where the vendor documents the API.
    pub documentation: String,
    /// What a user must state whatever the way to sign in.
    pub inputs: Vec<Input>,
    /// Scheme and host.
    pub base_url: Template,
    /// The ways to sign in, the recommended one first.
    pub sign_in: Vec<SignIn>,
    /// How often the API may be asked.
    pub limits: Limits,
    /// What refusals mean, the first that fits first.
    pub refusals: Vec<Refusal>,
    /// The logs.
    pub logs: Vec<Log>,
}

/// A value that a user states in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The key in the configuration, and the name of the placeholder.
    pub name: String,
    /// What to put there.
    pub description: String,
    /// Which texts are accepted.
    pub format: InputFormat,
    /// True where the value must never be shown.
    pub secret: bool,
    /// A value of the right shape; empty for secrets.
    pub example: String,
}

/// A text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub Vec<Piece>);

/// One piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself.
    Text(String),
    /// The input with this name.
    Input(String),
    /// The start of the window.
    WindowStart,
    /// The end of the window.
    WindowEnd,
}

/// A way to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The name used in configuration.
    pub method: String,
    /// What it is and when to choose it.
    pub description: String,
    /// What it needs.
    pub inputs: Vec<Input>,
    /// How the inputs become an `Authorization` header.
    pub scheme: Scheme,
    /// When the vendor ends it.
    pub ends: Option<Ends>,
}

/// How credentials become an `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `Basic`.
    Basic {
        /// The part before the colon.
        user: Template,
        /// The part after it.
        password: Template,
    },
    /// A fixed credential after a scheme name.
    Token {
        /// The scheme name.
        prefix: String,
        /// The credential.
        token: Template,
    },
    /// An access token from the vendor's OAuth server.
    OAuth(OAuth),
}

/// The facts of a vendor's OAuth server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth {
    /// How a token is obtained.
    pub grant: Grant,
    /// Path of the token endpoint.
    pub token_path: String,
    /// How the token request is encoded.
    pub body: BodyEncoding,
    /// Where the client shows its id and secret.
    pub client_auth: ClientAuth,
    /// The client's id.
    pub client_id: Template,
    /// The client's secret; `None` for public clients.
    pub client_secret: Option<Template>,
    /// The scopes to ask for, separated by spaces.
    pub scope: String,
    /// The life to ask for.
    pub ask_lifetime: Option<Duration>,
    /// The life of a token whose reply does not tell it.
    pub assume_lifetime: Duration,
}

/// An OAuth grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// A server signs in as itself.
    ClientCredentials,
    /// A person agrees in a browser.
    AuthorizationCode {
        /// Path of the page on which the person agrees.
        authorize_path: String,
        /// Whether the code is bound by PKCE with S256.
        pkce: bool,
        /// Whether a refresh makes the old pair of tokens invalid at once.
        rotates: bool,
        /// The life to ask for.
        ask_refresh_lifetime: Option<Duration>,
    },
}

/// When a vendor ends a way to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The first day on which it no longer works, `YYYY-MM-DD`.
    pub on: String,
    /// What happens then and what to use instead.
    pub note: String,
}

/// How often the API may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests per minute for the whole account.
    pub requests_per_minute: u32,
    /// Response headers that tell how many requests are left.
    pub remaining_headers: Vec<String>,
    /// Response headers that tell how many requests a period allows.
    pub limit_headers: Vec<String>,
    /// Response headers that tell when the period ends.
    pub reset_headers: Vec<String>,
}

/// What a refusal of the API means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// A text that the body contains; empty fits every body.
    pub contains: String,
    /// The method of sign-in it applies to; empty fits every method.
    pub method: String,
    /// What it means.
    pub means: String,
    /// What to do about it.
    pub remedy: String,
}

/// One log that the API serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The log type of its records.
    pub log_type: String,
    /// What to ask.
    pub request: Request,
    /// The shape of an answer.
    pub response: Shape,
    /// Pointer to the array of records in the answer.
    pub records: String,
    /// How one answer leads to the next.
    pub paging: Paging,
    /// The order in which records come.
    pub order: Option<Order>,
    /// The time of a record.
    pub time: RecordTime,
    /// What the API can be asked for by time.
    pub window: Option<Window>,
    /// How late a record may become visible.
    pub lateness: Lateness,
    /// How long the API keeps records; `None` is for ever.
    pub retention: Option<Duration>,
    /// The fields that together identify a record.
    pub key: Vec<String>,
    /// Values that fields really take.
    pub examples: Vec<(String, Vec<String>)>,
}

/// What to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path under the base URL.
    pub path: Template,
    /// The query, in order.
    pub query: Vec<(String, Template)>,
    /// The members of a JSON body, in order.
    pub body: Vec<(String, BodyValue)>,
}

/// A member of a JSON request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyValue {
    /// A string.
    Text(Template),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

/// The shape of a JSON answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The array of records.
    Records,
    /// An object with these members.
    Object(Vec<(String, Shape)>),
    /// A string.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
}

/// How one answer leads to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paging {
    /// All records come in one answer.
    None,
    /// An answer holds an opaque cursor, which the next request sends.
    Cursor {
        /// Pointer to the cursor in the answer.
        at: String,
        /// Where the next request carries it.
        send: Place,
        /// True where a request with a cursor carries nothing else.
        alone: bool,
        /// True where a cursor stays valid between pulls.
        lasting: bool,
        /// How the last page is known.
        end: End,
    },
    /// The `Link` header holds the next URL.
    Link {
        /// The relation.
        relation: String,
        /// True where the last link stays valid between pulls.
        lasting: bool,
        /// How the last page is known.
        end: End,
    },
    /// The answer holds the next URL.
    NextUrl {
        /// Pointer to the URL in the answer.
        at: String,
        /// How the last page is known.
        end: End,
    },
    /// Requests count records to skip.
    Offset {
        /// Where a request carries the count.
        send: Place,
        /// How many records a full page has.
        page_size: u32,
        /// The greatest offset that the API serves.
        most: Option<u32>,
    },
}

impl Paging {
    /// Whether what leads on from the last page stays valid between pulls.
    pub const fn is_lasting(&self) -> bool {
        matches!(self, Self::Cursor { lasting: true, .. } | Self::Link { lasting: true, .. })
    }
}

/// Where a request carries a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The query parameter with this name.
    Query(String),
    /// The member of the JSON body with this name.
    Body(String),
}

/// How the last page is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The boolean at this pointer is false.
    FlagFalse(String),
    /// There is no cursor, link or URL.
    NoNext,
    /// The page has no records.
    EmptyPage,
}

/// The order in which records come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The fields, the first being the most significant; none where records come as they become visible.
    pub by: Vec<String>,
    /// True for oldest first.
    pub ascending: bool,
}

impl Order {
    /// Whether records come in the order in which they become visible.
    pub const fn is_of_arrival(&self) -> bool {
        self.by.is_empty()
    }
}

/// The time of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordTime {
    /// The field.
    pub field: String,
    /// The smallest step between two different times.
    pub granularity: Duration,
}

/// What the API can be asked for by time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How a bound is written.
    pub format: Format,
    /// Whether a record at the very start is served.
    pub start: Bound,
    /// Whether a record at the very end is served.
    pub end: Option<Bound>,
    /// The longest span that the API takes.
    pub longest: Option<Duration>,
}

/// How late a record may become visible after its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// Covers what is usual.
    pub usual: Duration,
    /// Covers what is rare.
    pub rare: Duration,
}
