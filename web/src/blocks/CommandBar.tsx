/**
 * What may be done with a case, at one place: the first allowed command leads, those not allowed are greyed with the reason.
 * A command that takes words or an amount opens a form under its button; one that is hard to take back asks first. What is
 * typed stays until the server has accepted; what it finds wrong stands under its field.
 */
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useColleagues, useCommand, useDelegate, type FlowCommand, type FlowView } from '@/api/flow';
import { fenFromWan } from '@/lib/money';
import { Button } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import './flow.css';

interface Props {
  readonly flow: FlowView;
  /** Commands that the page offers itself. */
  readonly without?: readonly string[];
  readonly onDone?: (command: string) => void;
}

const NONE: readonly string[] = [];
const GIVING_UP: readonly string[] = ['withdraw', 'decline', 'cancel', 'refuse', 'waive'];

export function CommandBar({ flow, without = NONE, onDone }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const [done, setDone] = useState('');
  const offered = flow.commands.filter((one) => !without.includes(one.name)).sort((a, b) => Number(b.allowed) - Number(a.allowed));
  // The page's own command leads where it has one; giving up never does.
  const elsewhere = flow.commands.some((one) => one.allowed && without.includes(one.name));
  const first = elsewhere ? undefined : offered.find((one) => one.allowed && !GIVING_UP.includes(one.name))?.name;
  return (
    <section className="panel command-bar" aria-labelledby="commands">
      <h2 id="commands">{t('flow.commands')}</h2>
      {offered.length === 0 ? <p className="small soft">{t('flow.nothing')}</p> : null}
      {offered.map((command) => (
        <One
          key={`${command.name} ${flow.version}`} flow={flow} command={command} lead={command.name === first}
          onDone={() => {
            setDone(say(command.label));
            onDone?.(command.name);
          }}
        />
      ))}
      {flow.may_delegate.allowed ? <Delegate key={`delegate ${flow.version}`} flow={flow} /> : null}
      <p className="sr" role="status">
        {done === '' ? '' : t('flow.done', { command: done })}
      </p>
    </section>
  );
}

const INPUTS = ['reason', 'question', 'reply', 'note', 'amount'] as const;
type Input = (typeof INPUTS)[number];

/** What a command takes besides what it needs: an approval may grant less, or must say how much of a ceiling. */
const MORE: Readonly<Record<string, readonly Input[]>> = { 'claim.approve': ['amount', 'reason'], 'claim.recommend': ['note'] };

/** As it is sent: money is typed in 万元 and sent in fen; null of what is no amount. */
export function inputOf(name: string, typed: string): string | null {
  const text = typed.trim();
  if (name !== 'amount') return text;
  const wan = Number(text.replace(/[,，\s]/g, ''));
  return Number.isFinite(wan) && wan >= 0 ? String(fenFromWan(wan)) : null;
}

function One({ flow, command, lead, onDone }: { readonly flow: FlowView; readonly command: FlowCommand; readonly lead: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [attempt, setAttempt] = useState(0);
  const order = useCommand(flow, onDone);
  const label = say(command.label);
  const more = (MORE[`${flow.record}.${command.name}`] ?? []).filter((one) => !command.needs.includes(one));
  const takes = [...command.needs, ...more];
  const missing = command.needs.filter((need) => (typed[need] ?? '').trim() === '');
  const given = takes.filter((name) => (typed[name] ?? '').trim() !== '');
  const unread = given.filter((name) => inputOf(name, typed[name] ?? '') === null);
  const send = () => order.mutate({ command: command.name, inputs: Object.fromEntries(given.map((name) => [name, inputOf(name, typed[name] ?? '') ?? ''])) }, { onSettled: () => setAsking(false) });
  const go = () => (command.confirm === null ? send() : setAsking(true));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (missing.length === 0 && unread.length === 0) go();
  };
  const word = (name: string) => {
    const known: Input | undefined = INPUTS.find((one) => one === name);
    return known === undefined ? name : t(`flow.inputs.${known}`);
  };
  const refused = isProblem(order.error) ? order.error.errors : [];
  const wrongOf = (name: string): string | undefined => {
    if (attempt > 0 && missing.includes(name)) return t('flow.needed', { what: word(name) });
    if (attempt > 0 && unread.includes(name)) return t('flow.amountWrong');
    return refused.find((one) => one.field === `inputs.${name}`)?.message;
  };
  const shown = refused.length > 0 && refused.every((one) => takes.some((name) => one.field === `inputs.${name}`));
  return (
    <div className="command">
      <Button block look={lead ? 'primary' : 'plain'} busy={order.isPending} aria-expanded={takes.length > 0 ? open : undefined} {...(command.allowed ? {} : { refusedBy: `${id}-why` })} onClick={() => (takes.length > 0 ? setOpen(!open) : go())}>
        {label}
      </Button>
      {command.allowed ? null : (
        <p className="why small" id={`${id}-why`}>
          <Icon name="lock" />
          <span>{say(command.why)}</span>
        </p>
      )}
      {open ? (
        <form noValidate onSubmit={submit} aria-label={label}>
          {takes.map((name, at) => (
            <Field key={name} id={`${id}-${name}`} amount={name === 'amount'} label={command.needs.includes(name) ? word(name) : t('flow.optional', { what: word(name) })} focus={at === 0} value={typed[name] ?? ''} wrong={wrongOf(name)} onValue={(value) => setTyped({ ...typed, [name]: value })} />
          ))}
          <div className="row wrap-row">
            <Button type="submit" look="primary" size="sm" busy={order.isPending}>
              {label}
            </Button>
            <Button size="sm" onClick={() => setOpen(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : null}
      {order.error && !shown ? <ErrorNote error={order.error} /> : null}
      {asking && command.confirm !== null ? (
        <Confirm title={say(command.confirm)} action={label} busy={order.isPending} onYes={send} onNo={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly amount: boolean;
  readonly focus: boolean;
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onValue: (value: string) => void;
}

function Field({ id, label, amount, focus, value, wrong, onValue }: FieldProps) {
  const { t } = useTranslation();
  const same = { id, className: 'input', autoFocus: focus, value, 'aria-invalid': wrong === undefined ? undefined : true, 'aria-describedby': [amount ? `${id}-hint` : '', wrong === undefined ? '' : `${id}-wrong`].join(' ').trim() || undefined } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {amount ? <input {...same} inputMode="decimal" autoComplete="off" maxLength={20} onChange={(event) => onValue(event.target.value)} /> : <textarea {...same} rows={3} maxLength={4000} onChange={(event) => onValue(event.target.value)} />}
      {amount ? (
        <span className="hint" id={`${id}-hint`}>
          {t('flow.amountHint')}
        </span>
      ) : null}
      {wrong === undefined ? null : (
        <span className="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
    </div>
  );
}

function Delegate({ flow }: { readonly flow: FlowView }) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState('');
  const colleagues = useColleagues(flow.record, flow.id, open);
  const delegate = useDelegate(flow);
  return (
    <div className="command">
      <Button block look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('flow.delegate')}
      </Button>
      {open ? (
        <div className="field">
          <label htmlFor={id}>{t('flow.delegateTo')}</label>
          <select id={id} className="input" value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{colleagues.isPending ? t('loading') : (colleagues.data ?? []).length === 0 ? t('flow.noColleague') : t('choose')}</option>
            {(colleagues.data ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
          <div className="row wrap-row">
            <Button size="sm" look="primary" busy={delegate.isPending} {...(to === '' ? { refusedBy: `${id}-to` } : {})} onClick={() => delegate.mutate(to)}>
              {t('flow.delegate')}
            </Button>
            {to === '' ? (
              <span className="small muted" id={`${id}-to`}>
                {t('flow.delegateWho')}
              </span>
            ) : null}
          </div>
        </div>
      ) : null}
      {colleagues.error || delegate.error ? <ErrorNote error={delegate.error ?? colleagues.error} /> : null}
    </div>
  );
}
