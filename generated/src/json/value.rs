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
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Reading;

    /// Decodes a value that was made by a transformation, of what `reader` has passed over, into it.
    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading;
}

/// What came of reading a value. It says no more than a `Result<Slot<()>, Error>` would, but fits into registers.
#[derive(Debug)]
pub enum Reading {
    /// There was none, or null.
    Empty,
    /// It is in its place.
    Value,
    /// It is not of the type of its place.
    Wrong(Error),
    /// The input is not JSON here.
    Malformed(Error),
}

impl From<Slot<()>> for Reading {
    fn from(slot: Slot<()>) -> Self {
        match slot {
            Slot::Empty => Self::Empty,
            Slot::Value(()) => Self::Value,
            Slot::Wrong(error) => Self::Wrong(error),
        }
    }
}

impl From<Result<Slot<()>, Error>> for Reading {
    fn from(read: Result<Slot<()>, Error>) -> Self {
        read.map_or_else(Self::Malformed, Self::from)
    }
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
/// for each type, and not for all that have a trait, so that it is compiled here, once. Where values nearly always have one
/// plain form, the method after `or` reads that.
macro_rules! scalars {
    ($($scalar:ty: $method:ident($($formats:ident)?) $(or $plain:ident($($its:ident)?))?;)*) => {$(
        impl<'a> Value<'a> for $scalar {
            fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Reading {
                $(if let Some(value) = reader.$plain($(_how.$its)?) {
                    *self = value;
                    return Reading::Value;
                })?
                reader.$method($(_how.$formats)?).map(|slot| slot.put(self)).into()
            }

            fn decode(&mut self, value: Undecoded<'a>, _reader: &mut Reader<'a>, _how: &How) -> Reading {
                value.$method($(_how.$formats)?).put(self).into()
            }
        }

        impl<'a> Value<'a> for Option<$scalar> {
            fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Reading {
                $(if let Some(value) = reader.$plain($(_how.$its)?) {
                    *self = Some(value);
                    return Reading::Value;
                })?
                reader.$method($(_how.$formats)?).map(|slot| slot.put_option(self)).into()
            }

            fn decode(&mut self, value: Undecoded<'a>, _reader: &mut Reader<'a>, _how: &How) -> Reading {
                value.$method($(_how.$formats)?).put_option(self).into()
            }
        }
    )*};
}

scalars! {
    i16: smallint() or plain_number();
    i32: int() or plain_number();
    i64: bigint() or plain_number();
    f64: float() or plain_float();
    bool: boolean() or plain_boolean();
    Timestamp: timestamp(formats) or plain_time(formats);
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
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Reading {
        reader.string().map(|slot| slot.checked(how).put(self)).into()
    }

    fn decode(&mut self, value: Undecoded<'a>, _reader: &mut Reader<'a>, how: &How) -> Reading {
        value.string().checked(how).put(self).into()
    }
}

impl<'a> Value<'a> for Option<Text<'a>> {
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Reading {
        // Most values are texts that go to their place as they are, where nothing is to be dropped. What the others need is
        // called in the end, so that these have no use for the stack.
        if self.is_some() || how.check.is_some() {
            return read_text(self, reader, how);
        }
        let Some(text) = reader.plain_text() else { return read_other_text(self, reader, how) };
        *self = Some(Text::followed(text));
        Reading::Value
    }

    fn decode(&mut self, value: Undecoded<'a>, _reader: &mut Reader<'a>, how: &How) -> Reading {
        value.string().checked(how).put_option(self).into()
    }
}

/// The same for a text that ends near the end of the input, or is of another form.
#[inline(never)]
fn read_other_text<'a>(place: &mut Option<Text<'a>>, reader: &mut Reader<'a>, how: &How) -> Reading {
    if reader.plain_null() {
        *place = None;
        return Reading::Empty;
    }
    if !reader.is_at_quote() {
        return read_text(place, reader, how);
    }
    match reader.quoted() {
        Ok(text) => {
            *place = Some(text);
            Reading::Value
        }
        Err(error) => Reading::Malformed(error),
    }
}

/// The same where there is more to do.
#[inline(never)]
fn read_text<'a>(place: &mut Option<Text<'a>>, reader: &mut Reader<'a>, how: &How) -> Reading {
    reader.string().map(|slot| slot.checked(how).put_option(place)).into()
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
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Reading {
        reader.list(self, how)
    }

    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        value.composite("an array", reader, self, how)
    }
}

/// A list in a list, which may be null.
impl<'a, T> Value<'a> for Option<Vec<Option<T>>>
where
    Option<T>: Value<'a>,
{
    fn read(&mut self, reader: &mut Reader<'a>, how: &How) -> Reading {
        let reading = reader.list(self.insert(Vec::new()), how);
        if !matches!(reading, Reading::Value) {
            *self = None;
        }
        reading
    }

    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        value.composite("an array", reader, self, how)
    }
}

impl<'a, T: ReadMembers<'a> + Default> Value<'a> for T {
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Reading {
        *self = T::default();
        reader.members(self)
    }

    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        value.composite("an object", reader, self, how)
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
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Reading {
        reader.optional(self)
    }

    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        value.composite("an object", reader, self, how)
    }
}

/// A place whose values are decoded by a function: JSON inside strings.
pub struct DecodedBy<F>(F);

impl<F> DecodedBy<F> {
    /// The place that `decode` fills. It is called with the reader from which the value comes.
    pub fn new<'a>(decode: F) -> Self
    where
        F: FnMut(Undecoded<'a>, &mut Reader<'a>) -> Result<Slot<()>, Error>,
    {
        Self(decode)
    }
}

impl<F> fmt::Debug for DecodedBy<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecodedBy")
    }
}

impl<'a, F: FnMut(Undecoded<'a>, &mut Reader<'a>) -> Result<Slot<()>, Error>> Value<'a> for DecodedBy<F> {
    fn read(&mut self, reader: &mut Reader<'a>, _how: &How) -> Reading {
        reader.undecoded().and_then(|value| (self.0)(value, reader)).into()
    }

    fn decode(&mut self, value: Undecoded<'a>, reader: &mut Reader<'a>, _how: &How) -> Reading {
        (self.0)(value, reader).into()
    }
}
