//! The members of an object as a table.
//!
//! What a schema says of an object's fields is data: how each is called, how it is written, what it is made of. Generated
//! code is that table and a list of the record's fields in the same order; the reader brings the two together. So the code
//! that reads is compiled once and not for each log type.
//!
//! A source writes the keys of its events in one order, which rarely is that of the schema. The table remembers which member
//! came after which, and the reader compares the input with that one key before it looks for any.

mod found;
mod keys;
#[cfg(test)]
mod tests;

use std::mem;
use std::sync::atomic::{AtomicU16, Ordering};

use super::error::Error;
use super::key::{Key, Sent};
use super::passed::{NONE_SENT, ReadSent};
use super::reader::Reader;
use super::slot::Slot;
use super::text::Text;
use super::undeclared::Undeclared;
use super::undecoded::Undecoded;
use super::value::{Reading, Value};
use crate::log_type::{Field, Made, Source};
use crate::time::TimeFormat;
use found::Bits;
pub(super) use found::{FIRST, Found};
use keys::Keys;
pub(super) use keys::find;

/// What is done to a text once it is read: masks, and rules of `validate`.
pub type Check = for<'t> fn(Slot<Text<'t>>) -> Slot<Text<'t>>;

/// What a value's Rust type does not say of how it is read. Lists hand it to their elements, for which `sent` has no meaning.
#[derive(Clone, Copy, Debug)]
pub struct How {
    pub(crate) formats: &'static [TimeFormat<'static>],
    pub(crate) check: Option<Check>,
    /// How it is read where it is only passed on.
    pub(crate) sent: ReadSent,
}

/// Hands a field of a record, as a place for its value, to a function.
pub type Place<'a, R> = fn(&mut R, &mut dyn FnMut(&mut dyn Value<'a>));

/// The places for the values of a record's fields, in the order of the table.
pub type Places<'p, 'a, const N: usize> = [&'p mut dyn Value<'a>; N];

/// The same of any number, or by functions.
trait AnyPlaces<'a> {
    fn read(&mut self, index: usize, reader: &mut Reader<'a>, how: &How) -> Reading;
    fn decode(&mut self, index: usize, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading;
}

impl<'a> AnyPlaces<'a> for [&mut dyn Value<'a>] {
    #[inline]
    fn read(&mut self, index: usize, reader: &mut Reader<'a>, how: &How) -> Reading {
        self[index].read(reader, how)
    }

    #[inline]
    fn decode(&mut self, index: usize, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        self[index].decode(value, reader, how)
    }
}

struct PlacesOf<'p, 'a, R> {
    record: &'p mut R,
    places: &'p [Place<'a, R>],
}

impl<'a, R> AnyPlaces<'a> for PlacesOf<'_, 'a, R> {
    fn read(&mut self, index: usize, reader: &mut Reader<'a>, how: &How) -> Reading {
        let mut read = Reading::Empty;
        // What was there before is `Empty`, which there is no need to drop.
        self.places[index](self.record, &mut |value| mem::forget(mem::replace(&mut read, value.read(reader, how))));
        read
    }

    fn decode(&mut self, index: usize, value: Undecoded<'a>, reader: &mut Reader<'a>, how: &How) -> Reading {
        let mut decoded = Reading::Empty;
        self.places[index](self.record, &mut |place| decoded = place.decode(value.clone(), reader, how));
        decoded
    }
}

/// A field as a member of what is read.
impl Field {
    /// What stands before its value in the input, where that can be told without a look at the name.
    const fn sent_key(&self) -> Key {
        match &self.source {
            Source::Own => self.key,
            Source::Sent(_, key) => *key,
            Source::Made(_) => Key::NONE,
        }
    }

    /// The name that is looked for, without escapes; `None` for a value that is made.
    #[inline]
    const fn sent_name(&self) -> Option<&'static str> {
        match self.source {
            Source::Own => Some(self.name),
            Source::Sent(sent, _) => Some(sent),
            Source::Made(_) => None,
        }
    }

    /// How messages call it: as it was sent, where it was.
    fn place(&self) -> &'static str {
        match self.source {
            Source::Sent(sent, _) => sent,
            Source::Own | Source::Made(_) => self.name,
        }
    }
}

/// The members of an object in schema order, and the keys that must be `KEPT` as they are sent since members are made of them.
#[derive(Debug)]
pub struct Members<const N: usize, const KEPT: usize = 0> {
    list: &'static [Field; N],
    keys: Keys<N>,
    rows: [Row; N],
    /// A bit for each of the first members that is required.
    required: Bits,
    kept: [&'static str; KEPT],
    first: AtomicU16,
}

/// What the reader needs of a member, side by side, and as long as a line of the cache.
#[derive(Debug)]
#[repr(align(64))]
pub(super) struct Row {
    /// What stands before its value.
    pub(super) sent: Sent,
    pub(super) how: &'static How,
    /// Which member came after it the last time that this was not as guessed.
    next: AtomicU16,
}

impl<const N: usize> Members<N> {
    /// The members of an object.
    pub const fn new(list: &'static [Field; N]) -> Self {
        Self::keeping([], list)
    }
}

impl<const N: usize, const KEPT: usize> Members<N, KEPT> {
    /// The members of an object; values at paths are looked for under the first of the keys in `kept` that is there.
    pub const fn keeping(kept: [&'static str; KEPT], list: &'static [Field; N]) -> Self {
        // Where members are made of what is kept, each key is read.
        let guesses = KEPT == 0;
        Self {
            list,
            keys: Keys::of(list),
            rows: rows(list, guesses),
            required: required(list),
            kept,
            first: AtomicU16::new(if guesses { 0 } else { NO_GUESS }),
        }
    }

    /// Reads an object, whose opening brace has been read, into `values`: those of the members, in their order.
    ///
    /// # Errors
    /// When the input is not JSON, else for the first member that is wrong, or missing and required.
    pub fn read<'a>(&self, reader: &mut Reader<'a>, values: &mut Places<'_, 'a, N>) -> Result<(), Error> {
        let mut kept = [const { Undecoded::absent() }; KEPT];
        self.table().read_list(reader, values, &mut kept, None)
    }

    /// As [`read`](Self::read), or [`read_all`](Self::read_all) where undeclared keys are kept, for a record of so many
    /// fields that its places are a table too.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_by<'a, R>(
        &self,
        reader: &mut Reader<'a>,
        record: &mut R,
        places: &[Place<'a, R>; N],
        mut undeclared: Option<&mut Undeclared<'a>>,
    ) -> Result<(), Error> {
        let mut kept = [const { Undecoded::absent() }; KEPT];
        let mut values = PlacesOf { record, places };
        self.table().read(reader, &mut values, &mut kept, undeclared.as_deref_mut())?;
        if let Some(undeclared) = undeclared {
            undeclared.settle();
        }
        Ok(())
    }

    /// The same for an object that keeps the keys that no member takes.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_all<'a>(
        &self,
        reader: &mut Reader<'a>,
        values: &mut Places<'_, 'a, N>,
        undeclared: &mut Undeclared<'a>,
    ) -> Result<(), Error> {
        let mut kept = [const { Undecoded::absent() }; KEPT];
        self.table().read_list(reader, values, &mut kept, Some(undeclared))?;
        undeclared.settle();
        Ok(())
    }

    pub(super) const fn table(&self) -> Table<'_> {
        Table {
            list: self.list,
            slots: self.keys.slots(),
            rows: &self.rows,
            required: &self.required,
            kept: &self.kept,
            first: &self.first,
        }
    }
}

/// In place of the member that came next.
const NO_GUESS: u16 = u16::MAX;

/// [`Members`] of any number, so that the code that works on them is there once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'t> {
    pub(super) list: &'static [Field],
    /// See [`Keys`].
    slots: &'t [u16],
    rows: &'t [Row],
    pub(super) required: &'t Bits,
    kept: &'t [&'static str],
    first: &'t AtomicU16,
}

impl<'t> Table<'t> {
    /// As [`read`](Self::read), and compiled here once, as nothing in it depends on the record.
    fn read_list<'a>(
        &self,
        reader: &mut Reader<'a>,
        values: &mut [&mut dyn Value<'a>],
        kept: &mut [Undecoded<'a>],
        undeclared: Option<&mut Undeclared<'a>>,
    ) -> Result<(), Error> {
        self.read(reader, values, kept, undeclared)
    }

    fn read<'a>(
        &self,
        reader: &mut Reader<'a>,
        values: &mut (impl AnyPlaces<'a> + ?Sized),
        kept: &mut [Undecoded<'a>],
        mut undeclared: Option<&mut Undeclared<'a>>,
    ) -> Result<(), Error> {
        let mut found = Found::default();
        let (mut index, mut next) = self.first_key(reader, kept, &mut undeclared)?;
        // The first of the bits are in a register while all is well.
        let mut first = 0;
        while let Some(row) = next {
            match values.read(index, reader, row.how) {
                Reading::Value => found.add(&mut first, index),
                other => {
                    found.put_first(first);
                    found.set(index, other)?;
                    first = found.first();
                }
            }
            (index, next) = self.guess(row);
            if let Some(guess) = next
                && reader.is_next(&guess.sent)
            {
                continue;
            }
            (index, next) = self.not_guessed(reader, row, kept, &mut undeclared)?;
        }
        found.put_first(first);
        if !kept.is_empty() {
            self.decode_made(reader, values, kept, &mut found)?;
        }
        if found.has_all(self.required) && self.list.len() <= FIRST { Ok(()) } else { self.complete(found) }
    }

    /// The member of the first key, if there is one.
    #[expect(clippy::inline_always, reason = "what it returns is too long for registers")]
    #[inline(always)]
    pub(super) fn first_key<'a>(
        &self,
        reader: &mut Reader<'a>,
        kept: &mut [Undecoded<'a>],
        undeclared: &mut Option<&mut Undeclared<'a>>,
    ) -> Result<(usize, Option<&'t Row>), Error> {
        let index = usize::from(self.first.load(Ordering::Relaxed));
        match self.rows.get(index) {
            Some(row) if reader.is_first(&row.sent) => Ok((index, Some(row))),
            _ => self.other_key(reader, self.first, kept, undeclared),
        }
    }

    /// The member that came after another the last time that this was looked at.
    #[inline]
    pub(super) fn guess(&self, row: &Row) -> (usize, Option<&'t Row>) {
        let index = usize::from(row.next.load(Ordering::Relaxed));
        (index, self.rows.get(index))
    }

    /// The member of the next key, which is not the one that was guessed after `row`, if there is another.
    #[inline]
    pub(super) fn not_guessed<'a>(
        &self,
        reader: &mut Reader<'a>,
        row: &Row,
        kept: &mut [Undecoded<'a>],
        undeclared: &mut Option<&mut Undeclared<'a>>,
    ) -> Result<(usize, Option<&'t Row>), Error> {
        if reader.is_end() {
            return Ok((0, None));
        }
        // What is kept is looked for by its name, and so the name has to be read.
        match if kept.is_empty() { reader.one_of(self.slots, self.rows) } else { None } {
            Some(index) => {
                row.next.store(index, Ordering::Relaxed);
                let index = usize::from(index);
                Ok((index, self.rows.get(index)))
            }
            None => self.other_key(reader, &row.next, kept, undeclared),
        }
    }

    /// Makes what is made of others, once all of them have been passed over.
    #[inline(never)]
    fn decode_made<'a>(
        &self,
        reader: &mut Reader<'a>,
        values: &mut (impl AnyPlaces<'a> + ?Sized),
        kept: &[Undecoded<'a>],
        found: &mut Found,
    ) -> Result<(), Error> {
        for (index, member) in self.list.iter().enumerate() {
            if let Source::Made(made) = member.source {
                let value = match made {
                    Made::Key(key) => self.kept.iter().position(|name| *name == key).map(|at| kept[at].clone()),
                    made => Some(made.of(|path| at(self.kept, kept, path))),
                };
                found.set(index, values.decode(index, value.unwrap_or_default(), reader, &member.how))?;
            }
        }
        Ok(())
    }

    /// The member of the next key that any takes, where it was not as guessed; no row when the object ends.
    #[inline(never)]
    fn other_key<'a>(
        &self,
        reader: &mut Reader<'a>,
        guess: &AtomicU16,
        kept: &mut [Undecoded<'a>],
        undeclared: &mut Option<&mut Undeclared<'a>>,
    ) -> Result<(usize, Option<&'t Row>), Error> {
        let Some(index) = self.read_keys(reader, kept, undeclared)? else { return Ok((0, None)) };
        if kept.is_empty() {
            guess.store(u16::try_from(index).unwrap_or(NO_GUESS), Ordering::Relaxed);
        }
        Ok((index, self.rows.get(index)))
    }

    /// Reads keys, however they are written, and the values of those that no member takes.
    #[inline(never)]
    fn read_keys<'a>(
        &self,
        reader: &mut Reader<'a>,
        kept: &mut [Undecoded<'a>],
        undeclared: &mut Option<&mut Undeclared<'a>>,
    ) -> Result<Option<usize>, Error> {
        while let Some(key) = reader.raw_key()? {
            if let Some(at) = self.kept.iter().position(|name| key == **name) {
                kept[at] = reader.ahead();
            }
            if let Some(index) = self.find(&key) {
                return Ok(Some(index));
            }
            let key = key.into_decoded();
            match undeclared {
                // An event has each key once: that of a field which takes its value from elsewhere is not another.
                Some(all) if !self.list.iter().any(|field| *field.name == *key) => all.read(key, reader)?,
                _ => reader.skip()?,
            }
        }
        Ok(None)
    }

    /// The member that takes the value of `key`.
    #[inline]
    fn find(&self, key: &Text<'_>) -> Option<usize> {
        let found = |name: &[u8]| {
            let is_it = |index: usize| self.list[index].sent_name().is_some_and(|sent| sent.as_bytes() == name);
            keys::find(self.slots, keys::first_word(name), is_it)
        };
        match key.as_verbatim() {
            Some(name) => found(name),
            None => found(key.decode().as_bytes()),
        }
        .map(usize::from)
    }

    /// Of what is wrong the first in schema order is told.
    #[inline(never)]
    pub(super) fn complete(&self, mut found: Found) -> Result<(), Error> {
        for (index, member) in self.list.iter().enumerate() {
            if let Some(error) = found.take_error(index) {
                return Err(error.within(member.place()));
            }
            if member.required && !found.has(index) {
                return Err(Error::missing(member.place()));
            }
        }
        Ok(())
    }
}

impl Made {
    fn of<'a>(self, at: impl Fn(&str) -> Undecoded<'a>) -> Undecoded<'a> {
        match self {
            Self::Copy(path) | Self::Key(path) => at(path),
            Self::Concat(paths, separator) => {
                let parts: Vec<Undecoded<'_>> = paths.iter().map(|path| at(path)).collect();
                Undecoded::concat(&parts, separator)
            }
            Self::Split(path, separator, index) => at(path).split(separator, index),
        }
    }
}

/// The value at a path: under the first of the keys in `names` that the path starts with and that has one.
fn at<'a>(names: &[&str], kept: &[Undecoded<'a>], path: &str) -> Undecoded<'a> {
    let mut found = Undecoded::default();
    for (name, value) in names.iter().zip(kept) {
        match path.strip_prefix(name) {
            Some("") => found = value.clone(),
            Some(rest) => {
                if let Some(rest) = rest.strip_prefix('.') {
                    found = found.or_at(value, rest);
                }
            }
            None => {}
        }
    }
    found
}

/// The rows of members; as a first `guess`, after each member comes the next in the schema.
const fn rows<const N: usize>(list: &'static [Field; N], guess: bool) -> [Row; N] {
    const NO_HOW: &How = &How { formats: &[], check: None, sent: NONE_SENT };
    let mut rows = [const { Row { sent: Sent::new(&Key::NONE), how: NO_HOW, next: AtomicU16::new(NO_GUESS) } }; N];
    let (mut index, mut next) = (0, 0);
    while index < N {
        next += 1;
        let field = &list[index];
        let next = AtomicU16::new(if guess { next } else { NO_GUESS });
        rows[index] = Row { sent: Sent::new(&field.sent_key()), how: &field.how, next };
        index += 1;
    }
    rows
}

/// A bit for each of the first members that is required.
const fn required<const N: usize>(list: &[Field; N]) -> Bits {
    let (mut required, mut index) = ([0; 2], 0);
    while index < N && index < FIRST {
        required[index / 64] |= (list[index].required as u64) << (index % 64);
        index += 1;
    }
    required
}
