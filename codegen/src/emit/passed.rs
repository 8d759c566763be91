//! Events of which the kernel makes no record where they are only passed on: objects of scalars that are written as they are.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::schema::table_name;
use super::{discovery, types};
use crate::contract::model::Log;
use crate::model::{Field, Object, Parser, Schema, Source, Type};

/// So many fields `PassOn` takes.
const MOST: usize = 128;

/// Whether events of a log type are passed on without a record.
pub(super) fn is(schema: &Schema) -> bool {
    let event = &schema.objects[0];
    schema.parser == Parser::Json
        && discovery::member(schema, event).is_none()
        && event.fields.len() <= MOST
        && event.fields.iter().all(is_as_sent)
}

/// Whether a field is a scalar that is sent as one, and to which nothing is done: what is hidden or checked would be so twice.
fn is_as_sent(field: &Field) -> bool {
    let is_scalar = !matches!(field.value, Type::Array(_) | Type::Object(_) | Type::Embedded(_));
    is_scalar && matches!(field.source, Source::Own | Source::Rename(_)) && types::checked(&field.value).is_empty()
}

/// The static that holds the members of such an event.
pub(super) fn members_name(object: &Object) -> Ident {
    format_ident!("{}_MEMBERS", object.rust_name.to_shouty_snake_case())
}

/// What is needed beside the constant `LOG_TYPE`.
pub(super) fn statics(object: &Object, log: Option<&Log>) -> TokenStream {
    let (members, table) = (members_name(object), table_name(object));
    let count = Literal::usize_unsuffixed(object.fields.len());
    let doc = format!(" How [`{}`] is read.", object.rust_name);
    let pulled = log.map(|log| {
        let (key, time) = (&log.key, &log.time.field);
        quote!(.pulled(&[#(#key),*], #time))
    });
    quote! {
        #[doc = #doc]
        static #members: Members<#count> = Members::new(&#table);

        /// How an event is passed on of which no record is made.
        static PASS_ON: PassOn<#count> = PassOn::new(&SCHEMA, &#members) #pulled;
    }
}
