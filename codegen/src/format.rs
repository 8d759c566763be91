//! Tokens to text: laid out by prettyplease, with a blank line between items.
//!
//! prettyplease puts items on consecutive lines, as it cannot know where the author of a file would pause. People read
//! generated files here, so this adds the pauses: before each item and its documentation, at the top level and in `impl`s.

use proc_macro2::TokenStream;

/// The text of a generated file.
///
/// # Panics
/// When `tokens` are not a Rust file, which is a mistake of the emitter.
pub fn file(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("the emitter writes valid Rust");
    with_blank_lines(&prettyplease::unparse(&file))
}

fn with_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for line in text.lines() {
        if pauses(previous, line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

/// Whether an item begins at `line`, and the line before it neither opens a block nor belongs to the item.
fn pauses(previous: &str, line: &str) -> bool {
    let (start, before) = (line.trim_start(), previous.trim_start());
    let indent = line.len() - start.len();
    let top = indent == 0;
    let method = indent == 4 && (start.starts_with("fn ") || start.starts_with("pub fn ") || start.starts_with("///"));
    let begins =
        ["///", "#[", "pub ", "use ", "impl", "const ", "fn ", "struct "].iter().any(|word| start.starts_with(word));
    let belongs = before.starts_with("///") || before.starts_with("#[");
    let opens = before.ends_with(['{', '(', '[', ',']) || before.is_empty();
    let both_same =
        ["use ", "pub use ", "pub mod "].iter().any(|word| start.starts_with(word) && before.starts_with(word));
    let after_head = before.starts_with("//!") && !start.starts_with("//!");
    after_head
        || (top && begins || method && before.ends_with(['}', ';']))
            && !belongs
            && !opens
            && !both_same
            && !before.starts_with("//!")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_are_set_apart_and_belongings_are_not() {
        let text = file(quote! {
            #![doc = " Head."]
            use a::B;
            use c::D;
            #[doc = " A struct."]
            #[derive(Debug)]
            pub struct E { #[doc = " A field."] pub f: u8, #[doc = " Another."] pub g: u8 }
            impl E { fn h() {} #[doc = " Documented."] pub fn i() {} }
        });
        let expected = "//! Head.\n\nuse a::B;\nuse c::D;\n\n/// A struct.\n#[derive(Debug)]\npub struct E {\n    /// A field.\n    \
             pub f: u8,\n    /// Another.\n    pub g: u8,\n}\n\nimpl E {\n    fn h() {}\n\n    /// Documented.\n    pub fn i() {}\n}\n";
        assert_eq!(text, expected);
    }
}
