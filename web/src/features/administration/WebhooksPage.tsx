/** Other systems that are told what happens here: where, about what, and whether it arrives. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { intent, request, send } from '@/api/client';
import { useSession } from '@/api/hooks';
import { isProblem } from '@/api/problem';
import { logTime } from '@/lib/dates';
import { Loaded } from '@/blocks/Loaded';
import { PageHeading } from '@/blocks/Page';
import { Button } from '@/kit/Button';
import { Confirm } from '@/kit/Confirm';
import { CopyButton } from '@/kit/CopyButton';
import { Empty } from '@/kit/Empty';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { TextField } from '@/kit/TextField';
import { Outbox, StateLamp, TriedNote } from './Outbox';
import { isTarget, OUTGOING, useWebhooks, type Tried, type Webhook, type Webhooks } from './outgoing';
import './administration.css';
import './outgoing.css';

export default function WebhooksPage() {
  const { t } = useTranslation('administration');
  const hooks = useWebhooks();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Webhook | null>(null);
  return (
    <div className="wrap desk-page">
      <div className="desk-head">
        <div>
          <PageHeading title={t('webhooks.title')}>{t('webhooks.title')}</PageHeading>
          <p className="lead">{t('webhooks.lead')}</p>
        </div>
        {adding ? null : (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t('webhooks.add')}
          </Button>
        )}
      </div>
      <div className="outgoing-cols">
        <div className="stack-3">
          {made?.secret === undefined ? null : <Secret of={made} secret={made.secret} onDone={() => setMade(null)} />}
          <Loaded of={hooks}>
            {(data) => (
              <>
                {adding ? (
                  <HookForm
                    of={null} topics={data.topics} onClose={() => setAdding(false)}
                    onSaved={(hook) => {
                      setMade(hook);
                      setAdding(false);
                    }}
                  />
                ) : null}
                {data.items.length === 0 && !adding ? (
                  <section className="panel">
                    <Empty title={t('webhooks.none')} why={t('webhooks.noneWhy')}>
                      <Button onClick={() => setAdding(true)}>{t('webhooks.add')}</Button>
                    </Empty>
                  </section>
                ) : null}
                {data.items.map((hook) => (
                  <Hook key={`${hook.id} ${hook.version}`} of={hook} topics={data.topics} />
                ))}
              </>
            )}
          </Loaded>
        </div>
        <Outbox />
      </div>
    </div>
  );
}

/** Shown once: it is kept sealed and never sent again. */
function Secret({ of, secret, onDone }: { readonly of: Webhook; readonly secret: string; readonly onDone: () => void }) {
  const { t } = useTranslation('administration');
  return (
    <div className="good one-time" role="status">
      <p>{t('webhooks.secret', { url: of.url })}</p>
      <div className="row wrap-row">
        <code id="hook-secret" className="mono secret">
          {secret}
        </code>
        <CopyButton of="hook-secret" />
      </div>
      <p className="small">{t('webhooks.secretOnce')}</p>
      <Button size="sm" onClick={onDone}>
        {t('webhooks.secretDone')}
      </Button>
    </div>
  );
}

function useAfter() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: OUTGOING.webhooks });
    void queries.invalidateQueries({ queryKey: OUTGOING.outbox });
  };
}

function Hook({ of, topics }: { readonly of: Webhook; readonly topics: Webhooks['topics'] }) {
  const { t } = useTranslation('administration');
  const common = useTranslation().t;
  const say = useSay();
  const today = useSession().data?.installation.as_of;
  const after = useAfter();
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const path = `/webhooks/${encodeURIComponent(of.id)}`;
  const trial = useMutation({ mutationFn: () => request<Tried>('POST', `${path}/try`), onSettled: after });
  const change = useMutation({ mutationFn: (active: boolean) => request<Webhook>('PATCH', path, { body: { active }, version: of.version }), onSettled: after });
  const remove = useMutation({ mutationFn: () => send('DELETE', path), onSettled: after });
  if (editing) return <HookForm of={of} topics={topics} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />;
  const error = trial.error ?? change.error ?? remove.error;
  const names = topics.filter((topic) => of.topics.includes(topic.name)).map((topic) => say(topic.label));
  return (
    <section className="panel hook" aria-label={of.url}>
      <div className="between">
        <h2 className="mono">{of.url}</h2>
        {of.active ? null : <span className="tag">{t('webhooks.off')}</span>}
      </div>
      <p className="small soft">{names.length === 0 ? t('webhooks.allTopics') : names.join(common('comma'))}</p>
      <p className="small">
        {of.last === null ? (
          <span className="muted">{t('webhooks.never')}</span>
        ) : (
          <>
            <StateLamp state={of.last.state} /> <span className="muted">{logTime(of.last.at, today)}</span> {say(of.last.error)}
            {of.waiting > 0 ? ` ${t('webhooks.waiting', { count: of.waiting })}` : ''}
          </>
        )}
      </p>
      {error ? <ErrorNote error={error} /> : null}
      {trial.data ? <TriedNote of={trial.data} good={t('webhooks.tried')} /> : null}
      <div className="row wrap-row">
        <Button size="sm" busy={trial.isPending} onClick={() => trial.mutate()}>
          {t('webhooks.try')}
        </Button>
        <Button size="sm" onClick={() => setEditing(true)}>
          {t('webhooks.edit')}
        </Button>
        <Button size="sm" busy={change.isPending} onClick={() => change.mutate(!of.active)}>
          {of.active ? t('webhooks.pause') : t('webhooks.resume')}
        </Button>
        <Button size="sm" look="quiet" onClick={() => setAsking(true)}>
          {t('webhooks.remove')}
        </Button>
      </div>
      {asking ? (
        <Confirm title={t('webhooks.confirm', { url: of.url })} action={t('webhooks.remove')} busy={remove.isPending} onNo={() => setAsking(false)} onYes={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}>
          <p>{t('webhooks.confirmText')}</p>
        </Confirm>
      ) : null}
    </section>
  );
}

interface FormProps {
  readonly of: Webhook | null;
  readonly topics: Webhooks['topics'];
  readonly onSaved: (hook: Webhook) => void;
  readonly onClose: () => void;
}

function HookForm({ of, topics, onSaved, onClose }: FormProps) {
  const { t } = useTranslation('administration');
  const common = useTranslation().t;
  const say = useSay();
  const after = useAfter();
  const id = useId();
  const [key] = useState(intent);
  const [url, setUrl] = useState(of?.url ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(of?.topics ?? []);
  const [wrong, setWrong] = useState('');
  const save = useMutation({
    mutationFn: () =>
      of === null
        ? request<Webhook>('POST', '/webhooks', { body: { url: url.trim(), topics: chosen, active: true }, intent: key })
        : request<Webhook>('PATCH', `/webhooks/${encodeURIComponent(of.id)}`, { body: { url: url.trim(), topics: chosen }, version: of.version }),
    onSuccess: (hook) => {
      after();
      onSaved(hook);
    },
  });
  const theirs = isProblem(save.error) ? save.error.errors.find((one) => one.field === 'url')?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTarget(url)) return setWrong(t('webhooks.needUrl'));
    save.mutate();
  };
  return (
    <form className="panel hook" noValidate onSubmit={submit} aria-label={of === null ? t('webhooks.add') : t('webhooks.edit')}>
      <TextField
        label={t('webhooks.url')} hint={t('webhooks.urlHint')} value={url} wrong={wrong === '' ? theirs : wrong} inputMode="url" autoComplete="off" spellCheck={false} autoFocus
        onValue={(typed) => {
          setUrl(typed);
          setWrong('');
        }}
      />
      <fieldset className="field">
        <legend>{t('webhooks.topics')}</legend>
        {topics.map((topic) => (
          <label key={topic.name} className="tick" htmlFor={`${id}-${topic.name}`}>
            <input id={`${id}-${topic.name}`} type="checkbox" checked={chosen.includes(topic.name)} onChange={() => setChosen(chosen.includes(topic.name) ? chosen.filter((one) => one !== topic.name) : [...chosen, topic.name])} />
            <span>
              {say(topic.label)} <span className="muted small mono">{topic.name}</span>
            </span>
          </label>
        ))}
        <span className="hint">{t('webhooks.topicsHint')}</span>
      </fieldset>
      {save.error && theirs === undefined ? <ErrorNote error={save.error} /> : null}
      <div className="row wrap-row">
        <Button type="submit" look="primary" busy={save.isPending}>
          {of === null ? t('webhooks.create') : t('save')}
        </Button>
        <Button onClick={onClose}>{common('cancel')}</Button>
      </div>
    </form>
  );
}
