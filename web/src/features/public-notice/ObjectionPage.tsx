/** One award under public notice, and the objection anyone may make to it; what is typed stays until it is accepted. */
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { intent } from '@/api/client';
import { useSession } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { Crumbs } from '@/blocks/Crumbs';
import { Deadline } from '@/blocks/Deadline';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button, ButtonLink } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary } from '@/kit/ErrorSummary';
import { Money } from '@/kit/Num';
import { useSay } from '@/kit/language';
import { SkeletonLines } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { checkObjection, EMPTY, isOver, readKept, REASON_MOST } from './notice';
import { useNotice, useObject } from './queries';
import type { Objection, PublicNotice } from './wire';
import './public-notice.css';

export default function ObjectionPage() {
  const { claim = '' } = useParams<{ claim: string }>();
  const { t } = useTranslation('public-notice');
  const notice = useNotice(claim);
  return (
    <div className="wrap public-notices one">
      <Crumbs items={[{ label: t('title'), href: '/public-notices' }]} />
      <PageHeading title={t('objection')}>{t('objection')}</PageHeading>
      <Loaded of={notice} waiting={<SkeletonLines lines={6} />}>
        {(data) => <About key={data.claim} notice={data} />}
      </Loaded>
    </div>
  );
}

function About({ notice }: { readonly notice: PublicNotice }) {
  const { t } = useTranslation('public-notice');
  const say = useSay();
  const today = useSession().data?.installation.as_of ?? '';
  return (
    <>
      <section className="panel pad notice-of" aria-label={t('about')}>
        <p className="small muted">{t('toGet')}</p>
        <p className="line">
          <b>{say(notice.firm)}</b>
          <b className="amount">
            <Money fen={notice.amount} style="prose" />
          </b>
        </p>
        <p className="small soft">
          <Link href={`/policies/${notice.policy.id}`}>{say(notice.policy.title)}</Link>
          <span className="nw muted"> {notice.number}</span>
        </p>
        <p className="small">
          <Deadline day={notice.until} today={today} />
        </p>
      </section>
      {isOver(notice.until, today) ? (
        <div className="over">
          <p>{t('over')}</p>
          <ButtonLink href="/public-notices">{t('showAll')}</ButtonLink>
        </div>
      ) : (
        <Form notice={notice} />
      )}
    </>
  );
}

const kept = (claim: string) => `liangu.objection.${claim}`;

function stored(claim: string): string | null {
  try {
    return sessionStorage.getItem(kept(claim));
  } catch {
    return null;
  }
}

function store(claim: string, typed: Objection | null): void {
  try {
    if (typed === null) sessionStorage.removeItem(kept(claim));
    else sessionStorage.setItem(kept(claim), JSON.stringify(typed));
  } catch {
    // A browser that stores nothing keeps what is typed until the page is closed.
  }
}

function Form({ notice }: { readonly notice: PublicNotice }) {
  const { t } = useTranslation('public-notice');
  const say = useSay();
  const [typed, setTyped] = useState<Objection>(() => readKept(stored(notice.claim)));
  const [attempt, setAttempt] = useState(0);
  const [key] = useState(intent);
  const object = useObject(notice.claim, key);
  useEffect(() => store(notice.claim, object.isSuccess ? null : typed), [notice.claim, typed, object.isSuccess]);
  if (object.isSuccess) return <Sent firm={say(notice.firm)} />;
  const wrong = attempt > 0 ? checkObjection(typed) : {};
  const mine = (['name', 'contact', 'reason'] as const).flatMap((field) => {
    const mistake = wrong[field];
    return mistake === undefined ? [] : [{ field: `objection-${field}`, message: t(`wrong.${mistake}`, { most: REASON_MOST }) }];
  });
  const theirs = isProblem(object.error) ? object.error.errors.map((one) => ({ field: `objection-${one.field}`, message: one.message })) : [];
  const mistakes = mine.length > 0 ? mine : theirs;
  const under = (field: keyof Objection) => mistakes.find((one) => one.field === `objection-${field}`)?.message;
  const set = (change: Partial<Objection>) => setTyped({ ...typed, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Object.keys(checkObjection(typed)).length === 0) object.mutate({ name: typed.name.trim(), contact: typed.contact.trim(), reason: typed.reason.trim() });
  };
  const reasonWrong = under('reason');
  return (
    <form className="objection" noValidate onSubmit={submit} aria-label={t('objection')}>
      <p className="soft">{t('formLead')}</p>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      <TextField id="objection-name" label={t('name')} value={typed.name} wrong={under('name')} onValue={(name) => set({ name })} autoComplete="name" maxLength={60} />
      <TextField id="objection-contact" label={t('contact')} hint={t('contactHint')} value={typed.contact} wrong={under('contact')} onValue={(contact) => set({ contact })} autoComplete="tel" maxLength={100} />
      <div className="field">
        <label htmlFor="objection-reason">{t('reason')}</label>
        <textarea id="objection-reason" className="input" rows={6} value={typed.reason} onChange={(event) => set({ reason: event.target.value })} aria-invalid={reasonWrong ? true : undefined} aria-describedby={reasonWrong ? 'reason-hint reason-wrong' : 'reason-hint'} />
        <span className="hint" id="reason-hint">
          {t('reasonHint')}
        </span>
        {reasonWrong ? (
          <span className="wrong" id="reason-wrong">
            {reasonWrong}
          </span>
        ) : null}
      </div>
      {object.error && theirs.length === 0 ? <ErrorNote error={object.error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" size="lg" busy={object.isPending}>
          {t('send')}
        </Button>
        {JSON.stringify(typed) === JSON.stringify(EMPTY) ? null : <span className="small muted">{t('kept')}</span>}
      </div>
    </form>
  );
}

function Sent({ firm }: { readonly firm: string }) {
  const { t } = useTranslation('public-notice');
  return (
    <div className="good sent" role="status">
      <b>{t('sent')}</b>
      <p>{t('sentWhy', { firm })}</p>
      <div className="row wrap-row">
        <ButtonLink href="/public-notices">{t('back')}</ButtonLink>
      </div>
    </div>
  );
}
