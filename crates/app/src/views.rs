//! Shapes that more than one use case answers with; their JSON is the interface, so a change here is a change of the API.
use liangu_base::{Lang, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{ObjectBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// One meaning in both languages; the English side falls back to the Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Text)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Words {
        Words { zh: text.zh.to_string(), en: text.get(Lang::En).to_owned() }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Words {
        Words::from(&text)
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Text {
        Text::new(words.zh, words.en)
    }
}

/// Raw values by field, as the model types them: money in fen, percent in basis points, unknown null.
pub type ValueMap = BTreeMap<String, Raw>;

/// Any JSON: what it is, the field's type in the model says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Raw(pub Json);

impl PartialSchema for Raw {
    fn schema() -> RefOr<Schema> {
        let any = ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::SchemaType::AnyValue)
            .description(Some("A raw value of the field's type"));
        RefOr::T(Schema::Object(any.build()))
    }
}

impl ToSchema for Raw {}

/// One record in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Item {
    pub id: String,
    pub version: i64,
    pub title: String,
    #[schema(value_type = BTreeMap<String, Raw>)]
    pub values: ValueMap,
}

/// An id with the name a person knows it by.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// An id with the title of its record, for pickers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Titled {
    pub id: String,
    pub title: String,
}

/// A code with its label.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Code {
    pub code: String,
    pub label: Words,
    pub parent: Option<String>,
}

/// Whether something may be done, and if not, why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Permission {
    pub allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
}

impl Permission {
    pub fn granted() -> Permission {
        Permission { allowed: true, reason: None }
    }

    pub fn refused(reason: Text) -> Permission {
        Permission { allowed: false, reason: Some(reason.into()) }
    }
}
