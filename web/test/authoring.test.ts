/** What the editor decides on its own: trees, documents, offsets, when to ask, when to save, what may not be lost. */
import { describe, expect, it } from 'vitest';
import { Problem } from '@/api/problem';
import { firmOf, withMadeCases } from '@/features/authoring/cases';
import { coveredBy, differing, freshKey, guessKind, moved, neighbour, newCase, newClause, newItem, putBack, setClause, whole, withSplit } from '@/features/authoring/document';
import { differenceOf, firmFor, nudged, readAmount, writeAmount } from '@/features/authoring/examples';
import { bodyOf, EMPTY, missingIn } from '@/features/authoring/head';
import { stretches } from '@/features/authoring/offsets';
import { Saving, type SaveState } from '@/features/authoring/saving';
import { asked, Editor } from '@/features/authoring/store';
import { append, asGroup, at, change, firstOp, move, regroup, rowOf, rowsOf, withOp } from '@/features/authoring/tree';
import { Trialing, type Clock } from '@/features/authoring/trialing';
import { factOf, factOptions, freeVariable, reachOf } from '@/features/authoring/words';
import type { Condition, Finding, PolicyVersion, Row, Trial } from '@/api/authoring';
import { lists } from '@/mock/model';
import { routes, vocabulary } from '@/mock/authoring';
import { read, sentence, write } from '@/mock/rules';

const row = (fact: string): Row => ({ fact, op: 'is' });
const a = row('above_scale');
const b = row('dishonest');
const c = row('major_incident');

/** A clock that rings only when told to. */
function bell(): Clock & { readonly ring: () => Promise<void> } {
  let waiting: { readonly run: () => void; readonly id: number }[] = [];
  let last = 0;
  return {
    set: (run) => (waiting.push({ run, id: (last += 1) }), last),
    clear: (id) => (waiting = waiting.filter((one) => one.id !== id)),
    ring: async () => {
      const due = waiting;
      waiting = [];
      for (const { run } of due) run();
      await settle();
    },
  };
}
const settle = () => new Promise<void>((done) => setTimeout(done, 0));

describe('a condition', () => {
  it('that is one row stands in a group, so that another can be put beside it', () => expect(append(asGroup(a), [], b)).toEqual({ all: [a, b] }));
  it('keeps its parts when the group counts otherwise', () => expect(regroup({ all: [a, b, c] }, [], 'at_least', 2)).toEqual({ at_least: 2, of: [a, b, c] }));
  it('is changed and emptied where the path leads, within child records too', () => {
    const inner: Condition = { children: 'projects', variable: 'p', quantifier: 'exists', where: { all: [row('p.filed')] } };
    const tree: Condition = { all: [a, { any: [b, inner] }] };
    expect(at(change(tree, [1, 1, 0, 0], () => row('p.start')), [1, 1, 0, 0])).toEqual(row('p.start'));
    expect(change(tree, [1, 0], () => null)).toEqual({ all: [a, { any: [inner] }] });
    expect(rowsOf(tree).map((one) => one.fact)).toEqual(['above_scale', 'dishonest', 'p.filed']);
  });
  it('moves a part among its neighbours and leaves it at the ends', () => {
    expect(move({ any: [a, b, c] }, [2], -1)).toEqual({ any: [a, c, b] });
    expect(move({ any: [a, b] }, [0], -1)).toEqual({ any: [a, b] });
  });
});

describe('a row', () => {
  const fact = (name: string) => factOf(name, vocabulary, [{ variable: 'p', collection: 'projects' }]) ?? fail(name);
  const fail = (name: string): never => {
    throw new Error(`no ${name}`);
  };
  it('starts with the operator people mean, the year judged and the first unit', () => {
    expect(rowOf(fact('revenue'), 'revenue')).toEqual({ fact: 'revenue', op: '>=', year: 0, value: { amount: '', unit: 'wan' } });
    expect(firstOp(fact('region'))).toBe('within');
    expect(rowOf(fact('p.filed'), 'p.filed')).toEqual({ fact: 'p.filed', op: 'is' });
  });
  it('keeps what was typed where it still fits', () => {
    const typed: Row = { fact: 'region', op: 'in', value: { codes: ['431302', '431321'] } };
    expect(withOp(typed, '==', 'code', '')).toEqual({ fact: 'region', op: '==', value: { codes: ['431302'] } });
    expect(withOp(typed, 'known', 'code', '')).toEqual({ fact: 'region', op: 'known' });
    expect(rowOf(fact('tax_paid'), 'tax_paid', { fact: 'revenue', year: -1, op: '<', value: { amount: '3', unit: 'yi' } })).toEqual({ fact: 'tax_paid', op: '<', year: -1, value: { amount: '3', unit: 'yi' } });
  });
  it('is found by its name in either language; a record in reach comes first', () => {
    const options = factOptions(vocabulary, [{ variable: 'p', collection: 'projects' }], 'zh', '其他');
    expect(options[0]).toMatchObject({ value: 'p.kind', group: '项目 p' });
    expect(options.find((one) => one.value === 'revenue')?.also).toContain('Revenue');
    expect(freeVariable('projects', vocabulary, [{ variable: 'p', collection: 'projects' }])).toBe('p1');
  });
});

describe('the fixtures’ rule', () => {
  const codes = (list: string, code: string) => lists.find((one) => one.name === list)?.codes.find((one) => one.code === code)?.label ?? { zh: code, en: code };
  it.each(['within(region, "431300") && above_scale', 'rd_ratio >= percent(3) && (revenue >= wan(2000) || revenue.at(-1) >= wan(2000))', '!projects.exists(p, p.equipment >= wan(500) && p.filed)', 'at_least(2, above_scale, !dishonest, "high_tech" in certs)'])('%s is the same as its tree', (text) => expect(write(read(text, vocabulary, {}))).toBe(text));
  it('says itself', () => expect(sentence(read('within(region, "431302") && revenue >= wan(2000)', vocabulary, {}), vocabulary, {}, codes).zh).toBe('所在地属于娄星区，并且营业收入不低于2000 万元'));
});

describe('findings in a text', () => {
  const found = (start: number | null, end: number | null, severity: Finding['severity'] = 'error'): Finding => ({ code: 'x', severity, message: { zh: '', en: '' }, hint: null, start, end });
  it('underline their stretch; the graver wins', () => {
    expect(stretches('abcdef', [found(1, 4, 'warning'), found(2, 3)])).toEqual([
      { text: 'a', severity: null }, { text: 'b', severity: 'warning' }, { text: 'c', severity: 'error' }, { text: 'd', severity: 'warning' }, { text: 'ef', severity: null },
    ]);
  });
  it('at the end mark the last character; without a place they mark nothing; beyond the text they are cut', () => {
    expect(stretches('ab', [found(2, 2)])).toEqual([{ text: 'a', severity: null }, { text: 'b', severity: 'error' }]);
    expect(stretches('ab', [found(null, null)])).toEqual([{ text: 'ab', severity: null }]);
    expect(stretches('ab', [found(0, 90)])).toEqual([{ text: 'ab', severity: 'error' }]);
    expect(stretches('', [found(0, 3)])).toEqual([]);
  });
  it('count as strings count: a character beyond the BMP is two', () => expect(stretches('𠮷x', [found(2, 3)])).toEqual([{ text: '𠮷', severity: null }, { text: 'x', severity: 'error' }]));
});

describe('the document', () => {
  const empty = whole({});
  const doc = withSplit(empty, [{ article: '第一条', text: '甲' }, { article: '第二条', text: '乙' }]);
  it('takes pasted sentences once, under fresh keys', () => {
    expect(doc.clauses.map((one) => [one.key, one.article, one.text.zh, one.kind])).toEqual([['c1', '第一条', '甲', 'information'], ['c2', '第二条', '乙', 'information']]);
    expect(withSplit(doc, [{ article: null, text: ' 乙 ' }, { article: null, text: '丙' }]).clauses.map((one) => one.text.zh)).toEqual(['甲', '乙', '丙']);
    expect(freshKey('c', [{ key: 'c9' }, { key: 'c2' }])).toBe('c10');
  });
  it('guesses what kind a sentence is: conditions decide, gifts are told, a person looks at the rest', () =>
    expect(['上一年度营业收入不低于 2000 万元。', '按设备投资的 10% 给予补助，最高不超过 200 万元。', '设备与备案的建设内容相符。', '支持对象为获得过奖励的规模以上企业。'].map(guessKind)).toEqual(['deciding', 'information', 'person', 'deciding']));
  it('walks and moves its clauses, and puts a removed one back where it stood', () => {
    expect([neighbour(doc.clauses, 'c1', -1), neighbour(doc.clauses, 'c1', 1)]).toEqual(['c1', 'c2']);
    expect(moved(doc.clauses, 'c2', -1).map((one) => one.key)).toEqual(['c2', 'c1']);
    expect(putBack([newClause('c2', null, '')], newClause('c1', null, ''), 0).map((one) => one.key)).toEqual(['c1', 'c2']);
  });
  it('counts a deciding clause without a rule as open', () => {
    const decided = setClause(setClause(doc, 'c1', { kind: 'deciding', when: 'above_scale' }), 'c2', { kind: 'deciding' });
    expect(coveredBy(decided.clauses)).toEqual({ deciding: 1, open: 1, person: 0, information: 0 });
  });
  it('names what two people wrote otherwise', () => expect(differing(doc, setClause({ ...doc, cases: [newCase('k1')] }, 'c2', { when: 'x' }))).toEqual(['clause:c2', 'case:k1']));
});

describe('asking while typing', () => {
  it('asks after a rest, only the latest, and gives up the one on its way', async () => {
    const clock = bell();
    const asks: { readonly question: string; readonly signal: AbortSignal; readonly answer: (text: string) => void }[] = [];
    const answers: string[] = [];
    const busy: boolean[] = [];
    const trialing = new Trialing<string, string>({
      ask: (question, signal) => new Promise((answer) => asks.push({ question, signal, answer })), onAnswer: (answer) => answers.push(answer), onError: () => answers.push('error'), onBusy: (is) => busy.push(is), clock,
    });
    trialing.ask('r');
    trialing.ask('re');
    await clock.ring();
    expect(asks.map((one) => one.question)).toEqual(['re']);
    trialing.ask('rev');
    await clock.ring();
    expect(asks[0]?.signal.aborted).toBe(true);
    asks[0]?.answer('old');
    asks[1]?.answer('new');
    await settle();
    expect(answers).toEqual(['new']);
    expect(busy.at(-1)).toBe(false);
  });
  it('tells of an error and asks again at the next keystroke', async () => {
    const clock = bell();
    const heard: string[] = [];
    let fails = true;
    const trialing = new Trialing<string, string>({ ask: (question) => (fails ? Promise.reject(new Error('down')) : Promise.resolve(question)), onAnswer: (answer) => heard.push(answer), onError: () => heard.push('error'), onBusy: () => undefined, clock });
    trialing.ask('a');
    await clock.ring();
    fails = false;
    trialing.ask('ab');
    await clock.ring();
    expect(heard).toEqual(['error', 'ab']);
  });
});

describe('saving', () => {
  const start = (put: (document: string, revision: number) => Promise<number>) => {
    const clock = bell();
    const states: SaveState['is'][] = [];
    const saving = new Saving<string>(1, { put: async (document, revision) => ({ revision: await put(document, revision), at: null }), isStale: (error) => error instanceof Problem && error.status === 412, onState: (state) => states.push(state.is), clock });
    return { clock, states, saving };
  };
  it('sends the latest after a rest, with the revision that came back', async () => {
    const sent: string[] = [];
    const { clock, states, saving } = start(async (document, revision) => (sent.push(`${document} ${revision}`), revision + 1));
    saving.change('a');
    saving.change('ab');
    await clock.ring();
    saving.change('abc');
    await clock.ring();
    expect(sent).toEqual(['ab 1', 'abc 2']);
    expect(states).toEqual(['unsaved', 'unsaved', 'saving', 'saved', 'unsaved', 'saving', 'saved']);
  });
  it('keeps what was refused and sends it again', async () => {
    let down = true;
    const sent: string[] = [];
    const { clock, states, saving } = start(async (document, revision) => {
      if (down) throw new Problem(0, {});
      sent.push(document);
      return revision + 1;
    });
    saving.change('a');
    await clock.ring();
    expect([states.at(-1), saving.quiet]).toEqual(['refused', false]);
    down = false;
    expect(await saving.flush()).toBe(true);
    expect(sent).toEqual(['a']);
  });
  it('never writes over somebody else: waits for the choice, then saves over what is there', async () => {
    const sent: string[] = [];
    const { clock, states, saving } = start(async (document, revision) => {
      sent.push(`${document} ${revision}`);
      if (revision === 1) throw new Problem(412, {});
      return revision + 1;
    });
    saving.change('mine');
    await clock.ring();
    saving.change('mine too');
    await clock.ring();
    expect([sent, states.at(-1), await saving.flush()]).toEqual([['mine 1'], 'stale', false]);
    saving.settle(5, null, 'mine too');
    await settle();
    expect([sent.at(-1), saving.revision]).toEqual(['mine too 5', 6]);
  });
});

function versionOf(): PolicyVersion {
  const answered = routes['GET /policies/:id/versions/:number']?.({ method: 'GET', path: '', query: new URLSearchParams(), body: null, persona: 'officer' }, ['pol_41', '3']);
  const version: PolicyVersion = JSON.parse(JSON.stringify(answered?.body));
  return version;
}
function trialOf(content: unknown): Trial {
  const answered = routes['POST /policies/:id/versions/:number/trial']?.({ method: 'POST', path: '', query: new URLSearchParams(), body: { content }, persona: 'officer' }, ['pol_41', '3']);
  const trial: Trial = JSON.parse(JSON.stringify(answered?.body));
  return trial;
}

describe('the editor', () => {
  const open = (put?: (revision: number) => Promise<PolicyVersion>) => {
    sessionStorage.clear();
    const clock = bell();
    const version = versionOf();
    const editor = new Editor(version, {
      clock, attempt: async (content) => trialOf(content), put: async (content, revision) => (put ? put(revision) : { ...version, content, revision: revision + 1, saved_at: '2026-11-20T06:02:00Z' }), read: async () => ({ ...version, revision: 9, content: setClause(whole(version.content), 'c1', { article: '第零条' }) }),
    });
    editor.start();
    return Object.assign(editor, { rest: clock.ring });
  };
  it('sends a tree in place of the text, and only for a deciding clause', () => {
    const doc = whole(versionOf().content);
    const sent = asked({ doc, trees: { c3: { all: [a] }, c1: { all: [b] } } });
    expect(JSON.stringify(sent)).toContain('"condition":{"all":[{"fact":"above_scale","op":"is"}]}');
    expect(JSON.stringify(sent)).not.toContain('dishonest","op"');
  });
  it('turns an edited tree into text with the answer, and leaves the tree as the author left it', async () => {
    const editor = open();
    const tree: Condition = { all: [{ fact: 'revenue', year: 0, op: '>=', value: { amount: '500', unit: 'wan' } }] };
    editor.setTree('c3', tree);
    await editor.rest();
    const { doc, trees, unfinished } = editor.get();
    expect([doc.clauses[2]?.when, trees['c3'], unfinished]).toEqual(['revenue >= wan(500)', tree, []]);
    editor.stop();
  });
  it('keeps the last whole text while a tree is not complete, and says which clause', async () => {
    const editor = open();
    editor.setTree('c3', { all: [{ fact: 'revenue', year: 0, op: '>=', value: { amount: '', unit: 'wan' } }] });
    await editor.rest();
    expect([editor.get().doc.clauses[2]?.when, editor.get().unfinished]).toEqual(['rd_ratio >= percent(3) && revenue >= wan(2000)', ['c3']]);
    expect(sessionStorage.getItem('liangu.authoring pol_41 3')).toContain('"amount":""');
    editor.stop();
  });
  it('takes the text’s word over the tree’s once the text is typed in', async () => {
    const editor = open();
    editor.setTree('c3', { all: [a] });
    editor.setText('c3', 'dishonest');
    await editor.rest();
    expect([editor.get().doc.clauses[2]?.when, editor.get().trees]).toEqual(['dishonest', {}]);
    editor.stop();
  });
  it('gives back what was removed', () => {
    const editor = open();
    editor.remove('第三条', (doc) => ({ ...doc, clauses: doc.clauses.filter((one) => one.key !== 'c2') }));
    expect(editor.get().doc.clauses).toHaveLength(7);
    editor.undoRemoval();
    expect(editor.get().doc.clauses.map((one) => one.key)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']);
    editor.stop();
  });
  it('holds both when somebody else saved first: theirs can be taken and mine brought back', async () => {
    const editor = open(() => Promise.reject(new Problem(412, {})));
    editor.edit((doc) => setClause(doc, 'c1', { article: '我的' }));
    await editor.flush();
    await settle();
    expect([editor.get().save.is, editor.get().theirs?.revision, editor.get().doc.clauses[0]?.article]).toEqual(['stale', 9, '我的']);
    editor.settle('theirs');
    expect(editor.get().doc.clauses[0]?.article).toBe('第零条');
    editor.undoRemoval();
    expect(editor.get().doc.clauses[0]?.article).toBe('我的');
    editor.stop();
  });
  it('finds again what was typed in this window and not saved', async () => {
    const editor = open(() => Promise.reject(new Problem(0, {})));
    editor.edit((doc) => setClause(doc, 'c1', { article: '未存' }));
    await editor.flush();
    editor.stop();
    const again = new Editor(versionOf(), { attempt: async (content) => trialOf(content), put: () => Promise.reject(new Problem(0, {})), read: async () => versionOf() });
    expect([again.get().recovered, again.get().doc.clauses[0]?.article]).toEqual([true, '未存']);
    again.dropRecovered();
    expect(again.get().doc.clauses[0]?.article).toBe('第一条');
    again.stop();
  });
});

describe('made-up firms', () => {
  const codes = new Map(lists.map((list) => [list.name, list.codes]));
  const known = { vocabulary, codes, bound: { p: 'projects' } };
  const tree = (text: string) => read(text, vocabulary, known.bound);
  it('meet what they should and miss what they should, by the smallest step', () => {
    expect(firmFor([{ condition: tree('revenue >= wan(2000) && revenue.at(-1) > wan(5.5)'), meant: 'met' }], known)).toEqual({ revenue: 'wan(2000)', 'revenue@-1': 'wan(5.6)' });
    expect(firmFor([{ condition: tree('revenue >= wan(2000)'), meant: 'missed' }], known)).toEqual({ revenue: 'wan(1999)' });
    expect(firmFor([{ condition: tree('above_scale || dishonest'), meant: 'missed' }], known)).toEqual({ above_scale: false, dishonest: false });
  });
  it('live elsewhere when the region must not fit, and bound conditions share one record', () => {
    expect(firmFor([{ condition: tree('within(region, "431300")'), meant: 'missed' }], known)).toEqual({ region: '000000' });
    expect(firmFor([{ condition: tree('p.equipment >= wan(500)'), meant: 'met' }, { condition: tree('p.filed'), meant: 'missed' }], known)).toEqual({ projects: [{ equipment: 'wan(500)', filed: false }] });
  });
  it('are not made where the condition is more than rows can say', () => expect(firmFor([{ condition: { text: 'growth(revenue) > percent(3)' }, meant: 'met' }], known)).toBeNull());
  it('come one for all clauses and one for each, saying only what differs', () => {
    const content = { ...whole(versionOf().content), cases: [] };
    const sound = { ...content, clauses: content.clauses.filter((one) => one.key !== 'c7') };
    const made = withMadeCases(sound, trialOf(sound), vocabulary, codes);
    expect([made.made, made.left]).toEqual([5, []]);
    expect(made.content.cases.map((one) => [one.key, one.like, one.expects, one.fails_on, one.item])).toEqual([['k1', null, 'yes', null, 'i1'], ['k2', 'k1', 'no', 'c2', 'i1'], ['k3', 'k1', 'no', 'c3', 'i1'], ['k4', 'k1', 'no', 'c4', 'i1'], ['k5', 'k1', 'no', 'c5', 'i1']]);
    expect(made.content.cases[2]?.firm).toEqual({ rd_ratio: 'percent(2)' });
    const last = made.content.cases[2] ?? newCase('k');
    expect(firmOf(made.content, last)).toMatchObject({ rd_ratio: 'percent(2)', revenue: 'wan(2000)' });
  });
  it('leave clauses that have no rule to the author', () => {
    const content = { ...whole(versionOf().content), cases: [] };
    expect(withMadeCases(content, trialOf(content), vocabulary, codes).left).toContain('c7');
  });
  it('write numbers as rules do', () => {
    expect([readAmount('wan(5.5)'), readAmount('12'), readAmount('wan(5.5) + 1')]).toEqual([{ amount: '5.5', unit: 'wan' }, { amount: '12', unit: '' }, null]);
    expect([writeAmount('3', 'percent'), writeAmount('3', ''), nudged('2.99', -1), nudged('500', 1)]).toEqual(['percent(3)', '3', '2.98', '501']);
    expect(differenceOf({ x: 1, y: ['a'] }, { x: 1, y: [] })).toEqual({ y: ['a'] });
  });
});

describe('the head', () => {
  it('needs what a document cannot be without, and sends nothing that is empty', () => {
    const head = { ...EMPTY, title: ' 技改补助 ', issuer: '市工信局', level: 'city', region: '431300', kind: 'subsidy', valid_from: '2026-12-01' };
    expect([missingIn(EMPTY), missingIn(head)]).toEqual([['title', 'issuer', 'level', 'region', 'kind'], []]);
    expect(bodyOf(head)).toEqual({ title: { zh: '技改补助', en: '技改补助' }, issuer: { zh: '市工信局', en: '市工信局' }, level: 'city', region: '431300', kind: 'subsidy', valid_from: '2026-12-01' });
  });
  it('binds records of its item only', () => {
    const content = { ...whole({}), items: [{ ...newItem('i1'), bind: { child: 'projects', variable: 'p' } }] };
    expect([reachOf(content, 'i1'), reachOf(content, null)]).toEqual([[{ variable: 'p', collection: 'projects' }], []]);
  });
});
