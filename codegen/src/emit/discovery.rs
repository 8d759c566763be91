//! Keys that a schema does not declare, where it asks that they be kept.
//!
//! They are the last member of the event's record. A key that a field has as its name, but takes from elsewhere, is not
//! among them: an event has each key once.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Home, ident};
use crate::lower::names::Scope;
use crate::model::{Object, Schema};

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
