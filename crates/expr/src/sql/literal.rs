//! Constants as SQL.
use super::{Dialect, Lowering, Refusal};
use crate::schema::Type;
use crate::typed::Node;
use crate::value::Value;

impl Lowering<'_> {
    /// Unknown, with its type where the database would not find it out.
    pub(super) fn null(&self, ty: &Type) -> &'static str {
        if self.dialect == Dialect::Sqlite {
            return "NULL";
        }
        match ty {
            Type::Bool => "NULL::boolean",
            Type::Int(_) | Type::Days | Type::Date => "NULL::bigint",
            Type::Double => "NULL::double precision",
            Type::Text | Type::Code(_) | Type::Set(_) => "NULL::text",
            Type::Ref(_) => "NULL::bytea",
            Type::Children(_) | Type::Null => "NULL",
        }
    }

    /// `node` is where the value stands, for a refusal.
    pub(super) fn literal(&self, value: &Value, ty: &Type, node: &Node) -> Result<String, Refusal> {
        match value {
            Value::Unknown(_) | Value::Null => Ok(self.null(ty).to_owned()),
            Value::Bool(b) => Ok(if *b { "TRUE" } else { "FALSE" }.to_owned()),
            Value::Int(n) => Ok(self.integer(*n)),
            Value::Date(d) => Ok(self.integer(d.days().into())),
            Value::Double(x) if x.is_finite() => Ok(self.double(*x)),
            Value::Double(_) => self.refuse(node, "无穷大不能用于查询。", "An infinite number cannot be used in a query."),
            Value::Text(t) if matches!(ty, Type::Ref(_)) => Ok(self.reference(t)),
            Value::Text(t) => self.text(t, node),
            Value::List(items) => {
                let mut set = String::from("|");
                for item in items {
                    match item {
                        Value::Text(code) if !code.is_empty() && !code.contains('|') => {
                            set.push_str(code);
                            set.push('|');
                        }
                        _ => return self.refuse(node, "集合里只能有不含“|”的代码。", "A set has codes without \"|\" only."),
                    }
                }
                self.text(&set, node)
            }
            _ => self.refuse(node, "查询里没有这种值。", "A query has no such value."),
        }
    }

    pub(super) fn integer(&self, n: i64) -> String {
        match (self.dialect, n < 0) {
            (Dialect::Sqlite, false) => n.to_string(),
            (Dialect::Sqlite, true) => format!("({n})"),
            (Dialect::Postgres, false) => format!("{n}::bigint"),
            (Dialect::Postgres, true) => format!("'{n}'::bigint"),
        }
    }

    /// A text that is no reference becomes bytes that equal none.
    pub(super) fn reference(&self, text: &str) -> String {
        let none = if self.dialect == Dialect::Sqlite { "x''" } else { "''::bytea" };
        self.tables.constant_ref(text).unwrap_or_else(|| none.to_owned())
    }

    /// The question mark of a text must not pass for a placeholder.
    pub(super) fn text(&self, text: &str, node: &Node) -> Result<String, Refusal> {
        if text.contains('\0') {
            return self.refuse(node, "文字里有空字符（NUL），请删去。", "The text has a NUL character; delete it.");
        }
        let quoted = text.replace('\'', "''");
        Ok(match self.dialect {
            Dialect::Postgres if text.contains(['\\', '?']) => format!("E'{}'", quoted.replace('\\', "\\\\").replace('?', "\\x3f")),
            _ => format!("'{quoted}'"),
        })
    }

    /// Exact in SQLite too, whose reader of decimals may round otherwise: a whole number of 53 bits times a power of
    /// two, by steps that are themselves exact.
    fn double(&self, x: f64) -> String {
        if self.dialect == Dialect::Postgres {
            return format!("'{x:e}'::double precision");
        }
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        let fraction = (bits & ((1 << 52) - 1)) as i64;
        let (mut mantissa, mut power) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
        while mantissa != 0 && mantissa % 2 == 0 && power < 0 {
            mantissa /= 2;
            power += 1;
        }
        if mantissa == 0 {
            return "0.0".to_owned();
        }
        let mut out = format!("(CAST({} AS REAL)", if x < 0.0 { -mantissa } else { mantissa });
        let sign = if power < 0 { '/' } else { '*' };
        let mut left = power.unsigned_abs();
        while left > 0 {
            let step = left.min(52);
            out.push_str(&format!(" {sign} {}", 1i64 << step));
            left -= step;
        }
        out.push(')');
        out
    }
}
