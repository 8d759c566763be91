//! `parser` as it is written: section 2 of the language, with the places of patterns and names and nothing resolved.

use super::read::{Entry, MappingReader, Reading, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How a line becomes fields.
#[derive(Debug)]
pub enum Parser {
    /// By built-in code of this name; here: as JSON.
    Native(Option<Spanned<String>>),
    /// By `csv`.
    Csv(Csv),
    /// By `fastmatch`.
    Fastmatch(Fastmatch),
    /// By `regex`.
    Regex(Regex),
    /// By `script`, at this place.
    Script(Span),
}

/// `csv`
#[derive(Debug)]
pub struct Csv {
    /// `delimiter`
    pub delimiter: Option<Spanned<String>>,
    /// `hasHeader`
    pub has_header: Option<Spanned<bool>>,
    /// `columns`
    pub columns: Option<Vec<Spanned<String>>>,
    /// A place to point at for the whole.
    pub span: Span,
    /// The options of all text parsers.
    pub options: Options,
}

/// `fastmatch`
#[derive(Debug)]
pub struct Fastmatch {
    /// `match`, in order.
    pub patterns: Vec<Spanned<String>>,
    /// The options of all text parsers.
    pub options: Options,
}

/// `regex`
#[derive(Debug)]
pub struct Regex {
    /// `match`, in order; together they are one pattern.
    pub parts: Vec<Spanned<String>>,
    /// `patternDefinitions`, in order.
    pub definitions: Vec<Named>,
    /// The options of all text parsers.
    pub options: Options,
}

/// A name and its text: an entry of `patternDefinitions` or `expandFields`.
#[derive(Debug)]
pub struct Named {
    /// The key.
    pub name: Spanned<String>,
    /// The value.
    pub text: Spanned<String>,
}

/// The options that csv, fastmatch and regex share.
#[derive(Debug, Default)]
pub struct Options {
    /// `skipPrefix`
    pub skip_prefix: Option<Spanned<String>>,
    /// `trimSpace`
    pub trim_space: bool,
    /// `emptyValues`
    pub empty_values: Vec<Spanned<String>>,
    /// `expandFields`, in order.
    pub expand_fields: Vec<Named>,
}

/// Reads `parser`.
pub(super) fn read(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Option<Parser> {
    let mut parsers = Vec::new();
    if let (Some(native), Some(span)) = (mapping.optional("native"), mapping.key_span("native")) {
        let name = reading.mapping(&native).and_then(|mut native| {
            let name = native.required_string("name");
            native.finish();
            name
        });
        parsers.push((span, Some(Parser::Native(name))));
    }
    let mut read = |name: &'static str, read: fn(MappingReader<'_, '_>, &Reading) -> Parser| {
        if let (Some(entry), Some(span)) = (mapping.optional(name), mapping.key_span(name)) {
            parsers.push((span, reading.mapping(&entry).map(|mapping| read(mapping, reading))));
        }
    };
    read("csv", read_csv);
    read("fastmatch", read_fastmatch);
    read("regex", read_regex);
    if let (Some(_), Some(span)) = (mapping.optional("script"), mapping.key_span("script")) {
        parsers.push((span, Some(Parser::Script(span))));
    }
    if let [(first, _), (second, _), ..] = &parsers[..] {
        let diagnostic = Diagnostic::error(Code::LW0207, *second, "a log type has one parser").at(mapping.path());
        reading.push(diagnostic.label("another one").also(*first, "one parser").help("Remove one of them."));
    }
    if parsers.is_empty() && !mapping.has_unknown() {
        let diagnostic = Diagnostic::error(Code::LW0202, mapping.head(), "`parser` names no parser");
        let help = "Remove `parser`, or name one: native, csv, fastmatch or regex.";
        reading.push(diagnostic.at(mapping.path()).help(help));
    }
    mapping.finish();
    parsers.into_iter().next().and_then(|(_, parser)| parser)
}

fn read_csv(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Parser {
    let csv = Csv {
        delimiter: mapping.string("delimiter"),
        has_header: mapping.boolean("hasHeader"),
        columns: mapping.optional("columns").and_then(|entry| {
            let items = reading.filled_list(&entry)?;
            Some(items.iter().filter_map(|item| reading.string(item)).collect())
        }),
        span: mapping.head(),
        options: read_options(&mut mapping, reading),
    };
    mapping.finish();
    Parser::Csv(csv)
}

fn read_fastmatch(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Parser {
    let patterns = read_match(&mut mapping, reading);
    let options = read_options(&mut mapping, reading);
    mapping.finish();
    Parser::Fastmatch(Fastmatch { patterns, options })
}

fn read_regex(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Parser {
    let parts = read_match(&mut mapping, reading);
    let definitions = read_named(&mut mapping, "patternDefinitions", reading);
    let options = read_options(&mut mapping, reading);
    mapping.finish();
    Parser::Regex(Regex { parts, definitions, options })
}

fn read_match(mapping: &mut MappingReader<'_, '_>, reading: &Reading) -> Vec<Spanned<String>> {
    filled(&mapping.required_list("match").unwrap_or_default(), reading)
}

fn read_options(mapping: &mut MappingReader<'_, '_>, reading: &Reading) -> Options {
    Options {
        skip_prefix: mapping.optional("skipPrefix").and_then(|entry| reading.filled_string(&entry)),
        trim_space: mapping.boolean("trimSpace").is_some_and(|flag| flag.value),
        empty_values: mapping.strings("emptyValues").unwrap_or_default(),
        expand_fields: read_named(mapping, "expandFields", reading),
    }
}

fn read_named(mapping: &mut MappingReader<'_, '_>, key: &'static str, reading: &Reading) -> Vec<Named> {
    let entries = mapping.mapping(key).map(|mut named| named.all()).unwrap_or_default();
    let read = |(name, entry): (Spanned<String>, Entry<'_>)| Some(Named { name, text: reading.filled_string(&entry)? });
    entries.into_iter().filter_map(read).collect()
}

fn filled(entries: &[Entry<'_>], reading: &Reading) -> Vec<Spanned<String>> {
    entries.iter().filter_map(|entry| reading.filled_string(entry)).collect()
}
