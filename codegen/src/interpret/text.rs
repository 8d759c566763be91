//! Lines: from text to values, by the parser of the schema.
//!
//! A line becomes pairs of a name and a text, in the order of the pattern, so that of two with one name the last stays. Then
//! templates add theirs, and each field takes the text of its name. How a line is split, what is trimmed and what counts as
//! empty is the kernel's to say, for this engine and for generated code alike.

use std::collections::BTreeMap;

use logwright::json::{Error, IntoOwned, Slot, Undeclared};
use logwright::text::{self, Cells, Header, Line, Options, Pattern, Rest};

use super::formats::Formats;
use super::read::{self, complete, map};
use super::value::{Object, Value};
use super::{EVENT, Interpreter};
use crate::model::{FastmatchPattern, Form, Path, Placeholder, Schema, Source, TemplatePart, TextParser, Type};

/// A parser of lines, and what follows from it.
#[derive(Debug)]
pub(super) struct LineParser<'s> {
    parser: &'s TextParser,
    empty_values: Vec<&'s str>,
    /// The columns that a header may name: those of the fields, and of the templates that a field takes.
    columns: Vec<&'s str>,
    /// The names of the fields.
    names: Vec<&'s str>,
    /// The patterns as they are shown where none fits.
    written: Vec<&'s str>,
    /// The expression, where the parser is one.
    expression: Option<Pattern<'s>>,
}

/// What a line has, by name.
type Pairs<'a> = BTreeMap<&'a str, text::Value<'a>>;

/// What a line has: the values that have a name in the schema, and those that only the header names.
type Found<'a> = (Pairs<'a>, Undeclared<'a>);

impl<'s> LineParser<'s> {
    pub(super) fn new(schema: &'s Schema, parser: &'s TextParser) -> Self {
        let fields = schema.objects[EVENT]
            .fields
            .iter()
            .flat_map(|field| field.key().into_iter().chain(field.source.paths().iter().map(Path::as_str)))
            .collect::<Vec<_>>();
        let names: Vec<_> = schema.objects[EVENT].fields.iter().map(|field| field.name.as_str()).collect();
        // A template fills the field that takes its name, and is kept where no field has that name.
        let is_kept = |name: &str| schema.field_discovery && !names.contains(&name);
        let templates = || {
            let all = parser.expand_fields.iter();
            all.filter(|(name, _)| fields.contains(&name.as_str()) || is_kept(name))
        };
        let expanded = templates().map(|(name, _)| name.as_str());
        let taken = templates().flat_map(|(_, parts)| parts).filter_map(|part| match part {
            TemplatePart::Value(name) => Some(name.as_str()),
            TemplatePart::Literal(_) => None,
        });
        let (written, expression) = match &parser.form {
            Form::Csv { .. } => (Vec::new(), None),
            Form::Fastmatch(patterns) => (patterns.iter().map(|pattern| pattern.written.as_str()).collect(), None),
            Form::Regex { written, expression, .. } => (vec![written.as_str()], Some(Pattern::new(expression))),
        };
        Self {
            parser,
            empty_values: parser.empty_values.iter().map(String::as_str).collect(),
            columns: fields.iter().copied().chain(taken).chain(expanded).collect(),
            names,
            written,
            expression,
        }
    }

    /// What the next line of a stream has; `None` where it is no event.
    fn pairs<'a>(&'a self, header: &mut Header, line: &'a [u8]) -> Result<Option<Found<'a>>, Error> {
        let TextParser { form, skip_prefix, trim_space, expand_fields, .. } = self.parser;
        let options = Options { trim_space: *trim_space, empty_values: &self.empty_values };
        let has_header = matches!(form, Form::Csv { has_header: true, .. });
        let line = if has_header { header.line(line, skip_prefix)? } else { text::line(line, skip_prefix)? };
        let Some(line) = line else { return Ok(None) };
        let mut undeclared = Undeclared::default();
        let mut pairs = match form {
            Form::Csv { delimiter, columns: None, .. } => {
                if header.take_first(line, *delimiter, &options, &self.columns)? {
                    return Ok(None);
                }
                self.named_cells(header, line, *delimiter, &options, &mut undeclared)?
            }
            Form::Csv { delimiter, columns: Some(columns), .. } => {
                if has_header && header.drop_first() {
                    return Ok(None);
                }
                cells(columns, line, *delimiter, &options)?
            }
            Form::Fastmatch(patterns) => {
                let found = patterns.iter().find_map(|pattern| fastmatch(pattern, line, &options));
                found.ok_or_else(|| text::no_match(&self.written, line))?
            }
            Form::Regex { groups, .. } => {
                let found = self.expression.as_ref().and_then(|expression| expression.groups(line, &options));
                let found = found.ok_or_else(|| text::no_match(&self.written, line))?;
                (1..).zip(groups).map(|(number, name)| (name.as_str(), found.value(number))).collect()
            }
        };
        expand(expand_fields, &options, &mut pairs);
        Ok(Some((pairs, undeclared)))
    }

    /// The cells of a record whose columns the header has named.
    fn named_cells<'a>(
        &'a self,
        header: &Header,
        line: &'a str,
        delimiter: char,
        options: &Options<'_>,
        undeclared: &mut Undeclared<'a>,
    ) -> Result<Pairs<'a>, Error> {
        let mut pairs = Pairs::new();
        header.cells(line, delimiter, options, |column, value| {
            if let Some(name) = self.columns.iter().find(|name| **name == column) {
                pairs.insert(name, value);
            } else if !self.names.contains(&column) {
                undeclared.text(column.to_owned(), value.as_str());
            }
        })?;
        Ok(pairs)
    }
}

impl Interpreter<'_> {
    /// The event in the next line of a stream, if it is one.
    pub(super) fn read_line<'a>(
        &'a self,
        parser: &'a LineParser<'a>,
        header: &mut Header,
        line: &'a [u8],
    ) -> Result<Option<Object<'a, 'a>>, Error> {
        let Some((pairs, mut undeclared)) = parser.pairs(header, line)? else { return Ok(None) };
        let members = &self.objects[EVENT];
        let slots = members.fields.iter().map(|member| {
            let text = taken(&member.field.source, &member.field.name, &pairs);
            self.decode_text(text, &member.field.value, &member.formats)
        });
        let slots = slots.collect();
        if members.discovers {
            let is_taken = |name: &str| {
                members.fields.iter().any(|member| member.field.key() == Some(name) || member.field.name == name)
            };
            for (name, value) in pairs.iter().filter(|(name, _)| !is_taken(name)) {
                undeclared.text(*name, value.as_str());
            }
        }
        let undeclared = if members.discovers { undeclared.settled() } else { Undeclared::default() };
        complete(&members.fields, slots, undeclared).map(Some)
    }
}

/// The text that the field `name` takes, or that is made for it.
fn taken<'a>(source: &Source, name: &str, pairs: &Pairs<'a>) -> text::Value<'a> {
    let of = |name: &str| pairs.get(name).cloned().unwrap_or_default();
    match source {
        Source::Own => of(name),
        Source::Rename(from) => of(from),
        Source::Copy(path) => of(path.as_str()),
        Source::Concat { paths, separator } => {
            let parts: Vec<_> = paths.iter().filter_map(|path| pairs.get(path.as_str())).collect();
            text::Value::concat(&parts, separator)
        }
        Source::Split { from, separator, index } => of(from.as_str()).split(separator, *index),
    }
}

/// The cells of a record, by position. Those that are missing are empty texts, those that are too many are passed over.
fn cells<'a>(
    columns: &'a [Option<String>],
    line: &'a str,
    delimiter: char,
    options: &Options<'_>,
) -> Result<Pairs<'a>, Error> {
    let mut pairs = Pairs::new();
    let mut cells = Cells::new(line, delimiter, options);
    for column in columns {
        let value = cells.value()?;
        if let Some(name) = column {
            pairs.insert(name, value);
        }
    }
    cells.finish()?;
    Ok(pairs)
}

fn fastmatch<'a>(pattern: &'a FastmatchPattern, line: &'a str, options: &Options<'_>) -> Option<Pairs<'a>> {
    let mut pairs = Pairs::new();
    // Nothing is said of the literals: texts are looked over when they are written.
    let mut rest = Rest::after(&pattern.prefix, &Line::new(line), u8::MAX, options)?;
    for placeholder in &pattern.placeholders {
        let value = value_before_literal(&mut rest, placeholder)?;
        if let Some(name) = &placeholder.name {
            pairs.insert(name, value);
        }
    }
    Some(pairs)
}

/// The value of a placeholder, which ends where the literal after it begins.
pub(super) fn value_before_literal<'a>(rest: &mut Rest<'a, '_>, placeholder: &Placeholder) -> Option<text::Value<'a>> {
    match &placeholder.literal {
        None => Some(rest.clone().rest()),
        Some(literal) if placeholder.quoted => rest.quoted_until(literal),
        Some(literal) => rest.until(literal),
    }
}

/// Adds the values that templates make. All see what the line had, so that none is added before all are made.
fn expand<'a>(templates: &'a [(String, Vec<TemplatePart>)], options: &Options<'_>, pairs: &mut Pairs<'a>) {
    let made = templates.iter().map(|(_, parts)| {
        let parts = parts.iter().map(|part| match part {
            TemplatePart::Literal(text) => text.as_str(),
            TemplatePart::Value(name) => pairs.get(name.as_str()).map_or("", text::Value::or_empty),
        });
        options.expanded(&parts.collect::<Vec<_>>())
    });
    let made: Vec<_> = made.collect();
    for ((name, _), value) in templates.iter().zip(made) {
        let found = pairs.remove(name.as_str()).unwrap_or_default();
        pairs.insert(name, value.or(found));
    }
}

impl Interpreter<'_> {
    /// What a text is as a value of this type; nothing else decides than for a JSON string of the same text.
    fn decode_text<'s, 'a>(
        &'s self,
        text: text::Value<'a>,
        kind: &'s Type,
        formats: &'s Formats<'s>,
    ) -> Slot<Value<'s, 'a>> {
        match kind {
            Type::String { validate, mask, .. } => read::text(text.string(), mask.as_ref(), validate.as_ref()),
            Type::SmallInt => map(text.smallint(), |number| Value::Integer(number.into())),
            Type::Int => map(text.int(), |number| Value::Integer(number.into())),
            Type::BigInt => map(text.bigint(), Value::Integer),
            Type::Float => map(text.float(), Value::Float),
            Type::Boolean => map(text.boolean(), Value::Boolean),
            Type::Timestamp { .. } => map(text.timestamp(&formats.list()), |time| Value::Time(time, formats)),
            Type::Array(_) => text.array(),
            Type::Object(_) => text.object(),
            Type::Json => map(text.json(), Value::Json),
            Type::Embedded(inner) => {
                text.embedded(|reader| self.read(inner, formats, reader).map(IntoOwned::into_owned))
            }
        }
    }
}
