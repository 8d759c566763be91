//! Types of the schema language as Rust: how a value is held, and how it is read.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{transforms, variant};
use crate::model::{Field, Mask, Rule, Schema, Type, Validate};

/// The type that holds a value.
pub(super) fn held(schema: &Schema, value: &Type) -> TokenStream {
    match value {
        Type::String { .. } => quote!(Text<'a>),
        Type::SmallInt => quote!(i16),
        Type::Int => quote!(i32),
        Type::BigInt => quote!(i64),
        Type::Float => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Timestamp { .. } => quote!(Timestamp),
        Type::Json => quote!(RawJson<'a>),
        Type::Array(element) => {
            let is_nested = matches!(element.opened(), Type::Array(_));
            let element = list_of(schema, element);
            if is_nested { quote!(ListOf<#element>) } else { quote!(Vec<Option<#element>>) }
        }
        Type::Embedded(inner) => held(schema, inner),
        Type::Object(index) => {
            let object = &schema.objects[*index];
            let name = format_ident!("{}", object.rust_name);
            if object.borrows { quote!(#name<'a>) } else { quote!(#name) }
        }
    }
}

/// The type of a list's elements. Lists in lists have a name for what they are: to write it out would be a long type.
fn list_of(schema: &Schema, element: &Type) -> TokenStream {
    match element.opened() {
        Type::Array(inner) => {
            let inner = list_of(schema, inner);
            quote!(ListOf<#inner>)
        }
        other => held(schema, other),
    }
}

/// The type of a struct's field: what may be absent is an `Option`, but for lists, which are then empty.
pub(super) fn of_field(schema: &Schema, field: &Field) -> TokenStream {
    let held = held(schema, &field.value);
    if field.required || matches!(field.value.opened(), Type::Array(_)) { held } else { quote!(Option<#held>) }
}

/// The expression that reads a value from `reader`, as a `Result` of a slot.
pub(super) fn read(schema: &Schema, reader: &TokenStream, value: &Type, formats: &TokenStream) -> TokenStream {
    match value {
        Type::String { validate: None, mask: None, .. } => quote!(#reader.string()),
        Type::String { validate, mask, .. } => {
            let checks = checks(mask.as_ref(), validate.as_ref());
            quote!(#reader.string().map(|text| text #checks))
        }
        Type::SmallInt => quote!(#reader.smallint()),
        Type::Int => quote!(#reader.int()),
        Type::BigInt => quote!(#reader.bigint()),
        Type::Float => quote!(#reader.float()),
        Type::Boolean => quote!(#reader.boolean()),
        Type::Timestamp { .. } => quote!(#reader.timestamp(#formats)),
        Type::Json => quote!(#reader.json()),
        Type::Array(element) => {
            let element = read_element(schema, element, formats);
            quote!(#reader.array(#element))
        }
        Type::Object(index) => {
            let name = format_ident!("{}", schema.objects[*index].rust_name);
            quote!(#reader.object(Reader::record::<#name>))
        }
        Type::Embedded(inner) => {
            let read = read_embedded(schema, inner, formats);
            quote!(#reader.embedded(#read))
        }
    }
}

/// The function that reads the content of a string. The string is gone when it is done, and so nothing may borrow from it.
fn read_embedded(schema: &Schema, inner: &Type, formats: &TokenStream) -> TokenStream {
    let read = read(schema, &quote!(reader), inner, formats);
    let owned = borrows(schema, inner).then(|| quote!(.map(IntoOwned::into_owned)));
    quote!(|reader| #read #owned)
}

/// Whether a value borrows from what it was read from.
pub(super) fn borrows(schema: &Schema, value: &Type) -> bool {
    match value {
        Type::String { .. } | Type::Json => true,
        Type::Array(inner) | Type::Embedded(inner) => borrows(schema, inner),
        Type::Object(index) => schema.objects[*index].borrows,
        _ => false,
    }
}

/// What the table of fields says of how a text is hidden and checked.
pub(super) fn checked(value: &Type) -> TokenStream {
    match value {
        Type::Array(element) => checked(element),
        Type::String { validate: None, mask: None, .. } => quote!(),
        Type::String { validate, mask, .. } => {
            let checks = checks(mask.as_ref(), validate.as_ref());
            quote!(.checked(|text| text #checks))
        }
        _ => quote!(),
    }
}

/// The expression that decodes a value which `reader` has passed over, and which is [decoded late](Type::is_decoded_late), as a
/// `Result` of a slot.
pub(super) fn made(schema: &Schema, value: &TokenStream, kind: &Type, formats: &TokenStream) -> TokenStream {
    match kind {
        Type::Array(element) => {
            let element = read_element(schema, element, formats);
            quote!(#value.array(reader, #element))
        }
        other => {
            let read = read_embedded(schema, other.opened(), formats);
            quote!(#value.embedded(reader, #read))
        }
    }
}

/// The expression that decodes a value of a line of text, as a slot.
pub(super) fn decode(schema: &Schema, value: &TokenStream, kind: &Type, formats: &TokenStream) -> TokenStream {
    match kind {
        Type::String { validate, mask, .. } => {
            let checks = checks(mask.as_ref(), validate.as_ref());
            quote!(#value.string() #checks)
        }
        Type::SmallInt => quote!(#value.smallint()),
        Type::Int => quote!(#value.int()),
        Type::BigInt => quote!(#value.bigint()),
        Type::Float => quote!(#value.float()),
        Type::Boolean => quote!(#value.boolean()),
        Type::Timestamp { .. } => quote!(#value.timestamp(#formats)),
        Type::Json => quote!(#value.json()),
        Type::Array(_) => quote!(#value.array()),
        Type::Object(_) => quote!(#value.object()),
        Type::Embedded(inner) => {
            let read = read_embedded(schema, inner, formats);
            quote!(#value.embedded(#read))
        }
    }
}

/// Adds `Reader` where the elements of an array are read by a method's name.
pub(super) fn name_reader(array: &Type, names: &mut BTreeSet<&'static str>) {
    let Type::Array(element) = array else { return };
    match &**element {
        Type::Array(_) => name_reader(element, names),
        Type::Embedded(inner) => name_reader(inner, names),
        Type::String { validate: None, mask: None, .. }
        | Type::SmallInt
        | Type::Int
        | Type::BigInt
        | Type::Float
        | Type::Boolean
        | Type::Json => _ = names.insert("Reader"),
        _ => {}
    }
}

/// Whether a text of this type is checked for being an address or a range of them.
pub(super) fn checks_address(kind: &Type) -> bool {
    matches!(kind, Type::String { validate: Some(rules), .. } if rules.ip.is_some() || rules.cidr.is_some())
}

/// The function that reads an element of an array: a method's name where that is all, else a closure.
fn read_element(schema: &Schema, element: &Type, formats: &TokenStream) -> TokenStream {
    match element {
        Type::String { validate: None, mask: None, .. } => quote!(Reader::string),
        Type::SmallInt => quote!(Reader::smallint),
        Type::Int => quote!(Reader::int),
        Type::BigInt => quote!(Reader::bigint),
        Type::Float => quote!(Reader::float),
        Type::Boolean => quote!(Reader::boolean),
        Type::Json => quote!(Reader::json),
        _ => {
            let read = read(schema, &quote!(reader), element, formats);
            quote!(|reader| #read)
        }
    }
}

/// The calls that hide a text and check it.
fn checks(mask: Option<&Mask>, validate: Option<&Validate>) -> TokenStream {
    let mask = transforms::mask(mask);
    let Some(validate) = validate else { return quote!(#mask) };
    let rule = match &validate.rule {
        Some(Rule::Allow(values)) => quote!(.allow(&[#(#values),*])),
        Some(Rule::Deny(values)) => quote!(.deny(&[#(#values),*])),
        None => quote!(),
    };
    let ip = validate.ip.map(|kind| {
        let kind = variant(&kind);
        quote!(.ip(IpKind::#kind))
    });
    let cidr = validate.cidr.map(|kind| {
        let kind = variant(&kind);
        quote!(.cidr(IpKind::#kind))
    });
    quote!(#mask #rule #ip #cidr)
}
