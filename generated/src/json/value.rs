//! The values that a record holds, as the reader sees them: places that it fills.
//!
//! A place is a value of the field's type: a type of the schema language, an `Option` of one where the field is not required,
//! or a list. What is put into it replaces what was there, whole.

use std::fmt;

use super::error::Error;
use super::members::How;
use super::raw::RawJson;
use super::reader::Reader;
use super::slot::Slot;
use super::text::Text;
use super::undecoded::Undecoded;
use crate::time::Timestamp;

/// A list, as an element of a list: null is `None` in both.
pub type ListOf<T> = Vec<Option<T>>;

/// A place for the value of a member.
pub trait Value<'a> {
    /// Reads the next value into it, and says whether there was one.
    ///
    /// # Errors
    /// When the input is not JSON here.
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Result<Slot<()>, Error>;

    /// Decodes a value that was made by a transformation into it.
    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()>;
}

/// An object whose members can be read. Generated for each.
pub trait ReadMembers<'a> {
    /// Reads the members, up to the closing brace, into the object, which is a new one.
    ///
    /// # Errors
    /// When the input is not JSON, or a member is wrong, or missing and required.
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error>;
}

/// Implements [`Value`] for types and for an `Option` of each, by the methods of [`Reader`] and of [`Undecoded`]. It is said
/// for each type, and not for all that have a trait, so that it is compiled here, once.
macro_rules! scalars {
    ($($scalar:ty: $method:ident($($formats:ident)?);)*) => {$(
        impl<'a> Value<'a> for $scalar {
            fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Result<Slot<()>, Error> {
                Ok(reader.$method($(_how.$formats)?)?.put(self))
            }

            fn decode(&mut self, value: Undecoded<'a>, _how: &How) -> Slot<()> {
                value.$method($(_how.$formats)?).put(self)
            }
        }

        impl<'a> Value<'a> for Option<$scalar> {
            fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Result<Slot<()>, Error> {
                Ok(reader.$method($(_how.$formats)?)?.put_option(self))
            }

            fn decode(&mut self, value: Undecoded<'a>, _how: &How) -> Slot<()> {
                value.$method($(_how.$formats)?).put_option(self)
            }
        }
    )*};
}

scalars! {
    i16: smallint();
    i32: int();
    i64: bigint();
    f64: float();
    bool: boolean();
    Timestamp: timestamp(formats);
    RawJson<'a>: json();
}

/// A list to which elements are added, one after the other. What lists do apart from that is compiled once for all.
pub(super) trait Elements<'a> {
    fn clear(&mut self);

    /// The place of a new element at the end.
    fn push(&mut self) -> Option<&mut dyn Value<'a>>;
}

/// A place for an object that may be absent.
pub(super) trait Optional<'a> {
    /// Puts a new object there, or none.
    fn renew(&mut self, is_there: bool) -> Option<&mut dyn ReadMembers<'a>>;
}

impl<'a> Value<'a> for Text<'a> {
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Result<Slot<()>, Error> {
        Ok(reader.string()?.checked(how).put(self))
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.string().checked(how).put(self)
    }
}

impl<'a> Value<'a> for Option<Text<'a>> {
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Result<Slot<()>, Error> {
        // Most values are such texts: they go to their place with no stop between.
        if how.check.is_none()
            && let Some(content) = reader.plain_string()
        {
            *self = Some(Text::content(content, false));
            return Ok(Slot::Value(()));
        }
        Ok(reader.string()?.checked(how).put_option(self))
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.string().checked(how).put_option(self)
    }
}

impl<'a, T> Elements<'a> for Vec<Option<T>>
where
    Option<T>: Value<'a>,
{
    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self) -> Option<&mut dyn Value<'a>> {
        self.push(None);
        let element = self.last_mut()?;
        Some(element)
    }
}

impl<'a, T> Value<'a> for Vec<Option<T>>
where
    Option<T>: Value<'a>,
{
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Result<Slot<()>, Error> {
        reader.list(self, how)
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.composite("an array", self, how)
    }
}

/// A list in a list, which may be null.
impl<'a, T> Value<'a> for Option<Vec<Option<T>>>
where
    Option<T>: Value<'a>,
{
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Result<Slot<()>, Error> {
        let slot = reader.list(self.insert(Vec::new()), how);
        if !matches!(slot, Ok(Slot::Value(()))) {
            *self = None;
        }
        slot
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.composite("an array", self, how)
    }
}

impl<'a, T: ReadMembers<'a> + Default> Value<'a> for T {
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Result<Slot<()>, Error> {
        *self = T::default();
        reader.members(self)
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.composite("an object", self, how)
    }
}

impl<'a, T: ReadMembers<'a> + Default> Optional<'a> for Option<T> {
    fn renew(&mut self, is_there: bool) -> Option<&mut dyn ReadMembers<'a>> {
        *self = if is_there { Some(T::default()) } else { None };
        match self {
            Some(object) => Some(object),
            None => None,
        }
    }
}

impl<'a, T: ReadMembers<'a> + Default> Value<'a> for Option<T> {
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Result<Slot<()>, Error> {
        reader.optional(self)
    }

    fn decode(&mut self, value: Undecoded<'a>, how: &How) -> Slot<()> {
        value.composite("an object", self, how)
    }
}

/// A place whose values are decoded by a function: JSON inside strings.
pub struct DecodedBy<F>(F);

impl<F> DecodedBy<F> {
    /// The place that `decode` fills.
    pub fn new<'a>(decode: F) -> Self
    where
        F: FnMut(Undecoded<'a>) -> Slot<()>,
    {
        Self(decode)
    }
}

impl<F> fmt::Debug for DecodedBy<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecodedBy")
    }
}

impl<'a, F: FnMut(Undecoded<'a>) -> Slot<()>> Value<'a> for DecodedBy<F> {
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Result<Slot<()>, Error> {
        reader.undecoded().map(&mut self.0)
    }

    fn decode(&mut self, value: Undecoded<'a>, _how: &How) -> Slot<()> {
        (self.0)(value)
    }
}
