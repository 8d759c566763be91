//! The keys of an event that its schema does not declare, for log types that keep them.

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::Error;
use super::raw::RawJson;
use super::reader::Reader;
use super::slot::Slot;

/// The members of an event that no field takes, in the order of the input. Null is nothing, of a key that comes twice the
/// last value is kept, and keys that start with `p_` are passed over: the standard fields have those names.
///
/// ```
/// use logwright::json::{Reader, Undeclared};
///
/// let undeclared = Reader::read(br#"{"a": 1, "p_any": 2, "b": [ ], "a": {}, "c": null}"#, |reader| {
///     let mut undeclared = Undeclared::default();
///     while let Some(key) = reader.key()? {
///         undeclared.read(key, reader)?;
///     }
///     Ok(undeclared.settled())
/// })?;
/// let members: Vec<_> = undeclared.iter().map(|(key, value)| (key, value.as_str())).collect();
/// assert_eq!(members, [("b", "[ ]"), ("a", "{}")]);
/// # Ok::<(), logwright::json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undeclared<'a>(Vec<(Cow<'a, str>, Option<RawJson<'a>>)>);

impl<'a> Undeclared<'a> {
    /// Reads the value of `key`.
    ///
    /// # Errors
    /// When it is not JSON, or there are too many keys.
    pub fn read(&mut self, key: Cow<'a, str>, reader: &mut Reader<'a>) -> Result<(), Error> {
        reader.count()?;
        let value = match reader.json()? {
            Slot::Value(value) => Some(value),
            Slot::Empty | Slot::Wrong(_) => None,
        };
        self.push(key, value);
        Ok(())
    }

    /// Adds a text; `None` for null.
    pub fn text(&mut self, key: impl Into<Cow<'a, str>>, text: Option<&str>) {
        self.push(key.into(), text.map(RawJson::string));
    }

    pub(super) fn push(&mut self, key: Cow<'a, str>, value: Option<RawJson<'a>>) {
        let reserved = key.as_bytes().get(..2).is_some_and(|head| head.eq_ignore_ascii_case(b"p_"));
        if !reserved {
            self.0.push((key, value));
        }
    }

    /// The same, once the event is complete: each key once, and none that is null.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.settle();
        self
    }

    pub(super) fn settle(&mut self) {
        if self.0.is_empty() {
            return;
        }
        let last: HashMap<&str, usize> = self.0.iter().enumerate().map(|(at, (key, _))| (&**key, at)).collect();
        let keep: Vec<bool> =
            self.0.iter().enumerate().map(|(at, (key, value))| value.is_some() && last[&**key] == at).collect();
        let mut keep = keep.into_iter();
        self.0.retain(|_| keep.next().unwrap_or_default());
    }

    /// The keys, decoded, and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson<'a>)> {
        self.0.iter().filter_map(|(key, value)| Some((&**key, value.as_ref()?)))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&RawJson<'a>> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}
