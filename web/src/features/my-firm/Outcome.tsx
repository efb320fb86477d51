/** What the last answer changed, said aloud, with the way to take it back. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PolicyCard } from '@/api/types';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';

export interface Change {
  readonly gained: readonly PolicyCard[];
  readonly lost: readonly PolicyCard[];
  /** The answer that can be taken back; null once it has been. */
  readonly answer: string | null;
}

interface Props {
  readonly change: Change | null;
  readonly base: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onUndo: (answer: string) => void;
}

export function Outcome({ change, base, busy, error, onUndo }: Props) {
  const { t } = useTranslation('my-firm');
  return (
    <div role="status" aria-live="polite" className="outcome-live">
      {change === null ? null : (
        <section className="outcome" aria-label={t('after.title')}>
          <b>{change.answer === null ? t('after.undone') : t('after.saved')}</b>
          {change.gained.length + change.lost.length === 0 ? <p>{t('after.same')}</p> : null}
          <Cards title={t('after.gained', { count: change.gained.length })} cards={change.gained} base={base} />
          <Cards title={t('after.lost', { count: change.lost.length })} cards={change.lost} base={base} />
          {error ? <ErrorNote error={error} /> : null}
          {change.answer === null ? null : (
            <Button size="sm" busy={busy} onClick={() => onUndo(change.answer ?? '')}>
              <Icon name="undo" />
              {busy ? t('after.undoing') : t('after.undo')}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

function Cards({ title, cards, base }: { readonly title: string; readonly cards: readonly PolicyCard[]; readonly base: string }) {
  const say = useSay();
  if (cards.length === 0) return null;
  return (
    <p>
      {title}
      {cards.slice(0, 5).map((card) => (
        <Link key={card.id} href={`${base}/policies/${card.id}`}>
          {say(card.title)}
        </Link>
      ))}
    </p>
  );
}
