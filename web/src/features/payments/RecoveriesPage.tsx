/** 追回: what was paid and is contradicted by facts that changed since. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import type { Item, Titles } from '@/api/types';
import { Deadline } from '@/blocks/Deadline';
import { ExportButton } from '@/blocks/ExportButton';
import { PageHeading } from '@/blocks/Page';
import { RecordPages } from '@/blocks/RecordPages';
import { ShowChips, useShown } from '@/blocks/ShowChips';
import { textOf, useWords } from '@/blocks/values';
import { Empty } from '@/kit/Empty';
import { useLang } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import './payments.css';

const FILTERS = { running: 'open,demanded,overdue', closed: 'recovered,waived', all: '' } as const;
const NAMES = ['running', 'closed', 'all'] as const;

export default function RecoveriesPage() {
  const { t } = useTranslation('payments');
  const shown = useShown(NAMES);
  return (
    <div className="wrap desk-page payments-page">
      <PageHeading title={t('recovery.title')}>{t('recovery.title')}</PageHeading>
      <p className="soft">{t('recovery.lead')}</p>
      <ShowChips path="/work/recovery" names={NAMES} label={t('recovery.show')} say={(one) => t(`recovery.${one}`)} className="pay-chips" />
      <section className="panel" aria-label={t('recovery.title')}>
        <RecordPages
          record="recovery"
          where={{ 'where.state': FILTERS[shown] }}
          waiting={<div className="pad"><SkeletonRows rows={4} /></div>}
          empty={<Empty title={shown === 'closed' ? t('recovery.noneOf') : t('recovery.none')} why={t('recovery.noneWhy')} />}
        >
          {({ items, titles, total }) => (
            <>
              <div className="list-bar">
                <span className="count">{t('recovery.count', { count: total })}</span>
                <span className="grow" />
                <ExportButton record="recovery" query={{ 'where.state': FILTERS[shown] }} name={t('recovery.title')} />
              </div>
              <Rows items={items} titles={titles} />
            </>
          )}
        </RecordPages>
      </section>
    </div>
  );
}

function Rows({ items, titles }: { readonly items: readonly Item[]; readonly titles: Titles }) {
  const { t } = useTranslation('payments');
  const lang = useLang();
  const words = useWords('recovery', ['state']);
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <table className="tb cards-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.firm')}</th>
          <th scope="col">{t('head.state')}</th>
          <th scope="col">{t('head.due')}</th>
          <th scope="col">{t('head.holder')}</th>
          <th scope="col" className="r">
            {t('head.toReturn')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, values }) => {
          const firm = values['enterprise'];
          const due = values['due'] ?? values['amount'];
          const promised = textOf(values['promised'], lang);
          const open = textOf(values['closed_at'], lang) === '';
          return (
            <tr key={id}>
              <th scope="row">
                <Link href={`/work/recovery/${id}`}>{(typeof firm === 'string' ? titles[firm] : undefined) ?? textOf(values['number'], lang)}</Link>
                <span className="muted tiny">{textOf(values['number'], lang)}</span>
              </th>
              <td data-label={t('head.state')}>
                <span className="tag">{words.value('state', values['state'])}</span>
              </td>
              <td data-label={t('head.due')}>{open && promised !== '' ? <Deadline due day={promised} today={today} /> : <span className="muted">–</span>}</td>
              <td data-label={t('head.holder')}>{textOf(values['holder_name'], lang) || <span className="muted">{open ? t('noHolder') : '–'}</span>}</td>
              <td className="r" data-label={t('head.toReturn')}>
                {typeof due === 'number' ? <Money fen={due} /> : <span className="muted">–</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
