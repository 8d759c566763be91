//! Diagnostics as text with carets, and as JSON lines. The only file that names the annotate-snippets crate.

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{FileId, SourceMap, Span};

/// How many are shown as text. Beyond that nobody reads on, and a hostile file cannot make the output endless.
pub(super) const SHOWN: usize = 200;

/// How much of a text of a diagnostic is shown, in characters. Texts hold what the file says, which may be megabytes.
const LONGEST_TEXT: usize = 2000;

/// How long lines are quoted, in bytes. Of longer ones the place is told alone: to lay one out, all of it is looked at.
const LONGEST_LINES: usize = 20_000;

/// Labels that are no further apart than this many lines share one excerpt.
const EXCERPT: usize = 100;

impl Diagnostics {
    /// All of them as text with carets and a last line that counts them; empty when there is nothing to say.
    pub fn render_text(&self, sources: &SourceMap, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let list = self.sorted();
        let mut text = String::new();
        for diagnostic in list.iter().take(SHOWN) {
            text.push_str(&renderer.render(&[group(diagnostic, sources)]));
            text.push_str("\n\n");
        }
        if list.len() > SHOWN {
            let _ = writeln!(text, "… and {} more\n", list.len() - SHOWN);
        }
        if !list.is_empty() {
            let errors = list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
            let _ = writeln!(text, "{}", count(errors, list.len() - errors));
        }
        text
    }

    /// All of them as JSON, one object a line. Lines and columns count from 1, columns in characters.
    pub fn render_json(&self, sources: &SourceMap) -> String {
        let mut text = String::new();
        for diagnostic in self.sorted() {
            write_json(&mut text, diagnostic, sources);
            text.push('\n');
        }
        text
    }
}

fn count(errors: usize, warnings: usize) -> String {
    let plural = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(cut(&diagnostic.message)).id(diagnostic.code.name());
    let mut elements = snippets(&diagnostic.labels, sources);
    if !diagnostic.path.is_empty() {
        let place = format!("at `{}`", normalize_untrusted_str(&cut(&diagnostic.path)));
        elements.push(Level::NOTE.message(place).into());
    }
    if let Some(help) = &diagnostic.help {
        elements.push(Level::HELP.message(normalize_untrusted_str(&cut(help))).into());
    }
    Group::with_title(title).elements(elements)
}

/// A text, with what is too long of it left out.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => Cow::Owned(format!("{}… ({} bytes in all)", &text[..end], text.len())),
        None => Cow::Borrowed(text),
    }
}

/// The labels of one excerpt: the file, its first and last line, and the labels' numbers.
struct Excerpt {
    file: FileId,
    first: usize,
    last: usize,
    labels: Vec<usize>,
}

fn snippets<'a>(labels: &'a [Label], sources: &'a SourceMap) -> Vec<Element<'a>> {
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        let file = label.span.file;
        let line = sources.file(file).position(label.span.start).line;
        let near = |excerpt: &&mut Excerpt| {
            excerpt.file == file && line + EXCERPT > excerpt.first && line < excerpt.first + EXCERPT
        };
        if let Some(excerpt) = excerpts.iter_mut().find(near) {
            excerpt.first = excerpt.first.min(line);
            excerpt.last = excerpt.last.max(line);
            excerpt.labels.push(number);
        } else {
            excerpts.push(Excerpt { file, first: line, last: line, labels: vec![number] });
        }
    }
    excerpts.iter().map(|excerpt| snippet(excerpt, labels, sources)).collect()
}

fn snippet<'a>(excerpt: &Excerpt, labels: &'a [Label], sources: &'a SourceMap) -> Element<'a> {
    let file = sources.file(excerpt.file);
    let lines = file.line_range(excerpt.first, excerpt.last);
    // A file's name may come from a stranger's repository, as its text does.
    let path = normalize_untrusted_str(file.path());
    if lines.len() > LONGEST_LINES {
        let place = file.position(excerpt.labels.first().map_or(lines.start, |number| labels[*number].span.start));
        return Origin::path(path).line(place.line).char_column(place.column).into();
    }
    let mut snippet = Snippet::source(&file.text()[lines.clone()]).line_start(excerpt.first).path(path);
    for number in &excerpt.labels {
        let Label { span, text } = &labels[*number];
        let kind = if *number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let start = span.start.clamp(lines.start, lines.end) - lines.start;
        let end = span.end.clamp(lines.start + start, lines.end) - lines.start;
        let annotation = kind.span(start..end);
        let text = (!text.is_empty()).then_some(text.as_str());
        snippet = snippet.annotation(annotation.label(text));
    }
    snippet.into()
}

fn write_json(out: &mut String, diagnostic: &Diagnostic, sources: &SourceMap) {
    let field = |out: &mut String, name: &str, value: &str| {
        let _ = write!(out, "\"{name}\":");
        write_json_string(out, value);
        out.push(',');
    };
    out.push('{');
    field(out, "code", diagnostic.code.name());
    field(out, "severity", diagnostic.severity.name());
    field(out, "message", &diagnostic.message);
    field(out, "path", &diagnostic.path);
    if let Some(help) = &diagnostic.help {
        field(out, "help", help);
    }
    out.push_str("\"labels\":[");
    for (number, Label { span, text }) in diagnostic.labels.iter().enumerate() {
        out.push_str(if number == 0 { "{" } else { ",{" });
        field(out, "file", sources.file(span.file).path());
        write_json_place(out, *span, sources);
        field(out, "text", text);
        out.pop();
        out.push('}');
    }
    out.push_str("]}");
}

fn write_json_place(out: &mut String, span: Span, sources: &SourceMap) {
    let file = sources.file(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    let _ = write!(out, "\"start\":{},\"end\":{},", span.start, span.end);
    let _ = write!(out, "\"line\":{},\"column\":{},", start.line, start.column);
    let _ = write!(out, "\"end_line\":{},\"end_column\":{},", end.line, end.column);
}

fn write_json_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    fn one(diagnostic: impl FnOnce(FileId) -> Diagnostic) -> (SourceMap, Diagnostics) {
        let sources = SourceMap::from_texts([("acme/a.yml", "schema: A\nfilds: []\nschema: B\n")]);
        let file = sources.iter().next().unwrap().0;
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(diagnostic(file));
        (sources, diagnostics)
    }

    fn twice(file: FileId) -> Diagnostic {
        Diagnostic::error(Code::LW0104, Span { file, start: 20, end: 26 }, "the key `schema` stands twice")
            .label("again here")
            .also(Span { file, start: 0, end: 6 }, "first here")
            .at("schema")
            .help("Remove one.")
    }

    #[test]
    fn text_shows_every_label_and_counts() {
        let (sources, diagnostics) = one(twice);
        let expected = "\
error[LW0104]: the key `schema` stands twice
 --> acme/a.yml:3:1
  |
1 | schema: A
  | ------ first here
2 | filds: []
3 | schema: B
  | ^^^^^^ again here
  |
  = note: at `schema`
  = help: Remove one.

1 error
";
        assert_eq!(diagnostics.render_text(&sources, false), expected);
        assert!(diagnostics.render_text(&sources, true).contains("\u{1b}["));
    }

    #[test]
    fn json_has_one_object_a_line() {
        let (sources, diagnostics) = one(|file| {
            Diagnostic::warning(Code::LW0201, Span { file, start: 10, end: 15 }, "unknown key \"filds\"").at("filds")
        });
        let expected = r#"{"code":"LW0201","severity":"warning","message":"unknown key \"filds\"","path":"filds","labels":[{"file":"acme/a.yml","start":10,"end":15,"line":2,"column":1,"end_line":2,"end_column":6,"text":""}]}"#;
        assert_eq!(diagnostics.render_json(&sources), format!("{expected}\n"));
    }

    #[test]
    fn nothing_of_a_file_acts_on_the_terminal_not_even_its_name() {
        let escape = "\u{1b}[2J\u{202e}";
        let sources = SourceMap::from_texts([(format!("a{escape}.yml"), format!("x: {escape}\n"))]);
        let file = sources.iter().next().unwrap().0;
        let mut diagnostics = Diagnostics::default();
        let span = Span { file, start: 3, end: 4 };
        let all = Diagnostic::error(Code::LW0101, span, escape).label(escape).at(escape).help(escape);
        diagnostics.push(all.also(Span { start: 0, end: 1, ..span }, escape));
        diagnostics.push(Diagnostic::without_place(Code::LW0001, escape));
        let text = diagnostics.render_text(&sources, false);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }

    #[test]
    fn long_texts_are_cut_and_of_long_lines_the_place_is_told() {
        let long = "x".repeat(1 << 20);
        let sources = SourceMap::from_texts([("a.yml", format!("a: [\n{long}\n]"))]);
        let file = sources.iter().next().unwrap().0;
        let mut diagnostics = Diagnostics::default();
        let span = Span { file, start: 15, end: 16 };
        diagnostics.push(Diagnostic::error(Code::LW0101, span, long.as_str()).at(long.as_str()).help(long.as_str()));
        let text = diagnostics.render_text(&sources, false);
        assert!(
            text.len() < 10_000 && text.contains("a.yml:2:11") && text.contains("(1048576 bytes in all)"),
            "{text}"
        );
    }

    #[test]
    fn places_outside_the_text_are_shown_at_its_end() {
        let (sources, diagnostics) =
            one(|file| Diagnostic::error(Code::LW0101, Span { file, start: 900, end: 1000 }, "unexpected end"));
        assert!(diagnostics.render_text(&sources, false).contains("acme/a.yml:4:1"));
    }

    #[test]
    fn endless_lists_are_cut() {
        let (sources, mut diagnostics) = one(twice);
        for number in 0..500 {
            diagnostics.push(Diagnostic::without_place(Code::LW0001, format!("folder {number}")));
        }
        let text = diagnostics.render_text(&sources, false);
        assert!(text.ends_with("… and 301 more\n\n501 errors\n"), "{}", &text[text.len() - 100..]);
    }
}
