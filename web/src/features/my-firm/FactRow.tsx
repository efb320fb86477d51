/** One fact of the firm: value, marks, who says so; its own answer can be changed or taken back, any other contested. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FirmFact } from '@/api/facts';
import type { FieldModel, FullRecord, Value } from '@/api/types';
import { useWords } from '@/blocks/values';
import { ErrorNote } from '@/kit/ErrorNote';
import { useLang, useSay } from '@/kit/language';
import { ClaimForm } from './ClaimForm';
import { useWithdraw } from './queries';
import { askKey } from './question';

interface Props {
  readonly field: FieldModel;
  readonly value: Value | undefined;
  readonly record: FullRecord;
  readonly fact: FirmFact | undefined;
  readonly firm: string;
}

export function FactRow({ field, value, record, fact, firm }: Props) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const words = useWords('enterprise', [field.name]);
  const [claiming, setClaiming] = useState(false);
  const unknown = value === null || value === undefined;
  const counts = fact?.words.find((word) => word.counts);
  return (
    <li className="fact">
      <span className="name">{say(field.label)}</span>
      <span className={unknown ? 'muted' : 'value'}>
        {fact?.band ? t('facts.band', { band: say(fact.band) }) : words.value(field.name, value, record.titles)}
        {fact ? <Marks fact={fact} /> : null}
      </span>
      <span className="src">
        {counts ? `${say(counts.source.label)} ${counts.as_of}` : null}
        {unknown && !field.read_only ? <Link href={`/my-firm?ask=${askKey(field.name, null)}`} aria-label={`${t('facts.answer')}：${say(field.label)}`}>{t('facts.answer')}</Link> : null}
        {fact && counts ? <Acts fact={fact} firm={firm} claiming={claiming} onClaim={() => setClaiming(!claiming)} /> : null}
      </span>
      {fact && fact.words.length > 1 ? <Words fact={fact} /> : null}
      {claiming && fact ? <ClaimForm field={field} facts={[fact]} region={record.values['region']} firm={firm} onDone={() => setClaiming(false)} /> : null}
    </li>
  );
}

export function Marks({ fact }: { readonly fact: FirmFact }) {
  const { t } = useTranslation('my-firm');
  return (
    <>
      {fact.contested ? <span className="tag"> {t('facts.disputed')}</span> : fact.conflicting ? <span className="tag"> {t('facts.contested')}</span> : null}
      {fact.stale ? <span className="tag" title={t('facts.staleWhy')}> {t('facts.stale')}</span> : null}
    </>
  );
}

interface ActsProps {
  readonly fact: FirmFact;
  readonly firm: string;
  readonly claiming: boolean;
  readonly onClaim: () => void;
}

/** Changing and taking back one's own word; contesting another's, unless that is under way. */
export function Acts({ fact, firm, claiming, onClaim }: ActsProps) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  const lang = useLang();
  const withdraw = useWithdraw(firm);
  const of = `${lang === 'zh' ? '：' : ': '}${say(fact.label)}${fact.year === null ? '' : ` ${fact.year}`}`;
  if (!fact.own) {
    return fact.contested ? null : (
      <button type="button" className="link" aria-expanded={claiming} aria-label={`${t('facts.wrong')}${of}`} onClick={onClaim}>
        {t('facts.wrong')}
      </button>
    );
  }
  return (
    <span className="acts">
      <Link href={`/my-firm?ask=${askKey(fact.field, fact.year)}`} aria-label={`${t('facts.change')}${of}`}>
        {t('facts.change')}
      </Link>
      <button type="button" className="link" disabled={withdraw.isPending} aria-label={`${t('facts.withdraw')}${of}`} onClick={() => withdraw.mutate({ field: fact.field, year: fact.year })}>
        {withdraw.isPending ? t('facts.withdrawing') : t('facts.withdraw')}
      </button>
      {withdraw.error ? <ErrorNote error={withdraw.error} /> : null}
    </span>
  );
}

/** What each source says, the one that counts first. */
export function Words({ fact }: { readonly fact: FirmFact }) {
  const { t } = useTranslation('my-firm');
  const say = useSay();
  return (
    <details className="fact-words">
      <summary>{t('facts.sources')}</summary>
      <ul>
        {fact.words.map((word) => (
          <li key={word.source.name}>
            <b>{say(word.shown)}</b> {say(word.source.label)} {word.as_of}
            {word.counts ? <span className="tag">{t('facts.counts')}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
