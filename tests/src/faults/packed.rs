//! What is in a file of events, packed or not.

use std::io::Read;
use std::path::Path;

use ruzstd::decoding::StreamingDecoder;

/// The lines of a file, unpacked where its name says that they are packed.
///
/// # Errors
/// When they are not what the name says.
pub(super) fn lines_of(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if path.extension().is_none_or(|ending| ending != "zst") {
        return Ok(bytes);
    }
    let mut lines = Vec::new();
    let unpacked = StreamingDecoder::new(&bytes[..]).map_err(|error| error.to_string());
    let read = unpacked.and_then(|mut frame| frame.read_to_end(&mut lines).map_err(|error| error.to_string()));
    read.map(|_| lines).map_err(|error| format!("{} is no whole frame: {error}", path.display()))
}
