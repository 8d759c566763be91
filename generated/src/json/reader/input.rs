//! What an event is read from: a document of its own, or the start of more, such as the rest of a list or of a file.

use super::{Reader, not_utf8};
use crate::json::error::Error;
use crate::json::value::ReadMembers;
use crate::log_type::Record;

/// The input of one event.
#[derive(Debug)]
pub enum Input<'i, 'a> {
    /// All of it is the event.
    Whole(&'a [u8]),
    /// The event comes first. Once it has been read, this is what follows it.
    First(&'i mut &'a [u8]),
    /// The event is the first of some lines. Once it has been read, these are the others.
    Line(&'i mut &'a [u8]),
}

impl<'a> Input<'_, 'a> {
    /// Parses the event, a JSON object, as a record.
    ///
    /// ```
    /// # #[cfg(feature = "zendesk")] {
    /// use logwright::json::Input;
    /// use logwright::log_types::zendesk::Audit;
    ///
    /// let mut rest = &br#"{"id": 7, "created_at": "2026-03-01T11:32:44Z"}, {"id"#[..];
    /// let audit: Audit<'_> = Input::First(&mut rest).parse().unwrap();
    /// assert_eq!((audit.id, rest), (7, &br#", {"id"#[..]));
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Reader::read`]. What follows an event that comes first, or a mistake in it, is not looked at. Of a line the
    /// error may say something else than of the same line alone.
    pub fn parse<T: ReadMembers<'a> + Default>(self) -> Result<T, Error> {
        let mut record = T::default();
        self.read(&mut record)?;
        Ok(record)
    }

    /// Parses the event and hands it to `then` where it stands: no record is copied.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse). `then` has not been called.
    pub fn each<T: ReadMembers<'a> + Default + Record>(self, then: &mut dyn FnMut(&dyn Record)) -> Result<(), Error> {
        let mut record = T::default();
        self.read(&mut record)?;
        then(&record);
        Ok(())
    }

    /// Reads the event into a record or what takes its place, which is a new one.
    #[expect(
        clippy::inline_always,
        reason = "the input has just been stored in parts, and can be moved only after a while"
    )]
    #[inline(always)]
    pub(in crate::json) fn read(self, record: &mut dyn ReadMembers<'a>) -> Result<(), Error> {
        match self {
            Self::Whole(input) => return Reader::parse_into(input, record),
            Self::First(input) => *input = Reader::first(input, record, false)?,
            Self::Line(input) => *input = Reader::first(input, record, true)?,
        }
        Ok(())
    }
}

impl<'a> Reader<'a> {
    /// Reads the object that `input` starts with, and its line where it is to be one, and returns what follows.
    fn first(input: &'a [u8], record: &mut dyn ReadMembers<'a>, is_line: bool) -> Result<&'a [u8], Error> {
        let mut reader = Self { is_line, ..Self::new(input) };
        if reader.peek() != Some(b'{') {
            return Err(reader.not_an_object());
        }
        reader.open()?;
        if let Err(error) = record.read_members(&mut reader) {
            return Err(input.get(..reader.at()).and_then(not_utf8).unwrap_or(error));
        }
        if is_line {
            reader.end_of_line()?;
        }
        Ok(reader.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Code;

    /// An object whose members may be anything.
    #[derive(Debug, Default)]
    struct Any;

    impl<'a> ReadMembers<'a> for Any {
        fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
            while reader.key()?.is_some() {
                reader.skip()?;
            }
            Ok(())
        }
    }

    #[test]
    fn what_is_not_utf8_is_told_alike_of_an_event_alone_and_of_one_that_comes_first() {
        for event in [&b"{\"a\":\"\xff\"}"[..], b"{\"\xff\":1}", b"{\"a\":[{\"b\":\"\xc3\"}]}"] {
            let alone = Input::Whole(event).parse::<Any>().unwrap_err();
            let longer = [event, b",\xff"].concat();
            let mut rest = &longer[..];
            assert_eq!(Input::First(&mut rest).parse::<Any>().unwrap_err(), alone);
            assert_eq!((alone.code(), rest), (Code::Utf8, &longer[..]));
        }
        for (input, code) in [("\u{feff}{}", Code::NotAnObject), (" \u{feff}{}", Code::Syntax)] {
            assert_eq!(Input::Whole(input.as_bytes()).parse::<Any>().unwrap_err().code(), code, "{input:?}");
        }
        let mut rest = &b"{\"a\":1} \xff"[..];
        assert!(Input::First(&mut rest).parse::<Any>().is_ok());
        assert_eq!(rest, b" \xff");
    }

    #[test]
    fn a_line_is_an_event_where_the_line_alone_is() {
        let other = "{\"b\":\"0123456789012345678901234567890123456789\"}";
        for line in [
            "{}",
            "{\"a\":1}",
            " { \"a\" : [1, {}] } \t",
            "{\"a\":\"b\"}\r",
            "",
            " ",
            "{",
            "{\"a\":",
            "{\"a\":1,",
            "{\"a\":[",
            "{\"a\":\"b",
            "{}}",
            "{},",
            "{} {}",
            "[]",
        ] {
            let alone = Input::Whole(line.as_bytes()).parse::<Any>();
            for after in ["", "\n", &format!("\n{other}\n"), &format!("\n\n{other}"), "\n}", "\n\"c\"}", "\n1]}"] {
                let block = format!("{line}{after}");
                let mut rest = block.as_bytes();
                let found = Input::Line(&mut rest).parse::<Any>();
                assert_eq!(found.is_ok(), alone.is_ok(), "{block:?}");
                let expected = if found.is_ok() { after.strip_prefix('\n').unwrap_or_default() } else { &block };
                assert_eq!(rest, expected.as_bytes(), "{block:?}");
            }
        }
    }
}
