/** One case: what it shows, what is expected, and the firm fact by fact. A fact that is not listed is not on file. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case, CaseResult, Expects, FactWord, Firm } from '@/api/authoring';
import type { Value } from '@/api/types';
import { Button } from '@/kit/Button';
import { Combobox } from '@/kit/Combobox';
import { useLang, useSay } from '@/kit/language';
import { useDesk } from './context';
import { setCase, without } from './document';
import { plain, writeAmount } from './examples';
import { Remove, TextIn } from './fields';
import { FactValue } from './FactValue';
import { factOptions } from './words';

const EXPECTS: readonly Expects[] = ['yes', 'no', 'unknown'];
const FEN_OF_WAN = 1_000_000;

export function CaseForm({ one, result, name }: { readonly one: Case; readonly result: CaseResult | undefined; readonly name: string }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const common = useTranslation().t;
  const { editor, state, editable, vocabulary } = useDesk();
  const set = (change: Partial<Case>) => editor.edit((doc) => setCase(doc, one.key, change));
  const others = state.doc.cases.filter((other) => other.key !== one.key);
  const got = result?.amount_fen ?? null;
  return (
    <fieldset className="case-form" disabled={!editable}>
      <legend className="sr">{name}</legend>
      <div className="grid2">
        <TextIn label={t('cases.label')} value={one.label.zh} onText={(zh) => set({ label: { ...one.label, zh } })} />
        <TextIn label={t('cases.labelEn')} lang="en" value={one.label.en} onText={(en) => set({ label: { ...one.label, en } })} />
        <label className="fld"><span>{t('cases.expects')}</span>
          <select className="input" value={one.expects} onChange={(event) => set({ expects: EXPECTS.find((kind) => kind === event.target.value) ?? 'yes' })}>
            {EXPECTS.map((kind) => <option key={kind} value={kind}>{common(`mark.${kind}`)}</option>)}
          </select>
        </label>
        <label className="fld"><span>{t('cases.failsOn')}</span>
          <select className="input" value={one.fails_on ?? ''} onChange={(event) => set({ fails_on: event.target.value === '' ? null : event.target.value })}>
            <option value="">{t('cases.any')}</option>
            {state.doc.clauses.filter((clause) => clause.kind === 'deciding').map((clause) => <option key={clause.key} value={clause.key}>{`${clause.article ?? ''} ${say(clause.text).slice(0, 16)}`}</option>)}
          </select>
        </label>
        <label className="fld"><span>{t('cases.like')}</span>
          <select className="input" value={one.like ?? ''} onChange={(event) => set({ like: event.target.value === '' ? null : event.target.value })}>
            <option value="">{t('cases.likeNone')}</option>
            {others.map((other) => <option key={other.key} value={other.key}>{say(other.label) || other.key}</option>)}
          </select>
        </label>
        {state.doc.items.length === 0 ? null : (
          <label className="fld"><span>{t('cases.item')}</span>
            <select className="input" value={one.item ?? ''} onChange={(event) => set({ item: event.target.value === '' ? null : event.target.value })}>
              <option value="">{t('cases.whole')}</option>
              {state.doc.items.map((item, at) => <option key={item.key} value={item.key}>{say(item.label) || t('items.nth', { number: at + 1 })}</option>)}
            </select>
          </label>
        )}
        <TextIn label={t('cases.amount')} placeholder="wan(80)" value={one.amount ?? ''} onText={(typed) => set({ amount: typed === '' ? null : typed })} />
        {got !== null && editable ? <div className="fld end"><Button size="sm" onClick={() => set({ amount: writeAmount(String(got / FEN_OF_WAN), 'wan') })}>{t('cases.takeAmount')}</Button></div> : null}
      </div>
      <h3 className="sub">{one.like === null ? t('cases.firm') : t('cases.firmLike')}</h3>
      <Facts facts={vocabulary.facts} values={one.firm} onValues={(firm) => set({ firm })} />
      {vocabulary.collections.filter((collection) => one.firm[collection.name] !== undefined).map((collection) => (
        <Records key={collection.name} label={say(collection.label)} facts={collection.facts} value={one.firm[collection.name]} onValue={(value) => set({ firm: withValue(one.firm, collection.name, value) })} />
      ))}
      {editable ? (
        <div className="row wrap-row">
          <select className="input add-records" aria-label={t('cases.addRecords')} value="" onChange={(event) => set({ firm: { ...one.firm, [event.target.value]: [{}] } })}>
            <option value="">{t('cases.addRecords')}</option>
            {vocabulary.collections.filter((collection) => one.firm[collection.name] === undefined).map((collection) => <option key={collection.name} value={collection.name}>{say(collection.label)}</option>)}
          </select>
          <span className="grow" />
          <Button size="sm" look="quiet" onClick={() => editor.remove(name, (doc) => ({ ...doc, cases: without(doc.cases, one.key).map((other) => (other.like === one.key ? { ...other, like: null, firm: { ...one.firm, ...other.firm } } : other)) }))}>{t('cases.remove')}</Button>
        </div>
      ) : null}
    </fieldset>
  );
}

function withValue(firm: Firm, name: string, value: Value | readonly Value[] | undefined): Firm {
  const { [name]: _, ...rest } = firm;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** `revenue@-1` → revenue, −1. */
export function splitName(name: string): readonly [string, number] {
  const found = /^(.+)@(-?\d+)$/.exec(name);
  return found ? [found[1] ?? name, Number(found[2])] : [name, 0];
}

function Facts({ facts, values, onValues }: { readonly facts: readonly FactWord[]; readonly values: Firm; readonly onValues: (values: Firm) => void }) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const { vocabulary, editable } = useDesk();
  const [round, setRound] = useState(0);
  const options = useMemo(() => {
    const plain = factOptions({ ...vocabulary, facts }, [], lang, t('row.otherGroup')).map((option) => ({ ...option }));
    const yearly = facts.filter((fact) => fact.yearly).map((fact) => ({ value: `${fact.name}@-1`, label: `${say(fact.label)} ${t('row.yearBefore', { count: 1 })}`, also: `${fact.label.zh} ${fact.label.en}` }));
    return [...plain, ...yearly].filter((option) => values[option.value] === undefined);
  }, [vocabulary, facts, lang, t, say, values]);
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const [base, year] = splitName(name);
    const fact = facts.find((one) => one.name === base);
    return fact ? [{ name, fact, year, value }] : [];
  });
  return (
    <div className="facts-in">
      {rows.map(({ name, fact, year, value }) => (
        <div key={name} className="fact-in">
          <span className="nm">{say(fact.label)}{year === 0 ? null : <small className="muted"> {t('row.yearBefore', { count: -year })}</small>}</span>
          <FactValue label={say(fact.label)} fact={fact} value={value} onValue={(next) => onValues({ ...values, [name]: next })} />
          <Remove label={t('cases.dropFact', { label: say(fact.label) })} onRemove={() => onValues(withValue(values, name, undefined))} />
        </div>
      ))}
      {editable ? (
        <Combobox
          key={round} label={t('cases.addFact')} value="" shown="" options={options} placeholder={t('cases.addFact')}
          onChoose={(name) => {
            if (name !== '') onValues({ ...values, [name]: null });
            setRound((n) => n + 1);
          }}
        />
      ) : null}
    </div>
  );
}

function isRecord(value: Value): value is Readonly<Record<string, Value>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function Records({ label, facts, value, onValue }: { readonly label: string; readonly facts: readonly FactWord[]; readonly value: Value | readonly Value[] | undefined; readonly onValue: (value: readonly Value[] | undefined) => void }) {
  const { t } = useTranslation('authoring');
  const records: ReadonlyArray<Readonly<Record<string, Value>>> = Array.isArray(value) ? value.filter(isRecord) : [];
  return (
    <div className="recs">
      <div className="grp-h"><b>{label}</b><span className="soft">{records.length === 0 ? t('cases.noRecord') : t('cases.records', { count: records.length })}</span><span className="grow" /><Remove label={t('cases.dropFact', { label })} onRemove={() => onValue(undefined)} /></div>
      {records.map((record, at) => (
        <div key={at} className="one-rec">
          <Facts facts={facts} values={record} onValues={(next) => onValue(records.map((other, place) => (place === at ? plain(next) : other)))} />
          <Button size="sm" look="quiet" onClick={() => onValue(records.filter((_, place) => place !== at))}>{t('cases.dropRecord')}</Button>
        </div>
      ))}
      <Button size="sm" look="quiet" onClick={() => onValue([...records, {}])}>{t('cases.addRecord', { label })}</Button>
    </div>
  );
}
