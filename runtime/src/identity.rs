//! Ids that stay the same: of a configured source, and of a pulled event.
//!
//! An event that is delivered twice, after a crash between delivery and commit, carries the same
//! `p_row_id` both times, so that a warehouse can drop the second.

use std::fmt::Write;

use logwright::event::RowId;
use logwright::time::Timestamp;
use sha2::{Digest, Sha256};

/// `p_source_id` of the source with this name: a UUID of version 8 (RFC 9562) made from the SHA-256 of the name.
///
/// ```
/// use logwright_runtime::identity::source_id;
///
/// assert_eq!(source_id("acme"), source_id("acme"));
/// assert_ne!(source_id("acme"), source_id("acme-2"));
/// ```
pub fn source_id(name: &str) -> String {
    let digest = Sha256::new().chain_update(b"logwright source\0").chain_update(name).finalize();
    let mut bytes: [u8; 16] = first(&digest);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut uuid = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(uuid, "{byte:02x}");
    }
    uuid
}

/// `p_row_id` of the event with this key: its head from the event's time, its tail from what identifies it.
pub fn row_id(source_id: &str, log_type: &str, key: &str, time: Timestamp) -> RowId {
    let mut hash = Sha256::new();
    for part in [source_id, log_type, key] {
        // With its length in front, so that no two different lists of parts run together into one text.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    RowId::new(time, first(&hash.finalize()))
}

/// A name for bytes that have no key of their own.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut text = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn first<const N: usize>(digest: &[u8]) -> [u8; N] {
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_id_is_a_uuid_of_version_8_and_never_changes() {
        let id = source_id("acme-support");
        assert_eq!(id.len(), 36);
        assert_eq!(id.as_bytes()[14], b'8');
        assert!(b"89ab".contains(&id.as_bytes()[19]));
        // A change here would double every event in somebody's warehouse.
        assert_eq!(id, "1a82950d-e16a-84ba-9b6a-155564c9a42b");
    }

    #[test]
    fn a_row_id_tells_source_log_type_and_key_apart() {
        let time = Timestamp::from_unix(1_622_227_190, 0).unwrap();
        let id = |source, log_type, key| row_id(source, log_type, key, time);
        assert_eq!(id("s", "L", "1"), id("s", "L", "1"));
        assert_ne!(id("s", "L", "1"), id("s", "L", "2"));
        assert_ne!(id("s", "L1", ""), id("s", "L", "1"));
        assert_ne!(id("sL", "", "1"), id("s", "L", "1"));
    }

    #[test]
    fn a_fingerprint_is_sha_256() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(fingerprint(b""), empty);
    }
}
