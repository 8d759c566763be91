//! A value before it is decoded: what the transformations of a schema work on.
//!
//! A generated parser keeps the members that transformations read, as the object goes by. When the object is complete, it
//! follows paths in them, joins and cuts their texts, and decodes what comes out as it would decode the member itself.

use std::borrow::Cow;

use super::decode::{self, Token};
use super::error::Error;
use super::members::How;
use super::raw::RawJson;
use super::reader::Reader;
use super::slot::Slot;
use super::text::Text;
use super::value::{Reading, Value};
use crate::time::{TimeFormat, Timestamp};

/// A value before it is decoded. Its methods of decoding are those of [`Reader`].
///
/// ```
/// use logwright::json::{Reader, Slot, Undecoded};
///
/// let input = br#"{"actor": {"name": "Jane", "geo.city": "Berlin"}}"#;
/// let actor = Reader::read(input, |reader| {
///     reader.key()?;
///     let actor = reader.undecoded()?;
///     assert!(reader.key()?.is_none());
///     Ok(actor)
/// })?;
/// assert!(matches!(actor.at("geo.city").string(), Slot::Value(city) if city == "Berlin"));
/// let both = Undecoded::concat(&[actor.at("name"), actor.at("age"), actor.at("geo.city")], " of ");
/// assert!(matches!(both.string(), Slot::Value(both) if both == "Jane of Berlin"));
/// # Ok::<(), logwright::json::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Undecoded<'a>(Form<'a>);

#[derive(Clone, Debug, Default)]
enum Form<'a> {
    /// Nothing, or null.
    #[default]
    Absent,
    /// What starts with the value, which a reader has checked or is about to check. More may follow it.
    Sent(&'a [u8]),
    /// A text that was made.
    Made(Cow<'a, str>),
    /// A text was to be made of something that is none.
    Wrong(Error),
}

impl<'a> Undecoded<'a> {
    /// No value.
    pub(super) const fn absent() -> Self {
        Self(Form::Absent)
    }

    /// The value at the start of `input`.
    pub(super) fn sent(input: &'a [u8]) -> Self {
        // No other value starts so, and what only looks like one is no JSON, of which the reader tells.
        Self(if input.starts_with(b"n") { Form::Absent } else { Form::Sent(input) })
    }

    /// True where there is nothing, or null.
    pub fn is_absent(&self) -> bool {
        matches!(self.0, Form::Absent)
    }

    /// This value, or the one at `path` in `other` where this is absent.
    #[must_use]
    pub fn or_at(self, other: &Self, path: &str) -> Self {
        if self.is_absent() { other.at(path) } else { self }
    }

    /// The value at a path of keys joined by dots; absent where there is none. Keys may have dots themselves: of those that
    /// are there the longest is tried first. Only objects are entered.
    #[must_use]
    pub fn at(&self, path: &str) -> Self {
        let Form::Sent(input) = self.0 else { return Self::default() };
        // An error cannot be: the reader of the whole has checked this already.
        let mut found =
            Reader::passed(input).object(|reader| starts(reader, path)).map_or(Vec::new(), value_or_default);
        // The sort is stable, and so the last of duplicate keys comes first in the end.
        found.reverse();
        found.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
        found.dedup_by_key(|(key, _)| *key);
        let values = found
            .iter()
            .map(|(key, value)| if *key == path.len() { value.clone() } else { value.at(&path[key + 1..]) });
        values.into_iter().find(|value| !value.is_absent()).unwrap_or_default()
    }

    /// The texts of `parts` joined; one that is absent is skipped, and without any the result is absent.
    #[must_use]
    pub fn concat(parts: &[Self], separator: &str) -> Self {
        let mut texts = Vec::new();
        for part in parts {
            match part.text() {
                Slot::Empty => {}
                Slot::Value(text) => texts.push(text),
                Slot::Wrong(error) => return Self(Form::Wrong(error)),
            }
        }
        match &mut texts[..] {
            [] => Self::default(),
            [only] => Self(Form::Made(std::mem::take(only))),
            texts => Self(Form::Made(Cow::Owned(texts.join(separator)))),
        }
    }

    /// One of the pieces of the text between which `separator` stands, from 0 or, where `index` is negative, from the end;
    /// absent where there is no such piece.
    #[must_use]
    pub fn split(&self, separator: &str, index: i64) -> Self {
        match self.text() {
            Slot::Empty => Self::default(),
            Slot::Value(text) => match piece(&text, separator, index) {
                Some(range) => Self(Form::Made(cut(text, range))),
                None => Self::default(),
            },
            Slot::Wrong(error) => Self(Form::Wrong(error)),
        }
    }

    fn text(&self) -> Slot<Cow<'a, str>> {
        match self.clone().string() {
            Slot::Empty => Slot::Empty,
            Slot::Value(text) => Slot::Value(text.into_decoded()),
            Slot::Wrong(error) => Slot::Wrong(error),
        }
    }
}

/// The piece of `text` with this number, see [`Undecoded::split`].
pub(crate) fn piece(text: &str, separator: &str, index: i64) -> Option<std::ops::Range<usize>> {
    let number = usize::try_from(index.unsigned_abs()).ok()?;
    let number = if index < 0 { text.split(separator).count().checked_sub(number)? } else { number };
    // From the front in both cases: where separators could overlap, the first one counts.
    let piece = text.split(separator).nth(number)?;
    let start = piece.as_ptr().addr() - text.as_ptr().addr();
    Some(start..start + piece.len())
}

/// A part of a text, borrowed where the text is.
pub(crate) fn cut(text: Cow<'_, str>, range: std::ops::Range<usize>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

/// The members of an object with whose keys `path` starts, each with the length of its key.
fn starts<'a>(reader: &mut Reader<'a>, path: &str) -> Result<Vec<(usize, Undecoded<'a>)>, Error> {
    let mut found = Vec::new();
    while let Some(key) = reader.key()? {
        let value = reader.undecoded()?;
        let rest = path.strip_prefix(&*key);
        if !key.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            found.push((key.len(), value));
        }
    }
    Ok(found)
}

fn value_or_default<T: Default>(slot: Slot<T>) -> T {
    match slot {
        Slot::Value(value) => value,
        Slot::Empty | Slot::Wrong(_) => T::default(),
    }
}

/// The value as each type of the schema language.
impl<'a> Undecoded<'a> {
    /// As a value of type `string`.
    pub fn string(self) -> Slot<Text<'a>> {
        self.scalar(decode::string)
    }

    /// As a value of type `smallint`.
    pub fn smallint(self) -> Slot<i16> {
        self.scalar(|token| decode::integer(&token, "a 16-bit integer"))
    }

    /// As a value of type `int`.
    pub fn int(self) -> Slot<i32> {
        self.scalar(|token| decode::integer(&token, "a 32-bit integer"))
    }

    /// As a value of type `bigint`.
    pub fn bigint(self) -> Slot<i64> {
        self.scalar(|token| decode::integer(&token, "a 64-bit integer"))
    }

    /// As a value of type `float`.
    pub fn float(self) -> Slot<f64> {
        self.scalar(|token| decode::float(&token))
    }

    /// As a value of type `boolean`.
    pub fn boolean(self) -> Slot<bool> {
        self.scalar(|token| decode::boolean(&token))
    }

    /// As a value of type `timestamp`, in the first of `formats` that fits.
    pub fn timestamp(self, formats: &[TimeFormat<'_>]) -> Slot<Timestamp> {
        self.scalar(|token| decode::timestamp(&token, formats))
    }

    /// As a value of type `json`: a text that was made is a JSON string.
    pub fn json(self) -> Slot<RawJson<'a>> {
        match self.0 {
            Form::Absent => Slot::Empty,
            Form::Sent(input) => settled(Reader::passed(input).json()),
            Form::Made(text) => Slot::Value(RawJson::string(&text)),
            Form::Wrong(error) => Slot::Wrong(error),
        }
    }

    /// As a value of type `array`, each element read by `element`. `reader` is the one that the value came from.
    ///
    /// # Errors
    /// When the event has too many elements; so for every method that takes a reader.
    pub fn array<T>(
        self,
        reader: &mut Reader<'a>,
        element: impl FnMut(&mut Reader<'a>) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<Vec<Option<T>>>, Error> {
        match self.0 {
            Form::Sent(input) => reader.again(input, |reader| reader.array(element)),
            other => Ok(Self(other).scalar(|token| token.absent_or_wrong("an array"))),
        }
    }

    /// As a value of type `object`, its members read by `read`.
    pub fn object<T>(
        self,
        reader: &mut Reader<'a>,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, Error>,
    ) -> Result<Slot<T>, Error> {
        match self.0 {
            Form::Sent(input) => reader.again(input, |reader| reader.object(read)),
            other => Ok(Self(other).scalar(|token| token.absent_or_wrong("an object"))),
        }
    }

    /// As a value that may be the content of a string, see [`Reader::embedded`].
    pub fn embedded<T>(
        self,
        reader: &mut Reader<'a>,
        read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<T>, Error> {
        match self.0 {
            Form::Absent => Ok(Slot::Empty),
            Form::Sent(input) => reader.again(input, |reader| reader.embedded(read)),
            Form::Made(text) => reader.inside(&text, read),
            Form::Wrong(error) => Ok(Slot::Wrong(error)),
        }
    }

    /// As a list or an object, which `expected` names, into its place.
    pub(super) fn composite(
        self,
        expected: &str,
        reader: &mut Reader<'a>,
        place: &mut dyn Value<'a>,
        how: &How,
    ) -> Reading {
        match self.0 {
            Form::Sent(input) => reader.again(input, |reader| place.read(reader, how)),
            other => Self(other).scalar(|token| token.absent_or_wrong(expected)).into(),
        }
    }

    fn scalar<T>(self, decode: impl FnOnce(Token<'a>) -> Slot<T>) -> Slot<T> {
        match self.0 {
            Form::Absent => Slot::Empty,
            Form::Sent(input) => settled(Reader::passed(input).decoded(decode)),
            Form::Made(Cow::Borrowed(text)) => decode(Token::String(Text::from(text))),
            Form::Made(Cow::Owned(text)) => decode(Token::String(Text::from(text))),
            Form::Wrong(error) => Slot::Wrong(error),
        }
    }
}

/// What was read of a value that a reader has checked before, so that there is no error in its JSON.
fn settled<T>(read: Result<Slot<T>, Error>) -> Slot<T> {
    read.unwrap_or_else(Slot::Wrong)
}
