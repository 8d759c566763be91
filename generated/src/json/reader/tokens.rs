//! Tokens: the part of the reader that knows what JSON looks like, and where it stops looking so.

use super::{DEPTH, ELEMENTS, Reader};
use crate::json::decode::Token;
use crate::json::error::{Code, Error};
use crate::json::slot::Slot;
use crate::json::text::{AFTER, Text, checked};
use crate::scan::{ascii_length, character_length};

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, length: bytes.len(), depth: 0, opened: false, is_line: false, room: ELEMENTS }
    }

    /// How many bytes have been read.
    #[inline]
    pub(super) fn at(&self) -> usize {
        self.length.saturating_sub(self.rest.len())
    }

    /// Goes on at what is a later part of the rest.
    #[inline]
    pub(in crate::json) fn go_on(&mut self, rest: &'a [u8]) {
        self.rest = rest;
    }

    /// What has been read since `start` was the rest.
    #[inline]
    pub(super) fn since(&self, start: &'a [u8]) -> &'a [u8] {
        start.get(..start.len() - self.rest.len()).unwrap_or_default()
    }

    /// What is still to be read.
    #[inline]
    pub(in crate::json) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Steps over so many bytes, which are there.
    #[inline]
    pub(super) fn step(&mut self, length: usize) {
        debug_assert!(length <= self.rest.len(), "the caller has looked at them");
        if let Some(rest) = self.rest.get(length..) {
            self.rest = rest;
        }
    }

    /// The input must end here.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the line after the event")),
        }
    }

    /// There are too many elements.
    #[cold]
    pub(super) fn full(&self) -> Error {
        let message = format!("the lists of the event have more than {ELEMENTS} elements");
        Error::malformed(Code::Elements, self.at(), message)
    }

    /// Steps over the line break, with which the line must end here.
    pub(super) fn end_of_line(&mut self) -> Result<(), Error> {
        // White space is rare here, and so is looked for apart.
        if self.byte() == Some(b'\n') || self.peek() == Some(b'\n') {
            self.step(1);
            return Ok(());
        }
        self.finish()
    }

    #[cold]
    pub(super) fn not_an_object(&mut self) -> Error {
        let first = self.peek();
        let rest = self.rest;
        let found = match first {
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b'-' | b'0'..=b'9') => "a number",
            // A line of text may begin with these letters, too.
            _ if rest.starts_with(b"true") || rest.starts_with(b"false") => "a boolean",
            _ if rest.starts_with(b"null") => "null",
            _ if self.at() == 0 && rest.starts_with("\u{feff}".as_bytes()) => "a byte order mark (remove it)",
            _ => return self.unexpected("a JSON object"),
        };
        Error::malformed(Code::NotAnObject, self.at(), format!("expected a JSON object, found {found}"))
    }

    /// The next scalar, or the composite that stands here, skipped.
    pub(in crate::json) fn token(&mut self) -> Result<Token<'a>, Error> {
        if self.plain_null() {
            return Ok(Token::Null);
        }
        let token = match self.peek() {
            Some(b'{') => Token::Object,
            Some(b'[') => Token::Array,
            _ => return self.scalar(),
        };
        self.skip()?;
        Ok(token)
    }

    pub(super) fn absent_or_wrong<T>(&mut self, expected: &str) -> Result<Slot<T>, Error> {
        Ok(match self.token()? {
            Token::Null => Slot::Empty,
            token => token.wrong(Code::Type, expected),
        })
    }

    pub(super) fn scalar(&mut self) -> Result<Token<'a>, Error> {
        match self.peek() {
            Some(b'"') => self.quoted().map(Token::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Token::Boolean(true)),
            Some(b'f') => self.word("false", Token::Boolean(false)),
            Some(b'n') => self.word("null", Token::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn word(&mut self, word: &str, token: Token<'a>) -> Result<Token<'a>, Error> {
        match self.rest.strip_prefix(word.as_bytes()) {
            Some(rest) => self.rest = rest,
            None => return Err(self.unexpected("a value")),
        }
        Ok(token)
    }

    fn number(&mut self) -> Result<Token<'a>, Error> {
        let start = self.rest;
        self.step(usize::from(self.byte() == Some(b'-')));
        match self.byte() {
            Some(b'0') => self.step(1),
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.step(1);
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.step(1);
            self.step(usize::from(matches!(self.byte(), Some(b'+' | b'-'))));
            self.digits()?;
        }
        match self.byte() {
            Some(b'0'..=b'9' | b'.') => Err(self.unexpected("the end of the number")),
            _ => Ok(Token::Number(checked(self.since(start)))),
        }
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Error> {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(self.unexpected("a digit"));
        }
        self.step(count);
        Ok(())
    }

    /// A string. The reader stands at the opening quote.
    pub(in crate::json) fn quoted(&mut self) -> Result<Text<'a>, Error> {
        self.step(1);
        let start = self.rest;
        let mut escaped = false;
        loop {
            self.step(ascii_length(self.rest));
            match self.byte() {
                Some(b'"') => {
                    let content = self.since(start);
                    self.step(1);
                    return Ok(match start.get(..content.len() + AFTER) {
                        Some(text) if !escaped => Text::followed(text),
                        _ => Text::content(content, escaped),
                    });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(0x80..) => {
                    let start = self.rest.len();
                    // Where one is, there are often more.
                    while let Some(length) = character_length(self.rest) {
                        self.step(length);
                    }
                    if self.rest.len() == start {
                        return Err(self.not_utf8());
                    }
                }
                Some(_) => return Err(self.unexpected("no raw control character in a string")),
                None => return Err(self.unexpected("`\"` at the end of the string")),
            }
        }
    }

    /// What stands next is no character.
    #[cold]
    fn not_utf8(&mut self) -> Error {
        let error = self.unexpected("UTF-8 in the string");
        // So that whoever looks at what has been read sees it as well.
        self.step(1);
        error
    }

    /// Checks one escape. The reader stands at the backslash.
    fn escape(&mut self) -> Result<(), Error> {
        self.step(1);
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(1),
            Some(b'u') => {
                for _ in 0..4 {
                    self.step(1);
                    if !self.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.unexpected("four hexadecimal digits after `\\u`"));
                    }
                }
                self.step(1);
            }
            _ => return Err(self.unexpected("an escape that JSON knows")),
        }
        Ok(())
    }

    /// Enters the object or array at whose bracket the reader stands.
    pub(super) fn open(&mut self) -> Result<(), Error> {
        if self.depth == DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        self.step(1);
        self.opened = true;
        Ok(())
    }

    #[cold]
    fn too_deep(&self) -> Error {
        Error::malformed(Code::Depth, self.at(), format!("objects and arrays nest deeper than {DEPTH} levels"))
    }

    /// Steps to the next member of the open container and is true, or leaves the container and is false.
    pub(super) fn member(&mut self, close: u8) -> Result<bool, Error> {
        let first = std::mem::take(&mut self.opened);
        match self.peek() {
            Some(byte) if byte == close => {
                self.step(1);
                self.depth -= 1;
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.step(1);
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
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.space();
        self.byte()
    }

    #[inline]
    pub(in crate::json) fn space(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.byte() {
            if byte == b'\n' && self.is_line {
                return;
            }
            self.step(1);
        }
    }

    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    #[cold]
    pub(super) fn unexpected(&self, expected: &str) -> Error {
        // No character is longer. What follows may be the rest of a page, and each of its records be wrong.
        let rest = self.rest.get(..4).unwrap_or(self.rest);
        let found = match rest.utf8_chunks().next().and_then(|rest| rest.valid().chars().next()) {
            Some(found) => format!("{found:?}"),
            None => "the end of the input".to_owned(),
        };
        Error::malformed(Code::Syntax, self.at(), format!("expected {expected}, found {found}"))
    }
}
