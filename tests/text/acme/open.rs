//! Log type `Acme.Open`.
//!
//! @generated from `acme/open.yml` by `logwright-codegen`. Edit the YAML instead.

use ::logwright::json::{
    Declared, Error, Reader, Text, Then, Undeclared, Values, debug, equal,
};
use ::logwright::log_type::{Field, Kind, ParsedBy, Record, Schema};
use ::logwright::text;

/// Columns that only a header knows, of which some have a field and the others are kept.
#[derive(Clone, Default)]
pub struct Open<'a> {
    /// name
    pub name: Option<Text<'a>>,
    /// undeclared
    pub undeclared: Option<i32>,
    /// numbers
    pub numbers: Vec<Option<i32>>,
    /// first
    pub first: Option<Text<'a>>,
    /// What no field takes, as it was sent.
    pub undeclared_2: Undeclared<'a>,
}

impl<'a> Open<'a> {
    /// Parses the next line of a stream; `None` where it is the header or no event. Texts borrow from `line`.
    ///
    /// `header` is empty at the start of each stream.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(
        header: &mut text::Header,
        line: &'a [u8],
    ) -> Result<Option<Self>, Error> {
        let Some(line) = header.line(line, "")? else { return Ok(None) };
        if header.take_first(line, ',', OPTIONS, COLUMNS)? {
            return Ok(None);
        }
        Self::read(header, line).map(Some)
    }

    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let pairs = PairsOfLine::read(header, line)?;
        let undeclared_2 = pairs.undeclared_2;
        Ok(Self {
            name: pairs.user.string().optional("user")?,
            undeclared: pairs.undeclared.int().optional("undeclared")?,
            numbers: pairs
                .numbers
                .clone()
                .embedded(|reader| reader.array(Reader::int))
                .optional("numbers")?
                .unwrap_or_default(),
            first: pairs.numbers.split(",", 0).string().optional("first")?,
            undeclared_2: undeclared_2.settled(),
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: true,
    empty_values: &["-"],
};

/// The columns that have a field; others are passed over.
const COLUMNS: &[&str] = &["undeclared", "numbers", "user"];

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    undeclared: text::Value<'a>,
    numbers: text::Value<'a>,
    user: text::Value<'a>,
    undeclared_2: Undeclared<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let mut undeclared_2 = Undeclared::default();
        let [undeclared, numbers, user] = header
            .values(
                line,
                ',',
                OPTIONS,
                |column, value| match column {
                    "name" | "first" => {}
                    _ => undeclared_2.text(column.to_owned(), value.as_str()),
                },
            )?;
        Ok(Self {
            undeclared,
            numbers,
            user,
            undeclared_2,
        })
    }
}

impl Declared for Open<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 4> = [
            &self.name,
            &self.undeclared,
            &self.numbers,
            &self.first,
        ];
        then(&OPEN_FIELDS, &values);
    }

    fn undeclared(&self) -> Option<&Undeclared<'_>> {
        Some(&self.undeclared_2)
    }
}

impl PartialEq for Open<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for Open<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "Open", f)
    }
}

impl Record for Open<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `Acme.Open`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::after_header(
    &SCHEMA,
    |header, line, then| {
        Open::parse(header, line)
            .map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "Acme.Open",
    description: "Columns that only a header knows, of which some have a field and the others are kept.",
    reference_url: "",
    fingerprint: "ca99f348de10e206",
    fields: &OPEN_FIELDS,
};

/// The fields of [`Open`].
static OPEN_FIELDS: [Field; 4] = [
    Field::string("name"),
    Field::int("undeclared"),
    Field::new("numbers", Kind::Array(&Kind::Int)),
    Field::string("first"),
];
