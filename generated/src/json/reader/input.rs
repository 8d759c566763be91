//! What an event is read from: a document of its own, or the start of more, such as the rest of a list of events.

use super::Reader;
use crate::json::error::Error;
use crate::json::value::ReadMembers;

/// The input of one event.
#[derive(Debug)]
pub enum Input<'i, 'a> {
    /// All of it is the event.
    Whole(&'a [u8]),
    /// The event comes first. Once it has been read, this is what follows it.
    First(&'i mut &'a [u8]),
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
    /// As for [`Reader::read`]. What follows an event that comes first is not looked at.
    pub fn parse<T: ReadMembers<'a> + Default>(self) -> Result<T, Error> {
        let mut record = T::default();
        match self {
            Self::Whole(input) => Reader::parse_into(input, &mut record)?,
            Self::First(input) => *input = Reader::first(input, &mut record)?,
        }
        Ok(record)
    }
}

impl<'a> Reader<'a> {
    /// Reads the object that `input` starts with, and returns what follows it.
    fn first(input: &'a [u8], record: &mut dyn ReadMembers<'a>) -> Result<&'a [u8], Error> {
        let mut reader = Self::new(input);
        if reader.peek() != Some(b'{') {
            return Err(reader.not_an_object());
        }
        reader.open()?;
        record.read_members(&mut reader)?;
        Ok(input.get(reader.at..).unwrap_or_default())
    }
}
