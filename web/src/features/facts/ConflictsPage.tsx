/** 说法不一: facts on which sources differ, which value counts and why, and settling one. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { intent } from '@/api/client';
import type { Conflict } from '@/api/facts';
import { useSession } from '@/api/hooks';
import { number } from '@/lib/numbers';
import { CodeSelect } from '@/blocks/CodeSelect';
import { Loaded } from '@/blocks/Loaded';
import { MoreButton } from '@/blocks/MoreButton';
import { PageHeading } from '@/blocks/Page';
import { useCodeNames } from '@/blocks/values';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { useConflicts, useDictionary, useSettle } from './queries';
import './facts.css';

export default function ConflictsPage() {
  const { t } = useTranslation('facts');
  const say = useSay();
  const wanted = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const field = wanted.get('field') ?? '';
  const region = wanted.get('region') ?? '';
  const narrow = (key: string, value: string) => {
    const next = new URLSearchParams(wanted);
    if (value === '') next.delete(key);
    else next.set(key, value);
    go(`/work/conflicts${next.size === 0 ? '' : `?${next.toString()}`}`, { replace: true });
  };
  const conflicts = useConflicts(field, region);
  const facts = useDictionary().data ?? [];
  const offered = facts.filter((fact) => fact.conflicts > 0 || fact.name === field);
  const pages = { data: conflicts.data?.pages, error: conflicts.error, refetch: conflicts.refetch };
  return (
    <div className="wrap desk-page dictionary">
      <PageHeading title={t('conflicts.title')}>{t('conflicts.title')}</PageHeading>
      <p className="soft">{t('conflicts.lead')}</p>
      <div className="dict-find">
        <label className="field choose">
          <span>{t('conflicts.fact')}</span>
          <select className="input" value={field} onChange={(event) => narrow('field', event.target.value)}>
            <option value="">{t('conflicts.allFacts')}</option>
            {offered.map((fact) => (
              <option key={fact.name} value={fact.name}>
                {say(fact.label)}
              </option>
            ))}
          </select>
        </label>
        <div className="field choose">
          <label htmlFor="conflict-region">{t('conflicts.region')}</label>
          <CodeSelect id="conflict-region" list="region" value={region} onChoose={(code) => narrow('region', code)} none={t('conflicts.allRegions')} />
        </div>
      </div>
      <Loaded of={pages} waiting={<SkeletonRows rows={4} />}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          const total = loaded[0]?.total ?? 0;
          if (items.length === 0) return <Empty title={t('conflicts.none')} why={t('conflicts.noneWhy')} />;
          return (
            <>
              <p className="small soft" aria-live="polite">{t('conflicts.count', { count: total, shown: number(items.length) })}</p>
              <ul className="contests">
                {items.map((conflict) => (
                  <OneConflict key={`${conflict.firm.id} ${conflict.field} ${conflict.year ?? ''}`} conflict={conflict} />
                ))}
              </ul>
              {conflicts.hasNextPage ? <MoreButton left={total - items.length} busy={conflicts.isFetchingNextPage} error={conflicts.error} onMore={() => void conflicts.fetchNextPage()} /> : null}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function OneConflict({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation('facts');
  const common = useTranslation().t;
  const say = useSay();
  const regions = useCodeNames(['region']).get('region');
  const settles = useSession().data?.account?.roles.some((role) => role === 'officer' || role === 'administrator') ?? false;
  const settle = useSettle(conflict.firm.id);
  const [withdraw, setWithdraw] = useState('');
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState('');
  const [key] = useState(intent);
  const send = () => {
    if (reason.trim() === '') return setWrong(t('conflicts.needReason'));
    settle.mutate({ key, field: conflict.field, year: conflict.year, withdraw, reason: reason.trim() });
  };
  return (
    <li className="panel pad contest">
      <h2>
        {say(conflict.label)}
        {conflict.year === null ? null : <span className="muted"> {conflict.year}</span>}
      </h2>
      <p className="small">
        <Link href={`/work/enterprise/${conflict.firm.id}`}>{say(conflict.firm.title)}</Link>
        <span className="muted">{conflict.region === null ? '' : ` · ${say(regions?.get(conflict.region))}`}</span>
      </p>
      <table className="words">
        <thead>
          <tr>
            <th scope="col">{t('conflicts.source')}</th>
            <th scope="col" className="r">{t('conflicts.value')}</th>
            <th scope="col">{t('conflicts.date')}</th>
            <th scope="col">
              <span className="sr">{t('conflicts.settle')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {conflict.words.map((word) => (
            <tr key={word.source.name}>
              <th scope="row">
                {say(word.source.label)}
                {word.counts ? <span className="tag">{t('conflicts.counts')}</span> : null}
              </th>
              <td className="r">{say(word.shown)}</td>
              <td>{word.as_of}</td>
              <td className="r">
                {settles ? (
                  <Button size="sm" onClick={() => setWithdraw(word.source.name)} aria-label={t('conflicts.withdrawOf', { source: say(word.source.label) })}>
                    {t('conflicts.withdraw')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small soft">{say(conflict.why)}</p>
      {withdraw === '' ? null : (
        <div className="decide">
          <p className="small soft">{t('conflicts.withdrawWhy', { source: say(conflict.words.find((word) => word.source.name === withdraw)?.source.label) })}</p>
          <TextField label={t('conflicts.reason')} value={reason} onValue={(text) => { setReason(text); setWrong(''); }} wrong={wrong} maxLength={1000} autoFocus />
          {settle.error ? <ErrorNote error={settle.error} /> : null}
          <div className="row wrap-row">
            <Button look="primary" busy={settle.isPending} onClick={send}>
              {t('conflicts.withdraw')}
            </Button>
            <Button onClick={() => setWithdraw('')}>{common('cancel')}</Button>
          </div>
        </div>
      )}
    </li>
  );
}
