//! The fields of a record in the order of its table: as places for what is read, and as values for what is written.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::record::{formats, innermost};
use super::schema::table_name;
use super::{discovery, ident, passed, transforms};
use crate::model::{Field, Object, Schema, Type};

/// How many fields a function lists: Clippy finds one of a hundred lines too long, and so does whoever reads it.
pub(super) const MOST: usize = 80;

/// The implementation that shows the values of a record.
pub(super) fn values(schema: &Schema, object: &Object) -> TokenStream {
    let (name, table) = (format_ident!("{}", object.rust_name), table_name(object));
    let anonymous = object.borrows.then(|| quote!(<'_>));
    let pieces: Vec<_> = object.fields.chunks(MOST).collect();
    let names: Vec<Ident> = (1..=pieces.len())
        .map(|number| if number == 1 { format_ident!("values") } else { format_ident!("values_{number}") })
        .collect();
    let mut methods = pieces.iter().enumerate().map(|(index, piece)| {
        let (name, next) = (&names[index], names.get(index + 1).map(|next| quote!(self.#next(then);)));
        let count = Literal::usize_unsuffixed(piece.len());
        let values = piece.iter().map(|field| {
            let name = ident(&field.rust_name);
            quote!(&self.#name)
        });
        let range = (pieces.len() > 1).then(|| {
            let start = Literal::usize_unsuffixed(index * MOST);
            let end = Literal::usize_unsuffixed(index * MOST + piece.len());
            quote!([#start..#end])
        });
        quote! {
            fn #name(&self, then: &mut Then<'_>) {
                let values: Values<'_, #count> = [#(#values),*];
                then(&#table #range, &values);
                #next
            }
        }
    });
    let (first, others) = (methods.next(), methods.collect::<TokenStream>());
    let others = (!others.is_empty()).then(|| quote!(impl #name #anonymous { #others }));
    let time = sure_time(object).map(|field| {
        let name = ident(&field.rust_name);
        quote! {
            fn sure_time(&self) -> Option<Timestamp> {
                Some(self.#name)
            }
        }
    });
    let undeclared = discovery::member(schema, object).map(|member| {
        quote! {
            fn undeclared(&self) -> Option<&Undeclared<'_>> {
                Some(&self.#member)
            }
        }
    });
    quote! {
        impl Declared for #name #anonymous {
            #first
            #time
            #undeclared
        }
        #others
    }
}

/// The field that gives an event its time whatever else it has: the first that may, where it is a timestamp that must be there.
pub(super) fn sure_time(object: &Object) -> Option<&Field> {
    let may = |field: &&Field| match innermost(&field.value).1 {
        Type::Timestamp { event_time, .. } => *event_time,
        Type::Object(_) => true,
        _ => false,
    };
    let first = object.fields.iter().find(may)?;
    (first.required && matches!(first.value, Type::Timestamp { .. })).then_some(first)
}

/// The implementation that reads members into the record.
pub(super) fn read_from_json(schema: &Schema, object: &Object) -> TokenStream {
    let (name, table) = (format_ident!("{}", object.rust_name), table_name(object));
    let generics = object.borrows.then(|| quote!(<'a>));
    let count = Literal::usize_unsuffixed(object.fields.len());
    let kept = transforms::kept(object);
    let (members, members_of) = if object.path.is_empty() && passed::is(schema) {
        (passed::members_name(object), None)
    } else if kept.is_empty() {
        (format_ident!("MEMBERS"), Some(quote!(static MEMBERS: Members<#count> = Members::new(&#table);)))
    } else {
        let kept_count = Literal::usize_unsuffixed(kept.len());
        let keeping = quote!(Members::keeping([#(#kept),*], &#table));
        (format_ident!("MEMBERS"), Some(quote!(static MEMBERS: Members<#count, #kept_count> = #keeping;)))
    };
    let is_wide = is_wide(object);
    let record = if is_wide { quote!(record) } else { quote!(self) };
    let places =
        object.fields.iter().map(|field| transforms::place(schema, field, &record, &formats(schema, object, field)));
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
            None => quote!(#members.read_by(reader, self, &Self::PLACES, None)),
            Some(undeclared) => quote! {
                let mut undeclared = std::mem::take(&mut self.#undeclared);
                let read = #members.read_by(reader, self, &Self::PLACES, Some(&mut undeclared));
                self.#undeclared = undeclared;
                read
            },
        };
        (Some(places), read)
    } else {
        let read = match undeclared {
            None => quote!(#members.read(reader, &mut places)),
            Some(undeclared) => quote!(#members.read_all(reader, &mut places, &mut self.#undeclared)),
        };
        (None, quote!(let mut places: Places<'_, 'a, #count> = [#(#places),*]; #read))
    };
    quote! {
        #places

        impl<'a> ReadMembers<'a> for #name #generics {
            fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
                #members_of
                #read
            }
        }
    }
}

/// Whether an object has more fields than a function lists.
pub(super) fn is_wide(object: &Object) -> bool {
    object.fields.len() > MOST
}
