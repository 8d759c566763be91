//! What has been found of the members of an object so far. The last of duplicate keys counts.

use crate::json::error::Error;
use crate::json::slot::Slot;

/// What has been found of each member.
#[derive(Default)]
pub(super) struct Found {
    /// A bit for each of the first 64 members that has a value.
    first: u64,
    /// The others'.
    more: Vec<u64>,
    /// Each member whose value is wrong, once.
    wrong: Vec<(usize, Error)>,
}

impl Found {
    #[inline]
    pub(super) fn set(&mut self, index: usize, slot: Slot<()>) {
        match slot {
            Slot::Value(()) if index < 64 && self.wrong.is_empty() => self.first |= 1 << index,
            slot => self.set_any(index, slot),
        }
    }

    #[inline(never)]
    fn set_any(&mut self, index: usize, slot: Slot<()>) {
        if !self.wrong.is_empty() {
            self.wrong.retain(|(wrong, _)| *wrong != index);
        }
        let bit = 1 << (index % 64);
        let word = if index < 64 { &mut self.first } else { self.word(index) };
        match slot {
            Slot::Value(()) => *word |= bit,
            Slot::Empty => *word &= !bit,
            Slot::Wrong(error) => self.wrong.push((index, error)),
        }
    }

    fn word(&mut self, index: usize) -> &mut u64 {
        let at = index / 64 - 1;
        if self.more.len() <= at {
            self.more.resize(at + 1, 0);
        }
        &mut self.more[at]
    }

    pub(super) fn has(&self, index: usize) -> bool {
        let word = if index < 64 { Some(&self.first) } else { self.more.get(index / 64 - 1) };
        word.is_some_and(|word| word & 1 << (index % 64) != 0)
    }

    /// Whether no value is wrong, and of the first 64 members those of `required` are there.
    #[inline]
    pub(super) fn has_all(&self, required: u64) -> bool {
        self.wrong.is_empty() && required & !self.first == 0
    }

    /// The error of a member whose value is wrong.
    pub(super) fn take_error(&mut self, index: usize) -> Option<Error> {
        let at = self.wrong.iter().position(|(wrong, _)| *wrong == index)?;
        Some(self.wrong.swap_remove(at).1)
    }
}
