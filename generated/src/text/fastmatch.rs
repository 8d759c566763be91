//! The pieces of a fastmatch pattern: a line is taken apart from its start, one literal after the other, never going back.

use std::borrow::Cow;

use super::escape;
use super::value::{Options, Value};
use crate::scan::{count_marks, position, split};

/// A line, and what one look over it has told. All patterns that are tried on it share the look.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    text: &'a str,
    /// How many characters JSON would escape; below 255 it is exact.
    marks: u32,
}

impl<'a> Line<'a> {
    /// Looks over a line.
    pub fn new(text: &'a str) -> Self {
        Self { text, marks: count_marks(text.as_bytes()) }
    }
}

/// What is left of a line while a pattern is matched against it. Every step is `None` where the line does not fit.
#[derive(Clone, Debug)]
pub struct Rest<'a, 'o> {
    text: &'a str,
    options: &'o Options<'o>,
    /// Whether no value needs an escape when it is written as JSON.
    plain: bool,
    /// Whether the line has no backslash, or does not fit.
    no_escapes: bool,
}

impl<'a, 'o> Rest<'a, 'o> {
    /// The rest of `line` after the literal `prefix`, which it must start with.
    ///
    /// `marks` says how many characters in all literals of the pattern JSON would escape, 255 for more or where one is a
    /// backslash: where the line has as many, all are in its literals and none in its values.
    #[inline]
    pub fn after(prefix: &str, line: &Line<'a>, marks: u8, options: &'o Options<'o>) -> Option<Self> {
        let text = line.text.strip_prefix(prefix)?;
        let plain = marks < u8::MAX && line.marks == u32::from(marks);
        // With as many marks as the pattern has, and a backslash among them, the line lacks one of the pattern's: it does not fit.
        let no_escapes = plain || position(line.text.as_bytes(), b'\\').is_none();
        Some(Self { text, options, plain, no_escapes })
    }

    /// The value up to the first occurrence of `literal`, which is passed over.
    #[expect(clippy::inline_always, reason = "only so are the literal and the options known")]
    #[inline(always)]
    pub fn until(&mut self, literal: &str) -> Option<Value<'a>> {
        let (value, rest) = split(self.text, literal)?;
        self.text = rest;
        Some(self.value(value))
    }

    /// The value in quotes whose opening mark has been passed over. `literal` starts with the closing mark, an ASCII
    /// character.
    ///
    /// Where the rest of the line has a backslash, marks may be escaped, and `literal` must follow the first that is not.
    /// Otherwise this is [`until`](Self::until).
    #[expect(clippy::inline_always, reason = "only so are the literal and the options known")]
    #[inline(always)]
    pub fn quoted_until(&mut self, literal: &str) -> Option<Value<'a>> {
        if self.no_escapes {
            return self.until(literal);
        }
        let (value, rest) = split_quoted(self.text, literal)?;
        self.text = rest;
        Some(self.options.any_value(value))
    }

    /// The value that takes all that is left.
    #[inline]
    pub fn rest(self) -> Value<'a> {
        self.value(self.text)
    }

    #[expect(clippy::inline_always, reason = "only so are the options known")]
    #[inline(always)]
    fn value(&self, text: &'a str) -> Value<'a> {
        if self.plain { self.options.plain_value(text) } else { self.options.any_value(text) }
    }
}

/// What [`Rest::quoted_until`] takes from a line that has a backslash somewhere, and what comes after it. It gets no `Rest`: one
/// whose address nobody has can be kept in registers.
#[cold]
fn split_quoted<'t>(text: &'t str, literal: &str) -> Option<(Cow<'t, str>, &'t str)> {
    if position(text.as_bytes(), b'\\').is_none() {
        return split(text, literal).map(|(value, rest)| (Cow::Borrowed(value), rest));
    }
    let (value, end) = escape::until_mark(text, *literal.as_bytes().first()?)?;
    Some((value, text.get(end..)?.strip_prefix(literal)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Slot, write_string};

    const PLAIN: &Options<'static> = &Options { trim_space: false, empty_values: &[] };

    fn start(line: &str) -> Rest<'_, 'static> {
        Rest::after("", &Line::new(line), 0, PLAIN).unwrap()
    }

    #[test]
    fn each_value_runs_to_the_first_literal() {
        let mut line = start("T1 [a@b] hi there");
        assert_eq!(line.until(" [").unwrap().as_str(), Some("T1"));
        assert_eq!(line.until("@").unwrap().as_str(), Some("a"));
        assert_eq!(line.until("] ").unwrap().as_str(), Some("b"));
        assert_eq!(line.rest().as_str(), Some("hi there"));
        let mut line = start("a=b=c");
        assert_eq!(line.until("=").unwrap().as_str(), Some("a"));
        assert_eq!(line.rest().as_str(), Some("b=c"));
        let mut line = start("aéb→→c");
        assert_eq!(line.until("→").unwrap().as_str(), Some("aéb"));
        assert_eq!(line.until("→").unwrap().as_str(), Some(""));
    }

    #[test]
    fn values_are_written_with_escapes_wherever_the_marks_stand() {
        // The literals of `"%{a}" %{b};` have two marks. A line may have as many, or one more in any place.
        for line in ["\"a\" b;", "\"a\" \"b;", "\"a\"x\" b;", "\"a\tx\" b;", "\"a\" b; \"", "\"a\" b\u{1f};"] {
            let mut rest = Rest::after("\"", &Line::new(line), 2, PLAIN).unwrap();
            for value in [rest.quoted_until("\" ").unwrap(), rest.until(";").unwrap()] {
                let text = value.or_empty().to_owned();
                let (mut written, mut expected) = (Vec::new(), Vec::new());
                let Slot::Value(value) = value.string() else { panic!("{line}") };
                value.write(&mut written);
                write_string(&text, &mut expected);
                assert_eq!(written, expected, "{line}");
            }
        }
    }

    #[test]
    fn marks_that_were_not_counted_say_nothing() {
        let line = "\"".repeat(255) + ";";
        let mut rest = Rest::after("", &Line::new(&line), u8::MAX, PLAIN).unwrap();
        let Slot::Value(value) = rest.until(";").unwrap().string() else { panic!() };
        let mut written = Vec::new();
        value.write(&mut written);
        assert_eq!(written.len(), 2 + 2 * 255);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        assert!(Rest::after("a", &Line::new("b"), 0, PLAIN).is_none());
        assert!(start("ab").until("c").is_none());
        assert!(start("").until("c").is_none());
    }

    #[test]
    fn quoted_values_are_decoded_where_the_line_has_a_backslash() {
        let mut line = start(r#"say \"hi\"" 7"#);
        assert_eq!(line.quoted_until("\" ").unwrap().as_str(), Some(r#"say "hi""#));
        assert_eq!(line.rest().as_str(), Some("7"));
        // No backslash: the first occurrence of the whole literal counts, whatever marks come before it.
        let mut line = start(r#"a"b" 7"#);
        assert_eq!(line.quoted_until("\" ").unwrap().as_str(), Some(r#"a"b"#));
        // A backslash further on: the first mark must be the end.
        assert!(start(r#"a"b" 7\"#).quoted_until("\" ").is_none());
        assert!(start(r#"a\q" 7"#).quoted_until("\" ").is_none());
        assert_eq!(start(r"it\'s'").quoted_until("'").unwrap().as_str(), Some("it's"));
    }
}
