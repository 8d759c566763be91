//! What a schema says, as constants that a program can print.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::variant;
use crate::model::{Field, Object, Schema, Type};

/// The constant `SCHEMA`, and one list of fields for each nested object.
pub(super) fn constants(schema: &Schema, formats: &dyn Fn(&Object, &Field) -> TokenStream) -> TokenStream {
    let (event, nested) = schema.objects.split_first().expect("a schema has at least the event itself");
    let (log_type, description) = (&schema.log_type, &schema.description);
    let (reference_url, fingerprint) = (&schema.reference_url, &schema.fingerprint);
    let fields = fields(schema, event, formats);
    let nested = nested.iter().map(|object| {
        let name = list_name(object);
        let doc = format!(" The fields of [`{}`].", object.rust_name);
        let fields = self::fields(schema, object, formats);
        quote! {
            #[doc = #doc]
            const #name: &[Field] = #fields;
        }
    });
    quote! {
        /// What the schema says.
        pub const SCHEMA: Schema = Schema {
            log_type: #log_type,
            description: #description,
            reference_url: #reference_url,
            fingerprint: #fingerprint,
            fields: #fields,
        };
        #(#nested)*
    }
}

fn list_name(object: &Object) -> proc_macro2::Ident {
    use heck::ToShoutySnakeCase;
    format_ident!("{}_FIELDS", object.rust_name.to_shouty_snake_case())
}

fn fields(schema: &Schema, object: &Object, formats: &dyn Fn(&Object, &Field) -> TokenStream) -> TokenStream {
    let fields = object.fields.iter().map(|field| {
        let (name, description) = (&field.name, &field.description);
        let kind = kind(schema, &field.value, &formats(object, field));
        let required = field.required.then(|| quote!(.required()));
        let event_time = is_event_time(&field.value).then(|| quote!(.event_time()));
        let indicators = indicators(&field.value);
        quote!(Field::new(#name, #kind, #description) #required #event_time #indicators)
    });
    quote!(&[#(#fields),*])
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
            let fields = list_name(&schema.objects[*index]);
            quote!(Kind::Object(#fields))
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
