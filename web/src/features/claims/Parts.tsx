/** Parts that the firm's page and the reviewer's share: materials, objections, the decision, the payee. */
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/hooks';
import { dayInWords } from '@/lib/dates';
import { useLang, useSay } from '@/kit/language';
import { Mark } from '@/kit/Mark';
import { Money } from '@/kit/Num';
import { clauseOf } from './course';
import { grouped } from './draft';
import { fileAddress } from './queries';
import type { Claim, Material } from './wire';

export function MaterialLine({ claim, material }: { readonly claim: string; readonly material: Material }) {
  const { t } = useTranslation('claims');
  const lang = useLang();
  return (
    <span className="material">
      {material.file === null ? <b>{material.name}</b> : <a href={fileAddress(claim, material.file)} target="_blank" rel="noopener">{material.name}</a>}
      {material.provided_on === null ? null : <span className="muted small">{t('material.on', { day: dayInWords(material.provided_on, lang) })}</span>}
      {material.note === null || material.note === '' || material.note === material.name ? null : <span className="soft small">{material.note}</span>}
    </span>
  );
}

export function MaterialsOf({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  return (
    <section className="panel claim-part" aria-labelledby="materials">
      <div className="panel-h">
        <h2 id="materials">{t('material.title')}</h2>
      </div>
      {claim.materials.length === 0 ? (
        <p className="pad-x small soft">{t('material.none')}</p>
      ) : (
        <ul className="lines">
          {claim.materials.map((one) => (
            <li key={one.id}>
              <MaterialLine claim={claim.id} material={one} />
              <span className="muted small">{say(clauseOf(claim, one.clause)?.text)}</span>
            </li>
          ))}
        </ul>
      )}
      {claim.note === null || claim.note === '' ? null : <blockquote className="said">{claim.note}</blockquote>}
    </section>
  );
}

export function PayeeOf({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const { payee } = claim;
  if (payee === null) return null;
  return (
    <section className="panel claim-budget" aria-labelledby="payee">
      <h2 id="payee">{t('payee.title')}</h2>
      <dl className="kv">
        <dt>{t('field.payee_name')}</dt>
        <dd>{payee.name ?? t('payee.none')}</dd>
        <dt>{t('field.payee_bank')}</dt>
        <dd>{payee.bank ?? t('payee.none')}</dd>
        <dt>{t('field.payee_account')}</dt>
        <dd className="mono">{payee.account === null ? t('payee.none') : grouped(payee.account)}</dd>
        <dt>{t('field.contact')}</dt>
        <dd>{payee.contact ?? t('payee.none')}</dd>
      </dl>
    </section>
  );
}

const MARKS = { open: 'unknown', upheld: 'no', dismissed: 'yes' } as const;

export function ObjectionsOf({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const lang = useLang();
  const today = useSession().data?.installation.as_of;
  if (claim.objections.length === 0) return null;
  return (
    <section className="panel claim-part" aria-labelledby="objections">
      <div className="panel-h">
        <h2 id="objections">{t('objection.title')}</h2>
      </div>
      <ul className="lines">
        {claim.objections.map((one) => (
          <li key={one.id} className="stacked">
            <p className="between">
              <b>{one.by_name}</b>
              <Mark kind={MARKS[one.state]} word={t(`objection.state.${one.state}`)} small />
            </p>
            <blockquote className="said">{one.reason}</blockquote>
            <p className="small muted">
              {dayInWords(one.raised_on, lang, today)}
              {one.contact === null ? '' : ` · ${one.contact}`}
            </p>
            {one.answer === null ? null : (
              <p className="small">
                {t('objection.answer', { name: one.answered_by ?? '' })}
                {one.answer}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function DecisionOf({ claim }: { readonly claim: Claim }) {
  const { t } = useTranslation('claims');
  const lang = useLang();
  const today = useSession().data?.installation.as_of;
  const { decision } = claim;
  if (decision === null) return null;
  return (
    <section className="panel claim-part decision" aria-labelledby="decision">
      <div className="panel-h">
        <h2 id="decision">{t('decision.title')}</h2>
        <span className="small muted">{dayInWords(decision.on, lang, today)}</span>
      </div>
      <p className="pad-x">
        <Mark kind={decision.outcome === 'granted' ? 'yes' : 'no'} word={t(`decision.${decision.outcome}`)} /> {decision.outcome === 'granted' ? <Money fen={decision.amount} style="prose" /> : null}
        <span className="small soft block">
          {t('decision.by', { name: decision.by_name })} {decision.reason}
        </span>
        <span className="tiny muted block">
          {t('decision.digest')} <code className="mono">{decision.digest.slice(0, 16)}</code>
        </span>
      </p>
    </section>
  );
}
