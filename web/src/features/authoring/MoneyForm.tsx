/** The money of all items: added or the highest, limits per firm and year, other policies, the pool; in the order it is worked out. */
import { useTranslation } from 'react-i18next';
import type { How, Money } from '@/api/authoring';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useDesk } from './context';
import { FormulaText } from './FormulaText';
import { figureOf, Remove, TextIn } from './fields';

const LIMITS = ['firm_cap', 'year_cap', 'round_down', 'floor'] as const;
const HOWS: readonly How[] = ['exclusive', 'top_up', 'higher', 'deduct'];
const EMPTY_POOL = { budget: null, cut: 'proportional', rank: null, quota: null } as const;

export function MoneyForm() {
  const { t } = useTranslation('authoring');
  const { editor, state, editable } = useDesk();
  const { money } = state.doc;
  const set = (change: Partial<Money>) => editor.edit((doc) => ({ ...doc, money: { ...doc.money, ...change } }));
  const text = (value: string) => (value === '' ? null : value);
  const against = (at: number, change: Partial<Money['against'][number]>) => set({ against: money.against.map((one, place) => (place === at ? { ...one, ...change } : one)) });
  return (
    <fieldset className="panel item" disabled={!editable}>
      <legend className="sr">{t('items.money')}</legend>
      <div className="item-h"><h2>{t('items.money')}</h2><span className="small soft">{t('money.order')}</span></div>
      <div className="seg" role="group" aria-label={t('money.choose')}>
        {(['sum', 'highest'] as const).map((one) => <button key={one} type="button" aria-pressed={money.choose === one} onClick={() => set({ choose: one })}>{t(`money.${one}`)}</button>)}
      </div>
      <div className="grid2">
        {LIMITS.map((name) => <FormulaText key={name} label={t(`money.${name}`)} value={money[name] ?? ''} findings={[]} placeholder={t('items.none')} onText={(next) => set({ [name]: text(next) })} />)}
      </div>
      <h3 className="sub">{t('money.against')}</h3>
      {money.against.length === 0 ? <p className="small muted">{t('money.noAgainst')}</p> : null}
      {money.against.map((one, at) => (
        <div key={at} className="against-row">
          <TextIn label={t('money.policy')} value={one.policy} placeholder={t('money.policyHint')} onText={(policy) => against(at, { policy })} />
          <label className="fld">
            <span>{t('money.how')}</span>
            <select className="input" value={one.how} onChange={(event) => against(at, { how: HOWS.find((how) => how === event.target.value) ?? 'exclusive' })}>
              {HOWS.map((how) => <option key={how} value={how}>{t(`how.${how}`)}</option>)}
            </select>
          </label>
          {one.how === 'top_up' ? <TextIn label={t('money.percent')} type="number" value={one.percent === null ? '' : String(one.percent / 100)} onText={(typed) => against(at, { percent: typed === '' ? null : Math.round(Number(typed) * 100) })} /> : null}
          <Remove label={t('money.dropAgainst')} onRemove={() => set({ against: money.against.filter((_, place) => place !== at) })} />
        </div>
      ))}
      {editable ? <div><Button size="sm" look="quiet" onClick={() => set({ against: [...money.against, { policy: '', how: 'exclusive', percent: null }] })}><Icon name="plus" />{t('money.addAgainst')}</Button></div> : null}
      <div className="checks"><label><input type="checkbox" checked={money.pool !== null} onChange={(event) => set({ pool: event.target.checked ? EMPTY_POOL : null })} />{t('money.pool')}</label></div>
      {money.pool ? <PoolForm pool={money.pool} onPool={(pool) => set({ pool })} /> : null}
    </fieldset>
  );
}

function PoolForm({ pool, onPool }: { readonly pool: NonNullable<Money['pool']>; readonly onPool: (pool: Money['pool']) => void }) {
  const { t } = useTranslation('authoring');
  const text = (value: string) => (value === '' ? null : value);
  return (
    <div className="grid2">
      <FormulaText label={t('money.budget')} value={pool.budget ?? ''} findings={[]} placeholder="wan(10000)" onText={(next) => onPool({ ...pool, budget: text(next) })} />
      <TextIn label={t('money.quota')} type="number" value={figureOf(pool.quota)} onText={(typed) => onPool({ ...pool, quota: typed === '' ? null : Math.max(0, Math.round(Number(typed))) })} />
      <label className="fld">
        <span>{t('money.over')}</span>
        <select className="input" value={pool.cut ?? ''} onChange={(event) => onPool({ ...pool, cut: event.target.value === 'proportional' ? 'proportional' : null })}>
          <option value="proportional">{t('money.proportional')}</option>
          <option value="">{t('money.inRank')}</option>
        </select>
      </label>
      <FormulaText label={t('money.rank')} value={pool.rank ?? ''} findings={[]} placeholder="revenue" onText={(next) => onPool({ ...pool, rank: text(next) })} />
    </div>
  );
}
