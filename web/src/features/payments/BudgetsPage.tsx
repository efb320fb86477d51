/** 政策预算: of a year, what each policy may give, has promised and has paid; finance enters and changes the totals. */
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { intent } from '@/api/client';
import { useSession } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { money, wanFromFen } from '@/lib/money';
import { number } from '@/lib/numbers';
import { withSearch } from '@/lib/search';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { RefSelect } from '@/blocks/RefSelect';
import { Button } from '@/kit/Button';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { Money } from '@/kit/Num';
import { SkeletonRows } from '@/kit/Skeleton';
import { TextField } from '@/kit/TextField';
import { barOf, readTotal, sumOf, yearsOf } from './budget';
import { useBudgets, useChangeBudget, useSetBudget } from './queries';
import type { BudgetLine } from './wire';
import '@/blocks/flow.css';
import './payments.css';

export default function BudgetsPage() {
  const { t } = useTranslation('payments');
  const [, go] = useLocation();
  const session = useSession().data;
  const now = Number(session?.installation.as_of.slice(0, 4) ?? '0');
  const year = Number(new URLSearchParams(useSearch()).get('year') ?? now) || now;
  const sets = session?.account?.roles.includes('finance') ?? false;
  const budgets = useBudgets();
  const [adding, setAdding] = useState(false);
  const show = (one: number) => go(withSearch('/work/budget', { year: one === now ? null : String(one) }), { replace: true });
  return (
    <div className="wrap desk-page payments-page budgets-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('budget.title')}>{t('budget.title')}</PageHeading>
          <p className="soft">{t('budget.lead')}</p>
        </div>
        {sets && !adding ? (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t('budget.add')}
          </Button>
        ) : null}
      </div>
      {adding ? (
        <NewBudget
          year={year} onNo={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            show(made.year);
          }}
        />
      ) : null}
      <Loaded of={budgets} waiting={<SkeletonRows rows={5} />}>
        {(all) => (
          <>
            <div className="chips" role="group" aria-label={t('budget.years')}>
              {yearsOf(all, now).map((one) => (
                <button key={one} type="button" className="chip" aria-pressed={one === year} onClick={() => show(one)}>
                  {t('budget.year', { year: one })}
                </button>
              ))}
            </div>
            <Year lines={all.filter((one) => one.year === year)} year={year} sets={sets} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Year({ lines, year, sets }: { readonly lines: readonly BudgetLine[]; readonly year: number; readonly sets: boolean }) {
  const { t } = useTranslation('payments');
  const sum = sumOf(lines);
  if (lines.length === 0) {
    return (
      <section className="panel">
        <Empty title={t('budget.none', { year })} why={sets ? t('budget.noneWhy') : t('budget.noneWhyOther')} />
      </section>
    );
  }
  return (
    <>
      <dl className="panel run-figures" aria-label={t('budget.whole', { year })}>
        {(['total', 'spent', 'reserved', 'left'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`budget.${part}`)}</dt>
            <dd>
              <Money fen={sum[part]} style="prose" />
            </dd>
          </div>
        ))}
      </dl>
      <section className="panel" aria-labelledby="budgets">
        <div className="panel-h">
          <h2 id="budgets">{t('budget.byPolicy')}</h2>
          <span className="small muted">{t('budget.count', { count: lines.length })}</span>
        </div>
        <ul className="budget-lines">
          {lines.map((line) => (
            <Line key={line.id} line={line} sets={sets} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Line({ line, sets }: { readonly line: BudgetLine; readonly sets: boolean }) {
  const { t } = useTranslation('payments');
  const say = useSay();
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const bar = barOf(line);
  const title = say(line.policy.title);
  return (
    <li>
      <div className="between">
        <h3>
          <Link href={`/policies/${line.policy.id}`}>{title}</Link>
        </h3>
        {sets && !open ? (
          <Button size="sm" aria-label={t('budget.changeOf', { policy: title })} onClick={() => setOpen(true)}>
            {t('budget.change')}
          </Button>
        ) : null}
      </div>
      <div className="budget-bar" role="img" aria-label={t('budget.words', { total: money(line.total, lang), spent: money(line.spent, lang), reserved: money(line.reserved, lang), left: money(line.left, lang) })}>
        <i className="spent" style={{ width: `${bar.spent}%` }} />
        <i className="reserved" style={{ width: `${bar.reserved}%` }} />
      </div>
      <dl className="budget-parts">
        {(['spent', 'reserved', 'left', 'total'] as const).map((part) => (
          <div key={part}>
            <dt>
              <i className={part} aria-hidden="true" />
              {t(`budget.${part}`)}
            </dt>
            <dd>
              <Money fen={line[part]} />
            </dd>
          </div>
        ))}
      </dl>
      {open ? <Change line={line} onDone={() => setOpen(false)} /> : null}
    </li>
  );
}

function Change({ line, onDone }: { readonly line: BudgetLine; readonly onDone: () => void }) {
  const { t } = useTranslation('payments');
  const common = useTranslation().t;
  const lang = useLang();
  const [typed, setTyped] = useState(String(wanFromFen(line.total)));
  const [attempt, setAttempt] = useState(0);
  const change = useChangeBudget();
  const total = readTotal(typed);
  const theirs = isProblem(change.error) ? change.error.errors[0]?.message : undefined;
  const wrong = attempt > 0 && total === null ? t('budget.needTotal') : theirs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (total !== null) change.mutate({ id: line.id, version: line.version, total }, { onSuccess: onDone });
  };
  return (
    <form className="budget-form" noValidate onSubmit={submit} aria-label={t('budget.change')}>
      <TextField label={t('budget.totalWan')} hint={t('budget.notBelow', { amount: money(line.reserved + line.spent, lang) })} value={typed} wrong={wrong} onValue={setTyped} inputMode="decimal" autoComplete="off" autoFocus maxLength={20} />
      {change.error && theirs === undefined ? <ErrorNote error={change.error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" size="sm" busy={change.isPending}>
          {t('budget.save')}
        </Button>
        <Button size="sm" onClick={onDone}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  );
}

function NewBudget({ year, onDone, onNo }: { readonly year: number; readonly onDone: (made: BudgetLine) => void; readonly onNo: () => void }) {
  const { t } = useTranslation('payments');
  const common = useTranslation().t;
  const [policy, setPolicy] = useState('');
  const [of, setOf] = useState(String(year));
  const [typed, setTyped] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [key] = useState(intent);
  const set = useSetBudget(key);
  const total = readTotal(typed);
  const years = /^\d{4}$/.test(of.trim());
  const theirs = isProblem(set.error) ? set.error.errors : [];
  const under = (field: string) => theirs.find((one) => one.field === field)?.message;
  const noPolicy = attempt > 0 && policy === '' ? t('budget.needPolicy') : under('policy');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (policy !== '' && years && total !== null) set.mutate({ policy, year: Number(of), total }, { onSuccess: onDone });
  };
  return (
    <section className="panel pad" aria-labelledby="new-budget">
      <h2 id="new-budget">{t('budget.add')}</h2>
      <form className="budget-new" noValidate onSubmit={submit}>
        <div className="field wide">
          <label htmlFor="budget-policy">{t('budget.policy')}</label>
          <RefSelect id="budget-policy" record="policy" value={policy} none={t('budget.choose')} invalid={noPolicy !== undefined} describedBy={noPolicy === undefined ? undefined : 'budget-policy-wrong'} onChoose={setPolicy} />
          {noPolicy === undefined ? null : (
            <span className="wrong" id="budget-policy-wrong">
              {noPolicy}
            </span>
          )}
        </div>
        <TextField label={t('budget.ofYear')} value={of} wrong={attempt > 0 && !years ? t('budget.needYear') : under('year')} onValue={setOf} inputMode="numeric" autoComplete="off" maxLength={4} />
        <TextField label={t('budget.totalWan')} value={typed} wrong={attempt > 0 && total === null ? t('budget.needTotal') : under('total')} onValue={setTyped} inputMode="decimal" autoComplete="off" maxLength={20} hint={total === null ? undefined : t('budget.thatIs', { yuan: number(total / 100) })} />
        {set.error && theirs.length === 0 ? <ErrorNote error={set.error} /> : null}
        <div className="row wrap-row">
          <Button type="submit" look="primary" busy={set.isPending}>
            {t('budget.save')}
          </Button>
          <Button onClick={onNo}>{common('cancel')}</Button>
        </div>
      </form>
    </section>
  );
}
