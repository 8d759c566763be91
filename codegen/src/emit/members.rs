//! How an object is read from JSON: the table of its members, and where in the record each value goes.

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::record::formats_path;
use super::{discovery, transforms};
use crate::model::{Object, Schema};

/// The table of members, and the implementation that reads them into the record.
pub(super) fn read_from_json(schema: &Schema, object: &Object) -> TokenStream {
    let (name, table) = (format_ident!("{}", object.rust_name), table_name(object));
    let generics = object.borrows.then(|| quote!(<'a>));
    let count = Literal::usize_unsuffixed(object.fields.len());
    let members = object.fields.iter().map(|field| transforms::member(field, &formats_path(object, field)));
    let kept = transforms::kept(object);
    let (of_table, made) = if kept.is_empty() {
        (quote!(Members<#count>), quote!(Members::new([#(#members),*])))
    } else {
        let kept_count = Literal::usize_unsuffixed(kept.len());
        (quote!(Members<#count, #kept_count>), quote!(Members::keeping([#(#kept),*], [#(#members),*])))
    };
    let is_wide = is_wide(object);
    let record = if is_wide { quote!(record) } else { quote!(self) };
    let places =
        object.fields.iter().map(|field| transforms::place(schema, field, &record, &formats_path(object, field)));
    let undeclared = discovery::member(schema, object);
    let (places, read) = if is_wide {
        // A function that lists them all would be too long.
        let places = quote! {
            impl<'a> #name #generics {
                /// Where the value of each member goes.
                const PLACES: [Place<'a, Self>; #count] = [#(|record, then| then(#places)),*];
            }
        };
        let read = match undeclared {
            None => quote!(#table.read_by(reader, self, &Self::PLACES, None)),
            Some(undeclared) => quote! {
                let mut undeclared = std::mem::take(&mut self.#undeclared);
                let read = #table.read_by(reader, self, &Self::PLACES, Some(&mut undeclared));
                self.#undeclared = undeclared;
                read
            },
        };
        (Some(places), read)
    } else {
        let values = quote!(&mut [#(#places),*]);
        let read = match undeclared {
            None => quote!(#table.read(reader, #values)),
            Some(undeclared) => quote!(#table.read_all(reader, #values, &mut self.#undeclared)),
        };
        (None, read)
    };
    let doc = format!(" The members of [`{name}`].");
    quote! {
        #[doc = #doc]
        static #table: #of_table = #made;

        #places

        impl<'a> ReadMembers<'a> for #name #generics {
            fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
                #read
            }
        }
    }
}

/// Whether an object has more fields than a function lists.
pub(super) fn is_wide(object: &Object) -> bool {
    object.fields.len() > 80
}

/// The static that holds an object's members.
fn table_name(object: &Object) -> Ident {
    format_ident!("{}_MEMBERS", object.rust_name.to_shouty_snake_case())
}
