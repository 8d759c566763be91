//! What the table of an object's fields says of how each is read: under which key, or what of, and what is done to its text.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{discovery, ident, text, types};
use crate::model::{Field, Mask, Object, Parser, Path, Schema, Source, Type};

/// The keys that are kept as they were sent, because paths start with them; the longest first, as that is the first to be tried.
pub(super) fn kept(object: &Object) -> Vec<&str> {
    let paths = object.fields.iter().flat_map(|field| field.source.paths());
    let keys: BTreeSet<&str> = paths.flat_map(Path::starts).map(|(key, _)| key).collect();
    let mut keys: Vec<&str> = keys.into_iter().collect();
    keys.sort_by_key(|key| Reverse(key.len()));
    keys
}

/// How a field is read, in the table of its object's fields.
pub(super) fn reading(field: &Field) -> TokenStream {
    let source = match &field.source {
        Source::Own => quote!(),
        Source::Rename(key) => quote!(.sent_as(#key)),
        Source::Copy(path) if path.is_key() && path.as_str().contains('.') => {
            let key = path.as_str();
            quote!(.copy_key(#key))
        }
        Source::Copy(path) => {
            let path = path.as_str();
            quote!(.copy(#path))
        }
        Source::Concat { paths, separator } => {
            let paths = paths.iter().map(Path::as_str);
            quote!(.concat(&[#(#paths),*], #separator))
        }
        Source::Split { from, separator, index } => {
            let (from, index) = (from.as_str(), Literal::i64_unsuffixed(*index));
            quote!(.split(#from, #separator, #index))
        }
    };
    let checked = if field.value.is_decoded_late() { quote!() } else { types::checked(&field.value) };
    quote!(#source #checked)
}

/// The place in `record` that a field's value goes to.
pub(super) fn place(schema: &Schema, field: &Field, record: &TokenStream, formats: &TokenStream) -> TokenStream {
    let name = ident(&field.rust_name);
    if !field.value.is_decoded_late() {
        return quote!(&mut #record.#name);
    }
    let slot = types::made(schema, &quote!(value), &field.value, formats);
    let is_option = !field.required && !matches!(field.value.opened(), Type::Array(_));
    let put = if is_option { quote!(put_option) } else { quote!(put) };
    quote!(&mut DecodedBy::new(|value, reader| #slot.map(|slot| slot.#put(&mut #record.#name))))
}

/// What the file needs of the kernel's `json` to read objects and for all this.
pub(super) fn imports(schema: &Schema) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    let embedded = embedded(schema);
    let is_text = matches!(schema.parser, Parser::Text(_));
    for (index, object) in schema.objects.iter().enumerate() {
        // Of a log type that is read from lines of text, only what stands in strings is read as JSON.
        let is_read = !is_text || embedded.contains(&index);
        if is_read {
            names.extend(["Members", "ReadMembers", "Reader"]);
            names.insert(if super::members::is_wide(object) { "Place" } else { "Places" });
            if object.fields.iter().any(|field| field.value.is_decoded_late()) {
                names.insert("DecodedBy");
            }
        }
        if embedded.contains(&index) && object.borrows {
            names.insert("IntoOwned");
        }
        if discovery::member(schema, object).is_some() {
            names.insert("Undeclared");
        }
        for field in object.fields.iter().filter(|_| is_read) {
            owns(schema, &field.value, &mut names);
        }
    }
    if let Parser::Text(parser) = &schema.parser {
        for field in text::filled(schema, parser) {
            owns(schema, &field.value, &mut names);
            if matches!(&field.value, Type::Embedded(inner) if matches!(**inner, Type::Array(_))) {
                types::name_reader(field.value.opened(), &mut names);
            }
        }
    }
    names
}

fn owns(schema: &Schema, value: &Type, names: &mut BTreeSet<&'static str>) {
    match value {
        Type::Array(element) => owns(schema, element, names),
        Type::Embedded(inner) => {
            if types::borrows(schema, inner) {
                names.insert("IntoOwned");
            }
            owns(schema, inner, names);
        }
        _ => {}
    }
}

/// The calls that hide a text.
pub(super) fn mask(mask: Option<&Mask>) -> Option<TokenStream> {
    mask.map(|mask| match mask {
        Mask::Redact(to) => quote!(.redact(#to)),
        Mask::Hash(salt) => quote!(.hash(#salt)),
    })
}

/// The objects, by index, that may stand in a string, in one that does or in a list of them.
pub(super) fn embedded(schema: &Schema) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for field in schema.objects.iter().flat_map(|object| &object.fields) {
        look(schema, &field.value, false, &mut found);
    }
    found
}

fn look(schema: &Schema, value: &Type, inside: bool, found: &mut BTreeSet<usize>) {
    match value {
        Type::Array(element) => look(schema, element, inside, found),
        Type::Embedded(inner) => look(schema, inner, true, found),
        // Objects may be shared: what has been found once is not looked into again.
        Type::Object(index) if inside && found.insert(*index) => {
            for field in &schema.objects[*index].fields {
                look(schema, &field.value, true, found);
            }
        }
        _ => {}
    }
}

/// The implementation that lets an object outlive the string that it stood in; `None` where it borrows nothing.
pub(super) fn into_owned(schema: &Schema, object: &Object) -> Option<TokenStream> {
    object.borrows.then(|| {
        let name = format_ident!("{}", object.rust_name);
        let fields = object.fields.iter().map(|field| {
            let name = ident(&field.rust_name);
            let owned = types::borrows(schema, &field.value).then(|| quote!(.into_owned()));
            quote!(#name: self.#name #owned)
        });
        quote! {
            impl IntoOwned for #name<'_> {
                type Owned = #name<'static>;
                fn into_owned(self) -> #name<'static> {
                    #name { #(#fields,)* }
                }
            }
        }
    })
}
