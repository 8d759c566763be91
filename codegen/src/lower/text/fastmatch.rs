//! Patterns of literals and placeholders, and the templates that look like them.

use super::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FastmatchPattern, Form, Placeholder, TemplatePart};
use crate::raw::read::{Reading, Spanned};
use crate::source::{SourceMap, Span};

/// A piece of a pattern.
enum Piece<'t> {
    Literal(&'t str),
    /// The trimmed text between the braces.
    Placeholder(&'t str),
}

/// The patterns; `None` where one has a mistake.
pub(super) fn form(
    patterns: &[Spanned<String>],
    names: &mut Names,
    sources: &SourceMap,
    reading: &Reading,
) -> Option<Form> {
    let read = |(number, text): (usize, &Spanned<String>)| {
        pattern(text, &format!("parser.fastmatch.match[{number}]"), names, sources, reading)
    };
    let patterns: Vec<_> = patterns.iter().enumerate().map(read).collect();
    Some(Form::Fastmatch(patterns.into_iter().collect::<Option<_>>()?))
}

fn pattern(
    text: &Spanned<String>,
    path: &str,
    names: &mut Names,
    sources: &SourceMap,
    reading: &Reading,
) -> Option<FastmatchPattern> {
    let pieces = pieces(text, path, sources, reading)?;
    let mut prefix = "";
    let mut placeholders: Vec<Placeholder> = Vec::new();
    let mut right = true;
    let mut before: Option<Span> = None;
    for (piece, span) in &pieces {
        match piece {
            Piece::Literal(literal) => {
                before = None;
                match placeholders.last_mut() {
                    None => prefix = literal,
                    Some(last) => last.literal = Some((*literal).to_owned()),
                }
            }
            Piece::Placeholder(name) => {
                if let Some(before) = before {
                    let message = "nothing stands between these two placeholders, so that the first has no end";
                    let diagnostic = Diagnostic::error(Code::LW0802, *span, message).also(before, "the first");
                    reading.push(diagnostic.at(path).help("Put a text between them, or make them one."));
                    right = false;
                }
                before = Some(*span);
                if !name.is_empty() {
                    names.find(name, *span);
                }
                let name = (!name.is_empty()).then(|| (*name).to_owned());
                placeholders.push(Placeholder { name, literal: None, quoted: false });
            }
        }
    }
    if placeholders.iter().all(|placeholder| placeholder.name.is_none()) {
        let message = "the pattern has no placeholder with a name";
        let help = "Name at least one: `%{field}`.";
        reading.push(Diagnostic::error(Code::LW0803, text.span, message).at(path).help(help));
        right = false;
    }
    let mut left = prefix.to_owned();
    for placeholder in &mut placeholders {
        let literal = placeholder.literal.as_deref().unwrap_or_default();
        placeholder.quoted = ['"', '\''].iter().any(|mark| left.ends_with(*mark) && literal.starts_with(*mark));
        literal.clone_into(&mut left);
    }
    right.then(|| FastmatchPattern { written: text.value.clone(), prefix: prefix.to_owned(), placeholders })
}

/// The parts of a template, each with its place; `None` where it has a mistake.
pub(super) fn template(
    text: &Spanned<String>,
    path: &str,
    sources: &SourceMap,
    reading: &Reading,
) -> Option<Vec<(TemplatePart, Span)>> {
    let pieces = pieces(text, path, sources, reading)?.into_iter();
    let part = |(piece, span)| match piece {
        Piece::Literal(literal) => (TemplatePart::Literal(str::to_owned(literal)), span),
        Piece::Placeholder(name) => (TemplatePart::Value(str::to_owned(name)), span),
    };
    Some(pieces.map(part).collect())
}

fn pieces<'t>(
    text: &'t Spanned<String>,
    path: &str,
    sources: &SourceMap,
    reading: &Reading,
) -> Option<Vec<(Piece<'t>, Span)>> {
    let mut pieces = Vec::new();
    let places = text.places(sources);
    let mut at = 0;
    while let Some(start) = text.value[at..].find("%{").map(|start| at + start) {
        if start > at {
            pieces.push((Piece::Literal(&text.value[at..start]), places.of(at..start)));
        }
        let inner = &text.value[start + 2..];
        let Some(length) = inner.find('}') else {
            let span = places.of(start..start + 2);
            reading.push(unterminated(span).at(path));
            return None;
        };
        at = start + 2 + length + 1;
        pieces.push((Piece::Placeholder(inner[..length].trim()), places.of(start..at)));
    }
    if at < text.value.len() {
        pieces.push((Piece::Literal(&text.value[at..]), places.of(at..text.value.len())));
    }
    Some(pieces)
}

/// The mistake of a `%{` that is not closed.
pub(super) fn unterminated(span: Span) -> Diagnostic {
    Diagnostic::error(Code::LW0801, span, "this placeholder has no end").help("Close it: `%{name}`.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Option<FastmatchPattern> {
        let sources = SourceMap::from_texts([("a.yml", pattern)]);
        let file = sources.iter().next().unwrap().0;
        let text = Spanned { value: pattern.to_owned(), span: Span { file, start: 0, end: pattern.len() } };
        let form = form(&[text], &mut Names::default(), &sources, &Reading::new(false))?;
        let Form::Fastmatch(mut patterns) = form else { panic!("fastmatch") };
        patterns.pop()
    }

    #[test]
    fn patterns_are_literals_and_placeholders() {
        let pattern = read("<%{a} %{}% %{ b }").unwrap();
        assert_eq!(pattern.prefix, "<");
        let all: Vec<_> =
            pattern.placeholders.iter().map(|one| (one.name.as_deref(), one.literal.as_deref(), one.quoted)).collect();
        assert_eq!(all, [(Some("a"), Some(" "), false), (None, Some("% "), false), (Some("b"), None, false)]);
    }

    #[test]
    fn quotes_on_both_sides_make_a_quoted_field() {
        let quoted = |pattern| read(pattern).unwrap().placeholders.iter().map(|one| one.quoted).collect::<Vec<_>>();
        assert_eq!(quoted("\"%{a}\" '%{b}'"), [true, true]);
        assert_eq!(quoted("\"%{a}' \"%{b}"), [false, false]);
        assert_eq!(quoted("%{a}\"%{b}\""), [false, true]);
    }

    #[test]
    fn mistakes() {
        for pattern in ["%{a", "%{a}%{b}", "a", "%{} x", ""] {
            assert!(read(pattern).is_none(), "{pattern}");
        }
    }
}
