//! Over the child records of each record: quantifiers, and what is counted, summed or chosen.
use super::evaluate::{Numbers, Truth};
use super::plan::{Cond, Fold};
use super::records::{Bound, Of};
use crate::children::chunk::Chunk;
use crate::mask::Mask;
use liangu_expr::schema::ChildIx;

/// Pairs of child records that are looked at together, but for those of one record.
const BATCH: usize = 65_536;

/// Sets the bits of the records to which those in the mask belong.
fn scatter(of: &Mask, parents: &[u32], into: &mut Mask) {
    of.each(parents.len(), |at| into.set(parents[at] as usize));
}

/// The bits of one that the other lacks.
fn without(a: &Mask, b: &Mask) -> Mask {
    a.with(b, |a, b| a & !b)
}

impl<'a> Of<'a> {
    fn chunk(&self, child: ChildIx) -> Option<&'a Chunk> {
        self.table.children.table(child)?.chunks.get(self.block)
    }

    /// Records of which it is known which child records there are.
    fn reported(&self, chunk: &Chunk) -> Mask {
        match self.rows {
            None => Mask::of_block(&chunk.reported, self.records),
            Some(rows) => Mask::of(self.records, |at| chunk.reported.get(rows[at] as usize)),
        }
    }

    /// Shows the child records of all records, and which record each belongs to.
    fn each_child(&self, chunk: &Chunk, mut visit: impl FnMut(&Of<'_>, &[u32])) {
        let Some(rows) = self.rows else {
            let owners = chunk.owners();
            let bound = [Bound { chunk, at: None }];
            let Of { table, context, block, .. } = *self;
            visit(&Of { table, context, block, records: owners.len(), rows: Some(&owners), bound: &bound }, &owners);
            return;
        };
        let mut from = 0;
        while from < self.records {
            let (mut parents, mut at, mut their_rows) = (Vec::new(), Vec::new(), Vec::new());
            while from < self.records && parents.len() < BATCH {
                for child in chunk.records(rows[from] as usize).unwrap_or_default() {
                    parents.push(from as u32);
                    at.push(child as u32);
                    their_rows.push(rows[from]);
                }
                from += 1;
            }
            let outer = self.bound.iter().map(|outer| Bound { chunk: outer.chunk, at: Some(&parents) });
            let bound: Vec<Bound<'_>> = std::iter::once(Bound { chunk, at: Some(&at) }).chain(outer).collect();
            let Of { table, context, block, .. } = *self;
            visit(&Of { table, context, block, records: parents.len(), rows: Some(&their_rows), bound: &bound }, &parents);
        }
    }

    pub fn quantified(&self, child: ChildIx, filter: Option<&Cond>, condition: &Cond, exists: bool) -> Truth {
        let Some(chunk) = self.chunk(child) else { return self.nothing() };
        let (mut decided, mut open) = (Mask::all(self.records, false), Mask::all(self.records, false));
        self.each_child(chunk, |inside, parents| {
            let holds = inside.cond(condition);
            // records that decide the answer, and those that may: witnesses of `exists`, counterexamples of `all`
            let (mut decide, mut may) = match exists {
                true => (holds.t.clone(), holds.possible()),
                false => (without(&holds.known, &holds.t), holds.t.with(&holds.t, |t, _| !t)),
            };
            if let Some(filter) = filter {
                let passes = inside.cond(filter);
                (decide, may) = (decide.and(&passes.t), may.and(&passes.possible()));
            }
            scatter(&decide, parents, &mut decided);
            scatter(&may, parents, &mut open);
        });
        let known = without(&self.reported(chunk), &without(&open, &decided));
        Truth { t: if exists { decided.and(&known) } else { without(&known, &decided) }, known }
    }

    pub fn fold(&self, child: ChildIx, filter: Option<&Cond>, what: &Fold) -> Numbers<'a> {
        let Some(chunk) = self.chunk(child) else { return self.all(None) };
        let mut doubtful = Mask::all(self.records, false);
        let mut folded = vec![Folded::default(); self.records];
        self.each_child(chunk, |inside, parents| {
            let mut passes = Mask::all(inside.records, true);
            if let Some(filter) = filter {
                let filter = inside.cond(filter);
                scatter(&filter.known.with(&filter.known, |known, _| !known), parents, &mut doubtful);
                passes = filter.t;
            }
            let value = match what {
                Fold::Count => return passes.each(inside.records, |at| folded[parents[at] as usize].count += 1),
                Fold::Sum(value) | Fold::Mean(value) | Fold::Min(value) | Fold::Max(value) => inside.num(value),
            };
            scatter(&without(&passes, &value.known), parents, &mut doubtful);
            passes.each(inside.records, |at| folded[parents[at] as usize].add(value.values[at]));
        });
        let results: Vec<Option<i64>> = folded.iter().map(|folded| folded.result(what)).collect();
        let found = Mask::of(self.records, |at| results[at].is_some());
        let known = without(&self.reported(chunk), &doubtful).and(&found);
        Numbers { values: results.into_iter().map(Option::unwrap_or_default).collect(), known }
    }
}

/// The values of the child records of one record.
#[derive(Clone, Default)]
struct Folded {
    count: i64,
    sum: i128,
    least: Option<i64>,
    most: Option<i64>,
}

impl Folded {
    #[inline(always)]
    fn add(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.most = Some(self.most.map_or(value, |most| most.max(value)));
    }

    /// `None` over nothing, and where it does not fit.
    fn result(&self, what: &Fold) -> Option<i64> {
        match what {
            Fold::Count => Some(self.count),
            Fold::Sum(_) => i64::try_from(self.sum).ok(),
            Fold::Mean(_) => i64::try_from(self.sum).ok()?.checked_div(self.count),
            Fold::Min(_) => self.least,
            Fold::Max(_) => self.most,
        }
    }
}
