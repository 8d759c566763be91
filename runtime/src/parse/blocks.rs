//! Input in large blocks of whole lines, so that few calls read much and each block can be parsed by itself.

use std::io::{ErrorKind, Read};

use memchr::{memchr, memrchr};

/// How much is read at once. A block and its events stay in the cache of a core.
const BLOCK: usize = 128 * 1024;
/// How much of a line that is too long is kept for its report.
pub(super) const KEPT: usize = 1024;

/// Whole lines, or the start of one that is too long.
#[derive(Debug)]
pub(super) struct Block {
    buffer: Vec<u8>,
    end: usize,
    /// The block is the start of one line, which has so many bytes.
    pub(super) cut: Option<u64>,
}

impl Block {
    /// The lines. The last one of the input may have no line break.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.end]
    }

    /// The room of the block, to be used again.
    pub(super) fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }
}

/// The blocks of an input.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    input: R,
    /// The start of the line that the last block did not have the end of.
    carry: Vec<u8>,
    longest_line: usize,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(input: R, longest_line: usize) -> Self {
        Self { input, carry: Vec::new(), longest_line }
    }

    /// The next block, made in `buffer`; `None` at the end. What a pipe has at hand is a block, however little it is.
    pub(super) fn next(&mut self, mut buffer: Vec<u8>) -> std::io::Result<Option<Block>> {
        let mut end = self.carry.len();
        grow(&mut buffer, end);
        buffer[..end].copy_from_slice(&self.carry);
        self.carry.clear();
        loop {
            grow(&mut buffer, end);
            let count = read(&mut self.input, &mut buffer[end..end + BLOCK])?;
            let fresh = end;
            end += count;
            if count == 0 {
                return Ok((end > 0).then_some(Block { buffer, end, cut: None }));
            }
            if let Some(last) = memrchr(b'\n', &buffer[fresh..end]) {
                let after = fresh + last + 1;
                self.carry.extend_from_slice(&buffer[after..end]);
                return Ok(Some(Block { buffer, end: after, cut: None }));
            }
            if end > self.longest_line {
                return self.pass_over(buffer, end).map(Some);
            }
        }
    }

    /// Reads on to the end of a line that is too long, `end` bytes of which are in `buffer`.
    fn pass_over(&mut self, mut buffer: Vec<u8>, end: usize) -> std::io::Result<Block> {
        let kept = end.min(KEPT);
        let mut length = end as u64;
        grow(&mut buffer, kept);
        loop {
            let count = read(&mut self.input, &mut buffer[kept..kept + BLOCK])?;
            let found = memchr(b'\n', &buffer[kept..kept + count]);
            length += found.unwrap_or(count) as u64;
            if let Some(found) = found {
                self.carry.extend_from_slice(&buffer[kept + found + 1..kept + count]);
            }
            if found.is_some() || count == 0 {
                return Ok(Block { buffer, end: kept, cut: Some(length) });
            }
        }
    }
}

/// Makes room for a block after `end`. There may be more: a buffer may have held a longer block before.
fn grow(buffer: &mut Vec<u8>, end: usize) {
    if buffer.len() < end + BLOCK {
        buffer.resize(end + BLOCK, 0);
    }
}

fn read(input: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most so many bytes at once.
    struct Drops<'b>(&'b [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    /// Each block's bytes and the length of the line that it was cut from.
    fn blocks(input: &[u8], at_once: usize, longest: usize) -> Vec<(Vec<u8>, Option<u64>)> {
        let mut blocks = Blocks::new(Drops(input, at_once), longest);
        let mut all = Vec::new();
        let mut buffer = Vec::new();
        while let Some(block) = blocks.next(buffer).unwrap() {
            all.push((block.bytes().to_vec(), block.cut));
            buffer = block.into_buffer();
        }
        all
    }

    #[test]
    fn blocks_are_whole_lines_however_the_bytes_come() {
        let input = b"one\n\ntwo three\nfour";
        for at_once in 1..=input.len() + 1 {
            let blocks = blocks(input, at_once, 100);
            assert_eq!(blocks.iter().flat_map(|(bytes, _)| bytes.clone()).collect::<Vec<_>>(), input);
            for (bytes, cut) in &blocks[..blocks.len() - 1] {
                assert!(bytes.ends_with(b"\n") && cut.is_none(), "{at_once}");
            }
        }
        assert!(blocks(b"", 1, 100).is_empty());
        assert_eq!(blocks(b"\n", 1, 100), [(b"\n".to_vec(), None)]);
    }

    #[test]
    fn a_block_is_no_larger_for_the_room_that_its_buffer_has() {
        let input = b"0123456\n".repeat(BLOCK);
        let mut blocks = Blocks::new(&input[..], 100);
        // As after events, which take more room than their lines did.
        let block = blocks.next(vec![b'x'; 5 * BLOCK]).unwrap().unwrap();
        assert_eq!(block.bytes(), &input[..BLOCK]);
    }

    #[test]
    fn a_line_longer_than_a_block_is_whole() {
        let mut input = vec![b'x'; 3 * BLOCK];
        input.extend_from_slice(b"\nend\n");
        let blocks = blocks(&input, usize::MAX, 10 * BLOCK);
        assert_eq!(blocks.iter().flat_map(|(bytes, _)| bytes.clone()).collect::<Vec<_>>(), input);
        assert!(blocks[0].0.len() > 3 * BLOCK);
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_and_its_length_told() {
        for at_once in [1, 7, 1500, usize::MAX] {
            for end in ["\n", "\nafter\n", ""] {
                let input = format!("a\n{}{end}", "x".repeat(2 * BLOCK));
                let all = blocks(input.as_bytes(), at_once, BLOCK / 2);
                let cut: Vec<_> = all.iter().filter(|(_, cut)| cut.is_some()).collect();
                assert_eq!(cut, [&(vec![b'x'; KEPT], Some(2 * BLOCK as u64))], "{at_once} {end:?}");
                let rest: Vec<u8> =
                    all.iter().filter(|(_, cut)| cut.is_none()).flat_map(|(bytes, _)| bytes.clone()).collect();
                assert_eq!(rest, format!("a\n{}", end.strip_prefix('\n').unwrap_or("")).as_bytes());
            }
        }
    }
}
