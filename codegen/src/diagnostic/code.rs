//! The names of the rules.
//!
//! The first two digits tell the stage: 00 files, 01 YAML, 02 shape, 03 names, 04 types, 05 times, 06 advice, 07 pull
//! contracts, 08 text parsers, 09 what is not supported. A name is never given to another rule.

use std::fmt;

macro_rules! codes {
    ($($name:ident $summary:literal)*) => {
        /// Which rule a diagnostic is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name that is printed, such as `LW0201`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// The rule that was broken, in one line.
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Self::$name => $summary,)*
                }
            }
        }
    };
}

codes! {
    LW0001 "A file or folder cannot be read."
    LW0002 "A file is larger than 4 MiB."
    LW0003 "A file is not UTF-8."

    LW0101 "The text is not YAML."
    LW0102 "Lists and mappings are nested too deep."
    LW0103 "A file is too large once its aliases are replaced by what they stand for."
    LW0104 "A key stands twice in one mapping."
    LW0105 "A file holds exactly one document."
    LW0106 "Only the tags of YAML's core schema have a meaning here."
    LW0107 "An anchor must not contain an alias to itself."

    LW0201 "A key has no meaning here."
    LW0202 "A key that must be given is missing."
    LW0203 "A value has the wrong YAML type."
    LW0204 "A value is not one of those that are allowed."
    LW0205 "A list, mapping or text must not be empty."
    LW0206 "A key does not belong to the field's type."
    LW0207 "Of several keys, only one may be given."

    LW0301 "The name of a log type has the wrong form."
    LW0302 "Two log types have names that are too alike."
    LW0303 "Two log types of one source become the same Rust module."
    LW0304 "Field names that start with `p_` are reserved at the top level."
    LW0305 "A field is declared twice."
    LW0306 "Two fields of one object become the same column."
    LW0307 "The name of a definition has the wrong form."
    LW0308 "A schema must lie in a folder that is named for its source."
    LW0309 "The native parser's name should be that of the log type."
    LW0310 "A reference URL must be an http or https URL, or `-`."
    LW0311 "A field's name has at most 255 bytes."

    LW0401 "A reference names no definition."
    LW0402 "References form a cycle."
    LW0403 "Types are nested too deep."
    LW0404 "There is no such indicator."
    LW0405 "An indicator stands twice in one list."
    LW0406 "`allow` and `deny` exclude each other."
    LW0407 "A transformation must fit the type of its value."
    LW0408 "A path is keys joined by single dots."
    LW0409 "A key should go to one field; `copy` takes it a second time."
    LW0410 "A field is not renamed from its own name."
    LW0411 "Only a field takes its value from elsewhere."
    LW0412 "A path should lead through objects."
    LW0413 "An option of `mask` must fit its type."
    LW0414 "A schema becomes no more code than a computer can hold."

    LW0501 "A timestamp should state its format."
    LW0502 "A time format has a mistake in its pattern."
    LW0503 "A time format of the event time should have a year."

    LW0601 "A log type should say which field is the time of the event."
    LW0602 "A required field inside an optional object may be absent all the same."
    LW0603 "The time of the event may be missing."
    LW0604 "Events of one log type should not fit another of its folder as well."

    LW0701 "A duration is a whole number and a unit."
    LW0702 "A day is written as `YYYY-MM-DD`, and is one of the calendar."
    LW0703 "A name in a pull contract has the wrong form."
    LW0704 "A number is out of range."
    LW0705 "A brace in a template has no partner."
    LW0706 "A placeholder names nothing that can be used there."
    LW0707 "A secret must not be put in a URL or a request body."
    LW0708 "The base URL is `https://` and a host that no input can change to another."
    LW0709 "A path starts with `/` and has no parameters."
    LW0710 "Two inputs would have the same name."
    LW0711 "The records stand in exactly one place of the answer."
    LW0712 "A pointer must lead to a value of the right kind in the declared answer."
    LW0713 "A pull contract lies in the folder that is named for its source."
    LW0714 "The log type of a log must have its schema in the contract's folder."
    LW0715 "The log type has no such field."
    LW0716 "A field cannot serve this purpose."
    LW0717 "The request must send the bounds that the window declares, and no others."
    LW0718 "Two facts contradict each other."
    LW0719 "An example must be of the input's format, and a secret has none."
    LW0720 "An input should be used."
    LW0721 "A refusal should be able to apply."
    LW0722 "Something is listed twice."
    LW0723 "A time's step must not be longer than the usual lateness."
    LW0724 "A cursor that lasts leads to what is new."
    LW0725 "The longest window must hold the longest look back."
    LW0726 "A cursor that lasts must not end with its window."

    LW0801 "A placeholder `%{` has no end."
    LW0802 "Between two placeholders there must be a text."
    LW0803 "A pattern must give a name to something."
    LW0804 "There is no pattern of this name."
    LW0805 "Patterns form a cycle."
    LW0806 "A group of a pattern is named twice."
    LW0807 "A regular expression has a mistake."
    LW0808 "A delimiter is one character, and neither a quote nor a line break."
    LW0809 "A csv parser needs the names of its columns."
    LW0810 "The parser should give every field a value."
    LW0811 "A value should have a field to go to."
    LW0812 "A field of this type gets no value from a line of text."

    LW0904 "Scripts are not part of the language."
}

impl Code {
    /// The code with this printed name.
    ///
    /// ```
    /// use logwright_codegen::diagnostic::Code;
    ///
    /// assert_eq!(Code::from_name("LW0104"), Some(Code::LW0104));
    /// assert_eq!(Code::from_name("LW9999"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
