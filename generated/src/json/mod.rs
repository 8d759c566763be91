//! JSON.
/// Why an input is not an event of a log type.
#[derive(Debug)]
pub struct Error {}
/// Writes one object.
#[derive(Debug)]
pub struct ObjectWriter<'o> { out: &'o mut Vec<u8> }
impl std::fmt::Display for Error {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) }
}
impl Error {
    /// Where: an RFC 6901 pointer into the event; empty for the whole.
    pub fn pointer(&self) -> &str { "" }
    /// The reason as a stable code, such as `type_mismatch`.
    pub fn code(&self) -> &'static str { "" }
    /// The byte offset in the input, for input that is not JSON.
    pub fn offset(&self) -> Option<usize> { None }
}
/// The raw bytes of the value at `pointer` (RFC 6901) in `document`, or `None` where there is none. The whole document must be
/// structurally JSON (brackets, strings, commas); what is inside the value is not checked, not even for UTF-8.
pub fn find<'a>(document: &'a [u8], pointer: &str) -> Result<Option<&'a [u8]>, Error> { let _ = (document, pointer); Ok(None) }
/// The raw bytes of each element of `array`, in order.
pub fn elements(array: &[u8]) -> Result<Vec<&[u8]>, Error> { let _ = array; Ok(Vec::new()) }
/// The text of a JSON string, decoded; `None` where `value` is not a string.
pub fn decode_string(value: &[u8]) -> Option<std::borrow::Cow<'_, str>> { let _ = value; None }
