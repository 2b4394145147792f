//! The `ghirbal` command; everything it does is in [`ghirbal::cli`].

fn main() -> std::process::ExitCode {
    ghirbal::cli::main()
}
