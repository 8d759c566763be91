//! Text parsers: options, patterns and names checked, each mistake at its place inside the pattern.
//!
//! `fastmatch` reads patterns and templates, `grok` replaces the names in regular expressions by the patterns they stand for
//! (`built_in`), and `re2` translates the result to the syntax of the regex crate.

mod built_in;
mod fastmatch;
mod grok;
mod re2;

use std::collections::{BTreeMap, BTreeSet};

use super::transforms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Form, Parser, TemplatePart, TextParser};
use crate::raw::parser::{self, Csv, Options};
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::{Document, Key, TypeName};
use crate::source::{SourceMap, Span};

/// The parser of a document; `None` where it has a mistake. A document without one is read as JSON.
pub(super) fn parser(document: &Document, sources: &SourceMap, reading: &Reading) -> Option<Parser> {
    let mut names = Names::default();
    let (form, options, path) = match &document.parser {
        None | Some(parser::Parser::Native(_) | parser::Parser::Script(_)) => return Some(Parser::Json),
        Some(parser::Parser::Csv(csv)) => (self::csv(csv, &mut names, reading), &csv.options, "parser.csv"),
        Some(parser::Parser::Fastmatch(fastmatch)) => {
            let form = fastmatch::form(&fastmatch.patterns, &mut names, sources, reading);
            (form, &fastmatch.options, "parser.fastmatch")
        }
        Some(parser::Parser::Regex(regex)) => {
            (grok::form(regex, &mut names, sources, reading), &regex.options, "parser.regex")
        }
    };
    let expand_fields = expand_fields(options, path, &mut names, sources, reading);
    // What a parser with mistakes would give is not known.
    let form = form?;
    names.compare(document, path, reading);
    let text = |text: &Spanned<String>| text.value.clone();
    Some(Parser::Text(TextParser {
        form,
        skip_prefix: options.skip_prefix.as_ref().map(text).unwrap_or_default(),
        trim_space: options.trim_space,
        empty_values: options.empty_values.iter().map(text).collect(),
        expand_fields,
    }))
}

/// The names of the values that a parser gives and takes.
#[derive(Debug, Default)]
struct Names {
    /// The values of the line, each with its first place.
    found: BTreeMap<String, Span>,
    /// The values made by templates.
    expanded: BTreeMap<String, Span>,
    /// The values that templates take.
    taken: BTreeSet<String>,
    /// Whether a header that is not known here gives more.
    open: bool,
}

impl Names {
    fn find(&mut self, name: &str, span: Span) {
        self.found.entry(name.to_owned()).or_insert(span);
    }

    /// Tells of values without a field, and of fields without a value.
    fn compare(&self, document: &Document, path: &str, reading: &Reading) {
        let mut fields = BTreeSet::new();
        for field in &document.fields {
            let Some(name) = &field.name else { continue };
            let reads = transforms::reads(&field.value, &name.value);
            let given = self.open
                || reads.iter().any(|name| self.found.contains_key(*name) || self.expanded.contains_key(*name));
            if !given {
                let message = format!("nothing in the parser gives the field `{}` a value", name.value);
                let help = match reads[..] {
                    [read] if read != name.value => format!("Name `{read}` in the pattern or among the columns."),
                    _ => "Name it in the pattern or among the columns, or remove the field.".to_owned(),
                };
                let diagnostic = Diagnostic::warning(Code::LW0810, name.span, message);
                reading.push(diagnostic.at(&field.value.path).help(help));
            }
            fields.extend(reads);
            if let Some(kind) = &field.value.kind
                && matches!(kind.value, TypeName::Array | TypeName::Object)
                && !field.value.keys.iter().any(|key| matches!(key.value, Key::Embedded(true)))
                && given
            {
                let message =
                    format!("a line of text gives texts, and none of them is of type `{}`", kind.value.name());
                let diagnostic = Diagnostic::warning(Code::LW0812, kind.span, message);
                let help = "Add `isEmbeddedJSON: true` if the text is JSON, or use a type that holds a text.";
                reading.push(diagnostic.at(&field.value.path).help(help));
            }
        }
        if document.field_discovery.as_ref().is_some_and(|flag| flag.value) {
            // What has no field is kept all the same.
            return;
        }
        let homeless = self.found.iter().filter(|(name, _)| !self.taken.contains(*name)).chain(&self.expanded);
        for (name, span) in homeless.filter(|(name, _)| !fields.contains(name.as_str())) {
            let message = format!("there is no field `{name}` for this value");
            let help = match reading.suggest(name, fields.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Add a field of this name, or remove the name here.".to_owned(),
            };
            reading.push(Diagnostic::warning(Code::LW0811, *span, message).at(path).help(help));
        }
    }
}

fn csv(csv: &Csv, names: &mut Names, reading: &Reading) -> Option<Form> {
    let has_header = csv.has_header.as_ref().is_some_and(|flag| flag.value);
    let delimiter = delimiter(csv.delimiter.as_ref(), reading);
    let columns = csv.columns.as_ref().map(|columns| {
        let name = |column: &Spanned<String>| (!column.value.is_empty()).then(|| column.value.clone());
        columns.iter().map(name).collect::<Vec<_>>()
    });
    match &csv.columns {
        None if has_header => names.open = true,
        None => {
            let message = "without a header and without `columns`, the columns have no names";
            let help = "Add `columns`, or `hasHeader: true` if the first line has the names.";
            reading.push(Diagnostic::error(Code::LW0809, csv.span, message).at("parser.csv").help(help));
            // That nothing has a name is not said of each name again.
            names.open = true;
            return None;
        }
        Some(columns) => {
            for column in columns.iter().filter(|column| !column.value.is_empty()) {
                names.find(&column.value, column.span);
            }
            if let Some(first) = columns.first().filter(|_| columns.iter().all(|column| column.value.is_empty())) {
                let message = "no column has a name";
                let help = "Name at least one after its field.";
                let diagnostic = Diagnostic::error(Code::LW0803, first.span, message);
                reading.push(diagnostic.at("parser.csv.columns").help(help));
                return None;
            }
        }
    }
    Some(Form::Csv { delimiter: delimiter?, has_header, columns })
}

fn delimiter(delimiter: Option<&Spanned<String>>, reading: &Reading) -> Option<char> {
    let Some(Spanned { value, span }) = delimiter else { return Some(',') };
    let mut characters = value.chars();
    match (characters.next(), characters.next()) {
        (Some(one), None) if !matches!(one, '"' | '\n' | '\r') => Some(one),
        _ => {
            let message = format!("{value:?} cannot be a delimiter");
            let help = "Use one character that is neither `\"` nor a line break, such as `,`, `;` or \"\\t\".";
            reading.push(Diagnostic::error(Code::LW0808, *span, message).at("parser.csv.delimiter").help(help));
            None
        }
    }
}

fn expand_fields(
    options: &Options,
    path: &str,
    names: &mut Names,
    sources: &SourceMap,
    reading: &Reading,
) -> Vec<(String, Vec<TemplatePart>)> {
    let mut templates = Vec::new();
    for parser::Named { name, text } in &options.expand_fields {
        let path = format!("{path}.expandFields.{}", name.value);
        names.expanded.insert(name.value.clone(), name.span);
        let Some(parts) = fastmatch::template(text, &path, sources, reading) else { continue };
        for (part, span) in &parts {
            let TemplatePart::Value(key) = part else { continue };
            names.taken.insert(key.clone());
            if !names.open && !names.found.contains_key(key) {
                let message = format!("the parser gives no value `{key}`, so that nothing stands here");
                let help = match reading.suggest(key, names.found.keys().map(String::as_str)) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Templates see the values of the line alone, not those of other templates.".to_owned(),
                };
                reading.push(Diagnostic::warning(Code::LW0810, *span, message).at(&path).help(help));
            }
        }
        templates.push((name.value.clone(), parts.into_iter().map(|(part, _)| part).collect()));
    }
    templates
}
