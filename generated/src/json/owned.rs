//! Values that outlive what they were read from.
//!
//! JSON inside a string has to be decoded before it is read, and the decoded text is gone when the event is there. What was
//! read from it is therefore made to own its texts.

use std::borrow::Cow;

use super::raw::RawJson;
use super::slot::Slot;
use super::text::Text;

/// A value that can be made to own all that it borrows. Generated for objects that may stand in a string.
pub trait IntoOwned {
    /// The same value, which borrows nothing.
    type Owned;

    /// Copies what is borrowed.
    fn into_owned(self) -> Self::Owned;
}

impl IntoOwned for Text<'_> {
    type Owned = Text<'static>;

    fn into_owned(self) -> Text<'static> {
        Text::from(self.into_decoded().into_owned())
    }
}

impl IntoOwned for RawJson<'_> {
    type Owned = RawJson<'static>;

    fn into_owned(self) -> RawJson<'static> {
        RawJson::owned(Cow::into_owned(self.into_text()))
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    fn into_owned(self) -> Option<T::Owned> {
        self.map(T::into_owned)
    }
}

impl<T: IntoOwned> IntoOwned for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn into_owned(self) -> Vec<T::Owned> {
        self.into_iter().map(T::into_owned).collect()
    }
}

impl<T: IntoOwned> IntoOwned for Slot<T> {
    type Owned = Slot<T::Owned>;

    fn into_owned(self) -> Slot<T::Owned> {
        match self {
            Self::Empty => Slot::Empty,
            Self::Value(value) => Slot::Value(value.into_owned()),
            Self::Wrong(error) => Slot::Wrong(error),
        }
    }
}
