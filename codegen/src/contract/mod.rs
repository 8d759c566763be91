//! .
pub mod model {
    //! .
    #[derive(Debug)]
    pub struct Source {
        pub name: String,
        pub title: String,
        pub logs: Vec<Log>,
    }
    #[derive(Debug)]
    pub struct Log {
        pub log_type: String,
        pub key: Vec<String>,
    }
}
