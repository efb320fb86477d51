/** What the policy gives this firm: item by item, each with its own conditions, how the amount comes about, and the whole. */
import { useTranslation } from 'react-i18next';
import type { BenefitItem, Benefits } from '@/api/matches';
import { useLang, useSay } from '@/kit/language';
import { Mark, markOf } from '@/kit/Mark';
import { money } from '@/lib/money';
import { Parts } from './ClausesOf';

export function BenefitsOf({ benefits, mine }: { readonly benefits: Benefits; readonly mine: boolean }) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const say = useSay();
  const many = benefits.items.length > 1;
  const computed = benefits.items.some((item) => item.formula !== null);
  const upTo = (fen: number) => (benefits.ceiling ? t('benefits.atMost', { amount: money(fen, lang) }) : money(fen, lang));
  return (
    <section className="s" aria-labelledby="benefits">
      <div className="ruled">
        <h2 id="benefits">{t('benefits.title')}</h2>
        <span className="tot">
          {benefits.total_fen !== null ? upTo(benefits.total_fen) : computed ? t('benefits.notYet') : ''}
        </span>
      </div>
      {benefits.items.map((item) => (
        <Offer key={item.key} item={item} many={many} mine={mine} amount={item.amount_fen === null ? null : upTo(item.amount_fen)} />
      ))}
      {many && benefits.highest_only ? <p className="help">{t('benefits.highest')}</p> : null}
      {benefits.firm_cap_fen === null ? null : <p className="help">{t('benefits.cap', { amount: money(benefits.firm_cap_fen, lang) })}</p>}
      {benefits.settled_fen === null ? null : (
        <p className="help">
          {t('benefits.settled', { amount: upTo(benefits.settled_fen), steps: benefits.steps.map((step) => say(step)).join(lang === 'zh' ? '；' : '; ') })}
        </p>
      )}
      {benefits.notes.map((note) => (
        <p className="help" key={say(note)}>
          {say(note)}
        </p>
      ))}
    </section>
  );
}

interface OfferProps {
  readonly item: BenefitItem;
  readonly many: boolean;
  readonly mine: boolean;
  readonly amount: string | null;
}

function Offer({ item, many, mine, amount }: OfferProps) {
  const { t } = useTranslation('my-firm');
  const lang = useLang();
  const say = useSay();
  const label = say(item.label);
  const text = say(item.text);
  return (
    <div className="clause">
      {many ? <Mark kind={markOf(item.answer)} /> : <span />}
      <div>
        <h3>
          <span>{label === '' ? text : label}</span>
          {amount === null ? null : <span className="art num">{amount}</span>}
        </h3>
        {text === '' || text === label ? null : <p className="seen">{text}</p>}
        {item.formula === null ? null : <p className="seen muted">{t('benefits.formula', { formula: say(item.formula) })}</p>}
        {item.records.length === 0 ? null : (
          <ul className="any">
            {item.records.map((record) => (
              <li key={record.position}>
                <span className="muted">{t('benefits.record', { kind: say(record.kind), n: record.position })}</span>
                <span className="num">{record.amount_fen === null ? t('benefits.notYet') : money(record.amount_fen, lang)}</span>
              </li>
            ))}
          </ul>
        )}
        {many && item.parts.length > 0 ? <Parts parts={item.parts} mine={mine} /> : null}
      </div>
    </div>
  );
}
