/** Every figure the reader may open. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '@/api/client';
import { keys } from '@/api/keys';
import type { Figure } from '@/api/types';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Empty } from '@/kit/Empty';
import { useSay } from '@/kit/language';
import { Measured } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import './figures.css';

export default function FiguresPage() {
  const { t } = useTranslation('figures');
  const say = useSay();
  const figures = useQuery({ queryKey: keys.figures, queryFn: ({ signal }) => get<readonly Figure[]>('/figures', undefined, signal) });
  return (
    <div className="wrap figures-page">
      <PageHeading title={t('title')}>{t('title')}</PageHeading>
      <p className="soft">{t('lead')}</p>
      <Loaded of={figures} waiting={<SkeletonRows rows={6} />}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('none')} why={t('noneWhy')} />
          ) : (
            <ul className="panel figure-list">
              {list.map((figure) => (
                <li key={figure.id}>
                  <div className="grow">
                    <h2>{say(figure.label)}</h2>
                    <p className="soft small">{say(figure.definition)}</p>
                  </div>
                  <p className="big">
                    <Measured value={figure.value} unit={figure.unit} href={`/figures/${figure.id}`} title={t('open', { label: say(figure.label) })} />
                    {figure.period === null ? null : <span className="muted small"> {figure.period}</span>}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}
