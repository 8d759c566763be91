//! Time formats: names, strftime patterns and Go layouts, each mistake at its place inside the pattern.

use super::go_layout;
use super::time_pattern::{self, PatternError};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::Format;
use crate::raw::read::{Reading, Spanned};
use crate::source::{SourceMap, Span};

/// The formats that have a name.
const NAMED: &[(&str, Format)] = &[
    ("rfc3339", Format::Rfc3339),
    ("unix", Format::Unix),
    ("unix_ms", Format::UnixMs),
    ("unix_us", Format::UnixUs),
    ("unix_ns", Format::UnixNs),
    ("unix_auto", Format::UnixAuto),
    ("cloudflare", Format::Cloudflare),
];

/// How many formats one timestamp may have: the kernel remembers in a byte which of them has parsed.
pub(super) const LIMIT: usize = 255;

/// The format that a text stands for. `event_time` is true where it gives the event its time, and so should have a year.
pub(crate) fn format(
    text: &Spanned<String>,
    event_time: bool,
    path: &str,
    sources: &SourceMap,
    reading: &Reading,
) -> Option<Format> {
    if let Some((_, format)) = NAMED.iter().find(|(name, _)| *name == text.value) {
        return Some(format.clone());
    }
    let (start, pattern, compiled) = match text.value.strip_prefix("layout=") {
        Some(layout) => ("layout=".len(), layout, go_layout::compile(layout)),
        None => (0, text.value.as_str(), time_pattern::compile(&text.value)),
    };
    match compiled {
        Err(PatternError { at, message }) => {
            reading.push(mistake(text, start + at, message, sources).at(path));
            None
        }
        Ok(parts) => {
            if event_time && !time_pattern::has_year(&parts) {
                let message = "the time of the event has no year in this format, and gets 1900";
                reading.push(Diagnostic::warning(Code::LW0503, text.span, message).at(path));
            }
            let pattern = pattern.to_owned();
            Some(if start > 0 { Format::GoLayout(pattern) } else { Format::Strftime(pattern) })
        }
    }
}

fn mistake(text: &Spanned<String>, at: usize, message: String, sources: &SourceMap) -> Diagnostic {
    if !text.value.contains('%') && !text.value.starts_with("layout=") {
        let message = format!("there is no time format `{}`", text.value);
        let help = match suggest(&text.value, NAMED.iter().map(|(name, _)| *name)) {
            Some(name) => format!("Did you mean `{name}`?"),
            None => {
                let names: Vec<_> = NAMED.iter().map(|(name, _)| *name).collect();
                format!("Use one of {}, a strftime pattern such as `%Y-%m-%d`, or `layout=…`.", names.join(", "))
            }
        };
        return Diagnostic::error(Code::LW0502, text.span, message).help(help);
    }
    let place = place_inside(text, at, sources);
    Diagnostic::error(Code::LW0502, place, "the time format has a mistake").label(message)
}

/// The character at byte `at` of a scalar's text; the whole scalar where escapes or folding hide it.
fn place_inside(text: &Spanned<String>, at: usize, sources: &SourceMap) -> Span {
    let written = sources.text(text.span);
    let quote = usize::from(written.starts_with(['"', '\'']));
    let inner = written.get(quote..written.len().saturating_sub(quote));
    if inner != Some(text.value.as_str()) {
        return text.span;
    }
    let start = text.span.start + quote + at;
    let length = text.value.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span { file: text.span.file, start, end: start + length }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The format of a scalar, and where and why it has a mistake.
    fn read(scalar: &str, value: &str) -> (Option<Format>, Vec<String>) {
        let sources = SourceMap::from_texts([("a.yml", scalar)]);
        let file = sources.iter().next().unwrap().0;
        let text = Spanned { value: value.to_owned(), span: Span { file, start: 0, end: scalar.len() } };
        let reading = Reading::new(false);
        let format = format(&text, true, "timeFormat", &sources, &reading);
        let diagnostics = reading.into_diagnostics();
        let told = diagnostics.sorted().into_iter().map(|diagnostic| {
            let span = diagnostic.labels[0].span;
            format!("{} {}..{}", diagnostic.code, span.start, span.end)
        });
        (format, told.collect())
    }

    #[test]
    fn formats() {
        assert_eq!(read("unix_ms", "unix_ms"), (Some(Format::UnixMs), vec![]));
        assert_eq!(read("'%Y'", "%Y"), (Some(Format::Strftime("%Y".into())), vec![]));
        assert_eq!(read("layout=2006", "layout=2006"), (Some(Format::GoLayout("2006".into())), vec![]));
    }

    #[test]
    fn mistakes_are_told_where_they_stand() {
        assert_eq!(read("%Y-%Q", "%Y-%Q").1.len(), 1);
        let (plain, quoted, escaped) =
            (read("%Y-%Q", "%Y-%Q").1, read("'%Y-%Q'", "%Y-%Q").1, read("\"%Y\\x2d%Q\"", "%Y-%Q").1);
        let place = |told: &[String]| told[0].strip_prefix("LW0502 ").unwrap().to_owned();
        let at = |told: &[String]| place(told).split_once("..").unwrap().0.parse::<usize>().unwrap();
        assert!(at(&plain) >= 3, "inside the pattern");
        assert_eq!(at(&quoted), at(&plain) + 1);
        assert_eq!(place(&escaped), "0..10", "escapes hide the place");
        assert_eq!(read("rfc339", "rfc339").1, ["LW0502 0..6"]);
    }

    #[test]
    fn an_event_time_needs_a_year() {
        assert_eq!(read("%d %b %T", "%d %b %T").1, ["LW0503 0..8"]);
    }
}
