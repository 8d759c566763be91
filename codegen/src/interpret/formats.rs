//! The formats of a field's times, with their patterns compiled.

use logwright::time::{Part, Pattern, TimeFormat};

use crate::lower::{go_layout, time_pattern};
use crate::model::{Format, Type};

/// The formats of the times in a field.
#[derive(Debug)]
pub(super) struct Formats<'s>(Vec<Compiled<'s>>);

#[derive(Debug)]
enum Compiled<'s> {
    Named(TimeFormat<'static>),
    Pattern(Vec<Part<'s>>),
}

impl<'s> Formats<'s> {
    /// The formats of a value, or of the elements inside it; none where they are no times.
    pub(super) fn of(value: &'s Type) -> Self {
        match value.opened() {
            Type::Timestamp { formats, .. } => Self(formats.iter().map(compile).collect()),
            Type::Array(element) => Self::of(element),
            _ => Self(Vec::new()),
        }
    }

    /// The formats as the kernel takes them.
    pub(super) fn list(&self) -> Vec<TimeFormat<'_>> {
        let formats = self.0.iter().map(|format| match format {
            Compiled::Named(format) => *format,
            Compiled::Pattern(parts) => TimeFormat::Pattern(Pattern::by_parts(parts)),
        });
        formats.collect()
    }
}

fn compile(format: &Format) -> Compiled<'_> {
    let parts = match format {
        Format::Rfc3339 => return Compiled::Named(TimeFormat::Rfc3339),
        Format::Unix => return Compiled::Named(TimeFormat::Unix),
        Format::UnixMs => return Compiled::Named(TimeFormat::UnixMs),
        Format::UnixUs => return Compiled::Named(TimeFormat::UnixUs),
        Format::UnixNs => return Compiled::Named(TimeFormat::UnixNs),
        Format::UnixAuto => return Compiled::Named(TimeFormat::UnixAuto),
        Format::Cloudflare => return Compiled::Named(TimeFormat::Cloudflare),
        Format::Strftime(pattern) => time_pattern::compile(pattern),
        Format::GoLayout(layout) => go_layout::compile(layout),
    };
    Compiled::Pattern(parts.expect("the model holds only patterns that compile"))
}
