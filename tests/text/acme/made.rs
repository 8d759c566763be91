//! Log type `Acme.Made`.
//!
//! @generated from `acme/made.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::indicators::Indicator;
use ::logwright::json::{
    Declared, Error, IntoOwned, Members, Places, RawJson, ReadMembers, Reader, Slot,
    Text, Then, Undeclared, Values, debug, equal,
};
use ::logwright::log_type::{Field, Kind, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// Fields that are made of the values of a line, and values that no field takes.
#[derive(Clone, Default)]
pub struct Made<'a> {
    /// pairs
    pub pairs: Option<Text<'a>>,
    /// line
    pub line: Option<Text<'a>>,
    /// again
    pub again: Option<Text<'a>>,
    /// host
    pub host: Option<Text<'a>>,
    /// port
    pub port: Option<i32>,
    /// header
    pub header: Option<Text<'a>>,
    /// never
    pub never: Option<Text<'a>>,
    /// secret
    pub secret: Option<Text<'a>>,
    /// shown
    pub shown: Option<Text<'a>>,
    /// body
    pub body: Option<MadeBody<'a>>,
    /// same
    pub same: Option<RawJson<'a>>,
    /// What no field takes, as it was sent.
    pub undeclared: Undeclared<'a>,
}

impl<'a> Made<'a> {
    /// Parses one line; `None` where it is no event. Texts borrow from `line`.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(line: &'a [u8]) -> Result<Option<Self>, Error> {
        let Some(line) = text::line(line, "")? else { return Ok(None) };
        Self::read(line).map(Some)
    }

    fn read(line: &'a str) -> Result<Self, Error> {
        let mut pairs = PairsOfLine::read(line)?;
        let expanded_1 = OPTIONS
            .expanded(&[pairs.pairs.or_empty(), "/", pairs.extra.or_empty()]);
        pairs.label = expanded_1.or(pairs.label);
        let mut undeclared = Undeclared::default();
        undeclared.text("address", pairs.address.as_str());
        undeclared.text("extra", pairs.extra.as_str());
        undeclared.text("label", pairs.label.as_str());
        undeclared.text("p_extra", pairs.p_extra.as_str());
        Ok(Self {
            pairs: pairs.pairs.clone().string().optional("pairs")?,
            line: pairs.user_name.clone().string().optional("user.name")?,
            again: pairs.user_name.clone().string().optional("again")?,
            host: pairs.address.split(":", 0).string().optional("host")?,
            port: pairs.address.split(":", -1).int().optional("port")?,
            header: text::Value::concat(&[&pairs.pairs, &pairs.user_name], " ")
                .string()
                .optional("header")?,
            never: Slot::Empty.optional("never")?,
            secret: pairs.secret.clone().string().hash("pepper").optional("secret")?,
            shown: pairs.secret.clone().string().redact("REDACTED").optional("shown")?,
            body: pairs
                .body
                .clone()
                .embedded(|reader| {
                    reader.object(Reader::record::<MadeBody>).map(IntoOwned::into_owned)
                })
                .optional("body")?,
            same: pairs
                .body
                .clone()
                .embedded(|reader| reader.json().map(IntoOwned::into_owned))
                .optional("same")?,
            undeclared: undeclared.settled(),
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: false,
    empty_values: &["-"],
};

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    pairs: text::Value<'a>,
    secret: text::Value<'a>,
    body: text::Value<'a>,
    /// `user.name`
    user_name: text::Value<'a>,
    address: text::Value<'a>,
    extra: text::Value<'a>,
    p_extra: text::Value<'a>,
    label: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(line: &'a str) -> Result<Self, Error> {
        let looked_over = text::Line::new(line);
        Self::pattern_1(&looked_over)
            .ok_or_else(|| text::no_match(
                &[
                    "%{pairs} %{user.name} %{address} %{secret} %{extra} %{p_extra} %{body}",
                ],
                line,
            ))
    }

    /// `%{pairs} %{user.name} %{address} %{secret} %{extra} %{p_extra} %{body}`
    fn pattern_1(line: &text::Line<'a>) -> Option<Self> {
        let mut pairs = Self::default();
        let mut line = text::Rest::after("", line, 0, OPTIONS)?;
        pairs.pairs = line.until(" ")?;
        pairs.user_name = line.until(" ")?;
        pairs.address = line.until(" ")?;
        pairs.secret = line.until(" ")?;
        pairs.extra = line.until(" ")?;
        pairs.p_extra = line.until(" ")?;
        pairs.body = line.rest();
        Some(pairs)
    }
}

impl Declared for Made<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 11> = [
            &self.pairs,
            &self.line,
            &self.again,
            &self.host,
            &self.port,
            &self.header,
            &self.never,
            &self.secret,
            &self.shown,
            &self.body,
            &self.same,
        ];
        then(&MADE_FIELDS, &values);
    }

    fn undeclared(&self) -> Option<&Undeclared<'_>> {
        Some(&self.undeclared)
    }
}

impl PartialEq for Made<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Made<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Made", f)
    }
}

impl Record for Made<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Made`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::new(
    &SCHEMA,
    |line, then| {
        Made::parse(line).map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Made",
    description: "Fields that are made of the values of a line, and values that no field takes.",
    reference_url: "",
    fingerprint: "6c4c904f7940b7fd",
    fields: &MADE_FIELDS,
};

/// The fields of [`Made`].
static MADE_FIELDS: [Field; 11] = [
    Field::string("pairs"),
    Field::string("line"),
    Field::string("again"),
    Field::string("host").indicators(&[Indicator::Hostname]),
    Field::int("port"),
    Field::string("header"),
    Field::string("never"),
    Field::string("secret"),
    Field::string("shown"),
    Field::new("body", Kind::Object(&MADE_BODY_FIELDS)),
    Field::json("same"),
];

/// The object at `body`.
#[derive(Clone, Default)]
pub struct MadeBody<'a> {
    /// id
    pub id: i64,
    /// city
    pub city: Option<Text<'a>>,
    /// time
    pub time: Option<Timestamp>,
}

impl<'a> ReadMembers<'a> for MadeBody<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<3, 2> = Members::keeping(
            ["geo.city", "geo"],
            &MADE_BODY_FIELDS,
        );
        let mut places: Places<'_, 'a, 3> = [
            &mut self.id,
            &mut self.city,
            &mut self.time,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for MadeBody<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 3> = [&self.id, &self.city, &self.time];
        then(&MADE_BODY_FIELDS, &values);
    }
}

impl PartialEq for MadeBody<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for MadeBody<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "MadeBody", f)
    }
}

impl IntoOwned for MadeBody<'_> {
    type Owned = MadeBody<'static>;

    fn into_owned(self) -> MadeBody<'static> {
        MadeBody {
            id: self.id,
            city: self.city.into_owned(),
            time: self.time,
        }
    }
}

/// The fields of [`MadeBody`].
static MADE_BODY_FIELDS: [Field; 3] = [
    Field::bigint("id").required(),
    Field::string("city").copy("geo.city"),
    Field::timestamp("time", &[TimeFormat::Rfc3339]).event_time(),
];
