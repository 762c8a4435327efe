//! A running portal, and browsers that visit it.

use std::{collections::BTreeMap, sync::Arc};

use backend::{
    Backend,
    course::ImportOptions,
    testing::{TestBackend, sample_course},
};
use domain::{account::Role, ids::UserId};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderValue},
    redirect::Policy,
};
use scraper::{ElementRef, Html, Selector};
use server::{Host, Settings};

pub const PASSWORD: &str = "walnut trail compass rain";

/// A portal over a fresh database, serving on a free port.
pub struct TestApp {
    pub test: TestBackend,
    pub url: String,
}

impl TestApp {
    /// One on SQLite and one on PostgreSQL.
    pub async fn both() -> Vec<Self> {
        let mut apps = Vec::new();
        for test in TestBackend::both().await {
            apps.push(Self::over(test).await);
        }
        apps
    }

    /// One over a backend that a test has made ready.
    pub async fn over(test: TestBackend) -> Self {
        let url = Self::node(&test, test.backend.clone()).await;
        Self { test, url }
    }

    /// Another process over the same school: its address.
    pub async fn second_node(&self, backend: Backend) -> String {
        Self::node(&self.test, backend).await
    }

    async fn node(test: &TestBackend, backend: Backend) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let site = test.folder.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).expect("a folder");
        std::fs::create_dir_all(site.join("worker")).expect("a folder");
        for file in [
            "pkg/waymark.abc.css",
            "sw.js",
            "offline.js",
            "worker/store.js",
        ] {
            std::fs::write(site.join(file), "a{}").expect("a file");
        }
        let host = Host {
            backend,
            leptos: LeptosOptions::builder()
                .output_name("waymark")
                .site_pkg_dir("pkg")
                .build(),
            settings: Arc::new(Settings {
                public_url: "https://school.example".into(),
                site,
                behind_proxy: true,
            }),
            metrics: PrometheusBuilder::new().build_recorder().handle(),
        };
        let forever = std::future::pending();
        tokio::spawn(server::listen::serve(
            listener,
            server::router(host),
            forever,
        ));
        url
    }

    /// Publishes the sample course: `None` is free, else a price in CNY.
    pub async fn with_course(&self, slug: &str, price: Option<&str>) {
        // The catalogue shows courses in the order in which they came.
        self.test
            .backend
            .clock
            .advance(std::time::Duration::from_secs(1));
        let options = ImportOptions {
            publish: true,
            ..ImportOptions::default()
        };
        self.test
            .backend
            .import(sample_course(slug, price), options)
            .await
            .expect("imported");
    }

    pub async fn with_user(&self, email: &str, role: Role) -> UserId {
        self.test
            .backend
            .add_user(email, "Mei Chen", role, PASSWORD)
            .await
            .expect("an account")
            .id
    }

    /// A browser that reads English and knows nobody.
    pub fn browser(&self) -> Browser {
        self.browser_in("en")
    }

    pub fn browser_in(&self, language: &str) -> Browser {
        let mut headers = HeaderMap::new();
        headers.insert(
            "accept",
            HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8"),
        );
        headers.insert(
            "accept-language",
            HeaderValue::from_str(language).expect("a header"),
        );
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .default_headers(headers)
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Browser {
            client,
            url: self.url.clone(),
        }
    }

    /// A browser with a learner's session.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        let page = browser
            .get("/sign-in")
            .await
            .submit("Sign in", &[("email", email), ("password", PASSWORD)])
            .await;
        assert_eq!(
            page.status,
            200,
            "{email} could not sign in: {}",
            page.alerts().join(" ")
        );
        browser
    }
}

#[derive(Clone)]
pub struct Browser {
    pub client: reqwest::Client,
    pub url: String,
}

/// What came back, after every redirect was followed.
pub struct Page {
    pub status: StatusCode,
    /// Path and query, with the fragment of the last redirect.
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
    browser: Browser,
}

impl Browser {
    pub async fn get(&self, path: &str) -> Page {
        self.follow(self.client.get(format!("{}{path}", self.url)), path)
            .await
    }

    /// Sends pairs as a form does.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        let request = self.client.post(format!("{}{path}", self.url)).form(fields);
        self.follow(request, path).await
    }

    /// Any request, its answer as it is.
    pub async fn send(&self, request: reqwest::RequestBuilder, path: &str) -> Page {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = String::from_utf8_lossy(&response.bytes().await.expect("a body")).into_owned();
        Page {
            status,
            path: path.to_owned(),
            headers,
            body,
            browser: self.clone(),
        }
    }

    async fn follow(&self, request: reqwest::RequestBuilder, path: &str) -> Page {
        let mut page = self.send(request, path).await;
        for _ in 0..5 {
            if !page.status.is_redirection() {
                break;
            }
            let Some(location) = page
                .headers
                .get("location")
                .and_then(|location| location.to_str().ok())
                .map(str::to_owned)
            else {
                break;
            };
            page = self
                .send(
                    self.client.get(format!("{}{location}", self.url)),
                    &location,
                )
                .await;
        }
        page
    }
}

impl Page {
    /// As a browser without JavaScript reads it.
    pub fn html(&self) -> Html {
        Html::parse_document(
            &self
                .body
                .replace("<noscript>", "")
                .replace("</noscript>", ""),
        )
    }

    /// Visible text of the first element that fits, spaces made single.
    pub fn text(&self, selector: &str) -> Option<String> {
        self.texts(selector).into_iter().next()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.html().select(&css(selector)).map(text_of).collect()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.html()
            .select(&css(selector))
            .find_map(|element| element.attr(name).map(str::to_owned))
    }

    /// What the page announces.
    pub fn alerts(&self) -> Vec<String> {
        self.texts("[role=alert]")
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect()
    }

    pub fn has(&self, words: &str) -> bool {
        text_of(self.html().root_element()).contains(words)
    }

    /// Fills in the form with this button as a person would, and sends it.
    pub async fn submit(&self, button: &str, fields: &[(&str, &str)]) -> Page {
        let (action, sent) = self.form(button, fields);
        let html = self.html();
        let is_asked = html.select(&css("form:not([method])")).any(|form| {
            form.select(&css("button"))
                .any(|element| text_of(element) == button)
        });
        drop(html);
        if is_asked {
            let query = serde_urlencoded::to_string(&sent).expect("pairs");
            return self.browser.get(&format!("{action}?{query}")).await;
        }
        self.browser.post(&action, &sent).await
    }

    /// Target and content of the form with this button.
    pub fn form(&self, button: &str, fields: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let html = self.html();
        let form = html
            .select(&css("form"))
            .find(|form| {
                form.select(&css("button"))
                    .any(|element| text_of(element) == button)
            })
            .unwrap_or_else(|| {
                panic!(
                    "there is no button “{button}” on {}: {}",
                    self.path, self.body
                )
            });
        let mut content: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for input in form.select(&css("input")) {
            let value = input.attr("value").unwrap_or_default();
            let chosen = !matches!(input.attr("type"), Some("radio" | "checkbox"))
                || input.attr("checked").is_some();
            if let (Some(name), true) = (input.attr("name"), chosen) {
                content
                    .entry(name.to_owned())
                    .or_default()
                    .push(value.to_owned());
            }
        }
        for area in form.select(&css("textarea[name]")) {
            let name = area.attr("name").unwrap_or_default().to_owned();
            content.entry(name).or_default().push(area.text().collect());
        }
        for (name, value) in fields {
            assert!(
                form.select(&css(&format!("[name=\"{name}\"]")))
                    .next()
                    .is_some(),
                "the form has no field {name}"
            );
            content.insert((*name).to_owned(), vec![(*value).to_owned()]);
        }
        let action = form
            .attr("action")
            .filter(|action| !action.is_empty() && !action.starts_with('#'))
            .unwrap_or(&self.path);
        let pairs = content
            .into_iter()
            .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)));
        (
            action.split('#').next().unwrap_or_default().to_owned(),
            pairs.collect(),
        )
    }
}

pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

fn text_of(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
