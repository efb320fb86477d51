/** Where a case is, in whose hands, and by when: three cells under its heading; the lamp says it in a word. */
import { useTranslation } from 'react-i18next';
import type { FlowView, LampColour } from '@/api/flow';
import { dayInWords } from '@/lib/dates';
import { useSession } from '@/api/hooks';
import { Lamp, type LampState } from '@/kit/Lamp';
import { useLang, useSay } from '@/kit/language';
import './flow.css';

/** What the server calls a colour, as the lamp shows it. */
export const LAMPS: Readonly<Record<LampColour, LampState>> = { red: 'red', amber: 'yellow', green: 'green', paused: 'paused', done: 'stopped' };

export function FlowLamp({ lamp }: { readonly lamp: FlowView['lamp'] }) {
  const say = useSay();
  return <Lamp state={LAMPS[lamp.colour]} word={say(lamp.words)} />;
}

/** Who holds it, in words. */
export function useHolder(): (holder: FlowView['holder']) => string {
  const { t } = useTranslation();
  const say = useSay();
  return (holder) => {
    if (holder.kind === 'nobody') return t('flow.nobody');
    if (holder.kind === 'role') return t('flow.pool', { role: say(holder.role_label) });
    return holder.mine ? t('flow.mine') : (holder.name ?? say(holder.role_label));
  };
}

export function CaseStrip({ flow }: { readonly flow: FlowView }) {
  const { t } = useTranslation();
  const say = useSay();
  const lang = useLang();
  const holder = useHolder();
  const today = useSession().data?.installation.as_of;
  return (
    <dl className="panel case-strip">
      <div>
        <dt>{t('flow.where')}</dt>
        <dd>{say(flow.state_label)}</dd>
        <dd className="note">{say(flow.next)}</dd>
      </div>
      <div>
        <dt>{t('flow.who')}</dt>
        <dd>{holder(flow.holder)}</dd>
        {flow.holder.kind === 'account' && say(flow.holder.role_label) !== '' ? <dd className="note">{say(flow.holder.role_label)}</dd> : null}
      </div>
      <div>
        <dt>{t('flow.due')}</dt>
        <dd>{flow.promised === null ? t('flow.noDue') : dayInWords(flow.promised, lang, today)}</dd>
        <dd className="note">
          <FlowLamp lamp={flow.lamp} />
          {flow.provisional ? <span className="muted"> {t('flow.provisional')}</span> : null}
        </dd>
      </div>
    </dl>
  );
}
