//! Keys that a schema does not declare, where it asks that they be kept.
//!
//! They are the last member of the event's record. A key that a field has as its name, but takes from elsewhere, is not
//! among them: an event has each key once.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::transforms::Kept;
use super::{Home, ident};
use crate::lower::names::Scope;
use crate::model::{Field, Object, Schema};

/// The names that an object uses in Rust: those of its fields, and that of the member for undeclared keys.
pub(super) fn scope(object: &Object) -> (Scope, Ident) {
    let mut scope = Scope::default();
    for field in &object.fields {
        scope.field_name(&field.name);
    }
    let member = ident(&scope.field_name("undeclared"));
    (scope, member)
}

/// The member that keeps undeclared keys; `None` where this object does not.
pub(super) fn member(schema: &Schema, object: &Object) -> Option<Ident> {
    (schema.field_discovery && object.path.is_empty()).then(|| scope(object).1)
}

/// The member's declaration.
pub(super) fn declaration(member: &Ident, home: &Home) -> TokenStream {
    let flattened = home.of_serde(&quote!(serde(flatten)));
    quote! {
        /// What no field takes, as it was sent.
        #flattened
        pub #member: Undeclared<'a>
    }
}

/// The arms for keys that no field takes: those that transformations read, and all others. `key` is the variable that
/// holds the key.
pub(super) fn arms(object: &Object, kept: &Kept<'_>, member: Option<&Ident>, key: &Ident) -> TokenStream {
    let taken: BTreeSet<&str> = object.fields.iter().filter_map(Field::key).collect();
    let names: BTreeSet<&str> = object.fields.iter().map(|field| &*field.name).collect();
    let alone = kept.alone(object).map(|(name, variable)| match member {
        Some(member) if !names.contains(name) => {
            quote!(#name => { #variable = reader.ahead(); #member.read(#key, reader)?; })
        }
        _ => quote!(#name => #variable = reader.undecoded()?),
    });
    let others = match member {
        None => quote!(_ => reader.skip()?),
        Some(member) => {
            let kept: BTreeSet<&str> = kept.alone(object).map(|(name, _)| name).collect();
            let hidden = names.iter().filter(|name| !taken.contains(**name) && !kept.contains(**name));
            let hidden: Vec<_> = hidden.collect();
            let hidden = (!hidden.is_empty()).then(|| quote!(#(#hidden)|* => reader.skip()?,));
            quote!(#hidden _ => #member.read(#key, reader)?)
        }
    };
    quote!(#(#alone,)* #others)
}
