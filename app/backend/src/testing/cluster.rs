//! A throw-away PostgreSQL.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

/// A new, empty database in the cluster that this process started.
pub async fn new_database() -> String {
    let cluster = cluster();
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    let admin = sqlx::PgPool::connect(&format!("{cluster}/postgres"))
        .await
        .expect("the test cluster");
    // The name is made here, of letters and digits.
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&admin)
        .await
        .expect("a database");
    admin.close().await;
    format!("{cluster}/{name}")
}

/// Starts a throw-away PostgreSQL for this process, once. Its address without a database.
fn cluster() -> &'static str {
    static CLUSTER: OnceLock<String> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let initdb = program("initdb");
        let postgres = program("postgres");
        let folder = std::env::temp_dir().join(format!("waymark-postgres-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder for the cluster");
        let port = free_port();
        start(&folder, &initdb, &postgres, port);
        wait_for(port, &folder);
        format!("postgres://waymark@127.0.0.1:{port}")
    })
}

/// PostgreSQL refuses to run as root, so root hands it to another user. A shell watches this process and stops
/// the cluster when it is gone, however it ended.
fn start(folder: &Path, initdb: &Path, postgres: &Path, port: u16) {
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    let user = if root {
        "setpriv --reuid=postgres --regid=postgres --clear-groups"
    } else {
        ""
    };
    // Tests do not outlive a power failure; what is measured has to.
    let fsync = match std::env::var_os("WAYMARK_TEST_FSYNC") {
        Some(_) => "on",
        None => "off",
    };
    let script = format!(
        r#"
        set -e
        cd "{folder}"
        if [ -n "{user}" ]; then chown postgres "{folder}"; fi
        {user} "{initdb}" -D "{folder}/data" -U waymark -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"{folder}/initdb.log" 2>&1
        {user} "{postgres}" -D "{folder}/data" -p {port} -h 127.0.0.1 -k "{folder}" -c fsync={fsync} -c max_connections=400 >"{folder}/postgres.log" 2>&1 &
        server=$!
        while kill -0 {pid} 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 0.5; done
        kill -INT $server 2>/dev/null || true
        wait $server || true
        rm -rf "{folder}"
        "#,
        folder = folder.display(),
        initdb = initdb.display(),
        postgres = postgres.display(),
        pid = std::process::id(),
    );
    let mut shell = Command::new("setsid")
        .args(["sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    std::thread::spawn(move || shell.wait());
}

fn wait_for(port: u16, folder: &Path) {
    let patience = Instant::now() + Duration::from_secs(60);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() || !accepts(port) {
        assert!(
            Instant::now() < patience,
            "the test PostgreSQL did not start: {}{}",
            std::fs::read_to_string(folder.join("initdb.log")).unwrap_or_default(),
            std::fs::read_to_string(folder.join("postgres.log")).unwrap_or_default(),
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The port opens a little before the server takes connections.
fn accepts(port: u16) -> bool {
    Command::new(program("pg_isready"))
        .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
        .status()
        .is_ok_and(|status| status.success())
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Debian keeps PostgreSQL's programs out of PATH.
fn program(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    std::env::split_paths(&path)
        .chain(versions.map(|version| version.path().join("bin")))
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("these tests need PostgreSQL's {name}: install it, e.g. `apt-get install postgresql`"))
}
