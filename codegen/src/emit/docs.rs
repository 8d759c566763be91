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
    let text = printable(text.trim());
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        // Back quotes that do not pair, or that fence a block, are plain text: a block would be compiled as an example.
        let spans = paragraph.matches('`').count() % 2 == 0 && !paragraph.contains("```");
        let (mut line, mut in_code) = (String::new(), false);
        for word in paragraph.split_whitespace() {
            let mut word_as = if spans { word.to_owned() } else { word.replace('`', "\\`") };
            if !in_code && !word_as.contains('`') || !spans {
                word_as = as_markdown(&word_as);
            }
            in_code ^= spans && word.matches('`').count() % 2 == 1;
            if !line.is_empty() && line.len() + word_as.len() >= WIDTH && !in_code {
                lines.push(std::mem::take(&mut line));
            }
            line.push(' ');
            line.push_str(&word_as);
        }
        lines.push(line);
    }
    lines
}

/// `text` with line feeds as its only control characters; others, and marks that turn text around, as Rust escapes them.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for mark in text.replace("\r\n", "\n").chars() {
        let shown = mark == '\n' || matches!(mark, '\t' | '"' | '\'' | '\\') || mark.escape_debug().len() == 1;
        if shown { out.push(mark) } else { out.extend(mark.escape_debug()) }
    }
    out
}

/// One word that is not in a code span, so that Markdown shows it as it stands.
fn as_markdown(word: &str) -> String {
    if word.starts_with("https://") || word.starts_with("http://") {
        let end = word.trim_end_matches(['.', ',', ';', ')']).len();
        return format!("<{}>{}", &word[..end], &word[end..]);
    }
    if let Some(code) = as_code(word) {
        return code;
    }
    let mut escaped = String::with_capacity(word.len());
    for mark in word.chars() {
        if matches!(mark, '[' | ']' | '<' | '>' | '*' | '~' | '#') {
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
    fn no_description_is_an_example_or_turns_text_around() {
        assert_eq!(lines("```\npanic!()\n```"), [r" \`\`\`", " panic!()", r" \`\`\`"]);
        assert_eq!(lines("~~~ a"), [r" \~\~\~ a"]);
        assert_eq!(lines("a\u{202e}b\rc\0"), [r" a\u{202e}b\rc\0"]);
        assert_eq!(lines("one ` alone"), [r" one \` alone"]);
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
