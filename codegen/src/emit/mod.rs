//! From the model to tokens. Nothing is decided here and nothing can fail: what to call things, what is absent and what is
//! refused was settled when the model was built.
//!
//! One file for each log type (`record`), one for each pull contract, and the lists that tie them together (`lists`).

pub mod contract;
mod discovery;
mod docs;
mod home;
mod imports;
mod lists;
mod members;
mod passed;
mod record;
mod schema;
mod text;
mod times;
mod transforms;
mod types;

pub use home::Home;
pub use lists::folders;
use proc_macro2::{Ident, Span, TokenStream};

use crate::contract::model::Source;
use crate::model::Schema;

/// A file of generated code, before it is laid out.
#[derive(Debug)]
pub struct File {
    /// The path under the folder of generated code, with `/`.
    pub path: String,
    /// Its items.
    pub tokens: TokenStream,
}

/// Every file of generated code for these log types and sources, which come from the YAML below `folder`: a path that ends
/// with `/`.
pub fn files(schemas: &[Schema], sources: &[Source], folder: &str, home: &Home) -> Vec<File> {
    let mut files = vec![File { path: "mod.rs".to_owned(), tokens: lists::all(schemas, sources, folder, home) }];
    for source in folders(schemas, sources) {
        files.push(File {
            path: format!("{source}/mod.rs"),
            tokens: lists::source(&source, schemas, sources, folder, home),
        });
    }
    for schema in schemas {
        let log = sources.iter().flat_map(|source| &source.logs).find(|log| log.log_type == schema.log_type);
        files.push(File {
            path: format!("{}/{}.rs", schema.source, schema.module),
            tokens: record::file(schema, log, home),
        });
    }
    for source in sources {
        files.push(File { path: format!("{}/source.rs", source.name), tokens: contract::source(source, home) });
    }
    files
}

/// A name as an identifier; it may be a raw one.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The name of an enum's variant, for the kernel's enums whose `Debug` is their name.
fn variant(value: &impl std::fmt::Debug) -> Ident {
    ident(&format!("{value:?}"))
}
