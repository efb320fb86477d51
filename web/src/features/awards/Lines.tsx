/** Firms with amounts, and those skipped with the reason: searched, filtered, exported whole. */
import { useMutation } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { send } from '@/api/client';
import { number } from '@/lib/numbers';
import { saveFile } from '@/blocks/ExportButton';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import { useLines } from './queries';
import { isFrozen, isTried, SHOWN, type Shown } from './run';
import type { Line, Run } from './wire';

export function Lines({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const tried = isTried(run.state);
  return (
    <section className="panel award-lines" aria-labelledby="lines">
      <div className="panel-h">
        <h2 id="lines">{t('lines.title')}</h2>
        {tried ? <Export run={run} /> : null}
      </div>
      {tried ? <Known run={run} /> : isFrozen(run.state) ? <Empty title={t('lines.notTried')} why={t('lines.notTriedWhy')} /> : <Empty title={t('lines.noneYet')} why={t('lines.noneYetWhy')} />}
    </section>
  );
}

function Export({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const common = useTranslation().t;
  const take = useMutation({
    mutationFn: async () => saveFile(`${t('lines.exported', { number: run.number ?? run.id })}.csv`, await (await send('GET', `/award-runs/${encodeURIComponent(run.id)}/export`)).blob()),
  });
  return (
    <span>
      <Button size="sm" busy={take.isPending} onClick={() => take.mutate()}>
        <Icon name="download" />
        {take.isPending ? common('exporting') : common('exportCsv')}
        <span className="sr">{t('lines.export')}</span>
      </Button>
      {take.error ? <ErrorNote error={take.error} onRetry={() => take.mutate()} /> : null}
    </span>
  );
}

function Known({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const say = useSay();
  const [shown, setShown] = useState<Shown>('granted');
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const lines = useLines(run, shown, asked);
  const pages = { data: lines.data?.pages, error: lines.error, refetch: lines.refetch };
  const counts: Readonly<Record<Shown, number>> = { granted: run.firms ?? 0, skipped: run.skipped ?? 0, all: run.candidates ?? 0 };
  const words = (one: Shown) => t(one === 'granted' && run.state === 'granted' ? 'lines.given' : `lines.${one}`, { count: counts[one] });
  return (
    <>
      <div className="lines-bar">
        <div className="chips" role="group" aria-label={t('lines.show')}>
          {SHOWN.map((one) => (
            <button key={one} type="button" className="chip" aria-pressed={shown === one} onClick={() => setShown(one)}>
              {words(one)}
            </button>
          ))}
        </div>
        <label className="sr" htmlFor="lines-find">
          {t('lines.find')}
        </label>
        <input id="lines-find" type="search" className="input find" placeholder={t('lines.find')} value={q} onChange={(event) => setQ(event.target.value)} autoComplete="off" />
      </div>
      {shown === 'skipped' && run.skipped_by.length > 0 ? (
        <ul className="skipped-by small" aria-label={t('lines.reasons')}>
          {run.skipped_by.map((one) => (
            <li key={one.code}>
              {say(one.reason)} <b>{number(one.count)}</b>
            </li>
          ))}
        </ul>
      ) : null}
      <Loaded of={pages} waiting={<div className="pad"><SkeletonRows rows={6} /></div>}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          if (items.length === 0) return shown === 'skipped' && asked === '' ? <Empty title={t('lines.noneSkipped')} /> : <Empty title={t('lines.none')} why={t('lines.noneWhy')} />;
          return (
            <div aria-busy={lines.isPlaceholderData || undefined}>
              <Table items={items} shown={shown} />
              {lines.hasNextPage ? (
                <div className="list-more">
                  <MoreButton left={(loaded[0]?.total ?? 0) - items.length} busy={lines.isFetchingNextPage} error={lines.isFetchNextPageError ? lines.error : undefined} onMore={() => void lines.fetchNextPage()} />
                </div>
              ) : null}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Table({ items, shown }: { readonly items: readonly Line[]; readonly shown: Shown }) {
  const { t } = useTranslation('awards');
  const say = useSay();
  const last = shown === 'skipped' ? t('lines.why') : items.some((one) => one.claim !== null) ? t('lines.claim') : t('lines.note');
  const noted = items.some((one) => one.note !== null || one.skipped !== null || one.claim !== null);
  return (
    <table className="tb cards-tb">
      <thead>
        <tr>
          <th scope="col">{t('lines.firm')}</th>
          <th scope="col">{t('lines.region')}</th>
          <th scope="col" className="r">
            {t('lines.full')}
          </th>
          <th scope="col" className="r">
            {t('lines.amount')}
          </th>
          {noted ? <th scope="col">{last}</th> : null}
        </tr>
      </thead>
      <tbody>
        {items.map((line) => (
          <tr key={line.firm.id}>
            <th scope="row">
              <Link href={`/work/enterprise/${line.firm.id}`}>{say(line.firm.title)}</Link>
            </th>
            <td data-label={t('lines.region')}>{say(line.region)}</td>
            <td className="r muted" data-label={t('lines.full')}>
              {line.full === null ? '–' : <Money fen={line.full} />}
            </td>
            <td className="r" data-label={t('lines.amount')}>
              {line.skipped === null ? (
                <b>
                  <Money fen={line.amount} />
                </b>
              ) : (
                <span className="muted">–</span>
              )}
            </td>
            {noted ? (
              <td className="note" data-label={last}>
                {line.claim === null ? null : <Link href={`/work/claim/${line.claim.id}`}>{line.claim.number}</Link>} {say(line.skipped ?? line.note)}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
