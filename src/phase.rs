//! The steps of a run, for the progress bar and for `--timings`. The one place that reads a clock; nothing it reads
//! reaches an edition.

use std::fmt;
use std::time::{Duration, Instant};

/// A step of the run, in the order in which they are done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    Read,
    Parse,
    Settle,
    Paginate,
    Check,
    WritePdf,
    WriteEpub,
    /// The PDFs for printers: margins, a new layout where they need one, files.
    Press,
}

impl Phase {
    pub const ALL: [Phase; 8] = [
        Phase::Read,
        Phase::Parse,
        Phase::Settle,
        Phase::Paginate,
        Phase::Check,
        Phase::WritePdf,
        Phase::WriteEpub,
        Phase::Press,
    ];
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Phase::Read => "read",
            Phase::Parse => "parse",
            Phase::Settle => "settle",
            Phase::Paginate => "paginate",
            Phase::Check => "check",
            Phase::WritePdf => "write pdf",
            Phase::WriteEpub => "write epub",
            Phase::Press => "press",
        })
    }
}

/// Told of each phase as it starts; the two writers start at once, from two threads.
pub type Watch<'a> = &'a (dyn Fn(Phase) + Sync);

/// For runs that nobody watches.
pub const UNWATCHED: Watch<'static> = &|_| {};

/// How long each phase took. The two writers run side by side, so the sum may exceed the time that passed.
#[derive(Clone, Default, Debug)]
pub struct Timings {
    pub phases: Vec<(Phase, Duration)>,
}

impl Timings {
    /// Runs one phase and notes its time.
    pub(crate) fn time<T>(&mut self, phase: Phase, watch: Watch<'_>, run: impl FnOnce() -> T) -> T {
        let (out, took) = timed(phase, watch, run);
        self.phases.push((phase, took));
        out
    }
}

/// Runs one phase and hands back its time, for phases that run side by side.
pub(crate) fn timed<T>(phase: Phase, watch: Watch<'_>, run: impl FnOnce() -> T) -> (T, Duration) {
    watch(phase);
    let start = Instant::now();
    let out = run();
    (out, start.elapsed())
}
