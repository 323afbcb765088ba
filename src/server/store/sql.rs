//! The little that makes one piece of SQL run on two databases: a choice of connection, and our types as text.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Postgres, Sqlite, Transaction, Type};

use super::actions::{Place, Standing};
use super::people::Role;
use super::workshops::Status;
use crate::domain::ids::{AccountId, CapabilityId, SquadId, TemplateId, TribeId, WorkshopId};

/// The same thing of either database: a pool, or a connection.
pub(super) enum Pick<S, P> {
    /// Of SQLite.
    Sqlite(S),
    /// Of PostgreSQL.
    Postgres(P),
}

/// A transaction that may write. Dropping it takes everything back.
pub(super) type Tx = Pick<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

impl Tx {
    /// Makes it durable.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

/// Compiles one body against the connection of each database.
macro_rules! each_db {
    ($pick:expr, $connection:ident => $body:expr) => {
        match $pick {
            $crate::server::store::sql::Pick::Sqlite($connection) => $body,
            $crate::server::store::sql::Pick::Postgres($connection) => $body,
        }
    };
}
pub(super) use each_db;

/// Stores a type through its `Display` and `FromStr`, so that rows carry `SquadId` and not a string that might be anything.
macro_rules! stored_as_text {
    ($($kind:ty),+ $(,)?) => {$(
        impl<DB: Database> Type<DB> for $kind where String: Type<DB> {
            fn type_info() -> DB::TypeInfo {
                <String as Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <String as Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: Database> Encode<'q, DB> for $kind where String: Encode<'q, DB> {
            fn encode_by_ref(&self, buf: &mut <DB as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                self.to_string().encode(buf)
            }
        }

        impl<'r, DB: Database> Decode<'r, DB> for $kind where &'r str: Decode<'r, DB> {
            fn decode(value: <DB as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(<&str as Decode<'r, DB>>::decode(value)?.parse()?)
            }
        }
    )+};
}

stored_as_text!(
    AccountId,
    CapabilityId,
    SquadId,
    TemplateId,
    TribeId,
    WorkshopId,
    Role,
    Status,
    Standing,
    Place
);

/// A fixed set of words in a column: the enum, its words, and the way back.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $variant,)+
        }

        impl $name {
            /// The word as it stands in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::server::store::sql::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::server::store::sql::UnknownWord(other.to_owned())),
                }
            }
        }
    };
}
pub(super) use words;

/// A word that the column does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not one of the words of this column")]
pub struct UnknownWord(pub(super) String);

/// A sequence number or count as both databases keep it.
pub(super) fn big(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
