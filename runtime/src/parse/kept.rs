//! A line out of the object in which a quarantine kept it.

use serde::Deserialize;

use super::why::Why;

/// What of the object is needed: a report of `logwright parse`, or a record of `logwright quarantine show --json`.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    code: String,
    raw: Option<String>,
    raw_hex: Option<String>,
}

/// The line as it was.
///
/// # Errors
/// When the object is none of a quarantine, or has the line only in part.
pub(super) fn line(object: &[u8]) -> Result<Vec<u8>, Why> {
    let kept: Kept = serde_json::from_slice(object)
        .map_err(|error| Why::not_kept(format!("this is no line of a quarantine file: {error}")))?;
    if kept.code == Why::TOO_LONG {
        return Err(Why::too_long("the quarantine has only the beginning of this line, which was too long".to_owned()));
    }
    let bytes = kept.raw.map(String::into_bytes).or_else(|| bytes(kept.raw_hex?.as_bytes()));
    bytes.ok_or_else(|| {
        Why::not_kept("a line of a quarantine file has `raw` or `raw_hex`; this one has neither".to_owned())
    })
}

fn bytes(hex: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hex.chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_were_and_what_is_cut_does_not() {
        assert_eq!(line(br#"{"code":"time","raw":"{\"a\":\"\u00fc\"}"}"#).unwrap(), "{\"a\":\"ü\"}".as_bytes());
        assert_eq!(line(br#"{"code":"utf8","raw_hex":"7bFf"}"#).unwrap(), b"{\xff");
        for bad in [r#"{"code":"too_long","raw":"{"}"#, r#"{"id":1}"#, "{", r#"{"raw_hex":"7"}"#, r#"{"raw_hex":"zz"}"#]
        {
            assert!(line(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
