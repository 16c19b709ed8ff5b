//! The progress bar: shown on a terminal only, and only when the work lasts. The only door to indicatif.
//!
//! In:     phases as they start.
//! Out:    one line on stderr that is gone when the work is done.
//! Absent: any effect on the work.

use crate::phase::{Phase, UNWATCHED, Watch};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Work shorter than this seems immediate, and a bar would only flicker.
const PATIENCE: Duration = Duration::from_millis(300);
/// Ten turns of the spinner a second look smooth and cost nothing.
const TICK: Duration = Duration::from_millis(100);

/// Runs `work` and shows its phases, if `wanted` and someone is there to see them.
pub fn watched<T>(wanted: bool, work: impl FnOnce(Watch<'_>) -> T) -> T {
    if !wanted || !std::io::stderr().is_terminal() {
        return work(UNWATCHED);
    }
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || show(&told));
        // The receiver lives as long as the sender; a phase it did not hear of would only not be drawn.
        let done = work(&|phase| {
            let _ = tell.send(phase);
        });
        drop(tell);
        done
    })
}

/// Waits out the author's patience, then draws until the sender is gone.
fn show(told: &mpsc::Receiver<Phase>) {
    let mut latest = Phase::Read;
    let patience = std::time::Instant::now() + PATIENCE;
    loop {
        match told.recv_timeout(patience.saturating_duration_since(std::time::Instant::now())) {
            Ok(phase) => latest = phase,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    let bar = ProgressBar::new(Phase::ALL.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:24} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(TICK);
    let draw = |phase: Phase| {
        bar.set_position(phase as u64);
        bar.set_message(phase.to_string());
    };
    draw(latest);
    told.iter().for_each(draw);
    bar.finish_and_clear();
}
