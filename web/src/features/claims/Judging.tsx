/**
 * The clauses of a claim with the facts and materials beside each. What a person must judge is judged here: a press, or with
 * J and K to walk, Y and N to say, U to take back.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { article } from '@/lib/article';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { Mark, type MarkKind } from '@/kit/Mark';
import { afterJudging, nextJudgeable, tally } from './course';
import { Facts } from './Facts';
import { MaterialLine } from './Parts';
import { useJudge } from './queries';
import type { Claim, ClaimClause } from './wire';

export function Judging({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const lang = useLang();
  const may = claim.can.judge.allowed;
  const [at, setAt] = useState(() => claim.clauses.find((one) => one.judgeable && one.judged === null)?.key ?? null);
  const [notes, setNotes] = useState<Readonly<Record<string, string>>>({});
  const judge = useJudge(claim.id);
  const say = (clause: ClaimClause, answer: 'yes' | 'no' | null) => {
    if (judge.isPending) return;
    judge.mutate(
      { clause: clause.key, answer, note: (notes[clause.key] ?? clause.judged?.note ?? '').trim() },
      { onSuccess: (after) => { if (answer !== null) walk(afterJudging(after.clauses, clause.key)); } },
    );
  };
  const walk = (to: string | null) => {
    setAt(to);
    if (to !== null) document.getElementById(`clause-${to}`)?.scrollIntoView({ block: 'nearest' });
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!may || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('.veil')) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      if (event.key === 'j' || event.key === 'k') return walk(nextJudgeable(claim.clauses, at, event.key === 'j' ? 1 : -1));
      const clause = claim.clauses.find((one) => one.key === at && one.judgeable);
      if (!clause) return;
      if (event.key === 'y') say(clause, 'yes');
      if (event.key === 'n') say(clause, 'no');
      if (event.key === 'u' && clause.judged !== null) say(clause, null);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const counts = tally(claim.clauses);
  return (
    <section className="panel claim-part" aria-labelledby="clauses">
      <div className="panel-h">
        <h2 id="clauses">{t('clauses.title')}</h2>
        <span className="small muted">{claim.frozen_on === null ? t('clauses.now') : t('clauses.frozen', { day: claim.frozen_on })}</span>
      </div>
      <p className="pad-x small soft" aria-live="polite">
        {t('clauses.tally', { yes: counts.yes, no: counts.no, unknown: counts.unknown, open: counts.open })}
        {may && claim.clauses.some((one) => one.judgeable) ? <span className="muted judge-keys"> {t('clauses.keys')}</span> : null}
      </p>
      {judge.error ? <div className="pad-x"><ErrorNote error={judge.error} /></div> : null}
      <ol className="clause-list">
        {claim.clauses.map((clause) => (
          <Row key={clause.key} claim={claim} clause={clause} on={may && clause.key === at} may={may && clause.judgeable} busy={judge.isPending && judge.variables.clause === clause.key} note={notes[clause.key] ?? clause.judged?.note ?? ''} onNote={(note) => setNotes({ ...notes, [clause.key]: note })} onSay={(answer) => say(clause, answer)} onAt={() => setAt(clause.key)} art={clause.article === null ? '' : article(clause.article, lang)} />
        ))}
      </ol>
    </section>
  );
}

export function markOfClause(clause: ClaimClause): MarkKind {
  if (clause.kind === 'information' || clause.answer === null) return 'info';
  return clause.answer === 'unknown' && clause.kind === 'person' ? 'judge' : clause.answer;
}

interface RowProps {
  readonly claim: Claim;
  readonly clause: ClaimClause;
  readonly on: boolean;
  readonly may: boolean;
  readonly busy: boolean;
  readonly note: string;
  readonly art: string;
  readonly onNote: (note: string) => void;
  readonly onSay: (answer: 'yes' | 'no' | null) => void;
  readonly onAt: () => void;
}

function Row({ claim, clause, on, may, busy, note, art, onNote, onSay, onAt }: RowProps) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const law = say(clause.text);
  const sentence = say(clause.sentence);
  const materials = claim.materials.filter((one) => clause.materials.includes(one.id));
  const title = law === '' ? sentence : law;
  return (
    <li id={`clause-${clause.key}`} className={on ? 'on' : undefined} aria-current={on ? 'true' : undefined} onFocus={may ? onAt : undefined}>
      <Mark kind={markOfClause(clause)} />
      <div>
        <h3>
          <span>{title}</span>
          {art === '' ? null : <span className="art">{art}</span>}
        </h3>
        <Facts parts={clause.parts} />
        {materials.map((one) => (
          <p key={one.id}>
            <MaterialLine claim={claim.id} material={one} />
          </p>
        ))}
        {clause.judged === null ? null : (
          <p className="small soft">
            {t('judge.by', { name: clause.judged.by_name, day: clause.judged.on, answer: t(`judge.${clause.judged.answer}`) })} {clause.judged.note}
          </p>
        )}
        {may ? (
          <div className="judge" role="group" aria-label={t('judge.of', { clause: title })}>
            <Button size="sm" busy={busy} aria-pressed={clause.judged?.answer === 'yes'} onClick={() => onSay('yes')}>
              {t('judge.yes')} <kbd aria-hidden="true">Y</kbd>
            </Button>
            <Button size="sm" busy={busy} aria-pressed={clause.judged?.answer === 'no'} onClick={() => onSay('no')}>
              {t('judge.no')} <kbd aria-hidden="true">N</kbd>
            </Button>
            {clause.judged === null ? null : (
              <Button size="sm" look="quiet" busy={busy} onClick={() => onSay(null)}>
                {t('judge.back')} <kbd aria-hidden="true">U</kbd>
              </Button>
            )}
            <input className="input" aria-label={t('judge.noteOf', { clause: title })} placeholder={t('judge.note')} maxLength={1000} value={note} onChange={(event) => onNote(event.target.value)} />
          </div>
        ) : null}
      </div>
    </li>
  );
}
