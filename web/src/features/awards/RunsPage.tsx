/** 免申即享: the runs, where each is, who holds it and by when. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '@/api/hooks';
import type { Item, Titles, Value } from '@/api/types';
import { number } from '@/lib/numbers';
import { Deadline } from '@/blocks/Deadline';
import { ExportButton } from '@/blocks/ExportButton';
import { PageHeading } from '@/blocks/Page';
import { RecordPages } from '@/blocks/RecordPages';
import { ShowChips, useShown } from '@/blocks/ShowChips';
import { textOf, useWords } from '@/blocks/values';
import { ButtonLink } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { Icon } from '@/kit/Icon';
import { useLang } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import './awards.css';

const FILTERS = { running: 'preparing,freezing,frozen,tried,signed,granting', granted: 'granted', all: '' } as const;
const NAMES = ['running', 'granted', 'all'] as const;

export default function RunsPage() {
  const { t } = useTranslation('awards');
  const shown = useShown(NAMES);
  const session = useSession().data;
  const starts = session?.account?.roles.some((role) => role === 'officer') ?? false;
  return (
    <div className="wrap desk-page awards-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('title')}>{t('title')}</PageHeading>
          <p className="lead">{t('lead')}</p>
        </div>
        {starts ? (
          <ButtonLink look="primary" href="/work/award_run/new">
            <Icon name="plus" />
            {t('start')}
          </ButtonLink>
        ) : null}
      </div>
      <ShowChips path="/work/award_run" names={NAMES} label={t('show')} say={(one) => t(`shown.${one}`)} className="awards-chips" />
      <section className="panel" aria-label={t('title')}>
        <RecordPages
          record="award_run"
          where={{ 'where.state': FILTERS[shown] }}
          waiting={<div className="pad"><SkeletonRows rows={5} /></div>}
          empty={
            <Empty title={shown === 'all' ? t('none') : t('noneOf')} why={starts ? t('noneWhy') : t('noneWhyOther')}>
              {starts ? <ButtonLink href="/work/award_run/new">{t('start')}</ButtonLink> : null}
            </Empty>
          }
        >
          {({ items, titles, total }) => (
            <>
              <div className="list-bar">
                <span className="count">{t('count', { count: total })}</span>
                <span className="grow" />
                <ExportButton record="award_run" query={{ 'where.state': FILTERS[shown] }} name={t('title')} />
              </div>
              <Rows items={items} titles={titles} />
            </>
          )}
        </RecordPages>
      </section>
    </div>
  );
}

function figure(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function Rows({ items, titles }: { readonly items: readonly Item[]; readonly titles: Titles }) {
  const { t } = useTranslation('awards');
  const lang = useLang();
  const words = useWords('award_run', ['state']);
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <table className="tb cards-tb runs-tb">
      <thead>
        <tr>
          <th scope="col">{t('head.run')}</th>
          <th scope="col">{t('head.state')}</th>
          <th scope="col">{t('head.due')}</th>
          <th scope="col">{t('head.holder')}</th>
          <th scope="col" className="r">
            {t('head.firms')}
          </th>
          <th scope="col" className="r">
            {t('head.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, values, title }) => {
          const policy = values['policy'];
          const firms = figure(values['candidates']);
          const total = figure(values['total']);
          const promised = textOf(values['promised'], lang);
          const open = textOf(values['closed_at'], lang) === '';
          return (
            <tr key={id}>
              <th scope="row">
                <Link href={`/work/award_run/${id}`}>{(typeof policy === 'string' ? titles[policy] : undefined) ?? textOf(values['number'], lang)}</Link>
                <span className="muted tiny">{textOf(values['number'], lang) || (typeof title === 'string' ? title : '')}</span>
              </th>
              <td data-label={t('head.state')}>
                <span className="tag">{words.value('state', values['state'])}</span>
              </td>
              <td data-label={t('head.due')}>{open && promised !== '' ? <Deadline due day={promised} today={today} /> : <span className="muted">–</span>}</td>
              <td data-label={t('head.holder')}>{textOf(values['holder_name'], lang) || <span className="muted">{open ? t('noHolder') : '–'}</span>}</td>
              <td className="r" data-label={t('head.firms')}>
                {firms === null ? <span className="muted">–</span> : number(firms)}
              </td>
              <td className="r" data-label={t('head.total')}>
                {total === null ? <span className="muted">–</span> : <Money fen={total} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
