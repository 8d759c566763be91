//! Time formats: names, strftime patterns and Go layouts, each mistake at its place inside the pattern.

use super::go_layout;
use super::time_pattern::{self, PatternError};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::Format;
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::{Key, Value};
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
const LIMIT: usize = 255;

/// The formats of a timestamp, `rfc3339` where it states none. `event_time` is true where it gives the event its time,
/// and so should have a year.
pub(super) fn formats(value: &Value, event_time: bool, sources: &SourceMap, reading: &Reading) -> Option<Vec<Format>> {
    let stated: Vec<_> =
        value.keys.iter().filter(|key| matches!(key.value, Key::TimeFormat(_) | Key::TimeFormats(_))).collect();
    let Some(first) = stated.first() else {
        let span = value.kind.as_ref().map_or(value.span, |kind| kind.span);
        let message = "the timestamp does not state its format; `rfc3339` is used";
        reading
            .push(Diagnostic::warning(Code::LW0501, span, message).at(&value.path).help("Add `timeFormat: rfc3339`."));
        return Some(vec![Format::Rfc3339]);
    };
    if let Some(second) = stated.get(1) {
        let message = "a timestamp has `timeFormat` or `timeFormats`, not both";
        let diagnostic = Diagnostic::error(Code::LW0207, second.span, message).also(first.span, "the other one");
        reading.push(diagnostic.at(&value.path).help("Put all formats into `timeFormats`."));
    }
    let mut formats = Vec::new();
    for key in &stated {
        let path = format!("{}.{}", value.path, key.value.name());
        match &key.value {
            Key::TimeFormat(text) => {
                formats.extend(text.as_ref().map(|text| format(text, event_time, &path, sources, reading)));
            }
            Key::TimeFormats(texts) => {
                let read = |(number, text)| format(text, event_time, &format!("{path}[{number}]"), sources, reading);
                formats.extend(texts.iter().enumerate().map(read));
            }
            _ => {}
        }
    }
    if formats.len() > LIMIT {
        let message = format!("a timestamp has at most {LIMIT} formats, and this one has {}", formats.len());
        let help = "Keep those in which the vendor writes times.";
        reading.push(Diagnostic::error(Code::LW0204, first.span, message).at(&value.path).help(help));
    }
    formats.into_iter().collect()
}

/// How long a time format may be, in bytes: each of its directives becomes code.
const LONGEST: usize = 255;

/// The format that a text stands for.
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
    if text.value.len() > LONGEST {
        let message = format!("a time format has at most {LONGEST} bytes, and this one has {}", text.value.len());
        let help = "Write what one time looks like; further formats go into `timeFormats`.";
        reading.push(Diagnostic::error(Code::LW0502, text.span, message).at(path).help(help));
        return None;
    }
    let (start, pattern, compiled) = match text.value.strip_prefix("layout=") {
        Some(layout) => ("layout=".len(), layout, go_layout::compile(layout)),
        None => (0, text.value.as_str(), time_pattern::compile(&text.value)),
    };
    match compiled {
        Err(PatternError { at, message }) => {
            reading.push(mistake(text, start + at, &message, sources).at(path));
            None
        }
        Ok(parts) => {
            if event_time && !time_pattern::has_year(&parts) {
                let message = "the time of the event has no year in this format, and gets 1900";
                let help = "Use a format with a year, or mark another timestamp as the time of the event.";
                reading.push(Diagnostic::warning(Code::LW0503, text.span, message).at(path).help(help));
            }
            let pattern = pattern.to_owned();
            Some(if start > 0 { Format::GoLayout(pattern) } else { Format::Strftime(pattern) })
        }
    }
}

fn mistake(text: &Spanned<String>, at: usize, message: &str, sources: &SourceMap) -> Diagnostic {
    if !text.value.contains('%') && !text.value.starts_with("layout=") {
        let message = format!("there is no time format `{}`", text.value);
        let names = NAMED.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let help = match suggest(&text.value, names.iter().copied()) {
            Some(name) => format!("Did you mean `{name}`?"),
            None => format!("Use one of {}, a strftime pattern such as `%Y-%m-%d`, or `layout=…`.", names.join(", ")),
        };
        return Diagnostic::error(Code::LW0502, text.span, message).help(help);
    }
    let diagnostic = |message: &str| Diagnostic::error(Code::LW0502, place_inside(text, at, sources), message);
    let Some((wrong, remedy)) = message.split_once("; ") else { return diagnostic(message) };
    let (first, rest) = remedy.split_at(remedy.chars().next().map_or(0, char::len_utf8));
    diagnostic(wrong).help(format!("{}{rest}.", first.to_uppercase()))
}

/// The character or directive at byte `at` of a scalar's text.
fn place_inside(text: &Spanned<String>, at: usize, sources: &SourceMap) -> Span {
    let rest = text.value.get(at..).unwrap_or("");
    let characters = if rest.starts_with('%') { 2 } else { 1 };
    let length: usize = rest.chars().take(characters).map(char::len_utf8).sum();
    text.places(sources).of(at..at + length)
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
