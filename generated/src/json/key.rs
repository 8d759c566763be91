//! A key as it stands in an event between the value before it and its own: `,"name":`.
//!
//! It is made when a table of fields is compiled, and copied as a block of fixed size, which is a few instructions where a
//! copy of its length would be a call. Behind the key the block goes on with quotes, the first of which begins a text.

use std::fmt;

use super::output::{Bytes, Output};

/// How long a block is. Few names are longer than what it has room for.
pub(super) const BLOCK: usize = 32;

/// A key with all that stands around it.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    block: [u8; BLOCK],
    /// How much of the block it is, less than all; 0 where the name is too long for it, or needs escapes.
    length: usize,
}

impl Key {
    /// None that any input has.
    pub(crate) const NONE: Self = Self { block: [0; BLOCK], length: 0 };

    /// The key of this name. It is one loop and calls nothing: the compiler works it out for each field of each log type.
    pub(crate) const fn new(name: &str) -> Self {
        let name = name.as_bytes();
        let length = name.len() + 4;
        let mut key = Self { block: [b'"'; BLOCK], length: 0 };
        if length >= BLOCK {
            return key;
        }
        let mut at = 0;
        while at < name.len() {
            let byte = name[at];
            if byte < 0x20 || byte == b'"' || byte == b'\\' {
                return key;
            }
            key.block[at + 2] = byte;
            at += 1;
        }
        key.block[0] = b',';
        key.block[length - 1] = b':';
        key.length = length;
        key
    }

    /// The block, and where what follows the key's first quote stands in it; `None` where it has to be written by its name.
    #[inline]
    pub(super) fn block(&self) -> Option<(&[u8; BLOCK], usize)> {
        if self.length == 0 { None } else { Some((&self.block, self.length % BLOCK + 1)) }
    }

    /// Appends it; false where it has to be written by its name, or there is no room.
    #[inline]
    pub(crate) fn write(&self, output: &mut Output<'_>) -> bool {
        let Some((key, length)) = self.block() else { return false };
        let Some(block) = output.block() else { return false };
        *block = *key;
        output.advance(length - 1);
        true
    }
}

/// A key as it is looked for in an input.
pub(super) struct Sent {
    block: [u8; BLOCK],
    /// Ones in the bytes of the first half of the block that are part of the key.
    mask: [u8; BLOCK / 2],
    /// As for [`Key`].
    length: u8,
}

impl Sent {
    pub(super) const fn new(key: &Key) -> Self {
        let mut mask = [0; BLOCK / 2];
        let mut at = 0;
        while at < mask.len() && at < key.length {
            mask[at] = 0xFF;
            at += 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is less than the block is long")]
        let length = key.length as u8;
        Self { block: key.block, mask, length }
    }

    /// The key with its comma and colon; nothing where it has to be looked for by its name.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.block[..self.length()]
    }

    /// How many bytes it has, where `ahead` starts with it. Both halves are compared whole: in the first, what is behind the
    /// key is left out, and the second is the last of a key that is longer.
    #[inline]
    pub(super) fn starts(&self, ahead: &[u8; BLOCK]) -> Option<usize> {
        let length = self.length();
        let differs = |word: usize| {
            let [key, ahead, mask] = [self.block.as_chunks().0, ahead.as_chunks().0, self.mask.as_chunks().0]
                .map(|words| u64::from_le_bytes(words[word]));
            (key ^ ahead) & mask != 0
        };
        if differs(0) || differs(1) || length == 0 {
            return None;
        }
        let last = length.saturating_sub(BLOCK / 2);
        if last > 0 && self.block[last..].first_chunk::<{ BLOCK / 2 }>() != ahead[last..].first_chunk() {
            return None;
        }
        Some(length)
    }

    #[inline]
    fn length(&self) -> usize {
        usize::from(self.length) % BLOCK
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(self.bytes()), f)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(&self.block[..self.length]), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::output::written_by;

    #[test]
    fn a_key_is_written_by_its_block_where_it_fits() {
        let longest = format!("{}-", "é".repeat(13));
        let written = written_by(|output| {
            for name in ["actor_id", "", &longest] {
                assert!(Key::new(name).write(output));
            }
        });
        assert_eq!(written, format!(r#","actor_id":,"":,{longest:?}:"#));
    }

    #[test]
    fn a_key_is_the_start_of_an_input_where_every_byte_is() {
        let name = "abcdefghijklmnopqrstuvwxyz0";
        for length in 0..name.len() {
            let key = Sent::new(&Key::new(&name[..length]));
            let written = format!(",\"{}\":", &name[..length]);
            let starts = |input: &[u8]| key.starts(input.first_chunk().unwrap());
            for rest in ["1}                                 ", &"\0".repeat(32)] {
                let input = format!("{written}{rest}");
                assert_eq!(starts(input.as_bytes()), Some(written.len()), "{input}");
                for at in 0..written.len() {
                    let mut other = input.clone().into_bytes();
                    other[at] ^= 1;
                    assert_eq!(starts(&other), None, "{input} at {at}");
                }
            }
        }
        assert_eq!(Sent::new(&Key::NONE).starts(&[0; BLOCK]), None);
    }

    #[test]
    fn other_names_leave_no_trace() {
        for name in ["a\"b", "a\\b", "a\nb", "a name of twenty-8 characters"] {
            let written = written_by(|output| assert!(!Key::new(name).write(output), "{name}"));
            assert_eq!((&*written, Sent::new(&Key::new(name)).bytes()), ("", &b""[..]));
        }
    }
}
