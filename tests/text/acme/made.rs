//! Log type `Acme.Made`.
//!
//! @generated from `acme/made.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::indicators::{Indicator, Indicators};
use ::logwright::json::{
    Error, IntoOwned, Member, Members, ObjectWriter, RawJson, ReadMembers, Reader, Slot,
    Text, Undeclared,
};
use ::logwright::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use ::logwright::text;
use ::logwright::time::{TimeFormat, Timestamp};

/// Fields that are made of the values of a line, and values that no field takes.
#[derive(Clone, Debug, Default, PartialEq)]
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
        let again = pairs.user_name.clone();
        let host = pairs.address.split(":", 0);
        let port = pairs.address.split(":", -1);
        let header_ = text::Value::concat(&[&pairs.pairs, &pairs.user_name], " ");
        let shown = pairs.secret.clone();
        let same = pairs.body.clone();
        Ok(Self {
            pairs: pairs.pairs.string().optional("pairs")?,
            line: pairs.user_name.string().optional("user.name")?,
            again: again.string().optional("again")?,
            host: host.string().optional("host")?,
            port: port.int().optional("port")?,
            header: header_.string().optional("header")?,
            never: Slot::Empty.optional("never")?,
            secret: pairs.secret.string().hash("pepper").optional("secret")?,
            shown: shown.string().redact("REDACTED").optional("shown")?,
            body: pairs
                .body
                .embedded(|reader| {
                    reader.object(Reader::record::<MadeBody>).map(IntoOwned::into_owned)
                })
                .optional("body")?,
            same: same
                .embedded(|reader| reader.json().map(IntoOwned::into_owned))
                .optional("same")?,
            undeclared: undeclared.settled(),
        })
    }
}

impl Object for Made<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("pairs", &self.pairs);
        object.field("line", &self.line);
        object.field("again", &self.again);
        object.field("host", &self.host);
        object.field("port", &self.port);
        object.field("header", &self.header);
        object.field("never", &self.never);
        object.field("secret", &self.secret);
        object.field("shown", &self.shown);
        object.field("body", &self.body);
        object.field("same", &self.same);
        object.undeclared(&self.undeclared);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Hostname, &self.host);
    }

    fn event_time(&self) -> Option<Timestamp> {
        self.body.as_ref().and_then(Object::event_time)
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

/// The object at `body`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MadeBody<'a> {
    /// id
    pub id: i64,
    /// city
    pub city: Option<Text<'a>>,
    /// time
    pub time: Option<Timestamp>,
}

impl MadeBody<'_> {
    /// How `time` is written.
    const TIME_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];
}

impl Object for MadeBody<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("id", &self.id);
        object.field("city", &self.city);
        object.time("time", &self.time, MadeBody::TIME_FORMATS);
    }

    fn event_time(&self) -> Option<Timestamp> {
        self.time
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

/// The members of [`MadeBody`].
static MADE_BODY_MEMBERS: Members<3, 2> = Members::keeping(
    ["geo.city", "geo"],
    [
        Member::new(",\"id\":").required(),
        Member::new(",\"city\":").copy("geo.city"),
        Member::new(",\"time\":").times(MadeBody::TIME_FORMATS),
    ],
);

impl<'a> ReadMembers<'a> for MadeBody<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        MADE_BODY_MEMBERS
            .read(reader, &mut [&mut self.id, &mut self.city, &mut self.time])
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Made",
    description: "Fields that are made of the values of a line, and values that no field takes.",
    reference_url: "",
    fingerprint: "6c4c904f7940b7fd",
    fields: &[
        Field::new("pairs", Kind::String, ""),
        Field::new("line", Kind::String, ""),
        Field::new("again", Kind::String, ""),
        Field::new("host", Kind::String, "").indicators(&[Indicator::Hostname]),
        Field::new("port", Kind::Int, ""),
        Field::new("header", Kind::String, ""),
        Field::new("never", Kind::String, ""),
        Field::new("secret", Kind::String, ""),
        Field::new("shown", Kind::String, ""),
        Field::new("body", Kind::Object(MADE_BODY_FIELDS), ""),
        Field::new("same", Kind::Json, ""),
    ],
};

/// The fields of [`MadeBody`].
const MADE_BODY_FIELDS: &[Field] = &[
    Field::new("id", Kind::BigInt, "").required(),
    Field::new("city", Kind::String, ""),
    Field::new("time", Kind::Timestamp(MadeBody::TIME_FORMATS), "").event_time(),
];
