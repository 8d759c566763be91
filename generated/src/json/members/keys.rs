//! Where a key stands in the table: a hash table that is made when the program is compiled.

use crate::log_type::Field;

/// For each member some slots, so that most keys have one of their own.
const SLOTS: usize = 4;

/// No member.
const NONE: u16 = u16::MAX;

/// The members by the names that are looked for. Where two of these want the same slot, the one that comes later in the schema has the next that is free; so a search ends at a free slot, and there always is one.
#[derive(Debug)]
pub(super) struct Keys<const N: usize>([[u16; SLOTS]; N]);

impl<const N: usize> Keys<N> {
    pub(super) const fn of(members: &[Field; N]) -> Self {
        let mut slots = [[NONE; SLOTS]; N];
        let mut index = 0;
        while index < N && index < NONE as usize {
            if let Some(name) = members[index].sent_name() {
                let mut slot = first_slot(first_word(name.as_bytes()), N * SLOTS);
                while slots[slot / SLOTS][slot % SLOTS] != NONE {
                    slot = (slot + 1) % (N * SLOTS);
                }
                #[expect(clippy::cast_possible_truncation, reason = "it is below `NONE`")]
                let index = index as u16;
                slots[slot / SLOTS][slot % SLOTS] = index;
            }
            index += 1;
        }
        Self(slots)
    }

    pub(super) const fn slots(&self) -> &[u16] {
        self.0.as_flattened()
    }
}

/// The first of the members whose keys may start with `word`, see [`first_word`], that `is_it`.
#[inline]
pub(in crate::json) fn find(slots: &[u16], word: u64, mut is_it: impl FnMut(usize) -> bool) -> Option<u16> {
    let mut slot = first_slot(word, slots.len());
    loop {
        match *slots.get(slot)? {
            NONE => return None,
            index if is_it(usize::from(index)) => return Some(index),
            _ => slot = if slot + 1 == slots.len() { 0 } else { slot + 1 },
        }
    }
}

/// The first eight bytes of a name, with zeros after the end of a shorter one.
pub(super) const fn first_word(name: &[u8]) -> u64 {
    if let Some(first) = name.first_chunk() {
        return u64::from_le_bytes(*first);
    }
    let mut word = [0; 8];
    let mut index = 0;
    while index < name.len() {
        word[index] = name[index];
        index += 1;
    }
    u64::from_le_bytes(word)
}

/// Where the search for a name begins. The start of a name nearly always tells it from others, and can be had without a
/// look for its end.
#[inline]
const fn first_slot(word: u64, slots: usize) -> usize {
    // The upper half of the product, as a part of one, times the number of slots.
    (((word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) * slots as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    static MEMBERS: [Field; 9] = [
        Field::string("id"),
        Field::string("i"),
        Field::string(""),
        Field::string("actor_id"),
        Field::string("actor_id_of_the_one_who_did_it_in_the_end"),
        Field::string("with\nline"),
        Field::string("made").copy("actor"),
        Field::string("here").sent_as("there"),
        Field::string("id"),
    ];
    static KEYS: Keys<9> = Keys::of(&MEMBERS);

    #[test]
    fn keys_are_found_by_all_of_their_bytes() {
        let found = |name: &str| {
            let is_called = |index: usize| MEMBERS[index].sent_name() == Some(name);
            find(KEYS.slots(), first_word(name.as_bytes()), is_called)
        };
        let expected = [
            ("id", 0),
            ("i", 1),
            ("", 2),
            ("actor_id", 3),
            ("actor_id_of_the_one_who_did_it_in_the_end", 4),
            ("with\nline", 5),
            ("there", 7),
        ];
        for (name, index) in expected {
            assert_eq!(found(name), Some(index), "{name}");
            for other in [format!("{name}_"), format!("_{name}")] {
                assert_eq!(found(&other), None, "{other}");
            }
        }
        for other in ["made", "here", "actor", "actor_id_of_the_one_who_did_it_in_the_End", "I"] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn a_table_without_members_has_no_keys() {
        assert_eq!(find(Keys::<0>::of(&[]).slots(), first_word(b"id"), |_| true), None);
    }
}
