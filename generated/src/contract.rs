//! The pull contract: what is true of a vendor's API, as constant data.
//!
//! A contract says where the API lives, how to sign in, what to ask, and how the answers are shaped and ordered. It is
//! written as `source.yml`, checked and compiled by the generator, and read by one engine that knows no vendor. It holds
//! facts, not settings: a collector derives its overlap, its memory of seen records and its end of data from them.
//!
//! Texts with `{placeholders}` are [`Template`]s, already taken apart. Places inside JSON are RFC 6901 pointers.

use std::time::Duration;

use crate::time::TimeFormat;

/// A vendor's product whose logs can be pulled.
#[derive(Debug)]
pub struct Source {
    /// The name used in configuration, such as `zendesk`.
    pub name: &'static str,
    /// The vendor's own spelling, such as `Zendesk`.
    pub title: &'static str,
    /// What the source is, in a sentence or two.
    pub description: &'static str,
    /// Where the vendor documents the API.
    pub documentation: &'static str,
    /// What a user must state before any request can be made; none of them is secret.
    pub inputs: &'static [Input],
    /// Scheme and host of every request, from `inputs`. Credentials never go anywhere else.
    pub base_url: Template,
    /// The ways to sign in, the recommended one first.
    pub sign_in: &'static [SignIn],
    /// How often the API may be asked, for the account as a whole.
    pub limits: Limits,
    /// What the API's refusals mean and what a user does about them; the first that fits applies.
    pub refusals: &'static [Refusal],
    /// The logs that can be pulled.
    pub logs: &'static [Log],
}

/// A value that a user states in the configuration.
#[derive(Debug)]
pub struct Input {
    /// The key in the configuration, and the name of the placeholder.
    pub name: &'static str,
    /// What to put there.
    pub description: &'static str,
    /// Which texts are accepted.
    pub format: InputFormat,
    /// True where the value must never be shown; it is then read from a file, a variable or a command.
    pub secret: bool,
    /// A value of the right shape, for documentation and for the simulator; empty for secrets.
    pub example: &'static str,
}

/// Which texts an [`Input`] accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// Any text that is not empty and has no control characters.
    Text,
    /// One label of a host name: 1 to 63 ASCII letters, digits and hyphens, no hyphen at either end (RFC 1123).
    DnsLabel,
    /// A full host name: DNS labels joined by dots, at most 253 characters.
    Hostname,
    /// An e-mail address: one `@` with text on both sides, and no white space.
    Email,
}

impl InputFormat {
    /// Whether `text` is of this format.
    ///
    /// ```
    /// use logwright::contract::InputFormat;
    ///
    /// assert!(InputFormat::DnsLabel.accepts("acme-2"));
    /// assert!(!InputFormat::DnsLabel.accepts("evil.example/"));
    /// ```
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Text => !text.is_empty() && !text.chars().any(char::is_control),
            Self::DnsLabel => is_dns_label(text),
            Self::Hostname => text.len() <= 253 && text.split('.').all(is_dns_label),
            Self::Email => {
                let mut parts = text.split('@');
                let both = parts.next().is_some_and(|user| !user.is_empty())
                    && parts.next().is_some_and(|host| !host.is_empty());
                both && parts.next().is_none() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
            }
        }
    }

    /// The format in words, for messages: "letters, digits and hyphens".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "a text that is not empty and has no control characters",
            Self::DnsLabel => "1 to 63 letters, digits and hyphens, with no hyphen at either end",
            Self::Hostname => "a host name: letters, digits, hyphens and dots",
            Self::Email => "an e-mail address",
        }
    }
}

fn is_dns_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    matches!(bytes.len(), 1..=63)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && bytes[0] != b'-'
        && bytes[bytes.len() - 1] != b'-'
}

/// A text with placeholders, taken apart by the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template(pub &'static [Piece]);

/// One piece of a [`Template`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself.
    Text(&'static str),
    /// The value of the input with this name.
    Input(&'static str),
    /// The start of the window that is being pulled, in the window's format.
    WindowStart,
    /// The end of the window that is being pulled, in the window's format.
    WindowEnd,
}

/// A way to sign in.
#[derive(Debug)]
pub struct SignIn {
    /// The name used in configuration, such as `api_token`.
    pub method: &'static str,
    /// What it is and when to choose it.
    pub description: &'static str,
    /// What it needs, in the order in which to ask for it.
    pub inputs: &'static [Input],
    /// How the inputs become an `Authorization` header.
    pub scheme: Scheme,
    /// When the vendor ends or ended this way, if that is known.
    pub ends: Option<Ends>,
}

impl SignIn {
    /// Whether a person has to agree in a browser before a program can sign in this way.
    pub fn needs_browser(&self) -> bool {
        matches!(&self.scheme, Scheme::OAuth(OAuth { grant: Grant::AuthorizationCode { .. }, .. }))
    }
}

/// How credentials become an `Authorization` header.
#[derive(Debug)]
pub enum Scheme {
    /// `Basic`, RFC 7617.
    Basic {
        /// The part before the colon.
        user: Template,
        /// The part after it.
        password: Template,
    },
    /// A fixed credential after a scheme name, such as `Bearer` or `SSWS`.
    Token {
        /// The scheme name in the header.
        prefix: &'static str,
        /// The credential.
        token: Template,
    },
    /// An access token from the vendor's OAuth server, sent as `Bearer`.
    OAuth(OAuth),
}

/// The facts of a vendor's OAuth server, RFC 6749.
#[derive(Debug)]
pub struct OAuth {
    /// How a token is obtained.
    pub grant: Grant,
    /// Path of the token endpoint under [`Source::base_url`].
    pub token_path: &'static str,
    /// How the token request is encoded.
    pub body: BodyEncoding,
    /// Where the client shows its id and secret.
    pub client_auth: ClientAuth,
    /// The input that holds the client's id.
    pub client_id: Template,
    /// The input that holds the client's secret; `None` for public clients.
    pub client_secret: Option<Template>,
    /// The scopes to ask for, separated by spaces.
    pub scope: &'static str,
    /// The life to ask for by `expires_in`; `None` where the server does not take the parameter.
    pub ask_lifetime: Option<Duration>,
    /// The life of a token whose reply does not say `expires_in`.
    pub assume_lifetime: Duration,
}

/// An OAuth grant.
#[derive(Debug)]
pub enum Grant {
    /// A server signs in as itself; when the token ends it asks for another.
    ClientCredentials,
    /// A person agrees in a browser, then tokens are refreshed.
    AuthorizationCode {
        /// Path of the page on which the person agrees, under [`Source::base_url`].
        authorize_path: &'static str,
        /// Whether the code is bound by PKCE with S256, RFC 7636.
        pkce: bool,
        /// Whether a refresh makes the old pair of tokens invalid at once.
        rotates: bool,
        /// The life to ask for by `refresh_token_expires_in`, where the server takes it.
        ask_refresh_lifetime: Option<Duration>,
    },
}

/// Where an OAuth client shows its id and secret to the token endpoint, RFC 6749, section 2.3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// Among the members of the body.
    Body,
    /// In the `Authorization` header, as HTTP Basic, and not in the body.
    Basic,
}

/// How a request body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// When a vendor ends a way to sign in.
#[derive(Debug)]
pub struct Ends {
    /// The first day on which it no longer works, `YYYY-MM-DD`.
    pub on: &'static str,
    /// What happens then and what to use instead.
    pub note: &'static str,
}

/// How often the API may be asked.
#[derive(Debug)]
pub struct Limits {
    /// Requests per minute for the whole account, shared with every other integration.
    pub requests_per_minute: u32,
    /// Response headers that tell how many requests are left, in the order of trust.
    pub remaining_headers: &'static [&'static str],
    /// Response headers that tell how many requests a period allows.
    pub limit_headers: &'static [&'static str],
    /// Response headers that tell when the period ends: seconds from now, or a date-time.
    pub reset_headers: &'static [&'static str],
}

/// What a refusal of the API means.
#[derive(Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// A text that the body contains; empty fits every body.
    pub contains: &'static str,
    /// The method of sign-in it applies to; empty fits every method.
    pub method: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// One log that the API serves.
#[derive(Debug)]
pub struct Log {
    /// The log type of its records, such as `Zendesk.Audit`.
    pub log_type: &'static str,
    /// What to ask.
    pub request: Request,
    /// The shape of an answer.
    pub response: Shape,
    /// Pointer to the array of records in the answer; `""` where the answer is that array.
    pub records: &'static str,
    /// How one answer leads to the next.
    pub paging: Paging,
    /// The order in which records come, or `None` where the API promises none.
    pub order: Option<Order>,
    /// The time of a record.
    pub time: RecordTime,
    /// What the API can be asked for by time, or `None` where it cannot.
    pub window: Option<Window>,
    /// How late a record may become visible.
    pub lateness: Lateness,
    /// How long the API keeps records; `None` is for ever.
    pub retention: Option<Duration>,
    /// The fields that together identify a record.
    pub key: &'static [&'static str],
    /// Values that fields really take, for the simulator and for people.
    pub examples: &'static [(&'static str, &'static [&'static str])],
}

/// What to ask.
#[derive(Debug)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path under [`Source::base_url`].
    pub path: Template,
    /// The query, in order; a name may stand more than once.
    pub query: &'static [(&'static str, Template)],
    /// The members of a JSON body, in order; empty for `GET`.
    pub body: &'static [(&'static str, BodyValue)],
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
}

/// A member of a JSON request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyValue {
    /// A string.
    Text(Template),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

/// The shape of a JSON answer, as far as a collector needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The array of records.
    Records,
    /// An object with these members.
    Object(&'static [(&'static str, Shape)]),
    /// A string; it may be null or absent.
    Text,
    /// A whole number; it may be null or absent.
    Integer,
    /// `true` or `false`.
    Boolean,
}

impl Shape {
    /// The shape at `pointer`, RFC 6901; `None` where nothing is declared there.
    ///
    /// ```
    /// use logwright::contract::Shape;
    ///
    /// let answer = Shape::Object(&[("meta", Shape::Object(&[("next", Shape::Integer)]))]);
    /// assert_eq!(answer.at("/meta/next"), Some(Shape::Integer));
    /// assert_eq!(answer.at("/meta/prev"), None);
    /// ```
    pub fn at(self, pointer: &str) -> Option<Self> {
        pointer.split('/').skip(1).try_fold(self, |shape, token| {
            let Self::Object(members) = shape else { return None };
            let name = token.replace("~1", "/").replace("~0", "~");
            members.iter().find(|(member, _)| *member == name).map(|(_, shape)| *shape)
        })
    }
}

/// How one answer leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// All records come in one answer.
    None,
    /// An answer holds an opaque cursor, which the next request sends.
    Cursor {
        /// Pointer to the cursor in the answer.
        at: &'static str,
        /// Where the next request carries it.
        send: Place,
        /// True where a request with a cursor carries nothing else of the query or body.
        alone: bool,
        /// True where a cursor stays valid between pulls: a later pull sends that of the last page again, and gets what is new.
        lasting: bool,
        /// How the last page is known.
        end: End,
    },
    /// The `Link` header, RFC 8288, holds the next URL under this relation.
    Link {
        /// The relation, usually `next`.
        relation: &'static str,
        /// True where the last link stays valid between pulls, so that a later pull asks it again and gets what is new.
        lasting: bool,
        /// How the last page is known.
        end: End,
    },
    /// The answer holds the next URL.
    NextUrl {
        /// Pointer to the URL in the answer.
        at: &'static str,
        /// How the last page is known.
        end: End,
    },
    /// Requests count records to skip.
    Offset {
        /// Where a request carries the count.
        send: Place,
        /// How many records a full page has.
        page_size: u32,
        /// The greatest offset that the API serves, if there is one.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The query parameter with this name.
    Query(&'static str),
    /// The member of the JSON body with this name.
    Body(&'static str),
}

/// How the last page is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The boolean at this pointer is false.
    FlagFalse(&'static str),
    /// There is no cursor, link or URL.
    NoNext,
    /// The page has no records.
    EmptyPage,
}

/// The order in which records come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The fields, the first being the most significant; none where records come as they become visible, whatever their time.
    pub by: &'static [&'static str],
    /// True for oldest first.
    pub ascending: bool,
}

impl Order {
    /// Whether records come in the order in which they become visible, so that a late one is never behind the place reached.
    pub const fn is_of_arrival(&self) -> bool {
        self.by.is_empty()
    }
}

/// The time of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordTime {
    /// The field; a required timestamp of the log type.
    pub field: &'static str,
    /// The smallest step between two different times.
    pub granularity: Duration,
}

/// What the API can be asked for by time.
#[derive(Debug)]
pub struct Window {
    /// How a bound is written.
    pub format: TimeFormat<'static>,
    /// Whether a record at the very start is served.
    pub start: Bound,
    /// Whether a record at the very end is served; `None` where there is no end to give.
    pub end: Option<Bound>,
    /// The longest span from start to end that the API takes, if there is one.
    pub longest: Option<Duration>,
}

/// Whether a record exactly at a bound is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is.
    Inclusive,
    /// It is not.
    Exclusive,
    /// The vendor does not say; a collector asks for one step more.
    Unknown,
}

/// How late a record may become visible after its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// Covers what is usual; every pull looks back this far.
    pub usual: Duration,
    /// Covers what is rare; an hourly pull looks back this far.
    pub rare: Duration,
}
