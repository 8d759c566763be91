//! What a schema says, as constants: one table for each object, by which its fields are described, read, written and searched.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::record::formats;
use super::{transforms, variant};
use crate::model::{Field, Object, Schema, Type};

/// The constant `SCHEMA`.
pub(super) fn constant(schema: &Schema) -> TokenStream {
    let (log_type, description) = (&schema.log_type, &schema.description);
    let (reference_url, fingerprint) = (&schema.reference_url, &schema.fingerprint);
    let fields = table_name(&schema.objects[0]);
    quote! {
        /// What the schema says.
        pub const SCHEMA: Schema = Schema {
            log_type: #log_type,
            description: #description,
            reference_url: #reference_url,
            fingerprint: #fingerprint,
            fields: &#fields,
        };
    }
}

/// The table of an object's fields. It says how each is read where the object is read as JSON.
pub(super) fn table(schema: &Schema, object: &Object, is_read_as_json: bool) -> TokenStream {
    let (name, count) = (table_name(object), Literal::usize_unsuffixed(object.fields.len()));
    let doc = format!(" The fields of [`{}`].", object.rust_name);
    let fields = object.fields.iter().map(|field| entry(schema, object, field, is_read_as_json));
    quote! {
        #[doc = #doc]
        static #name: [Field; #count] = [#(#fields),*];
    }
}

/// The static that holds an object's fields.
pub(super) fn table_name(object: &Object) -> Ident {
    format_ident!("{}_FIELDS", object.rust_name.to_shouty_snake_case())
}

/// Whether `Kind` is named in the tables.
pub(super) fn names_kinds(schema: &Schema) -> bool {
    let mut fields = schema.objects.iter().flat_map(|object| &object.fields);
    fields.any(|field| matches!(field.value.opened(), Type::Array(_) | Type::Object(_)))
}

fn entry(schema: &Schema, object: &Object, field: &Field, is_read_as_json: bool) -> TokenStream {
    let (name, formats) = (&field.name, formats(schema, object, field));
    let of_type = match field.value.opened() {
        Type::String { .. } => quote!(string(#name)),
        Type::SmallInt => quote!(smallint(#name)),
        Type::Int => quote!(int(#name)),
        Type::BigInt => quote!(bigint(#name)),
        Type::Float => quote!(float(#name)),
        Type::Boolean => quote!(boolean(#name)),
        Type::Json => quote!(json(#name)),
        Type::Timestamp { .. } => quote!(timestamp(#name, #formats)),
        other => {
            let kind = kind(schema, other, &formats);
            quote!(new(#name, #kind))
        }
    };
    let required = field.required.then(|| quote!(.required()));
    let event_time = is_event_time(&field.value).then(|| quote!(.event_time()));
    let indicators = indicators(&field.value);
    let reading = is_read_as_json.then(|| transforms::reading(field));
    let about = Some(&field.description).filter(|text| !text.is_empty()).map(|text| quote!(.about(#text)));
    quote!(Field::#of_type #required #event_time #indicators #reading #about)
}

fn kind(schema: &Schema, value: &Type, formats: &TokenStream) -> TokenStream {
    match value {
        Type::String { .. } => quote!(Kind::String),
        Type::SmallInt => quote!(Kind::SmallInt),
        Type::Int => quote!(Kind::Int),
        Type::BigInt => quote!(Kind::BigInt),
        Type::Float => quote!(Kind::Float),
        Type::Boolean => quote!(Kind::Boolean),
        Type::Json => quote!(Kind::Json),
        Type::Timestamp { .. } => quote!(Kind::Timestamp(#formats)),
        Type::Array(element) => {
            let element = kind(schema, element, formats);
            quote!(Kind::Array(&#element))
        }
        Type::Embedded(inner) => kind(schema, inner, formats),
        Type::Object(index) => {
            let fields = table_name(&schema.objects[*index]);
            quote!(Kind::Object(&#fields))
        }
    }
}

fn is_event_time(value: &Type) -> bool {
    match value {
        Type::Timestamp { event_time, .. } => *event_time,
        Type::Array(inner) | Type::Embedded(inner) => is_event_time(inner),
        _ => false,
    }
}

fn indicators(value: &Type) -> TokenStream {
    match value {
        Type::String { indicators, .. } if !indicators.is_empty() => {
            let names = indicators.iter().map(|indicator| variant(&indicator));
            quote!(.indicators(&[#(Indicator::#names),*]))
        }
        Type::Array(inner) | Type::Embedded(inner) => indicators(inner),
        _ => quote!(),
    }
}
