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
    First(&'i mut &'a str),
}

impl<'a> Input<'_, 'a> {
    /// Parses the event, a JSON object, as a record.
    ///
    /// ```
    /// # #[cfg(feature = "zendesk")] {
    /// use logwright::json::Input;
    /// use logwright::log_types::zendesk::Audit;
    ///
    /// let mut rest = r#"{"id": 7, "created_at": "2026-03-01T11:32:44Z"}, {"id"#;
    /// let audit: Audit<'_> = Input::First(&mut rest).parse().unwrap();
    /// assert_eq!((audit.id, rest), (7, r#", {"id"#));
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Reader::read`]. What follows an event that comes first is not looked at.
    pub fn parse<T: ReadMembers<'a> + Default>(self) -> Result<T, Error> {
        let mut record = T::default();
        match self {
            Self::Whole(input) => Reader::parse_into(input, &mut record)?,
            Self::First(text) => *text = Reader::first(text, &mut record)?,
        }
        Ok(record)
    }
}

impl<'a> Reader<'a> {
    /// Reads the object that `text` starts with, and returns what follows it.
    fn first(text: &'a str, record: &mut dyn ReadMembers<'a>) -> Result<&'a str, Error> {
        let mut reader = Self::over(text);
        if reader.peek() != Some(b'{') {
            return Err(reader.not_an_object());
        }
        reader.open()?;
        record.read_members(&mut reader)?;
        Ok(text.get(reader.at..).unwrap_or_default())
    }
}
