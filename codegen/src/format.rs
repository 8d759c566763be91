//! Tokens to text: laid out by prettyplease, with a blank line between items.
//!
//! prettyplease puts items on consecutive lines, as it cannot know where the author of a file would pause. People read
//! generated files here, so this adds the pauses: before each item and its documentation, at the top level and in `impl`s.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, File, Item};

/// The text of a generated file.
///
/// # Panics
/// When `tokens` are not a Rust file, which is a mistake of the emitter.
pub fn file(tokens: TokenStream) -> String {
    let text = laid_out.parse2(tokens).expect("the emitter writes valid Rust");
    with_blank_lines(&text)
}

/// Item after item, so that the tree of one is all that memory holds: that of a file takes fifty times its text.
fn laid_out(input: ParseStream<'_>) -> syn::Result<String> {
    let part = |attrs: Vec<Attribute>, items: Vec<Item>| {
        prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
    };
    let mut text = part(Attribute::parse_inner(input)?, Vec::new());
    while !input.is_empty() {
        text.push_str(&part(Vec::new(), vec![input.parse()?]));
    }
    Ok(text)
}

fn with_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let (mut previous, mut item) = ("", "");
    for line in text.lines() {
        // Most lines stand deeper than members do, where there are no pauses.
        let is_deep = line.starts_with("     ");
        if !is_deep && pauses(previous, item, line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
        if !is_deep && begins_item(line) {
            item = line;
        }
    }
    out
}

/// Whether an item, its attributes or its documentation begin at `line`, at the top level.
fn begins_item(line: &str) -> bool {
    if line.starts_with([' ', '}', ')', ']']) {
        return false;
    }
    ["///", "#[", "pub ", "use ", "impl", "const ", "fn ", "struct "].iter().any(|word| line.starts_with(word))
}

/// Whether there is a pause before `line`: a new item, or a new member of an `impl`, begins there. `item` is the line that
/// began the item before.
fn pauses(previous: &str, item: &str, line: &str) -> bool {
    let before = previous.trim_start();
    if before.starts_with("///") || before.starts_with("#[") || before.is_empty() {
        return false;
    }
    if before.starts_with("//!") {
        return !line.starts_with("//!");
    }
    let together = ["use crate", "use ::", "use std", "pub use ", "pub mod "];
    if together.iter().any(|word| line.starts_with(word) && item.starts_with(word)) {
        return false;
    }
    let member = ["    fn ", "    pub fn ", "    ///"].iter().any(|word| line.starts_with(word));
    begins_item(line) || member && before.ends_with(['}', ';'])
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_are_set_apart_and_belongings_are_not() {
        let text = file(quote! {
            #![doc = " Head."]
            use std::fmt;
            use crate::a::{B, C};
            use crate::d;
            #[doc = " A struct."]
            #[derive(Debug)]
            pub struct E { #[doc = " A field."] pub f: u8, #[doc = " Another."] pub g: u8 }
            impl E { fn h() {} #[doc = " Documented."] pub fn i() {} }
        });
        let expected = "//! Head.\n\nuse std::fmt;\n\nuse crate::a::{B, C};\nuse crate::d;\n\n/// A struct.\n#[derive(Debug)]\npub struct E {\n    /// A field.\n    \
             pub f: u8,\n    /// Another.\n    pub g: u8,\n}\n\nimpl E {\n    fn h() {}\n\n    /// Documented.\n    pub fn i() {}\n}\n";
        assert_eq!(text, expected);
    }
}
