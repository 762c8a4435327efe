//! The command line.

mod agreement;
mod certificates;
mod coupons;
mod courses;
mod promotions;
mod rules;
mod seats;
mod serve;
mod stages;

use std::{io::Read, net::SocketAddr, path::PathBuf};

use backend::{Backend, Error};
use clap::{Args, Parser, Subcommand};
use domain::{account::Role, ids::Slug};
use server::{
    config::{Config, Overrides},
    demo,
};

/// A learner portal: courses with films, texts and quizzes, and progress that counts what was learned.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, disable_help_subcommand = true, after_help = SETTINGS)]
pub struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

const SETTINGS: &str = "Every setting can stand in waymark.toml or in a variable WAYMARK_<NAME>: database, addr, data, public_url,
smtp_url, smtp_url_file, mail_folder, mail_from, signing_key_file, school_name, school_address, school_tax_id,
behind_proxy, site, log (text or json), log_filter.";

#[derive(Debug, Args)]
struct Shared {
    /// sqlite:FILE or postgres://… [default: sqlite:waymark.db, or WAYMARK_DATABASE]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Folder for media and mails [default: data, or WAYMARK_DATA]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the schema up to date, then serve; SIGTERM drains and ends
    Serve {
        /// Address and port to listen on [default: 127.0.0.1:3000, or WAYMARK_ADDR]
        #[arg(long, value_name = "ADDR:PORT")]
        addr: Option<SocketAddr>,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Load the demo school; running it twice changes nothing
    Demo {
        /// Report as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Import courses: native folders, OLX folders or their .tar.gz; all or nothing
    Import(courses::Import),
    /// Write a course in the native form; importing that gives the same course
    Export {
        /// The course's slug
        slug: Slug,
        /// A folder that does not exist yet or is empty
        dir: PathBuf,
    },
    /// What buyers agree to, and the refund rule
    #[command(subcommand)]
    Agreement(agreement::AgreementCommand),
    /// Certificates of those who completed a course
    #[command(subcommand)]
    Certificate(certificates::CertificateCommand),
    /// Coupons: codes that lower what is to pay
    #[command(subcommand)]
    Coupon(coupons::CouponCommand),
    /// Prices that are lowered for everybody for a while
    #[command(subcommand)]
    Promotion(promotions::PromotionCommand),
    /// Say how many places a course has
    Seats(seats::SeatsCommand),
    /// People with accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Tests at the end of sections
    #[command(subcommand)]
    Stage(stages::StageCommand),
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Make an account
    Add {
        email: String,
        #[arg(long)]
        name: String,
        /// learner, instructor, marketer or admin
        #[arg(long)]
        role: Role,
        /// Read the password from standard input instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Does what the command line asks for.
///
/// # Errors
/// Whatever kept it from being done.
pub async fn run(cli: Cli) -> Result<(), Error> {
    let Shared { database, data } = cli.shared;
    let addr = match &cli.command {
        Command::Serve { addr } => *addr,
        _ => None,
    };
    let config = Config::load(Overrides {
        database,
        addr,
        data,
    })?;
    match cli.command {
        Command::Serve { .. } => serve::serve(config).await,
        Command::Migrate => {
            migrated(&config).await?;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Demo { json } => {
            let imported = demo::load(&migrated(&config).await?).await?;
            courses::print(
                &imported
                    .iter()
                    .map(courses::Outcome::of)
                    .collect::<Vec<_>>(),
                json,
            )
        }
        Command::Import(import) => import.run(&config).await,
        Command::Export { slug, dir } => {
            courses::export(&migrated(&config).await?, &slug, &dir).await
        }
        Command::Agreement(command) => command.run(&migrated(&config).await?).await,
        Command::Certificate(command) => command.run(&migrated(&config).await?).await,
        Command::Coupon(command) => command.run(&migrated(&config).await?).await,
        Command::Promotion(command) => command.run(&migrated(&config).await?).await,
        Command::Seats(command) => command.run(&migrated(&config).await?).await,
        Command::Stage(command) => command.run(&migrated(&config).await?).await,
        Command::User(UserCommand::Add {
            email,
            name,
            role,
            password_stdin,
        }) => {
            let password = password(password_stdin)?;
            let user = migrated(&config)
                .await?
                .add_user(&email, &name, role, &password)
                .await?;
            println!("{} can sign in as {}.", user.email.as_str(), user.role);
            Ok(())
        }
    }
}

/// Every command works on a fresh database.
async fn migrated(config: &Config) -> Result<Backend, Error> {
    let backend = config.backend().await?;
    backend.db.migrate().await?;
    Ok(backend)
}

fn password(from_stdin: bool) -> Result<String, Error> {
    let unreadable =
        |error: std::io::Error| Error::Setup(format!("cannot read the password: {error}"));
    if !from_stdin {
        return rpassword::prompt_password("Password: ").map_err(unreadable);
    }
    let mut text = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
