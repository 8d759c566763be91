//! The structure of a document, without a look into its values.
//!
//! An API's answer holds records that may be wrong: not UTF-8, not quite JSON, of another shape. One such record must not
//! cost the others. So the end of a value can be told by its brackets and quotes alone.

use std::borrow::Cow;

use super::error::{Code, Error};
use super::raw::RawJson;
use super::text::Text;
use crate::scan::plain_length;

/// The bytes of the value at `pointer` (RFC 6901, objects only) in `document`, or `None` where there is none.
///
/// The brackets, quotes and commas of the whole document are checked as far as the objects on the way; what is inside the
/// value is not, not even for UTF-8. The last of duplicate keys wins.
///
/// ```
/// let answer = br#"{"records": [1, 2], "meta": {"more": false}}"#;
/// assert_eq!(logwright::json::find(answer, "/meta/more").unwrap(), Some(&b"false"[..]));
/// assert_eq!(logwright::json::find(answer, "/cursor").unwrap(), None);
/// assert!(logwright::json::find(&answer[..20], "/records").is_err());
/// ```
///
/// # Errors
/// When the document ends too early, or its structure is broken.
pub fn find<'a>(document: &'a [u8], pointer: &str) -> Result<Option<&'a [u8]>, Error> {
    let mut scanner = Scanner::new(document);
    let mut value = scanner.value()?;
    scanner.finish()?;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        match member(value, &step)? {
            Some(found) => value = found,
            None => return Ok(None),
        }
    }
    Ok(Some(value))
}

/// The bytes of each element of `array`, in order.
///
/// # Errors
/// When `array` is not an array, or its structure is broken.
pub fn elements(array: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut elements = Vec::new();
    Scanner::new(array).elements(|scanner| {
        elements.push(scanner.value()?);
        Ok(())
    })?;
    Ok(elements)
}

/// The text of `value`, or `None` where it is not a well-formed JSON string.
pub fn decode_string(value: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(value).ok()?;
    text.parse::<RawJson<'static>>().ok()?;
    let content = text.trim_ascii().strip_prefix('"')?.strip_suffix('"')?;
    Some(Text::json(content, content.contains('\\')).into_decoded())
}

/// The value of the member `name` of `object`; `None` where there is none, or `object` is no object.
fn member<'a>(object: &'a [u8], name: &str) -> Result<Option<&'a [u8]>, Error> {
    let mut found = None;
    if object.trim_ascii_start().first() == Some(&b'{') {
        members(object, |key, value| {
            if decode_string(key).is_some_and(|key| key == name) {
                found = Some(value);
            }
        })?;
    }
    Ok(found)
}

/// Calls `then` with the bytes of each key, quotes included, and of its value.
pub(super) fn members<'a>(object: &'a [u8], mut then: impl FnMut(&'a [u8], &'a [u8])) -> Result<(), Error> {
    Scanner::new(object).members(|scanner, key| {
        then(key, scanner.value()?);
        Ok(())
    })
}

/// Walks over the values of a document.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
}

impl<'a> Scanner<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The document must end here.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the document")),
        }
    }

    /// Walks over an array; `each` has to pass over the element at which it is called.
    pub(crate) fn elements(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        self.expect(b'[', "an array")?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            each(self)?;
            let more = match self.peek() {
                Some(b',') => true,
                Some(b']') => false,
                _ => return Err(self.unexpected("`,` or `]`")),
            };
            self.at += 1;
            if !more {
                return Ok(());
            }
        }
    }

    /// Walks over an object; `each` gets the bytes of a key, quotes included, and has to pass over its value.
    pub(crate) fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &'a [u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.expect(b'{', "an object")?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in quotes"));
            }
            let key = self.value()?;
            self.expect(b':', "`:` after the key")?;
            each(self, key)?;
            let more = match self.peek() {
                Some(b',') => true,
                Some(b'}') => false,
                _ => return Err(self.unexpected("`,` or `}`")),
            };
            self.at += 1;
            if !more {
                return Ok(());
            }
        }
    }

    /// Passes over one value by its quotes and brackets, and returns its bytes.
    pub(crate) fn value(&mut self) -> Result<&'a [u8], Error> {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => self.string()?,
            Some(b'{' | b'[') => self.container()?,
            _ => {
                let rest = &self.bytes[start..];
                let ends = |byte: &u8| b",:\"[]{} \t\n\r".contains(byte);
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                if self.at == start {
                    return Err(self.unexpected("a value"));
                }
            }
        }
        Ok(&self.bytes[start..self.at])
    }

    /// Counts brackets of both kinds together: how they pair is for the parser of the value to say.
    fn container(&mut self) -> Result<(), Error> {
        let mut open = 0_usize;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Ok(());
            }
        }
        Err(self.unexpected("a closing bracket"))
    }

    fn string(&mut self) -> Result<(), Error> {
        self.at += 1;
        loop {
            self.at += plain_length(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => {
                    self.at = self.bytes.len();
                    return Err(self.unexpected("`\"` at the end of the string"));
                }
            }
        }
    }

    fn expect(&mut self, byte: u8, expected: &str) -> Result<(), Error> {
        if self.peek() != Some(byte) {
            return Err(self.unexpected(expected));
        }
        self.at += 1;
        Ok(())
    }

    /// The next byte that is not white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn unexpected(&self, expected: &str) -> Error {
        let found = match self.bytes.get(self.at) {
            Some(byte) => format!("{:?}", char::from(*byte)),
            None => "the end of the input".to_owned(),
        };
        Error::malformed(Code::Syntax, self.at, format!("expected {expected}, found {found}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_split_without_a_look_inside() {
        let answer = b"{\"rows\": [{\"a\": \"]}\\\"\"}, nonsense, {\"b\": \"\xff\"}, {[[}]], []], \"next\": null}";
        let rows = elements(find(answer, "/rows").unwrap().unwrap()).unwrap();
        assert_eq!(rows, [&b"{\"a\": \"]}\\\"\"}"[..], b"nonsense", b"{\"b\": \"\xff\"}", b"{[[}]]", b"[]"]);
        assert_eq!(find(answer, "/next").unwrap(), Some(&b"null"[..]));
    }

    #[test]
    fn a_document_may_itself_be_the_value() {
        assert_eq!(elements(find(b" [1, [2]] ", "").unwrap().unwrap()).unwrap(), [&b"1"[..], b"[2]"]);
        assert_eq!(elements(b"[]").unwrap(), [&b""[..]; 0]);
    }

    #[test]
    fn keys_are_compared_decoded_and_the_last_wins() {
        assert_eq!(find(br#"{"a/b": 1, "\u0061/b": 2}"#, "/a~1b").unwrap(), Some(&b"2"[..]));
        assert_eq!(find(br#"{"a": 1}"#, "/a/b").unwrap(), None);
    }

    #[test]
    fn every_cut_of_a_document_is_an_error() {
        let answer = br#"{"rows": [{"a": "b\\"}, 1], "meta": {"more": false}}"#;
        for end in 0..answer.len() {
            assert!(find(&answer[..end], "/rows").is_err(), "{end}");
        }
        assert!(find(b"{} {}", "/rows").is_err());
        assert!(find(b"<html>no</html>", "/rows").unwrap_or(None).is_none());
        for broken in [&b"{\"a\" 1}"[..], b"{1: 2}", b"{\"a\": 1 \"b\": 2}", b"{\"a\":}", b"{,}"] {
            assert!(find(broken, "/a").is_err());
        }
    }

    #[test]
    fn a_hundred_thousand_levels_are_passed_over() {
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        let page = [&b"{\"rows\":["[..], &deep, b",1]}"].concat();
        assert_eq!(elements(find(&page, "/rows").unwrap().unwrap()).unwrap().len(), 2);
    }

    #[test]
    fn strings_are_decoded_or_refused() {
        assert_eq!(decode_string(br#""a\u0062""#).as_deref(), Some("ab"));
        assert_eq!(decode_string(br#""abc""#).as_deref(), Some("abc"));
        for other in [&b"null"[..], b"\"a", b"\"\xff\"", b"1", b"\"a\"b\""] {
            assert_eq!(decode_string(other), None);
        }
    }
}
