//! Samples that are cells of text, under a header that names their columns.
//!
//! A text does not say what it means, so that what is chosen must keep it: `007` and `+5` stay strings, since a number would
//! be written without what came before it. An empty cell is no value, and nor is `-` in a table where it stands among numbers.

use logwright::text::{Cells, Options};

use super::Samples;

/// The delimiters that a header may show, the one that is meant where there is none first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// What the header of the current stream says, and what holds for all streams.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) delimiter: char,
    /// Whether a header has white space around a name.
    pub(super) trim_space: bool,
    /// For each cell the field it goes to; none where a later one has the same name, which then wins.
    columns: Vec<Option<usize>>,
}

impl Samples {
    /// Begins a stream of records: `line` names their columns. Without a `delimiter` the one that the header of the first
    /// stream has most of is taken. Afterwards the schema has a csv parser.
    ///
    /// ```
    /// use logwright_codegen::infer::Samples;
    ///
    /// let mut samples = Samples::default();
    /// samples.header("user;logins", None)?;
    /// samples.record("jane;7")?;
    /// let schema = samples.schema("Acme.Login")?;
    /// assert!(schema.contains("hasHeader: true") && schema.contains("type: bigint # 1 integer"));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    /// When the quotes of a cell are not as they should be, or no column has a name.
    pub fn header(&mut self, line: &str, delimiter: Option<char>) -> Result<(), String> {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        let known = self.table.as_ref().map(|table| table.delimiter);
        let delimiter = known.or(delimiter).unwrap_or_else(|| most_frequent(line));
        let names = cells(line, delimiter)?;
        let padded = names.iter().any(|name| name.trim() != name);
        let trim_space = padded || self.table.as_ref().is_some_and(|table| table.trim_space);
        let names: Vec<&str> = names.iter().map(|name| if trim_space { name.trim() } else { name }).collect();
        if names.iter().all(|name| name.is_empty()) {
            return Err("the first line names no column".to_owned());
        }
        let mut columns = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let comes_again = names[number + 1..].contains(name);
            columns.push(if comes_again { None } else { self.event.column(name, &mut self.budget) });
        }
        self.table = Some(Table { delimiter, trim_space, columns });
        Ok(())
    }

    /// Looks at one record of the stream whose header came last.
    ///
    /// # Errors
    /// When there was no header, the record is not as wide as it, or the quotes of a cell are not as they should be.
    pub fn record(&mut self, line: &str) -> Result<(), String> {
        let Some(table) = &self.table else { return Err("there is no header before this line".to_owned()) };
        let cells = cells(line, table.delimiter)?;
        if cells.len() != table.columns.len() {
            return Err(format!("{} cells, but the header has {}", cells.len(), table.columns.len()));
        }
        self.event.objects += 1;
        for (text, column) in cells.iter().zip(&table.columns) {
            let Some(column) = column else { continue };
            self.event.fields[*column].1.cell(if table.trim_space { text.trim() } else { text });
        }
        Ok(())
    }
}

fn cells(line: &str, delimiter: char) -> Result<Vec<String>, String> {
    let mut cells = Cells::new(line, delimiter, &Options { trim_space: false, empty_values: &[] });
    let mut texts = Vec::new();
    while let Some(text) = cells.text().map_err(|error| error.to_string())? {
        texts.push(text.into_owned());
    }
    Ok(texts)
}

fn most_frequent(header: &str) -> char {
    // Of several with the same count the last is taken.
    let candidates = DELIMITERS.iter().rev();
    candidates.copied().max_by_key(|delimiter| header.matches(*delimiter).count()).unwrap_or(',')
}
