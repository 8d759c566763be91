//! Where a key stands in the table: a hash table that is made when the program is compiled.

use crate::json::reader::same;
use crate::log_type::Field;

/// For each member some slots, so that most keys have one of their own.
const SLOTS: usize = 4;

/// No member.
const NONE: u16 = u16::MAX;

/// The members by the names that are looked for. Where two keys want the same slot, the one
/// that comes later in the schema has the next that is free; so a search ends at a free slot, and there always is one.
#[derive(Debug)]
pub(super) struct Keys<const N: usize>([[u16; SLOTS]; N]);

impl<const N: usize> Keys<N> {
    pub(super) const fn of(members: &[Field; N]) -> Self {
        let mut slots = [[NONE; SLOTS]; N];
        let mut index = 0;
        while index < N && index < NONE as usize {
            if let Some(name) = members[index].sent_name() {
                let mut slot = first_slot(name.as_bytes(), N * SLOTS);
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

/// The member that is looked for under `name`.
#[inline]
pub(super) fn find(slots: &[u16], members: &[Field], name: &[u8]) -> Option<usize> {
    let mut slot = first_slot(name, slots.len());
    loop {
        let index = usize::from(*slots.get(slot)?);
        // There is no such member where the slot is free.
        let member = members.get(index)?;
        if member.sent_name().is_some_and(|other| same(other.as_bytes(), name)) {
            return Some(index);
        }
        slot = if slot + 1 == slots.len() { 0 } else { slot + 1 };
    }
}

/// Where the search for a name begins: its length and the words at both of its ends, mixed.
#[inline]
const fn first_slot(name: &[u8], slots: usize) -> usize {
    let (first, last) = if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64)
    } else if let [first, .., last] = name {
        (*first as u64, *last as u64)
    } else {
        (0, 0)
    };
    let mixed = (first ^ last.rotate_left(29) ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The upper half as a part of one, times the number of slots.
    (((mixed >> 32) * slots as u64) >> 32) as usize
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
        let found = |name: &str| find(KEYS.slots(), &MEMBERS, name.as_bytes());
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
        assert_eq!(find(Keys::<0>::of(&[]).slots(), &[], b"id"), None);
    }
}
