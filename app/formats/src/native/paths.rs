//! Paths of files, as the tables of this format name them: plain names, nothing encoded.

/// The path from the course's folder to a file that is named in `folder`; else what is wrong with its name.
pub fn join(folder: &str, path: &str) -> Result<String, &'static str> {
    if path.contains('\\') {
        return Err("has a \\: write / between the names of folders");
    }
    if crate::has_scheme(path) {
        return Err("is no path of a file");
    }
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or("leads out of the course's folder")?;
            }
            name => parts.push(name),
        }
    }
    if parts.is_empty() || path.is_empty() {
        Err("names no file")
    } else {
        Ok(parts.join("/"))
    }
}

/// How `folder` names a file of the course. [`join`] gives the path again.
pub fn from(folder: &str, path: &str) -> String {
    let beside = path
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'));
    match beside {
        Some(name) if !name.contains(':') => name.to_owned(),
        _ => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_starts_where_it_is_named() {
        for (path, whole) in [
            ("a.mp4", "01-a/a.mp4"),
            ("b/a b#1%.mp4", "01-a/b/a b#1%.mp4"),
            ("../static/a.mp4", "static/a.mp4"),
            ("/static/a:b.mp4", "static/a:b.mp4"),
        ] {
            assert_eq!(join("01-a", path).as_deref(), Ok(whole));
            assert_eq!(join("01-a", &from("01-a", whole)).as_deref(), Ok(whole));
        }
        for path in ["", "..", "../../a", "a\\b", "https://example.org/a.mp4"] {
            assert!(join("01-a", path).is_err(), "{path}");
        }
    }
}
