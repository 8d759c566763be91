//! What two log types must not share: a name, a table, a Rust module.

use std::collections::HashMap;

use super::names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::raw::read::Spanned;

/// A log type's name, and the folder of its source.
pub struct Declared<'d> {
    /// The name.
    pub log_type: &'d Spanned<String>,
    /// The folder.
    pub source: &'d str,
}

/// Checks all log types against each other, in the order of their files.
pub fn check(declared: &[Declared<'_>], diagnostics: &mut Diagnostics) {
    let mut tables: HashMap<String, &Spanned<String>> = HashMap::new();
    let mut rust_names: HashMap<(&str, String), &Spanned<String>> = HashMap::new();
    for Declared { log_type, source } in declared {
        if !names::is_log_type(&log_type.value) {
            continue;
        }
        let table = names::table(&log_type.value);
        if let Some(first) = tables.get(&table) {
            let message = if first.value == log_type.value {
                format!("the log type `{}` is declared twice", log_type.value)
            } else {
                format!("the log types `{}` and `{}` become the same table, `{table}`", first.value, log_type.value)
            };
            diagnostics.push(collision(Code::LW0302, log_type, first, message));
            continue;
        }
        tables.insert(table, log_type);
        let module = names::module(&log_type.value, source);
        let event_type = names::event_type(&log_type.value);
        let names = [(*source, module), (*source, event_type)];
        if let Some((first, name)) = names.iter().find_map(|name| Some((rust_names.get(name)?, &name.1))) {
            let message = format!(
                "the log types `{}` and `{}` become the same name in Rust, `{name}`",
                first.value, log_type.value
            );
            diagnostics.push(collision(Code::LW0303, log_type, first, message));
            continue;
        }
        rust_names.extend(names.map(|name| (name, *log_type)));
    }
}

fn collision(code: Code, again: &Spanned<String>, first: &Spanned<String>, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, again.span, message).label("again here");
    diagnostic.also(first.span, "first here").at("schema").help("Rename one of them.")
}
