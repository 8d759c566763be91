//! Names: which are allowed, what column a key becomes, and how a key is called in Rust.

use std::collections::HashMap;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Names that a generated file uses itself, and names that every Rust file knows.
const USED: &str = "Box Clone Copy Debug Declared DecodedBy Default Deserialize Drop Eq Err Error Field Fn FnMut FnOnce From \
                    Indicator Indicators Into IntoOwned IpKind Iterator Kind ListOf LogType Member Members None Object ObjectWriter Ok \
                    Option Ord PairsOfLine ParsedBy Part PartialEq PartialOrd PassOn Place Places RawJson ReadMembers Reader Record Result Schema Self \
                    Send Serialize Sized Slot Some String Sync Text Then TimeFormat Timestamp ToOwned ToString \
                    TryFrom TryInto Undeclared Undecoded Values Vec";

/// The keywords of Rust 2024, reserved ones included. Sorted: every field is looked up in it.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// How long a field's name may be, in bytes. It names a column, and every store has a limit on those.
pub const LONGEST_FIELD: usize = 255;

/// Marks that become a word in a column's name.
const MARKS: &[(char, &str)] = &[
    ('@', "at_sign"),
    (',', "comma"),
    ('`', "backtick"),
    ('\'', "apostrophe"),
    ('$', "dollar_sign"),
    ('*', "asterisk"),
    ('&', "ampersand"),
    ('!', "exclamation"),
    ('%', "percent"),
    ('+', "plus"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('#', "hash"),
    ('~', "tilde"),
    ('=', "eq"),
];

/// Whether a log type may have this name: `Zendesk.Audit`, of 3 to 255 characters.
pub fn is_log_type(name: &str) -> bool {
    (3..=255).contains(&name.len()) && name.split('.').all(is_definition)
}

/// Whether a definition may have this name: a capital letter, then at least one letter or digit.
pub fn is_definition(name: &str) -> bool {
    name.len() >= 2
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a folder may name a source: it becomes a Rust module and a Cargo feature.
pub fn is_source(folder: &str) -> bool {
    folder.starts_with(|first: char| first.is_ascii_lowercase())
        && folder.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !is_keyword(folder)
        && !has("all default jiff regex serde", folder)
}

/// Whether a text is an http or https URL with a host.
pub fn is_web_address(text: &str) -> bool {
    let is_blank = |character: char| character.is_whitespace() || character.is_control();
    text.split_once("://").is_some_and(|(scheme, rest)| {
        ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
            && !rest.is_empty()
            && !rest.starts_with(['/', '?', '#', ':'])
            && !rest.contains(is_blank)
    })
}

/// The table of a log type: lower case, dots as `_`.
pub fn table(log_type: &str) -> String {
    log_type.to_ascii_lowercase().replace('.', "_")
}

/// The Rust module of a log type: `audit` for `Zendesk.Audit`. Never a keyword, and neither `source`, where the contract lies, nor
/// the name of its source, which is that of the module around it.
pub fn module(log_type: &str, source: &str) -> String {
    let name = own_name(log_type).to_snake_case();
    let taken = is_keyword(&name) || name == "source" || name == source;
    if taken { name + "_" } else { name }
}

/// The Rust type of a log type's events: `Audit` for `Zendesk.Audit`.
pub fn event_type(log_type: &str) -> String {
    let name = own_name(log_type).to_upper_camel_case();
    if has(USED, &name) { name + "Event" } else { name }
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// Whether a list of words has this one.
fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// What follows the first dot, which is the vendor's.
fn own_name(log_type: &str) -> &str {
    log_type.split_once('.').map_or(log_type, |(_, name)| name)
}

/// The column of a key, for SQL, Arrow and Parquet (section 4.4 of the language).
///
/// Letters of other scripts are transliterated; what cannot be is `_`.
///
/// ```
/// use logwright_codegen::lower::names::column;
///
/// assert_eq!(column("@foo"), "at_sign_foo");
/// assert_eq!(column("a@b"), "a_at_sign_b");
/// assert_eq!(column("user name"), "user_name");
/// assert_eq!(column("名前"), "Ming_Qian");
/// ```
pub fn column(key: &str) -> String {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if key.bytes().all(stays) {
        return key.to_owned();
    }
    let mut column = String::with_capacity(key.len());
    let mut characters = key.chars().peekable();
    while let Some(character) = characters.next() {
        if let Some((_, word)) = MARKS.iter().find(|(mark, _)| *mark == character) {
            // Between two marks one `_` is enough: the next mark puts its own.
            if !column.is_empty() {
                column.push('_');
            }
            column.push_str(word);
            if characters.peek().is_some_and(|next| MARKS.iter().all(|(mark, _)| mark != next)) {
                column.push('_');
            }
        } else if u8::try_from(character).is_ok_and(stays) {
            column.push(character);
        } else {
            let letters = deunicode::deunicode_char(character).map(str::trim).filter(|_| character.is_alphanumeric());
            let mut spoken = letters.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).peekable();
            if spoken.peek().is_none() {
                column.push('_');
            }
            column.extend(spoken);
            // Syllables stand apart, as words do.
            if letters.is_some_and(|letters| letters.len() > 1)
                && characters.peek().is_some_and(|next| next.is_alphanumeric() && !next.is_ascii())
            {
                column.push('_');
            }
        }
    }
    column
}

/// The part of a Rust type's name that stands for a key: `Geo` for `geo`.
pub fn type_part(key: &str) -> String {
    let part = column(key).to_upper_camel_case();
    if part.is_empty() { "Value".to_owned() } else { part }
}

/// Names in use in one scope. Whoever asks for a name that is taken gets one with a number.
#[derive(Debug, Default)]
pub struct Scope {
    /// A name in use, and the next number to try after it. In snake case: constants are named after types, and so two
    /// types must differ in more than their capitals.
    taken: HashMap<String, usize>,
}

impl Scope {
    /// A type's name: `wanted`, or near it.
    pub fn type_name(&mut self, wanted: &str) -> String {
        let wanted = if has(USED, wanted) { format!("{wanted}Object") } else { wanted.to_owned() };
        self.free(wanted, "")
    }

    /// A field's name for a key: a Rust identifier in snake case, raw where it would be a keyword.
    ///
    /// ```
    /// use logwright_codegen::lower::names::Scope;
    ///
    /// let mut object = Scope::default();
    /// assert_eq!(object.field_name("sourceIP"), "source_ip");
    /// assert_eq!(object.field_name("source_ip"), "source_ip_2");
    /// assert_eq!(object.field_name("type"), "r#type");
    /// assert_eq!(object.field_name("self"), "self_");
    /// assert_eq!(object.field_name("2fa"), "field_2fa");
    /// ```
    pub fn field_name(&mut self, key: &str) -> String {
        let mut name = column(key).to_snake_case();
        if name.is_empty() {
            "field".clone_into(&mut name);
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert_str(0, "field_");
        }
        if NEVER_RAW.contains(&name.as_str()) {
            name.push('_');
        }
        let name = self.free(name, "_");
        if is_keyword(&name) { format!("r#{name}") } else { name }
    }

    fn free(&mut self, wanted: String, joint: &str) -> String {
        let key = wanted.to_snake_case();
        let Some(next) = self.taken.get(&key) else {
            self.taken.insert(key, 2);
            return wanted;
        };
        let mut number = *next;
        // `self_2`, not `self__2`, which is no snake case.
        let joint = if wanted.ends_with('_') { "" } else { joint };
        let (name, name_key) = loop {
            let name = format!("{wanted}{joint}{number}");
            let name_key = name.to_snake_case();
            number += 1;
            if !self.taken.contains_key(&name_key) {
                break (name, name_key);
            }
        };
        self.taken.insert(key, number);
        self.taken.insert(name_key, 2);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_types() {
        for good in ["Zendesk.Audit", "AWS.VPCFlow", "Abc", "A1.B2.C3"] {
            assert!(is_log_type(good), "{good}");
        }
        for bad in ["", "A", "Ab", "zendesk.Audit", "Zendesk.audit", "Zendesk.", ".Audit", "A.B", "Zend_esk", "Zendésk"]
        {
            assert!(!is_log_type(bad), "{bad}");
        }
        assert!(is_log_type(&"A".repeat(255)));
        assert!(!is_log_type(&"A".repeat(256)));
    }

    #[test]
    fn modules_and_event_types() {
        for (log_type, of_module, of_type) in [
            ("Zendesk.Audit", "audit", "Audit"),
            ("Zendesk", "zendesk", "Zendesk"),
            ("AWS.VPC.Flow", "vpc_flow", "VpcFlow"),
            ("GitLab.Type", "type_", "Type"),
            ("Acme.Source", "source_", "Source"),
            ("Acme.Mod", "mod_", "Mod"),
            ("Acme", "acme_", "Acme"),
            ("Acme.Acme", "acme_", "Acme"),
            ("Acme.Record", "record", "RecordEvent"),
        ] {
            assert_eq!((module(log_type, "acme").as_str(), event_type(log_type).as_str()), (of_module, of_type));
        }
    }

    #[test]
    fn sources() {
        assert!(is_source("zendesk") && is_source("s3_access"));
        for bad in ["", "Zendesk", "git-lab", "1password", "type", "serde", "a b", "é"] {
            assert!(!is_source(bad), "{bad}");
        }
    }

    #[test]
    fn web_addresses() {
        for right in ["https://a.example/b?c#d", "http://a", "HTTPS://a.example", "https://[::1]/"] {
            assert!(is_web_address(right), "{right}");
        }
        for wrong in
            ["", "-", "a.example", "ftp://a", "https://", "https:///a", "https://a b", "https://a\n", "https://:80"]
        {
            assert!(!is_web_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn columns() {
        for (key, expected) in [
            ("plain-Name_1", "plain-Name_1"),
            ("@", "at_sign"),
            ("a@", "a_at_sign"),
            ("@@", "at_sign_at_sign"),
            ("a@@b", "a_at_sign_at_sign_b"),
            (".tag", "_tag"),
            ("größe", "grosse"),
            ("名前", "Ming_Qian"),
            ("имя", "imia"),
            ("☂", "_"),
        ] {
            assert_eq!(column(key), expected, "{key}");
        }
    }

    #[test]
    fn every_field_name_is_an_identifier_and_unique() {
        let mut scope = Scope::default();
        let keys = [
            ".tag",
            "@timestamp",
            "a-b",
            "a_b",
            "a.b",
            "type",
            "r#fn",
            "self",
            "Self",
            "super",
            "crate",
            "gen",
            "_",
            "",
            "界",
            "1",
            "true",
            "async",
            "a_b_2",
            "field",
            "naïve",
            "\u{0}",
            "a\nb",
            "\"",
            "{}",
        ];
        let names: Vec<_> = keys.iter().map(|key| scope.field_name(key)).collect();
        for (key, name) in keys.iter().zip(&names) {
            assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{key:?} became {name:?}");
        }
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len(), "{names:?}");
        assert_eq!(names[..7], ["tag", "at_sign_timestamp", "a_b", "a_b_2", "a_b_3", "r#type", "r_hash_fn"]);
    }

    #[test]
    fn type_names_never_hide_what_the_file_uses() {
        let mut scope = Scope::default();
        assert_eq!(scope.type_name("Text"), "TextObject");
        assert_eq!(scope.type_name("Text"), "TextObject2");
        assert_eq!(scope.type_name("AuditActor"), "AuditActor");
        assert_eq!(scope.type_name("IPAddress"), "IPAddress");
        assert_eq!(scope.type_name("IpAddress"), "IpAddress2");
        assert_eq!(type_part("—"), "Value");
        assert!(USED.split(' ').is_sorted() && KEYWORDS.is_sorted());
    }
}
