//! Media of lessons, through the gate, with byte ranges.

use app::{error::AppError, visit::Visit};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::course::{MediaFile, Viewer};
use domain::ids::Slug;
use http_range_header::StartPosition;
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt},
};
use tokio_util::io::ReaderStream;

use crate::Host;

/// `/media/{course}/{lesson}/{path}`. What may not be had does not exist.
pub async fn file(
    State(host): State<Host>,
    Path((course, lesson, path)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let user = request
        .extensions()
        .get::<Visit>()
        .and_then(|visit| visit.user.clone());
    let viewer = Viewer {
        user: user.as_ref().map(|user| user.id),
        staff: user.is_some_and(|user| user.role.is_staff()),
    };
    let Ok(course) = Slug::parse(&course) else {
        return status(StatusCode::NOT_FOUND);
    };
    match host.backend.media(viewer, &course, &lesson, &path).await {
        Ok(file) => {
            let named = request
                .uri()
                .query()
                .is_some_and(|query| query.starts_with("v="));
            send(file, request.headers().clone(), named).await
        }
        Err(error) => status(
            StatusCode::from_u16(AppError::from(error).status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        ),
    }
}

fn status(status: StatusCode) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// `named`: the URL holds the content's hash.
async fn send(media: MediaFile, headers: HeaderMap, named: bool) -> Response {
    let etag = format!("\"{}\"", &media.sha256[..32]);
    let common = |response: &mut Response| {
        let headers = response.headers_mut();
        // The URL names the content, but the gate may shut: only the browser itself may keep it.
        let cache = if named {
            "private, max-age=31536000, immutable"
        } else {
            "private, no-cache"
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if let (Ok(etag), Ok(mime)) = (
            HeaderValue::from_str(&etag),
            HeaderValue::from_str(&media.mime),
        ) {
            headers.insert(header::ETAG, etag);
            headers.insert(header::CONTENT_TYPE, mime);
        }
        // Drawings may not run scripts, however they were written.
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        );
    };
    let mut response = match range(&headers, media.bytes, &etag) {
        Wanted::Nothing => StatusCode::NOT_MODIFIED.into_response(),
        Wanted::Unsatisfiable => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            insert(
                &mut response,
                header::CONTENT_RANGE,
                &format!("bytes */{}", media.bytes),
            );
            response
        }
        Wanted::All => match body(&media, 0, media.bytes).await {
            Ok(body) => sized(StatusCode::OK, body, media.bytes),
            Err(response) => return response,
        },
        Wanted::Part(from, to) => match body(&media, from, to + 1 - from).await {
            Ok(body) => {
                let mut response = sized(StatusCode::PARTIAL_CONTENT, body, to + 1 - from);
                insert(
                    &mut response,
                    header::CONTENT_RANGE,
                    &format!("bytes {from}-{to}/{}", media.bytes),
                );
                response
            }
            Err(response) => return response,
        },
    };
    common(&mut response);
    response
}

fn sized(status: StatusCode, body: Body, bytes: u64) -> Response {
    let mut response = (status, body).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
    response
}

fn insert(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Nothing,
    All,
    /// First and last byte.
    Part(u64, u64),
    Unsatisfiable,
}

/// One range is what players ask for; several are answered with the whole, as RFC 9110 allows.
fn range(headers: &HeaderMap, bytes: u64, etag: &str) -> Wanted {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    if text(header::IF_NONE_MATCH).is_some_and(|known| {
        let same = |known: &str| known.trim().trim_start_matches("W/") == etag;
        known == "*" || known.split(',').any(same)
    }) {
        return Wanted::Nothing;
    }
    if text(header::IF_RANGE).is_some_and(|known| known != etag) {
        return Wanted::All;
    }
    let Some(Ok(parsed)) = text(header::RANGE).map(http_range_header::parse_range_header) else {
        return Wanted::All;
    };
    // The last so many bytes of fewer are all of them (RFC 9110, 14.1.2).
    if let [only] = parsed.ranges.as_slice()
        && let StartPosition::FromLast(last) = only.start
        && last >= bytes
        && bytes > 0
    {
        return Wanted::Part(0, bytes - 1);
    }
    match parsed.validate(bytes) {
        Ok(ranges) if ranges.len() == 1 => Wanted::Part(*ranges[0].start(), *ranges[0].end()),
        Ok(_) => Wanted::All,
        Err(_) => Wanted::Unsatisfiable,
    }
}

async fn body(media: &MediaFile, from: u64, length: u64) -> Result<Body, Response> {
    let open = async {
        let mut file = File::open(&media.path).await?;
        file.seek(std::io::SeekFrom::Start(from)).await?;
        Ok::<_, std::io::Error>(file.take(length))
    };
    match open.await {
        Ok(file) => Ok(Body::from_stream(ReaderStream::with_capacity(
            file,
            64 * 1024,
        ))),
        Err(error) => {
            tracing::error!(%error, path = %media.path.display(), "a media file cannot be read");
            Err(status(StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(pairs: &[(header::HeaderName, &'static str)]) -> Wanted {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        range(&headers, 1000, "\"abc\"")
    }

    #[test]
    fn ranges_follow_rfc_9110() {
        let suffix = [(header::RANGE, "bytes=-5000")];
        assert_eq!(
            wanted(&suffix),
            Wanted::Part(0, 999),
            "fewer than asked for"
        );
        let weak = [(header::IF_NONE_MATCH, "W/\"abc\"")];
        assert_eq!(wanted(&weak), Wanted::Nothing);
        assert_eq!(wanted(&[]), Wanted::All);
        assert_eq!(
            wanted(&[(header::RANGE, "bytes=0-99")]),
            Wanted::Part(0, 99)
        );
        assert_eq!(
            wanted(&[(header::RANGE, "bytes=900-")]),
            Wanted::Part(900, 999)
        );
        assert_eq!(
            wanted(&[(header::RANGE, "bytes=-100")]),
            Wanted::Part(900, 999)
        );
        assert_eq!(
            wanted(&[(header::RANGE, "bytes=1000-")]),
            Wanted::Unsatisfiable
        );
        assert_eq!(wanted(&[(header::RANGE, "lines=1-2")]), Wanted::All);
        assert_eq!(
            wanted(&[(header::IF_NONE_MATCH, "\"x\", \"abc\"")]),
            Wanted::Nothing
        );
        assert_eq!(
            wanted(&[(header::RANGE, "bytes=0-9"), (header::IF_RANGE, "\"old\"")]),
            Wanted::All
        );
    }
}
