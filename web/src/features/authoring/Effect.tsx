/** The sections of the effect panel. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FirmLine, Finding, GroupLine, Trial } from '@/api/authoring';
import { amount, money } from '@/lib/money';
import { number, percent } from '@/lib/numbers';
import { useLang, useSay } from '@/kit/language';
import { useDesk } from './context';

interface Props {
  readonly trial: Trial;
}
type WithClause = Props & { readonly onClause: (key: string) => void };

export function Spend({ trial }: Props) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  if (!trial.money) return null;
  const { total_fen, firms, unknown_firms, ceiling } = trial.money;
  const total = amount(total_fen, lang);
  const { pool } = trial;
  const budget = pool?.budget_fen ?? null;
  const share = budget === null || budget === 0 ? null : Math.round((total_fen / budget) * 10_000);
  return (
    <section>
      <h3 className="sec">{ceiling ? t('effect.spendMost') : t('effect.spend')}<small>{total.unit}</small></h3>
      <p className="spend" title={total.exact}>
        <b>{total.value}</b>
        {budget === null ? null : <span>{t('effect.budget', { amount: money(budget, lang) })}</span>}
      </p>
      {share === null ? null : (
        <div className="bar wide" role="img" aria-label={t('effect.used', { share: percent(share) })}>
          <i style={{ width: `${Math.min(100, share / 100)}%` }} />
        </div>
      )}
      <p className="tiny muted">
        {t('effect.spendFirms', { count: firms })}
        {unknown_firms > 0 ? t('effect.spendUnknown', { count: unknown_firms }) : ''}
        {pool && pool.granted_fen < pool.asked_fen ? t('effect.granted', { amount: money(pool.granted_fen, lang), count: pool.firms }) : ''}
        {pool?.paid_share ? t('effect.cut', { share: percent(pool.paid_share) }) : ''}
      </p>
    </section>
  );
}

/** A row of buttons of which one is pressed, as tabs are drawn. */
function Choice<K extends string>({ options, value, onChoose, label }: { readonly options: ReadonlyArray<{ readonly key: K; readonly face: ReactNode }>; readonly value: K; readonly onChoose: (key: K) => void; readonly label: string }) {
  return (
    <div className="gl" role="group" aria-label={label}>
      {options.map(({ key, face }) => (
        <button key={key} type="button" aria-pressed={key === value} onClick={() => onChoose(key)}>{face}</button>
      ))}
    </div>
  );
}

export function Against({ trial }: Props) {
  const { t } = useTranslation('authoring');
  const [side, setSide] = useState<'gained' | 'lost'>('gained');
  const { against } = trial;
  if (!against) return null;
  const shown = against[side];
  return (
    <section>
      <h3 className="sec">{against.version === null ? t('effect.againstNow') : t('effect.against', { number: against.version })}</h3>
      <Choice
        label={t('effect.againstLabel')} value={side} onChoose={setSide}
        options={[
          { key: 'gained', face: t('effect.gained', { count: against.gained.count }) },
          { key: 'lost', face: t('effect.lost', { count: against.lost.count }) },
        ]}
      />
      <Names firms={shown.names} total={shown.count} none={side === 'gained' ? t('effect.noneGained') : t('effect.noneLost')} />
    </section>
  );
}

function useClauseName(): (key: string | null) => string {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { state } = useDesk();
  return (key) => {
    if (key === null) return '';
    if (key === '') return t('effect.itemsTogether');
    const clause = state.doc.clauses.find((one) => one.key === key);
    return clause ? clause.article || say(clause.text).slice(0, 14) : '';
  };
}

export function Hints({ trial, onClause }: WithClause) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const named = useClauseName();
  const { strictest, most_missing } = trial;
  if (!strictest && !most_missing) return null;
  return (
    <section>
      <h3 className="sec">{t('effect.worth')}</h3>
      <ul className="hints">
        {strictest ? (
          <li>
            <span>{t('effect.strictest')}</span>
            {strictest.clause === '' ? <b>{named('')}</b> : <button type="button" className="link" onClick={() => onClause(strictest.clause)}>{named(strictest.clause)}</button>}
            <small>{t('effect.strictestNote', { count: strictest.removes })}</small>
          </li>
        ) : null}
        {most_missing ? (
          <li>
            <span>{t('effect.missing')}</span>
            <b>{say(most_missing.label)}</b>
            <small>{t('effect.missingNote', { count: most_missing.firms })}</small>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

type Who = 'yes' | 'near' | 'unknown';

export function FirmNames({ trial, onClause }: WithClause) {
  const { t } = useTranslation('authoring');
  const [who, setWho] = useState<Who>('yes');
  const { counts } = trial;
  if (!counts) return null;
  const options: readonly Who[] = ['yes', 'near', 'unknown'];
  return (
    <section>
      <h3 className="sec">{t('effect.names')}</h3>
      <Choice label={t('effect.names')} value={who} onChoose={setWho} options={options.map((key) => ({ key, face: `${t(`effect.short.${key}`)} ${number(counts[key])}` }))} />
      <Names firms={trial.names[who]} total={counts[who]} none={t('effect.nobody')} onClause={onClause} />
    </section>
  );
}

const FEW = 6;

function Names({ firms, total, none, onClause }: { readonly firms: readonly FirmLine[]; readonly total: number; readonly none: string; readonly onClause?: (key: string) => void }) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const named = useClauseName();
  const [all, setAll] = useState(false);
  if (firms.length === 0) return <p className="small muted nobody">{none}</p>;
  const shown = all ? firms : firms.slice(0, FEW);
  return (
    <>
      <ul className="who2">
        {shown.map((firm) => (
          <li key={firm.id}>
            <Link href={`/work/enterprise/${firm.id}`}>{firm.name}</Link>
            <span>{firm.amount_fen === null ? '' : money(firm.amount_fen, lang)}</span>
            <small>
              {say(firm.region)}
              {firm.clause !== null && named(firm.clause) !== '' ? (
                onClause && firm.clause !== '' ? <> · <button type="button" className="link" onClick={() => onClause(firm.clause ?? '')}>{t('effect.stands', { clause: named(firm.clause) })}</button></> : ` · ${t('effect.stands', { clause: named(firm.clause) })}`
              ) : null}
            </small>
          </li>
        ))}
      </ul>
      {firms.length > FEW && !all ? <button type="button" className="link small" onClick={() => setAll(true)}>{t('effect.moreNames', { count: firms.length - FEW })}</button> : null}
      {total > firms.length && (all || firms.length <= FEW) ? <p className="tiny muted">{t('effect.firstNames', { shown: firms.length, total })}</p> : null}
    </>
  );
}

type By = 'region' | 'industry' | 'size';
const LINES = 10;

export function Groups({ trial }: Props) {
  const { t } = useTranslation('authoring');
  const [by, setBy] = useState<By>('region');
  if (!trial.counts) return null;
  const kinds: readonly By[] = ['region', 'industry', 'size'];
  const lines = trial.groups[by].filter((line) => line.yes + line.near + line.unknown > 0).slice(0, LINES);
  const most = Math.max(1, ...lines.map((line) => line.yes + line.near));
  return (
    <section>
      <h3 className="sec">{t('effect.where')}<small>{t('effect.whereNote')}</small></h3>
      <Choice label={t('effect.where')} value={by} onChoose={setBy} options={kinds.map((key) => ({ key, face: t(`effect.by.${key}`) }))} />
      {lines.length === 0 ? <p className="small muted nobody">{t('effect.nobody')}</p> : (
        <table className="mb">
          <tbody>
            {lines.map((line) => <GroupRow key={line.code} line={line} most={most} />)}
          </tbody>
        </table>
      )}
    </section>
  );
}

function GroupRow({ line, most }: { readonly line: GroupLine; readonly most: number }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  return (
    <tr>
      <th scope="row">{say(line.label)}</th>
      <td>
        <div className="bar two">
          <i style={{ width: `${(line.yes / most) * 100}%` }} />
          <i className="near" style={{ left: `${(line.yes / most) * 100}%`, width: `${(line.near / most) * 100}%` }} />
        </div>
      </td>
      <td className="r">
        {number(line.yes)}
        <span className="muted"> <span className="sr">{t('effect.near')} </span>{line.near === 0 ? '' : `+${number(line.near)}`}</span>
      </td>
    </tr>
  );
}

export function Findings({ trial }: Props) {
  const { t } = useTranslation('authoring');
  if (trial.findings.length === 0) return null;
  return (
    <section>
      <h3 className="sec">{t('effect.findings')}</h3>
      <FindingList findings={trial.findings} />
    </section>
  );
}

export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  return (
    <ul className="found">
      {findings.map((finding, place) => (
        <li key={`${finding.code} ${place}`} className={`sev-${finding.severity}`}>
          <b>{t(`severity.${finding.severity}`)}</b>
          <span>{say(finding.message)}{finding.hint ? <span className="muted"> {say(finding.hint)}</span> : null}</span>
        </li>
      ))}
    </ul>
  );
}
