//! Checkout under a rush of buyers, and under a server that is killed: over real HTTP, on both databases.
//!
//! `WAYMARK_PROOF` multiplies how much is tried; `WAYMARK_PROOF_SEED` repeats a run by the seed that it printed.

use std::{
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use backend::testing::{TestBackend, sample_course, shop, wrong_books};
use domain::{
    Timestamp,
    checkout::{Off, Scope, Window, coupon::Terms},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::{Client, StatusCode, header, redirect::Policy};
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use crate::harness::TestApp;

/// Requests that are under way at once.
const AT_ONCE: usize = 100;
const LIMIT: usize = 50;
const HALF_HOUR: Duration = Duration::from_secs(31 * 60);

fn times() -> usize {
    let set = std::env::var("WAYMARK_PROOF").ok();
    set.and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn half_off(limit: Option<u32>) -> Terms {
    Terms {
        off: Off::Percent {
            percent: 50,
            cap: None,
        },
        currency: None,
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit,
        per_learner: None,
        new_learners: false,
    }
}

/// The form of the checkout page, filled in.
fn order_form(
    form_key: Uuid,
    email: &str,
    coupon: &str,
    total: i64,
) -> Vec<(&'static str, String)> {
    vec![
        ("_fn", "/api/app/checkout/api/place_order".into()),
        ("courses", "walk".into()),
        ("coupon", coupon.into()),
        ("code", coupon.into()),
        ("spoken", coupon.into()),
        ("expected", total.to_string()),
        ("agreement", "1".into()),
        ("form_key", form_key.to_string()),
        ("email", email.into()),
        ("agree", "on".into()),
    ]
}

fn pay_form(reference: &str, notify: &str) -> Vec<(&'static str, String)> {
    vec![
        ("_fn", "/api/app/sandbox/pay_in_sandbox".into()),
        ("reference", reference.into()),
        ("notify", notify.into()),
    ]
}

fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .cookie_store(true)
        .build()
        .expect("a client")
}

fn location(response: &reqwest::Response) -> String {
    let location = response.headers().get(header::LOCATION);
    let text = location.and_then(|location| location.to_str().ok());
    text.unwrap_or_default().to_owned()
}

fn reference(location: &str) -> Option<String> {
    let (_, reference) = location.split_once("/sandbox/pay/")?;
    Some(reference.to_owned())
}

/// References of those who were served; the others were told of the new price.
async fn rush(app: &TestApp, wave: usize, buyers: usize) -> Vec<String> {
    let turn = Arc::new(Semaphore::new(AT_ONCE));
    let tasks: Vec<_> = (0..buyers)
        .map(|number| {
            let (turn, url) = (turn.clone(), app.url.clone());
            tokio::spawn(async move {
                let _turn = turn.acquire().await.expect("a turn");
                let email = format!("b{wave}-{number}@example.com");
                let address = format!("10.{wave}.{}.{}", number / 250, number % 250);
                let form = order_form(Uuid::now_v7(), &email, "half", 9_950);
                let request = client()
                    .post(format!("{url}/checkout/walk"))
                    .header("x-forwarded-for", address)
                    .header(header::ACCEPT, "text/html")
                    .header(header::ACCEPT_LANGUAGE, "en")
                    .form(&form);
                let response = request.send().await.expect("an answer");
                let (status, to) = (response.status(), location(&response));
                let body = response.text().await.expect("a body");
                if status.is_redirection() {
                    return Some(reference(&to).expect("the way to pay"));
                }
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
                assert!(body.contains("The price changed"), "{body}");
                let shown = body.contains("name=\"expected\" value=\"19900\"");
                assert!(shown, "the new price is shown: {body}");
                None
            })
        })
        .collect();
    let mut served = Vec::new();
    for task in tasks {
        served.extend(task.await.expect("a buyer"));
    }
    served
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_parallel_checkouts_of_a_coupon_for_fifty() {
    for app in TestApp::both().await {
        app.with_course("walk", Some("199.00")).await;
        let backend = &app.test.backend;
        backend.agreement_terms().await.expect("an agreement");
        let limit = u32::try_from(LIMIT).expect("a small number");
        let coupon = shop::coupon(backend, "HALF", &half_off(Some(limit))).await;
        let served = rush(&app, 0, 1_000 * times()).await;
        assert_eq!(served.len(), LIMIT, "{}", app.test.kind);
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (50, 0));
        // Some pay, the others let their time pass.
        let browser = client();
        for reference in &served[..20] {
            let page = format!("{}/sandbox/pay/{reference}", app.url);
            let request = browser.post(page).form(&pay_form(reference, "first"));
            let response = request.send().await.expect("an answer");
            assert!(location(&response).starts_with("/orders/"));
        }
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (30, 20));
        backend.clock.advance(HALF_HOUR);
        let served = rush(&app, 1, 100).await;
        assert_eq!(
            served.len(),
            30,
            "what expired goes to the next: {}",
            app.test.kind
        );
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (30, 20));
        backend.clock.advance(HALF_HOUR);
        backend.run_checkout_jobs().await;
        let counts = shop::counts(backend, coupon).await;
        assert_eq!((counts.held, counts.redeemed), (0, 20));
        assert_eq!(wrong_books(backend, backend.clock.now()).await, []);
    }
}

/// The program itself, which is killed and started again.
struct Server {
    child: Child,
    url: String,
    start: Box<dyn Fn() -> Command + Send>,
}

impl Server {
    async fn start(test: &TestBackend) -> Self {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.local_addr().expect("its address").port()
        };
        let (database, data) = (test.database.clone(), test.folder.path().join("data"));
        let start = move || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
            command
                .args(["serve", "--addr", &format!("127.0.0.1:{port}"), "--data"])
                .arg(&data)
                .env("WAYMARK_DATABASE", &database)
                .env("WAYMARK_BEHIND_PROXY", "true")
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command
        };
        let mut server = Self {
            child: start().spawn().expect("a server"),
            url: format!("http://127.0.0.1:{port}"),
            start: Box::new(start),
        };
        server.ready().await;
        server
    }

    async fn ready(&mut self) {
        let url = format!("{}/readyz", self.url);
        loop {
            let answer = reqwest::get(&url).await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            let ended = self.child.try_wait().expect("a child");
            assert!(ended.is_none(), "the server ended by itself: {ended:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// SIGKILL: nothing is written any more, nobody is told.
    async fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
        self.child = (self.start)().spawn().expect("a server");
        self.ready().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What one buyer does, decided before anything happens.
#[derive(Clone)]
struct Plan {
    number: usize,
    coupon: bool,
    /// When the notice of the payment comes; `None`: they leave without paying.
    notify: Option<&'static str>,
}

fn plans(random: &mut StdRng, count: usize) -> Vec<Plan> {
    const WORDS: [&str; 5] = ["first", "after", "late", "twice", "never"];
    let plan = |number| Plan {
        number,
        coupon: random.random_bool(0.5),
        notify: random
            .random_bool(0.85)
            .then(|| WORDS[random.random_range(0..WORDS.len())]),
    };
    (0..count).map(plan).collect()
}

/// Sends a form until there is an answer: the server may die before, while and after it works on it.
async fn insist(
    client: &Client,
    url: &str,
    form: &[(&'static str, String)],
    sent: &(AtomicUsize, Notify),
) -> String {
    loop {
        sent.0.fetch_add(1, Ordering::SeqCst);
        sent.1.notify_waiters();
        let request = client
            .post(url)
            .header(header::ACCEPT, "text/html")
            .form(form);
        match request.send().await {
            Ok(response) if response.status().is_redirection() => return location(&response),
            Ok(response) if response.status() == StatusCode::SERVICE_UNAVAILABLE => {}
            Ok(response) => panic!("{}: {:?}", response.status(), response.text().await),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn buy(url: &str, plan: &Plan, sent: &(AtomicUsize, Notify)) {
    let client = client();
    let (coupon, total) = match plan.coupon {
        true => ("HALF", 9_950),
        false => ("", 19_900),
    };
    let email = format!("buyer{}@example.com", plan.number);
    let form = order_form(Uuid::now_v7(), &email, coupon, total);
    let to = insist(&client, &format!("{url}/checkout/walk"), &form, sent).await;
    let Some(notify) = plan.notify else { return };
    let reference = reference(&to).expect("the way to pay");
    let page = format!("{url}/sandbox/pay/{reference}");
    let to = insist(&client, &page, &pay_form(&reference, notify), sent).await;
    assert!(to.contains("/orders/"), "{to}");
}

async fn killed_again_and_again(test: TestBackend, seed: u64) {
    let count = 200 * times();
    let mut random = StdRng::seed_from_u64(seed);
    let backend = &test.backend;
    let options = backend::course::ImportOptions {
        publish: true,
        ..Default::default()
    };
    let course = sample_course("walk", Some("199.00"));
    backend.import(course, options).await.expect("imported");
    backend.agreement_terms().await.expect("an agreement");
    let coupon = shop::coupon(backend, "HALF", &half_off(None)).await;
    let mut server = Server::start(&test).await;
    let sent = Arc::new((AtomicUsize::new(0), Notify::new()));
    let turn = Arc::new(Semaphore::new(8));
    let plans = plans(&mut random, count);
    let pay = plans.iter().filter(|plan| plan.notify.is_some()).count();
    let url = server.url.clone();
    let buyers = tokio::spawn({
        let sent = sent.clone();
        async move {
            let tasks: Vec<_> = plans
                .into_iter()
                .map(|plan| {
                    let (turn, sent, url) = (turn.clone(), sent.clone(), url.clone());
                    tokio::spawn(async move {
                        let _turn = turn.acquire().await.expect("a turn");
                        buy(&url, &plan, &sent).await;
                    })
                })
                .collect();
            for task in tasks {
                task.await.expect("a buyer");
            }
        }
    });
    // By what has happened, not by the clock: a slow machine is killed as often as a fast one.
    let mut kills = 0;
    let mut next = random.random_range(5..60);
    while !buyers.is_finished() {
        if sent.0.load(Ordering::SeqCst) < next {
            tokio::select! {
                () = sent.1.notified() => {}
                () = tokio::time::sleep(Duration::from_millis(5)) => {}
            }
            continue;
        }
        tokio::time::sleep(Duration::from_micros(random.random_range(0..30_000))).await;
        server.kill().await;
        kills += 1;
        next = sent.0.load(Ordering::SeqCst) + random.random_range(20..70);
    }
    buyers.await.expect("all buyers were served");
    server.kill().await;
    drop(server);
    // Restarted once more, in this process, at a time when nothing can be held any more.
    let now = Timestamp::now().duration_since(backend.clock.now());
    backend.clock.advance(now.unsigned_abs() + HALF_HOUR);
    for _ in 0..3 {
        backend.run_checkout_jobs().await;
        backend.clock.advance(Duration::from_secs(600));
    }
    let kind = test.kind;
    assert!(kills >= 3, "{kind}: killed only {kills} times");
    assert_eq!(
        wrong_books(backend, backend.clock.now()).await,
        [],
        "{kind}"
    );
    let orders = shop::number(backend, "SELECT COUNT(*) FROM purchase").await;
    assert_eq!(
        orders,
        i64::try_from(count).expect("few"),
        "{kind}: one order a form"
    );
    let kept = shop::number(
        backend,
        "SELECT COUNT(*) FROM payment WHERE state = 'captured'",
    )
    .await;
    assert_eq!(
        kept,
        i64::try_from(pay).expect("few"),
        "{kind}: everybody's payment is there"
    );
    let held = shop::number(backend, "SELECT COUNT(*) FROM hold WHERE state = 'held'").await;
    assert_eq!(
        (held, shop::counts(backend, coupon).await.held),
        (0, 0),
        "{kind}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_killed_loses_no_payment_and_no_hold() {
    let set = std::env::var("WAYMARK_PROOF_SEED").ok();
    let seed = set
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| rand::rng().random());
    println!("WAYMARK_PROOF_SEED={seed}");
    for test in TestBackend::both().await {
        killed_again_and_again(test, seed).await;
    }
}
