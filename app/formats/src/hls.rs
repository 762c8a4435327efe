//! Films in pieces: HTTP Live Streaming playlists (RFC 8216), as far as one has to know which files belong to them.

use std::collections::BTreeSet;

use crate::{has_scheme, resolve};

/// Pieces of one film.
const MAX_FILES: usize = 20_000;

/// Whether a file is a playlist, by its name.
#[must_use]
pub fn is_playlist(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("m3u8"))
}

/// What a playlist leads to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Paths of all files, those of its other playlists included, itself left out.
    pub files: BTreeSet<String>,
    /// What cannot be had from the course's folder, as it stands in the playlist.
    pub foreign: BTreeSet<String>,
}

/// Follows a playlist and the playlists that it names. `read` gives the text of a file, `None` where there is none.
pub fn pieces(path: &str, read: &dyn Fn(&str) -> Option<String>) -> Pieces {
    let mut found = Pieces::default();
    let mut playlists = vec![path.to_owned()];
    while let Some(playlist) = playlists.pop() {
        let Some(text) = read(&playlist) else {
            continue;
        };
        let folder = playlist.rsplit_once('/').map_or("", |(folder, _)| folder);
        for reference in references(&text) {
            let file = (!has_scheme(reference) && !reference.starts_with('/'))
                .then(|| resolve(folder, reference))
                .flatten();
            match file {
                None => {
                    found.foreign.insert(reference.to_owned());
                }
                Some(file) if file == path => {}
                Some(file) => {
                    if found.files.len() < MAX_FILES
                        && found.files.insert(file.clone())
                        && is_playlist(&file)
                    {
                        playlists.push(file);
                    }
                }
            }
        }
    }
    found
}

/// Addresses in a playlist: its lines, and `URI="…"` in its tags.
fn references(text: &str) -> Vec<&str> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.starts_with("#EXTM3U") {
        return Vec::new();
    }
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .filter_map(|line| match line.strip_prefix('#') {
            None => Some(line),
            Some(tag) => tag.split_once("URI=\"")?.1.split('"').next(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playlist_leads_to_all_its_pieces() {
        let read = |path: &str| {
            Some(match path {
                "a/film.m3u8" => {
                    "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"x\",URI=\"sound.m3u8\"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nsmall/v.m3u8\n../film.m3u8\n"
                        .to_owned()
                }
                "a/small/v.m3u8" => {
                    "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:4,\n1.m4s?x=1\n#EXTINF:4,\nhttps://elsewhere.example/2.m4s\n../film.m3u8"
                        .to_owned()
                }
                "a/sound.m3u8" => "no playlist\nfile".to_owned(),
                _ => return None,
            })
        };
        let found = pieces("a/film.m3u8", &read);
        let files: Vec<&str> = found.files.iter().map(String::as_str).collect();
        assert_eq!(
            files,
            [
                "a/small/1.m4s",
                "a/small/init.mp4",
                "a/small/v.m3u8",
                "a/sound.m3u8",
                "film.m3u8"
            ]
        );
        assert_eq!(
            found.foreign.into_iter().collect::<Vec<_>>(),
            ["https://elsewhere.example/2.m4s"]
        );
    }
}
