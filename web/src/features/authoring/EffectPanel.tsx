/** What the text as it now stands does: how many, how much, who, where. Beside the page, or a bar at the foot of a narrow one. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trial } from '@/api/authoring';
import { number } from '@/lib/numbers';
import { Icon } from '@/kit/Icon';
import { Mark } from '@/kit/Mark';
import { SkeletonLines } from '@/kit/Skeleton';
import { Against, Findings, FirmNames, Groups, Hints, Spend } from './Effect';
import { useDesk } from './context';
import { BAR, useMedia } from './useMedia';

const FOUR = ['yes', 'near', 'unknown', 'no'] as const;
const THREE = ['yes', 'near', 'unknown'] as const;

export function EffectPanel({ onClause }: { readonly onClause: (key: string) => void }) {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  const bar = useMedia(BAR);
  const [open, setOpen] = useState(false);
  const { trial, counted } = state;
  const counts = trial?.counts ?? null;
  const leave = (key: string) => (setOpen(false), onClause(key));
  const body = (
    <>
      <Body trial={trial} onClause={leave} />
      {trial !== null && counts === null && counted ? <div className="before-this"><h3 className="sec">{t('effect.before')}</h3><Body trial={counted} onClause={leave} /></div> : null}
    </>
  );
  if (!bar) {
    return (
      <section className={state.asking ? 'rt asking' : 'rt'} aria-label={t('effect.title')} aria-busy={state.asking || undefined}>
        <h2>
          {t('effect.title')}
          <small>{counts ? t('effect.firms', { count: counts.yes + counts.no + counts.unknown }) : ''}</small>
        </h2>
        {body}
      </section>
    );
  }
  return (
    <section className={state.asking ? 'effect-foot asking' : 'effect-foot'} aria-label={t('effect.title')} aria-busy={state.asking || undefined}>
      <h2 className="sr">{t('effect.title')}</h2>
      <button type="button" className="effect-bar" aria-expanded={open} onClick={() => setOpen(!open)}>
        {counts ? (
          THREE.map((kind) => (
            <span key={kind}>
              <Mark kind={kind} word={t(`effect.short.${kind}`)} small />
              <b>{number(counts[kind])}</b>
            </span>
          ))
        ) : (
          <span>{trial ? t('effect.untyped') : t('effect.title')}</span>
        )}
        <Icon name={open ? 'up' : 'down'} />
      </button>
      {open ? <div className="effect-body">{body}</div> : null}
    </section>
  );
}

function Body({ trial, onClause }: { readonly trial: Trial | null; readonly onClause: (key: string) => void }) {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  if (trial === null) return state.trialError ? <p className="soft quiet-error" role="status">{t('effect.noAnswer')}</p> : <SkeletonLines lines={8} />;
  return (
    <>
      {state.trialError ? <p className="soft quiet-error" role="status">{t('effect.old')}</p> : null}
      {trial.counts ? (
        <dl className="four">
          {FOUR.map((kind) => (
            <div key={kind}>
              <dt><Mark kind={kind} word={t(`effect.${kind}`)} /></dt>
              <dd>
                <b>{number(trial.counts?.[kind] ?? 0)}</b>
                <small>{note(kind, trial, t)}</small>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="untyped">{state.unfinished.length > 0 ? t('effect.unfinished') : t('effect.untypedWhy')}</p>
      )}
      {state.doc.clauses.some((clause) => clause.kind === 'deciding') ? null : <p className="untyped">{t('effect.everybody')}</p>}
      <Spend trial={trial} />
      <Against trial={trial} />
      <Hints trial={trial} onClause={onClause} />
      <FirmNames trial={trial} onClause={onClause} />
      <Groups trial={trial} />
      <Findings trial={trial} />
    </>
  );
}

function note(kind: (typeof FOUR)[number], trial: Trial, t: ReturnType<typeof useTranslation<'authoring'>>['t']): string {
  if (kind === 'near') return t('effect.nearNote');
  if (kind !== 'yes' || !trial.against) return '';
  const { gained, lost, version } = trial.against;
  if (gained.count === 0 && lost.count === 0) return version === null ? t('effect.sameAsNow') : t('effect.same', { number: version });
  return t('effect.change', { gained: gained.count, lost: lost.count });
}
