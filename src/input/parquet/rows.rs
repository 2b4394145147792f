//! The rows of a Parquet file, the columns as the fields of JSON Lines.
//!
//! Needs to jump about in its file, so that other inputs are copied to a
//! temporary one first.

use std::fs::File;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use serde_json::{Map, Number, Value};

use super::super::{Item, Items, Source};
use crate::error::{InputError, Reason};

/// Reads a file of it.
pub fn read(mut source: Source) -> Items {
    let rows = source.file().map_err(Reason::from).and_then(|file| open(&source, file));
    match rows {
        Ok(left) => Box::new(Rows { source, left, number: 0, ended: false, ready: Vec::new() }),
        Err(reason) => Box::new(std::iter::once(Item::Rejected(InputError::of(source.file, reason)))),
    }
}

fn open(source: &Source, file: File) -> Result<RowIter<'static>, Reason> {
    let reader = SerializedFileReader::new(file).map_err(|e| reason(&e))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let text = source.options.names.of("text");
    let first = text.split('.').next().unwrap_or(text);
    let fields = schema.root_schema().get_fields();
    if !fields.iter().any(|f| f.name() == text || f.name() == first) {
        let there = fields.iter().map(|field| field.name().to_owned()).collect();
        return Err(Reason::MissingText { name: text.to_owned(), there });
    }
    Ok(RowIter::from_file_into(Box::new(reader)))
}

struct Rows {
    source: Source,
    left: RowIter<'static>,
    number: usize,
    ended: bool,
    ready: Vec<Item>,
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() && !self.ended {
            match self.left.next() {
                None => {
                    self.ended = true;
                    if self.number == 0 {
                        return Some(Item::Rejected(InputError::of(&self.source.file, Reason::Empty)));
                    }
                }
                Some(Ok(row)) => {
                    self.number += 1;
                    self.ready = self.source.document(fields(row), self.number, self.number);
                    self.ready.reverse();
                }
                Some(Err(error)) => {
                    self.ended = true;
                    let error = InputError::of(&self.source.file, reason(&error)).at(self.number + 1, None);
                    return Some(Item::Rejected(error));
                }
            }
        }
        self.ready.pop()
    }
}

fn reason(error: &ParquetError) -> Reason {
    Reason::Malformed { format: "Parquet file", what: error.to_string() }
}

fn fields(row: Row) -> Map<String, Value> {
    row.into_columns().into_iter().map(|(name, field)| (name, value(field))).collect()
}

/// A cell as JSON; what JSON has no word for, by its text.
fn value(field: Field) -> Value {
    let float = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => Value::Bool(truth),
        Field::Byte(n) => n.into(),
        Field::Short(n) => n.into(),
        Field::Int(n) => n.into(),
        Field::Long(n) => n.into(),
        Field::UByte(n) => n.into(),
        Field::UShort(n) => n.into(),
        Field::UInt(n) => n.into(),
        Field::ULong(n) => n.into(),
        Field::Float(n) => float(n.into()),
        Field::Double(n) => float(n),
        Field::Str(text) => Value::String(text),
        Field::Bytes(bytes) => Value::String(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::TimestampMillis(n) => moment(jiff::Timestamp::from_millisecond(n)),
        Field::TimestampMicros(n) => moment(jiff::Timestamp::from_microsecond(n)),
        Field::Group(row) => Value::Object(fields(row)),
        Field::ListInternal(list) => list.elements().iter().cloned().map(value).collect(),
        other => Value::String(other.to_string()),
    }
}

fn moment(moment: Result<jiff::Timestamp, jiff::Error>) -> Value {
    moment.map_or(Value::Null, |moment| Value::String(moment.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Options;
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::io::Cursor;
    use std::sync::Arc;

    fn file(column: &str, texts: &[&str]) -> Vec<u8> {
        let schema = format!("message m {{ required binary {column} (UTF8); }}");
        let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
        let mut bytes = Vec::new();
        let mut writer =
            SerializedFileWriter::new(&mut bytes, schema, WriterProperties::builder().build().into())
                .expect("begins");
        let mut group = writer.next_row_group().expect("a group");
        let mut cells = group.next_column().expect("writes").expect("a column");
        let values: Vec<_> = texts.iter().map(|text| ByteArray::from(*text)).collect();
        cells.typed::<ByteArrayType>().write_batch(&values, None, None).expect("writes");
        cells.close().expect("ends");
        group.close().expect("ends");
        writer.close().expect("ends");
        bytes
    }

    fn shown(bytes: Vec<u8>) -> Vec<String> {
        let show = |item| match item {
            Item::Document(d) => format!("{} {}", d.id, d.text),
            Item::Rejected(e) | Item::Warning(e) => e.reason.kind().to_owned(),
        };
        Source::of("a", "a", Cursor::new(bytes), Options::default()).read().map(show).collect()
    }

    #[test]
    fn rows_are_documents_and_bad_files_one_message() {
        assert_eq!(shown(file("text", &["نص", "آخر"])), ["a:1 نص", "a:2 آخر"]);
        assert_eq!(shown(file("body", &["نص"])), ["missing_text"]);
        let mut torn = file("text", &["نص"]);
        torn.truncate(20);
        assert_eq!(shown(torn), ["malformed"]);
    }
}
