/** Policies as cards: from a shelf item, in words, with the line that says who issued them. */
import { useTranslation } from 'react-i18next';
import type { Item, PolicyCard, Value } from '@/api/types';
import { money } from '@/lib/money';
import { say } from '@/lib/text';
import { useLang, useSay } from '@/kit/language';
import { bilingual, useWords } from './values';

function text(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Without a status of its own, an item's life and its window for applications decide. */
export function statusOf(item: Pick<Item, 'values'>, today: string): PolicyCard['status'] {
  const { status } = item.values;
  if (status === 'ended' || status === 'upcoming' || status === 'in_force') return status;
  const day = (field: string) => text(item.values[field]);
  const ended = [day('valid_to'), day('window_to')].some((to) => to !== null && to < today);
  if (ended) return 'ended';
  return [day('valid_from'), day('window_from')].some((from) => from !== null && from > today) ? 'upcoming' : 'in_force';
}

export function cardOf(item: Item, today: string): PolicyCard {
  const { values } = item;
  const most = values['amount_max'];
  return {
    id: item.id,
    title: bilingual(values['title']) ?? item.title,
    number: text(values['number']),
    issuer: bilingual(values['issuer']) ?? text(values['issuer']),
    level: text(values['level']),
    kind: text(values['kind']),
    region: text(values['region']),
    amount_max: typeof most === 'number' ? most : null,
    amount_text: bilingual(values['amount_text']),
    deadline: text(values['window_to']) ?? text(values['deadline']),
    status: statusOf(item, today),
    grant_mode: text(values['grant_mode']),
    series: values['series'] === 'demonstration' ? 'demonstration' : 'real',
  };
}

/** Whether a firm may begin a claim of it here and now. */
export function takesClaims(card: PolicyCard): boolean {
  return card.status === 'in_force' && card.grant_mode !== 'automatic' && card.grant_mode !== 'declared';
}

/** `最高 200 万元`, or the words of the benefit; '' when neither is known. */
export function useBenefit(): (card: PolicyCard) => string {
  const { t } = useTranslation();
  const lang = useLang();
  return (card) => (card.amount_max === null ? say(card.amount_text, lang) : t('upTo', { amount: money(card.amount_max, lang) }));
}

export function SeriesTag({ card }: { readonly card: PolicyCard }) {
  const { t } = useTranslation();
  return card.series === 'demonstration' ? (
    <span className="tag sample" title={t('series.demonstrationLong')}>
      {t('series.demonstration')}
    </span>
  ) : null;
}

export const CARD_FIELDS = ['level', 'kind', 'region'] as const;

/** Level, issuer, and what else the list asks for. */
export function PolicyBy({ card, number = false }: { readonly card: PolicyCard; readonly number?: boolean }) {
  const words = useWords('policy', CARD_FIELDS);
  const inWords = useSay();
  const { t } = useTranslation();
  return (
    <p className="by">
      {card.level === null ? null : <span>{words.value('level', card.level)}</span>}
      {card.kind === null ? null : <span>{words.value('kind', card.kind)}</span>}
      {card.issuer === null ? null : <span>{inWords(card.issuer)}</span>}
      {number && card.number !== null ? <span>{card.number}</span> : null}
      {card.status === 'in_force' ? null : <span className="tag">{t(`status.${card.status}`)}</span>}
      <SeriesTag card={card} />
    </p>
  );
}
