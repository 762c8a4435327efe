//! `video` blocks: YouTube, files and addresses, captions in their many places, handouts.

use std::collections::BTreeMap;

use domain::course::{Activity, Media, MediaKind, MediaSource};

use super::{
    blocks,
    context::Context,
    embed, json,
    links::{self, Target},
    naming,
    outline::Block,
    transcript,
    xml::{Child, Element},
};

pub fn activities(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let key = blocks::key(block);
    let mut activities = Vec::new();
    match source(context, block) {
        Some(source) => {
            let media = media(context, block, source);
            activities.push(blocks::media(context, &key, media));
        }
        None => {
            let what = format!("video “{}”", block.title);
            context.record.left_out(
                &block.file,
                &what,
                "it has neither a file of the course, an absolute address nor a video of YouTube",
            );
        }
    }
    activities.extend(handouts(context, block, &key));
    activities
}

fn media(context: &mut Context<'_>, block: &Block, source: MediaSource) -> Media {
    let title = if naming::is_generic_component(&block.title) {
        context.lesson.clone()
    } else {
        block.title.clone()
    };
    let element = &block.element;
    let clip: Vec<String> = ["start_time", "end_time", "from", "to"]
        .iter()
        .filter_map(|name| clip(element.value(name)?))
        .collect();
    if !clip.is_empty() {
        context.record.converted(
            &block.file,
            &format!("part of video “{}” ({})", block.title, clip.join("–")),
            "the whole video plays",
        );
    }
    let poster = element
        .value("thumbnail")
        .or_else(|| asset(element)?.value("image"));
    let poster = poster
        .and_then(|name| context.links.file(name).map(str::to_owned))
        .filter(|path| path.rsplit('.').next() != Some("html"));
    if let Some(path) = &poster {
        context.shelf.carry(path, &mut context.record);
    }
    let seconds = asset(element)
        .and_then(|asset| asset.value("duration")?.parse::<f64>().ok())
        .filter(|seconds| (0.5..360_000.0).contains(seconds));
    let captions = captions(context, block);
    // The range was checked.
    Media {
        kind: MediaKind::Video,
        title,
        source,
        poster,
        seconds: seconds.map(|seconds| seconds.round() as u32),
        captions,
        chapters: Vec::new(),
    }
}

/// A time that cuts something off.
fn clip(time: &str) -> Option<String> {
    let plain = time.trim_matches('"');
    (plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte))).then(|| plain.to_owned())
}

fn asset(element: &Element) -> Option<&Element> {
    element.named("video_asset").next()
}

/// A file of the course before an address, an address before YouTube: those work where YouTube does not.
fn source(context: &mut Context<'_>, block: &Block) -> Option<MediaSource> {
    let element = &block.element;
    let mut best: Option<MediaSource> = None;
    for address in addresses(element) {
        let found = match context.links.target(&address) {
            _ if embed::youtube_id(&address).is_some() => None,
            Target::File(path) if !links::is_active(&path) => Some(MediaSource::File {
                src: path,
                small: None,
            }),
            // Streams of this form play in one browser family only.
            Target::Address(url) if url.starts_with("http") && !url.contains(".m3u8") => {
                Some(MediaSource::Link { url })
            }
            _ => None,
        };
        match (found, &best) {
            (None, _) => {}
            (Some(found), None) => best = Some(found),
            (Some(found @ MediaSource::File { .. }), Some(MediaSource::Link { .. })) => {
                best = Some(found);
            }
            (Some(MediaSource::File { src, .. }), Some(_)) => {
                context.record.left_out(
                    &src,
                    "second encoding of a video",
                    "one file of each video is carried",
                );
            }
            (Some(_), Some(_)) => {}
        }
    }
    if let Some(MediaSource::File { src, .. }) = &best {
        context.shelf.carry(src, &mut context.record);
    }
    best.or_else(|| youtube(element).map(|id| MediaSource::YouTube { id }))
}

/// Every address that a video may be played from, what all browsers play first.
fn addresses(element: &Element) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    if let Some(list) = element.value("html5_sources") {
        addresses.extend(json::read::<Vec<String>>(list).unwrap_or_default());
    }
    addresses.extend(
        element
            .named("source")
            .filter_map(|source| source.value("src").map(str::to_owned)),
    );
    addresses.extend(
        element
            .value("source")
            .or_else(|| element.value("src"))
            .map(str::to_owned),
    );
    let encoded = asset(element)
        .into_iter()
        .flat_map(|asset| asset.named("encoded_video"));
    let mut encoded: Vec<&Element> = encoded
        .filter(|video| !matches!(video.value("profile"), Some("youtube" | "audio_mp3")))
        .collect();
    encoded.sort_by_key(|video| match video.value("profile") {
        Some("desktop_mp4") => 0,
        Some(profile) if profile.starts_with("desktop") => 1,
        _ => 2,
    });
    addresses.extend(
        encoded
            .into_iter()
            .filter_map(|video| video.value("url").map(str::to_owned)),
    );
    // Stable, so the author's order decides among equals.
    addresses.sort_by_key(|address| !address.to_ascii_lowercase().contains(".mp4"));
    addresses.dedup();
    addresses
}

/// `1.00:AOUEsgFrYeg`, where other speeds had videos of their own once.
fn youtube(element: &Element) -> Option<String> {
    let from_list = |list: &str| {
        let normal = list.split(',').find_map(|entry| {
            entry
                .trim()
                .strip_prefix("1.0")
                .map(|rest| rest.trim_start_matches('0').trim_start_matches(':'))
        });
        normal.map(str::to_owned)
    };
    let in_asset = || {
        let encoded = asset(element)?
            .named("encoded_video")
            .find(|video| video.value("profile") == Some("youtube"))?;
        encoded.value("url").map(str::to_owned)
    };
    let ids = [
        element.value("youtube_id_1_0").map(str::to_owned),
        element.value("youtube").and_then(from_list),
        in_asset(),
    ];
    let given = ids
        .into_iter()
        .flatten()
        .map(|id| id.trim().to_owned())
        .find(|id| embed::is_youtube_id(id));
    given.or_else(|| {
        addresses(element)
            .iter()
            .find_map(|address| embed::youtube_id(address))
    })
}

fn captions(context: &mut Context<'_>, block: &Block) -> BTreeMap<String, String> {
    let (element, file) = (&block.element, &block.file);
    let mut captions = BTreeMap::new();
    for transcript in element.named("transcript") {
        if let (Some(language), Some(src)) = (transcript.value("language"), transcript.value("src"))
        {
            transcript::add(context, &mut captions, language, src, file);
        }
    }
    let listed = element
        .value("transcripts")
        .and_then(|list| json::read::<BTreeMap<String, String>>(list).ok());
    for (language, src) in listed.unwrap_or_default() {
        transcript::add(context, &mut captions, &language, &src, file);
    }
    for (language, name) in stored(element) {
        if context.links.file(&name).is_some() {
            transcript::add(context, &mut captions, &language, &name, file);
        }
    }
    for track in element
        .named("track")
        .filter_map(|track| track.value("src"))
    {
        if is_captions(track) {
            transcript::add(context, &mut captions, "en", track, file);
        }
    }
    if let Some(sub) = element.value("sub") {
        let names = [
            format!("subs_{sub}.srt.sjson"),
            format!("{sub}.srt"),
            sub.to_owned(),
        ];
        let name = names
            .iter()
            .find(|name| context.links.file(name).is_some())
            .unwrap_or(&names[0]);
        transcript::add(context, &mut captions, "en", name, file);
    } else if captions.is_empty()
        && let Some(name) = youtube(element).map(|id| format!("subs_{id}.srt.sjson"))
        && context.links.file(&name).is_some()
    {
        transcript::add(context, &mut captions, "en", &name, file);
    }
    captions
}

/// Names of the files that an export writes for what the site has stored, by language.
fn stored(element: &Element) -> Vec<(String, String)> {
    let Some(video) = element.value("edx_video_id") else {
        return Vec::new();
    };
    let lists = asset(element)
        .into_iter()
        .flat_map(|asset| asset.named("transcripts"));
    let transcripts = lists.flat_map(|list| list.named("transcript"));
    let named = transcripts.filter_map(|transcript| {
        let language = transcript.value("language_code")?;
        let form = transcript.value("file_format").unwrap_or("srt");
        Some((language.to_owned(), format!("{video}-{language}.{form}")))
    });
    named.collect()
}

fn is_captions(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    [".srt", ".vtt", ".sjson"]
        .iter()
        .any(|extension| lower.ends_with(extension))
}

/// Files to download beside a video, as a text with links.
fn handouts(context: &mut Context<'_>, block: &Block, key: &str) -> Option<Activity> {
    let element = &block.element;
    let children = ["handout", "track"]
        .into_iter()
        .flat_map(|tag| element.named(tag))
        .filter_map(|inner| inner.value("src"));
    let mut addresses: Vec<String> = children
        .chain(element.value("handout"))
        .chain(element.value("track"))
        .map(str::to_owned)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    addresses.retain(|address| !is_captions(address) && seen.insert(address.clone()));
    let mut links = Vec::new();
    for address in addresses {
        let target = context.links.target(&address);
        let Some(reference) = context.refer(&address, &block.file, "handout") else {
            continue;
        };
        let name = match target {
            Target::File(path) => path.rsplit('/').next().unwrap_or(&path).to_owned(),
            _ => address,
        };
        let mut link = Element::new("a", vec![Child::Text(name)]);
        link.set("href", &reference);
        links.push(link);
    }
    links.dedup_by(|a, b| a.attribute("href") == b.attribute("href"));
    let paragraphs: Vec<Child> = links
        .into_iter()
        .map(|link| Child::Element(Element::new("p", vec![Child::Element(link)])))
        .collect();
    (!paragraphs.is_empty()).then(|| blocks::text(context, &format!("{key}-handout"), &paragraphs))
}
