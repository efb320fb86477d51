/** Firms made up to try the policy: what each should get, what the rule answers, why the two differ. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import type { Case, CaseResult } from '@/api/authoring';
import { get } from '@/api/client';
import { keys as sharedKeys } from '@/api/keys';
import type { CodeList } from '@/api/types';
import { money } from '@/lib/money';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { CaseForm } from './CaseForm';
import { useDesk } from './context';
import { freshKey, newCase } from './document';
import { withMadeCases } from './cases';
import { rowsOf } from './tree';
import { factOf, reachOf } from './words';

export function CasesPart({ onClause }: { readonly onClause: (key: string) => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { editor, state, editable } = useDesk();
  const [open, setOpen] = useState<string | null>(null);
  const { cases } = state.doc;
  const results = state.trial?.cases ?? [];
  const passing = cases.filter((one) => results.find((result) => result.key === one.key)?.passes).length;
  const uncovered = state.trial?.uncovered ?? [];
  const add = () => {
    const key = freshKey('k', cases);
    editor.edit((doc) => ({ ...doc, cases: [...doc.cases, newCase(key)] }));
    setOpen(key);
  };
  return (
    <div className="mid stack">
      <section className="panel cases" aria-labelledby="cases-h">
        <div className="item-h">
          <h2 id="cases-h">{t('cases.title')}</h2>
          <span className="small soft">{cases.length === 0 ? t('cases.rule') : t('cases.passing', { passing, count: cases.length })}</span>
        </div>
        {cases.length === 0 ? (
          <Empty title={t('cases.empty')} why={t('cases.emptyWhy')} />
        ) : (
          <ul className="case-list">
            {cases.map((one, at) => (
              <CaseLine key={one.key} one={one} at={at} result={results.find((result) => result.key === one.key)} open={open === one.key} onOpen={() => setOpen(open === one.key ? null : one.key)} />
            ))}
          </ul>
        )}
        {uncovered.length > 0 ? (
          <p className="uncovered">
            <span>{t('cases.uncovered', { count: uncovered.length })}</span>
            {uncovered.map((key) => {
              const clause = state.doc.clauses.find((one) => one.key === key);
              return <button key={key} type="button" className="link" onClick={() => onClause(key)}>{clause?.article || say(clause?.text).slice(0, 12) || key}</button>;
            })}
          </p>
        ) : null}
        {editable ? <MakeCases onAdd={add} wanted={uncovered.length > 0} /> : null}
      </section>
    </div>
  );
}

function MakeCases({ onAdd, wanted }: { readonly onAdd: () => void; readonly wanted: boolean }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const queries = useQueryClient();
  const { editor, state, vocabulary } = useDesk();
  const [busy, setBusy] = useState(false);
  const [left, setLeft] = useState<{ readonly made: number; readonly keys: readonly string[] } | null>(null);
  const make = async () => {
    const { trial, doc } = state;
    if (!trial) return;
    setBusy(true);
    const rows = doc.clauses.flatMap((clause) => {
      const tree = trial.clauses.find((one) => one.key === clause.key)?.condition;
      return tree ? rowsOf(tree).map((row) => ({ row, reach: reachOf(doc, clause.item) })) : [];
    });
    // Rows within child records carry their list with them; others are found in the vocabulary.
    const names = [...new Set(rows.flatMap(({ row, reach }) => row.list ?? factOf(row.fact, vocabulary, reach)?.list ?? []))];
    try {
      const lists = await Promise.all(names.map((name) => queries.ensureQueryData({ queryKey: sharedKeys.list(name), queryFn: () => get<CodeList>(`/lists/${name}`) })));
      const { content, made, left: keys } = withMadeCases(doc, trial, vocabulary, new Map(lists.map((list) => [list.name, list.codes])));
      editor.edit(() => content);
      setLeft({ made, keys });
    } catch {
      setLeft({ made: 0, keys: trial.uncovered });
    }
    setBusy(false);
  };
  return (
    <>
      <div className="row wrap-row">
        {wanted ? <Button look="primary" busy={busy} onClick={() => void make()}>{t('cases.make')}</Button> : null}
        <Button onClick={onAdd}><Icon name="plus" />{t('cases.add')}</Button>
      </div>
      <p className="small soft" role="status">
        {left === null ? '' : t('cases.made', { count: left.made })}
        {left !== null && left.keys.length > 0 ? t('cases.left', { names: left.keys.map((key) => { const clause = state.doc.clauses.find((one) => one.key === key); return clause?.article || say(clause?.text).slice(0, 12) || key; }).join(t('joiner')) }) : ''}
      </p>
    </>
  );
}

function CaseLine({ one, at, result, open, onOpen }: { readonly one: Case; readonly at: number; readonly result: CaseResult | undefined; readonly open: boolean; readonly onOpen: () => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const lang = useLang();
  const bad = result !== undefined && !result.passes;
  const name = say(one.label) || t('cases.nth', { number: at + 1 });
  return (
    <li className={bad ? 'bad' : undefined}>
      <button type="button" className="case-line" aria-expanded={open} onClick={onOpen}>
        <span className="nm">{name}</span>
        <span><span className="tiny muted">{t('cases.expected')} </span><Mark kind={one.expects} small /></span>
        <span><span className="tiny muted">{t('cases.computed')} </span>{result ? <Mark kind={result.answer} small /> : <span className="muted">{t('cases.notRun')}</span>}</span>
        <span className="am">{result?.amount_fen === null || result === undefined ? '' : money(result.amount_fen, lang)}</span>
        <b className={bad ? 'vd no' : 'vd'}>{result === undefined ? '' : bad ? t('cases.fails') : t('cases.passes')}</b>
      </button>
      {bad && result.why ? <p className="why">{say(result.why)}</p> : null}
      {open ? <CaseForm one={one} result={result} name={name} /> : null}
    </li>
  );
}
