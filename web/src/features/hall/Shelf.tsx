/** The policies' shelf: totals that open the list, and the policies whose window closes first. */
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecordModel } from '@/api/hooks';
import type { Hall, PolicyCard } from '@/api/types';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Deadline } from '@/blocks/Deadline';
import { SeriesTag, useBenefit } from '@/blocks/policy';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';

export function Shelf({ policies, today }: { readonly policies: Hall['policies']; readonly today: string }) {
  const { t } = useTranslation('hall');
  const byLife = useRecordModel('policy')?.filters.includes('status') ?? false;
  return (
    <section className="panel shelf" aria-labelledby="shelf">
      <header>
        <h2 id="shelf">
          <Link href="/policies">
            {t('shelf.title')}
            <Icon name="right" />
          </Link>
        </h2>
        <p>
          <Trans
            t={t}
            i18nKey="shelf.total"
            values={{ total: number(policies.total), inForce: number(policies.in_force) }}
            components={{ a: <Link href="/policies" className="num" />, b: byLife ? <Link href={withSearch('/policies', { status: 'in_force' })} className="num" /> : <span /> }}
          />
        </p>
      </header>
      {policies.top.length === 0 ? (
        <Empty title={t('shelf.empty')} why={t('shelf.emptyWhy')} />
      ) : (
        <ul>
          {policies.top.map((card) => (
            <Row key={card.id} card={card} today={today} />
          ))}
        </ul>
      )}
      <p className="all">
        <Link href="/policies">{t('shelf.all')}</Link>
        <span className="muted">{t('shelf.news', { fresh: policies.new_this_week, closing: policies.closing_this_month })}</span>
      </p>
    </section>
  );
}

function Row({ card, today }: { readonly card: PolicyCard; readonly today: string }) {
  const { t } = useTranslation('hall');
  const say = useSay();
  const benefit = useBenefit()(card);
  return (
    <li>
      <Link href={`/policies/${card.id}`}>
        <b>{say(card.title)}</b>
        <span className="v">{benefit}</span>
        <span className="s">
          <span>
            {say(card.issuer)} <SeriesTag card={card} />
          </span>
          {card.deadline === null ? <span>{t('shelf.noDeadline')}</span> : <Deadline day={card.deadline} today={today} />}
        </span>
      </Link>
    </li>
  );
}
