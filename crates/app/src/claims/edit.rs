//! What is filled in on a claim: by the firm payee, contact and materials; by an officer what only a person can judge.
use super::decide::Opened;
use super::start::known_items;
use super::values::text;
use super::wire::{ClaimView, JudgeClause, SaveClaim, SaveMaterial};
use super::{CLAIM, Claim, MATERIAL, file};
use crate::Caller;
use crate::fault::{Fault, FieldFault, Outcome, invalid};
use crate::flows;
use crate::reads::Reads as _;
use crate::views::Permission;
use liangu_base::Text;
use liangu_flow::Holder;
use liangu_policy::decision::Judgement;
use liangu_store::{Change, Item, StoreError, Value, Values, Years};

/// Materials of one claim.
const MOST_MATERIALS: usize = 50;
/// Characters of a note on a judgement.
const MOST_NOTE: usize = 1000;
/// Judgements that meet on one claim are tried again so often.
const TRIES: usize = 20;
/// States in which the firm may fill in.
const OPEN_TO_THE_FIRM: [&str; 3] = ["draft", "correcting", "consenting"];
/// States in which it may still correct payee and contact.
const OPEN_FOR_THE_PAYEE: [&str; 3] = ["notice", "objected", "payable"];

impl Caller<'_> {
    /// # Errors
    /// Not found out of sight; forbidden to others than the firm's people, or while an office has it; stale; invalid.
    pub fn save_claim(&self, id: &str, version: i64, save: &SaveClaim) -> Outcome<ClaimView> {
        let item = self.visible(CLAIM, self.id(CLAIM, id)?)?;
        let claim = Claim::of(&item)?;
        let payee_alone = save.note.is_none() && save.items.is_none() && save.materials.is_none();
        let may = if payee_alone { self.may_correct_payee(&claim) } else { self.may_edit(&claim) };
        if let Some(why) = may.reason {
            return Err(Fault::Forbidden { code: "edit", why: why.into() });
        }
        let values = filled(save)?;
        let mut commit = self.commit("claim.save");
        let mut values = values;
        if let Some(items) = &save.items {
            known_items(&Opened::read(self.app, &claim)?.basing.judge.basis().content, items)?;
            values.insert("items".to_owned(), if items.is_empty() { Value::Null } else { Value::text(items.join("|")) });
        }
        let (record, expected_version) = (CLAIM.to_owned(), Some(version));
        commit.changes.push(Change::Update { record, id: item.id, expected_version, values, years: Years::new() });
        if let Some(materials) = &save.materials {
            commit.changes.extend(self.materials_changed(&claim, materials)?);
        }
        self.app.write(commit)?;
        self.claim_view(&self.visible(CLAIM, item.id)?)
    }

    /// Whether this person may fill in the claim.
    pub(super) fn may_edit(&self, claim: &Claim<'_>) -> Permission {
        if self.speaks_for(claim.firm).is_err() {
            let why = Text::fixed("只有申报企业自己的人可以填写。", "Only the firm's own people fill in its claim.");
            return Permission::refused(why);
        }
        if !OPEN_TO_THE_FIRM.contains(&claim.state()) {
            let why =
                Text::fixed("已提交，办理期间不能修改；需要补正时会退回给您。", "Handed in: it cannot be changed while it is dealt with.");
            return Permission::refused(why);
        }
        Permission::granted()
    }

    /// Whether this person may say whom the money goes to: until it is on its way, since a bank may refuse an account.
    pub(super) fn may_correct_payee(&self, claim: &Claim<'_>) -> Permission {
        match self.speaks_for(claim.firm) {
            Ok(()) if OPEN_FOR_THE_PAYEE.contains(&claim.state()) => Permission::granted(),
            _ => self.may_edit(claim),
        }
    }

    /// From the whole list of materials: what is new, changed and gone.
    fn materials_changed(&self, claim: &Claim<'_>, wanted: &[SaveMaterial]) -> Outcome<Vec<Change>> {
        if wanted.len() > MOST_MATERIALS {
            let (zh, en) = (format!("材料最多 {MOST_MATERIALS} 份。"), format!("At most {MOST_MATERIALS} materials."));
            return Err(invalid("materials", "too_many", zh, en));
        }
        let on_file = self.app.store.children(MATERIAL, claim.id)?;
        let prefix = &self.app.model.records[MATERIAL].prefix;
        let known = |id: &str| on_file.iter().find(|row| row.id.text(prefix) == id);
        let (record, years) = (MATERIAL.to_owned(), Years::new());
        let mut changes = Vec::new();
        for (at, material) in wanted.iter().enumerate() {
            let values = self.material_values(claim, material, at)?;
            match material.id.as_deref().map(known) {
                Some(Some(row)) if values.iter().all(|(name, value)| row.values.get(name).unwrap_or(&Value::Null) == value) => {}
                Some(Some(row)) => changes.push(Change::Update {
                    record: record.clone(),
                    id: row.id,
                    expected_version: Some(row.version),
                    values,
                    years: years.clone(),
                }),
                Some(None) => {
                    let why = Text::fixed("没有这份材料；请刷新后再试。", "There is no such material; load the claim again.");
                    return Err(Fault::Invalid(vec![FieldFault::new(format!("materials.{at}.id"), "unknown", why)]));
                }
                None => {
                    let own = [("claim".to_owned(), Value::Ref(claim.id)), ("provided_on".to_owned(), Value::Date(self.app.today()))];
                    let values = values.into_iter().chain(own).collect();
                    changes.push(Change::Create { record: record.clone(), id: self.app.next_id(), values, years: years.clone() });
                }
            }
        }
        let kept = |row: &&Item| !wanted.iter().any(|material| material.id.as_deref() == Some(row.id.text(prefix).as_str()));
        let gone = |row: &Item| Change::Delete { record: record.clone(), id: row.id, expected_version: row.version };
        changes.extend(on_file.iter().filter(kept).map(gone));
        Ok(changes)
    }

    fn material_values(&self, claim: &Claim<'_>, material: &SaveMaterial, at: usize) -> Outcome<Values> {
        let fault = |field: &str, code, why| Fault::Invalid(vec![FieldFault::new(format!("materials.{at}.{field}"), code, why)]);
        if material.name.trim().is_empty() {
            return Err(fault("name", "required", Text::fixed("请填写材料名称。", "Name the material.")));
        }
        if let Some(file) = material.file.as_deref().filter(|file| !file.is_empty()) {
            let attached = self.app.store.read(|reader| reader.files_of(CLAIM, claim.id))?;
            if !attached.iter().any(|stored| stored.meta.id.text("file") == file) {
                return Err(fault(
                    "file",
                    "unknown",
                    Text::fixed("附件不在这份申报里，请重新上传。", "The document is not attached to this claim; attach it again."),
                ));
            }
        }
        Ok(super::values::put([
            ("clause", material.clause.as_deref()),
            ("name", Some(material.name.trim())),
            ("note", material.note.as_deref().map(str::trim)),
            ("file", material.file.as_deref()),
        ]))
    }

    /// # Errors
    /// Forbidden to others than the officer who holds the claim; conflict where it is not being reviewed; invalid for a
    /// clause that facts decide.
    pub fn judge_clause(&self, id: &str, judge: &JudgeClause) -> Outcome<ClaimView> {
        let id = self.id(CLAIM, id)?;
        if judge.note.chars().count() > MOST_NOTE {
            return Err(invalid("note", "too_long", format!("说明至多 {MOST_NOTE} 字。"), format!("At most {MOST_NOTE} characters.")));
        }
        let met = match judge.answer.as_deref() {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            None => None,
            Some(_) => return Err(invalid("answer", "not_in_list", "判断是 yes、no 或空。", "The answer is yes, no or null.")),
        };
        for _ in 0..TRIES {
            let item = self.visible(CLAIM, id)?;
            match self.judged(&item, judge, met) {
                // two judgements at once, of two clauses: the later one is put on top
                Err(Fault::Stale { .. }) => {}
                Err(fault) => return Err(fault),
                Ok(()) => return self.claim_view(&self.visible(CLAIM, id)?),
            }
        }
        Err(Fault::Stale { record: CLAIM.to_owned(), id })
    }

    fn judged(&self, item: &Item, judge: &JudgeClause, met: Option<bool>) -> Outcome<()> {
        let claim = Claim::of(item)?;
        if let Some(why) = self.may_judge(item)?.reason {
            return Err(Fault::Forbidden { code: "judge", why: why.into() });
        }
        let opened = Opened::read(self.app, &claim)?;
        let clause = opened.decision.clauses.iter().find(|clause| clause.key == judge.clause);
        if !clause.is_some_and(|clause| clause.judgeable) {
            let (zh, en) = ("这一条由资料判定，不用人工判断。", "Facts decide this clause; there is nothing to judge.");
            return Err(invalid("clause", "not_judgeable", zh, en));
        }
        let Some(key) = opened.judged_key(judge) else {
            let (zh, en) = ("请指明是哪一条记录，而且该记录资料里没有答案。", "Say which record is judged; its facts must be silent.");
            return Err(invalid("record", "not_judgeable", zh, en));
        };
        let (by, by_name) = self.me();
        let mut judgements = opened.judgements;
        match met {
            Some(met) => {
                let judgement = Judgement { met, by, by_name, on: self.app.today(), note: judge.note.trim().to_owned() };
                judgements.insert(key, judgement);
            }
            None => drop(judgements.remove(&key)),
        }
        let mut commit = self.commit("claim.judge");
        let (record, expected_version) = (CLAIM.to_owned(), Some(item.version));
        commit.changes.push(Change::Update { record, id: item.id, expected_version, values: Values::new(), years: Years::new() });
        commit.documents.push(file::judgements_put(item.id, &judgements)?);
        match self.app.try_write(commit) {
            Ok(_) => Ok(()),
            Err(StoreError::Stale { record, id, .. }) => Err(Fault::Stale { record, id }),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether this person judges the claim's open clauses now: whoever has taken it on.
    pub(super) fn may_judge(&self, item: &Item) -> Outcome<Permission> {
        let refused = |zh, en| Ok(Permission::refused(Text::fixed(zh, en)));
        if text(&item.values, "state") != Some("reviewing") {
            return refused("只有审核中的申报可以逐条判断。", "Clauses are judged while the claim is under review.");
        }
        match flows::case_of(item)?.holder {
            Holder::Account(account) if account == self.me().0 => Ok(Permission::granted()),
            Holder::Role(_) => refused("还没有人受理，请先受理。", "Nobody has taken it on yet; take it on first."),
            _ => refused("由受理这份申报的专员判断。", "The officer who has taken it on judges it."),
        }
    }
}

/// What a firm filled in, as values; what is empty is unknown.
fn filled(save: &SaveClaim) -> Outcome<Values> {
    if let Some(account) = save.payee_account.as_deref().map(str::trim).filter(|account| !account.is_empty()) {
        let digits = account.chars().filter(char::is_ascii_digit).count();
        if !(8..=30).contains(&digits) || !account.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-') {
            let (zh, en) = ("银行账号是 8 至 30 位数字。", "An account number has 8 to 30 digits.");
            return Err(invalid("payee_account", "pattern", zh, en));
        }
    }
    let given = [
        ("payee_name", &save.payee_name),
        ("payee_bank", &save.payee_bank),
        ("payee_account", &save.payee_account),
        ("contact", &save.contact),
        ("note", &save.note),
    ];
    let value = |text: &String| if text.trim().is_empty() { Value::Null } else { Value::text(text.trim()) };
    Ok(given.into_iter().filter_map(|(field, text)| Some((field.to_owned(), value(text.as_ref()?)))).collect())
}

/// Whether documents may be added to and taken from a claim: by its firm while it fills in, by nobody else.
pub(crate) fn may_attach(caller: &Caller<'_>, item: &Item) -> Outcome<Permission> {
    Ok(caller.may_edit(&Claim::of(item)?))
}
