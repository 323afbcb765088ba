//! The `checkpoint` binary: reads the settings, starts the log, runs a command.

use checkpoint::server::cli::{Cli, run};
use checkpoint::server::config::Config;
use clap::Parser;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Config::read(|name| std::env::var(name).ok())
        .map_err(Into::into)
        .and_then(|config| {
            start_log(&config);
            // On one or two cores a page that waits for another task needs a few threads to be sure to go on (leptos#4647).
            let workers = std::thread::available_parallelism().map_or(4, usize::from).max(4);
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(workers)
                .enable_all()
                .build()?;
            runtime.block_on(run(cli, config))
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("checkpoint: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start_log(config: &Config) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.log))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if config.log_json {
        log.json().init();
    } else {
        log.init();
    }
}
