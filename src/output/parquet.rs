//! Apache Parquet: claims, dates and entities as three tables, a file each.
//! Only in programs that are built with the feature `parquet`; others know the
//! format and say so.

use super::{Format, Layout};

/// The format.
pub const FORMAT: Format = Format {
    name: "parquet",
    extensions: &["parquet"],
    about: "Apache Parquet: claims, dates and entities as three tables, a file each",
    guide: "\
`-o NAME.parquet` writes `NAME.claims.parquet`, `NAME.dates.parquet` and `NAME.entities.parquet`. `doc_id` joins the \
tables, and `actor_id`, `place_id`, `time_id` and `source_id` of a claim lead to the `id` of an entity or a date. Text is \
UTF-8; numbers are doubles, which keep 15 digits (the other formats are exact); the columns are packed with Zstandard. The \
program must be built with `--features parquet`.",
    units: None,
    layout: Layout::Tables,
};

/// Whether this program can write it.
pub const AVAILABLE: bool = cfg!(feature = "parquet");

#[cfg(not(feature = "parquet"))]
pub use missing::Tables;
#[cfg(feature = "parquet")]
pub use written::Tables;

/// Rows of all tables, in their order.
pub type Rows = Vec<Vec<Vec<serde_json::Value>>>;

#[cfg(feature = "parquet")]
mod written {
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use parquet::basic::{Compression, ZstdLevel};
    use parquet::column::writer::ColumnWriter;
    use parquet::data_type::ByteArray;
    use parquet::errors::{ParquetError, Result};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use serde_json::Value;

    use super::Rows;
    use crate::error::Error;
    use crate::output::sink::{Sink, partial};
    use crate::packing::unpacked;
    use crate::record::tables::{Column, Kind, TABLES};

    /// Rows after which a table's rows are written as a group.
    const GROUP: usize = 1 << 16;

    /// The files of the three tables.
    pub struct Tables(Vec<File>);

    /// The file of a table, with the rows that wait to be written.
    struct File {
        path: PathBuf,
        columns: Vec<Column>,
        rows: Vec<Vec<Value>>,
        writer: SerializedFileWriter<Sink>,
    }

    impl Tables {
        /// Begins the tables whose files are named after `path`.
        ///
        /// # Errors
        /// When a file cannot be made.
        pub fn create(path: &Path) -> std::result::Result<Self, Error> {
            let begin = |table: &crate::record::tables::Table| {
                let path = file(path, table.name);
                let sink = Sink::create(Some(&path))?;
                let columns = (table.columns)();
                let writer = writer(sink, table.name, &columns)
                    .map_err(|error| Error::Write { path: path.clone(), source: unwritten(error) })?;
                Ok(File { path, columns, rows: Vec::new(), writer })
            };
            TABLES.iter().map(begin).collect::<std::result::Result<_, Error>>().map(Self)
        }

        /// Adds the rows of a document.
        ///
        /// # Errors
        /// When they cannot be written.
        pub fn put(&mut self, rows: &Rows) -> io::Result<()> {
            for (file, rows) in self.0.iter_mut().zip(rows) {
                file.rows.extend_from_slice(rows);
                if file.rows.len() >= GROUP {
                    file.write_group().map_err(unwritten)?;
                }
            }
            Ok(())
        }

        /// Is not the whole output: the files will take the names of [`partial`].
        pub fn early(&mut self) {
            for file in &mut self.0 {
                file.writer.inner_mut().early();
                file.path = partial(&file.path);
            }
        }

        /// Finishes the files and returns their names.
        ///
        /// # Errors
        /// When the disk refuses.
        pub fn commit(self) -> std::result::Result<Vec<PathBuf>, Error> {
            let mut sinks = Vec::new();
            for mut file in self.0 {
                let done = file.write_group().and_then(|()| file.writer.into_inner());
                let sink =
                    done.map_err(|error| Error::Write { path: file.path.clone(), source: unwritten(error) })?;
                sinks.push((file.path, sink));
            }
            // All are whole before the first takes its name.
            sinks.into_iter().map(|(path, sink)| sink.commit().map(|()| path)).collect()
        }
    }

    impl std::fmt::Debug for Tables {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_list().entries(self.0.iter().map(|file| &file.path)).finish()
        }
    }

    /// `news.parquet` gives `news.claims.parquet`.
    fn file(path: &Path, table: &str) -> PathBuf {
        let name = unpacked(path);
        let stem = name.file_stem().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!("{stem}.{table}.parquet"))
    }

    fn writer(sink: Sink, table: &str, columns: &[Column]) -> Result<SerializedFileWriter<Sink>> {
        let fields = columns.iter().map(|column| {
            let repetition = if column.nullable { "OPTIONAL" } else { "REQUIRED" };
            let (kind, logical) = match column.kind {
                Kind::Text => ("BYTE_ARRAY", " (STRING)"),
                Kind::Integer => ("INT64", ""),
                Kind::Number => ("DOUBLE", ""),
                Kind::Flag => ("BOOLEAN", ""),
            };
            format!("{repetition} {kind} {}{logical};\n", column.name)
        });
        let schema = parse_message_type(&format!("message {table} {{\n{}}}", fields.collect::<String>()))?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("ghirbal ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties))
    }

    impl File {
        fn write_group(&mut self) -> Result<()> {
            if self.rows.is_empty() {
                return Ok(());
            }
            let rows = std::mem::take(&mut self.rows);
            let mut group = self.writer.next_row_group()?;
            for (at, column) in self.columns.iter().enumerate() {
                let cells = || rows.iter().map(|row| row.get(at).filter(|cell| !cell.is_null()));
                let levels: Vec<i16> = cells().map(|cell| i16::from(cell.is_some())).collect();
                let levels = column.nullable.then_some(levels.as_slice());
                let Some(mut writer) = group.next_column()? else { break };
                match writer.untyped() {
                    ColumnWriter::ByteArrayColumnWriter(typed) => {
                        let text = |cell: &Value| ByteArray::from(cell.as_str().unwrap_or_default());
                        typed.write_batch(&cells().flatten().map(text).collect::<Vec<_>>(), levels, None)?;
                    }
                    ColumnWriter::Int64ColumnWriter(typed) => {
                        let whole = |cell: &Value| cell.as_i64().unwrap_or_default();
                        typed.write_batch(&cells().flatten().map(whole).collect::<Vec<_>>(), levels, None)?;
                    }
                    ColumnWriter::DoubleColumnWriter(typed) => {
                        let number = |cell: &Value| cell.as_f64().unwrap_or_default();
                        typed.write_batch(
                            &cells().flatten().map(number).collect::<Vec<_>>(),
                            levels,
                            None,
                        )?;
                    }
                    ColumnWriter::BoolColumnWriter(typed) => {
                        let flag = |cell: &Value| cell.as_bool().unwrap_or_default();
                        typed.write_batch(&cells().flatten().map(flag).collect::<Vec<_>>(), levels, None)?;
                    }
                    _ => return Err(ParquetError::General(format!("{} has another type", column.name))),
                }
                writer.close()?;
            }
            group.close()?;
            Ok(())
        }
    }

    fn unwritten(error: ParquetError) -> io::Error {
        io::Error::other(error)
    }
}

#[cfg(not(feature = "parquet"))]
mod missing {
    use std::io;
    use std::path::{Path, PathBuf};

    use super::Rows;
    use crate::error::Error;

    /// No tables: this program has no Parquet.
    #[derive(Debug)]
    pub enum Tables {}

    impl Tables {
        /// Refuses.
        ///
        /// # Errors
        /// Always.
        pub fn create(path: &Path) -> Result<Self, Error> {
            let source = io::Error::new(io::ErrorKind::Unsupported, "this program was built without Parquet");
            Err(Error::Write { path: path.to_owned(), source })
        }

        /// There is nothing to add to.
        ///
        /// # Errors
        /// Never.
        pub fn put(&mut self, _: &Rows) -> io::Result<()> {
            match *self {}
        }

        /// There is nothing to end.
        pub fn early(&mut self) {
            match *self {}
        }

        /// There is nothing to finish.
        ///
        /// # Errors
        /// Never.
        pub fn commit(self) -> Result<Vec<PathBuf>, Error> {
            match self {}
        }
    }
}
