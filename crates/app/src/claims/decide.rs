//! A claim opened for a decision: what it is judged by, what it rests on, what was judged, what comes out.
use super::basing::Basing;
use super::file;
use super::values::text;
use super::wire::JudgeClause;
use super::{CLAIM, Claim};
use crate::eligibility::{FIRM, POLICY};
use crate::fault::{Fault, Outcome};
use crate::{App, Caller};
use liangu_policy::decision::{Decision, Frozen, Judgements, Outcome as Verdicts, Record, Said, Verdict};
use liangu_store::{Commit, Item, Value, Values};
use std::sync::Arc;

pub(crate) struct Opened {
    pub basing: Arc<Basing>,
    pub frozen: Frozen,
    pub judgements: Judgements,
    pub decision: Decision,
    /// The facts are those of today and not kept yet.
    pub live: bool,
}

impl Opened {
    /// As it stands: frozen facts of what was handed in, today's facts of what the firm still works on.
    pub fn read(app: &App, claim: &Claim<'_>) -> Outcome<Opened> {
        let file = file::file(app, claim.id)?;
        let live = claim.is_open_to_the_firm() || file.is_none();
        match file {
            Some(frozen) if !live => {
                let basing = app.judges.of(app, &frozen.basis, frozen.day, frozen.judged_year)?;
                Opened::over(app, claim, basing, frozen, false)
            }
            _ => Opened::fresh(app, claim, file),
        }
    }

    /// On the facts as they are now: by the basis and as of the day of an earlier handing in, if there was one.
    pub fn fresh(app: &App, claim: &Claim<'_>, earlier: Option<Frozen>) -> Outcome<Opened> {
        let basing = match earlier {
            Some(earlier) => app.judges.of(app, &earlier.basis, earlier.day, earlier.judged_year)?,
            None => Arc::new(Basing::of(app, &row(app, POLICY, claim.policy)?)?),
        };
        let firm = row(app, FIRM, claim.firm)?;
        let items = items(claim.values);
        let frozen = app.store.read(|reader| basing.freeze(app, reader, &firm, &items))?;
        Opened::over(app, claim, basing, frozen, true)
    }

    fn over(app: &App, claim: &Claim<'_>, basing: Arc<Basing>, frozen: Frozen, live: bool) -> Outcome<Opened> {
        let judgements = file::judgements(app, claim.id)?;
        let decision = basing.judge.adjudicate(&frozen, &judgements);
        Ok(Opened { basing, frozen, judgements, decision, live })
    }

    /// What the firm got until now counts, not what it had got when it handed in.
    pub fn settled_today(mut self, app: &App, claim: &Claim<'_>) -> Outcome<Opened> {
        let grants =
            |reader: &mut liangu_store::Reader<'_>| super::grants::grants_of(app, reader, claim.firm, &self.basing.judge, Some(claim.id));
        self.frozen.grants = app.store.read(grants)?;
        self.frozen.granted_on = app.today();
        self.decision = self.basing.judge.adjudicate(&self.frozen, &self.judgements);
        Ok(self)
    }

    /// Key under which a judgement is kept: the clause, or one of the child records it speaks of. None where facts decide.
    pub fn judged_key(&self, judge: &JudgeClause) -> Option<String> {
        let clause = self.decision.clauses.iter().find(|clause| clause.key == judge.clause)?;
        if clause.records.is_empty() {
            return judge.record.is_none().then(|| judge.clause.clone());
        }
        let at = usize::try_from(judge.record?.checked_sub(1)?).ok()?;
        clause.records.get(at).filter(|record| record.facts == Said::Unknown)?;
        self.basing.judge.record_key(&self.frozen, &judge.clause, at)
    }

    /// Keeps what the claim rests on.
    pub fn keep(&self, app: &App, claim: &Claim<'_>, commit: &mut Commit) -> Outcome<()> {
        commit.documents.extend(file::basis_put(app, &self.basing.digest, self.basing.judge.basis())?);
        commit.documents.push(file::file_put(claim.id, &self.frozen)?);
        Ok(())
    }

    /// Keeps the decision with its file; answers its digest and day for the claim's row.
    pub fn record(&self, caller: &Caller<'_>, claim: &Claim<'_>, verdict: (Verdicts, i64, &str), commit: &mut Commit) -> Outcome<Values> {
        let (outcome, amount, reason) = verdict;
        let (by, by_name) = match caller.principal.account {
            Some(_) => (Some(caller.me().0), caller.me().1),
            None => (None, String::new()),
        };
        let on = caller.app.today();
        let verdict = Verdict { outcome, amount, reason: reason.to_owned(), by, by_name, on };
        let outside = file::outside(caller.app, claim.id);
        let record = Record::new(&outside, &self.frozen, self.judgements.clone(), self.decision.clone(), verdict);
        let nth = file::decisions(caller.app, claim.id)?.len();
        commit.documents.extend(file::decision_put(claim.id, nth, &record, &self.frozen)?);
        Ok(Values::from([("digest".to_owned(), Value::text(record.digest())), ("decided_on".to_owned(), Value::Date(on))]))
    }
}

/// Keys of the items claimed; none: all.
pub(super) fn items(values: &Values) -> Vec<String> {
    text(values, "items").map(|keys| keys.split('|').map(str::to_owned).collect()).unwrap_or_default()
}

/// A row that the claim refers to, whoever asks: the claim itself was seen.
pub(super) fn row(app: &App, record: &str, id: liangu_base::Id) -> Outcome<Item> {
    app.store.get(record, id)?.ok_or_else(|| Fault::Internal(format!("{CLAIM} refers to a {record} that is gone: {id}")))
}
