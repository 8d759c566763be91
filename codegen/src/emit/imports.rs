//! The `use` lines at the head of a log type's file.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::record::innermost;
use super::{passed, schema, text, times, transforms, types};
use crate::model::{Format, Parser, Schema, Type};

/// The names that the file uses, and no more.
pub(super) fn imports(schema: &Schema, joined: bool, kernel: &TokenStream) -> TokenStream {
    let mut indicators = BTreeSet::new();
    let mut json = BTreeSet::from(["Declared", "Error", "Then", "Values", "debug", "equal"]);
    let mut text = None;
    json.extend(transforms::imports(schema));
    if passed::is(schema) {
        json.insert("PassOn");
    }
    match &schema.parser {
        Parser::Json => _ = json.insert("Reader"),
        Parser::Text(parser) => {
            if text::leaves_empty(schema, parser) {
                json.insert("Slot");
            }
            text = Some(quote!(use #kernel::text;));
        }
    }
    let mut addresses = false;
    let mut all_formats: Vec<&Format> = Vec::new();
    for field in schema.objects.iter().flat_map(|object| &object.fields) {
        let (depth, innermost) = innermost(&field.value);
        if depth > 1 {
            json.insert("ListOf");
        }
        match innermost {
            text @ Type::String { indicators: found, .. } => {
                json.insert("Text");
                if !found.is_empty() {
                    indicators.insert("Indicator");
                }
                addresses |= types::checks_address(text);
            }
            Type::Json => {
                json.insert("RawJson");
            }
            Type::Timestamp { formats, .. } => all_formats.extend(formats),
            _ => {}
        }
    }
    let formats: Vec<Format> = all_formats.into_iter().cloned().collect();
    let mut time = BTreeSet::new();
    if !formats.is_empty() {
        time.extend(["TimeFormat", "Timestamp"]);
    }
    let mut log_type = BTreeSet::from(["Field", "ParsedBy", "Record", "Schema"]);
    if schema::names_kinds(schema) {
        log_type.insert("Kind");
    }
    if joined {
        log_type.insert("join_key");
    }
    let log_type = import(kernel, "log_type", &log_type);
    let patterns = times::has_pattern(&formats).then(|| quote!(use #kernel::time;));
    let json = json.into_iter().map(|name| format_ident!("{name}"));
    let indicators = import(kernel, "indicators", &indicators);
    let time = import(kernel, "time", &time);
    if let Parser::Text(parser) = &schema.parser {
        addresses = text::checks_addresses(schema, parser);
    }
    let validate = addresses.then(|| quote!(use #kernel::validate::IpKind;));
    quote! {
        #indicators
        use #kernel::json::{#(#json),*};
        #log_type
        #text
        #patterns
        #time
        #validate
    }
}

fn import(kernel: &TokenStream, module: &str, names: &BTreeSet<&str>) -> Option<TokenStream> {
    let module = format_ident!("{module}");
    let names = names.iter().map(|name| format_ident!("{name}"));
    (names.len() > 0).then(|| quote!(use #kernel::#module::{#(#names),*};))
}
