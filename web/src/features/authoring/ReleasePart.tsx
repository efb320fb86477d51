/** From draft to in force: who did what, what is missing, what comes next; approving is another person's. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command, VersionState } from '@/api/authoring';
import { useSession } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { dayOf, logTime } from '@/lib/dates';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { useDesk } from './context';
import { TextIn } from './fields';
import { keys, orderVersion } from './queries';
import { Withdraw } from './Withdraw';
import type { PartKey } from './EditorPage';

const LINE: readonly VersionState[] = ['draft', 'checked', 'scheduled', 'in_force'];

export function ReleasePart({ onPart }: { readonly onPart: (part: PartKey) => void }) {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  const { version } = state;
  return (
    <div className="mid stack">
      <section className="panel item" aria-labelledby="rel-h">
        <div className="item-h"><h2 id="rel-h">{t('release.title')}</h2></div>
        <StateLine />
        <dl className="kv left">
          <dt>{t('release.author')}</dt><dd>{version.author ?? t('release.nobody')}</dd>
          <dt>{t('release.saved')}</dt><dd>{version.saved_at === null ? t('release.notYet') : `${version.saved_by ?? ''} ${logTime(version.saved_at)}`}</dd>
          <dt>{t('release.checkedBy')}</dt><dd>{version.checked_by ?? t('release.notYet')}</dd>
          <dt>{t('release.approvedBy')}</dt><dd>{version.approved_by ?? t('release.notYet')}</dd>
          {version.effective_from === null ? null : <><dt>{t('release.from')}</dt><dd>{dayOf(version.effective_from)}</dd></>}
          {version.effective_to === null ? null : <><dt>{t('release.to')}</dt><dd>{dayOf(version.effective_to)}</dd></>}
          {version.note === null || version.note === '' ? null : <><dt>{t('release.note')}</dt><dd>{version.note}</dd></>}
        </dl>
      </section>
      {version.state === 'draft' ? <Gate onPart={onPart} /> : null}
      <Actions />
    </div>
  );
}

function StateLine() {
  const { t } = useTranslation('authoring');
  const { state } = useDesk();
  const now = state.version.state;
  const at = LINE.indexOf(now);
  if (at < 0) return <p className="tag on">{t(`state.${now}`)}</p>;
  return (
    <ol className="state-line" aria-label={t('release.line')}>
      {LINE.map((one, place) => (
        <li key={one} className={place < at ? 'done' : place === at ? 'now' : ''} aria-current={place === at ? 'step' : undefined}>
          {place < at ? <Icon name="check" /> : <i aria-hidden="true" />}
          {t(`state.${one}`)}
        </li>
      ))}
    </ol>
  );
}

/** What the check asks for; each line leads to where it is mended. */
function Gate({ onPart }: { readonly onPart: (part: PartKey) => void }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { state } = useDesk();
  const missing = state.trial?.missing;
  return (
    <section className="panel item" aria-labelledby="gate-h">
      <div className="item-h"><h2 id="gate-h">{t('gate.title')}</h2></div>
      {missing === undefined ? <p className="soft">{t('gate.asking')}</p> : missing.length === 0 ? (
        <p className="gate-ok"><Icon name="check" />{t('gate.nothing')}</p>
      ) : (
        <ul className="gate">
          {missing.map((one) => <li key={one.zh}>{say(one)}</li>)}
        </ul>
      )}
      {missing && missing.length > 0 ? (
        <div className="row wrap-row">
          <Button size="sm" onClick={() => onPart('clauses')}>{t('parts.clauses')}</Button>
          <Button size="sm" onClick={() => onPart('items')}>{t('parts.items')}</Button>
          <Button size="sm" onClick={() => onPart('cases')}>{t('parts.cases')}</Button>
        </div>
      ) : null}
    </section>
  );
}

const OFFERED: Readonly<Partial<Record<VersionState, readonly Command[]>>> = {
  draft: ['check', 'discard'], checked: ['approve', 'return', 'discard'], scheduled: ['return', 'discard'], in_force: ['withdraw'],
};

function Actions() {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const queries = useQueryClient();
  const today = useSession().data?.installation.as_of ?? '';
  const { editor, state } = useDesk();
  const { version } = state;
  const [note, setNote] = useState('');
  const [from, setFrom] = useState('');
  const [asking, setAsking] = useState<Command | null>(null);
  const order = useMutation({
    mutationFn: async (command: Command) => {
      // What was typed is part of what is decided about.
      if (!(await editor.flush())) throw new Error('unsaved');
      const { policy, number, revision } = editor.get().version;
      return orderVersion(policy.id, number, command, revision, { ...(note.trim() === '' ? {} : { note: note.trim() }), ...(command === 'approve' && from !== '' ? { effective_from: from } : {}) });
    },
    onSuccess: (after) => {
      editor.replace(after);
      setNote('');
      setAsking(null);
      for (const key of [keys.all, keys.versions(after.policy.id), ['records', 'policy'], ['record', 'policy', after.policy.id]]) void queries.invalidateQueries({ queryKey: key });
    },
    onError: () => setAsking(null),
  });
  const commands = OFFERED[version.state] ?? [];
  if (commands.length === 0) return <p className="soft">{t(`release.over.${version.state === 'superseded' ? 'superseded' : version.state === 'withdrawn' ? 'withdrawn' : 'discarded'}`)}</p>;
  const press = (command: Command) => (command === 'withdraw' || command === 'discard' ? setAsking(command) : order.mutate(command));
  return (
    <section className="panel item" aria-labelledby="act-h">
      <div className="item-h"><h2 id="act-h">{t('release.next')}</h2></div>
      {version.state === 'checked' ? <div className="grid2"><TextIn label={t('release.effective')} type="date" value={from} onText={setFrom} /><p className="small soft end">{from !== '' && from > today ? t('release.later', { day: from }) : t('release.now')}</p></div> : null}
      <TextIn label={t('release.noteFor')} value={note} onText={setNote} />
      {order.error && (isProblem(order.error) || !(order.error instanceof Error && order.error.message === 'unsaved')) ? <ErrorNote error={order.error} /> : null}
      <ul className="acts">
        {commands.map((command, place) => {
          const may = version.can[command];
          // The draft's own permission is as of the last save; what is missing now is what the trial says.
          const open = command === 'check' && version.state === 'draft' ? (state.trial ? state.trial.missing.length === 0 && state.unfinished.length === 0 : may.allowed) : may.allowed;
          const why = command === 'check' && !open ? t('gate.first') : may.allowed ? '' : say(may.reason);
          return (
            <li key={command}>
              <Button look={place === 0 && open && command !== 'withdraw' ? 'primary' : 'plain'} busy={order.isPending && order.variables === command} onClick={() => press(command)} {...(open ? {} : { refusedBy: `why-${command}` })}>{t(`command.${command}`)}</Button>
              {open ? <span className="small soft">{t(`commandNote.${command}`)}</span> : <span className="small refused" id={`why-${command}`}><Icon name="lock" />{why}</span>}
            </li>
          );
        })}
      </ul>
      {asking === 'withdraw' || asking === 'discard' ? <Withdraw command={asking} busy={order.isPending} onNo={() => setAsking(null)} onYes={() => order.mutate(asking)} /> : null}
    </section>
  );
}
