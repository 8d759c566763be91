//! How a file of events is packed. This is the only file that names the library for it.
//!
//! Zstandard is written by a library in Rust, which needs a second to build where the original needs a quarter of a minute. A page of
//! events comes to about a fifth of its size. Its writing half is younger than its reading half, and an event that cannot be read
//! back is a lost one: so what was packed is unpacked and held against the events, before the file has its name. That takes a
//! quarter of the time of packing.

use std::borrow::Cow;
use std::io::Read;

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How a file of events is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Not at all: `.ndjson`.
    #[default]
    None,
    /// By Zstandard, RFC 8878, each file a frame with a checksum: `.ndjson.zst`.
    Zstd,
}

impl Compression {
    /// Every way, since the one of now may not be the one of before.
    pub(super) const ALL: [Self; 2] = [Self::None, Self::Zstd];

    /// What the name of a file ends in.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::None => "ndjson",
            Self::Zstd => "ndjson.zst",
        }
    }

    /// The bytes of a file with these lines.
    pub(super) fn pack(self, lines: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::None => Cow::Borrowed(lines),
            Self::Zstd => {
                let packed = compress_to_vec(lines, CompressionLevel::Fastest);
                let good = unpacks_to(&packed, lines);
                // A frame that holds them as they are is as good to readers.
                Cow::Owned(if good { packed } else { compress_to_vec(lines, CompressionLevel::Uncompressed) })
            }
        }
    }
}

/// Whether a frame holds these lines and no more, found out block by block.
fn unpacks_to(packed: &[u8], mut lines: &[u8]) -> bool {
    let Ok(mut frame) = StreamingDecoder::new(packed) else { return false };
    let mut block = vec![0; 128 * 1024];
    loop {
        match frame.read(&mut block) {
            Ok(0) => return lines.is_empty(),
            Ok(length) => match lines.strip_prefix(&block[..length]) {
                Some(rest) => lines = rest,
                None => return false,
            },
            Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(packed: &[u8]) -> Vec<u8> {
        let mut lines = Vec::new();
        StreamingDecoder::new(packed).unwrap().read_to_end(&mut lines).unwrap();
        lines
    }

    /// A page as an API gives it: much is the same in each line.
    fn lines(count: u32) -> Vec<u8> {
        let line = |number: u32| {
            let mixed = number.wrapping_mul(2_654_435_761);
            format!(
                "{{\"id\":{mixed},\"action\":\"update\",\"actor_name\":\"Jane Doe\",\"ip\":\"203.0.113.{}\"}}\n",
                mixed % 256
            )
        };
        (0..count).map(line).collect::<String>().into_bytes()
    }

    #[test]
    fn what_is_packed_is_small_and_comes_out_as_it_went_in() {
        for count in [0, 1, 100, 10_000] {
            let lines = lines(count);
            let packed = Compression::Zstd.pack(&lines);
            assert_eq!(unpack(&packed), lines);
            assert!(count < 100 || packed.len() * 4 < lines.len(), "{} of {}", packed.len(), lines.len());
        }
        // What cannot be made smaller, and a line larger than a block.
        let mut state = 1_u64;
        let mut chance = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        };
        let noise: Vec<u8> = (0..300_000).map(|_| chance()).collect();
        assert_eq!(unpack(&Compression::Zstd.pack(&noise)), noise);
        assert_eq!(unpack(&compress_to_vec(&noise[..], CompressionLevel::Uncompressed)), noise);
        assert_eq!(Compression::None.pack(&noise), noise);
    }

    #[test]
    fn a_frame_that_holds_anything_else_is_told() {
        let lines = lines(1000);
        let packed = Compression::Zstd.pack(&lines).into_owned();
        assert!(unpacks_to(&packed, &lines));
        assert!(!unpacks_to(&packed, &lines[..lines.len() - 1]));
        assert!(!unpacks_to(&packed, &[&lines[..], b"\n"].concat()));
        assert!(!unpacks_to(&packed[..packed.len() / 2], &lines));
        assert!(!unpacks_to(b"", &lines));
    }

    #[test]
    fn the_original_reads_it_where_it_is_installed() {
        let Ok(version) = std::process::Command::new("zstd").arg("--version").output() else {
            eprintln!("there is no `zstd` on this machine; this test looked at nothing");
            return;
        };
        assert!(version.status.success());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ndjson.zst");
        std::fs::write(&file, Compression::Zstd.pack(&lines(5000))).unwrap();
        let output = std::process::Command::new("zstd").args(["-d", "-c", "-q"]).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout, lines(5000));
    }
}
