//! What has been found of the members of an object so far. The last of duplicate keys counts.

use crate::json::error::Error;
use crate::json::value::Reading;

/// A bit for each of the first [`FIRST`] members.
pub(super) type Bits = [u64; 2];

/// So many members have a place in [`Bits`]. Few objects have more.
pub(in crate::json) const FIRST: usize = 128;

/// What has been found of each member.
#[derive(Default)]
pub(in crate::json) struct Found {
    /// A bit for each of the first members that has a value.
    first: Bits,
    more: Option<Box<More>>,
}

/// What few objects have.
#[derive(Default)]
struct More {
    /// The bits of the other members.
    values: Vec<u64>,
    /// Members whose value was wrong, each once. One that has a value now got it later.
    wrong: Vec<(usize, Error)>,
}

impl Found {
    /// Notes the value of a member. `first` are the first word of the bits, in a place of the caller's while all is well.
    #[inline]
    pub(super) fn add(&mut self, first: &mut u64, index: usize) {
        if index < 64 {
            *first |= 1 << index;
        } else {
            self.add_later(index);
        }
    }

    /// Takes the first word of the bits from the caller's place.
    #[inline]
    pub(super) fn put_first(&mut self, first: u64) {
        self.first[0] = first;
    }

    /// The first word of the bits.
    #[inline]
    pub(super) fn first(&self) -> u64 {
        self.first[0]
    }

    #[inline(never)]
    fn add_later(&mut self, index: usize) {
        match self.first.get_mut(index / 64) {
            Some(word) => *word |= 1 << (index % 64),
            None => self.replace(index, Ok(true)),
        }
    }

    /// Notes what came of reading the value of a member.
    #[inline(never)]
    pub(in crate::json) fn set(&mut self, index: usize, reading: Reading) -> Result<(), Error> {
        match reading {
            Reading::Empty => match self.first.get_mut(index / 64) {
                Some(word) if self.more.is_none() => *word &= !(1 << (index % 64)),
                _ => self.replace(index, Ok(false)),
            },
            Reading::Value => self.replace(index, Ok(true)),
            Reading::Wrong(error) => self.replace(index, Err(error)),
            Reading::Malformed(error) => return Err(error),
        }
        Ok(())
    }

    /// Notes that a member has a value or none, or a wrong one, whatever it had before.
    #[inline(never)]
    fn replace(&mut self, index: usize, has: Result<bool, Error>) {
        let bit = 1 << (index % 64);
        let word = if index < FIRST {
            &mut self.first[index / 64]
        } else {
            let values = &mut self.more.get_or_insert_default().values;
            let at = (index - FIRST) / 64;
            values.resize(values.len().max(at + 1), 0);
            &mut values[at]
        };
        match has {
            Ok(true) => *word |= bit,
            Ok(false) | Err(_) => *word &= !bit,
        }
        if let Some(more) = &mut self.more {
            more.wrong.retain(|(wrong, _)| *wrong != index);
        }
        if let Err(error) = has {
            self.more.get_or_insert_default().wrong.push((index, error));
        }
    }

    pub(super) fn has(&self, index: usize) -> bool {
        let word = match (index, &self.more) {
            (..FIRST, _) => self.first.get(index / 64),
            (_, Some(more)) => more.values.get((index - FIRST) / 64),
            (_, None) => None,
        };
        word.is_some_and(|word| word & 1 << (index % 64) != 0)
    }

    /// Whether it is plain to see that no value is wrong, and that those of `required`, bits of the first members, are
    /// there.
    #[inline]
    pub(super) fn has_all(&self, required: &Bits) -> bool {
        self.more.is_none() && required[0] & !self.first[0] == 0 && required[1] & !self.first[1] == 0
    }

    /// The error of a member whose value is wrong.
    pub(super) fn take_error(&mut self, index: usize) -> Option<Error> {
        if self.has(index) {
            return None;
        }
        let wrong = &mut self.more.as_mut()?.wrong;
        let at = wrong.iter().position(|(wrong, _)| *wrong == index)?;
        Some(wrong.swap_remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Found {
        /// As the reader does it.
        fn note(&mut self, index: usize) {
            let mut first = self.first();
            self.add(&mut first, index);
            self.put_first(first);
        }
    }

    #[test]
    fn what_is_found_last_counts_for_any_number_of_members() {
        const MEMBERS: [usize; 9] = [0, 1, 63, 64, 127, 128, 191, 192, 300];
        for index in MEMBERS {
            let mut found = Found::default();
            found.note(index);
            assert!(MEMBERS.iter().all(|other| found.has(*other) == (*other == index)), "{index}");
            assert!(found.set(index, Reading::Empty).is_ok() && !found.has(index), "{index}");
            assert!(found.set(index, Reading::Wrong(Error::missing("it"))).is_ok() && !found.has(index), "{index}");
            assert!(!found.has_all(&[0, 0]), "{index}");
            assert!(found.take_error(index).is_some() && found.take_error(index).is_none(), "{index}");
            found.note(index);
            assert!(found.has(index), "{index}");
        }
    }

    #[test]
    fn all_of_the_first_members_that_are_required_must_be_there() {
        let mut found = Found::default();
        assert!(found.has_all(&[0, 0]) && !found.has_all(&[1, 0]) && !found.has_all(&[0, 1 << 63]));
        found.note(127);
        assert!(found.has_all(&[0, 1 << 63]) && !found.has_all(&[0, 1]));
        found.note(0);
        assert!(found.has_all(&[1, 1 << 63]));
    }
}
