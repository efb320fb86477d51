/** A policy's particulars: validity, window, how it is granted, who issued it, and whether the document is real. */
import { useTranslation } from 'react-i18next';
import type { Item, PolicyCard } from '@/api/types';
import { dayInWords } from '@/lib/dates';
import { useLang, useSay } from '@/kit/language';
import { textOf, useWords } from './values';

interface Props {
  readonly record: Item;
  readonly card: PolicyCard;
  readonly today: string;
}

export function Particulars({ record, card, today }: Props) {
  const { t } = useTranslation('policies');
  const common = useTranslation().t;
  const lang = useLang();
  const say = useSay();
  const words = useWords('policy', ['level', 'kind', 'region', 'grant_mode']);
  const day = (field: string): string => {
    const value = record.values[field];
    return typeof value === 'string' && value !== '' ? dayInWords(value, lang, field.startsWith('window') ? today : undefined) : '';
  };
  const validity = (): string => {
    const from = day('valid_from');
    const to = day('valid_to');
    if (from === '') return to === '' ? t('page.validityOpen') : t('page.windowTo', { to });
    return to === '' ? t('page.validityFrom', { from }) : t('page.validityFromTo', { from, to });
  };
  const window = (): string => {
    const from = day('window_from');
    const to = day('window_to');
    if (to === '') return '';
    return from === '' ? t('page.windowTo', { to }) : t('page.windowFromTo', { from, to });
  };
  const lines: ReadonlyArray<readonly [string, string]> = [
    [t('page.validity'), validity()],
    [t('page.window'), window()],
    [t('page.mode'), record.values['grant_mode'] ? words.value('grant_mode', record.values['grant_mode']) : ''],
    [t('page.level'), card.level === null ? '' : words.value('level', card.level)],
    [t('page.kind'), card.kind === null ? '' : words.value('kind', card.kind)],
    [t('page.region'), card.region === null ? '' : words.value('region', card.region)],
    [t('page.issuer'), say(card.issuer)],
    [t('page.number'), card.number ?? ''],
    [t('page.published'), textOf(record.values['published'], lang)],
    [t('page.series'), card.series === 'real' ? common('series.real') : common('series.demonstrationLong')],
  ];
  return (
    <dl className="kv">
      {lines.map(([label, said]) =>
        said === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
