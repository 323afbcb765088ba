//! Files that commands write: there once they are whole, or not at all.

use super::cli::Failure;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file on its way: written under another name beside its own, readable by its owner alone. Dropping it removes it.
pub(super) struct NewFile {
    temporary: NamedTempFile,
    path: PathBuf,
    replace: bool,
}

impl NewFile {
    /// Refuses a name that is taken, unless the file may be replaced.
    pub(super) fn beside(path: &Path, replace: bool) -> Result<Self, Failure> {
        if path.exists() && !replace {
            return Err(taken(path));
        }
        let temporary = NamedTempFile::new_in(folder(path)).map_err(|error| failed(path, &error))?;
        Ok(Self {
            temporary,
            path: path.to_owned(),
            replace,
        })
    }

    /// Where to write to.
    pub(super) fn file(&mut self) -> &mut File {
        self.temporary.as_file_mut()
    }

    /// The name it has until it is whole.
    pub(super) fn temporary(&self) -> &Path {
        self.temporary.path()
    }

    /// It is whole: onto the disk with it, then to its name.
    pub(super) fn keep(self) -> Result<(), Failure> {
        let path = self.path;
        // Somebody else may have written it anew, so it is opened by its name.
        let synced = File::open(self.temporary.path()).and_then(|file| file.sync_all());
        synced.map_err(|error| failed(&path, &error))?;
        let kept = if self.replace {
            self.temporary.persist(&path)
        } else {
            self.temporary.persist_noclobber(&path)
        };
        match kept {
            Ok(_) => {}
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => return Err(taken(&path)),
            Err(error) => return Err(failed(&path, &error.error)),
        }
        let folder = File::open(folder(&path)).and_then(|folder| folder.sync_all());
        folder.map_err(|error| failed(&path, &error))
    }
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn taken(path: &Path) -> Failure {
    format!(
        "{} is there already. Choose another name, or say --force to replace it.",
        path.display()
    )
    .into()
}

/// A sentence for what the disk said.
pub(super) fn failed(path: &Path, error: &std::io::Error) -> Failure {
    format!("{} cannot be written: {error}. Nothing is left behind.", path.display()).into()
}
