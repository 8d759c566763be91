//! A field while its object is being read.
//!
//! A key may come twice, and the last value wins, whole: a wrong value that is overwritten by a right one is no error. So
//! a wrong value does not end the reading. It stays in its slot, and counts when the object is complete.

use super::error::{Code, Error};
use super::members::How;
use super::text::Text;
use crate::validate::{self, IpKind};

/// What has been read for one field so far.
#[derive(Debug, Default)]
pub enum Slot<T> {
    /// Nothing, or null.
    #[default]
    Empty,
    /// A value.
    Value(T),
    /// A value that is not of the field's type.
    Wrong(Error),
}

impl<T: Default> Slot<T> {
    /// Puts the value into `place`, and without one what a new `place` has: a value that a key had before is gone.
    #[inline]
    pub fn put(self, place: &mut T) -> Slot<()> {
        let (value, slot) = match self {
            Self::Empty => (T::default(), Slot::Empty),
            Self::Value(value) => (value, Slot::Value(())),
            Self::Wrong(error) => (T::default(), Slot::Wrong(error)),
        };
        *place = value;
        slot
    }
}

impl<T> Slot<T> {
    /// The same with what `then` makes of the value.
    pub(super) fn map<U>(self, then: impl FnOnce(T) -> U) -> Slot<U> {
        match self {
            Self::Empty => Slot::Empty,
            Self::Value(value) => Slot::Value(then(value)),
            Self::Wrong(error) => Slot::Wrong(error),
        }
    }

    /// Puts the value, or that there is none, into `place`.
    #[inline]
    pub fn put_option(self, place: &mut Option<T>) -> Slot<()> {
        let (value, slot) = match self {
            Self::Empty => (None, Slot::Empty),
            Self::Value(value) => (Some(value), Slot::Value(())),
            Self::Wrong(error) => (None, Slot::Wrong(error)),
        };
        *place = value;
        slot
    }

    /// The field `name` of a complete object.
    ///
    /// # Errors
    /// When the value was wrong.
    #[inline]
    pub fn optional(self, name: &str) -> Result<Option<T>, Error> {
        match self {
            Self::Empty => Ok(None),
            Self::Value(value) => Ok(Some(value)),
            Self::Wrong(error) => Err(error.within(name)),
        }
    }

    /// The field `name` of a complete object, which must have one.
    ///
    /// # Errors
    /// When the value was wrong, null or missing.
    #[inline]
    pub fn required(self, name: &str) -> Result<T, Error> {
        match self {
            Self::Empty => Err(Error::missing(name)),
            Self::Value(value) => Ok(value),
            Self::Wrong(error) => Err(error.within(name)),
        }
    }
}

/// The rules of `validate`. Null passes all of them.
impl Slot<Text<'_>> {
    /// The text must be one of `values`.
    #[must_use]
    pub fn allow(self, values: &[&str]) -> Self {
        self.check(|text| values.iter().any(|value| text == value), || format!("one of {values:?}"))
    }

    /// The text must be none of `values`.
    #[must_use]
    pub fn deny(self, values: &[&str]) -> Self {
        self.check(|text| values.iter().all(|value| text != value), || format!("none of {values:?}"))
    }

    /// The text must be an IP address of this kind.
    #[must_use]
    pub fn ip(self, kind: IpKind) -> Self {
        self.check(|text| validate::is_ip(&text.decode(), kind), || kind.address().to_owned())
    }

    /// The text must be a CIDR block of this kind.
    #[must_use]
    pub fn cidr(self, kind: IpKind) -> Self {
        self.check(|text| validate::is_cidr(&text.decode(), kind), || kind.network().to_owned())
    }

    /// What the table of members says of the text.
    #[inline]
    pub(super) fn checked(self, how: &How) -> Self {
        match how.check {
            Some(check) => check(self),
            None => self,
        }
    }

    fn check(self, holds: impl FnOnce(&Text<'_>) -> bool, expected: impl FnOnce() -> String) -> Self {
        match self {
            Self::Value(text) if !holds(&text) => {
                Self::Wrong(Error::mismatch(Code::Validate, &expected(), &super::decode::quote(&text.decode())))
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_value_the_one_before_is_gone() {
        let mut list = Vec::new();
        assert!(matches!(Slot::Value(vec![1]).put(&mut list), Slot::Value(())));
        assert_eq!(list, [1]);
        assert!(matches!(Slot::Empty.put(&mut list), Slot::Empty));
        assert!(list.is_empty());
    }
}
