//! One log type as one file: the typed records, and what is known of them. How they are read and written is in `members` and
//! in `text`, what their schema says in `schema`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::imports::imports;
use super::members::{read_from_json, sure_time, values};
use super::{Home, discovery, docs, ident, passed, schema as metadata, text, times, transforms, types};
use crate::contract::model::Log;
use crate::model::{Field, Object, Parser, Schema, Type};

/// The file of a log type; `log` is what the pull contract says of it, where there is one.
pub(super) fn file(schema: &Schema, log: Option<&Log>, home: &Home) -> TokenStream {
    let head = docs::inner(&head(schema));
    let origin = home.origin(&schema.file);
    let joined = log.is_some_and(|log| log.key.len() > 1);
    let imports = imports(schema, joined, home.kernel());
    let embedded = transforms::embedded(schema);
    let objects = schema.objects.iter().enumerate().map(|(index, object)| {
        let is_event = index == 0;
        let event = is_event.then(|| event(schema, object, log));
        let (members, beside) = match &schema.parser {
            Parser::Json => (is_event.then(|| parse(object)), Some(read_from_json(schema, object))),
            Parser::Text(parser) if is_event => {
                let formats = |object: &Object, field: &Field| formats(schema, object, field);
                (Some(text::members(schema, parser, &formats)), Some(text::items(schema, parser)))
            }
            Parser::Text(_) if embedded.contains(&index) => (None, Some(read_from_json(schema, object))),
            // A text is no object unless it holds one as JSON, and so nothing reads it.
            Parser::Text(_) => (None, None),
        };
        let owned = embedded.contains(&index).then(|| transforms::into_owned(schema, object));
        let values = values(schema, object);
        let is_read_as_json = schema.parser == Parser::Json || !is_event && embedded.contains(&index);
        let table = metadata::table(schema, object, is_read_as_json);
        let (compared, object) = (compared(object), self::object(schema, object, members.as_ref(), home));
        quote!(#object #beside #values #compared #owned #event #table)
    });
    quote! { #head #origin #imports #(#objects)* }
}

fn head(schema: &Schema) -> String {
    let head = format!("Log type `{}`.", schema.log_type);
    if schema.reference_url.is_empty() {
        return head;
    }
    format!("{head}\n\nDocumentation of the vendor: {}", schema.reference_url)
}

/// A struct and its own methods; `reading` are those that make one.
fn object(schema: &Schema, object: &Object, reading: Option<&TokenStream>, home: &Home) -> TokenStream {
    let name = format_ident!("{}", object.rust_name);
    let generics = object.borrows.then(|| quote!(<'a>));
    let anonymous = object.borrows.then(|| quote!(<'_>));
    let derives = home.of_serde(&quote!(derive(serde::Serialize, serde::Deserialize)));
    let bound = object.borrows.then(|| home.of_serde(&quote!(serde(bound(deserialize = "'de: 'a"))))).flatten();
    let doc = docs::outer(&description(schema, object));
    let fields = object.fields.iter().map(|field| {
        let doc = docs::outer(if field.description.is_empty() { &field.name } else { &field.description });
        let (name, of_field) = (ident(&field.rust_name), types::of_field(schema, field));
        let serde = serde(field, home);
        quote!(#doc #serde pub #name: #of_field)
    });
    let undeclared = discovery::member(schema, object).map(|member| discovery::declaration(&member, home));
    let formats = format_constants(schema, object);
    let (lifetime, of_reading) = match reading {
        // Without a method that makes one there are only constants, which have no use for the lifetime.
        None => (None, anonymous.as_ref()),
        Some(_) => (generics.as_ref(), generics.as_ref()),
    };
    let members = (!formats.is_empty() || reading.is_some()).then(|| {
        quote! {
            impl #lifetime #name #of_reading {
                #formats
                #reading
            }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Default)]
        #derives
        #bound
        pub struct #name #generics { #(#fields,)* #undeclared }
        #members
    }
}

fn description(schema: &Schema, object: &Object) -> String {
    let is_event = object.path.is_empty();
    let description = if is_event { &schema.description } else { &object.description };
    match (description.is_empty(), is_event) {
        (false, _) => description.clone(),
        (true, true) => format!("An event of log type `{}`.", schema.log_type),
        (true, false) => format!("The object at `{}`.", object.path),
    }
}

/// How serde names the field, and that a list may be missing.
fn serde(field: &Field, home: &Home) -> Option<TokenStream> {
    let rename = (field.rust_name.trim_start_matches("r#") != field.name).then(|| {
        let name = &field.name;
        quote!(rename = #name)
    });
    let default = matches!(field.value.opened(), Type::Array(_)).then(|| quote!(default));
    let attributes: Vec<TokenStream> = rename.into_iter().chain(default).collect();
    if attributes.is_empty() { None } else { home.of_serde(&quote!(serde(#(#attributes),*))) }
}

/// The value of a field of a complete object, from its slot. What is wrong is told by the key that was sent, if it has one.
pub(super) fn complete(field: &Field, slot: &impl ToTokens) -> TokenStream {
    let key = field.key().unwrap_or(&field.name);
    match (field.required, field.value.opened()) {
        (true, _) => quote!(#slot.required(#key)?),
        (false, Type::Array(_)) => quote!(#slot.optional(#key)?.unwrap_or_default()),
        (false, _) => quote!(#slot.optional(#key)?),
    }
}

/// How many arrays are around a type, and what is inside them.
pub(super) fn innermost(value: &Type) -> (usize, &Type) {
    match value.opened() {
        Type::Array(element) => {
            let (depth, innermost) = innermost(element);
            (depth + 1, innermost)
        }
        other => (0, other),
    }
}

/// The method that parses an event.
fn parse(object: &Object) -> TokenStream {
    let (input, doc) = if object.borrows {
        (quote!(&'a [u8]), " Parses one event, a JSON object. Texts borrow from `input`.")
    } else {
        (quote!(&[u8]), " Parses one event, a JSON object.")
    };
    quote! {
        #[doc = #doc]
        ///
        /// # Errors
        /// When `input` is not one JSON object, or not of this log type; the error names the place.
        pub fn parse(input: #input) -> Result<Self, Error> {
            Reader::parse(input)
        }
    }
}

/// How a record is compared and shown: by its table, in the kernel, since derived code takes long to compile. Nothing is
/// compiled for what nobody calls.
fn compared(object: &Object) -> TokenStream {
    let (name, text) = (format_ident!("{}", object.rust_name), &object.rust_name);
    let anonymous = object.borrows.then(|| quote!(<'_>));
    quote! {
        impl PartialEq for #name #anonymous {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                equal(self, other)
            }
        }

        impl std::fmt::Debug for #name #anonymous {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                debug(self, #text, f)
            }
        }
    }
}

/// What only the event itself has: its schema, its key, and its log type for use behind a trait.
fn event(schema: &Schema, object: &Object, log: Option<&Log>) -> TokenStream {
    let name = format_ident!("{}", object.rust_name);
    let anonymous = object.borrows.then(|| quote!(<'_>));
    let pulled = log.map(|log| pulled(object, log));
    let schema_constant = metadata::constant(schema);
    let doc = format!(" Log type `{}`, for programs that choose at run time.", schema.log_type);
    let is_passed_on = passed::is(schema);
    let statics = is_passed_on.then(|| passed::statics(object, log));
    let log_type = match &schema.parser {
        Parser::Json if is_passed_on => {
            quote!(ParsedBy::json(&SCHEMA, |input, then| input.pass_on(&PASS_ON, then)))
        }
        Parser::Json => {
            quote!(ParsedBy::json(&SCHEMA, |input, then| input.each::<#name #anonymous>(then)))
        }
        Parser::Text(parser) if text::has_header(parser) => {
            quote!(ParsedBy::after_header(&SCHEMA, |header, line, then| {
                #name::parse(header, line).map(|record| record.iter().for_each(|record| then(record)))
            }))
        }
        Parser::Text(_) => quote!(ParsedBy::new(&SCHEMA, |line, then| {
            #name::parse(line).map(|record| record.iter().for_each(|record| then(record)))
        })),
    };
    quote! {
        impl Record for #name #anonymous {
            fn schema(&self) -> &'static Schema {
                &SCHEMA
            }
            #pulled
        }
        #[doc = #doc]
        pub const LOG_TYPE: ParsedBy = #log_type;
        #statics
        #schema_constant
    }
}

/// What a pull contract says of the event: what identifies it, and when its source says that it was.
fn pulled(object: &Object, log: &Log) -> TokenStream {
    let field = |name: &String| object.fields.iter().find(|field| field.name == *name);
    let keys: Vec<Ident> = log.key.iter().filter_map(field).map(|field| ident(&field.rust_name)).collect();
    let key = match &keys[..] {
        [key] => quote!(self.#key.to_string()),
        keys => quote!(join_key(&[#(&self.#keys),*])),
    };
    let event_time = sure_time(object).map(|field| &field.name);
    let time = field(&log.time.field).filter(|field| Some(&field.name) != event_time).map(|field| {
        let name = ident(&field.rust_name);
        quote! {
            fn time(&self) -> Option<Timestamp> {
                Some(self.#name)
            }
        }
    });
    quote! {
        fn key(&self) -> Option<String> {
            Some(#key)
        }
        #time
    }
}

/// The constants for the formats of an object's timestamps, where functions name them.
fn format_constants(schema: &Schema, object: &Object) -> TokenStream {
    let constants = object.fields.iter().filter_map(|field| {
        if !is_named(schema, object, field) {
            return None;
        }
        let Type::Timestamp { formats, .. } = innermost(&field.value).1 else { return None };
        let (name, formats) = (formats_name(field), times::formats(formats));
        let doc = docs::outer(&format!("How `{}` is written.", field.name.escape_debug()));
        Some(quote! {
            #doc
            const #name: &'static [TimeFormat<'static>] = #formats;
        })
    });
    quote!(#(#constants)*)
}

/// The formats of a field's times, from outside its object; nothing where it has none.
pub(super) fn formats(schema: &Schema, object: &Object, field: &Field) -> TokenStream {
    match innermost(&field.value).1 {
        Type::Timestamp { formats, .. } if !is_named(schema, object, field) => times::formats(formats),
        Type::Timestamp { .. } => {
            let (object, name) = (format_ident!("{}", object.rust_name), formats_name(field));
            quote!(#object::#name)
        }
        _ => quote!(),
    }
}

/// Whether the formats of a field's times are named more than once, and so a constant: where a function reads them.
fn is_named(schema: &Schema, object: &Object, field: &Field) -> bool {
    let is_of_line = matches!(schema.parser, Parser::Text(_)) && object.path.is_empty();
    is_of_line || field.value.is_decoded_late()
}

/// The constant that holds a timestamp's formats.
fn formats_name(field: &Field) -> Ident {
    format_ident!("{}_FORMATS", field.rust_name.trim_start_matches("r#").to_uppercase())
}
