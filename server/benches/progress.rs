//! How many reports of watching the portal takes in, over HTTP, with every commit flushed to the disk.
//!
//! `make bench-progress`. Server and clients share this process and this machine, so the clients' work counts too.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::body::Body;
use backend::{
    account::Visitor,
    course::{ImportOptions, Viewer},
    progress::Reports,
    testing::{TestBackend, sample_course},
};
use domain::{account::Role, course::ActivityBody, ids::Slug};
use hyper::{Request, client::conn::http1};
use hyper_util::rt::TokioIo;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use server::{Host, Settings};
use tokio::net::TcpStream;

const LEARNERS: usize = 600;
const CONNECTIONS: usize = 96;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(8);
/// Reports a second that the portal is meant to take in.
const AIM: f64 = 5_000.0;
const PASSWORD: &str = "walnut trail compass rain";

#[tokio::main]
async fn main() {
    if std::env::var_os("WAYMARK_TEST_FSYNC").is_none() {
        println!(
            "WAYMARK_TEST_FSYNC is not set: PostgreSQL does not flush its commits, its numbers say nothing."
        );
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores; load before: {load}");
    println!(
        "{LEARNERS} learners, {CONNECTIONS} connections, {} s each",
        MEASURED.as_secs()
    );
    println!(
        "| database | commits | reports/s | p50 ms | p99 ms | p99 ms at half of it | p99 ms at {:.0}/s, half of the aim |",
        AIM / 2.0
    );
    println!("|---|---|---:|---:|---:|---:|---:|");
    for (test, other) in [
        (TestBackend::sqlite().await, TestBackend::sqlite().await),
        (TestBackend::postgres().await, TestBackend::postgres().await),
    ] {
        measure("in groups", test, Reports::default()).await;
        measure("one by one", other, Reports::in_batches(1)).await;
    }
}

async fn measure(commits: &str, mut test: TestBackend, reports: Reports) {
    test.backend.reports = reports;
    let tokens = learners(&test).await;
    let address = serve(&test).await;
    run(address, &tokens, 0, WARM_UP, None).await;
    let full = run(address, &tokens, 10_000, MEASURED, None).await;
    let rate = full.len() as f64 / MEASURED.as_secs_f64();
    let half = run(address, &tokens, 20_000, MEASURED, Some(rate / 2.0)).await;
    let aim = run(address, &tokens, 30_000, MEASURED, Some(AIM / 2.0)).await;
    println!(
        "| {} | {commits} | {rate:.0} | {:.1} | {:.1} | {:.1} | {:.1} |",
        test.kind,
        percentile(&full, 50),
        percentile(&full, 99),
        percentile(&half, 99),
        percentile(&aim, 99),
    );
    test.backend.reports.end().await;
}

/// Learners with a session, enrolled in a course with a film of eight hours a day ago.
async fn learners(test: &TestBackend) -> Vec<String> {
    let backend = &test.backend;
    let mut bundle = sample_course("walk", None);
    if let ActivityBody::Media { media } =
        &mut bundle.course.sections[0].lessons[1].activities[0].body
    {
        media.seconds = Some(8 * 3_600);
    }
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported");
    let (walk, film) = (
        Slug::parse("walk").expect("a slug"),
        Slug::parse("film").expect("a slug"),
    );
    let mut tokens = Vec::with_capacity(LEARNERS);
    for number in 0..LEARNERS {
        let email = format!("l{number}@example.com");
        let user = backend
            .add_user(&email, "Li", Role::Learner, PASSWORD)
            .await
            .expect("an account")
            .id;
        backend.enrol(user, &walk).await.expect("enrolled");
        let viewer = Viewer {
            user: Some(user),
            staff: false,
        };
        backend.visit(viewer, &walk, &film).await.expect("visited");
        let visitor = Visitor {
            user_agent: "bench".into(),
            address: format!("10.0.{}.{}", number / 200, number % 200),
            session: None,
        };
        let signed_in = backend
            .sign_in(&email, PASSWORD, &visitor)
            .await
            .expect("signed in");
        tokens.push(signed_in.token.as_str().to_owned());
    }
    backend.clock.advance(Duration::from_secs(86_400));
    tokens
}

async fn serve(test: &TestBackend) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let address = listener.local_addr().expect("its address");
    let host = Host {
        backend: test.backend.clone(),
        leptos: LeptosOptions::builder()
            .output_name("waymark")
            .site_pkg_dir("pkg")
            .build(),
        settings: Arc::new(Settings {
            public_url: "http://localhost".into(),
            site: test.folder.path().to_owned(),
            behind_proxy: false,
        }),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    };
    tokio::spawn(server::listen::serve(
        listener,
        server::router(host),
        std::future::pending(),
    ));
    address
}

/// Milliseconds that each report took. With a rate, a second's reports begin at even distances, and what waits
/// because the one before is late counts too.
async fn run(
    address: SocketAddr,
    tokens: &[String],
    first: u64,
    length: Duration,
    rate: Option<f64>,
) -> Vec<f64> {
    let clients = tokens.chunks(tokens.len().div_ceil(CONNECTIONS));
    let count = clients.len() as f64;
    let tasks: Vec<_> = clients
        .map(|tokens| {
            let every = rate.map(|rate| Duration::from_secs_f64(count / rate));
            tokio::spawn(client(address, tokens.to_vec(), first, length, every))
        })
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.expect("a client"));
    }
    took.sort_by(f64::total_cmp);
    took
}

async fn client(
    address: SocketAddr,
    tokens: Vec<String>,
    first: u64,
    length: Duration,
    every: Option<Duration>,
) -> Vec<f64> {
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let (begin, mut took, mut due) = (Instant::now(), Vec::new(), Instant::now());
    for number in 0_u64.. {
        if let Some(every) = every {
            due += every;
            tokio::time::sleep_until(due.into()).await;
        } else {
            due = Instant::now();
        }
        if begin.elapsed() >= length {
            break;
        }
        let learner = usize::try_from(number).unwrap_or(0) % tokens.len();
        let round = first + number / tokens.len() as u64;
        let request = Request::post("/api/app/course/api/report_watching")
            .header("host", "localhost")
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("cookie", format!("waymark_session={}", tokens[learner]))
            .body(Body::from(report(round)))
            .expect("a request");
        sender.ready().await.expect("a connection");
        let answer = sender.send_request(request).await.expect("an answer");
        let status = answer.status();
        let body = axum::body::to_bytes(Body::new(answer.into_body()), 1 << 20)
            .await
            .expect("a body");
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        took.push(due.elapsed().as_secs_f64() * 1_000.0);
    }
    took
}

/// The next ten seconds of the film, as long ago as it takes to be behind the ones before.
fn report(round: u64) -> String {
    let from = round % 2_800 * 10_000;
    let (to, at) = (from + 10_000, from + 20_000);
    let id = uuid::Uuid::now_v7();
    format!(
        r#"{{"report":{{"course":"walk","lesson":"film","activity":"film","position_ms":{to},"sent_at_ms":40000000,"events":[{{"id":"{id}","from_ms":{from},"to_ms":{to},"rate":1,"at_ms":{at}}}]}}}}"#
    )
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted
        .get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f64::NAN)
}
