//! Columns for people.

/// How wide lines are.
const WIDTH: usize = 100;

/// Rows in columns that are as wide as their widest cell; two spaces between, none at the end of a line.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<_> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}", width = *width)).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// The same with the last column cut, so that lines fit.
pub(super) fn fitted(mut rows: Vec<Vec<String>>) -> String {
    let last = rows[0].len() - 1;
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let before: usize = (0..last).map(|column| width(column) + 2).sum();
    for row in &mut rows {
        row[last] = shortened(&row[last], WIDTH.saturating_sub(before).max(12));
    }
    table(&rows)
}

/// `text` with at most `most` characters, the last of them an ellipsis where some are left out.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A row of cells.
pub(super) fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let rows = [row(["A", "LONG"]), row(["äöü", ""]), row(["b", "c"])];
        assert_eq!(table(&rows), "A    LONG\näöü\nb    c\n");
    }
}
