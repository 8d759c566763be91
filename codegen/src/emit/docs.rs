//! Documentation comments from the texts of the YAML.
//!
//! A description is plain text. In a doc comment it would be Markdown, so marks that Markdown would act on are escaped,
//! addresses become links, and long texts are wrapped.

use proc_macro2::TokenStream;
use quote::quote;

/// How long a line of a doc comment may be.
const WIDTH: usize = 100;

/// `text` as outer doc comments.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#[doc = #lines])* }
}

/// `text` as inner doc comments, for the head of a file.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#![doc = #lines])* }
}

/// The lines of a doc comment, each with its leading space.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim().lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let word = word_as_markdown(word, line.matches('`').count() % 2 == 1);
            if !line.is_empty() && line.len() + word.len() >= WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push(' ');
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// One word, so that Markdown shows it as it stands. Inside a code span every mark stands for itself already.
fn word_as_markdown(word: &str, in_code: bool) -> String {
    if in_code || word.contains('`') {
        return word.to_owned();
    }
    if word.starts_with("https://") || word.starts_with("http://") {
        let end = word.trim_end_matches(['.', ',', ';', ')']).len();
        return format!("<{}>{}", &word[..end], &word[end..]);
    }
    if let Some(code) = as_code(word) {
        return code;
    }
    let mut escaped = String::with_capacity(word.len());
    for mark in word.chars() {
        if matches!(mark, '[' | ']' | '<' | '>' | '*' | '\\') {
            escaped.push('\\');
        }
        escaped.push(mark);
    }
    escaped
}

/// `word` in back quotes, where it is the name of something in code: `source_id`, `LogType`.
fn as_code(word: &str) -> Option<String> {
    let name = word.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '_');
    let is_name = name.chars().all(|mark| mark.is_alphanumeric() || mark == '_');
    let capitals = name.chars().filter(|mark| mark.is_uppercase()).count();
    let camel = capitals > 1 && name.chars().any(char::is_lowercase) && !PROPER_NAMES.contains(&name);
    let inner = name.trim_matches('_').contains('_');
    (is_name && (camel || inner)).then(|| word.replacen(name, &format!("`{name}`"), 1))
}

/// Names with inner capitals that are no code.
const PROPER_NAMES: &[&str] = &["GitHub", "GitLab", "JavaScript", "LinkedIn", "OAuth", "PowerShell", "YouTube"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_addresses_are_links() {
        assert_eq!(lines("a [b] <c> `[d] <e>` f*"), [r" a \[b\] \<c\> `[d] <e>` f\*"]);
        assert_eq!(lines("See https://a.example/x."), [" See <https://a.example/x>."]);
    }

    #[test]
    fn names_in_code_are_set_as_code() {
        assert_eq!(
            lines("The source_id, 'ActorType' of GitHub IDs"),
            [" The `source_id`, '`ActorType`' of GitHub `IDs`"]
        );
    }

    #[test]
    fn long_texts_are_wrapped_and_paragraphs_kept() {
        let lines = lines(&format!("{}\n\nend", "word ".repeat(40)));
        assert!(lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
        assert_eq!(lines[lines.len() - 2..], ["", " end"]);
    }
}
