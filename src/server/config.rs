//! Settings, read from the environment once. A wrong one stops the start with one line that names it and says what is allowed.

use std::net::SocketAddr;

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where everything is kept; may hold a password, so it is never printed whole.
    pub database_url: DatabaseUrl,
    /// Where the server listens.
    pub addr: SocketAddr,
    /// How people reach it, without a slash at the end.
    pub base_url: String,
    /// What is logged, in `tracing`'s filter language.
    pub log: String,
    /// Whether each log line is a JSON object.
    pub log_json: bool,
}

/// A database address that hides its password when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub String);

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = match (self.0.split_once("://"), self.0.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, place))) => format!("{scheme}://…@{place}"),
            _ => self.0.clone(),
        };
        f.write_str(&shown)
    }
}

/// A setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {value:?} cannot be used; {allowed}")]
pub struct ConfigError {
    name: &'static str,
    value: String,
    allowed: &'static str,
}

impl Config {
    /// Reads the settings through `get`, which is the environment outside of tests.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let or = |name: &str, default: &str| get(name).filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned());
        let wrong = |name, value: &str, allowed| ConfigError {
            name,
            value: value.to_owned(),
            allowed,
        };

        let database = or("CHECKPOINT_DATABASE_URL", "sqlite://data/checkpoint.db");
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| database.starts_with(scheme))
        {
            let shown = database.split("://").next().unwrap_or_default();
            return Err(wrong("CHECKPOINT_DATABASE_URL", shown, "it starts with sqlite:// or postgres://"));
        }
        let addr = or("CHECKPOINT_ADDR", "127.0.0.1:3000");
        let addr: SocketAddr = addr
            .parse()
            .map_err(|_| wrong("CHECKPOINT_ADDR", &addr, "it is an address and a port, such as 127.0.0.1:3000"))?;
        let base_url = or("CHECKPOINT_BASE_URL", &format!("http://{addr}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let rest = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"));
        if rest.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', ' '])) {
            let allowed = "it starts with http:// or https://, then comes the host and, if need be, the port";
            return Err(wrong("CHECKPOINT_BASE_URL", &base_url, allowed));
        }
        let log = or("CHECKPOINT_LOG", "info");
        if tracing_subscriber::EnvFilter::try_new(&log).is_err() {
            return Err(wrong(
                "CHECKPOINT_LOG",
                &log,
                "it is error, warn, info, debug or trace, or a filter such as info,checkpoint=debug",
            ));
        }
        let format = or("CHECKPOINT_LOG_FORMAT", "text");
        if !["text", "json"].contains(&format.as_str()) {
            return Err(wrong("CHECKPOINT_LOG_FORMAT", &format, "it is text or json"));
        }
        Ok(Self {
            database_url: DatabaseUrl(database),
            addr,
            base_url,
            log,
            log_json: format == "json",
        })
    }

    /// Whether people reach the server over TLS: cookies are then marked secure, and browsers told to stay with TLS.
    #[must_use]
    pub fn https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| settings.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_defaults_are_those_of_the_contract() {
        let config = read(&[]).unwrap();
        assert_eq!(config.database_url.0, "sqlite://data/checkpoint.db");
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.base_url, "http://127.0.0.1:3000");
        assert!(!config.https());
        assert!(read(&[("CHECKPOINT_BASE_URL", "https://checkpoint.example/")]).unwrap().https());
    }

    #[test]
    fn a_wrong_setting_is_named_and_explained() {
        let sentence = |name, value| read(&[(name, value)]).unwrap_err().to_string();
        assert_eq!(
            sentence("CHECKPOINT_ADDR", "3000"),
            "CHECKPOINT_ADDR: \"3000\" cannot be used; it is an address and a port, such as 127.0.0.1:3000"
        );
        for (name, value) in [
            ("CHECKPOINT_DATABASE_URL", "mysql://x"),
            ("CHECKPOINT_BASE_URL", "checkpoint.example"),
            ("CHECKPOINT_BASE_URL", "https://"),
            ("CHECKPOINT_LOG", "=,="),
            ("CHECKPOINT_LOG_FORMAT", "xml"),
        ] {
            assert!(sentence(name, value).starts_with(name), "{name}={value}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let url = DatabaseUrl("postgres://user:geheim@db/checkpoint".into());
        assert_eq!(format!("{url:?}"), "postgres://…@db/checkpoint");
        let wrong = read(&[("CHECKPOINT_DATABASE_URL", "mysql://user:geheim@db/x")]).unwrap_err();
        assert!(!wrong.to_string().contains("geheim"));
    }
}
