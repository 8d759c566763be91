//! What lies behind each [`Code`]: the rule and why, a mistake and its mend. For `cargo gen explain`.
//!
//! The texts are Markdown, one file for each stage, one section for each code. A section that can show the rule in YAML
//! has two blocks of it: the first gives the code, the second does not. The tests hold each text to that.

use super::Code;

/// The texts, in the order of the codes.
const TEXTS: &[&str] = &[
    include_str!("explain/files.md"),
    include_str!("explain/yaml.md"),
    include_str!("explain/shape.md"),
    include_str!("explain/names.md"),
    include_str!("explain/types.md"),
    include_str!("explain/times.md"),
    include_str!("explain/advice.md"),
    include_str!("explain/contracts.md"),
    include_str!("explain/text.md"),
    include_str!("explain/unsupported.md"),
];

impl Code {
    /// The rule, why it is there, and where it helps a mistake and its mend, as Markdown.
    ///
    /// ```
    /// use logwright_codegen::diagnostic::Code;
    ///
    /// assert!(Code::LW0104.explanation().contains("a key stands once"));
    /// ```
    pub fn explanation(self) -> &'static str {
        sections().find(|(name, _)| *name == self.name()).map_or("", |(_, text)| text)
    }
}

/// The name and the text of each section.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = TEXTS.iter().flat_map(|text| text.split("## LW").skip(1));
    // `LW` is part of the name again: the section starts two bytes before what `split` gives.
    sections.filter_map(|section| section.split_once('\n')).map(|(digits, text)| {
        let name = Code::ALL.iter().map(|code| code.name()).find(|name| name[2..] == *digits);
        (name.unwrap_or(digits), text.trim())
    })
}

#[cfg(test)]
mod tests;
