use std::any::Any;

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};

/// A panic is a defect: logged, and answered without a word of it.
pub fn answer(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("unknown"), "a request panicked");
    let mut response = Response::new(Body::from(
        "Something went wrong here. It has been noted. Please try again.\n",
    ));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
