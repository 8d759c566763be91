//! Other ways to write a shipped log type, for the race, become the module `log_types`.

fn main() -> Result<(), logwright_codegen::build::Failure> {
    logwright_codegen::compile("schemas")
}
