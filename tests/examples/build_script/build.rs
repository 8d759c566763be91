//! The YAML below `schemas` becomes the module `log_types`.

fn main() -> Result<(), logwright_codegen::build::Failure> {
    logwright_codegen::compile("schemas")
}
