//! Text that borrows from its input.
//!
//! Most strings of an event are only passed on. A [`Text`] therefore keeps the JSON between the quotes as it was written,
//! remembers whether it holds an escape, and decodes when asked.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::key::{BLOCK, Key};
use super::output::{Bytes, Output};
use super::quoted::{write_bytes, write_escape, write_plain, write_plain_with};
use crate::scan::plain_length;

/// A string value: a piece of the input, decoded on demand.
///
/// Two texts are equal when their decoded characters are, however they were written.
///
/// ```
/// use logwright::json::Text;
///
/// let text = Text::from("Jane Doe");
/// assert_eq!(text, "Jane Doe");
/// assert_eq!(text.as_str(), Some("Jane Doe"));
/// ```
#[derive(Clone)]
pub struct Text<'a>(Form<'a>);

#[derive(Clone)]
enum Form<'a> {
    /// JSON string content without an escape: it is the text, and may be written as it is. Like the next one it is UTF-8,
    /// which the reader has checked; as a `str` it is taken when it is asked for, since most texts are only passed on.
    Verbatim(&'a [u8]),
    /// The same with the [`AFTER`] bytes of input that come after it, of which the first is the quote.
    Followed(&'a [u8]),
    /// JSON string content with at least one escape, all of them well formed.
    Escaped(&'a [u8]),
    /// A text from elsewhere, which may be written as it is.
    Clean(&'a str),
    /// A text from elsewhere, which may need escapes when it is written.
    Plain(&'a str),
    /// The same, owned.
    Owned(Box<str>),
}

/// With so many bytes of input after it, a short text can be copied as a block of fixed size, which is a few instructions
/// where a copy of another size is a call.
pub(super) const AFTER: usize = 32;

impl<'a> Text<'a> {
    /// From checked JSON string content.
    #[inline]
    pub(crate) fn json(content: &'a str, escaped: bool) -> Self {
        Self::content(content.as_bytes(), escaped)
    }

    /// The same, which has been checked to be UTF-8 as well.
    #[inline]
    pub(super) fn content(content: &'a [u8], escaped: bool) -> Self {
        Self(if escaped { Form::Escaped(content) } else { Form::Verbatim(content) })
    }

    /// The same for content without an escape, with the [`AFTER`] bytes that come after it.
    #[inline]
    pub(super) fn followed(content: &'a [u8]) -> Self {
        Self(Form::Followed(content))
    }

    /// From a text that needs no escape when it is written.
    #[inline]
    pub(crate) fn clean(text: &'a str) -> Self {
        Self(Form::Clean(text))
    }

    /// From a text that may need escapes when it is written.
    pub(crate) fn from_decoded(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self(Form::Plain(text)),
            Cow::Owned(text) => Self::from(text),
        }
    }

    /// The text where it stands in the input as it is, and `None` where it was written with escapes.
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Form::Verbatim(text) => Some(checked(text)),
            Form::Followed(text) => Some(checked(alone(text))),
            Form::Clean(text) | Form::Plain(text) => Some(text),
            Form::Owned(text) => Some(text),
            Form::Escaped(_) => None,
        }
    }

    /// The bytes of the text, where it is from JSON and was written without escapes.
    #[inline]
    pub(super) fn as_verbatim(&self) -> Option<&'a [u8]> {
        match self.0 {
            Form::Verbatim(text) => Some(text),
            Form::Followed(text) => Some(alone(text)),
            _ => None,
        }
    }

    /// The bytes of the text, where it was written without escapes. They are UTF-8.
    #[inline]
    pub(super) fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Form::Verbatim(text) => Some(text),
            Form::Followed(text) => Some(alone(text)),
            Form::Clean(text) | Form::Plain(text) => Some(text.as_bytes()),
            Form::Owned(text) => Some(text.as_bytes()),
            Form::Escaped(_) => None,
        }
    }

    /// The content of a JSON string that has an escape.
    pub(super) const fn as_escaped(&self) -> Option<&'a [u8]> {
        if let Form::Escaped(content) = self.0 { Some(content) } else { None }
    }

    /// The text; copied only where it was written with escapes. A lone surrogate escape becomes U+FFFD.
    pub fn decode(&self) -> Cow<'_, str> {
        match self.as_str() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.chars().collect()),
        }
    }

    /// The text, as [`decode`](Self::decode) has it, for as long as the input lives.
    pub(crate) fn into_decoded(self) -> Cow<'a, str> {
        match self.0 {
            Form::Verbatim(text) => Cow::Borrowed(checked(text)),
            Form::Followed(text) => Cow::Borrowed(checked(alone(text))),
            Form::Clean(text) | Form::Plain(text) => Cow::Borrowed(text),
            Form::Owned(text) => Cow::Owned(text.into_string()),
            Form::Escaped(_) => Cow::Owned(self.chars().collect()),
        }
    }

    /// The text's characters, decoded one by one without a copy.
    pub fn chars(&self) -> impl Iterator<Item = char> + Clone {
        match &self.0 {
            Form::Verbatim(text) => Chars { rest: checked(text), escapes: false },
            Form::Followed(text) => Chars { rest: checked(alone(text)), escapes: false },
            Form::Clean(text) | Form::Plain(text) => Chars { rest: text, escapes: false },
            Form::Owned(text) => Chars { rest: text, escapes: false },
            Form::Escaped(content) => Chars { rest: checked(content), escapes: true },
        }
    }

    /// True for `""`.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Form::Verbatim(text) | Form::Escaped(text) => text.is_empty(),
            Form::Followed(text) => alone(text).is_empty(),
            Form::Clean(text) | Form::Plain(text) => text.is_empty(),
            Form::Owned(text) => text.is_empty(),
        }
    }

    /// Appends the text to `out` as a JSON string, with no more escapes than JSON asks for.
    pub(crate) fn write(&self, out: &mut impl Bytes) {
        match &self.0 {
            Form::Verbatim(text) => write_plain(text, out),
            Form::Followed(text) => write_plain(alone(text), out),
            Form::Clean(text) => write_plain(text.as_bytes(), out),
            Form::Plain(text) => write_bytes(text.as_bytes(), out),
            Form::Owned(text) => write_bytes(text.as_bytes(), out),
            Form::Escaped(content) => write_escaped(content, out),
        }
    }
}

impl Text<'_> {
    /// Writes it with its key before it, where both are short and something follows it in the input; else it is false.
    #[inline]
    pub(super) fn write_with(&self, key: &Key, output: &mut Output<'_>) -> bool {
        let (Form::Followed(text), Some((key, length))) = (&self.0, key.block()) else { return false };
        match text.len().wrapping_sub(AFTER) {
            ..32 => write_blocks::<32, 64>(key, length, text, output),
            32..64 => write_blocks::<64, 96>(key, length, text, output),
            _ => false,
        }
    }

    /// The same for a text after which nothing may be read, and that needs no escape.
    #[inline]
    pub(super) fn write_alone_with(&self, key: &Key, output: &mut Output<'_>) -> bool {
        match &self.0 {
            Form::Clean(text) => write_plain_with(key, text.as_bytes(), output),
            Form::Verbatim(text) => write_plain_with(key, text, output),
            _ => false,
        }
    }
}

/// Writes the block of a key, and a text that something follows, as a block of `N` bytes over what the first has behind the
/// key; `ROOM` is for both. Where there is not so much, it is false. It has no calls, so that who calls it in the end has no
/// use for the stack.
#[inline]
fn write_blocks<const N: usize, const ROOM: usize>(
    key: &[u8; BLOCK],
    length: usize,
    text: &[u8],
    output: &mut Output<'_>,
) -> bool {
    let (Some(block), Some(room)) = (text.first_chunk::<N>(), output.block::<ROOM>()) else { return false };
    room[..BLOCK].copy_from_slice(key);
    room[length..length + N].copy_from_slice(block);
    output.advance(length + text.len() - (AFTER - 1));
    true
}

/// A text without what follows it.
#[inline]
fn alone(text: &[u8]) -> &[u8] {
    text.split_last_chunk::<AFTER>().map_or(b"", |(text, _)| text)
}

/// As text what the reader has checked.
#[inline]
pub(super) fn checked(content: &[u8]) -> &str {
    std::str::from_utf8(content).unwrap_or_default()
}

/// A pair of surrogates: `\ud83d\ude00`.
const LONGEST_ESCAPE: usize = 12;

/// Appends JSON string content as a string with no more escapes than JSON asks for, which nearly always is how it was
/// written.
#[inline(never)]
fn write_escaped(bytes: &[u8], out: &mut impl Bytes) {
    out.push(b'"');
    let mut start = 0;
    let mut end = plain_length(bytes, 0);
    while end < bytes.len() {
        if let Some(b'/' | b'u') = bytes.get(end + 1) {
            out.extend(&bytes[start..end]);
            // No more than the escape is looked at: there may be many.
            let ahead = bytes.get(end..end + LONGEST_ESCAPE).unwrap_or(&bytes[end..]);
            let ahead = ahead.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let mut chars = Chars { rest: ahead, escapes: true };
            if let Some(decoded) = chars.next() {
                let mut buffer = [0; 4];
                match decoded.encode_utf8(&mut buffer).as_bytes() {
                    [mark @ (0..0x20 | b'"' | b'\\')] => write_escape(*mark, out),
                    plain => out.extend(plain),
                }
            }
            end += ahead.len() - chars.rest.len();
            start = end;
        } else {
            end += 2;
        }
        end += plain_length(bytes, end);
    }
    out.extend(&bytes[start..]);
    out.push(b'"');
}

/// The characters of JSON string content, with its escapes undone.
#[derive(Clone)]
struct Chars<'a> {
    rest: &'a str,
    escapes: bool,
}

impl Iterator for Chars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        self.rest = chars.as_str();
        if first == '\\' && self.escapes { Some(self.escape()) } else { Some(first) }
    }
}

impl Chars<'_> {
    /// The character of an escape whose backslash has been taken.
    fn escape(&mut self) -> char {
        let mut chars = self.rest.chars();
        let mark = chars.next();
        self.rest = chars.as_str();
        match mark {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => self.unicode(),
            Some(other) => other,
            None => char::REPLACEMENT_CHARACTER,
        }
    }

    /// The character of `\uXXXX`, or of a pair of them; the first `\u` has been taken.
    fn unicode(&mut self) -> char {
        let first = self.hexadecimal();
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        let Some(rest) = self.rest.strip_prefix("\\u") else { return char::REPLACEMENT_CHARACTER };
        let mut ahead = Chars { rest, escapes: true };
        let second = ahead.hexadecimal();
        if !(0xDC00..0xE000).contains(&second) {
            return char::REPLACEMENT_CHARACTER;
        }
        self.rest = ahead.rest;
        char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn hexadecimal(&mut self) -> u32 {
        let (digits, rest) = self.rest.split_at_checked(4).unwrap_or((self.rest, ""));
        self.rest = rest;
        u32::from_str_radix(digits, 16).unwrap_or(0xFFFD)
    }
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self(Form::Verbatim(b""))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Form::Plain(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Form::Owned(text.into_boxed_str()))
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Text<'_>) -> bool {
        match (self.as_str(), other.as_str()) {
            (Some(one), Some(two)) => one == two,
            _ => self.chars().eq(other.chars()),
        }
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        match self.as_str() {
            Some(text) => text == other,
            None => self.chars().eq(other.chars()),
        }
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.decode().hash(state);
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.decode())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.decode(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(content: &str) -> String {
        Text::json(content, true).decode().into_owned()
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(decode(r#"a\"\\\/\b\f\n\r\tz"#), "a\"\\/\u{8}\u{c}\n\r\tz");
        assert_eq!(decode(r"\u0041\u00e9\u20AC\ud83d\ude00"), "Aé€😀");
    }

    #[test]
    fn a_lone_surrogate_becomes_the_replacement_character() {
        assert_eq!(decode(r"\ud800"), "\u{fffd}");
        assert_eq!(decode(r"\ud800x"), "\u{fffd}x");
        assert_eq!(decode(r"\udc00\ud800\u0041"), "\u{fffd}\u{fffd}A");
        assert_eq!(decode(r"\ud800\ud83d\ude00"), "\u{fffd}😀");
    }

    #[test]
    fn texts_are_equal_by_their_characters() {
        let escaped = Text::json(r"\u0061b", true);
        let plain = Text::from("ab");
        assert_eq!(escaped, plain);
        assert_eq!(escaped, "ab");
        assert_ne!(escaped, "abc");
    }

    #[test]
    fn texts_are_written_with_the_fewest_escapes() {
        let mut out = Vec::new();
        Text::json(r"\u0041\/\u000a\u0001", true).write(&mut out);
        Text::from("a\"b").write(&mut out);
        assert_eq!(out, br#""A/\n\u0001""a\"b""#);
    }

    #[test]
    fn what_an_escape_costs_does_not_grow_with_the_text_after_it() {
        let content = r"\/\u00e9é".repeat(1_000_000);
        let mut out = Vec::new();
        let start = std::time::Instant::now();
        Text::json(&content, true).write(&mut out);
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
        assert!(out == format!("\"{}\"", "/éé".repeat(1_000_000)).as_bytes());
    }

    #[test]
    fn escaped_texts_are_written_as_their_decoded_text_is() {
        const PIECES: &[&str] = &[
            "a",
            "é",
            r"\n",
            r"\/",
            r#"\""#,
            r"\\",
            r"\u0022",
            r"\u005c",
            r"\u001f",
            r"\ud83d\ude00",
            r"\ud800",
            r"\u00e9",
        ];
        for padding in 0..20 {
            for first in PIECES {
                for second in PIECES {
                    for third in ["", "!", "01234567890123456789", r"\b"] {
                        let content = format!("{}{first}{second}{third}", "-".repeat(padding));
                        let text = Text::json(&content, true);
                        let (mut direct, mut decoded) = (Vec::new(), Vec::new());
                        text.write(&mut direct);
                        write_bytes(text.decode().as_bytes(), &mut decoded);
                        assert_eq!(direct, decoded, "{content}");
                    }
                }
            }
        }
    }
}
