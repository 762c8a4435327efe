//! Servers that others have written and that stand in for Stripe: `localstripe` (PyPI) keeps books of payments and
//! refunds and sends signed events; `emulate` (npm) has Checkout Sessions. `.ci/setup.sh test` installs both.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

pub const KEY: &str = "sk_test_waymark";

/// Ends with the test.
pub struct StandIn {
    process: Child,
    pub url: String,
    client: reqwest::Client,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl StandIn {
    pub async fn localstripe() -> Self {
        let python = std::env::var_os("LOCALSTRIPE_PYTHON").map(PathBuf::from);
        let python = python
            .filter(|python| python.exists())
            .expect("localstripe: run .ci/setup.sh test, then `. .ci/env.sh`");
        let port = free_port();
        // Its own start listens on IPv6, which not every container has.
        let program = format!(
            "from aiohttp import web\nfrom localstripe.server import app\nweb.run_app(app, host='127.0.0.1', port={port})"
        );
        Self::start(Command::new(python).arg("-c").arg(program), port).await
    }

    pub async fn emulate() -> Self {
        let program = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../end2end/node_modules/emulate/dist/index.js"
        );
        assert!(
            std::path::Path::new(program).exists(),
            "emulate: run .ci/setup.sh test"
        );
        let port = free_port();
        let mut command = Command::new("node");
        command
            .arg(program)
            .args(["--service", "stripe", "--port", &port.to_string()]);
        Self::start(&mut command, port).await
    }

    async fn start(command: &mut Command, port: u16) -> Self {
        let process = command
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a stand-in");
        let stand_in = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
            client: reqwest::Client::new(),
        };
        // A machine that is busy with other tests takes its time.
        for _ in 0..600 {
            let answer = stand_in.client.get(&stand_in.url).send().await;
            if answer.is_ok() {
                return stand_in;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the stand-in does not answer");
    }

    /// What happens at Stripe without us.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .bearer_auth(KEY)
            .form(fields);
        let response = request.send().await.expect("an answer");
        serde_json::from_slice(&response.bytes().await.expect("a body")).unwrap_or_default()
    }

    pub async fn get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.url));
        let response = request.bearer_auth(KEY).send().await.expect("an answer");
        serde_json::from_slice(&response.bytes().await.expect("a body")).unwrap_or_default()
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}
