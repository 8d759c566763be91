//! Texts of a schema where people read them: as they stand, and without power over the page or the terminal.

/// `text` with what acts rather than shows written out: control characters but line breaks, and marks that turn text
/// around. `\u{1b}` is what an escape becomes.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for mark in text.replace("\r\n", "\n").chars() {
        let acts = mark.is_control() && mark != '\n'
            || matches!(mark, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if mark == '\t' {
            out.push(' ');
        } else if acts {
            out.extend(mark.escape_unicode());
        } else {
            out.push(mark);
        }
    }
    out
}

/// A description as Markdown that shows it as it stands; pairs of single back quotes remain code, and addresses links.
pub(super) fn markdown(text: &str) -> String {
    printable(text.trim()).lines().map(line).collect::<Vec<_>>().join("\n")
}

fn line(line: &str) -> String {
    // Runs of back quotes, or one alone, would make code of what is not meant to be.
    let spans = line.matches('`').count().is_multiple_of(2) && !line.contains("``");
    let mut out = String::new();
    let mut in_code = false;
    for (number, word) in line.trim().split(' ').enumerate() {
        if number > 0 {
            out.push(' ');
        }
        if !in_code && !word.contains(['<', '>', '`']) && (word.starts_with("https://") || word.starts_with("http://"))
        {
            out.push_str(word);
            continue;
        }
        let mut before = ' ';
        let mut rest = word.chars().peekable();
        while let Some(mark) = rest.next() {
            let inside = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
            in_code ^= spans && mark == '`';
            let acts = match mark {
                '`' => !spans,
                '_' => !in_code && !inside,
                '\\' | '[' | ']' | '<' | '>' | '*' | '~' | '#' | '&' => !in_code,
                _ => false,
            };
            if acts {
                out.push('\\');
            }
            out.push(mark);
            before = mark;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_written_out() {
        assert_eq!(printable("a\u{1b}[2J\u{202e}b\r\nc\td"), "a\\u{1b}[2J\\u{202e}b\nc d");
    }

    #[test]
    fn markdown_shows_what_stands_there() {
        assert_eq!(
            markdown("<script>alert(1)</script> & `<b>` [x](y)"),
            r"\<script\>alert(1)\</script\> \& `<b>` \[x\](y)"
        );
        assert_eq!(markdown("``<b>` `<i>"), r"\`\`\<b\>\` \`\<i\>");
        assert_eq!(markdown("snake_case _em_ # a\\b"), r"snake_case \_em\_ \# a\\b");
        assert_eq!(markdown("https://a.example/b_c_d?e=*\n    indented"), "https://a.example/b_c_d?e=*\nindented");
    }
}
