//! Fields whose values are made of others: what an object keeps while it is read, and what is made of that in the end.
//!
//! A rename is no more than another key, and a mask no more than a step of decoding; they are not here.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{discovery, ident, types};
use crate::lower::names::Scope;
use crate::model::{Field, Mask, Object, Parser, Path, Schema, Source, Type};

/// The members of an object that are kept as they were sent, because paths start with them.
pub(super) struct Kept<'m> {
    /// Each key, and the variable that keeps its value.
    keys: BTreeMap<&'m str, Ident>,
}

impl<'m> Kept<'m> {
    pub(super) fn of(object: &'m Object) -> Self {
        let (mut scope, _) = discovery::scope(object);
        let paths = object.fields.iter().flat_map(|field| field.source.paths());
        let keys: BTreeSet<&str> = paths.flat_map(Path::starts).map(|(key, _)| key).collect();
        let name = |key: &str, scope: &mut Scope| ident(&scope.field_name(&format!("{key}_sent")));
        Self { keys: keys.into_iter().map(|key| (key, name(key, &mut scope))).collect() }
    }

    /// The variables.
    pub(super) fn declarations(&self) -> TokenStream {
        let names = self.keys.values();
        quote!(#(let mut #names = Undecoded::default();)*)
    }

    /// The statement that keeps the value of `key` before it is read, where something needs it.
    pub(super) fn ahead(&self, key: &str) -> Option<TokenStream> {
        self.keys.get(key).map(|name| quote!(#name = reader.ahead();))
    }

    /// The keys that no field takes, each with its variable.
    pub(super) fn alone(&self, object: &'m Object) -> impl Iterator<Item = (&'m str, &Ident)> {
        let taken: BTreeSet<&str> = object.fields.iter().filter_map(Field::key).collect();
        self.keys.iter().filter(move |(key, _)| !taken.contains(**key)).map(|(key, name)| (*key, name))
    }

    /// The value of a field that is made of others, not decoded; `None` for one that is read as it comes.
    pub(super) fn made(&self, field: &Field) -> Option<TokenStream> {
        Some(match &field.source {
            Source::Own | Source::Rename(_) => return None,
            Source::Copy(path) => self.at(path),
            Source::Concat { paths, separator } => {
                let paths = paths.iter().map(|path| self.at(path));
                quote!(Undecoded::concat(&[#(#paths),*], #separator))
            }
            Source::Split { from, separator, index } => {
                let (from, index) = (self.at(from), Literal::i64_unsuffixed(*index));
                quote!(#from.split(#separator, #index))
            }
        })
    }

    /// The value at a path: under the longest key that is there.
    fn at(&self, path: &Path) -> TokenStream {
        let starts = path.starts().filter_map(|(key, rest)| Some((self.keys.get(key)?, rest)));
        let steps = starts.map(|(name, rest)| match rest {
            None => quote!(#name.clone()),
            Some(rest) => quote!(.or_at(&#name, #rest)),
        });
        quote!(#(#steps)*)
    }
}

/// What the file needs of the kernel's `json` to read objects and for all this.
pub(super) fn imports(schema: &Schema) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    let embedded = embedded(schema);
    let is_text = matches!(schema.parser, Parser::Text(_));
    for (index, object) in schema.objects.iter().enumerate() {
        // Of a log type that is read from lines of text, only what stands in strings is read as JSON.
        let is_read = !is_text || embedded.contains(&index);
        if is_read && object.fields.iter().any(|field| !field.source.paths().is_empty()) {
            names.insert("Undecoded");
        }
        if is_read && object.fields.iter().any(|field| field.key().is_some()) {
            names.insert("Slot");
        }
        if is_text && is_read {
            names.insert("Reader");
        }
        if embedded.contains(&index) && object.borrows {
            names.insert("IntoOwned");
        }
        if discovery::member(schema, object).is_some() {
            names.insert("Undeclared");
        }
        for field in object.fields.iter().filter(|_| is_read || index == 0) {
            owns(schema, &field.value, &mut names);
            if is_text && matches!(&field.value, Type::Embedded(inner) if matches!(**inner, Type::Array(_))) {
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
