//! Lines of text: taken apart by a regular expression, and by the `csv` crate, with nothing decoded; and cells as the whole job.

use logwright::time::Timestamp;
use serde::Serialize;

use super::Standard;
use crate::{Job, by_line, write_place};

/// The combined format of a web server, as an expression.
const ACCESS: &str = r#"^(\S+) (\S+) (\S+) \[([^\]]+)\] "([^"]*)" (\d+) (\S+) "([^"]*)" "([^"]*)"$"#;

/// Where the groups of an access line are.
pub fn regex() -> Job {
    let expression = regex::Regex::new(ACCESS).expect("a good expression");
    let mut places = expression.capture_locations();
    by_line(move |line, out| {
        let line = std::str::from_utf8(line).expect("a good line");
        expression.captures_read(&mut places, line).expect("a good line");
        for group in 1..places.len() {
            let (start, end) = places.get(group).expect("every group takes part");
            write_place(start, end, &mut out.vector);
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
                out.vector.extend_from_slice(cell.as_bytes());
                out.vector.push(b'\n');
            }
        }
    })
}

/// A flow record as serde writes it, in the order of ours.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Flow<'e> {
    version: i16,
    account_id: &'e str,
    interface_id: &'e str,
    srcaddr: &'e str,
    dstaddr: &'e str,
    srcport: i32,
    dstport: i32,
    protocol: i16,
    packets: i64,
    bytes: i64,
    start: &'e str,
    end: &'e str,
    action: &'e str,
    log_status: &'e str,
    #[serde(rename = "p_log_type")]
    log_type: &'static str,
    #[serde(rename = "p_row_id")]
    row_id: &'e str,
    #[serde(rename = "p_event_time")]
    event_time: &'e str,
    #[serde(rename = "p_parse_time")]
    parse_time: &'e str,
    #[serde(rename = "p_any_ip_addresses")]
    ip_addresses: Vec<&'e str>,
    #[serde(rename = "p_any_aws_account_ids")]
    aws_account_ids: [&'e str; 1],
}

/// The whole job on flow records: `csv` splits, the standard library decodes, `serde_json` writes.
pub fn csv_whole() -> Job {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).delimiter(b' ');
    let mut record = csv::StringRecord::new();
    let (mut standard, mut ended) = (Standard::default(), String::new());
    Box::new(move |block, out| {
        let mut reader = builder.from_reader(block);
        while reader.read_record(&mut record).expect("a good record") {
            let time = |cell: usize| Timestamp::from_unix(record[cell].parse().ok()?, 0);
            standard.stamp(time(10).expect("a good time"));
            super::write_lake(time(11).expect("a good time"), &mut ended);
            let mut found: Vec<&str> =
                [3, 4].iter().filter_map(|cell| addresses(Some(&record[*cell]))).flatten().collect();
            found.sort_unstable();
            found.dedup();
            let event = Flow {
                version: record[0].parse().expect("a number"),
                account_id: &record[1],
                interface_id: &record[2],
                srcaddr: &record[3],
                dstaddr: &record[4],
                srcport: record[5].parse().expect("a number"),
                dstport: record[6].parse().expect("a number"),
                protocol: record[7].parse().expect("a number"),
                packets: record[8].parse().expect("a number"),
                bytes: record[9].parse().expect("a number"),
                start: &standard.event_time,
                end: &ended,
                action: &record[12],
                log_status: &record[13],
                log_type: "AWS.VPCFlow",
                row_id: &standard.row_id,
                event_time: &standard.event_time,
                parse_time: &standard.parse_time,
                ip_addresses: found,
                aws_account_ids: [&record[1]],
            };
            serde_json::to_writer(&mut out.vector, &event).expect("a Vec takes all");
            out.vector.push(b'\n');
        }
    })
}

/// The list of one address, or nothing.
fn addresses(ip: Option<&str>) -> Option<[&str; 1]> {
    ip.filter(|ip| ip.parse::<std::net::IpAddr>().is_ok()).map(|ip| [ip])
}
