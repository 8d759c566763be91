//! Regular expressions with names for their parts: `%{IP:client}` stands for the pattern of that name.

use std::collections::{HashMap, HashSet};

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

use super::re2::{self, Mistake, Placed, Translated};
use super::{Names, built_in, fastmatch};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Form;
use crate::raw::parser::{self, Named};
use crate::raw::read::{Reading, Spanned};
use crate::source::{SourceMap, Span};

/// How long an expression may be once every name is replaced, in characters.
const LONGEST: usize = 100_000;
/// How much memory a compiled expression may need, in bytes: as much as the regex crate allows where nothing else is said.
const MEMORY: usize = 10 * 1024 * 1024;
/// How deep patterns may use each other.
const DEPTH: usize = 64;

/// The one expression that the parts make; `None` where it has a mistake.
pub(super) fn form(regex: &parser::Regex, names: &mut Names, sources: &SourceMap, reading: &Reading) -> Option<Form> {
    let definitions = regex.definitions.iter().map(|definition| (definition.name.value.as_str(), definition)).collect();
    let mut grok = Grok {
        definitions,
        sources,
        reading,
        out: Vec::new(),
        open: Vec::new(),
        met: HashSet::new(),
        unused: false,
        too_long: false,
    };
    let mut right = true;
    for (number, part) in regex.parts.iter().enumerate() {
        right &= grok.outermost(part, &format!("parser.regex.match[{number}]")).is_some();
    }
    let characters = std::mem::take(&mut grok.out);
    grok.unused = true;
    for Named { name, text } in &regex.definitions {
        if !grok.met.contains(name.value.as_str()) {
            grok.open = vec![&name.value];
            grok.met.insert(&name.value);
            right &= grok.outermost(text, &format!("parser.regex.patternDefinitions.{}", name.value)).is_some();
            grok.out.clear();
        }
    }
    let translated = re2::translate(&characters).map_err(|mistake| tell(mistake, reading));
    if !right {
        return None;
    }
    let Translated { expression, places, groups } = translated.ok()?;
    compile(&expression, &places, regex, reading)?;
    if groups.is_empty() {
        let span = regex.parts.first()?.span;
        let help = "Name at least one group: `(?P<field>…)` or `%{PATTERN:field}`.";
        let diagnostic = Diagnostic::error(Code::LW0803, span, "the pattern has no group with a name");
        reading.push(diagnostic.at("parser.regex.match").help(help));
        return None;
    }
    for (name, span) in &groups {
        names.find(name, *span);
    }
    Some(Form::Regex {
        written: regex.parts.iter().map(|part| part.value.as_str()).collect(),
        expression,
        groups: groups.into_iter().map(|(name, _)| name).collect(),
    })
}

fn tell(Mistake { span, message, help, first }: Mistake, reading: &Reading) {
    let diagnostic = match first {
        Some(first) => {
            let diagnostic = Diagnostic::error(Code::LW0806, span, message).label("again here");
            diagnostic.also(first, "first here")
        }
        None => Diagnostic::error(Code::LW0807, span, message),
    };
    reading.push(diagnostic.at("parser.regex.match").help(help));
}

/// Checks that the expression compiles, and to something that fits in memory.
fn compile(expression: &str, places: &[Span], regex: &parser::Regex, reading: &Reading) -> Option<()> {
    let whole = regex.parts.first()?.span;
    let place = |at: usize| places.get(at).or(places.last()).copied().unwrap_or(whole);
    let syntax = "A mark that is meant itself, such as `(`, `[`, `*`, `+` or `?`, has a backslash before it.";
    let too_big = || (whole, format!("the pattern needs more than {MEMORY} bytes of memory"), "Repeat less.");
    let (span, message, help) = match regex_syntax::parse(expression) {
        Err(regex_syntax::Error::Parse(error)) => (place(error.span().start.offset), error.kind().to_string(), syntax),
        Err(regex_syntax::Error::Translate(error)) => {
            (place(error.span().start.offset), error.kind().to_string(), syntax)
        }
        Err(error) => (whole, error.to_string(), syntax),
        Ok(hir) if states(&hir) > MEMORY / 8 => too_big(),
        Ok(_) => match Regex::new(expression) {
            Ok(_) => return Some(()),
            Err(regex::Error::CompiledTooBig(_)) => too_big(),
            Err(error) => (whole, error.to_string(), syntax),
        },
    };
    reading.push(Diagnostic::error(Code::LW0807, span, message).at("parser.regex.match").help(help));
    None
}

/// At least how many states an expression is compiled to, each of several bytes. To find that out by compiling takes seconds
/// where repetitions repeat each other.
fn states(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            states(&repetition.sub).saturating_mul(usize::try_from(times).unwrap_or(usize::MAX))
        }
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(states).fold(0, usize::saturating_add),
        HirKind::Alternation(ways) => ways.iter().map(states).fold(0, usize::saturating_add),
    }
}

/// Replaces names by their patterns.
struct Grok<'d> {
    definitions: HashMap<&'d str, &'d Named>,
    sources: &'d SourceMap,
    reading: &'d Reading,
    out: Vec<Placed>,
    /// The patterns that are being replaced, outermost first.
    open: Vec<&'d str>,
    /// The patterns of the schema that were met, and so have been checked.
    met: HashSet<&'d str>,
    /// Whether the patterns that nothing uses are checked. Each is looked into once then: all together may use a long one any
    /// number of times.
    unused: bool,
    /// Whether the limit on the length was met. Nothing is replaced from then on.
    too_long: bool,
}

impl<'d> Grok<'d> {
    /// A text that is not part of another.
    fn outermost(&mut self, text: &'d Spanned<String>, path: &str) -> Option<()> {
        let before = self.too_long;
        let right = self.written(text, path);
        if self.too_long && !before {
            let message = format!("the pattern has more than {LONGEST} characters once every name in it is replaced");
            let help = "Repeat less, or read a part of the line with `%{GREEDYDATA:rest}`.";
            self.reading.push(Diagnostic::error(Code::LW0807, text.span, message).at(path).help(help));
        }
        right
    }

    /// A text of the schema, each character at its place.
    fn written(&mut self, text: &'d Spanned<String>, path: &str) -> Option<()> {
        let places = text.places(self.sources);
        self.expand(&text.value, &|start, end| places.of(start..end), path)
    }

    fn expand(&mut self, text: &'d str, place: &dyn Fn(usize, usize) -> Span, path: &str) -> Option<()> {
        let mut at = 0;
        let mut right = Some(());
        while let Some(start) = text[at..].find("%{").map(|start| at + start) {
            self.copy(&text[at..start], at, place)?;
            let Some(length) = text[start..].find('}') else {
                let span = place(start, start + 2);
                self.reading.push(fastmatch::unterminated(span).at(path));
                return None;
            };
            at = start + length + 1;
            let inner = &text[start + 2..at - 1];
            let (name, group) = inner.split_once(':').unwrap_or((inner, ""));
            right = right.and(self.pattern(name.trim(), group.trim(), place(start, at), path));
        }
        self.copy(&text[at..], at, place)?;
        right
    }

    fn copy(&mut self, text: &str, at: usize, place: &dyn Fn(usize, usize) -> Span) -> Option<()> {
        for (start, character) in text.char_indices() {
            self.out.push((character, place(at + start, at + start + character.len_utf8())));
        }
        self.too_long |= self.out.len() > LONGEST;
        (!self.too_long).then_some(())
    }

    /// The pattern of this name, as a group; named itself where `group` is not empty.
    fn pattern(&mut self, name: &'d str, group: &str, span: Span, path: &str) -> Option<()> {
        if let Some(first) = self.open.iter().position(|open| *open == name) {
            let names: Vec<_> = self.open[first..].iter().chain([&name]).map(|name| format!("`{name}`")).collect();
            let message = format!("the pattern contains itself: {}", names.join(" → "));
            let help = "Write out one of them, so that none leads back to itself.";
            self.reading.push(Diagnostic::error(Code::LW0805, span, message).at(path).help(help));
            return None;
        }
        if self.open.len() >= DEPTH {
            let message = format!("patterns use each other more than {DEPTH} levels deep from here");
            let help = "Write out one of them.";
            self.reading.push(Diagnostic::error(Code::LW0805, span, message).at(path).help(help));
            return None;
        }
        let opening = if group.is_empty() { "(?:".to_owned() } else { format!("(?P<{group}>") };
        self.out.extend(opening.chars().map(|character| (character, span)));
        self.open.push(name);
        let found = if let Some(definition) = self.definitions.get(name).copied() {
            let checked = !self.met.insert(&definition.name.value);
            if self.unused && checked {
                Some(())
            } else {
                self.written(&definition.text, &format!("parser.regex.patternDefinitions.{name}"))
            }
        } else if let Some(pattern) = built_in::pattern(name) {
            self.expand(pattern, &|_, _| span, path)
        } else {
            self.unknown(name, span, path);
            None
        };
        self.open.pop();
        self.out.push((')', span));
        found
    }

    fn unknown(&self, name: &str, span: Span, path: &str) {
        let message = format!("there is no pattern `{name}`");
        let own = self.definitions.keys().copied().chain(built_in::names());
        let help = match self.reading.suggest(name, own) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => {
                "Define it under `patternDefinitions`, or use a built-in one, such as `%{NOTSPACE:field}`.".to_owned()
            }
        };
        self.reading.push(Diagnostic::error(Code::LW0804, span, message).at(path).help(help));
    }
}
