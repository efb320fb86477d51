/** The clauses as a list: how much of the text is covered, which kind each is, what still has no rule. J and K walk it. */
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clause } from '@/api/authoring';
import { number } from '@/lib/numbers';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { useDesk } from './context';
import { coveredBy, isUnfinished, moved, neighbour } from './document';

interface Props {
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
  readonly onAdd: () => void;
  readonly onPaste: () => void;
}

export function ClauseRail({ chosen, onChoose, onAdd, onPaste }: Props) {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const list = useRef<HTMLOListElement>(null);
  const { clauses } = state.doc;
  const focus = (key: string) => window.setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus(), 0);
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) {
      if (editable) editor.edit((doc) => ({ ...doc, clauses: moved(doc.clauses, chosen, by) }));
      focus(chosen);
      return;
    }
    const next = neighbour(clauses, chosen, by);
    if (next === undefined) return;
    onChoose(next);
    focus(next);
  };
  return (
    <section className="l" aria-label={t('clauses.title')}>
      <Coverage clauses={clauses} />
      <ol className="doc" ref={list} onKeyDown={walk}>
        {clauses.map((clause) => (
          <Line key={clause.key} clause={clause} chosen={clause.key === chosen} onChoose={() => onChoose(clause.key)} />
        ))}
      </ol>
      {editable ? (
        <div className="row wrap-row rail-foot">
          <Button size="sm" onClick={onAdd}><Icon name="plus" />{t('clauses.add')}</Button>
          <Button size="sm" look="quiet" onClick={onPaste}>{t('clauses.pasteMore')}</Button>
        </div>
      ) : null}
      <p className="tiny muted keys-note">{editable ? t('clauses.keys') : t('clauses.keysRead')}</p>
    </section>
  );
}

function Coverage({ clauses }: { readonly clauses: readonly Clause[] }) {
  const { t } = useTranslation('authoring');
  const { deciding, open, person, information } = coveredBy(clauses);
  const said = [t('clauses.deciding', { count: deciding }), t('clauses.person', { count: person }), t('clauses.information', { count: information })];
  return (
    <div className="cov">
      <div className="between">
        <h2>{t('clauses.title')}</h2>
        <span className="small">{t('clauses.covered', { done: number(clauses.length - open), all: number(clauses.length) })}</span>
      </div>
      <div className="segs" role="img" aria-label={[...said, ...(open > 0 ? [t('clauses.open', { count: open })] : [])].join(' ')}>
        {clauses.map((clause) => <i key={clause.key} className={shadeOf(clause)} />)}
      </div>
      <p aria-hidden="true">
        {said.map((one) => <span key={one}>{one}</span>)}
        {open > 0 ? <b className="need">{t('clauses.open', { count: open })}</b> : null}
      </p>
    </div>
  );
}

function shadeOf(clause: Clause): string {
  if (clause.kind === 'person') return 'j';
  if (clause.kind === 'information') return 'f';
  return (clause.when ?? '').trim() === '' ? 'n' : 'd';
}

function Line({ clause, chosen, onChoose }: { readonly clause: Clause; readonly chosen: boolean; readonly onChoose: () => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { state } = useDesk();
  const answer = state.trial?.clauses.find((one) => one.key === clause.key);
  const open = shadeOf(clause) === 'n';
  const wrong = answer?.findings.some((finding) => finding.severity === 'error' && !isUnfinished(finding)) ?? false;
  const under = state.unfinished.includes(clause.key);
  const note = under ? t('clauses.under') : wrong ? t('clauses.wrong') : open ? t('clauses.bare') : t(`kind.${clause.kind}`);
  const text = say(clause.text);
  const itemLabel = clause.item === null ? '' : say(state.doc.items.find((item) => item.key === clause.item)?.label);
  return (
    <li className={[chosen ? 'cur' : '', open || wrong || under ? 'un' : clause.kind === 'information' ? '' : 'b'].join(' ')}>
      <button type="button" data-key={clause.key} aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
        <span className="head">
          <b>{clause.article || t('clauses.unnamed')}</b>
          <span className="kd">{note}</span>
        </span>
        <span className="tx">{text === '' ? t('clauses.noText') : text}</span>
        {itemLabel === '' ? null : <span className="tag">{itemLabel}</span>}
      </button>
    </li>
  );
}
