//! The command line: one file for each subcommand, one for the arguments, one that prints diagnostics.
//!
//! In:     the arguments of the process.
//! Out:    files, a summary on stdout, diagnostics on stderr, an exit code.
//! Absent: any decision about the book.

pub mod args;
mod audit;
mod build;
mod check;
mod cover;
mod dump;
mod excerpt;
mod gather;
mod progress;
mod release;
pub mod report;
mod summary;
mod verify;

use args::Command;
use report::Report;
use std::process::ExitCode;

/// The manuscript has errors.
pub const EXIT_MANUSCRIPT: u8 = 1;
/// Wrong usage (clap ends with the same code), a fault of the world, or a bug.
pub const EXIT_WORLD: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let (report, done) = match args::parse() {
        Ok(Command::Build(build)) => (Report::to_stderr(build.telling.format), build::run(&build)),
        Ok(Command::Cover(cover)) => (Report::to_stderr(cover.telling.format), cover::run(&cover)),
        Ok(Command::Check(check)) => (Report::to_stderr(check.telling.format), check::run(&check)),
        Ok(Command::Dump(dump)) => (Report::to_stderr(args::Format::Human), dump::run(&dump)),
        Ok(Command::Audit(audit)) => (Report::to_stderr(audit.format), audit::run(&audit)),
        Ok(Command::Release(release)) => (Report::to_stderr(release.telling.format), release::run(&release)),
        Ok(Command::Verify(verify)) => (Report::to_stderr(verify.telling.format), verify::run(&verify)),
        Err(fault) => (Report::to_stderr(args::Format::Human), Err(fault)),
    };
    done.unwrap_or_else(|fault| {
        report.world(&fault);
        ExitCode::from(EXIT_WORLD)
    })
}
