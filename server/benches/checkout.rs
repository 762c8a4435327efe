//! How many whole checkouts the portal takes, over HTTP, with every commit flushed to the disk.
//!
//! `make bench-checkout`. A checkout is: place the order (price, holds, payment begun at the sandbox), pay at the
//! sandbox, take in its signed notice, open the course. Server and clients share this process and this machine, so
//! the clients' work counts too.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::body::Body;
use backend::{
    account::Visitor,
    course::ImportOptions,
    pricing::Ask,
    testing::{TestBackend, sample_course, shop, wrong_books},
};
use domain::{
    checkout::{Off, Scope, Window, coupon::Terms},
    ids::Slug,
};
use hyper::{
    Request,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use server::{Host, Settings};
use tokio::net::TcpStream;
use uuid::Uuid;

const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(8);
const QUOTES: usize = 500;

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
        "{CONNECTIONS} connections, {} s each; half of the orders with a coupon",
        MEASURED.as_secs()
    );
    println!("| database | checkouts/s | p50 ms | p99 ms | quote p50 ms | quote p99 ms |");
    println!("|---|---:|---:|---:|---:|---:|");
    for test in TestBackend::both().await {
        measure(test).await;
    }
}

async fn measure(test: TestBackend) {
    let backend = &test.backend;
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    let course = sample_course("walk", Some("199.00"));
    backend.import(course, options).await.expect("imported");
    backend.agreement_terms().await.expect("an agreement");
    let terms = Terms {
        off: Off::Percent {
            percent: 50,
            cap: None,
        },
        currency: None,
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit: Some(u32::MAX),
        per_learner: Some(1),
        new_learners: false,
    };
    shop::coupon(backend, "HALF", &terms).await;
    let quotes = quotes(&test).await;
    let address = serve(&test).await;
    let number = Arc::new(AtomicUsize::new(0));
    run(address, &number, WARM_UP).await;
    let (from, begin) = (number.load(Ordering::SeqCst), Instant::now());
    let took = run(address, &number, MEASURED).await;
    let seconds = begin.elapsed().as_secs_f64();
    let done = number.load(Ordering::SeqCst);
    let paid = shop::number(
        backend,
        "SELECT COUNT(*) FROM purchase WHERE state = 'paid'",
    )
    .await;
    assert_eq!(
        paid,
        i64::try_from(done).expect("few"),
        "every checkout opens its course"
    );
    assert_eq!(wrong_books(backend, backend.clock.now()).await, []);
    println!(
        "| {} | {:.0} | {:.1} | {:.1} | {:.2} | {:.2} |",
        test.kind,
        (done - from) as f64 / seconds,
        percentile(&took, 50),
        percentile(&took, 99),
        percentile(&quotes, 50),
        percentile(&quotes, 99),
    );
}

/// Milliseconds that the backend takes for a price with a coupon, one after the other.
async fn quotes(test: &TestBackend) -> Vec<f64> {
    let courses = [Slug::parse("walk").expect("a slug")];
    let ask = Ask {
        courses: &courses,
        code: Some("half"),
        email_key: Some("li@example.com"),
        ..Ask::default()
    };
    let visitor = Visitor::default();
    let mut took = Vec::with_capacity(QUOTES);
    for _ in 0..QUOTES {
        let begin = Instant::now();
        let priced = test.backend.priced(&ask, &visitor).await.expect("a price");
        took.push(begin.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(priced.quote.total, 9_950);
    }
    took.sort_by(f64::total_cmp);
    took
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
            behind_proxy: true,
        }),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    };
    tokio::spawn(server::listen::serve(
        listener,
        server::router(host),
        std::future::pending(),
    ));
    // What a server does beside.
    let backend = test.backend.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(2)).await;
            backend.run_checkout_jobs().await;
        }
    });
    address
}

/// Milliseconds that each checkout took. `number` counts them.
async fn run(address: SocketAddr, number: &Arc<AtomicUsize>, length: Duration) -> Vec<f64> {
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(buyers(address, number.clone(), length)))
        .collect();
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.expect("a client"));
    }
    took.sort_by(f64::total_cmp);
    took
}

async fn buyers(address: SocketAddr, number: Arc<AtomicUsize>, length: Duration) -> Vec<f64> {
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("HTTP");
    tokio::spawn(connection);
    let (begin, mut took) = (Instant::now(), Vec::new());
    while begin.elapsed() < length {
        let due = Instant::now();
        let mine = number.fetch_add(1, Ordering::SeqCst);
        let (coupon, total) = if mine.is_multiple_of(2) {
            ("HALF", 9_950)
        } else {
            ("", 19_900)
        };
        let form = format!(
            "_fn=%2Fapi%2Fapp%2Fcheckout%2Fapi%2Fplace_order&courses=walk&coupon={coupon}&code={coupon}&spoken={coupon}&expected={total}\
             &agreement=1&form_key={}&email=b{mine}%40example.com&agree=on",
            Uuid::now_v7(),
        );
        let to = post(&mut sender, "/checkout/walk", form).await;
        let (_, reference) = to.split_once("/sandbox/pay/").expect("the way to pay");
        let form = format!(
            "_fn=%2Fapi%2Fapp%2Fsandbox%2Fpay_in_sandbox&reference={reference}&notify=first"
        );
        let to = post(&mut sender, &format!("/sandbox/pay/{reference}"), form).await;
        assert!(to.contains("/orders/"), "{to}");
        took.push(due.elapsed().as_secs_f64() * 1_000.0);
    }
    took
}

/// Sends a form as a browser without JavaScript does. Where it is sent on to.
async fn post(sender: &mut SendRequest<Body>, path: &str, form: String) -> String {
    let request = Request::post(path)
        .header("host", "localhost")
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    sender.ready().await.expect("a connection");
    let answer = sender.send_request(request).await.expect("an answer");
    let status = answer.status();
    let location = answer.headers().get("location").cloned();
    let body = axum::body::to_bytes(Body::new(answer.into_body()), 1 << 20)
        .await
        .expect("a body");
    assert!(
        status.is_redirection(),
        "{status}: {}",
        String::from_utf8_lossy(&body)
    );
    let location = location.expect("a redirect");
    location.to_str().expect("an address").to_owned()
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted
        .get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f64::NAN)
}
