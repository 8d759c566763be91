//! A key as it stands in an event between the value before it and its own: `,"name":`.
//!
//! It is made when a table of fields is compiled, and copied as a block of fixed size, which is a few instructions where a
//! copy of its length would be a call. Behind the key the block goes on with quotes, the first of which begins a text.

use std::fmt;

/// How long a block is. Few names are longer than what it has room for.
const BLOCK: usize = 32;

/// The masks of keys by their length.
const MASKS: [[u8; BLOCK]; BLOCK] = {
    let mut masks = [[0; BLOCK]; BLOCK];
    let mut length = 1;
    while length < BLOCK {
        masks[length] = masks[length - 1];
        masks[length][length - 1] = u8::MAX;
        length += 1;
    }
    masks
};

/// A key with all that stands around it.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    block: [u8; BLOCK],
    /// All ones where the block is the key, and else zeros.
    mask: [u8; BLOCK],
    /// How much of the block it is, less than all; 0 where the name is too long for it, or needs escapes.
    length: usize,
}

impl Key {
    /// A key that no text starts with.
    pub(crate) const NOWHERE: Self = Self { block: [0; BLOCK], mask: MASKS[0], length: 0 };

    /// The key of this name.
    pub(crate) const fn new(name: &str) -> Self {
        let name = name.as_bytes();
        let length = name.len() + 4;
        let mut block = [b'"'; BLOCK];
        if length >= BLOCK || needs_escapes(name) {
            return Self { block, mask: MASKS[0], length: 0 };
        }
        block[0] = b',';
        block.split_at_mut(2).1.split_at_mut(name.len()).0.copy_from_slice(name);
        block[length - 1] = b':';
        Self { block, mask: MASKS[length], length }
    }

    /// How long the key is where `text` starts with it, without its comma if it is the first of its object.
    #[inline]
    pub(super) fn at_start(&self, text: &[u8], is_first: bool) -> Option<usize> {
        let key = self.block.get(usize::from(is_first)..self.length).filter(|key| !key.is_empty())?;
        let is_there = match text.first_chunk() {
            Some(text) if !is_first => self.is_start(text),
            _ => text.starts_with(key),
        };
        is_there.then_some(key.len())
    }

    /// Compares whole blocks, and only then sees how much of that counts.
    #[inline]
    fn is_start(&self, text: &[u8; BLOCK]) -> bool {
        let words =
            |bytes: &[u8; BLOCK]| <[[u8; 8]; 4]>::try_from(bytes.as_chunks().0).map(|all| all.map(u64::from_ne_bytes));
        let (Ok(key), Ok(mask), Ok(text)) = (words(&self.block), words(&self.mask), words(text)) else { return false };
        (0..4).fold(0, |differ, at| differ | (key[at] ^ text[at]) & mask[at]) == 0
    }

    /// Appends it, and of what follows it in the block `more` quotes; false where it has to be written by its name.
    #[inline]
    pub(super) fn write(&self, more: usize, out: &mut Vec<u8>) -> bool {
        if self.length == 0 {
            return false;
        }
        let start = out.len();
        out.extend_from_slice(&self.block);
        out.truncate(start + self.length + more);
        true
    }
}

const fn needs_escapes(mut name: &[u8]) -> bool {
    while let [first, others @ ..] = name {
        if *first < 0x20 || matches!(first, b'"' | b'\\') {
            return true;
        }
        name = others;
    }
    false
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(&self.block[..self.length]), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_by_its_block_where_it_fits() {
        let mut out = b"1".to_vec();
        let longest = format!("{}-", "é".repeat(13));
        assert!(Key::new("actor_id").write(0, &mut out));
        assert!(Key::new("").write(1, &mut out));
        assert!(Key::new(&longest).write(1, &mut out));
        assert_eq!(String::from_utf8(out).unwrap(), format!(r#"1,"actor_id":,"":",{longest:?}:""#));
    }

    #[test]
    fn a_key_is_found_at_the_start_and_nowhere_else() {
        let key = Key::new("id");
        for rest in ["", "1}", r#"1,"another":"a text that is longer than a block"}"#] {
            let found = |text: &str, is_first| key.at_start(format!("{text}{rest}").as_bytes(), is_first);
            assert_eq!((found(r#","id":"#, false), found(r#""id":"#, true)), (Some(6), Some(5)), "{rest}");
            assert_eq!(
                (found(r#","ID":"#, false), found(r#","id":"#, true), found(r#","id""#, false)),
                (None, None, None)
            );
        }
        assert_eq!(key.at_start(b",\"id\"", false), None);
    }

    #[test]
    fn other_names_leave_no_trace() {
        for name in ["a\"b", "a\\b", "a\nb", "a name of twenty-8 characters"] {
            let mut out = b"1".to_vec();
            assert!(!Key::new(name).write(1, &mut out), "{name}");
            assert_eq!((out, Key::new(name).at_start(name.as_bytes(), false)), (b"1".to_vec(), None));
        }
    }
}
