/** Before a policy is withdrawn or a draft given up: what that changes, by name; the title is typed to confirm a withdrawal. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/lib/money';
import { Loaded } from '@/blocks/Loaded';
import { Confirm } from '@/kit/Confirm';
import { useLang, useSay } from '@/kit/language';
import { useDesk } from './context';
import { TextIn } from './fields';
import { useWithdrawal } from './queries';

interface Props {
  readonly command: 'withdraw' | 'discard';
  readonly busy: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Withdraw({ command, busy, onYes, onNo }: Props) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const { state } = useDesk();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const { policy, number } = state.version;
  const impact = useWithdrawal(policy.id, command === 'withdraw');
  const title = say(policy.title);
  if (command === 'discard') {
    return <Confirm title={t('discard.title', { number, title })} action={t('command.discard')} busy={busy} onYes={onYes} onNo={onNo}><p>{t('discard.text')}</p></Confirm>;
  }
  const yes = () => (typed.trim() === title ? onYes() : setWrong(true));
  return (
    <Confirm title={t('withdraw.title', { title })} action={t('command.withdraw')} busy={busy} onYes={yes} onNo={onNo}>
      <Loaded of={impact}>
        {(data) => (
          <>
            <p>{t('withdraw.firms', { count: data.firms })}{data.money_fen === null ? '' : t('withdraw.money', { amount: money(data.money_fen, lang) })}</p>
            {data.names.length > 0 ? <ul className="wd-names">{data.names.slice(0, 8).map((firm) => <li key={firm.id}>{firm.name}</li>)}{data.firms > 8 ? <li className="muted">{t('withdraw.andMore', { count: data.firms - Math.min(8, data.names.length) })}</li> : null}</ul> : null}
            {data.policies.length > 0 ? <p>{t('withdraw.policies', { names: data.policies.map((one) => say(one.title)).join(t('joiner')) })}</p> : null}
          </>
        )}
      </Loaded>
      <TextIn label={t('withdraw.type', { title })} value={typed} onText={(text) => (setTyped(text), setWrong(false))} />
      {wrong ? <p className="wrong-line" role="alert">{t('withdraw.wrong')}</p> : null}
    </Confirm>
  );
}
