//! From files to log types: every log schema of a [`SourceMap`], and everything there is to say about them.

use crate::contract;
use crate::diagnostic::Diagnostics;
use crate::lower::{self, collisions, overlaps};
use crate::model::Schema;
use crate::raw::read::Reading;
use crate::raw::schema;
use crate::source::{SourceFile, SourceMap};

/// What a run allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Unknown keys, and keys that do not belong to a type, are warnings and are ignored.
    pub lenient: bool,
}

/// Compiles every log schema: each file but tests (`*_tests.yml`) and contracts (`source.yml`).
///
/// The log types are sorted by name. One that has an error is left out, so they are all there only where the
/// diagnostics have none.
///
/// ```
/// use logwright_codegen::compile::{Options, compile};
/// use logwright_codegen::source::SourceMap;
///
/// let schema = "schema: Acme.Login\nfields: [{name: user, type: string}, {name: ip, type: strin}]\n";
/// let sources = SourceMap::from_texts([("acme/login.yml", schema)]);
/// let (schemas, diagnostics) = compile(&sources, &Options::default());
/// assert!(schemas.is_empty());
/// assert!(diagnostics.render_text(&sources, false).contains("Did you mean `string`?"));
/// ```
pub fn compile(sources: &SourceMap, options: &Options) -> (Vec<Schema>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut schemas = Vec::new();
    let mut documents = Vec::new();
    let mut names = Vec::new();
    for (id, file) in sources.iter().filter(|(_, file)| file.is_readable() && is_log_schema(file)) {
        let reading = Reading::new(options.lenient);
        let document = reading.document(id, sources).and_then(|root| schema::read(&root, &reading));
        if let Some(document) = document {
            if let Some(schema) = lower::lower(&document, file, sources, &reading) {
                schemas.push(schema);
                names.push(document.schema.as_ref().map_or(document.span, |name| name.span));
            }
            documents.push((file, document));
        }
        diagnostics.append(reading.into_diagnostics());
    }
    let declared = documents.iter().filter_map(|(file, document)| {
        let log_type = document.schema.as_ref()?;
        Some(collisions::Declared { log_type, source: file.folder().unwrap_or("") })
    });
    collisions::check(&declared.collect::<Vec<_>>(), &mut diagnostics);
    // Two of one name are told already, and advice can wait for the mistakes to be mended.
    if !diagnostics.has_errors() {
        let contracts =
            sources.iter().filter(|(_, file)| contract::is_contract(file)).filter_map(|(_, file)| file.folder());
        overlaps::check(&schemas, &names, &contracts.collect(), &mut diagnostics);
    }
    schemas.sort_by(|left, right| left.log_type.cmp(&right.log_type));
    (schemas, diagnostics)
}

/// Whether a file is a log schema by its name.
pub fn is_log_schema(file: &SourceFile) -> bool {
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    stem != "source" && !stem.ends_with("_tests")
}

#[cfg(test)]
mod tests;
