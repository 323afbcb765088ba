//! What the server logs, kept where a test can search it.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tracing_subscriber::EnvFilter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Writes to [`LOG`].
struct Buffer;

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        log().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn log() -> MutexGuard<'static, Vec<u8>> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins to log, with more words than anybody would choose when running the server.
pub(crate) fn begin() {
    let filter = EnvFilter::new("debug,checkpoint=trace");
    // A test before this one may have begun already.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(|| Buffer)
        .try_init();
}

/// Everything that was logged so far.
pub(crate) fn text() -> String {
    String::from_utf8_lossy(&log()).into_owned()
}
