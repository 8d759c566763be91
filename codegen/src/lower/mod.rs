//! Documents to the model: names, references, types and times, with every mistake in the meaning told.
//!
//! [`lower`] takes one document. What two documents must not do together is asked in [`collisions`], and whether their
//! events can be told apart in [`overlaps`].

pub mod collisions;
mod fingerprint;
pub mod go_layout;
pub mod names;
pub mod overlaps;
mod rules;
mod text;
pub mod time_pattern;
pub(crate) mod times;
mod transforms;
mod types;
mod weight;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Schema;
use crate::raw::parser::Parser;
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::Document;
use crate::source::{SourceFile, SourceMap};
use types::{EventTime, Resolver};

/// The model of one document; `None` where `reading` has an error, from here or from before.
pub fn lower(document: &Document, file: &SourceFile, sources: &SourceMap, reading: &Reading) -> Option<Schema> {
    let source = check_folder(document, file, reading);
    if let Some(name) = &document.schema {
        check_log_type(name, reading);
    }
    check_parser(document, reading);
    let parser = text::parser(document, sources, reading);
    let reference_url = check_url(document.reference_url.as_ref(), reading);
    let log_type = document.schema.as_ref().map_or("", |name| &name.value);

    let mut resolver = Resolver::new(document, sources, reading);
    let event_time = resolver.event(names::event_type(log_type));
    if reading.has_errors() {
        return None;
    }
    advise(document, event_time, reading);
    let source = source?;
    let mut schema = Schema {
        log_type: log_type.to_owned(),
        file: file.path().to_owned(),
        source: source.to_owned(),
        module: names::module(log_type, source),
        description: document.description.as_ref().map_or(String::new(), |text| text.value.clone()),
        reference_url,
        fingerprint: String::new(),
        parser: parser?,
        field_discovery: document.field_discovery.as_ref().is_some_and(|flag| flag.value),
        objects: resolver.into_objects(),
    };
    weight::check(&schema, document, reading);
    schema.fingerprint = fingerprint::fingerprint(&schema);
    (!reading.has_errors()).then_some(schema)
}

fn check_folder<'f>(document: &Document, file: &'f SourceFile, reading: &Reading) -> Option<&'f str> {
    let folder = file.folder();
    if let Some(folder) = folder.filter(|folder| names::is_source(folder)) {
        return Some(folder);
    }
    let message = match folder {
        Some(folder) => format!("the folder `{folder}` cannot be the name of a source"),
        None => "the schema lies in no folder, so its source has no name".to_owned(),
    };
    let help = "Put it in a folder named for the source: a lower-case letter, then lower-case letters, digits and `_`; \
                no keyword of Rust, and none of all, default, jiff, regex and serde.";
    reading.push(Diagnostic::error(Code::LW0308, document.span, message).help(help));
    None
}

fn check_log_type(name: &Spanned<String>, reading: &Reading) {
    if !name.value.is_empty() && !names::is_log_type(&name.value) {
        let message = format!("`{}` cannot be the name of a log type", name.value);
        let help = "Use parts joined by dots, each a capital letter and then at least one letter or digit, 3 to 255 \
                    characters in all: `Zendesk.Audit`.";
        reading.push(Diagnostic::error(Code::LW0301, name.span, message).at("schema").help(help));
    }
}

fn check_parser(document: &Document, reading: &Reading) {
    match &document.parser {
        Some(Parser::Native(Some(name))) => {
            let schema = document.schema.as_ref().map(|schema| &schema.value);
            if schema.is_some_and(|schema| *schema != name.value) {
                let message = format!("the native parser `{}` is not named as the log type is", name.value);
                let help = "Events are read as JSON, whatever the name. Write the log type's name, or remove `parser`.";
                let diagnostic = Diagnostic::warning(Code::LW0309, name.span, message);
                reading.push(diagnostic.at("parser.native.name").help(help));
            }
        }
        Some(Parser::Script(span)) => {
            let message = "scripts are not part of the language";
            let help = "Describe the events with `fields`; each event is then one JSON object.";
            reading.push(Diagnostic::error(Code::LW0904, *span, message).at("parser.script").help(help));
        }
        _ => {}
    }
}

/// The URL, or nothing for `-`.
fn check_url(url: Option<&Spanned<String>>, reading: &Reading) -> String {
    let Some(Spanned { value, span }) = url else { return String::new() };
    if value == "-" {
        return String::new();
    }
    if !names::is_web_address(value) {
        let message = format!("`{value}` is not an http or https URL");
        let help = "Write the whole URL, or `-` for none.";
        reading.push(Diagnostic::error(Code::LW0310, *span, message).at("referenceURL").help(help));
    }
    value.clone()
}

/// What is allowed, but hardly meant.
fn advise(document: &Document, event_time: Option<EventTime<'_>>, reading: &Reading) {
    let diagnostic = match event_time {
        None => {
            let message = "no field is the time of the event, so that the time of parsing takes its place";
            let span = document.schema.as_ref().map_or(document.span, |schema| schema.span);
            Diagnostic::warning(Code::LW0601, span, message)
                .help("Add `isEventTime: true` to a timestamp.")
                .at("fields")
        }
        Some(EventTime { certain: false, span, path }) => {
            let message = "the time of the event may be missing, and the time of parsing then takes its place";
            let help =
                "Add `required: true` to the timestamp and to the objects around it, if the vendor always sends it.";
            Diagnostic::warning(Code::LW0603, span, message).at(path).help(help)
        }
        Some(EventTime { certain: true, .. }) => return,
    };
    reading.push(diagnostic);
}
