/** Documents of a record: whoever sees it reads them, whoever may change it adds and removes them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, intent, request, send } from '@/api/client';
import type { FullRecord } from '@/api/types';
import { Loaded } from '@/blocks/Loaded';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { FileInput } from '@/kit/FileInput';

interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly created_at: string;
}

export function Attachments({ record }: { readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const queries = useQueryClient();
  const path = `/records/${record.record}/${record.id}/files`;
  const key = ['files', record.record, record.id];
  const files = useQuery({ queryKey: key, queryFn: ({ signal }) => get<readonly Attachment[]>(path, undefined, signal) });
  const again = () => void queries.invalidateQueries({ queryKey: key });
  const add = useMutation({ mutationFn: (file: File) => request<Attachment>('POST', path, { query: { name: file.name }, file, intent: intent() }), onSuccess: again });
  const remove = useMutation({ mutationFn: (id: string) => send('DELETE', `${path}/${id}`), onSuccess: again });
  const error = add.error ?? remove.error;
  return (
    <section className="panel" aria-labelledby="attachments">
      <div className="panel-h">
        <h2 id="attachments">{t('attachments.title')}</h2>
      </div>
      <div className="pad">
        <Loaded of={files}>
          {(found) =>
            found.length === 0 ? (
              <p className="muted small">{t('attachments.none')}</p>
            ) : (
              <ul className="recent">
                {found.map((one) => (
                  <li key={one.id}>
                    <a href={`/api${path}/${one.id}`} download={one.name}>
                      {one.name}
                    </a>
                    <span className="muted small">{t('attachments.size', { kb: Math.ceil(one.size / 1024) })}</span>
                    {record.can.update.allowed ? (
                      <Button size="sm" look="quiet" busy={remove.isPending && remove.variables === one.id} aria-label={t('attachments.removeOf', { name: one.name })} onClick={() => remove.mutate(one.id)}>
                        {t('attachments.remove')}
                      </Button>
                    ) : null}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {record.can.update.allowed ? (
          <div className="field">
            <label htmlFor="attachment">{t('attachments.add')}</label>
            <FileInput id="attachment" describedBy="attachment-hint" disabled={add.isPending} onChoose={(file) => { if (file) add.mutate(file); }} />
            <span className="hint" id="attachment-hint">
              {t('attachments.hint')}
            </span>
          </div>
        ) : null}
        {error ? <ErrorNote error={error} /> : null}
      </div>
    </section>
  );
}
