//! The results as a table and as a plot.

use std::fmt::Write as _;

/// Everyone on one workload; the first entry is ours.
#[derive(Debug)]
pub(crate) struct Race {
    pub(crate) name: &'static str,
    pub(crate) bytes: usize,
    pub(crate) events: usize,
    pub(crate) entries: Vec<Entry>,
}

/// How long one took for the whole workload.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) seconds: f64,
}

#[expect(clippy::cast_precision_loss, reason = "sizes of workloads are far below what a double counts exactly")]
impl Race {
    fn megabytes(&self, entry: &Entry) -> f64 {
        self.bytes as f64 / entry.seconds / 1e6
    }

    fn nanoseconds(&self, entry: &Entry) -> f64 {
        entry.seconds * 1e9 / self.events as f64
    }
}

/// A table in Markdown for each race.
pub(crate) fn table(races: &[Race]) -> String {
    let mut out = String::new();
    for race in races {
        let size = race.bytes / race.events;
        let _ = writeln!(out, "{}: {} events of {size} bytes, one core\n", race.name, race.events);
        out.push_str("| implementation | MB/s | ns/event | ours is faster by |\n|---|---:|---:|---:|\n");
        for entry in &race.entries {
            let (speed, time) = (race.megabytes(entry), race.nanoseconds(entry));
            let ratio = entry.seconds / race.entries[0].seconds;
            let _ = writeln!(out, "| {} | {speed:.0} | {time:.0} | {ratio:.2} |", entry.name);
        }
        out.push('\n');
    }
    out
}

/// A bar for each entry.
pub(crate) fn plot(races: &[Race]) -> String {
    const ROW: usize = 22;
    let rows: usize = races.iter().map(|race| race.entries.len() + 2).sum();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"{}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        rows * ROW
    );
    let mut y = ROW;
    for race in races {
        let _ = writeln!(out, "<text x=\"10\" y=\"{y}\" font-weight=\"bold\">{}, MB/s</text>", race.name);
        let most = race.entries.iter().map(|entry| race.megabytes(entry)).fold(0.0, f64::max);
        for (index, entry) in race.entries.iter().enumerate() {
            y += ROW;
            let speed = race.megabytes(entry);
            let (width, colour) = (400.0 * speed / most, if index == 0 { "#1f6f54" } else { "#9aa5a1" });
            let _ = writeln!(
                out,
                "<text x=\"10\" y=\"{y}\">{}</text>\
                 <rect x=\"250\" y=\"{}\" width=\"{width:.0}\" height=\"16\" fill=\"{colour}\"/>\
                 <text x=\"{:.0}\" y=\"{y}\">{speed:.0}</text>",
                entry.name,
                y - 13,
                width + 256.0
            );
        }
        y += 2 * ROW;
    }
    out.push_str("</svg>\n");
    out
}
