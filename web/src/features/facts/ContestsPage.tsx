/** 资料异议: what firms hold to be wrong, with both values beside each other, and the decision. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Contest } from '@/api/facts';
import { useModel } from '@/api/hooks';
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
import { useContests, useDecide } from './queries';
import './facts.css';

const STATES = ['open', 'upheld', 'rejected', 'all'] as const;

export default function ContestsPage() {
  const { t } = useTranslation('facts');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const contests = useContests(state);
  const pages = contests.data ? { data: contests.data.pages, error: null, refetch: contests.refetch } : { data: undefined, error: contests.error, refetch: contests.refetch };
  return (
    <div className="wrap desk-page dictionary">
      <PageHeading title={t('contests.title')}>{t('contests.title')}</PageHeading>
      <p className="soft">{t('contests.lead')}</p>
      <div className="row wrap-row states" role="group" aria-label={t('contests.state')}>
        {STATES.map((one) => (
          <button key={one} type="button" className="chip" aria-pressed={state === one} onClick={() => setState(one)}>
            {t(`contests.${one}`)}
          </button>
        ))}
      </div>
      <Loaded of={pages} waiting={<SkeletonRows rows={4} />}>
        {(loaded) => {
          const items = loaded.flatMap((page) => page.items);
          const total = loaded[0]?.total ?? 0;
          if (items.length === 0) return <Empty title={state === 'open' ? t('contests.none') : t('contests.noneOf')} why={t('contests.noneWhy')} />;
          return (
            <>
              <ul className="contests">
                {items.map((contest) => (
                  <OneContest key={`${contest.id} ${contest.state}`} contest={contest} />
                ))}
              </ul>
              {contests.hasNextPage ? <MoreButton left={total - items.length} busy={contests.isFetchingNextPage} error={contests.error} onMore={() => void contests.fetchNextPage()} /> : null}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function OneContest({ contest }: { readonly contest: Contest }) {
  const { t } = useTranslation('facts');
  const say = useSay();
  const regions = useCodeNames(['region']).get('region');
  const [decided, setDecided] = useState<'uphold' | 'reject' | null>(null);
  return (
    <li className="panel pad contest">
      <div className="contest-h">
        <h2>{say(contest.fact)}</h2>
        <span className={`tag state-${contest.state}`}>{t(`contests.${contest.state}`)}</span>
      </div>
      <p className="small">
        <Link href={`/work/enterprise/${contest.firm.id}`}>{say(contest.firm.title)}</Link>
        <span className="muted">
          {[contest.region === null ? '' : say(regions?.get(contest.region)), contest.raised_on ?? '', contest.number].filter((part) => part !== '').map((part) => ` · ${part}`)}
        </span>
      </p>
      <dl className="two-values">
        <div>
          <dt>{t('contests.onFile', { source: say(contest.on_file_source) })}</dt>
          <dd>{say(contest.on_file)}</dd>
        </div>
        <div>
          <dt>{t('contests.claimed')}</dt>
          <dd>{contest.claimed === null ? t('contests.noValue') : say(contest.claimed)}</dd>
        </div>
      </dl>
      <p className="reason">{contest.reason}</p>
      {contest.answer === null ? null : (
        <p className="soft small">
          {t('contests.answered', { day: contest.answered_on ?? '' })} {contest.answer}
        </p>
      )}
      {!contest.can.decide.allowed ? null : decided === null ? (
        <div className="row wrap-row">
          {contest.claimed === null ? null : <Button onClick={() => setDecided('uphold')}>{t('contests.uphold')}</Button>}
          <Button onClick={() => setDecided('reject')}>{t('contests.reject')}</Button>
        </div>
      ) : (
        <Decide contest={contest} decision={decided} onCancel={() => setDecided(null)} />
      )}
    </li>
  );
}

function Decide({ contest, decision, onCancel }: { readonly contest: Contest; readonly decision: 'uphold' | 'reject'; readonly onCancel: () => void }) {
  const { t } = useTranslation('facts');
  const common = useTranslation().t;
  const say = useSay();
  const sources = useModel().data?.sources ?? [];
  const [reason, setReason] = useState('');
  const [source, setSource] = useState('');
  const [wrong, setWrong] = useState('');
  const decide = useDecide(contest.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setWrong(t('contests.needReason'));
    decide.mutate({ decision, reason: reason.trim(), ...(source === '' ? {} : { source }) });
  };
  return (
    <form className="decide" onSubmit={submit} noValidate>
      <p className="small soft">{decision === 'uphold' ? t('contests.upholdWhy', { value: say(contest.claimed) }) : t('contests.rejectWhy', { value: say(contest.on_file) })}</p>
      <TextField label={t('contests.reason')} value={reason} onValue={(text) => { setReason(text); setWrong(''); }} wrong={wrong} maxLength={1000} autoFocus />
      {decision === 'uphold' ? (
        <label className="field choose">
          <span>{t('contests.source')}</span>
          <select className="input" value={source} onChange={(event) => setSource(event.target.value)}>
            <option value="">{t('contests.sameSource', { source: say(contest.on_file_source) })}</option>
            {sources.map((one) => (
              <option key={one.name} value={one.name}>
                {say(one.label)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {decide.error ? <ErrorNote error={decide.error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" busy={decide.isPending}>
          {decision === 'uphold' ? t('contests.uphold') : t('contests.reject')}
        </Button>
        <Button onClick={onCancel}>{common('cancel')}</Button>
      </div>
    </form>
  );
}
