//! A recovery as its page shows it: what was paid, what is due, and every fact that is known otherwise.
use super::RECOVERY;
use super::compare::Contradiction;
use crate::claims::CLAIM;
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::payments::{Numbered, date, int, numbered, reference, state_label, text};
use crate::reads::Reads as _;
use crate::views::{Titled, Words};
use crate::{Caller, shown};
use liangu_base::{Id, Text};
use liangu_policy::decision::Known;
use liangu_store::Value;
use serde::Serialize;
use utoipa::ToSchema;

/// Money is fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryView {
    pub id: String,
    pub version: i64,
    pub number: String,
    pub state: String,
    pub state_label: Words,
    pub claim: Numbered,
    pub firm: Titled,
    pub policy: Titled,
    pub region: String,
    pub paid: i64,
    /// By the facts as they are known now.
    pub entitled: i64,
    pub due: i64,
    pub found_on: Option<String>,
    pub why: Words,
    pub changes: Vec<RecoveryChange>,
    pub repaid: Option<i64>,
    pub repaid_on: Option<String>,
    /// Why it was waived.
    pub reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryChange {
    pub name: String,
    pub field: Words,
    /// Calendar year of a yearly fact.
    pub period: Option<i32>,
    pub frozen: Words,
    pub now: Words,
    pub source: Option<Words>,
    pub as_of: Option<String>,
}

impl Caller<'_> {
    /// # Errors
    /// Not found for a recovery out of sight.
    pub fn recovery(&self, id: &str) -> Outcome<RecoveryView> {
        let item = self.visible(RECOVERY, self.id(RECOVERY, id)?)?;
        let values = &item.values;
        let of = |field: &str| reference(values, field).ok_or_else(|| Fault::Internal(format!("recovery {id} has no {field}")));
        let titled = |record: &str, id: Id| -> Outcome<Titled> {
            let title = self.app.store.titles(record, &[id])?.remove(&id).unwrap_or_default();
            Ok(Titled { id: id.text(&self.app.model.records[record].prefix), title })
        };
        let claim = of("claim")?;
        let owned = |field: &str| text(values, field).map(str::to_owned);
        let day = |field: &str| date(values, field).map(|day| day.to_string());
        let why = if let Some(Value::Bilingual(why)) = values.get("why") { why.clone() } else { Text::default() };
        let state = owned("state").unwrap_or_default();
        let changes: Vec<Contradiction> = serde_json::from_value(self.changes_of(item.id)?).unwrap_or_default();
        Ok(RecoveryView {
            id: id.to_owned(),
            version: item.version,
            number: owned("number").unwrap_or_default(),
            state_label: state_label(self.app, RECOVERY, &state),
            state,
            claim: numbered(self.app, claim, &self.app.store.titles(CLAIM, &[claim])?),
            firm: titled(FIRM, of("enterprise")?)?,
            policy: titled(POLICY, of("policy")?)?,
            region: owned("region").unwrap_or_default(),
            paid: int(values, "paid").unwrap_or(0),
            entitled: int(values, "entitled").unwrap_or(0),
            due: int(values, "due").unwrap_or(0),
            found_on: day("found_on"),
            why: why.into(),
            changes: changes.iter().filter_map(|change| self.recovery_change(change)).collect(),
            repaid: int(values, "repaid"),
            repaid_on: day("repaid_on"),
            reason: owned("reason"),
        })
    }

    /// None for a fact that this reader may not see.
    fn recovery_change(&self, change: &Contradiction) -> Option<RecoveryChange> {
        let field = self.app.model.records[FIRM].fields.get(&change.field)?;
        if !crate::access::reads(self.principal, field) {
            return None;
        }
        let said = |known: &Known| {
            let value = match known {
                Known::Bool(yes) => Value::Bool(*yes),
                Known::Int(n) => Value::Int(*n),
                Known::Text(text) => Value::text(text.clone()),
                Known::Date(day) => Value::Date(*day),
                Known::Set(codes) => Value::set(codes.clone()),
            };
            Words::from(shown::value(&self.app.model, field, &value).unwrap_or_default())
        };
        let source = change.source.as_ref().and_then(|source| self.app.model.sources.get(source));
        Some(RecoveryChange {
            name: change.field.clone(),
            field: Words::from(&field.label),
            period: change.year,
            frozen: said(&change.frozen),
            now: said(&change.now),
            source: source.map(|source| Words::from(&source.label)),
            as_of: change.as_of.map(|day| day.to_string()),
        })
    }
}
