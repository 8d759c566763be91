//! The files that tie log types and sources together.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Home, ident};
use crate::contract::model::Source;
use crate::model::Schema;

/// The names of the sources' folders, sorted. A folder may hold log types, a contract, or both.
pub fn folders(schemas: &[Schema], sources: &[Source]) -> Vec<String> {
    let mut folders: Vec<String> = schemas.iter().map(|schema| schema.source.clone()).collect();
    folders.extend(sources.iter().map(|source| source.name.clone()));
    folders.sort();
    folders.dedup();
    folders
}

/// The file that lists every log type and every source.
pub(super) fn all(schemas: &[Schema], sources: &[Source], folder: &str, home: &Home) -> TokenStream {
    let (origin, kernel) = (home.origin(folder), home.kernel());
    let modules = folders(schemas, sources).into_iter().map(|folder| {
        let doc = match sources.iter().find(|source| source.name == folder) {
            Some(source) => format!(" Log types and pull contract of {}.", source.title),
            None => format!(" Log types of `{folder}`."),
        };
        let (module, gate) = (format_ident!("{folder}"), home.of_source(&folder));
        quote! {
            #[doc = #doc]
            #gate
            pub mod #module;
        }
    });
    let log_types = schemas.iter().map(|schema| {
        let (gate, folder) = (home.of_source(&schema.source), format_ident!("{}", schema.source));
        let module = ident(&schema.module);
        quote!(#gate &#folder::#module::LOG_TYPE)
    });
    let contracts = sources.iter().map(|source| {
        let (gate, folder) = (home.of_source(&source.name), format_ident!("{}", source.name));
        quote!(#gate &#folder::source::SOURCE)
    });
    let doc = match home.of_source("") {
        Some(_) => " Every log type and every source that this build links, by the features that are on.",
        None => " Every log type and every source.",
    };
    quote! {
        #![doc = #doc]
        #origin
        use #kernel::contract::Source;
        use #kernel::log_type::LogType;
        #(#modules)*
        /// Every log type, ordered by name.
        pub const ALL: &[&dyn LogType] = &[#(#log_types),*];
        /// Every source, ordered by name.
        pub const SOURCES: &[&Source] = &[#(#contracts),*];
    }
}

/// The file of one source's folder.
pub(super) fn source(name: &str, schemas: &[Schema], sources: &[Source], folder: &str, home: &Home) -> TokenStream {
    let origin = home.origin(&format!("{folder}{name}/"));
    let contract = sources.iter().find(|source| source.name == name);
    let doc = match contract {
        Some(source) => format!(" {}: its log types, and how they are pulled.", source.title),
        None => format!(" The log types of `{name}`."),
    };
    let mut modules: Vec<TokenStream> = Vec::new();
    let mut records: Vec<TokenStream> = Vec::new();
    for schema in schemas.iter().filter(|schema| schema.source == name) {
        let module = ident(&schema.module);
        let record = format_ident!("{}", schema.objects[0].rust_name);
        modules.push(quote!(pub mod #module;));
        // From here, not from a crate of the same name, such as `core`.
        records.push(quote!(pub use self::#module::#record;));
    }
    if contract.is_some() {
        modules.push(quote!(
            pub mod source;
        ));
    }
    quote! {
        #![doc = #doc]
        #origin
        #(#modules)*
        #(#records)*
    }
}
