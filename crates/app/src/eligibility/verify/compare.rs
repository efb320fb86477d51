//! The comparisons: a rule over all firms, and drawn pairs.
use super::super::cards::FIRM;
use super::super::firm::Firm;
use super::shapes::{self, Shape};
use super::{Columns, Found, Progress, Report, Seen, ShapeCount, VerifyOptions, Way, What};
use crate::fault::{Fault, Outcome};
use crate::judged_year;
use liangu_base::Id;
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::text::Explain;
use liangu_expr::row;
use liangu_expr::typed::Typed;
use liangu_expr::value::Answer;
use liangu_matching::bits::Bits;
use liangu_matching::naive;
use liangu_matching::rule::Fit;
use liangu_store::{Context, Reader, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rules in one statement.
const BATCH: usize = 8;
/// Pairs drawn for one firm, whose record is read once for them.
const PER_FIRM: usize = 4;
/// Firms read at a time.
const FIRMS: usize = 200;

/// A rule in force.
struct Rule {
    policy: Id,
    typed: Arc<Typed>,
}

impl Columns {
    /// The columns, as they were loaded, against what the reader sees.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare(&self, reader: &mut Reader<'_>, options: &VerifyOptions, progress: &mut dyn FnMut(Progress)) -> Outcome<Report> {
        let rules = self.rules();
        progress(Progress::Loaded { firms: self.state.rows.len(), policies: rules.len() });
        let shapes: Vec<Shape> = rules.iter().map(|rule| shapes::shape(&rule.typed.root)).collect();
        let chosen = shapes::choose(&shapes, options.policies, &mut SplitMix64::stream(options.seed, "policies", 0));
        let mut found = Found { model: &self.model, count: 0, first: Vec::new() };
        let mut done = 0;
        for batch in chosen.chunks(BATCH) {
            let batch: Vec<&Rule> = batch.iter().map(|at| &rules[*at]).collect();
            self.over_all_firms(reader, &batch, options.every_pair, &mut found)?;
            done += batch.len();
            progress(Progress::Policies { done, of: chosen.len() });
        }
        let drawn = self.drawn_pairs(reader, &rules, options, &mut found, progress)?;
        let answers = chosen.len() as u64 * self.state.rows.len() as u64;
        let (mut parts, mut by_shape) = (BTreeMap::new(), BTreeMap::new());
        for shape in chosen.iter().map(|at| &shapes[*at]) {
            shape.iter().for_each(|part| *parts.entry(*part).or_insert(0) += 1);
            *by_shape.entry(shape).or_insert(0) += 1;
        }
        Ok(Report {
            database: "",
            today: self.state.today,
            seed: options.seed,
            firms: self.state.rows.len(),
            rules: rules.len(),
            refused: self.state.policies.refused.values().cloned().collect(),
            policies: chosen.len(),
            answers,
            pairs: drawn + if options.every_pair { answers } else { 0 },
            parts,
            shapes: by_shape.into_iter().map(|(parts, policies)| ShapeCount { parts: parts.clone(), policies }).collect(),
            differences: found.count,
            first: found.first,
        })
    }

    /// Rules in force, in the order of the engine's answers.
    fn rules(&self) -> Vec<Rule> {
        let engine = &self.state.engine;
        let rule = |key| Some(Rule { policy: self.state.policies.id(key), typed: engine.rule(key)?.clone() });
        engine.policies().filter_map(rule).collect()
    }

    /// The database works in this thread, the engine and the row meaning in others.
    fn over_all_firms(&self, reader: &mut Reader<'_>, batch: &[&Rule], every_pair: bool, found: &mut Found<'_>) -> Outcome<()> {
        let (fits, table, sql) = std::thread::scope(|scope| {
            let fits = scope.spawn(|| batch.iter().map(|rule| self.fit(rule)).collect::<Outcome<Vec<Fit>>>());
            let table = every_pair.then(|| scope.spawn(|| self.by_row(batch)));
            let sql = self.by_sql(reader, batch);
            (fits.join(), table.map(|table| table.join()), sql)
        });
        let stopped = || Fault::Internal("a comparing thread stopped".to_owned());
        let fits = fits.map_err(|_| stopped())??;
        for ((rule, fit), answers) in batch.iter().zip(&fits).zip(sql?) {
            match answers {
                Ok(answers) => self.differing(rule, fit, &answers, Way::Sql, found),
                Err(why) => found.add(rule.policy, Way::Sql, |_| What::Refused { reason: why.text() }),
            }
        }
        if let Some(table) = table {
            let answers = table.map_err(|_| stopped())?;
            batch.iter().zip(&fits).zip(answers).for_each(|((rule, fit), answers)| self.differing(rule, fit, &answers, Way::Table, found));
        }
        Ok(())
    }

    fn fit(&self, rule: &Rule) -> Outcome<Fit> {
        self.state.engine.policy(&rule.typed).map_err(|why| Fault::Internal(format!("rule of {}: {why}", rule.policy)))
    }

    fn differing(&self, rule: &Rule, fit: &Fit, other: &Answers, way: Way, found: &mut Found<'_>) {
        let apart = |a: &Bits, b: &Bits| -> BTreeSet<u32> { a.without(b).rows().chain(b.without(a).rows()).collect() };
        let mut rows = apart(&fit.yes, &other.fit.yes);
        rows.extend(apart(&fit.unknown, &other.fit.unknown));
        for row in rows {
            found.answers(rule.policy, self.state.ids[row as usize], way, seen_in(fit, row), seen_in(&other.fit, row));
        }
        for firm in &other.strangers {
            found.answers(rule.policy, *firm, way, Seen::Absent, Seen::No);
        }
        if other.rows != self.state.rows.len() {
            let (here, there) = (self.state.rows.len(), other.rows);
            let zh = format!("列中有 {here} 家企业，数据库答了 {there} 家。");
            found.add(rule.policy, way, |_| What::Refused {
                reason: liangu_base::Text::new(zh, format!("The columns have {here} firms, the database answered for {there}.")),
            });
        }
    }

    /// The answers of the database to each rule. When one of them fails, each is asked by itself.
    fn by_sql(&self, reader: &mut Reader<'_>, batch: &[&Rule]) -> Outcome<Vec<Result<Answers, StoreError>>> {
        let rules: Vec<Arc<Typed>> = batch.iter().map(|rule| rule.typed.clone()).collect();
        if let Ok(answers) = self.ask(reader, &rules) {
            return Ok(answers.into_iter().map(Ok).collect());
        }
        let mut alone = Vec::with_capacity(rules.len());
        for rule in rules {
            alone.push(self.ask(reader, &[rule]).map(|mut answers| answers.remove(0)));
            // Where the database itself is gone, that is the fault, and not the rule's.
            reader.head()?;
        }
        Ok(alone)
    }

    fn ask(&self, reader: &mut Reader<'_>, rules: &[Arc<Typed>]) -> Result<Vec<Answers>, StoreError> {
        let state = &self.state;
        let context = Context { today: state.today, year: judged_year(state.today), ..Context::default() };
        let mut all: Vec<Answers> = rules.iter().map(|_| Answers::none(state.engine.table().len())).collect();
        reader.answers(FIRM, rules, &context, &mut |firm, answers| match state.rows.get(&firm) {
            None => all.iter_mut().for_each(|all| all.strangers.push(firm)),
            Some(row) => all.iter_mut().zip(answers).for_each(|(all, answer)| all.put(*row, *answer)),
        })?;
        Ok(all)
    }

    /// The row meaning over the table, for every firm.
    fn by_row(&self, batch: &[&Rule]) -> Vec<Answers> {
        let engine = &self.state.engine;
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some(rule) = batch.get(next.fetch_add(1, Ordering::Relaxed)) {
                let mut all = Answers::none(engine.table().len());
                for row in (0..engine.table().len()).filter(|row| engine.table().is_live(*row)) {
                    let answer = naive::answer(engine.table(), row, &rule.typed, engine.context());
                    all.put(row, known(answer));
                }
                done.push((rule.policy, all));
            }
            done
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut done: BTreeMap<Id, Answers> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        batch.iter().filter_map(|rule| done.remove(&rule.policy)).collect()
    }

    /// Pairs drawn at random; the number of them.
    fn drawn_pairs(
        &self,
        reader: &mut Reader<'_>,
        rules: &[Rule],
        options: &VerifyOptions,
        found: &mut Found<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Outcome<u64> {
        if rules.is_empty() || self.state.ids.is_empty() {
            return Ok(0);
        }
        let mut random = SplitMix64::stream(options.seed, "pairs", 0);
        let mut wanted: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for at in 0..options.pairs {
            if at % PER_FIRM == 0 {
                wanted.entry(*random.pick(&self.state.ids)).or_default();
            }
        }
        let firms: Vec<Id> = wanted.keys().copied().collect();
        for at in 0..options.pairs {
            let rule = random.below(rules.len() as u64) as usize;
            wanted.entry(firms[at % firms.len()]).or_default().push(rule);
        }
        let mut done = 0;
        for portion in firms.chunks(FIRMS) {
            let mut items = reader.get_many(FIRM, portion)?.into_iter().peekable();
            for id in portion {
                let item = items.next_if(|item| item.id == *id);
                let firm = item.map(|item| Firm::read(reader, &self.model, item, judged_year(self.state.today))).transpose()?;
                self.pairs_of(*id, firm.as_ref(), &wanted[id], rules, found);
                done += wanted[id].len();
            }
            progress(Progress::Pairs { done, of: options.pairs });
        }
        Ok(done as u64)
    }

    fn pairs_of(&self, id: Id, firm: Option<&Firm<'_>>, chosen: &[usize], rules: &[Rule], found: &mut Found<'_>) {
        let (engine, row) = (&self.state.engine, self.state.rows[&id]);
        let answers = engine.firm(row).to_vec();
        for at in chosen {
            let rule = &rules[*at];
            let columns = seen(answers[*at]);
            let table = naive::answer(engine.table(), row, &rule.typed, engine.context());
            let record = firm.map_or(Seen::Absent, |firm| seen(row::answer(&rule.typed, firm, engine.context())));
            found.answers(rule.policy, id, Way::Table, columns, seen(table));
            found.answers(rule.policy, id, Way::Record, columns, record);
        }
    }
}

/// What another way says of all firms.
struct Answers {
    fit: Fit,
    rows: usize,
    /// Firms that the columns do not have.
    strangers: Vec<Id>,
}

impl Answers {
    fn none(rows: usize) -> Answers {
        Answers { fit: Fit { yes: Bits::empty(rows), unknown: Bits::empty(rows) }, rows: 0, strangers: Vec::new() }
    }

    fn put(&mut self, row: usize, answer: Option<bool>) {
        self.rows += 1;
        match answer {
            Some(true) => self.fit.yes.put(row, true),
            Some(false) => {}
            None => self.fit.unknown.put(row, true),
        }
    }
}

fn seen_in(fit: &Fit, row: u32) -> Seen {
    match (fit.yes.get(row as usize), fit.unknown.get(row as usize)) {
        (true, _) => Seen::Yes,
        (_, true) => Seen::Unknown,
        _ => Seen::No,
    }
}

fn seen(answer: Answer) -> Seen {
    match answer {
        Answer::Yes => Seen::Yes,
        Answer::No => Seen::No,
        Answer::Unknown => Seen::Unknown,
    }
}

fn known(answer: Answer) -> Option<bool> {
    match answer {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Unknown => None,
    }
}
