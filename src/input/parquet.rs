//! Apache Parquet: a document a row. Read where the program was built with the
//! feature `parquet`, else refused in words.

#[cfg(feature = "parquet")]
// Rows to documents.
mod rows;

use super::{Format, Items, Source};

/// The format.
pub const FORMAT: Format = Format {
    name: "parquet",
    extensions: &["parquet"],
    about: "Apache Parquet, a document a row, the columns as the fields of JSON Lines (built with --features parquet)",
    recognised: "PAR1 at the beginning",
    begins: |head| head.starts_with("PAR1"),
    certain: true,
    example: "",
    read,
};

#[cfg(feature = "parquet")]
fn read(source: Source) -> Items {
    rows::read(source)
}

#[cfg(not(feature = "parquet"))]
fn read(source: Source) -> Items {
    use crate::error::Reason;
    source.refuse(Reason::Unsupported("Parquet; build with --features parquet"))
}
