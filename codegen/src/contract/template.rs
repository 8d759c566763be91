//! Texts with placeholders, taken apart: `{subdomain}`, `{window.start}`, `{window.end}`.
//!
//! Which placeholders a text may have depends on where it stands, its [`Scope`]. Secrets are let into the templates of a
//! way to sign in and nowhere else, so that none can end up in a URL, a log of URLs, or a body that is shown.

use super::Reader;
use super::model::{Input, Piece, Template};
use crate::diagnostic::{Code, Diagnostic, listed};
use crate::raw::read::{Entry, Spanned};
use crate::source::Span;

/// What a template may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'m> {
    /// The inputs of the source.
    pub(super) inputs: &'m [Input],
    /// The inputs of the way to sign in that the template is part of.
    pub(super) sign_in: &'m [Input],
    /// The inputs of every way to sign in: what must stay out.
    pub(super) out_of_reach: &'m [Input],
    /// Whether the bounds of a window may be named.
    pub(super) window: bool,
}

impl<'m> Scope<'m> {
    fn names(self) -> impl Iterator<Item = &'m str> {
        let bounds: &[&str] = if self.window { &["window.start", "window.end"] } else { &[] };
        let inputs = self.inputs.iter().chain(self.sign_in).map(|input| input.name.as_str());
        inputs.chain(bounds.iter().copied())
    }
}

/// A template and the place of each placeholder.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) template: Template,
    pub(super) text: Spanned<String>,
}

impl Reader<'_> {
    /// The template in a string that is not empty.
    pub(super) fn template(&self, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Placed> {
        let text = self.reading.filled_string(entry)?;
        self.template_of(text, &entry.path, scope)
    }

    /// The template in a text.
    pub(super) fn template_of(&self, text: Spanned<String>, path: &str, scope: Scope<'_>) -> Option<Placed> {
        let Some(parts) = split(&text.value) else {
            let message = format!("`{}` has a brace without its partner", text.value);
            let help = "Write a placeholder as `{name}`; braces have no other use here.";
            self.reading.push(Diagnostic::error(Code::LW0705, text.span, message).at(path).help(help));
            return None;
        };
        let places = text.places(self.sources);
        let piece = |part: Part<'_>| match part {
            Part::Text(constant) => Some(Piece::Text(constant.to_owned())),
            Part::Name { name, at } => self.placeholder(name, places.of(at..at + name.len() + 2), path, scope),
        };
        // Every placeholder is looked at before any is missed, so that all mistakes of a template are told at once.
        let looked_at: Vec<_> = parts.into_iter().map(piece).collect();
        let template = Template(looked_at.into_iter().collect::<Option<_>>()?);
        Some(Placed { template, text })
    }

    fn placeholder(&self, name: &str, place: Span, path: &str, scope: Scope<'_>) -> Option<Piece> {
        match name {
            "window.start" if scope.window => return Some(Piece::WindowStart),
            "window.end" if scope.window => return Some(Piece::WindowEnd),
            _ => {}
        }
        let named = |inputs: &'_ [Input]| inputs.iter().find(|input| input.name == name).map(|input| input.secret);
        if named(scope.inputs).or_else(|| named(scope.sign_in)).is_some() {
            return Some(Piece::Input(name.to_owned()));
        }
        let diagnostic = match named(scope.out_of_reach) {
            Some(true) => {
                let message = format!("`{name}` is a secret and must not be put here");
                let help = "Secrets belong in the `basic`, `token` or `oauth` of a way to sign in; URLs and bodies end up in logs.";
                Diagnostic::error(Code::LW0707, place, message).help(help)
            }
            Some(false) => {
                let message = format!("`{name}` is an input of a way to sign in, and not every way has it");
                Diagnostic::error(Code::LW0706, place, message)
                    .help("Declare it in the `inputs` of the source instead.")
            }
            None => {
                let known: Vec<_> = scope.names().collect();
                let help = match self.reading.suggest(name, known.iter().copied()) {
                    Some(near) => format!("Did you mean `{{{near}}}`?"),
                    None if known.is_empty() => "Declare it in `inputs`.".to_owned(),
                    None => format!("Declare it in `inputs`, or use one of: {}.", listed(known)),
                };
                Diagnostic::error(Code::LW0706, place, format!("there is no input `{name}` here")).help(help)
            }
        };
        self.reading.push(diagnostic.at(path));
        None
    }

    /// The place of `part` inside a scalar; the whole scalar where it is not written literally there.
    pub(super) fn within(&self, scalar: Span, part: &str) -> Span {
        let written = &self.sources.file(scalar.file).text()[scalar.range()];
        match written.find(part) {
            Some(at) => Span { start: scalar.start + at, end: scalar.start + at + part.len(), ..scalar },
            None => scalar,
        }
    }
}

impl Template {
    /// Whether any of its pieces is this one.
    pub(super) fn holds(&self, piece: &Piece) -> bool {
        self.0.contains(piece)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    Name {
        name: &'t str,
        /// Where its brace is.
        at: usize,
    },
}

/// The parts of a template in order, or `None` where braces do not match.
fn split(text: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(open);
        let (name, after) = from.strip_prefix('{')?.split_once('}')?;
        if name.contains('{') {
            return None;
        }
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Name { name, at: text.len() - from.len() });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_split_at_braces() {
        let (text, name) = (Part::Text, |name, at| Part::Name { name, at });
        assert_eq!(split("a{b}c{d}"), Some(vec![text("a"), name("b", 1), text("c"), name("d", 5)]));
        assert_eq!(split("plain"), Some(vec![Part::Text("plain")]));
        assert_eq!(split("{}"), Some(vec![name("", 0)]));
        for text in ["{", "}", "a{b", "a}b{", "{a{b}}", "{a}}"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
