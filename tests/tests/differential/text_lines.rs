//! Random streams of lines for a log type: mostly right, often a little wrong, sometimes hostile.

use super::random::Random;
use super::text_schemas::{Column, Lines, Piece, Texts};

/// Lines that hardly any pattern was made for.
const HOSTILE: &[&[u8]] = &[
    b"",
    b" ",
    b"\t\t",
    b"\r",
    b"# a comment",
    b"\"",
    b"\"a\"b",
    b"\"a\"\"\"",
    b"\\",
    b"'\\'",
    b"\xff",
    b"a,\xc3",
    b"\xef\xbb\xbfid,user",
    b"\x00\x01",
    "é".as_bytes(),
    "\u{2028}\u{85}".as_bytes(),
];

/// A stream of so many lines. In most streams most texts fit their fields, or a mistake would hide all that follows.
pub(crate) fn stream(lines: &Lines, count: usize, random: &mut Random) -> Vec<u8> {
    let mut stream = Vec::new();
    let wrong = random.pick(&[0, 0, 0, 3, 20, 100]);
    if let Lines::Cells { columns, delimiter, has_header: true } = lines {
        if random.percent(10) {
            stream.extend_from_slice(b"#skipped, or a header that is wrong\n");
        }
        if random.percent(90) {
            stream.extend(header(columns, *delimiter, random).bytes().chain(*b"\n"));
        }
    }
    for _ in 0..count {
        let mut line = match random.below(40) {
            0 => random.pick(HOSTILE).to_vec(),
            1 => b"x\"\\ ,".repeat(random.pick(&[30, 3000])),
            _ => line(lines, wrong, random).into_bytes(),
        };
        if random.percent(5) {
            damage(&mut line, random);
        }
        stream.extend_from_slice(&line);
        stream.extend_from_slice(random.pick(&[b"\n", b"\n", b"\n", b"\r\n"]));
    }
    stream
}

fn header(columns: &[Column], delimiter: char, random: &mut Random) -> String {
    let names = columns.iter().map(|column| match random.below(20) {
        0 => format!(" {} ", column.name),
        _ => column.name.clone(),
    });
    // A name with a line break in it would be two lines.
    let names: Vec<_> = names.map(|name| cell(&name.replace('\n', " "), delimiter)).collect();
    names.join(&delimiter.to_string())
}

fn line(lines: &Lines, wrong: u64, random: &mut Random) -> String {
    match lines {
        Lines::Cells { columns, delimiter, .. } => {
            let mut cells: Vec<_> = columns
                .iter()
                .map(|column| {
                    let text = text(column.texts, wrong, random);
                    if random.percent(95) { cell(text, *delimiter) } else { text.to_owned() }
                })
                .collect();
            match random.below(40) {
                0 => _ = cells.pop(),
                1 => cells.push("more".to_owned()),
                _ => {}
            }
            cells.join(&delimiter.to_string())
        }
        Lines::Pieces(ways) => {
            let pieces = &ways[random.below(ways.len())];
            let texts = pieces.iter().map(|piece| match piece {
                Piece::Literal(text) => text.as_str(),
                Piece::Value(texts) => text(texts, wrong, random),
            });
            texts.collect()
        }
    }
}

/// One of the texts; so many times in a hundred also one of the second half, where those are that fit less.
fn text(texts: Texts, wrong: u64, random: &mut Random) -> &'static str {
    let end = if random.percent(wrong) { texts.len() } else { texts.len().div_ceil(2) };
    random.pick(&texts[..end])
}

/// A text as a cell, quoted where it must be.
fn cell(text: &str, delimiter: char) -> String {
    if text.contains(delimiter) || text.starts_with('"') {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

/// Changes bytes where they stand.
fn damage(line: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(line.len() + 1);
    match random.below(5) {
        0 => line.truncate(at),
        1 if at < line.len() => _ = line.remove(at),
        2 if at < line.len() => line[at] ^= 1 << random.below(8),
        3 => line.insert(at, random.pick(b"\"'\\ ,;\t\x00\xff\xc3")),
        _ => line.extend_from_slice(random.pick(&[&b" "[..], b"\r", b"\\", b"\""])),
    }
}
