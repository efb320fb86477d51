//! CEL's interpreter, expression by expression. A fact that is not on file is an undeclared variable, whose error its
//! "and" and "or" take as unknown.
use crate::Racer;
use crate::workload::{Cell, Workload};
use cel::{Context, Program, Value};
use std::error::Error;

pub struct Cel(Vec<Program>);

impl Cel {
    pub fn new(work: &Workload) -> Result<Cel, Box<dyn Error>> {
        let compile = |policy: &crate::workload::Policy| Program::compile(&plain(&policy.when)).map_err(|e| format!("{}: {e}", policy.id).into());
        work.policies.iter().map(compile).collect::<Result<_, _>>().map(Cel)
    }
}

/// Dates as numbers of days, since the standard has no dates.
pub fn plain(when: &str) -> String {
    let mut parts = when.split("date(\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text += &crate::workload::days(&part[..10]).to_string();
        text += &part[12..];
    }
    text
}

impl Racer for Cel {
    const NAME: &'static str = "cel";
    const VERSION: &'static str = "0.15";
    const SETTINGS: &'static str = "1 thread, compiled programs, dates as days";
    const THREE: bool = true;
    type Firm = Context<'static, 'static>;

    fn firm(&self, work: &Workload, row: usize) -> Self::Firm {
        let mut context = Context::default();
        for (field, cell) in work.known(row) {
            let value: Value = match cell {
                Cell::Int(n) => (*n).into(),
                Cell::Bool(yes) => (*yes).into(),
                Cell::Code(code) => code.as_str().into(),
                Cell::Set(codes) => codes.iter().map(|c| Value::from(c.as_str())).collect::<Vec<_>>().into(),
                Cell::Unknown => continue,
            };
            context.add_variable_from_value(field.name.clone(), value);
        }
        context
    }

    fn all(&mut self, firm: &Self::Firm, yes: &mut [u32], unknown: &mut [u32]) {
        for (at, program) in self.0.iter().enumerate() {
            match program.execute(firm) {
                Ok(Value::Bool(true)) => yes[at] += 1,
                Ok(_) => {}
                Err(_) => unknown[at] += 1,
            }
        }
    }

    fn one(&mut self, policy: usize, firm: &Self::Firm) -> Option<()> {
        std::hint::black_box(self.0[policy].execute(firm).is_ok());
        Some(())
    }
}
