/** What only the firm can give: materials and the account. Saved while one types; handing it in saves first. */
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { intent, request } from '@/api/client';
import { useMoved, type FlowView } from '@/api/flow';
import { Button } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { ErrorNote } from '@/kit/ErrorNote';
import { ErrorSummary, type Mistake } from '@/kit/ErrorSummary';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { TextField } from '@/kit/TextField';
import { SENDING, clauseOf } from './course';
import { missingOf, REQUIRED, type DraftField } from './draft';
import { useReload } from './queries';
import { useDraft, type Drafting } from './useDraft';
import { WantedOf } from './WantedOf';
import type { Claim } from './wire';

const PAYEE: readonly DraftField[] = ['payee_name', 'payee_bank', 'payee_account', 'contact'];

export function Fill({ claim, flow }: { readonly claim: Claim; readonly flow: FlowView }) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const drafting = useDraft(claim);
  const [attempt, setAttempt] = useState(0);
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const missing = missingOf(claim, drafting.draft);
  const tried = () => {
    setAttempt(attempt + 1);
    setMistakes(missing.map((one) => ('field' in one ? { field: `claim-${one.field}`, message: t('fill.needs', { what: t(`field.${one.field}`) }) } : { field: `wanted-${one.clause}`, message: t('fill.needs', { what: say(clauseOf(claim, one.clause)?.text) }) })));
  };
  const left = claim.wanted.filter((one) => one.required && !one.provided).length;
  const lacks = (field: DraftField) => attempt > 0 && REQUIRED.includes(field) && drafting.draft[field].trim() === '';
  return (
    <>
      <ErrorSummary attempt={attempt} mistakes={mistakes} />
      {claim.wanted.length === 0 ? null : (
        <section className="panel claim-part" aria-labelledby="wanted">
          <div className="panel-h">
            <h2 id="wanted">{t('fill.materials')}</h2>
            <span className="small muted">{left === 0 ? t('fill.noneLeft') : t('fill.left', { count: left })}</span>
          </div>
          <ul className="wanted">
            {claim.wanted.map((wanted) => (
              <WantedOf key={wanted.clause} claim={claim} wanted={wanted} drafting={drafting} lacks={attempt > 0 && wanted.required && !wanted.provided} />
            ))}
          </ul>
        </section>
      )}
      <section className="panel claim-part" aria-labelledby="account">
        <div className="panel-h">
          <h2 id="account">{t('fill.account')}</h2>
          <span className="small muted">{t('fill.accountNote')}</span>
        </div>
        <div className="fill-grid">
          {PAYEE.map((field) => (
            <TextField key={field} id={`claim-${field}`} label={t(`field.${field}`)} value={drafting.draft[field]} onValue={(value) => drafting.set(field, value)} wrong={lacks(field) ? t('fill.needs', { what: t(`field.${field}`) }) : undefined} maxLength={field === 'payee_account' ? 40 : 120} inputMode={field === 'payee_account' ? 'numeric' : undefined} autoComplete="off" />
          ))}
          <div className="field wide">
            <label htmlFor="claim-note">{t('field.note')}</label>
            <textarea id="claim-note" className="input" rows={3} maxLength={1000} value={drafting.draft.note} onChange={(event) => drafting.set('note', event.target.value)} />
          </div>
        </div>
        <Sending claim={claim} flow={flow} drafting={drafting} ready={missing.length === 0} onTry={tried} />
      </section>
    </>
  );
}

interface SendingProps {
  readonly claim: Claim;
  readonly flow: FlowView;
  readonly drafting: Drafting;
  readonly ready: boolean;
  readonly onTry: () => void;
}

function Sending({ claim, flow, drafting, ready, onTry }: SendingProps) {
  const { t } = useTranslation('claims');
  const say = useSay();
  const moved = useMoved();
  const reload = useReload(claim.id);
  const [asking, setAsking] = useState(false);
  const command = flow.commands.find((one) => SENDING.includes(one.name));
  const send = useMutation({
    mutationFn: async (name: string) => {
      const saved = await drafting.flush();
      return request<unknown>('POST', `/records/claim/${encodeURIComponent(claim.id)}/commands/${name}`, { body: { inputs: {} }, version: saved.version, intent: intent() });
    },
    onSettled: () => {
      setAsking(false);
      reload();
      return moved('claim', claim.id);
    },
  });
  // What the server would refuse for a gap that is filled here is asked for by name instead; what it said of an earlier version no longer counts.
  const told = drafting.saving === 'saved' && flow.version >= claim.version;
  const refused = command !== undefined && !command.allowed && ready && told ? command.why : null;
  const press = () => {
    onTry();
    if (!ready || !command) return;
    if (command.confirm === null) send.mutate(command.name);
    else setAsking(true);
  };
  const error = send.error ?? (drafting.saving === 'failed' ? drafting.error : null);
  return (
    <div className="claim-foot">
      {error ? <ErrorNote error={error} onRetry={send.error ? undefined : () => void drafting.flush().catch(() => undefined)} /> : null}
      {command ? (
        <Button look="primary" size="lg" busy={send.isPending} {...(refused === null ? {} : { refusedBy: 'send-why' })} onClick={press}>
          {say(command.label)}
        </Button>
      ) : null}
      <span className="small soft" role="status">
        {drafting.saving === 'saved' ? <Icon name="check" /> : null} {t(`fill.saving.${drafting.saving}`)}
      </span>
      {refused === null ? null : (
        <span className="small soft" id="send-why">
          {say(refused)}
        </span>
      )}
      {asking && command && command.confirm !== null ? <Confirm title={say(command.confirm)} action={say(command.label)} busy={send.isPending} onYes={() => send.mutate(command.name)} onNo={() => setAsking(false)} /> : null}
    </div>
  );
}
