//! A recovery as its page shows it: what was paid, what is due, and every fact that is known otherwise.
use super::RECOVERY;
use super::child_record;
use super::compare::{Against, Contradiction, Fields, Rewritten};
use crate::claims::CLAIM;
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::payments::{Numbered, date, int, numbered, reference, state_label, text};
use crate::reads::Reads as _;
use crate::views::{Titled, Words};
use crate::{Caller, shown};
use liangu_base::{Id, Lang, Text};
use liangu_model::record::{Field, Record};
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
        let against: Against = serde_json::from_value(self.changes_of(item.id)?).unwrap_or_default();
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
            changes: self.recovery_changes(&against),
            repaid: int(values, "repaid"),
            repaid_on: day("repaid_on"),
            reason: owned("reason"),
        })
    }

    /// Without what this reader may not see.
    fn recovery_changes(&self, against: &Against) -> Vec<RecoveryChange> {
        let facts = against.facts.iter().filter_map(|change| self.fact_change(change));
        facts.chain(against.records.iter().flat_map(|change| self.record_changes(change))).collect()
    }

    fn fact_change(&self, change: &Contradiction) -> Option<RecoveryChange> {
        let field = self.read_field(&self.app.model.records[FIRM], &change.field)?;
        let source = change.source.as_ref().and_then(|source| self.app.model.sources.get(source));
        Some(RecoveryChange {
            name: change.field.clone(),
            field: Words::from(&field.label),
            period: change.year,
            frozen: self.said(field, Some(&change.frozen)),
            now: self.said(field, Some(&change.now)),
            source: source.map(|source| Words::from(&source.label)),
            as_of: change.as_of.map(|day| day.to_string()),
        })
    }

    /// Field by field, or the record as a whole where it is on file no more.
    fn record_changes(&self, change: &Rewritten) -> Vec<RecoveryChange> {
        let Some(record) = child_record(&self.app.model, &change.collection) else { return Vec::new() };
        let nth = change.at + 1;
        let told = |name: &str, label: Option<&Text>, frozen: Words, now: Words| {
            let of = |label: &str, mark: &str| if label.is_empty() { String::new() } else { format!("{mark}{label}") };
            let (zh, en) = label.map_or(("", ""), |label| (label.zh.as_ref(), label.get(Lang::En)));
            let (zh, en) = (of(zh, "："), of(en, ": "));
            let field = Text::new(format!("{} {nth}{zh}", record.label.zh), format!("{} {nth}{en}", record.label.get(Lang::En)));
            let name = if name.is_empty() { change.collection.clone() } else { format!("{}.{name}", change.collection) };
            RecoveryChange { name, field: field.into(), period: None, frozen, now, source: None, as_of: None }
        };
        let Some(now) = &change.now else {
            let title = self.read_field(record, &record.title).map(|field| self.said(field, change.frozen.get(&record.title)));
            let on_file = || Words::from(Text::fixed("登记在册", "on file"));
            return vec![told("", None, title.unwrap_or_else(on_file), Text::fixed("已不在册", "no longer on file").into())];
        };
        let differs = |name: &&String| change.frozen.get(*name) != now.get(*name);
        let one = |name: &String| {
            let field = self.read_field(record, name)?;
            let of = |fields: &Fields| self.said(field, fields.get(name));
            Some(told(name, Some(&field.label), of(&change.frozen), of(now)))
        };
        record.fields.keys().filter(differs).filter_map(one).collect()
    }

    fn read_field<'m>(&self, record: &'m Record, name: &str) -> Option<&'m Field> {
        record.fields.get(name).filter(|field| crate::access::reads(self.principal, field))
    }

    fn said(&self, field: &Field, known: Option<&Known>) -> Words {
        let Some(known) = known else { return Text::fixed("未登记", "not on file").into() };
        let value = match known {
            Known::Bool(yes) => Value::Bool(*yes),
            Known::Int(n) => Value::Int(*n),
            Known::Text(text) => Value::text(text.clone()),
            Known::Date(day) => Value::Date(*day),
            Known::Set(codes) => Value::set(codes.clone()),
        };
        Words::from(shown::value(&self.app.model, field, &value).unwrap_or_default())
    }
}
