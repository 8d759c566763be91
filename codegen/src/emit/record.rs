//! One log type as one file: the typed records, how they are written, and what is found in them. How they are read is in
//! `members`, or in `text`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::imports::imports;
use super::members::read_from_json;
use super::{Home, discovery, docs, ident, schema as metadata, text, times, transforms, types, variant};
use crate::contract::model::Log;
use crate::model::{Field, Object, Parser, Schema, Type};

/// The file of a log type; `log` is what the pull contract says of it, where there is one.
pub(super) fn file(schema: &Schema, log: Option<&Log>, home: &Home) -> TokenStream {
    let head = docs::inner(&head(schema));
    let origin = home.origin(&schema.file);
    let joined = log.is_some_and(|log| log.key.len() > 1);
    let imports = imports(schema, joined, home.kernel());
    let holders = Holders::of(schema);
    let embedded = transforms::embedded(schema);
    let objects = schema.objects.iter().enumerate().map(|(index, object)| {
        let is_event = index == 0;
        let event = is_event.then(|| event(schema, object, log));
        let (members, beside) = match &schema.parser {
            Parser::Json => (is_event.then(|| parse(object)), Some(read_from_json(schema, object))),
            Parser::Text(parser) if is_event => {
                (Some(text::members(schema, parser, &formats_path)), Some(text::items(schema, parser)))
            }
            Parser::Text(_) if embedded.contains(&index) => (None, Some(read_from_json(schema, object))),
            // A text is no object unless it holds one as JSON, and so nothing reads it.
            Parser::Text(_) => (None, None),
        };
        let owned = embedded.contains(&index).then(|| transforms::into_owned(schema, object));
        let object = self::object(schema, &holders, object, members.as_ref(), home);
        quote!(#object #owned #event #beside)
    });
    let metadata = metadata::constants(schema, &formats_path);
    quote! { #head #origin #imports #(#objects)* #metadata }
}

fn head(schema: &Schema) -> String {
    let head = format!("Log type `{}`.", schema.log_type);
    if schema.reference_url.is_empty() {
        return head;
    }
    format!("{head}\n\nDocumentation of the vendor: {}", schema.reference_url)
}

/// A struct and everything it can do; `reading` are the methods that make one.
fn object(
    schema: &Schema,
    holders: &Holders,
    object: &Object,
    reading: Option<&TokenStream>,
    home: &Home,
) -> TokenStream {
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
    let formats = formats(object);
    let (write, more_writes) = write(schema, object);
    let (indicators, more_indicators) = collect_indicators(holders, object).unzip();
    let event_time = event_time(holders, object);
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
    let more = quote!(#more_writes #more_indicators);
    let more = (!more.is_empty()).then(|| quote!(impl #name #anonymous { #more }));
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        #derives
        #bound
        pub struct #name #generics { #(#fields,)* #undeclared }
        #members
        impl Object for #name #anonymous { #write #indicators #event_time }
        #more
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

/// The field of a complete object, whose value is in `slot`. What is wrong is told by the key that was sent, if it has one.
pub(super) fn complete(field: &Field, slot: &impl ToTokens) -> TokenStream {
    let (name, key) = (ident(&field.rust_name), field.key().unwrap_or(&field.name));
    match (field.required, field.value.opened()) {
        (true, _) => quote!(#name: #slot.required(#key)?),
        (false, Type::Array(_)) => quote!(#name: #slot.optional(#key)?.unwrap_or_default()),
        (false, _) => quote!(#name: #slot.optional(#key)?),
    }
}

fn write(schema: &Schema, object: &Object) -> (TokenStream, TokenStream) {
    let fields = object.fields.iter().map(|field| {
        let (name, key) = (ident(&field.rust_name), json_content(&field.name));
        if is_time(&field.value) {
            let formats = formats_path(object, field);
            quote!(object.time(#key, &self.#name, #formats);)
        } else {
            quote!(object.field(#key, &self.#name);)
        }
    });
    let undeclared = discovery::member(schema, object).map(|member| quote!(object.undeclared(&self.#member);));
    in_groups("write_fields", &quote!(object), &quote!(ObjectWriter<'_>), fields.chain(undeclared))
}

/// A method of [`Object`] that is a list of statements, and the methods of the struct's own that it goes on with: nobody
/// wants to read, nor does Clippy, a function of more than a hundred lines. A statement takes
/// five of them at most.
fn in_groups(
    name: &str,
    argument: &TokenStream,
    kind: &TokenStream,
    statements: impl Iterator<Item = TokenStream>,
) -> (TokenStream, TokenStream) {
    let mut groups = vec![(0, Vec::new())];
    for statement in statements {
        let text = statement.to_string();
        let lines = if text.len() < 80 && !text.contains('{') { 1 } else { 5 };
        match groups.last_mut() {
            Some((sum, group)) if *sum + lines <= 90 => {
                *sum += lines;
                group.push(statement);
            }
            _ => groups.push((lines, vec![statement])),
        }
    }
    let names: Vec<Ident> = (1..=groups.len())
        .map(|number| if number == 1 { format_ident!("{name}") } else { format_ident!("{name}_{number}") })
        .collect();
    let mut methods = groups.iter().zip(&names).enumerate().map(|(index, ((_, group), name))| {
        let next = names.get(index + 1).map(|next| quote!(self.#next(#argument);));
        quote!(fn #name(&self, #argument: &mut #kind) { #(#group)* #next })
    });
    (methods.next().unwrap_or_default(), methods.collect())
}

/// A key as the content of a JSON string.
pub(super) fn json_content(key: &str) -> String {
    let mut quoted = Vec::new();
    logwright::json::write_string(key, &mut quoted);
    let quoted = String::from_utf8_lossy(&quoted);
    quoted[1..quoted.len() - 1].to_owned()
}

fn collect_indicators(holders: &Holders, object: &Object) -> Option<(TokenStream, TokenStream)> {
    let mut statements = Vec::new();
    for field in &object.fields {
        let name = ident(&field.rust_name);
        let (depth, innermost) = innermost(&field.value);
        match innermost {
            Type::String { indicators, .. } => statements.extend(indicators.iter().map(|indicator| {
                let indicator = variant(&indicator);
                quote!(indicators.collect(Indicator::#indicator, &self.#name);)
            })),
            Type::Object(index) if holders.indicators[*index] => statements.push(match (depth, field.required) {
                (0, true) => quote!(self.#name.collect_indicators(indicators);),
                (0, false) => quote!(if let Some(object) = &self.#name { object.collect_indicators(indicators); }),
                _ => {
                    let flatten = (1..2 * depth).map(|_| quote!(.flatten()));
                    quote!(for object in self.#name.iter() #(#flatten)* { object.collect_indicators(indicators); })
                }
            }),
            _ => {}
        }
    }
    (!statements.is_empty())
        .then(|| in_groups("collect_indicators", &quote!(indicators), &quote!(Indicators), statements.into_iter()))
}

/// Which objects, by index, hold something of interest, themselves or in an object inside them.
struct Holders {
    indicators: Vec<bool>,
    event_time: Vec<bool>,
}

impl Holders {
    fn of(schema: &Schema) -> Self {
        Self {
            indicators: holders(
                schema,
                |value| matches!(value, Type::String { indicators, .. } if !indicators.is_empty()),
            ),
            event_time: holders(schema, |value| matches!(value, Type::Timestamp { event_time: true, .. })),
        }
    }

    fn gives_event_time(&self, value: &Type) -> bool {
        match innermost(value).1 {
            Type::Timestamp { event_time, .. } => *event_time,
            Type::Object(index) => self.event_time[*index],
            _ => false,
        }
    }
}

/// The objects that hold a value that is `meant`. In rounds, each of which goes one object further out: objects may be
/// shared, so that a walk through all paths would not end in time.
fn holders(schema: &Schema, meant: impl Fn(&Type) -> bool) -> Vec<bool> {
    let mut found = vec![false; schema.objects.len()];
    loop {
        let holds = |field: &Field| match innermost(&field.value).1 {
            Type::Object(index) => found[*index],
            value => meant(value),
        };
        let next: Vec<bool> = schema.objects.iter().map(|object| object.fields.iter().any(holds)).collect();
        if next == found {
            return found;
        }
        found = next;
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

fn is_time(value: &Type) -> bool {
    matches!(innermost(value).1, Type::Timestamp { .. })
}

/// The method that finds the event's time: the marked timestamps in schema order, up to the first that is never absent.
fn event_time(holders: &Holders, object: &Object) -> Option<TokenStream> {
    let mut chain: Option<TokenStream> = None;
    for field in &object.fields {
        if !holders.gives_event_time(&field.value) {
            continue;
        }
        let name = ident(&field.rust_name);
        let never_absent = field.required && matches!(field.value, Type::Timestamp { .. });
        let time = match (field.value.opened(), field.required) {
            (Type::Timestamp { .. }, true) => quote!(Some(self.#name)),
            (Type::Timestamp { .. }, false) => quote!(self.#name),
            (Type::Object(_), true) => quote!(self.#name.event_time()),
            (Type::Object(_), false) => quote!(self.#name.as_ref().and_then(Object::event_time)),
            (value, _) => first_time(quote!(self.#name.first().and_then(Option::as_ref)), value),
        };
        chain = Some(match chain {
            None => time,
            Some(before) if matches!(field.value, Type::Timestamp { .. }) => quote!(#before.or(#time)),
            Some(before) => quote!(#before.or_else(|| #time)),
        });
        if never_absent {
            break;
        }
    }
    chain.map(|chain| quote!(fn event_time(&self) -> Option<Timestamp> { #chain }))
}

/// The time in the first element of an array; `first` is that element, if there is one.
fn first_time(first: TokenStream, array: &Type) -> TokenStream {
    match array.opened() {
        Type::Array(element) => match element.opened() {
            Type::Timestamp { .. } => quote!(#first.copied()),
            Type::Object(_) => quote!(#first.and_then(Object::event_time)),
            inner => first_time(quote!(#first.and_then(|list| list.first()).and_then(Option::as_ref)), inner),
        },
        _ => first,
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

/// What only the event itself has: its schema, its key, and its log type for use behind a trait.
fn event(schema: &Schema, object: &Object, log: Option<&Log>) -> TokenStream {
    let name = format_ident!("{}", object.rust_name);
    let anonymous = object.borrows.then(|| quote!(<'_>));
    let pulled = log.map(|log| pulled(object, log));
    let doc = format!(" Log type `{}`, for programs that choose at run time.", schema.log_type);
    let log_type = match &schema.parser {
        Parser::Json => {
            quote!(ParsedBy::json(&SCHEMA, |input, then| {
                input.parse::<#name #anonymous>().map(|record| then(&record))
            }))
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
    let time = field(&log.time.field).map(|field| ident(&field.rust_name));
    quote! {
        fn key(&self) -> Option<String> {
            Some(#key)
        }
        fn time(&self) -> Option<Timestamp> {
            Some(self.#time)
        }
    }
}

/// The constants for the formats of an object's timestamps.
fn formats(object: &Object) -> TokenStream {
    let constants = object.fields.iter().filter_map(|field| match innermost(&field.value).1 {
        Type::Timestamp { formats, .. } => {
            let (name, formats) = (formats_name(field), times::formats(formats));
            let doc = docs::outer(&format!("How `{}` is written.", field.name.escape_debug()));
            Some(quote! {
                #doc
                const #name: &'static [TimeFormat<'static>] = #formats;
            })
        }
        _ => None,
    });
    quote!(#(#constants)*)
}

/// The constant that holds a timestamp's formats.
fn formats_name(field: &Field) -> Ident {
    format_ident!("{}_FORMATS", field.rust_name.trim_start_matches("r#").to_uppercase())
}

/// The same constant, from outside its object.
pub(super) fn formats_path(object: &Object, field: &Field) -> TokenStream {
    let (object, name) = (format_ident!("{}", object.rust_name), formats_name(field));
    quote!(#object::#name)
}
