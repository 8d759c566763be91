//! A page of documentation: one table for the event, one for each object in it.

use std::fmt::Write as _;

use super::columns::{Kind, standard};
use super::prose;
use crate::model::{Field, Format, Mask, Rule, Schema, Source, Type, Validate};
use crate::model_words;

/// The documentation of a log type, as Markdown.
pub fn markdown(schema: &Schema) -> String {
    let mut text = format!("# {}\n", schema.log_type);
    if !schema.description.is_empty() {
        let _ = writeln!(text, "\n{}", prose::markdown(&schema.description));
    }
    if !schema.reference_url.is_empty() {
        let address = schema.reference_url.replace('<', "%3C").replace('>', "%3E");
        let _ = writeln!(text, "\nThe vendor's documentation: <{address}>");
    }
    for (number, object) in schema.objects.iter().enumerate() {
        let title = if number == 0 { "Fields".to_owned() } else { object.rust_name.clone() };
        let _ = writeln!(text, "\n## {title}");
        if !object.path.is_empty() {
            let _ = writeln!(text, "\nFirst at {}.", code(&object.path));
        }
        if number > 0 && !object.description.is_empty() {
            let _ = writeln!(text, "\n{}", prose::markdown(&object.description));
        }
        text += "\n| field | type | required | what it is |\n|---|---|---|---|\n";
        for field in &object.fields {
            text += &row(field, schema);
        }
    }
    if schema.field_discovery {
        text += "\nOther keys of an event are kept as they are, after these and before the standard fields.\n";
    }
    text += "\n## Standard fields\n\n| field | type | required | what it is |\n|---|---|---|---|\n";
    for column in standard() {
        let kind = match column.kind {
            Kind::Timestamp => "timestamp",
            Kind::List(_) => "array of string",
            _ => "string",
        };
        text += &cells(&column.name, kind, column.required, &column.description);
    }
    prose::printable(&text)
}

fn row(field: &Field, schema: &Schema) -> String {
    let source = (field.source != Source::Own).then(|| field.source.words());
    let notes = std::iter::once(prose::markdown(&field.description)).chain(source).chain(notes(&field.value));
    let notes: Vec<_> = notes.filter(|note| !note.is_empty()).collect();
    cells(&field.name, &type_name(&field.value, schema), field.required, &notes.join("; "))
}

fn cells(name: &str, kind: &str, required: bool, notes: &str) -> String {
    let in_cell = |text: &str| text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let required = if required { "yes" } else { "" };
    format!("| {} | {kind} | {required} | {} |\n", in_cell(&code(name)), in_cell(notes))
}

fn type_name(value: &Type, schema: &Schema) -> String {
    match value.opened() {
        Type::Array(element) => format!("array of {}", type_name(element, schema)),
        Type::Object(index) => {
            let name = &schema.objects[*index].rust_name;
            format!("[{name}](#{})", name.to_lowercase())
        }
        _ => model_words::scalar(value).to_owned(),
    }
}

/// What there is to know of a value beyond its type.
fn notes(value: &Type) -> Vec<String> {
    match value {
        Type::Array(element) => notes(element),
        Type::Embedded(inner) => std::iter::once("a string is read as JSON".to_owned()).chain(notes(inner)).collect(),
        Type::String { indicators, validate, mask } => {
            let mut notes: Vec<_> = mask.iter().map(Mask::words).collect();
            if !indicators.is_empty() {
                let names = indicators.iter().map(|indicator| code(indicator.name()));
                notes.push(format!("indicators: {}", names.collect::<Vec<_>>().join(", ")));
            }
            notes.extend(validate.iter().flat_map(rules));
            notes
        }
        Type::Timestamp { formats, event_time } => {
            let formats = formats.iter().map(Format::written).map(|format| code(&format)).collect::<Vec<_>>();
            let mut notes = vec![format!("read as {}", formats.join(" or "))];
            if *event_time {
                notes.push("the time of the event".to_owned());
            }
            notes
        }
        _ => Vec::new(),
    }
}

fn rules(validate: &Validate) -> Vec<String> {
    let list = |texts: &[String]| texts.iter().map(|text| code(text)).collect::<Vec<_>>().join(", ");
    let mut rules = match &validate.rule {
        Some(Rule::Allow(texts)) => vec![format!("one of {}", list(texts))],
        Some(Rule::Deny(texts)) => vec![format!("none of {}", list(texts))],
        None => Vec::new(),
    };
    rules.extend(validate.ip.map(|kind| format!("an address, {}", kind.words())));
    rules.extend(validate.cidr.map(|kind| format!("a range of addresses, {}", kind.words())));
    rules
}

/// A text as code, in one line.
fn code(text: &str) -> String {
    model_words::quoted(&text.replace(['\n', '\r'], " "))
}
