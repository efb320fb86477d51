//! What a firm is asked: the unknown facts whose answers decide most money, with ready answers.
use super::firm::Firm;
use super::service::State;
use crate::fault::{Fault, Outcome};
use crate::views::{Raw, Words};
use crate::{Caller, language, model_view};
use liangu_base::{Lang, Text};
use liangu_model::record::{Field, FieldType};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// Questions offered at a time.
pub(crate) const QUESTIONS: usize = 12;
/// A code list no longer than this is offered as buttons.
const SHORT_LIST: usize = 8;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Question {
    pub field: String,
    pub year: Option<i32>,
    pub label: Words,
    pub prompt: Words,
    pub decides: Decides,
    /// Type of the field, as in the model.
    #[serde(rename = "type")]
    pub ty: String,
    pub unit: Option<Words>,
    pub list: Option<String>,
    pub choices: Vec<Choice>,
}

/// Policies that some answer makes yes or no, and their money at the cap, fen.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Decides {
    pub count: u64,
    pub money: i64,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Choice {
    pub label: Words,
    pub value: Raw,
}

impl Caller<'_> {
    /// Best first; only facts that the model says how to ask for.
    pub(crate) fn questions(&self, firm: &Firm<'_>, state: &State, row: usize) -> Outcome<Vec<Question>> {
        let money = |key| if state.policies.closed(key) { 0 } else { state.policies.money(key).unwrap_or_default() };
        let found = state.engine.questions(row, &[], money).map_err(|e| Fault::Internal(e.to_string()))?;
        let mut questions = Vec::new();
        for question in found {
            let Some(field) = firm.field(question.fact.field).filter(|field| field.question.is_some()) else { continue };
            let open = question.policies.iter().filter(|key| !state.policies.closed(**key)).count();
            if open == 0 || !crate::access::reads(self.principal, field) {
                continue;
            }
            let decides = Decides { count: open as u64, money: question.money };
            questions.push(self.question(field, firm.year_of(field, question.fact.year), decides));
            if questions.len() == QUESTIONS {
                break;
            }
        }
        Ok(questions)
    }

    fn question(&self, field: &Field, year: Option<i32>, decides: Decides) -> Question {
        let prompt = field.question.as_ref().map_or_else(|| field.label.clone(), |question| question.prompt.clone());
        // A prompt speaks of the last year; of another year it says which.
        let prompt = match year.filter(|year| *year != self.app.judged_year()) {
            Some(year) => Text::new(format!("{year} 年：{}", prompt.zh), format!("For {year}: {}", prompt.get(Lang::En))),
            None => prompt,
        };
        Question {
            field: field.name.clone(),
            year,
            label: (&field.label).into(),
            prompt: prompt.into(),
            decides,
            ty: model_view::type_name(field),
            unit: field.unit.and_then(crate::shown::unit_words).map(Words::from),
            list: match &field.ty {
                FieldType::Code { list } | FieldType::Set { list } => Some(list.clone()),
                _ => None,
            },
            choices: self.choices(field),
        }
    }

    pub(super) fn choices(&self, field: &Field) -> Vec<Choice> {
        let declared = field.question.iter().flat_map(|question| &question.choices);
        let declared: Vec<Choice> = declared
            .filter_map(|choice| {
                let value = language::constant(&choice.value, &field.ty, &self.app.model)?;
                Some(Choice { label: (&choice.label).into(), value: Raw(value.to_json(&field.ty, &self.app.model)) })
            })
            .collect();
        match &field.ty {
            _ if !declared.is_empty() => declared,
            FieldType::Bool => vec![
                Choice { label: Text::fixed("是", "Yes").into(), value: Raw(Json::Bool(true)) },
                Choice { label: Text::fixed("否", "No").into(), value: Raw(Json::Bool(false)) },
            ],
            FieldType::Code { list } => match self.app.model.lists.get(list).filter(|list| list.codes.len() <= SHORT_LIST) {
                Some(list) => list
                    .codes
                    .iter()
                    .map(|(code, entry)| Choice { label: (&entry.label).into(), value: Raw(Json::from(code.clone())) })
                    .collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}
