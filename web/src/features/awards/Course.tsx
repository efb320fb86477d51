/** How far a run is, where its money stands, who has signed, and what granting came to. */
import { useTranslation } from 'react-i18next';
import { money } from '@/lib/money';
import { number } from '@/lib/numbers';
import { CaseSteps, Signatures } from '@/blocks/Signing';
import { Empty } from '@/kit/Empty';
import { useLang, useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { agrees, budgetParts, isReserved, isTried, share, STEPS, stepsDone } from './run';
import type { Budget, Run } from './wire';

export function Steps({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  return <CaseSteps label={t('steps.label')} steps={STEPS.map((name) => ({ name, word: t(`steps.${name}`) }))} done={stepsDone(run.state)} />;
}

export function Figures({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const tried = isTried(run.state);
  const later = <dd className="later">{t('figures.afterDry')}</dd>;
  const firms = (count: number | null) => (count === null ? later : (
    <dd>
      {number(count)} <span className="u">{t('figures.unit')}</span>
    </dd>
  ));
  return (
    <dl className="panel run-figures" aria-label={t('figures.label')}>
      <div>
        <dt>{t('figures.candidates')}</dt>
        {run.candidates === null ? <dd className="later">{t('figures.afterFreeze')}</dd> : firms(run.candidates)}
      </div>
      <div>
        <dt>{t('figures.firms')}</dt>
        {tried ? firms(run.firms) : later}
      </div>
      <div>
        <dt>{t('figures.total')}</dt>
        {tried && run.total !== null ? (
          <dd>
            <Money fen={run.total} style="prose" />
          </dd>
        ) : (
          later
        )}
      </div>
      <div>
        <dt>{t('figures.skipped')}</dt>
        {tried ? firms(run.skipped) : later}
      </div>
    </dl>
  );
}

export function BudgetPanel({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  return (
    <section className="panel run-budget" aria-labelledby="budget">
      <div className="panel-h">
        <h2 id="budget">{t('budget.title', { year: run.budget?.year ?? run.day?.slice(0, 4) ?? '' })}</h2>
      </div>
      {run.budget === null ? <Empty title={t('budget.none')} why={t('budget.noneWhy')} /> : <Line budget={run.budget} run={run} />}
    </section>
  );
}

function Line({ budget, run }: { readonly budget: Budget; readonly run: Run }) {
  const { t } = useTranslation('awards');
  const lang = useLang();
  const taken = isReserved(run.state);
  const open = isTried(run.state) && run.state !== 'cancelled';
  const sum = open ? (run.total ?? 0) : 0;
  const parts = budgetParts(budget, sum, taken);
  const say = (fen: number) => money(fen, lang);
  return (
    <div className="pad-x">
      <div className="stacked" role="img" aria-label={t('budget.words', { total: say(budget.total), spent: say(budget.spent), reserved: say(budget.reserved), asked: say(taken ? 0 : sum), left: say(budget.left) })}>
        <i className="spent" style={{ width: `${parts.spent}%` }} />
        <i className="reserved" style={{ width: `${parts.reserved}%` }} />
        <i className={parts.short > 0 ? 'asked short' : 'asked'} style={{ width: `${parts.asked}%` }} />
      </div>
      <dl className="budget-parts">
        {(['spent', 'reserved', 'asked', 'left'] as const).map((part) =>
          part === 'asked' && (taken || !open) ? null : (
            <div key={part}>
              <dt>
                <i className={part} aria-hidden="true" />
                {t(`budget.${part}`)}
              </dt>
              <dd>
                <Money fen={part === 'asked' ? sum : budget[part]} />
              </dd>
            </div>
          ),
        )}
        <div className="sum">
          <dt>{t('budget.total')}</dt>
          <dd>
            <Money fen={budget.total} />
          </dd>
        </div>
      </dl>
      {!open ? null : (
        <p className="small">
          {taken ? (
            <span className="soft">{t('budget.taken')}</span>
          ) : parts.short > 0 ? (
            <Mark kind="no" word={t('budget.short', { amount: say(parts.short) })} />
          ) : (
            <Mark kind="yes" word={t('budget.fits', { amount: say(budget.left - sum) })} />
          )}
        </p>
      )}
    </div>
  );
}

const SIGNING = ['freeze', 'sign_first', 'sign_second'] as const;

/** Two persons besides who prepared: who did what, and who may not do the next. */
export function Signed({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  return <Signatures title={t('signatures.title')} rule={t('signatures.rule')} lines={SIGNING.map((name) => ({ name, label: t(`signatures.${name}`) }))} signatures={run.signatures} over={run.state === 'cancelled'} />;
}

/** Made in batches by the system; when all is made, whether it equals what was signed. */
export function Granting({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const lang = useLang();
  if (run.state === 'freezing') {
    const words = run.candidates === null ? t('freezing.title') : t('freezing.progress', { done: run.progress, all: run.candidates });
    return (
      <section className="panel pad granting" aria-labelledby="granting">
        <h2 id="granting">{t('freezing.title')}</h2>
        <progress max={100} value={share(run.progress, run.candidates ?? 0)} aria-label={words} />
        <p role="status">{words}</p>
        <p className="small soft">{t('freezing.why')}</p>
      </section>
    );
  }
  if (run.state === 'granting') {
    const all = run.firms ?? 0;
    const words = t('granting.progress', { done: run.created_count, all });
    return (
      <section className="panel pad granting" aria-labelledby="granting">
        <h2 id="granting">{t('granting.title')}</h2>
        <progress max={100} value={share(run.created_count, all)} aria-label={words} />
        <p role="status">{words}</p>
        <p className="small soft">{t('granting.why')}</p>
      </section>
    );
  }
  if (run.state !== 'granted') return null;
  return (
    <section className="good granting" aria-labelledby="granting">
      <h2 id="granting">{t('granting.paid', { count: run.created_count, amount: money(run.created_total, lang) })}</h2>
      <p>{agrees(run) ? <Mark kind="yes" word={t('granting.agrees')} /> : <Mark kind="no" word={t('granting.differs')} />}</p>
    </section>
  );
}

/** Why it cannot go on, and what became of the firms since they were frozen, as the server says it. */
export function Refused({ run }: { readonly run: Run }) {
  const { t } = useTranslation('awards');
  const say = useSay();
  return (
    <>
      {run.refused === null ? null : (
        <div className="error" role="alert">
          <b>{t('refused')}</b>
          <p>{say(run.refused)}</p>
        </div>
      )}
      {run.moved === null ? null : (
        <div className="panel moved" role="status">
          <b>{t('moved')}</b>
          <p>{say(run.moved)}</p>
        </div>
      )}
    </>
  );
}
