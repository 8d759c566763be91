//! Records of comma-separated values, one a line, and the header that names their columns.
//!
//! Cells may be quoted as RFC 4180 says. A mark inside a cell that does not start with one stands for itself.

use std::borrow::Cow;

use super::line;
use super::value::{Options, Value};
use crate::json::{Code, Error, quote};
use crate::scan::{Places, count_marks, each_part};

/// How many columns a header may name: each is kept, and one that takes a byte or two in the line takes many in memory.
const COLUMNS: usize = 65_536;

/// The cells of one record, from left to right.
#[derive(Clone, Debug)]
pub struct Cells<'a, 'o> {
    line: &'a str,
    /// Where the next cell starts; `None` after the last.
    start: Option<usize>,
    delimiter: char,
    /// The places of a delimiter that is one byte.
    delimiters: Option<Places>,
    options: &'o Options<'o>,
    /// Whether no part of the line needs an escape when it is written as JSON.
    plain: bool,
}

impl<'a, 'o> Cells<'a, 'o> {
    /// The cells of `line`.
    pub fn new(line: &'a str, delimiter: char, options: &'o Options<'o>) -> Self {
        let delimiters = u8::try_from(delimiter).ok().filter(u8::is_ascii).map(|byte| Places::new(byte, 0));
        let plain = count_marks(line.as_bytes()) == 0;
        Self { line, start: Some(0), delimiter, delimiters, options, plain }
    }

    /// The value of the next cell, an empty text where the record has no more.
    ///
    /// # Errors
    /// When the quotes of the cell are not as they should be.
    #[inline]
    pub fn value(&mut self) -> Result<Value<'a>, Error> {
        Ok(self.next()?.unwrap_or_else(|| self.options.value("")))
    }

    /// Passes over the cells that are left, and says how many they are.
    ///
    /// # Errors
    /// When the quotes of one are not as they should be.
    #[inline]
    pub fn finish(self) -> Result<usize, Error> {
        if self.start.is_none() { Ok(0) } else { self.count() }
    }

    #[cold]
    fn count(mut self) -> Result<usize, Error> {
        let mut cells = 0;
        while self.text()?.is_some() {
            cells += 1;
        }
        Ok(cells)
    }

    /// The text of the next cell as it is, to which no option applies; `None` where there is none.
    ///
    /// # Errors
    /// When the quotes of the cell are not as they should be.
    pub fn text(&mut self) -> Result<Option<Cow<'a, str>>, Error> {
        let Some(start) = self.start else { return Ok(None) };
        let rest = &self.line[start..];
        if rest.starts_with('"') {
            return self.quoted(start + 1).map(Some);
        }
        let end = match &mut self.delimiters {
            Some(delimiters) => delimiters.next(self.line.as_bytes()),
            None => rest.find(self.delimiter).map(|end| start + end),
        };
        self.start = end.map(|end| end + self.delimiter.len_utf8());
        Ok(Some(Cow::Borrowed(&self.line[start..end.unwrap_or(self.line.len())])))
    }

    /// The value of the next cell; `None` where there is none.
    #[inline]
    fn next(&mut self) -> Result<Option<Value<'a>>, Error> {
        match &mut self.delimiters {
            // No cell has quotes around it.
            Some(delimiters) if self.plain => {
                let Some(start) = self.start else { return Ok(None) };
                let end = delimiters.next(self.line.as_bytes());
                self.start = end.map(|end| end + 1);
                let cell = &self.line[start..end.unwrap_or(self.line.len())];
                Ok(Some(self.options.plain_value(cell)))
            }
            _ => self.any_next(),
        }
    }

    #[inline(never)]
    fn any_next(&mut self) -> Result<Option<Value<'a>>, Error> {
        Ok(self.text()?.map(|text| self.options.value(text)))
    }

    /// The text of a cell whose content starts at `start`, after its opening mark.
    #[cold]
    fn quoted(&mut self, start: usize) -> Result<Cow<'a, str>, Error> {
        let text = &self.line[start..];
        let mut end = 0;
        let mut doubled = false;
        loop {
            let Some(mark) = text[end..].find('"') else { return Err(wrong("`\"` at the end of a quoted cell", "")) };
            end += mark;
            if !text[end + 1..].starts_with('"') {
                break;
            }
            doubled = true;
            end += 2;
        }
        let after = &text[end + 1..];
        self.start = match after.strip_prefix(self.delimiter) {
            Some(rest) => Some(self.line.len() - rest.len()),
            None if after.is_empty() => None,
            None => return Err(wrong("the delimiter after a quoted cell", after)),
        };
        // Delimiters inside the quotes are none.
        if let (Some(delimiters), Some(next)) = (&mut self.delimiters, self.start) {
            *delimiters = delimiters.from(next);
        }
        let cell = &text[..end];
        Ok(if doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) })
    }
}

fn wrong(expected: &str, found: &str) -> Error {
    let found = if found.is_empty() { "the end of the line".to_owned() } else { quote(found) };
    Error::mismatch(Code::Pattern, expected, &found)
}

/// What the first line of a stream has said about the lines after it. Each stream starts with [`Header::default`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The columns; `None` until the header has been read.
    columns: Option<Vec<Column>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Column {
    name: String,
    /// Its place among the columns that the schema knows, if it is one of them.
    known: Option<usize>,
}

impl Header {
    /// The text of a line, as [`line()`] has it. A first line that is not UTF-8 was the header all the same.
    ///
    /// # Errors
    /// When the line is not UTF-8.
    pub fn line<'a>(&mut self, bytes: &'a [u8], skip_prefix: &str) -> Result<Option<&'a str>, Error> {
        let text = line(bytes, skip_prefix);
        if text.is_err() {
            self.columns.get_or_insert_default();
        }
        text
    }

    /// True for the first line of the stream, which is the header and is dropped.
    pub fn drop_first(&mut self) -> bool {
        let first = self.columns.is_none();
        self.columns.get_or_insert_default();
        first
    }

    /// True for the first line of the stream, which is the header and names the columns. One of them must be in `known`:
    /// else this is hardly a header, and to take it for one would lose the stream without a word. A byte order mark, which
    /// spreadsheets put there, is not part of a name.
    ///
    /// # Errors
    /// When the line cannot be the header. Every later line is then an error as well.
    pub fn take_first(
        &mut self,
        line: &str,
        delimiter: char,
        options: &Options<'_>,
        known: &[&str],
    ) -> Result<bool, Error> {
        if !self.drop_first() {
            return Ok(false);
        }
        let mut cells = Cells::new(line.strip_prefix('\u{feff}').unwrap_or(line), delimiter, options);
        let mut columns = Vec::new();
        while let Some(name) = cells.text()? {
            if columns.len() == COLUMNS {
                let expected = format!("a header of at most {COLUMNS} columns");
                return Err(Error::mismatch(Code::Elements, &expected, "more"));
            }
            let name = if options.trim_space { name.trim().to_owned() } else { name.into_owned() };
            let known = known.iter().position(|known| *known == name);
            columns.push(Column { name, known });
        }
        if columns.iter().all(|column| column.known.is_none()) {
            let expected = "a header that names a column of the schema";
            return Err(Error::mismatch(Code::Pattern, expected, &quote(line)));
        }
        self.columns = Some(columns);
        Ok(true)
    }

    /// The values of a record's cells, in the order of the columns that [`take_first`](Self::take_first) was told of, which
    /// are as many; of columns with one name the last counts. Calls `others` with the name and the value of every other cell.
    ///
    /// # Errors
    /// When the record has more or fewer cells than the header, or the quotes of one are not as they should be.
    #[inline]
    pub fn values<'a, const KNOWN: usize>(
        &self,
        line: &'a str,
        delimiter: char,
        options: &Options<'_>,
        mut others: impl FnMut(&str, Value<'a>),
    ) -> Result<[Value<'a>; KNOWN], Error> {
        let mut values = [const { Value::ABSENT }; KNOWN];
        self.each(line, delimiter, options, |column, value| {
            match column.known.and_then(|known| values.get_mut(known)) {
                Some(place) => *place = value,
                None => others(&column.name, value),
            }
        })?;
        Ok(values)
    }

    /// Calls `then` with the column and the value of each cell of a record.
    ///
    /// # Errors
    /// As for [`values`](Self::values).
    pub fn cells<'a>(
        &self,
        line: &'a str,
        delimiter: char,
        options: &Options<'_>,
        mut then: impl FnMut(&str, Value<'a>),
    ) -> Result<(), Error> {
        self.each(line, delimiter, options, |column, value| then(&column.name, value))
    }

    #[inline]
    fn each<'a>(
        &self,
        line: &'a str,
        delimiter: char,
        options: &Options<'_>,
        mut then: impl FnMut(&Column, Value<'a>),
    ) -> Result<(), Error> {
        let columns = self.columns.as_deref().unwrap_or_default();
        let mut cells = Cells::new(line, delimiter, options);
        let (mut left, mut found) = (columns.iter(), 0);
        match u8::try_from(delimiter) {
            // Of nearly every line: no cell has quotes around it.
            Ok(byte) if byte.is_ascii() && cells.plain => each_part(line, byte, |cell| {
                if let Some(column) = left.next() {
                    then(column, options.plain_value(cell));
                }
                found += 1;
            }),
            _ => {
                while let Some(column) = left.next()
                    && let Some(value) = cells.any_next()?
                {
                    then(column, value);
                    found += 1;
                }
                found += cells.finish()?;
            }
        }
        if found == columns.len() {
            return Ok(());
        }
        Err(wrong_count(columns.len(), found))
    }
}

#[cold]
fn wrong_count(columns: usize, found: usize) -> Error {
    let expected = format!("{columns} cells, as many as the header has");
    Error::mismatch(Code::Pattern, &expected, &found.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &Options<'static> = &Options { trim_space: false, empty_values: &[] };

    fn cells(line: &str, delimiter: char) -> Result<Vec<String>, String> {
        let mut cells = Cells::new(line, delimiter, PLAIN);
        let mut all = Vec::new();
        while let Some(cell) = cells.text().map_err(|error| error.to_string())? {
            all.push(cell.into_owned());
        }
        Ok(all)
    }

    #[test]
    fn cells_are_split_and_quotes_undone() {
        assert_eq!(cells("a,b,,d", ',').unwrap(), ["a", "b", "", "d"]);
        assert_eq!(cells("", ',').unwrap(), [""]);
        assert_eq!(cells(",", ',').unwrap(), ["", ""]);
        assert_eq!(cells(r#""a,b","say ""hi""","",x"y""#, ',').unwrap(), ["a,b", "say \"hi\"", "", "x\"y\""]);
        assert_eq!(cells("a→b→\"→\"", '→').unwrap(), ["a", "b", "→"]);
        assert_eq!(cells("a  b", ' ').unwrap(), ["a", "", "b"]);
    }

    #[test]
    fn quotes_that_are_left_open_or_run_on_are_errors() {
        for line in ["\"a", "\"a\"\"", "\"a\"b,c", "a,\"", "\"a\" ,b"] {
            assert!(cells(line, ',').is_err(), "{line}");
        }
    }

    #[test]
    fn missing_cells_are_empty_texts() {
        let mut cells = Cells::new("a", ',', PLAIN);
        assert_eq!(cells.value().unwrap().as_str(), Some("a"));
        assert_eq!(cells.value().unwrap().as_str(), Some(""));
        assert_eq!(cells.finish().unwrap(), 0);
        assert!(Cells::new("a,\"", ',', PLAIN).finish().is_err());
    }

    #[test]
    fn the_first_line_names_the_columns() {
        let mut header = Header::default();
        assert!(header.take_first("\u{feff}a,b", ',', PLAIN, &["b"]).unwrap());
        assert!(!header.take_first("1,2", ',', PLAIN, &["b"]).unwrap());
        let mut row = Vec::new();
        header.cells("1,2", ',', PLAIN, |name, value| row.push(format!("{name}={}", value.or_empty()))).unwrap();
        assert_eq!(row, ["a=1", "b=2"]);
        for line in ["1", "1,2,3", "1,2,\""] {
            assert!(header.cells(line, ',', PLAIN, |_, _| {}).is_err(), "{line}");
        }
        let error = header.cells("1", ',', PLAIN, |_, _| {}).unwrap_err();
        assert_eq!(error.to_string(), "expected 2 cells, as many as the header has, found 1");
    }

    #[test]
    fn values_come_in_the_order_of_the_known_columns() {
        let mut header = Header::default();
        assert!(header.take_first("b,x,a,b", ',', PLAIN, &["a", "b", "c"]).unwrap());
        // The same cells in a plain line, and in one with quotes.
        for (line, last) in [("1,2,3,4", "4"), ("1,2,3,\"4,5\"", "4,5")] {
            let mut others = Vec::new();
            let values: [_; 3] = header
                .values(line, ',', PLAIN, |name, value| others.push(format!("{name}={}", value.or_empty())))
                .unwrap();
            assert_eq!(values.each_ref().map(Value::as_str), [Some("3"), Some(last), None]);
            assert_eq!(others, ["x=2"]);
        }
        for line in ["1,2,3", "1,2,3,4,5", "", "1,2,3,\"4\",5"] {
            assert!(header.values::<3>(line, ',', PLAIN, |_, _| ()).is_err(), "{line}");
        }
    }

    #[test]
    fn a_stream_whose_header_is_wrong_has_no_events() {
        for first in ["x,y", "\"a", ""] {
            let mut header = Header::default();
            assert!(header.take_first(first, ',', PLAIN, &["a"]).is_err(), "{first}");
            assert!(!header.take_first("1,2", ',', PLAIN, &["a"]).unwrap());
            assert!(header.cells("1,2", ',', PLAIN, |_, _| {}).is_err());
        }
        let mut header = Header::default();
        assert!(header.take_first(&",".repeat(COLUMNS - 1), ',', PLAIN, &[""]).unwrap());
        let error = Header::default().take_first(&",".repeat(COLUMNS), ',', PLAIN, &[""]).unwrap_err();
        assert_eq!(error.to_string(), "expected a header of at most 65536 columns, found more");
        let mut header = Header::default();
        assert!(header.line(b"\xff", "").is_err());
        assert!(!header.drop_first());
    }
}
