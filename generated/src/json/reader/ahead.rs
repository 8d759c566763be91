//! What transformations need: values that are kept before they are decoded, and JSON inside strings.

use super::{ELEMENTS, Reader};
use crate::json::decode::Token;
use crate::json::error::{Code, Error};
use crate::json::slot::Slot;
use crate::json::undecoded::Undecoded;

impl<'a> Reader<'a> {
    /// A reader of a text, which is known to be UTF-8.
    pub(in crate::json) fn over(text: &'a str) -> Self {
        Self::new(text.as_bytes())
    }

    /// A reader of a value that another reader has passed over. For scalars and for looking on: it counts no elements.
    pub(in crate::json) fn passed(passed: &'a [u8]) -> Self {
        Self::new(passed)
    }

    /// Goes back to a value that this reader has passed over, to what `passed` starts with, reads it, and returns.
    pub(in crate::json) fn again<T>(&mut self, passed: &'a [u8], read: impl FnOnce(&mut Self) -> T) -> T {
        let (rest, depth, opened) = (self.rest, self.depth, self.opened);
        (self.rest, self.depth) = (passed, 0);
        let value = read(self);
        (self.rest, self.depth, self.opened) = (rest, depth, opened);
        value
    }

    /// The scalar that the text starts with, decoded.
    pub(in crate::json) fn decoded<T>(mut self, decode: impl FnOnce(Token<'a>) -> Slot<T>) -> Result<Slot<T>, Error> {
        self.token().map(decode)
    }

    /// The next value, which is still to be read.
    pub fn ahead(&mut self) -> Undecoded<'a> {
        self.space();
        Undecoded::sent(self.rest)
    }

    /// The next value, not decoded.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn undecoded(&mut self) -> Result<Undecoded<'a>, Error> {
        let value = self.ahead();
        self.skip()?;
        Ok(value)
    }

    /// A value that may be the content of a string: that, or the value itself, is read by `read`. `""` is null.
    ///
    /// ```
    /// use logwright::json::{Reader, Slot};
    ///
    /// let numbers = Reader::read(br#"{"n": "[1, 2]"}"#, |reader| {
    ///     reader.key()?;
    ///     let numbers = reader.embedded(|reader| reader.array(Reader::int))?;
    ///     assert!(reader.key()?.is_none());
    ///     Ok(numbers)
    /// });
    /// assert!(matches!(numbers?, Slot::Value(numbers) if numbers == [Some(1), Some(2)]));
    /// # Ok::<(), logwright::json::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the input is not JSON here. That the content of a string is not JSON is no error yet, see [`Slot`].
    pub fn embedded<T>(
        &mut self,
        read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<T>, Error> {
        if self.peek() != Some(b'"') {
            return read(self);
        }
        match self.token()? {
            Token::String(text) => self.inside(&text.decode(), read),
            _ => Ok(Slot::Empty),
        }
    }

    /// The value that `text`, which is part of the event, holds as JSON.
    pub(in crate::json) fn inside<T>(
        &mut self,
        text: &str,
        read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>,
    ) -> Result<Slot<T>, Error> {
        let mut room = self.room;
        let slot = embedded_within(text, &mut room, read);
        self.room = room;
        match slot {
            Slot::Wrong(error) if error.code() == Code::Elements => Err(self.full()),
            slot => Ok(slot),
        }
    }
}

/// The value that `text` holds as JSON.
pub(crate) fn embedded<T>(text: &str, read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>) -> Slot<T> {
    let mut room = ELEMENTS;
    embedded_within(text, &mut room, read)
}

/// The same, of an event that may have this many more elements.
fn embedded_within<T>(
    text: &str,
    room: &mut u32,
    read: impl for<'b> FnOnce(&mut Reader<'b>) -> Result<Slot<T>, Error>,
) -> Slot<T> {
    if text.is_empty() {
        return Slot::Empty;
    }
    let mut reader = Reader { room: *room, ..Reader::over(text) };
    let read = read(&mut reader).and_then(|slot| reader.finish().map(|()| slot));
    *room = reader.room;
    read.unwrap_or_else(|error| Slot::Wrong(error.embedded(text)))
}
