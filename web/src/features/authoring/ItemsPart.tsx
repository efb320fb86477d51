/** What the policy offers: items with their record, amount and limits; then what is done with the money of all items. */
import { useTranslation } from 'react-i18next';
import type { Benefit, BenefitKind, Finding, Item } from '@/api/authoring';
import { money } from '@/lib/money';
import { CodeSelect } from '@/blocks/CodeSelect';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { useDesk } from './context';
import { freshKey, moved, newItem, setItem, without } from './document';
import { DatesForm } from './DatesForm';
import { TextIn } from './fields';
import { FormulaText } from './FormulaText';
import { FunctionHelp } from './FunctionHelp';
import { MoneyForm } from './MoneyForm';
import { freeVariable } from './words';

const KINDS: readonly BenefitKind[] = ['money', 'title', 'rate', 'service', 'waiver'];

export function ItemsPart() {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const { items } = state.doc;
  const add = () => editor.edit((doc) => ({ ...doc, items: [...doc.items, newItem(freshKey('i', doc.items))] }));
  return (
    <div className="mid stack">
      {items.length === 0 ? (
        <section className="panel">
          <Empty title={t('items.empty')} why={t('items.emptyWhy')}>
            {editable ? <Button look="primary" onClick={add}><Icon name="plus" />{t('items.add')}</Button> : null}
          </Empty>
        </section>
      ) : (
        items.map((item, at) => <ItemForm key={item.key} item={item} at={at} />)
      )}
      {items.length > 0 && editable ? <div><Button onClick={add}><Icon name="plus" />{t('items.add')}</Button></div> : null}
      <MoneyForm />
      <DatesForm />
    </div>
  );
}

function ItemForm({ item, at }: { readonly item: Item; readonly at: number }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const lang = useLang();
  const { editor, state, editable } = useDesk();
  const set = (change: Partial<Item>) => editor.edit((doc) => setItem(doc, item.key, change));
  const give = (change: Partial<Benefit>) => set({ benefit: { ...item.benefit, ...change } });
  const answer = state.trial?.items.find((one) => one.key === item.key);
  const title = say(item.label) || t('items.nth', { number: at + 1 });
  return (
    <fieldset className="panel item" disabled={!editable}>
      <legend className="sr">{title}</legend>
      <div className="item-h">
        <h2>{title}</h2>
        {answer && answer.firms !== null ? (
          <span className="small soft">
            {t('items.firms', { count: answer.firms })}
            {answer.money_fen === null ? '' : ` · ${money(answer.money_fen, lang)}`}
          </span>
        ) : null}
      </div>
      <div className="grid2">
        <TextIn label={t('items.name')} value={item.label.zh} onText={(zh) => set({ label: { ...item.label, zh } })} />
        <TextIn label={t('items.nameEn')} value={item.label.en} onText={(en) => set({ label: { ...item.label, en } })} lang="en" />
        <label className="fld">
          <span>{t('items.kind')}</span>
          <select className="input" value={item.benefit.kind} onChange={(event) => give({ kind: KINDS.find((kind) => kind === event.target.value) ?? 'money' })}>
            {KINDS.map((kind) => <option key={kind} value={kind}>{t(`benefit.${kind}`)}</option>)}
          </select>
        </label>
        <Bind item={item} onBind={(bind) => set({ bind })} />
      </div>
      {answer?.sentence ? <p className="item-said"><span className="tiny muted">{t('items.who')}</span>{say(answer.sentence)}</p> : null}
      {item.benefit.kind === 'money' || item.benefit.kind === 'waiver' ? <Amounts item={item} onBenefit={give} findings={answer?.findings ?? []} said={say(answer?.amount_sentence)} /> : null}
      {item.benefit.kind === 'title' ? (
        <div className="fld wide"><span>{t('items.certificate')}</span><CodeSelect label={t('items.certificate')} list="certificate" value={item.benefit.certificate ?? ''} onChoose={(code) => give({ certificate: code === '' ? null : code })} /></div>
      ) : null}
      <div className="grid2">
        <TextIn label={t('items.words')} value={item.benefit.text.zh} placeholder={t('items.wordsHint')} onText={(zh) => give({ text: { ...item.benefit.text, zh } })} />
        <TextIn label={t('items.wordsEn')} value={item.benefit.text.en} lang="en" onText={(en) => give({ text: { ...item.benefit.text, en } })} />
      </div>
      {editable ? (
        <div className="row wrap-row">
          <Button size="sm" onClick={() => editor.edit((doc) => ({ ...doc, items: moved(doc.items, item.key, -1) }))}><Icon name="up" />{t('clauses.up')}</Button>
          <Button size="sm" onClick={() => editor.edit((doc) => ({ ...doc, items: moved(doc.items, item.key, 1) }))}><Icon name="down" />{t('clauses.down')}</Button>
          <span className="grow" />
          <Button size="sm" look="quiet" onClick={() => editor.remove(title, (doc) => ({ ...doc, items: without(doc.items, item.key), clauses: doc.clauses.map((clause) => (clause.item === item.key ? { ...clause, item: null } : clause)) }))}>{t('items.remove')}</Button>
        </div>
      ) : null}
    </fieldset>
  );
}

/** The child record over which the item's conditions and its amount speak. */
function Bind({ item, onBind }: { readonly item: Item; readonly onBind: (bind: Item['bind']) => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { vocabulary } = useDesk();
  return (
    <label className="fld">
      <span>{t('items.bind')}</span>
      <select className="input" value={item.bind?.child ?? ''} onChange={(event) => onBind(event.target.value === '' ? null : { child: event.target.value, variable: freeVariable(event.target.value, vocabulary, []) })}>
        <option value="">{t('items.bindNone')}</option>
        {vocabulary.collections.map((one) => <option key={one.name} value={one.name}>{t('items.bindEach', { label: say(one.label) })}</option>)}
      </select>
      {item.bind ? <small className="hint">{t('items.bindHint', { variable: item.bind.variable })}</small> : null}
    </label>
  );
}

const TEXTS = ['cap', 'floor', 'round_down'] as const;

function Amounts({ item, onBenefit, findings, said }: { readonly item: Item; readonly onBenefit: (change: Partial<Benefit>) => void; readonly findings: readonly Finding[]; readonly said: string }) {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  const { benefit } = item;
  const of = (name: string) => findings.filter((finding) => finding.code.startsWith(`${name}:`));
  const text = (value: string) => (value === '' ? null : value);
  return (
    <div className="amounts">
      {said === '' ? null : <p className="sent"><span className="tiny muted">{t('items.said')}</span>{said}</p>}
      <FormulaText label={t('items.amount')} value={benefit.amount ?? ''} findings={of('amount')} waiting={state.asking} placeholder={item.bind ? t('items.amountHintOf', { variable: item.bind.variable }) : t('items.amountHint')} onText={(next) => onBenefit({ amount: text(next) })} />
      <div className="grid3">
        {TEXTS.map((name) => (
          <FormulaText key={name} label={t(`items.${name}`)} value={benefit[name] ?? ''} findings={of(name)} waiting={state.asking} placeholder={t('items.none')} onText={(next) => onBenefit({ [name]: text(next) })} />
        ))}
      </div>
      {of('bind').length > 0 ? <ul className="found">{of('bind').map((finding) => <BindFinding key={finding.code} finding={finding} />)}</ul> : null}
      <div className="checks">
        <label><input type="checkbox" checked={benefit.ceiling} onChange={(event) => onBenefit({ ceiling: event.target.checked })} />{t('items.ceiling')}</label>
        {item.bind ? <label><input type="checkbox" checked={benefit.times === 1} onChange={(event) => onBenefit({ times: event.target.checked ? 1 : null })} />{t('items.once')}</label> : null}
      </div>
      <FunctionHelp />
    </div>
  );
}

function BindFinding({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  return <li className={`sev-${finding.severity}`}><b>{t(`severity.${finding.severity}`)}</b><span>{say(finding.message)}</span></li>;
}
