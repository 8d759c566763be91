//! The reader: one pass over one event, typed values out.
//!
//! Generated parsers open an object, ask for one key after another, and for each key ask for a value of the type that the
//! schema declares. The reader checks the JSON as it goes, including what is skipped, and never looks back.

use std::borrow::Cow;

use super::decode::{self, Token};
use super::error::{Code, Error};
use super::raw::RawJson;
use super::slot::Slot;
use super::text::Text;
use crate::time::{TimeFormat, Timestamp};

/// How deep objects and arrays may nest.
const DEPTH: u32 = 128;

/// Reads one JSON document from its start to its end.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    /// An object or array has just been opened: no comma comes before its first member.
    opened: bool,
}

/// Checks that `text` is one JSON value.
pub(super) fn check(text: &str) -> Result<(), Error> {
    let mut reader = Reader::new(text.as_bytes())?;
    reader.skip()?;
    reader.finish()
}

/// What generated parsers call.
impl<'a> Reader<'a> {
    /// Reads `input`, which must be one JSON object, by `read`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or `read` says so. That the whole is not JSON is said first.
    pub fn read<T>(input: &'a [u8], read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let mut reader = Self::new(input)?;
        if reader.peek() != Some(b'{') {
            return Err(reader.not_an_object());
        }
        reader.open()?;
        let object = read(&mut reader);
        match &object {
            Err(error) if error.is_malformed() => {}
            _ => reader.finish()?,
        }
        object
    }

    /// The next key of the open object, or `None` when the object ends.
    ///
    /// # Errors
    /// When the input is not JSON here.
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        if !self.member(b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in quotes"));
        }
        let (content, escaped) = self.quoted()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` after the key"));
        }
        self.at += 1;
        Ok(Some(Text::json(content, escaped).into_decoded()))
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
                _ => {
                    self.scalar()?;
                }
            }
            loop {
                if self.depth == outside {
                    return Ok(());
                }
                let more = match objects & 1 {
                    1 => self.key()?.is_some(),
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
    pub fn string(&mut self) -> Result<Slot<Text<'a>>, Error> {
        Ok(decode::string(self.token()?))
    }

    /// A value of type `smallint`.
    pub fn smallint(&mut self) -> Result<Slot<i16>, Error> {
        Ok(decode::integer(&self.token()?, "a 16-bit integer"))
    }

    /// A value of type `int`.
    pub fn int(&mut self) -> Result<Slot<i32>, Error> {
        Ok(decode::integer(&self.token()?, "a 32-bit integer"))
    }

    /// A value of type `bigint`.
    pub fn bigint(&mut self) -> Result<Slot<i64>, Error> {
        Ok(decode::integer(&self.token()?, "a 64-bit integer"))
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
        Ok(decode::timestamp(&self.token()?, formats))
    }

    /// A value of type `json`.
    pub fn json(&mut self) -> Result<Slot<RawJson<'a>>, Error> {
        self.space();
        let start = self.at;
        self.skip()?;
        Ok(match &self.text[start..self.at] {
            "null" => Slot::Empty,
            text => Slot::Value(RawJson::checked(text)),
        })
    }

    /// A value of type `array`, each element read by `element`. Null elements stay, as `None`.
    pub fn array<T>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<Vec<Option<T>>>, Error> {
        if self.peek() != Some(b'[') {
            return self.absent_or_wrong("an array");
        }
        self.open()?;
        let mut elements = Vec::new();
        let mut wrong = None;
        for index in 0_usize.. {
            if !self.member(b']')? {
                break;
            }
            match element(self)? {
                Slot::Empty => elements.push(None),
                Slot::Value(value) => elements.push(Some(value)),
                Slot::Wrong(error) => wrong = wrong.or_else(|| Some(error.within(&index.to_string()))),
            }
        }
        Ok(match wrong {
            Some(error) => Slot::Wrong(error),
            None => Slot::Value(elements),
        })
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

/// Tokens.
impl<'a> Reader<'a> {
    fn new(input: &'a [u8]) -> Result<Self, Error> {
        match std::str::from_utf8(input) {
            Ok(text) => Ok(Self { text, at: 0, depth: 0, opened: false }),
            Err(error) => Err(Error::malformed(Code::Utf8, error.valid_up_to(), "the input is not UTF-8 here")),
        }
    }

    /// The input must end here.
    fn finish(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the line after the event")),
        }
    }

    fn not_an_object(&mut self) -> Error {
        let found = match self.peek() {
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ if self.text.starts_with('\u{feff}') => "a byte order mark (remove it)",
            _ => return self.unexpected("a JSON object"),
        };
        Error::malformed(Code::NotAnObject, self.at, format!("expected a JSON object, found {found}"))
    }

    /// The next scalar, or the composite that stands here, skipped.
    fn token(&mut self) -> Result<Token<'a>, Error> {
        let token = match self.peek() {
            Some(b'{') => Token::Object,
            Some(b'[') => Token::Array,
            _ => return self.scalar(),
        };
        self.skip()?;
        Ok(token)
    }

    fn absent_or_wrong<T>(&mut self, expected: &str) -> Result<Slot<T>, Error> {
        Ok(match self.token()? {
            Token::Null => Slot::Empty,
            token => token.wrong(Code::Type, expected),
        })
    }

    fn scalar(&mut self) -> Result<Token<'a>, Error> {
        self.opened = false;
        match self.peek() {
            Some(b'"') => {
                let (content, escaped) = self.quoted()?;
                Ok(Token::String(Text::json(content, escaped)))
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Token::Boolean(true)),
            Some(b'f') => self.word("false", Token::Boolean(false)),
            Some(b'n') => self.word("null", Token::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>, Error> {
        if !self.bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.at += word.len();
        Ok(token)
    }

    fn number(&mut self) -> Result<Token<'a>, Error> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        match self.byte() {
            Some(b'0'..=b'9' | b'.') => Err(self.unexpected("the end of the number")),
            _ => Ok(Token::Number(&self.text[start..self.at])),
        }
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Error> {
        let count = self.bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(self.unexpected("a digit"));
        }
        self.at += count;
        Ok(())
    }

    /// The content of a string, and whether it holds escapes. The reader stands at the opening quote.
    fn quoted(&mut self) -> Result<(&'a str, bool), Error> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at += plain_length(&self.bytes()[self.at..]);
            match self.byte() {
                Some(b'"') => {
                    let content = &self.text[start..self.at];
                    self.at += 1;
                    return Ok((content, escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.unexpected("no raw control character in a string")),
                None => return Err(self.unexpected("`\"` at the end of the string")),
            }
        }
    }

    /// Checks one escape. The reader stands at the backslash.
    fn escape(&mut self) -> Result<(), Error> {
        self.at += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                for _ in 0..4 {
                    self.at += 1;
                    if !self.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.unexpected("four hexadecimal digits after `\\u`"));
                    }
                }
                self.at += 1;
            }
            _ => return Err(self.unexpected("an escape that JSON knows")),
        }
        Ok(())
    }

    /// Enters the object or array at whose bracket the reader stands.
    fn open(&mut self) -> Result<(), Error> {
        if self.depth == DEPTH {
            return Err(Error::malformed(
                Code::Depth,
                self.at,
                format!("objects and arrays nest deeper than {DEPTH} levels"),
            ));
        }
        self.depth += 1;
        self.at += 1;
        self.opened = true;
        Ok(())
    }

    /// Steps to the next member of the open container and is true, or leaves the container and is false.
    fn member(&mut self, close: u8) -> Result<bool, Error> {
        let first = std::mem::take(&mut self.opened);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.peek() {
                    Some(byte) if byte != close => Ok(true),
                    _ => Err(self.unexpected("another member after `,`")),
                }
            }
            _ if close == b'}' => Err(self.unexpected("`,` or `}`")),
            _ => Err(self.unexpected("`,` or `]`")),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.byte()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(found) => format!("{found:?}"),
            None => "the end of the input".to_owned(),
        };
        Error::malformed(Code::Syntax, self.at, format!("expected {expected}, found {found}"))
    }
}

/// How many bytes at the start of `bytes` are neither a quote, nor a backslash, nor a control character.
///
/// Eight bytes at a time: a byte is below 0x20, or equal to a mark, exactly when subtracting borrows into its top bit.
/// A borrow can also mark a byte that follows a real find, so a find only ends the wide steps, and single steps settle it.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    let is_plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    let (chunks, _) = bytes.as_chunks::<8>();
    let mut length = 0;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let quotes = word ^ (ONES * u64::from(b'"'));
        let backslashes = word ^ (ONES * u64::from(b'\\'));
        let low = word.wrapping_sub(ONES * 0x20) & !word;
        let found = low | (quotes.wrapping_sub(ONES) & !quotes) | (backslashes.wrapping_sub(ONES) & !backslashes);
        if found & (ONES * 0x80) != 0 {
            break;
        }
        length += 8;
    }
    length + bytes[length..].iter().take_while(|byte| is_plain(byte)).count()
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

    #[test]
    fn strings_end_where_they_end_at_every_length_and_alignment() {
        for start in 0..9 {
            for length in 0..40 {
                for mark in ['"', '\\', '\n', '\u{1f}'] {
                    let text = format!(
                        "{}{}{mark}~~~~~~~~",
                        "~".repeat(start),
                        "é".repeat(length / 2) + &"!".repeat(length % 2)
                    );
                    let bytes = &text.as_bytes()[start..];
                    let expected = bytes.iter().position(|byte| *byte == mark as u8).unwrap();
                    assert_eq!(plain_length(bytes), expected, "{text:?}");
                }
            }
        }
    }
}
