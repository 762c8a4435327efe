//! Archives: small ones can unpack to anything, so that all that is read and written is counted.

use std::{
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

use flate2::read::GzDecoder;
use tar::{EntryType, PaxExtensions};

use crate::{
    Problem,
    source::{MAX_DEPTH, MAX_FILE, MAX_TOTAL, limit},
};

/// Of a header that says more about the entry behind it.
const MAX_HEADER: u64 = 64 << 10;
/// Folders around a file; an archive may have some around the course.
const MAX_PARTS: usize = MAX_DEPTH + 5;
/// All that may come out of an archive: the files, and what stands around them.
const MAX_UNPACKED: u64 = MAX_TOTAL + (256 << 20);

/// Unpacks only plain files and folders, only below `target`, and only so much.
pub fn unpack(archive: &Path, target: &Path) -> Result<(), Problem> {
    let name = archive.display().to_string();
    let broken =
        |error: io::Error| Problem::new(&name, None, format!("is no readable archive: {error}"));
    let file = fs::File::open(archive).map_err(broken)?;
    let mut reader = tar::Archive::new(Bounded {
        inner: GzDecoder::new(io::BufReader::new(file)),
        left: MAX_UNPACKED,
    });
    let (mut total, mut count) = (0_u64, 0_usize);
    let mut long_name = None;
    // Raw, because the reader would else take in long names and the like whole, whatever their size.
    for entry in reader.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let kind = entry.header().entry_type();
        if is_extension(kind) {
            let body = extension(&mut entry, &name)?;
            if let Some(found) = name_in(kind, &body, &name)? {
                long_name = Some(found);
            }
            continue;
        }
        let path = match long_name.take() {
            Some(path) => path,
            None => entry.path().map_err(broken)?.into_owned(),
        };
        let shown = path.display().to_string();
        check(&path, kind)?;
        // Folders are counted too: they cost as much to make.
        count += 1;
        limit(&shown, 0, total, count)?;
        let destination = target.join(&path);
        if kind.is_dir() {
            fs::create_dir_all(destination).map_err(broken)?;
            continue;
        }
        if let Some(folder) = destination.parent() {
            fs::create_dir_all(folder).map_err(broken)?;
        }
        let mut out = fs::File::create(&destination).map_err(broken)?;
        // What the header says of the size is not trusted.
        let left = MAX_FILE.min(MAX_TOTAL - total);
        let written = io::copy(&mut (&mut entry).take(left + 1), &mut out).map_err(broken)?;
        total = total.saturating_add(written);
        limit(&shown, written, total, count)?;
    }
    Ok(())
}

/// Fails where too much comes out. An end instead of that would cut a course off in silence.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("more comes out of it than a course may hold"))?;
        Ok(read)
    }
}

fn is_extension(kind: EntryType) -> bool {
    kind.is_gnu_longname()
        || kind.is_gnu_longlink()
        || kind.is_pax_global_extensions()
        || kind.is_pax_local_extensions()
}

fn extension(entry: &mut tar::Entry<'_, impl Read>, archive: &str) -> Result<Vec<u8>, Problem> {
    let broken =
        |why: String| Problem::new(archive, None, format!("is no readable archive: {why}"));
    if entry.size() > MAX_HEADER {
        let why = format!("one of its headers is larger than {} KiB", MAX_HEADER >> 10);
        return Err(broken(why));
    }
    let mut body = Vec::new();
    entry
        .read_to_end(&mut body)
        .map_err(|error| broken(error.to_string()))?;
    Ok(body)
}

/// The name that an extension gives to the entry behind it.
fn name_in(kind: EntryType, body: &[u8], archive: &str) -> Result<Option<PathBuf>, Problem> {
    let broken = |why: &str| Problem::new(archive, None, format!("is no readable archive: {why}"));
    let utf8 = |bytes: &[u8]| {
        str::from_utf8(bytes)
            .map(PathBuf::from)
            .map_err(|_| broken("the name of a file is not in UTF-8"))
    };
    if kind.is_gnu_longname() {
        return utf8(body.strip_suffix(b"\0").unwrap_or(body)).map(Some);
    }
    if !kind.is_pax_local_extensions() {
        return Ok(None);
    }
    let mut name = None;
    for record in PaxExtensions::new(body) {
        let record = record.map_err(|error| broken(&error.to_string()))?;
        match record.key_bytes() {
            b"path" => name = Some(utf8(record.value_bytes())?),
            // Only what is too large for its own header, and thus for a course, has its size here.
            b"size" => return Err(broken("a file has its size in an extended header")),
            _ => {}
        }
    }
    Ok(name)
}

fn check(path: &Path, kind: EntryType) -> Result<(), Problem> {
    let refused = |why: &str| Err(Problem::new(path.display().to_string(), None, why));
    let is_safe = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_safe {
        return refused("has a path that leads out of the archive; nothing was imported");
    }
    if path.components().count() > MAX_PARTS {
        return refused("lies in folders that are nested too deeply");
    }
    if !(kind.is_file() || kind.is_dir()) {
        return refused("is a link or a device; archives of courses hold plain files");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use flate2::{Compression, write::GzEncoder};

    use super::*;
    use crate::Source;

    type Builder = tar::Builder<GzEncoder<fs::File>>;

    fn archive(build: impl FnOnce(&mut Builder)) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("course.tar.gz");
        let file = fs::File::create(&path).expect("a file");
        let mut builder = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
        build(&mut builder);
        builder
            .into_inner()
            .and_then(GzEncoder::finish)
            .expect("written");
        (folder, path)
    }

    fn entry(builder: &mut Builder, path: &str, kind: EntryType, content: &[u8]) {
        let mut header = tar::Header::new_gnu();
        // Past the checks of the writer, as an attacker would.
        header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_size(content.len() as u64);
        header.set_entry_type(kind);
        header.set_mode(0o644);
        if kind.is_symlink() {
            header.set_link_name("/etc/passwd").expect("a link");
        }
        header.set_cksum();
        builder.append(&header, content).expect("an entry");
    }

    #[test]
    fn an_archive_cannot_write_outside() {
        for (path, kind) in [
            ("../evil", EntryType::Regular),
            ("/tmp/evil", EntryType::Regular),
            ("a/../../evil", EntryType::Regular),
            ("link", EntryType::Symlink),
            ("link", EntryType::Link),
            ("fifo", EntryType::Fifo),
        ] {
            let (_folder, file) = archive(|builder| entry(builder, path, kind, b""));
            assert!(Source::open(&file).is_err(), "{path} {kind:?}");
        }
        for (kind, name) in [
            (EntryType::GNULongName, "../evil\0"),
            (EntryType::XHeader, "16 path=../evil\n"),
        ] {
            let (_folder, file) = archive(|builder| {
                entry(builder, "header", kind, name.as_bytes());
                entry(builder, "a.txt", EntryType::Regular, b"");
            });
            let problems = Source::open(&file).expect_err("refused");
            assert!(problems.to_string().starts_with("../evil: "), "{problems}");
        }
    }

    #[test]
    fn a_good_archive_is_unpacked() {
        let long = format!("course/{}.txt", "long".repeat(30));
        let (_folder, file) = archive(|builder| {
            entry(builder, "course/a.txt", EntryType::Regular, b"hello");
            entry(
                builder,
                "global",
                EntryType::XGlobalHeader,
                b"12 a=bcdefg\n",
            );
            let mut header = tar::Header::new_gnu();
            header.set_size(4);
            builder
                .append_data(&mut header, &long, b"long".as_slice())
                .expect("an entry");
            entry(
                builder,
                "x",
                EntryType::XHeader,
                b"21 path=course/\xc3\xa9.md\n",
            );
            entry(builder, "course/e.md", EntryType::Regular, b"pax");
        });
        let mut source = Source::open(&file).expect("unpacked");
        source.enter_single_folder(&["course.toml"]);
        assert_eq!(source.read_text("a.txt").expect("text"), "hello");
        let name = long.trim_start_matches("course/");
        assert_eq!(source.read_text(name).expect("text"), "long");
        assert_eq!(source.read_text("é.md").expect("text"), "pax");
        assert!(source.read_text("../../etc/passwd").is_err());
    }

    #[test]
    fn headers_are_bounded() {
        for kind in [b'L', b'K', b'x', b'g'] {
            let (_folder, file) = archive(|builder| {
                let mut header = tar::Header::new_gnu();
                header.set_size(2 << 30);
                header.set_entry_type(EntryType::new(kind));
                header.set_cksum();
                builder.append(&header, io::empty()).expect("an entry");
            });
            let problems = Source::open(&file).expect_err("refused").to_string();
            assert!(problems.contains("larger than 64 KiB"), "{problems}");
        }
        // A second size would let two readers see two archives.
        let (_folder, file) = archive(|builder| {
            entry(builder, "x", EntryType::XHeader, b"10 size=0\n");
            entry(builder, "a.txt", EntryType::Regular, b"hello");
        });
        assert!(Source::open(&file).is_err());
    }

    #[test]
    fn what_comes_out_is_bounded() {
        let bounded = |left| Bounded {
            inner: b"four".as_slice(),
            left,
        };
        assert_eq!(io::read_to_string(bounded(4)).expect("read"), "four");
        assert!(io::read_to_string(bounded(3)).is_err());
        let deep = "a/".repeat(40) + "b";
        let (_folder, file) = archive(|builder| entry(builder, &deep, EntryType::Regular, b""));
        assert!(Source::open(&file).is_err());
    }
}
