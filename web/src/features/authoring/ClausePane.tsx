/** One clause: the law's sentence, what kind it is, and for a deciding one the rule: said first, then as a tree, then as text. */
import { useTranslation } from 'react-i18next';
import type { Clause, ClauseKind, TrialClause } from '@/api/authoring';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { Mark } from '@/kit/Mark';
import { useSay } from '@/kit/language';
import { ConditionTree } from './ConditionTree';
import { useDesk } from './context';
import { isUnfinished, moved, setClause, without } from './document';
import { FormulaText } from './FormulaText';
import { FunctionHelp } from './FunctionHelp';
import { reachOf } from './words';

const KINDS: readonly ClauseKind[] = ['deciding', 'person', 'information'];

export function ClausePane({ clause }: { readonly clause: Clause }) {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const answer = state.trial?.clauses.find((one) => one.key === clause.key);
  return (
    <fieldset className="pane" disabled={!editable}>
      <legend className="sr">{clause.article || t('clauses.unnamed')}</legend>
      <Head clause={clause} />
      <LawText clause={clause} />
      {clause.kind === 'deciding' ? <Rule clause={clause} answer={answer} /> : <p className="soft kind-note">{t(`kindNote.${clause.kind}`)}</p>}
      {editable ? (
        <div className="row wrap-row pane-foot">
          <Button size="sm" onClick={() => editor.edit((doc) => ({ ...doc, clauses: moved(doc.clauses, clause.key, -1) }))}><Icon name="up" />{t('clauses.up')}</Button>
          <Button size="sm" onClick={() => editor.edit((doc) => ({ ...doc, clauses: moved(doc.clauses, clause.key, 1) }))}><Icon name="down" />{t('clauses.down')}</Button>
          <span className="grow" />
          <Button size="sm" look="quiet" onClick={() => editor.remove(clause.article || clause.text.zh.slice(0, 12) || t('clauses.unnamed'), (doc) => ({ ...doc, clauses: without(doc.clauses, clause.key) }))}>{t('clauses.remove')}</Button>
        </div>
      ) : null}
    </fieldset>
  );
}

function Head({ clause }: { readonly clause: Clause }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { editor, state } = useDesk();
  const set = (change: Partial<Clause>) => editor.edit((doc) => setClause(doc, clause.key, change));
  return (
    <div className="pane-head">
      <label className="art-in">
        <span className="sr">{t('clauses.article')}</span>
        <input className="input" value={clause.article ?? ''} placeholder={t('clauses.articleHint')} onChange={(event) => set({ article: event.target.value === '' ? null : event.target.value })} />
      </label>
      <div className="seg" role="group" aria-label={t('kind.label')}>
        {KINDS.map((kind) => (
          <button key={kind} type="button" aria-pressed={clause.kind === kind} onClick={() => set({ kind })}>{t(`kind.${kind}`)}</button>
        ))}
      </div>
      {state.doc.items.length === 0 ? null : (
        <label className="of-item">
          <span>{t('clauses.of')}</span>
          <select className="input" value={clause.item ?? ''} onChange={(event) => set({ item: event.target.value === '' ? null : event.target.value })}>
            <option value="">{t('clauses.common')}</option>
            {state.doc.items.map((item, at) => <option key={item.key} value={item.key}>{say(item.label) || t('items.nth', { number: at + 1 })}</option>)}
          </select>
        </label>
      )}
    </div>
  );
}

function LawText({ clause }: { readonly clause: Clause }) {
  const { t } = useTranslation('authoring');
  const { editor } = useDesk();
  const set = (lang: 'zh' | 'en', text: string) => editor.edit((doc) => setClause(doc, clause.key, { text: { ...clause.text, [lang]: text } }));
  return (
    <div className="law-text">
      <label>
        <span className="lab">{t('clauses.sentence')}</span>
        <span className="grow-text" data-text={clause.text.zh}>
          <textarea lang="zh-CN" rows={1} value={clause.text.zh} onChange={(event) => set('zh', event.target.value)} />
        </span>
      </label>
      <label>
        <span className="lab muted">{t('clauses.english')}</span>
        <span className="grow-text en" data-text={clause.text.en}>
          <textarea lang="en" rows={1} value={clause.text.en} placeholder={t('clauses.englishHint')} onChange={(event) => set('en', event.target.value)} />
        </span>
      </label>
    </div>
  );
}

function Rule({ clause, answer }: { readonly clause: Clause; readonly answer: TrialClause | undefined }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { editor, state } = useDesk();
  const tree = state.trees[clause.key] ?? (clause.when === null ? null : (answer?.condition ?? null));
  const reach = reachOf(state.doc, clause.item);
  const textOnly = clause.when !== null && tree === null;
  // While the answer is on its way the tree keeps what is in it; the text is the last one that was whole.
  const pending = state.trees[clause.key] !== undefined && state.unfinished.includes(clause.key);
  const unwhole = answer?.findings.find(isUnfinished);
  return (
    <>
      <Said answer={answer} asking={state.asking} />
      <section className="cnd" aria-label={t('rule.conditions')}>
        {textOnly ? (
          <p className="soft text-only">{t('rule.textOnly')}</p>
        ) : (
          <ConditionTree root={tree} reach={reach} onChange={(next) => editor.setTree(clause.key, next)} />
        )}
        {unwhole && pending ? <p className="unwhole" role="status">{t('rule.unfinished')}<span className="soft">{say(unwhole.message)}</span></p> : null}
        {answer && answer.yes !== null ? (
          <p className="of-clause">
            <Mark kind="yes" word={t('rule.meet', { count: answer.yes })} small />
            <Mark kind="no" word={t('rule.miss', { count: answer.no ?? 0 })} small />
            <Mark kind="unknown" word={t('rule.open', { count: answer.unknown ?? 0 })} small />
            {state.trial?.strictest?.clause === clause.key ? <span className="tiny soft">{t('rule.strictest', { count: state.trial.strictest.removes })}</span> : null}
          </p>
        ) : null}
      </section>
      <section className="as-text">
        <FormulaText label={pending ? t('rule.textBefore') : t('rule.text')} value={clause.when ?? ''} findings={(answer?.findings ?? []).filter((finding) => !isUnfinished(finding))} waiting={state.asking} placeholder={t('rule.textHint')} onText={(text) => editor.setText(clause.key, text)} />
        <FunctionHelp />
      </section>
    </>
  );
}

/** The rule in both languages, as the program understands it. */
function Said({ answer, asking }: { readonly answer: TrialClause | undefined; readonly asking: boolean }) {
  const { t } = useTranslation('authoring');
  const sentence = answer?.sentence ?? null;
  return (
    <div className={asking ? 'sent asking' : 'sent'} aria-live="polite">
      <span className="lab">{t('rule.said')}</span>
      {sentence === null ? (
        <p className="soft">{t('rule.notYet')}</p>
      ) : (
        <>
          <p lang="zh-CN">{sentence.zh}</p>
          {sentence.en === sentence.zh ? null : <p lang="en" className="en">{sentence.en}</p>}
        </>
      )}
    </div>
  );
}
