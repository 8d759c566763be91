//! Where a page ends, and the opaque text in which an API tells it.
//!
//! A position holds values of a record, not a number of records, so that it means the same whatever arrives meanwhile: a record
//! that appears behind it is never served, as with real keyset paging.

use std::fmt::Write as _;

use super::random::Random;

/// The values of the fields by which records are ordered, then the key.
pub(super) type Position = Vec<Part>;

/// One value of a [`Position`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A number, or a time as nanoseconds since 1970.
    Integer(i128),
    /// A text.
    Text(String),
}

/// `position` as an opaque text. Another `seed` writes it otherwise and does not read this one.
pub(super) fn encode(position: &[Part], descending: bool, seed: u64) -> String {
    let mut plain = vec![u8::from(descending)];
    for part in position {
        match part {
            Part::Integer(number) => {
                plain.push(b'i');
                plain.extend(number.to_be_bytes());
            }
            Part::Text(text) => {
                plain.push(b't');
                plain.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
                plain.extend(text.as_bytes());
            }
        }
    }
    let mut sealed = checksum(&plain, seed).to_be_bytes().to_vec();
    sealed.extend(plain);
    sealed.iter().fold(String::new(), |mut cursor, byte| {
        let _ = write!(cursor, "{byte:02x}"); // Writing to a string cannot fail.
        cursor
    })
}

/// The position that `cursor` tells, or `None` where it is not one of ours, or was made for the other direction.
pub(super) fn decode(cursor: &str, descending: bool, seed: u64) -> Option<Position> {
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let sealed: Vec<u8> = cursor.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?;
    let (sum, plain) = sealed.split_first_chunk::<8>()?;
    let (direction, mut rest) = plain.split_first()?;
    if u64::from_be_bytes(*sum) != checksum(plain, seed) || *direction != u8::from(descending) {
        return None;
    }
    let mut position = Vec::new();
    while let Some((tag, tail)) = rest.split_first() {
        if *tag == b'i' {
            let (number, tail) = tail.split_first_chunk()?;
            position.push(Part::Integer(i128::from_be_bytes(*number)));
            rest = tail;
        } else {
            let (length, tail) = tail.split_first_chunk()?;
            let (text, tail) = tail.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            position.push(Part::Text(String::from_utf8(text.to_vec()).ok()?));
            rest = tail;
        }
    }
    Some(position)
}

fn checksum(bytes: &[u8], seed: u64) -> u64 {
    bytes.iter().fold(seed, |sum, byte| Random::new(sum, u64::from(*byte)).bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_its_position_back_to_its_maker_alone() {
        let position = vec![Part::Integer(-5), Part::Text("é/2".to_owned()), Part::Integer(i128::MAX)];
        let cursor = encode(&position, true, 9);
        assert_eq!(decode(&cursor, true, 9), Some(position));
        assert_eq!(decode(&cursor, false, 9), None, "another sort");
        assert_eq!(decode(&cursor, true, 8), None, "another encoding");
        assert_eq!(decode(&format!("{cursor}00"), true, 9), None);
        assert_eq!(decode(&cursor[..cursor.len() - 1], true, 9), None);
    }

    #[test]
    fn garbage_is_no_cursor() {
        for garbage in ["", "x", "zz", "é", "00000000000000000000", "+1+1+1+1+1+1+1+1+1"] {
            assert_eq!(decode(garbage, false, 0), None, "{garbage}");
        }
    }
}
