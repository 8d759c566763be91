//! The escapes of quoted fields: those of Go's quoted strings, and so of what many servers write.

use std::borrow::Cow;

/// The text up to the first `mark` that no backslash stands before, decoded, and how many bytes it took. `None` where
/// there is no such mark, or an escape is not known. Bytes that are not UTF-8 once they are decoded become U+FFFD.
pub(super) fn until_mark(text: &str, mark: u8) -> Option<(Cow<'_, str>, usize)> {
    let first = text.bytes().position(|byte| byte == mark || byte == b'\\')?;
    if text.as_bytes()[first] == mark {
        return Some((Cow::Borrowed(&text[..first]), first));
    }
    let mut decoded = text.as_bytes()[..first].to_vec();
    let mut rest = &text.as_bytes()[first..];
    loop {
        match rest {
            [] => return None,
            [byte, ..] if *byte == mark => break,
            [b'\\', escape @ ..] => rest = decode(escape, mark, &mut decoded)?,
            [byte, after @ ..] => {
                decoded.push(*byte);
                rest = after;
            }
        }
    }
    let decoded = match String::from_utf8(decoded) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Some((Cow::Owned(decoded), text.len() - rest.len()))
}

/// Appends what the escape at the start of `escape` stands for, and returns what follows it.
fn decode<'a>(escape: &'a [u8], mark: u8, decoded: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (kind, rest) = escape.split_first()?;
    let byte = match kind {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' => b'\\',
        b'x' => {
            let (value, rest) = number(rest, 2, 16)?;
            decoded.push(u8::try_from(value).ok()?);
            return Some(rest);
        }
        b'0'..=b'7' => {
            let (value, rest) = number(escape, 3, 8)?;
            decoded.push(u8::try_from(value).ok()?);
            return Some(rest);
        }
        b'u' | b'U' => {
            let (value, rest) = number(rest, if *kind == b'u' { 4 } else { 8 }, 16)?;
            let character = char::from_u32(value)?;
            decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return Some(rest);
        }
        kind if *kind == mark => mark,
        _ => return None,
    };
    decoded.push(byte);
    Some(rest)
}

/// The number of exactly `digits` digits at the start of `text`, and what follows it.
fn number(text: &[u8], digits: usize, radix: u32) -> Option<(u32, &[u8])> {
    let (digits, rest) = text.split_at_checked(digits)?;
    let add = |value: u32, digit: &u8| value.checked_mul(radix)?.checked_add(char::from(*digit).to_digit(radix)?);
    Some((digits.iter().try_fold(0, add)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<String> {
        until_mark(text, b'"').map(|(text, _)| text.into_owned())
    }

    #[test]
    fn every_escape_is_undone() {
        assert_eq!(decoded(r#"\a\b\f\n\r\t\v\\\"""#).unwrap(), "\u{7}\u{8}\u{c}\n\r\t\u{b}\\\"");
        assert_eq!(decoded(r#"\x41\101\u00e9\U0001F600""#).unwrap(), "AAé😀");
        assert_eq!(decoded(r#"\xc3\xa9 \303\251""#).unwrap(), "é é");
    }

    #[test]
    fn bytes_that_are_no_text_become_the_replacement_character() {
        assert_eq!(decoded(r#"a\xffb""#).unwrap(), "a\u{fffd}b");
    }

    #[test]
    fn what_is_no_escape_fails() {
        for text in [
            r#"\q""#,
            r#"\'""#,
            r#"\x4""#,
            r#"\xg1""#,
            r#"\8""#,
            r#"\18""#,
            r#"\400""#,
            r#"\ud800""#,
            r#"\U00110000""#,
            r#"\UFFFFFFFF""#,
            r"\",
            r#"\""#,
            "no mark",
            "é\\é\"",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_without_an_escape_is_borrowed() {
        assert!(matches!(until_mark("é\"\\", b'"'), Some((Cow::Borrowed("é"), 2))));
        assert!(matches!(until_mark(r#"a\"b"c"#, b'"'), Some((Cow::Owned(text), 4)) if text == "a\"b"));
    }
}
