//! How much code a schema becomes, and an end to that.
//!
//! A file of a few megabytes can ask for gigabytes of code: an alias repeats a long description, each format of a time
//! becomes a list of its parts, each path a list of the keys that it may start with. People's schemas are a hundredth of
//! the limit.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Form, Format, Parser, Path, Rule, Schema, TextParser, Type};
use crate::raw::parser;
use crate::raw::read::Reading;
use crate::raw::schema::Document;
use crate::source::Span;

/// How much one schema may become. A piece is some 400 bytes of memory while the code is made, so that this is 400 MB.
const LIMIT: usize = 1_000_000;

/// What a field costs without its type: its member, its documentation's head, its line in the table.
const FIELD: usize = 16;

/// What an object costs without its fields.
const OBJECT: usize = 50;

/// Tells of a schema that becomes too much code, at what becomes most of it.
pub(super) fn check(schema: &Schema, document: &Document, reading: &Reading) {
    let parser = match &schema.parser {
        Parser::Json => 0,
        Parser::Text(parser) => text_parser(parser),
    };
    let mut weighed = HashSet::from([0]);
    let event = schema.objects.first().map_or(&[][..], |event| &event.fields);
    let fields: Vec<usize> = event.iter().map(|one| field(schema, one, &mut weighed)).collect();
    let all = parser + description(&schema.description) + fields.iter().sum::<usize>();
    if all <= LIMIT {
        return;
    }
    let heaviest = (0..fields.len()).rev().max_by_key(|index| fields[*index]).filter(|index| fields[*index] >= parser);
    let (span, path) = match heaviest.and_then(|index| document.fields.get(index)) {
        Some(field) => (field.value.span, field.value.path.as_str()),
        None => (document.parser.as_ref().and_then(first).unwrap_or(document.span), "parser"),
    };
    let message = format!("the schema becomes about {all} pieces of code, more than {LIMIT}; most of them from here");
    let help = "Shorten or split what is long or many here; `type: json` holds what need not be declared.";
    reading.push(Diagnostic::error(Code::LW0414, span, message).at(path).help(help));
}

/// The place where a parser begins.
fn first(parser: &parser::Parser) -> Option<Span> {
    match parser {
        parser::Parser::Csv(csv) => Some(csv.span),
        parser::Parser::Fastmatch(fastmatch) => fastmatch.patterns.first().map(|pattern| pattern.span),
        parser::Parser::Regex(regex) => regex.parts.first().map(|part| part.span),
        parser::Parser::Native(_) | parser::Parser::Script(_) => None,
    }
}

fn field(schema: &Schema, field: &Field, weighed: &mut HashSet<usize>) -> usize {
    let paths: usize = field.source.paths().iter().map(path).sum();
    FIELD + text(&field.name) + description(&field.description) + paths + of_type(schema, &field.value, weighed)
}

/// An object counts once, where it comes first: all who refer to it share its code.
fn of_type(schema: &Schema, value: &Type, weighed: &mut HashSet<usize>) -> usize {
    match value {
        Type::String { indicators, validate, .. } => {
            let rule = validate.as_ref().and_then(|validate| validate.rule.as_ref());
            let texts = match rule {
                Some(Rule::Allow(texts) | Rule::Deny(texts)) => texts.iter().map(|item| 1 + text(item)).sum(),
                None => 0,
            };
            indicators.len() + texts
        }
        Type::Timestamp { formats, .. } => formats.iter().map(format).sum(),
        Type::Array(inner) | Type::Embedded(inner) => of_type(schema, inner, weighed),
        Type::Object(index) if weighed.insert(*index) => {
            let object = &schema.objects[*index];
            let fields: usize = object.fields.iter().map(|one| field(schema, one, weighed)).sum();
            OBJECT + description(&object.description) + fields
        }
        _ => 0,
    }
}

fn text_parser(parser: &TextParser) -> usize {
    let form = match &parser.form {
        Form::Csv { columns, .. } => 3 * columns.as_ref().map_or(0, Vec::len),
        Form::Fastmatch(patterns) => {
            patterns.iter().map(|pattern| 40 + 20 * pattern.placeholders.len() + text(&pattern.written)).sum()
        }
        Form::Regex { expression, groups, .. } => text(expression) + 5 * groups.len(),
    };
    let templates: usize = parser.expand_fields.iter().map(|(name, parts)| 10 + text(name) + 3 * parts.len()).sum();
    form + templates + parser.empty_values.iter().map(|value| 1 + text(value)).sum::<usize>()
}

/// The parts of a pattern; some directives stand for several.
fn format(format: &Format) -> usize {
    match format {
        Format::Strftime(pattern) => {
            let directives = pattern.split('%').skip(1);
            10 * directives
                .map(|rest| if rest.starts_with(['T', 'c', 'r', '+', 'D', 'F', 'R', 'X', 'v', 'x']) { 10 } else { 2 })
                .sum::<usize>()
        }
        Format::GoLayout(layout) => 10 * layout.len(),
        _ => 1,
    }
}

/// Every key that a path may start with is looked for.
fn path(path: &Path) -> usize {
    path.starts().map(|(key, _)| 1 + key.len() / 100).sum()
}

fn description(written: &str) -> usize {
    text(written) + 3 * written.lines().count()
}

fn text(written: &str) -> usize {
    written.len() / 40
}
