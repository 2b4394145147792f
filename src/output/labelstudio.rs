//! Label Studio: a task a line, with what was found as a prediction.

use serde_json::{Map, Value, json};

use super::layers::{self, Link, Mention};
use super::{Format, Layout, jsonl};
use crate::record::Record;
use crate::span::Units;

/// The format.
pub const FORMAT: Format = Format {
    name: "labelstudio",
    extensions: &[],
    about: "Label Studio JSON Lines: a task a line, with the three layers and their links as a prediction",
    guide: "\
The spans of all layers and the links between them are one prediction of each task, with the identifiers of the record. \
A file of JSON Lines becomes what Label Studio imports with `jq -s . tasks.jsonl > tasks.json`. The labelling \
configuration that fits:

```xml
<View>
  <Relations>
    <Relation value=\"part_of\"/><Relation value=\"time\"/><Relation value=\"place\"/>
    <Relation value=\"actor\"/><Relation value=\"source\"/><Relation value=\"nested_in\"/>
  </Relations>
  <Labels name=\"label\" toName=\"text\">
    <Label value=\"count\"/><Label value=\"percent\"/><Label value=\"fraction\"/><Label value=\"money\"/>
    <Label value=\"measure\"/><Label value=\"duration\"/><Label value=\"ratio\"/><Label value=\"multiplier\"/>
    <Label value=\"ordinal\"/><Label value=\"score\"/><Label value=\"age\"/><Label value=\"number\"/>
    <Label value=\"DATE\"/><Label value=\"TIME\"/><Label value=\"DURATION\"/><Label value=\"SET\"/>
    <Label value=\"PER\"/><Label value=\"ORG\"/><Label value=\"LOC\"/>
    <Label value=\"NORP\"/><Label value=\"EVENT\"/><Label value=\"MISC\"/>
  </Labels>
  <Text name=\"text\" value=\"$text\"/>
</View>
```",
    units: Some(Units::Chars),
    layout: Layout::lines(|record, text, out| jsonl::line(&task(record, text.raw), out)),
};

fn task(record: &Record<'_>, text: &str) -> Value {
    let (mentions, links) = (layers::mentions(record), layers::links(record));
    let result: Vec<_> = mentions.iter().map(region).chain(links.iter().map(relation)).collect();
    let mut data = Map::from_iter([("text".to_owned(), json!(text))]);
    data.extend(layers::metadata(record));
    json!({
        "data": data,
        "predictions": [{"model_version": concat!("ghirbal ", env!("CARGO_PKG_VERSION")), "result": result}],
    })
}

fn region(mention: &Mention<'_>) -> Value {
    json!({
        "id": mention.id, "from_name": "label", "to_name": "text", "type": "labels",
        "value": {
            "start": mention.start, "end": mention.end, "text": mention.surface, "labels": [mention.label],
        },
    })
}

fn relation(link: &Link<'_>) -> Value {
    json!({
        "type": "relation", "from_id": link.from, "to_id": link.to, "direction": "right", "labels": [link.name],
    })
}
