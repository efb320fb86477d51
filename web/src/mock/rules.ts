/** A small likeness of the rule language for fixtures: trees to text and back, sentences, answers on made-up values. */
import type { Children, Condition, FactWord, Op, Operand, Quantifier, Row, Vocabulary } from '../api/authoring';

type Bound = Readonly<Record<string, string>>;

export class Incomplete extends Error {}

function operand(value: Operand | undefined): string {
  if (!value) throw new Incomplete();
  if ('amount' in value) {
    if (!/^-?\d+(\.\d+)?$/.test(value.amount)) throw new Incomplete();
    return value.unit === '' ? value.amount : `${value.unit}(${value.amount})`;
  }
  if ('date' in value) return `date("${value.date}")`;
  if ('text' in value) return `"${value.text}"`;
  if ('bool' in value) return String(value.bool);
  if ('expression' in value) return value.expression;
  if (value.codes.length === 0) throw new Incomplete();
  return value.codes.map((code) => `"${code}"`).join(', ');
}

function rowText(row: Row): string {
  if (row.fact === '') throw new Incomplete();
  const fact = row.year ? `${row.fact}.at(${row.year})` : row.fact;
  switch (row.op) {
    case 'is': return fact;
    case 'is_not': return `!${fact}`;
    case 'known': return `known(${fact})`;
    case 'unknown': return `!known(${fact})`;
    case 'in': return `${fact} in [${operand(row.value)}]`;
    case 'not_in': return `!(${fact} in [${operand(row.value)}])`;
    case 'within': return `within(${fact}, ${operand(row.value)})`;
    case 'not_within': return `!within(${fact}, ${operand(row.value)})`;
    case 'has_any': return `${operand(row.value)} in ${fact}`;
    case 'has_none': return `!(${operand(row.value)} in ${fact})`;
    case 'has_all': return `[${operand(row.value)}].all(x, x in ${fact})`;
    default: return `${fact} ${row.op} ${operand(row.value)}`;
  }
}

export function write(node: Condition): string {
  if ('fact' in node) return rowText(node);
  if ('children' in node) {
    const where = write(node.where);
    if (typeof node.quantifier === 'object') return `${node.children}.filter(${node.variable}, ${where}).size() ${node.quantifier.count} ${node.quantifier.value}`;
    return node.quantifier === 'all' ? `${node.children}.all(${node.variable}, ${where})` : `${node.quantifier === 'none' ? '!' : ''}${node.children}.exists(${node.variable}, ${where})`;
  }
  if ('text' in node) return node.text;
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : 'none' in node ? node.none : node.of;
  if (parts.length === 0) throw new Incomplete();
  const texts = parts.map((part) => ('all' in part || 'any' in part) && parts.length > 1 ? `(${write(part)})` : write(part));
  if ('all' in node) return texts.join(' && ');
  if ('any' in node) return texts.join(' || ');
  return 'none' in node ? `!(${texts.join(' || ')})` : `at_least(${node.at_least}, ${texts.join(', ')})`;
}

/** Parts between `by` outside of brackets and quotes. */
function split(text: string, by: string): readonly string[] {
  const parts: string[] = [];
  let [depth, quoted, from] = [0, false, 0];
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at] ?? '';
    if (c === '"') quoted = !quoted;
    if (quoted) continue;
    if ('([{'.includes(c)) depth += 1;
    if (')]}'.includes(c)) depth -= 1;
    if (depth === 0 && text.startsWith(by, at)) {
      parts.push(text.slice(from, at).trim());
      from = at + by.length;
      at = from - 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** One pair of brackets around all of it. */
function enclosed(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    if (depth === 0) return false;
  }
  return true;
}

const codesIn = (text: string) => [...text.matchAll(/"([^"]*)"/g)].map((found) => found[1] ?? '');
const OPS: readonly Op[] = ['>=', '<=', '==', '!=', '>', '<'];

export class Unread extends Error {
  readonly at: string;
  constructor(at: string) {
    super(at);
    this.at = at;
  }
}

function factOf(name: string, words: Vocabulary, bound: Bound): FactWord {
  const [variable = '', field] = name.split('.');
  const facts = field === undefined ? words.facts : words.collections.find((one) => one.name === bound[variable])?.facts;
  const fact = facts?.find((one) => one.name === (field ?? name));
  if (!fact) throw new Unread(name);
  return fact;
}

function value(text: string): Operand {
  const number = /^([a-z_]*)\((-?\d+(?:\.\d+)?)\)$/.exec(text);
  if (number && number[1] !== 'date') return { amount: number[2] ?? '', unit: number[1] ?? '' };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { amount: text, unit: '' };
  const date = /^date\("([^"]*)"\)$/.exec(text);
  if (date) return { date: date[1] ?? '' };
  if (/^"[^"]*"$/.test(text)) return { codes: codesIn(text) };
  if (!/^[a-z_.()\d\s+*/-]+$/.test(text)) throw new Unread(text);
  return { expression: text };
}

function named(text: string, op: Op, words: Vocabulary, bound: Bound, right?: Operand): Row {
  const year = /^(.+)\.at\((-?\d+)\)$/.exec(text);
  const name = year?.[1] ?? text;
  const fact = factOf(name, words, bound);
  return { fact: name, op, ...(fact.yearly ? { year: Number(year?.[2] ?? 0) } : {}), ...(right ? { value: right } : {}), label: fact.label, units: fact.units.map((unit) => unit.code), ...(fact.list === null ? {} : { list: fact.list }) };
}

export function read(text: string, words: Vocabulary, bound: Bound): Condition {
  const whole = text.trim();
  if (whole === '') throw new Unread(text);
  const some = split(whole, '||');
  if (some.length > 1) return { any: some.map((part) => read(part, words, bound)) };
  const every = split(whole, '&&');
  if (every.length > 1) return { all: every.map((part) => read(part, words, bound)) };
  if (enclosed(whole)) return read(whole.slice(1, -1), words, bound);
  const macro = /^(!?)([a-z_]+)\.(exists|all|filter)\(([a-z]\d*), (.*)\)(?:\.size\(\) (>=|<=|==|>|<|!=) (\d+))?$/.exec(whole);
  if (macro) {
    const [, not, children = '', kind, variable = '', where = '', count, many] = macro;
    const counted = OPS.find((op) => op === count);
    const quantifier: Quantifier = counted ? { count: counted, value: Number(many) } : not === '!' ? 'none' : kind === 'all' ? 'all' : 'exists';
    const node: Children = { children, variable, quantifier, where: read(where, words, { ...bound, [variable]: children }) };
    return node;
  }
  const least = /^at_least\((\d+), (.*)\)$/.exec(whole);
  if (least) return { at_least: Number(least[1]), of: split(least[2] ?? '', ',').map((part) => read(part, words, bound)) };
  const within = /^(!?)within\(([\w.]+), (.*)\)$/.exec(whole);
  if (within) return named(within[2] ?? '', within[1] === '!' ? 'not_within' : 'within', words, bound, { codes: codesIn(within[3] ?? '') });
  const known = /^(!?)known\(([\w.]+)\)$/.exec(whole);
  if (known) return named(known[2] ?? '', known[1] === '!' ? 'unknown' : 'known', words, bound);
  const has = /^"([^"]*)" in ([\w.]+)$/.exec(whole);
  if (has) return named(has[2] ?? '', 'has_any', words, bound, { codes: [has[1] ?? ''] });
  const inside = /^([\w.]+) in \[(.*)\]$/.exec(whole);
  if (inside) return named(inside[1] ?? '', 'in', words, bound, { codes: codesIn(inside[2] ?? '') });
  for (const op of OPS) {
    const sides = split(whole, op);
    if (sides.length === 2) return named(sides[0] ?? '', op, words, bound, value(sides[1] ?? ''));
  }
  if (whole.startsWith('!(')) return { none: [read(whole.slice(1), words, bound)] };
  return whole.startsWith('!') ? named(whole.slice(1), 'is_not', words, bound) : named(whole, 'is', words, bound);
}

const ZH: Readonly<Record<Op, string>> = { '==': '为', '!=': '不为', '<': '低于', '<=': '不超过', '>': '高于', '>=': '不低于', in: '属于', not_in: '不属于', within: '属于', not_within: '不属于', has_any: '含有', has_all: '含有', has_none: '不含', is: '', is_not: '不', known: '有资料', unknown: '没有资料' };
const EN: Readonly<Record<Op, string>> = { '==': 'is', '!=': 'is not', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least', in: 'is one of', not_in: 'is none of', within: 'is within', not_within: 'is not within', has_any: 'has', has_all: 'has', has_none: 'has not', is: 'holds', is_not: 'does not hold', known: 'is on file', unknown: 'is not on file' };
const UNITS: Readonly<Record<string, readonly [string, string]>> = { wan: [' 万元', '0,000 yuan'], yuan: [' 元', ' yuan'], yi: [' 亿元', ' hundred million yuan'], percent: [' %', ' %'], mu: [' 亩', ' mu'], '': ['', ''] };

export type Name = (list: string, code: string) => { readonly zh: string; readonly en: string };

export function sentence(node: Condition, words: Vocabulary, bound: Bound, name: Name): { zh: string; en: string } {
  if ('fact' in node) {
    const label = node.label ?? factOf(node.fact, words, bound).label;
    const right = node.value;
    const side = (lang: 'zh' | 'en') => {
      if (!right) return '';
      if ('amount' in right) return right.amount + (UNITS[right.unit]?.[lang === 'zh' ? 0 : 1] ?? '');
      if ('codes' in right) return right.codes.map((code) => name(node.list ?? '', code)[lang]).join(lang === 'zh' ? '、' : ', ');
      return 'date' in right ? right.date : 'text' in right ? right.text : 'expression' in right ? right.expression : '';
    };
    const year = node.year ? { zh: `前 ${-node.year} 年`, en: `${-node.year} year(s) before: ` } : { zh: '', en: '' };
    return { zh: `${year.zh}${node.op === 'is_not' ? `不是${label.zh}` : `${label.zh}${ZH[node.op]}${side('zh')}`}`, en: `${year.en}${label.en} ${EN[node.op]} ${side('en')}`.trim() };
  }
  if ('children' in node) {
    const of = words.collections.find((one) => one.name === node.children)?.label ?? { zh: node.children, en: node.children };
    const where = sentence(node.where, words, { ...bound, [node.variable]: node.children }, name);
    return { zh: `${node.quantifier === 'none' ? '没有' : '有'}${of.zh}满足：${where.zh}`, en: `${node.quantifier === 'none' ? 'no' : 'some'} ${of.en.toLowerCase()} with: ${where.en}` };
  }
  if ('text' in node) return { zh: node.text, en: node.text };
  const parts = ('all' in node ? node.all : 'any' in node ? node.any : 'none' in node ? node.none : node.of).map((part) => sentence(part, words, bound, name));
  const by = 'all' in node ? ['，并且', ', and '] : ['，或者', ', or '];
  return { zh: parts.map((part) => part.zh).join(by[0]), en: parts.map((part) => part.en).join(by[1]) };
}
