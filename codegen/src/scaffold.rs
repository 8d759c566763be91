//! A new log type: the schema and its tests, valid as they are, for the author to go on from.

use crate::lower::names;

/// The files of a new log type: paths below the folder of schemas, and texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// The schema.
    pub schema: (String, String),
    /// Its tests.
    pub tests: (String, String),
}

/// The files for a log type of this name. `source` names the folder; without one it is the first part of the name, in
/// lower case.
///
/// # Errors
/// When one of the names is not allowed.
///
/// ```
/// use logwright_codegen::scaffold::scaffold;
///
/// let files = scaffold("Acme.SignIn", None)?;
/// assert_eq!(files.schema.0, "acme/sign_in.yml");
/// assert_eq!(files.tests.0, "acme/sign_in_tests.yml");
/// assert!(files.schema.1.contains("schema: Acme.SignIn\n"));
/// assert!(scaffold("acme", None).is_err());
/// # Ok::<(), String>(())
/// ```
pub fn scaffold(name: &str, source: Option<&str>) -> Result<Scaffold, String> {
    if !names::is_log_type(name) {
        return Err(format!(
            "`{name}` cannot be the name of a log type; write `Vendor.Log`: parts of letters and digits, each of two \
             characters or more with a capital first"
        ));
    }
    let vendor = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    let source = source.unwrap_or(&vendor);
    if !names::is_source(source) {
        return Err(format!(
            "`{source}` cannot be the name of a source; give one with `--source`: a lower-case letter, then lower-case \
             letters, digits and `_`"
        ));
    }
    let file = names::module(name, source);
    let file = file.trim_end_matches('_');
    // These names belong to other files.
    let file = if file == "source" || file.ends_with("_tests") { format!("{file}_log") } else { file.to_owned() };
    Ok(Scaffold {
        schema: (format!("{source}/{file}.yml"), SCHEMA.replace("NAME", name)),
        tests: (format!("{source}/{file}_tests.yml"), TESTS.replace("NAME", name)),
    })
}

const SCHEMA: &str = "\
schema: NAME
description: What one event of this log says
referenceURL: \"-\" # the vendor's documentation of the log
fields:
  # A field that every event has is `required`; an event without it is refused.
  - name: id
    required: true
    type: string
    description: Identifies the event
  - name: time
    required: true
    type: timestamp
    timeFormat: rfc3339 # or unix, unix_ms, a strftime pattern, `layout=` and a Go layout
    isEventTime: true
    description: When it was
  - name: user
    type: string
    indicators: [username] # what analysts search for across all logs
    description: Who it was
  - name: ip
    type: string
    indicators: [ip]
    description: From where
";

const TESTS: &str = "\
# Events of NAME, and what must come of them. One document for each.
# `p_row_id` and `p_parse_time` must be there and are not compared.
name: a whole event
logType: NAME
input: |
  {\"id\": \"a1\", \"time\": \"2026-03-01T11:32:44Z\", \"user\": \"jane\", \"ip\": \"203.0.113.7\"}
result: |
  {
    \"id\": \"a1\",
    \"time\": \"2026-03-01T11:32:44Z\",
    \"user\": \"jane\",
    \"ip\": \"203.0.113.7\",
    \"p_log_type\": \"{{.LogType}}\",
    \"p_event_time\": \"2026-03-01T11:32:44Z\",
    \"p_any_ip_addresses\": [\"203.0.113.7\"],
    \"p_any_usernames\": [\"jane\"]
  }
---
name: an event without its time
logType: NAME
input: '{\"id\": \"a2\"}'
error: /time
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Options, compile};
    use crate::source::SourceMap;
    use crate::yaml;

    #[test]
    fn a_new_log_type_has_nothing_to_complain_about() {
        for name in ["Acme.Login", "Acme", "Acme.Source", "Acme.Login.Tests", "AWS.VPCFlow", "Acme.Type"] {
            let Scaffold { schema, tests } = scaffold(name, None).unwrap();
            assert!(tests.0.ends_with("_tests.yml"));
            let sources = SourceMap::from_texts([schema, tests]);
            let (schemas, mut diagnostics) = compile(&sources, &Options::default());
            assert_eq!(schemas.len(), 1, "{name}");
            assert_eq!(schemas[0].log_type, name);
            let (id, _) = sources.iter().last().unwrap();
            assert_eq!(yaml::parse_documents(id, &sources, &mut diagnostics).len(), 2);
            assert!(diagnostics.is_empty(), "{}", diagnostics.render_text(&sources, false));
        }
    }

    #[test]
    fn names_are_checked() {
        assert!(scaffold("Acme.login", None).unwrap_err().contains("`Vendor.Log`"));
        assert!(scaffold("Type.Login", None).unwrap_err().contains("`--source`"));
        assert_eq!(scaffold("Type.Login", Some("typeform")).unwrap().schema.0, "typeform/login.yml");
        assert!(scaffold("Acme.Login", Some("../x")).is_err());
    }
}
