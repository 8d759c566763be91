//! The reader: one pass over one event, typed values out.
//!
//! Generated parsers open an object, ask for one key after another, and for each key ask for a value of the type that the
//! schema declares. The reader checks the JSON as it goes, including what is skipped, and never looks back.

mod ahead;
mod input;
mod kind;
mod plain;
pub(super) mod sent;
mod tokens;

pub(crate) use ahead::embedded;
pub use input::Input;
pub use kind::Kind;

use std::borrow::Cow;
use std::str::FromStr;

use super::decode;
use super::error::{Code, Error};
use super::members::How;
use super::raw::RawJson;
use super::slot::Slot;
use super::text::{Text, checked};
use super::value::{Elements, Optional, ReadMembers, Reading};
use crate::time::{TimeFormat, Timestamp};

/// How deep objects and arrays may nest.
const DEPTH: u32 = 128;

/// How many elements the declared lists of one event may have together, and keys that are kept undeclared.
///
/// An element that takes three bytes in the input (`{},`) takes the place of all its fields in memory, so that lists are
/// what a small input can fill memory with. What is not made into values is not counted: `json`, and what is passed over.
const ELEMENTS: u32 = 65_536;

/// Reads one JSON document from its start to its end.
#[derive(Debug)]
pub struct Reader<'a> {
    /// What is still to be read. It may not be UTF-8: that is checked of each string as it goes by, and of the whole where there
    /// is an error.
    rest: &'a [u8],
    /// How long the whole is.
    length: usize,
    depth: u32,
    /// An object or array has just been opened: no comma comes before its first member.
    opened: bool,
    /// What is read is one line of more: a line break is no white space.
    is_line: bool,
    /// How many more elements the event may have.
    room: u32,
}

/// Checks that `text` is one JSON value.
pub(super) fn check(text: &str) -> Result<(), Error> {
    let mut reader = Reader::over(text);
    reader.skip()?;
    reader.finish()
}

/// What generated parsers call.
impl<'a> Reader<'a> {
    /// Reads `input`, which must be one JSON object, by `read`.
    ///
    /// # Errors
    /// When `input` is not UTF-8, not one JSON object, or `read` says so; of these the first in this order is said.
    pub fn read<T>(input: &'a [u8], read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        Self::new(input).document(read).map_err(|error| not_utf8(input).unwrap_or(error))
    }

    /// Reads `input`, which must be one JSON object, as a record.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn parse<T: ReadMembers<'a> + Default>(input: &'a [u8]) -> Result<T, Error> {
        let mut record = T::default();
        Self::parse_into(input, &mut record)?;
        Ok(record)
    }

    /// The object whose opening brace has been read; for [`object`](Self::object).
    ///
    /// # Errors
    /// As for [`ReadMembers::read_members`].
    pub fn record<T: ReadMembers<'a> + Default>(&mut self) -> Result<T, Error> {
        let mut record = T::default();
        record.read_members(self)?;
        Ok(record)
    }

    /// The next key of the open object, or `None` when the object ends.
    ///
    /// # Errors
    /// When the input is not JSON here.
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        Ok(self.raw_key()?.map(Text::into_decoded))
    }

    /// Passes over the next value.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn skip(&mut self) -> Result<(), Error> {
        // One bit for each open container, set for objects; the depth limit is the width of the word.
        let mut objects: u128 = 0;
        let outside = self.depth;
        loop {
            match self.peek() {
                Some(open @ (b'{' | b'[')) => {
                    self.open()?;
                    objects = objects << 1 | u128::from(open == b'{');
                }
                _ if self.plain_string().is_some() => {}
                _ => {
                    self.scalar()?;
                }
            }
            loop {
                if self.depth == outside {
                    return Ok(());
                }
                let more = match objects & 1 {
                    1 => self.raw_key()?.is_some(),
                    _ => self.member(b']')?,
                };
                if more {
                    break;
                }
                objects >>= 1;
            }
        }
    }

    /// A value of type `string`.
    ///
    /// # Errors
    /// When the input is not JSON here; so for every method of this kind. A wrong type is no error yet, see [`Slot`].
    #[inline]
    pub fn string(&mut self) -> Result<Slot<Text<'a>>, Error> {
        match self.plain_string() {
            Some(content) => Ok(Slot::Value(Text::content(content, false))),
            None => Ok(decode::string(self.token()?)),
        }
    }

    /// A value of type `smallint`.
    pub fn smallint(&mut self) -> Result<Slot<i16>, Error> {
        self.integer("a 16-bit integer")
    }

    /// A value of type `int`.
    pub fn int(&mut self) -> Result<Slot<i32>, Error> {
        self.integer("a 32-bit integer")
    }

    /// A value of type `bigint`.
    pub fn bigint(&mut self) -> Result<Slot<i64>, Error> {
        self.integer("a 64-bit integer")
    }

    /// A value of type `float`.
    pub fn float(&mut self) -> Result<Slot<f64>, Error> {
        Ok(decode::float(&self.token()?))
    }

    /// A value of type `boolean`.
    pub fn boolean(&mut self) -> Result<Slot<bool>, Error> {
        Ok(decode::boolean(&self.token()?))
    }

    /// A value of type `timestamp`, in the first of `formats` that fits.
    pub fn timestamp(&mut self, formats: &[TimeFormat<'_>]) -> Result<Slot<Timestamp>, Error> {
        match self.plain_time(formats) {
            Some(time) => Ok(Slot::Value(time)),
            None => Ok(decode::timestamp(&self.token()?, formats)),
        }
    }

    /// A value of type `json`.
    pub fn json(&mut self) -> Result<Slot<RawJson<'a>>, Error> {
        if self.plain_null() {
            return Ok(Slot::Empty);
        }
        self.space();
        let start = self.rest;
        self.skip()?;
        Ok(match checked(self.since(start)) {
            "null" => Slot::Empty,
            text => Slot::Value(RawJson::checked(text)),
        })
    }

    /// A value of type `array`, each element read by `element`. Null elements stay, as `None`.
    pub fn array<T>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<Vec<Option<T>>>, Error> {
        let mut elements = Vec::new();
        let slot = self.elements(&mut |reader| {
            let mut place = None;
            let slot = element(reader).map(|slot| slot.put_option(&mut place));
            elements.push(place);
            slot.into()
        })?;
        Ok(slot.map(|()| elements))
    }

    /// A value of type `object`, its members read by `read`.
    pub fn object<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<Slot<T>, Error> {
        if self.peek() != Some(b'{') {
            return self.absent_or_wrong("an object");
        }
        self.open()?;
        match read(self) {
            Ok(object) => Ok(Slot::Value(object)),
            Err(error) if error.is_malformed() => Err(error),
            Err(error) => Ok(Slot::Wrong(error)),
        }
    }
}

/// The same for places in a record; compiled once, and not for each type.
impl<'a> Reader<'a> {
    fn parse_into(input: &'a [u8], record: &mut dyn ReadMembers<'a>) -> Result<(), Error> {
        Self::read(input, |reader| record.read_members(reader))
    }

    pub(super) fn members(&mut self, object: &mut dyn ReadMembers<'a>) -> Reading {
        self.object(|reader| object.read_members(reader)).into()
    }

    pub(super) fn optional(&mut self, place: &mut dyn Optional<'a>) -> Reading {
        if self.peek() != Some(b'{') {
            place.renew(false);
            return self.absent_or_wrong("an object").into();
        }
        let reading = match place.renew(true) {
            Some(object) => self.members(object),
            None => Reading::Empty,
        };
        if !matches!(reading, Reading::Value) {
            place.renew(false);
        }
        reading
    }

    pub(super) fn list(&mut self, list: &mut dyn Elements<'a>, how: &How) -> Reading {
        list.clear();
        self.elements(&mut |reader| list.push().map_or(Reading::Empty, |element| element.read(reader, how))).into()
    }

    /// The elements of an array, each read by `read`; of those that are wrong the first counts.
    fn elements(&mut self, read: &mut dyn FnMut(&mut Self) -> Reading) -> Result<Slot<()>, Error> {
        if self.peek() != Some(b'[') {
            return self.absent_or_wrong("an array");
        }
        self.open()?;
        let mut wrong = None;
        for index in 0_usize.. {
            if !self.member(b']')? {
                break;
            }
            self.count()?;
            match read(self) {
                Reading::Empty | Reading::Value => {}
                Reading::Wrong(error) => wrong = wrong.or_else(|| Some(error.within(&index.to_string()))),
                Reading::Malformed(error) => return Err(error),
            }
        }
        Ok(wrong.map_or(Slot::Value(()), Slot::Wrong))
    }
}

impl<'a> Reader<'a> {
    /// Counts an element of a list, or a key that is kept.
    #[inline]
    pub(super) fn count(&mut self) -> Result<(), Error> {
        match self.room.checked_sub(1) {
            Some(room) => {
                self.room = room;
                Ok(())
            }
            None => Err(self.full()),
        }
    }

    /// The next key of the open object, as it is written.
    #[inline]
    pub(super) fn raw_key(&mut self) -> Result<Option<Text<'a>>, Error> {
        match self.plain_key() {
            Some(key) => Ok(Some(Text::content(key, false))),
            None => self.any_key(),
        }
    }

    /// The object that is the whole input.
    fn document<T>(mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.peek() != Some(b'{') {
            return Err(self.not_an_object());
        }
        self.open()?;
        let object = read(&mut self);
        match &object {
            Err(error) if error.is_malformed() => {}
            _ => self.finish()?,
        }
        object
    }

    /// The next key, however it is written.
    fn any_key(&mut self) -> Result<Option<Text<'a>>, Error> {
        if !self.member(b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in quotes"));
        }
        let key = self.quoted()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` after the key"));
        }
        self.step(1);
        Ok(Some(key))
    }

    /// An integer, which `expected` describes.
    fn integer<T: TryFrom<i64> + FromStr>(&mut self, expected: &str) -> Result<Slot<T>, Error> {
        match self.plain_number() {
            Some(value) => Ok(Slot::Value(value)),
            None => Ok(decode::integer(&self.token()?, expected)),
        }
    }
}

/// That `input` is not UTF-8, where that is so.
#[cold]
fn not_utf8(input: &[u8]) -> Option<Error> {
    let error = std::str::from_utf8(input).err()?;
    Some(Error::malformed(Code::Utf8, error.valid_up_to(), "the input is not UTF-8 here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        check(text).unwrap_err().to_string()
    }

    #[test]
    fn json_is_json() {
        for text in [
            "null",
            " true ",
            "\t-0.5e+10\r\n",
            "[]",
            "{}",
            "[[],{}]",
            r#"{"a":[1,{"b":null}],"c":"\u00e9\n"}"#,
            "0",
            "\"\u{7f}é\"",
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert_eq!(error("[1 2]"), "byte 3: expected `,` or `]`, found '2'");
        assert_eq!(error("{\"a\"}"), "byte 4: expected `:` after the key, found '}'");
        assert_eq!(error("01"), "byte 1: expected the end of the number, found '1'");
        assert_eq!(error("[1,]"), "byte 3: expected another member after `,`, found ']'");
        assert_eq!(error("\"a\nb\""), "byte 2: expected no raw control character in a string, found '\\n'");
        assert_eq!(error("\"a"), "byte 2: expected `\"` at the end of the string, found the end of the input");
        for text in [
            "",
            "{",
            "[",
            "nul",
            "+1",
            "1.",
            ".5",
            "1e",
            "-",
            "{1:2}",
            "{,}",
            "[,]",
            "\"\\x\"",
            "\"\\u12g4\"",
            "1 2",
            "{}{}",
            "[1}",
            "{\"a\":1]",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nesting_ends_at_the_limit_without_recursion() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(check(&nested(128)).is_ok());
        assert_eq!(check(&nested(129)).unwrap_err().code(), Code::Depth);
        assert_eq!(check(&"{\"a\":".repeat(100_000)).unwrap_err().code(), Code::Depth);
    }
}
