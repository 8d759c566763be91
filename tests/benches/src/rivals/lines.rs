//! Lines of text: taken apart by a regular expression, and by the `csv` crate. Splitting alone, with nothing decoded or
//! written, so that these rivals do less than we do.

use crate::{Job, by_line};

/// The combined format of a web server, as an expression.
const ACCESS: &str = r#"^(\S+) (\S+) (\S+) \[([^\]]+)\] "([^"]*)" (\d+) (\S+) "([^"]*)" "([^"]*)"$"#;

/// The groups of an access line.
pub fn regex() -> Job {
    let expression = regex::Regex::new(ACCESS).expect("a good expression");
    let mut places = expression.capture_locations();
    by_line(move |line, out| {
        let line = std::str::from_utf8(line).expect("a good line");
        expression.captures_read(&mut places, line).expect("a good line");
        for group in 1..places.len() {
            let (start, end) = places.get(group).expect("every group takes part");
            out.extend_from_slice(&line.as_bytes()[start..end]);
            out.push(b'\n');
        }
    })
}

/// The cells of records, separated by spaces.
pub fn csv() -> Job {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).delimiter(b' ');
    let mut record = csv::StringRecord::new();
    Box::new(move |block, out| {
        let mut reader = builder.from_reader(block);
        while reader.read_record(&mut record).expect("a good record") {
            for cell in &record {
                out.extend_from_slice(cell.as_bytes());
                out.push(b'\n');
            }
        }
    })
}
