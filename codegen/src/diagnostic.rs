//! What the compiler has to say about a schema or contract: data first, text later.
//!
//! Every stage pushes [`Diagnostic`]s to one [`Diagnostics`] and goes on, so that one run tells everything. They are
//! shown in the order of the files, as text with carets or as JSON lines (`diagnostic/render.rs`).
//! Each [`Code`] names one rule (`diagnostic/code.rs`) and has a fixture in `tests/ui`.

mod code;
mod explain;
mod render;

use std::collections::BTreeSet;

pub use code::Code;

use crate::source::{FileId, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is generated that may not be what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place, and what is the matter there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is the matter; empty where the message says it all.
    pub text: String,
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The places, the primary one first. Empty where there is no text to point at.
    pub labels: Vec<Label>,
    /// The place inside the YAML, such as `fields[3].type`; empty for the document as a whole.
    pub path: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        let label = Label { span, text: String::new() };
        Self { labels: vec![label], ..Self::without_place(code, message) }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// An error about something that has no text, such as a folder that does not exist.
    pub fn without_place(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity: Severity::Error, message, labels: Vec::new(), path: String::new(), help: None }
    }

    /// The same, with words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = self.labels.first_mut() {
            primary.text = text.into();
        }
        self
    }

    /// The same, with one more place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same, with its place inside the YAML.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The primary place.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Everything that one run has to say.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The errors alone.
    #[must_use]
    pub fn errors(mut self) -> Self {
        self.list.retain(|diagnostic| diagnostic.severity == Severity::Error);
        self
    }

    /// The keys of a file that a lenient run passes over.
    #[must_use]
    pub fn passed_over(mut self, file: FileId) -> Self {
        self.list.retain(|told| {
            let is_key = matches!(told.code, Code::LW0201 | Code::LW0206);
            is_key && told.severity == Severity::Warning && told.span().is_some_and(|span| span.file == file)
        });
        self
    }

    /// Whether there are more than anybody is shown, see [`Diagnostics::render_text`].
    pub fn is_more_than_shown(&self) -> bool {
        self.list.len() > render::SHOWN
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In the order of file and place, each once. An alias in YAML is read twice, but its mistakes are told once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut seen = BTreeSet::new();
        let mut list: Vec<_> = self
            .list
            .iter()
            .filter(|diagnostic| seen.insert((diagnostic.span(), diagnostic.code, &diagnostic.message)))
            .collect();
        list.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.severity, diagnostic.code));
        list
    }
}

/// How many candidates `suggest` measures: more than any list that people write, and an end to any that they do not.
const MEASURED: usize = 500;

/// How many names a message lists.
const LISTED: usize = 30;

/// Names for a message: `a, b, c`, and after the first thirty how many more there are.
pub fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let mut text = names.by_ref().take(LISTED).collect::<Vec<_>>().join(", ");
    match names.count() {
        0 => {}
        more => text.extend([" and ", &more.to_string(), " more"]),
    }
    text
}

/// The candidate that `unknown` is most likely a slip of, if any is near enough.
///
/// ```
/// use logwright_codegen::diagnostic::suggest;
///
/// assert_eq!(suggest("indicator", ["required", "indicators"]), Some("indicators"));
/// assert_eq!(suggest("colour", ["required", "indicators"]), None);
/// ```
pub fn suggest<'c>(unknown: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // A text this long is no slip of a short name, and the distance takes time that grows with both lengths.
    if unknown.len() > 100 {
        return None;
    }
    let unknown = unknown.to_lowercase();
    // Cheap, and right for most candidates: a slip changes the length by no more than its distance.
    let most = |candidate: &str| candidate.len().div_ceil(3);
    let fits = |candidate: &&str| candidate.len().abs_diff(unknown.len()) <= most(candidate);
    let near = |candidate: &str| {
        let distance = strsim::osa_distance(&unknown, &candidate.to_lowercase());
        (distance <= most(candidate)).then_some(distance)
    };
    let measured = candidates.into_iter().filter(fits).take(MEASURED);
    let distances = measured.filter_map(|candidate| Some((near(candidate)?, candidate)));
    distances.min().map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn sorted_by_place_and_each_once() {
        let sources = SourceMap::from_texts([("a.yml", "abc"), ("b.yml", "abc")]);
        let ids: Vec<_> = sources.iter().map(|(id, _)| id).collect();
        let at = |file: usize, start: usize| Span { file: ids[file], start, end: start + 1 };
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::warning(Code::LW0201, at(1, 0), "third"));
        assert!(!diagnostics.has_errors());
        diagnostics.push(Diagnostic::error(Code::LW0201, at(0, 2), "second"));
        diagnostics.push(Diagnostic::error(Code::LW0201, at(0, 1), "first"));
        diagnostics.push(Diagnostic::error(Code::LW0201, at(0, 1), "first"));
        let messages: Vec<_> = diagnostics.sorted().iter().map(|diagnostic| &*diagnostic.message).collect();
        assert_eq!(messages, ["first", "second", "third"]);
        assert!(diagnostics.has_errors());
    }

    #[test]
    fn suggestions_are_near_or_absent() {
        assert_eq!(suggest("timeformat", ["timeFormats", "timeFormat"]), Some("timeFormat"));
        assert_eq!(suggest("ipp", ["ip", "url"]), Some("ip"));
        assert_eq!(suggest("zz", ["ip", "url"]), None);
        assert_eq!(suggest(&"x".repeat(1_000_000), ["ip"]), None);
    }

    #[test]
    fn long_lists_of_names_are_cut() {
        assert_eq!(listed(["a", "b"]), "a, b");
        assert!(listed(std::iter::repeat_n("a", 50_000)).ends_with("a, a and 49970 more"));
    }
}
