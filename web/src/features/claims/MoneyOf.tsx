/** How the money comes about, step by step, what was granted, and the budget it comes from. */
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/numbers';
import { useSay } from '@/kit/language';
import { Mark, markOf } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { shares, tellingSteps } from './course';
import type { Budget, Claim, ClaimItem } from './wire';

export function MoneyOf({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const { money } = claim;
  const items = claim.items.filter((item) => item.claimed);
  if (!money.is_money && items.length === 0) return null;
  return (
    <section className="panel claim-part" aria-labelledby="money">
      <div className="panel-h">
        <h2 id="money">{t('money.title')}</h2>
        <span className="small muted">{money.ceiling ? t('money.ceiling') : ''}</span>
      </div>
      <table className="tb money-tb">
        <tbody>
          {items.map((item) => (
            <ItemRow key={item.key} item={item} />
          ))}
          {tellingSteps(money.steps, items.map((item) => item.amount), money.computed).map((step, at) => (
            <tr key={`${say(step.label)} ${at}`}>
              <th scope="row">{say(step.label)}</th>
              <td className="r">{step.fen === null ? '' : <Money fen={step.fen} />}</td>
            </tr>
          ))}
          {money.is_money ? (
            <tr className="whole">
              <th scope="row">{t('money.computed')}</th>
              <td className="r">{money.computed === null ? <span className="muted">{t('money.notYet')}</span> : <Money fen={money.computed} />}</td>
            </tr>
          ) : null}
          {money.decided === null ? null : (
            <tr className="whole">
              <th scope="row">{t('money.decided')}</th>
              <td className="r">
                <Money fen={money.decided} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function ItemRow({ item }: { readonly item: ClaimItem }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const label = say(item.label);
  return (
    <tr>
      <th scope="row">
        <Mark kind={markOf(item.answer)} small quiet /> {label === '' ? say(item.text) : label}
        {item.formula === null ? null : <span className="muted small block">{t('money.formula', { formula: say(item.formula) })}</span>}
        {item.records.map((record) => (
          <span className="muted small block" key={record.position}>
            {t('money.record', { n: record.position })} {record.amount === null ? t('money.notYet') : <Money fen={record.amount} style="prose" />}
          </span>
        ))}
      </th>
      <td className="r">{item.amount === null ? <span className="muted">{t('money.notYet')}</span> : <Money fen={item.amount} />}</td>
    </tr>
  );
}

export function BudgetOf({ budget, asked }: { readonly budget: Budget | null; readonly asked: number | null }) {
  const { t } = useTranslation('claims');
  const part = budget === null ? { spent: 0, reserved: 0 } : shares(budget);
  const short = budget !== null && asked !== null && asked > budget.left;
  return (
    <section className="panel claim-budget" aria-labelledby="budget">
      <h2 id="budget">{budget === null ? t('budget.title') : t('budget.of', { year: budget.year })}</h2>
      {budget === null ? (
        <p className="small soft">{t('budget.none')}</p>
      ) : (
        <>
          <div className="budget-bar" role="img" aria-label={t('budget.bar', { spent: number(Math.round(part.spent)), reserved: number(Math.round(part.reserved)) })}>
            <i className="spent" style={{ width: `${part.spent}%` }} />
            <i className="reserved" style={{ width: `${part.reserved}%` }} />
          </div>
          <dl className="kv">
            <dt>{t('budget.total')}</dt>
            <dd>
              <Money fen={budget.total} />
            </dd>
            <dt>{t('budget.spent')}</dt>
            <dd>
              <Money fen={budget.spent} />
            </dd>
            <dt>{t('budget.reserved')}</dt>
            <dd>
              <Money fen={budget.reserved} />
            </dd>
            <dt>{t('budget.left')}</dt>
            <dd>
              <b>
                <Money fen={budget.left} />
              </b>
            </dd>
          </dl>
          {short ? <p className="small short">{t('budget.short')}</p> : null}
        </>
      )}
    </section>
  );
}
