/** Leaf by leaf what a clause rests on: the value that counts for the claim, who says so and as of when. */
import { useTranslation } from 'react-i18next';
import type { Leaf } from '@/api/matches';
import { useLang, useSay } from '@/kit/language';
import { Mark, markOf } from '@/kit/Mark';

export function Facts({ parts }: { readonly parts: readonly Leaf[] }) {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (parts.length === 0) return null;
  if (only && only.joiner === null) return <Seen leaf={only} />;
  return <Tree parts={only ? only.parts : parts} />;
}

function Tree({ parts }: { readonly parts: readonly Leaf[] }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  return (
    <ul className="leaves">
      {parts.map((leaf, at) => (
        <li key={`${say(leaf.sentence)} ${at}`}>
          <Mark kind={markOf(leaf.answer)} small quiet />
          <div>
            <span>{leaf.joiner !== null && say(leaf.sentence) === '' ? t(`joiner.${leaf.joiner}`) : say(leaf.sentence)}</span>
            {leaf.joiner === null ? <Seen leaf={leaf} /> : <Tree parts={leaf.parts} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Seen({ leaf }: { readonly leaf: Leaf }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const lang = useLang();
  const source = [leaf.source ? say(leaf.source.label) : '', leaf.as_of ?? ''].filter((part) => part !== '').join(lang === 'zh' ? '，' : ', ');
  return (
    <p className="fact">
      {leaf.seen === null ? (
        <span>{leaf.answer === 'unknown' ? t('fact.nothing') : ''}</span>
      ) : (
        <span>
          {t('fact.seen')}
          <b>{say(leaf.seen)}</b>
          {leaf.year === null ? null : <span className="muted"> {t('fact.year', { year: leaf.year })}</span>}
        </span>
      )}
      {source === '' ? null : <span className="muted">{source}</span>}
      {leaf.contested ? <span className="tag">{t('fact.contested')}</span> : null}
      {leaf.stale ? <span className="tag">{t('fact.stale')}</span> : null}
    </p>
  );
}
