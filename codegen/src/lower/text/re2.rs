//! Regular expressions of RE2, translated to the syntax of the regex crate.
//!
//! The two are close, but not the same: there `\w`, `\d`, `\s` and `\b` are ASCII, a brace that is no repetition and a
//! bracket inside a class stand for themselves, and `\Q…\E` quotes. Groups without a name are not kept, so that the number
//! of a group is its place among the names.

use std::collections::HashMap;
use std::iter::Peekable;
use std::slice::Iter;

use crate::source::Span;

/// A character of an expression, and where it was written.
pub(super) type Placed = (char, Span);

/// An expression in the syntax of the regex crate.
#[derive(Debug, Default)]
pub(super) struct Translated {
    pub(super) expression: String,
    /// Where each byte of the expression comes from.
    pub(super) places: Vec<Span>,
    /// The names of the groups, from the first.
    pub(super) groups: Vec<(String, Span)>,
}

/// A mistake: where, and what is wrong.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) span: Span,
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: &'static str,
    /// For a name that stands twice, the first place.
    pub(super) first: Option<Span>,
}

/// Translates an expression. What is wrong in both syntaxes alike is left to the parser of the regex crate.
pub(super) fn translate(characters: &[Placed]) -> Result<Translated, Mistake> {
    let mut translator = Translator { rest: characters.iter().peekable(), out: Translated::default() };
    translator.run()?;
    Ok(translator.out)
}

struct Translator<'c> {
    rest: Peekable<Iter<'c, Placed>>,
    out: Translated,
}

impl Translator<'_> {
    fn run(&mut self) -> Result<(), Mistake> {
        let mut names: HashMap<String, Span> = HashMap::new();
        while let Some((character, span)) = self.rest.next().copied() {
            match character {
                '\\' => self.escape(span)?,
                '[' => self.class(span)?,
                '(' => self.group(span, &mut names)?,
                '{' => self.repetition(span),
                other => self.push(other, span),
            }
        }
        Ok(())
    }

    fn push(&mut self, character: char, span: Span) {
        self.out.expression.push(character);
        self.out.places.resize(self.out.expression.len(), span);
    }

    fn push_all(&mut self, text: &str, span: Span) {
        self.out.expression.push_str(text);
        self.out.places.resize(self.out.expression.len(), span);
    }

    /// A character that stands for itself.
    fn push_literal(&mut self, character: char, span: Span) {
        match character {
            character if character.is_control() => {
                self.push_all(&format!("\\x{{{:X}}}", u32::from(character)), span);
            }
            '_' => self.push(character, span),
            character if character.is_ascii_punctuation() && !matches!(character, '<' | '>') => {
                self.push_all(&format!("\\{character}"), span);
            }
            _ => self.push(character, span),
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|(character, _)| *character)
    }

    /// What follows, as text, as far as it is short.
    fn ahead(&self, most: usize) -> String {
        self.rest.clone().take(most).map(|(character, _)| *character).collect()
    }

    fn skip(&mut self, characters: usize) {
        for _ in 0..characters {
            self.rest.next();
        }
    }

    /// An escape outside a class; the backslash has been taken.
    fn escape(&mut self, span: Span) -> Result<(), Mistake> {
        match self.peek() {
            Some('b') => self.replace("(?-u:\\b)", span),
            Some('B') => self.replace("(?-u:\\B)", span),
            Some(edge @ ('A' | 'z')) => self.replace(&format!("\\{edge}"), span),
            Some('Q') => {
                self.skip(1);
                while let Some((character, span)) = self.rest.next().copied() {
                    if character == '\\' && self.peek() == Some('E') {
                        self.skip(1);
                        break;
                    }
                    self.push_literal(character, span);
                }
            }
            Some(kind) if perl_class(kind).is_some() => {
                self.replace(&format!("[{}]", perl_class(kind).unwrap_or("")), span);
            }
            Some('p' | 'P') => self.property(span),
            _ => {
                let character = self.escaped_character(span)?;
                self.push_literal(character, span);
            }
        }
        Ok(())
    }

    fn replace(&mut self, text: &str, span: Span) {
        self.skip(1);
        self.push_all(text, span);
    }

    /// `\pL`, `\p{Greek}` and their opposites, of which one is `\p{^Greek}`; the backslash has been taken.
    fn property(&mut self, span: Span) {
        let Some((kind, _)) = self.rest.next().copied() else { return };
        let braced = self.peek() == Some('{');
        let opposite = self.ahead(2) == "{^";
        let kind = if opposite == (kind == 'p') { 'P' } else { 'p' };
        self.push_all(&format!("\\{kind}"), span);
        if opposite {
            self.skip(2);
            self.push('{', span);
        }
        while let Some((character, span)) = self.rest.next().copied() {
            self.push(character, span);
            if !braced || character == '}' {
                break;
            }
        }
    }

    /// The character that an escape stands for; the backslash has been taken.
    fn escaped_character(&mut self, span: Span) -> Result<char, Mistake> {
        let Some((kind, _)) = self.rest.next().copied() else {
            return Err(mistake(span, "nothing follows the backslash", "Write `\\\\` for a backslash itself."));
        };
        let code = match kind {
            'a' => 0x07,
            'f' => 0x0c,
            't' => 0x09,
            'n' => 0x0a,
            'r' => 0x0d,
            'v' => 0x0b,
            'x' => self.hexadecimal(span)?,
            '0' => self.octal(0),
            '1'..='7' if self.peek().is_some_and(|next| next.is_digit(8)) => {
                self.octal(kind.to_digit(8).unwrap_or_default())
            }
            '1'..='9' => {
                return Err(mistake(span, "back references are not part of RE2", "Write out what is to match."));
            }
            kind if kind.is_ascii() && !kind.is_ascii_alphanumeric() => return Ok(kind),
            kind => {
                let message = format!("there is no escape `\\{kind}` in RE2");
                return Err(mistake(span, &message, "Remove the backslash, or write two for a backslash itself."));
            }
        };
        let none =
            || mistake(span, "there is no character with this code", "Write the code of one, at most `\\x{10FFFF}`.");
        char::from_u32(code).ok_or_else(none)
    }

    fn octal(&mut self, first: u32) -> u32 {
        let mut value = first;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else { break };
            value = value * 8 + digit;
            self.skip(1);
        }
        value
    }

    fn hexadecimal(&mut self, span: Span) -> Result<u32, Mistake> {
        let ahead = self.ahead(12);
        let (digits, taken) = match ahead.strip_prefix('{') {
            Some(braced) => {
                let digits = braced.split_once('}').map(|(digits, _)| digits);
                (digits.unwrap_or_default(), digits.map_or(0, str::len) + 2)
            }
            None => (ahead.get(..2).unwrap_or_default(), 2),
        };
        let right = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(value) if right => {
                self.skip(taken);
                Ok(value)
            }
            _ => Err(mistake(
                span,
                "`\\x` is not followed by two hexadecimal digits, or some in braces",
                "Write `\\x7F` or `\\x{20AC}`.",
            )),
        }
    }

    /// A class; its `[` has been taken.
    fn class(&mut self, span: Span) -> Result<(), Mistake> {
        self.push('[', span);
        if self.peek() == Some('^') {
            self.skip(1);
            self.push('^', span);
        }
        let mut first = true;
        loop {
            let Some((character, place)) = self.rest.next().copied() else {
                return Err(mistake(
                    span,
                    "this class has no end",
                    "Close it with `]`, or write `\\[` for a bracket itself.",
                ));
            };
            match character {
                ']' if !first => {
                    self.push(']', place);
                    return Ok(());
                }
                '[' if self.peek() == Some(':') => self.posix_class(place),
                '\\' if self.peek().is_some_and(|kind| perl_class(kind).is_some()) => {
                    let kind = self.peek().unwrap_or_default();
                    let class = perl_class(kind).unwrap_or_default();
                    // The opposite of a class is a class inside this one.
                    let nested = format!("[{class}]");
                    self.replace(if class.starts_with('^') { &nested } else { class }, place);
                }
                '\\' if matches!(self.peek(), Some('p' | 'P')) => self.property(place),
                character => self.range(character, place)?,
            }
            first = false;
        }
    }

    /// `[:alpha:]` and the like, or a bracket that stands for itself; the `[` has been taken.
    fn posix_class(&mut self, span: Span) {
        let ahead = self.ahead(16);
        // The colon of `[:]` does not end what it begins.
        let Some(end) = ahead[1..].find(":]").map(|end| end + 1) else { return self.push_literal('[', span) };
        let name = ahead[1..end].trim_start_matches('^');
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return self.push_literal('[', span);
        }
        self.push_all(&format!("[{}", &ahead[..end + 2]), span);
        self.skip(ahead[..end + 2].chars().count());
    }

    /// A character of a class, or a range of them.
    fn range(&mut self, character: char, span: Span) -> Result<(), Mistake> {
        let low = if character == '\\' { self.escaped_character(span)? } else { character };
        self.push_literal(low, span);
        let mut ahead = self.rest.clone();
        if ahead.next().map(|(character, _)| *character) != Some('-') {
            return Ok(());
        }
        let Some((high, place)) = ahead.next().copied().filter(|(high, _)| *high != ']') else { return Ok(()) };
        self.skip(2);
        let high = if high == '\\' { self.escaped_character(place)? } else { high };
        self.push('-', span);
        self.push_literal(high, place);
        Ok(())
    }

    /// What an opening parenthesis begins.
    fn group(&mut self, span: Span, names: &mut HashMap<String, Span>) -> Result<(), Mistake> {
        if self.peek() != Some('?') {
            self.push_all("(?:", span);
            return Ok(());
        }
        let ahead = self.ahead(4);
        let opening = ["?P<", "?<"].into_iter().find(|start| ahead.starts_with(start));
        if let Some(start) = opening.filter(|_| !ahead.starts_with("?<=") && !ahead.starts_with("?<!")) {
            self.skip(start.len());
            let mut name = String::new();
            let span = loop {
                match self.rest.next() {
                    Some(('>', end)) => break Span { end: end.end.max(span.end), ..span },
                    Some((character, _)) => name.push(*character),
                    None => return Err(mistake(span, "the name of this group has no end", NAMED)),
                }
            };
            if name.is_empty() {
                return Err(mistake(span, "the name of this group is empty", NAMED));
            }
            if let Some(first) = names.insert(name.clone(), span) {
                let message = format!("the group `{name}` is named twice");
                let help = "Give one of them another name, or make them one group.";
                return Err(Mistake { span, message, help, first: Some(first) });
            }
            self.out.groups.push((name, span));
            self.push('(', span);
            return Ok(());
        }
        self.skip(1);
        self.push_all("(?", span);
        while let Some((character, place)) = self.rest.next().copied() {
            match character {
                'i' | 'm' | 's' | 'U' | '-' => self.push(character, place),
                ')' | ':' => {
                    self.push(character, place);
                    return Ok(());
                }
                '=' | '!' | '<' => {
                    let help = "Match what stands there as a part of the pattern; only named groups become values.";
                    return Err(mistake(place, "look-around is not part of RE2", help));
                }
                _ => {
                    let help = "After `(?`, RE2 knows the flags i, m, s and U, `:` and `P<name>`.";
                    return Err(mistake(place, "there is no group of this kind in RE2", help));
                }
            }
        }
        Err(mistake(span, "this group has no end", "Close it with `)`, or write `\\(` for a parenthesis itself."))
    }

    /// A brace: it begins a repetition only where it is a whole one.
    fn repetition(&mut self, span: Span) {
        let ahead = self.ahead(16);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let whole = ahead.split_once('}').is_some_and(|(inner, _)| match inner.split_once(',') {
            None => digits(inner),
            Some((least, most)) => digits(least) && (most.is_empty() || digits(most)),
        });
        if whole { self.push('{', span) } else { self.push_literal('{', span) }
    }
}

/// The content of a class such as `\d`: ASCII, as RE2 has it.
fn perl_class(kind: char) -> Option<&'static str> {
    Some(match kind {
        'd' => "0-9",
        'D' => "^0-9",
        'w' => "0-9A-Za-z_",
        'W' => "^0-9A-Za-z_",
        's' => "\\t\\n\\x0C\\r ",
        'S' => "^\\t\\n\\x0C\\r ",
        _ => return None,
    })
}

/// What to do about a named group that is not whole.
const NAMED: &str = "Write `(?P<name>…)`.";

fn mistake(span: Span, message: &str, help: &'static str) -> Mistake {
    Mistake { span, message: message.to_owned(), help, first: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn translated(expression: &str) -> Result<Translated, Mistake> {
        let sources = SourceMap::from_texts([("a.yml", expression)]);
        let file = sources.iter().next().unwrap().0;
        let place = |(start, character): (usize, char)| (character, Span { file, start, end: start + 1 });
        translate(&expression.char_indices().map(place).collect::<Vec<_>>())
    }

    fn matched(expression: &str, text: &str) -> Option<String> {
        let translated = translated(expression).unwrap();
        assert_eq!(translated.places.len(), translated.expression.len());
        let regex = regex::Regex::new(&translated.expression).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(regex.captures_len(), translated.groups.len() + 1, "{expression}");
        regex.find(text).map(|found| found.as_str().to_owned())
    }

    #[test]
    fn what_is_the_same_in_both_is_kept() {
        for (expression, text, expected) in [
            ("a|b", "xb", "b"),
            ("^a.c$", "abc", "abc"),
            ("(a)(?:b)", "ab", "ab"),
            ("a{2}b{1,}c{0,2}", "aabbc", "aabbc"),
            ("(?i)ab(?-i:c)", "ABc", "ABc"),
            (r"\Aa\z", "a", "a"),
            (r"\pL+\p{Greek}", "aβ", "aβ"),
            (r"\P{^Greek}\p{^Greek}[\p{^L}]\PL", "βa12", "βa12"),
            ("[[:alpha:]]+[[:^alpha:]]", "ab1", "ab1"),
            ("a+?a*?b", "aab", "aab"),
            ("é→", "é→", "é→"),
        ] {
            assert_eq!(matched(expression, text).as_deref(), Some(expected), "{expression}");
        }
    }

    #[test]
    fn perl_classes_are_ascii() {
        for (expression, text) in [(r"\d", "٣"), (r"^\w$", "é"), (r"\s", "\u{a0}"), (r"[\w]", "é"), (r"\s", "\u{b}")]
        {
            assert_eq!(matched(expression, text), None, "{expression}");
        }
        assert_eq!(matched(r"\bb", "éb").as_deref(), Some("b"), "é is no letter of a word");
        assert_eq!(matched(r"a\Bb", "ab").as_deref(), Some("ab"));
        assert_eq!(matched(r"[\D]+", "12é3").as_deref(), Some("é"));
        assert_eq!(matched(r"[^\S]", "a b").as_deref(), Some(" "));
        assert_eq!(matched(r"[\w.-]+", " a.b-c ").as_deref(), Some("a.b-c"));
    }

    #[test]
    fn marks_that_stand_for_themselves() {
        for (expression, text) in [
            ("a{", "a{"),
            ("a{,2}", "a{,2}"),
            ("{x}", "{x}"),
            ("[[]", "["),
            ("[]a]+", "]a"),
            ("[^]a]", "b"),
            ("[a&&b]+", "a&&b"),
            ("[a-]+", "a-"),
            ("[-a]+", "-a"),
            ("[!--]+", "!-"),
            ("[~~#]+", "~#"),
            ("[[:x]+", "[:x"),
            (r"\<\>\_\%", "<>_%"),
            (r"\Qa.b[\E.", "a.b[x"),
            (r"\x41\x{42}\103\0", "ABC\0"),
            (r"\a\f\t\n\r\v", "\u{7}\u{c}\t\n\r\u{b}"),
            (r"[\]\-\\\x41]+", "]-\\A"),
            ("# x", "# x"),
        ] {
            assert_eq!(matched(expression, text).as_deref(), Some(text), "{expression}");
        }
    }

    #[test]
    fn groups_are_those_with_a_name() {
        let translated = translated("(?P<a>x)(y)(?<b-c>z)(?:w)").unwrap();
        let names: Vec<_> = translated.groups.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((translated.expression.as_str(), names), ("(x)(?:y)(z)(?:w)", vec!["a", "b-c"]));
    }

    #[test]
    fn a_bracket_in_a_class_that_begins_no_name_stands_for_itself() {
        for (expression, expected) in [("[[:]", r"[\[\:]"), ("[[::]]", r"[\[\:\:]]"), ("[[:]:]", r"[\[\:]:]")] {
            assert_eq!(translated(expression).unwrap().expression, expected, "{expression}");
        }
    }

    #[test]
    fn mistakes_have_a_place() {
        for (expression, place) in [
            (r"a\1", 1),
            (r"\h", 0),
            ("a\\", 1),
            ("(?=a)", 2),
            ("(?<=a)", 2),
            ("(?x)", 2),
            ("a[b", 1),
            (r"\xg", 0),
            (r"\x{110000}", 0),
            ("(?P<a", 0),
            ("(?P<>a)", 0),
            ("(?", 0),
            ("(?P<a>x)(?P<a>y)", 8),
        ] {
            assert_eq!(translated(expression).unwrap_err().span.start, place, "{expression}");
        }
    }
}
