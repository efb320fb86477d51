/** One policy in the list: what it is, who issued it, what it gives, by when. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Item } from '@/api/types';
import { Deadline } from '@/blocks/Deadline';
import { cardOf, PolicyBy, useBenefit } from '@/blocks/policy';
import { textOf } from '@/blocks/values';
import { useLang, useSay } from '@/kit/language';

export function Row({ item, today }: { readonly item: Item; readonly today: string }) {
  const { t } = useTranslation('policies');
  const say = useSay();
  const lang = useLang();
  const card = cardOf(item, today);
  const benefit = useBenefit()(card);
  const summary = textOf(item.values['summary'], lang);
  return (
    <li className="pol">
      <div>
        <h2>
          <Link href={`/policies/${card.id}`}>{say(card.title)}</Link>
        </h2>
        <PolicyBy card={card} number />
        {summary === '' ? null : <p className="sum">{summary}</p>}
      </div>
      <p className="gives">
        <b>{benefit}</b>
        {card.status === 'ended' ? null : card.deadline === null ? <span className="due">{t('always')}</span> : <Deadline day={card.deadline} today={today} />}
      </p>
    </li>
  );
}
