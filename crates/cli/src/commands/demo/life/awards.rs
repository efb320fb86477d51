//! Award runs, and what firms make of what they are granted.
use super::act::{Play, payee, policy_id};
use super::stage::Stage;
use super::stories::Run;
use liangu_app::Fault;
use liangu_app::awards::NewAwardRun;
use liangu_base::Id;
use liangu_store::{Condition, Query, Sort, Value};

impl Play {
    pub(super) fn award(&mut self, stage: &mut Stage, run: Run) -> Result<(), Fault> {
        match run {
            Run::Try(name, policy) => self.try_out(stage, name, policy),
            Run::Sign(name, part, command) => {
                let id = self.runs.get(name).ok_or(Fault::NotFound)?;
                let person = stage.office(part)?;
                stage.order(&person, "award_run", id, command, &[])?;
                stage.app.work_on_awards(&|| true)
            }
            Run::Consent(name, firms) => self.answer_grants(stage, name, firms, "consent"),
            Run::Decline(name, firms) => self.answer_grants(stage, name, firms, "decline"),
        }
    }

    /// The officer begins a run, freezes who fits, and tries it out.
    fn try_out(&mut self, stage: &mut Stage, name: &'static str, policy: &str) -> Result<(), Fault> {
        let (officer, policy, key) = (stage.office("officer")?, policy_id(stage, policy)?, stage.key());
        let run = stage.by(&officer).start_award_run(&NewAwardRun { policy }, &key)?.id;
        self.runs.insert(name, run.clone());
        stage.order(&officer, "award_run", &run, "freeze", &[])?;
        stage.app.work_on_awards(&|| true)?;
        stage.order(&officer, "award_run", &run, "dry_run", &[])
    }

    /// So many firms answer what they were granted; the persona's own is not among them.
    fn answer_grants(&mut self, stage: &mut Stage, name: &str, firms: usize, command: &str) -> Result<(), Fault> {
        let run = self.runs.get(name).ok_or(Fault::NotFound)?;
        for (claim, firm) in waiting(stage, run)?.into_iter().take(firms) {
            let people = stage.of_firm(firm)?;
            stage.pass(40);
            if command == "consent" {
                let (save, version) = (payee(stage, firm)?, stage.row("claim", &claim)?.version);
                stage.by(&people).save_claim(&claim, version, &save)?;
            }
            stage.order(&people, "claim", &claim, command, &[])?;
        }
        Ok(())
    }
}

/// Grants of a run that wait for their firm's answer, of firms that somebody speaks for.
fn waiting(stage: &Stage, run: &str) -> Result<Vec<(String, Id)>, Fault> {
    let is = |field: &str, value: Value| Condition::In { field: field.to_owned(), values: vec![value] };
    let conditions = vec![is("run", Value::Ref(stage.row("award_run", run)?.id)), is("state", Value::text("consenting"))];
    let sort = Some(Sort { field: "id".to_owned(), descending: false });
    let query = Query { conditions, sort, limit: 1000, total: false, ..Query::default() };
    let rows = stage.store.read(|reader| reader.query("claim", &query)).map_err(Fault::from)?.items;
    let of = |row: &liangu_store::Item| match row.values.get("enterprise") {
        Some(Value::Ref(firm)) if *firm != stage.own_firm && stage.cast.firms.contains_key(firm) => {
            Some((stage.outside("claim", row.id), *firm))
        }
        _ => None,
    };
    Ok(rows.iter().filter_map(of).collect())
}
