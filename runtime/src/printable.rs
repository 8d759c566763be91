//! Text from outside, such as a server's words or a file's name, so that a terminal or a log shows it and does nothing else.

use std::borrow::Cow;

/// `text` with a space for each character that would do something: controls, line breaks too, and marks that turn text around
/// or cannot be seen.
///
/// A text of our own may have lines; what comes from outside goes through here before it becomes part of one.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(or_space).collect()) }
}

/// The same for a whole message, whose line breaks are meant.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    let stays = |character: char| character == '\n' || is_printable(character);
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if stays(character) { character } else { ' ' }).collect())
}

fn or_space(character: char) -> char {
    if is_printable(character) { character } else { ' ' }
}

fn is_printable(character: char) -> bool {
    let acts = matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    !acts && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_a_space() {
        for acts in
            ["\u{1b}", "\u{9b}", "\r", "\n", "\t", "\0", "\u{7f}", "\u{202e}", "\u{2066}", "\u{feff}", "\u{e0041}"]
        {
            assert_eq!(printable(&format!("a{acts}b")), "a b", "{acts:?}");
        }
        assert_eq!(printable("Zoë 日本 🙂 \u{301}"), "Zoë 日本 🙂 \u{301}");
        assert_eq!(lines("a\u{1b}[2J\nb"), "a [2J\nb");
    }
}
