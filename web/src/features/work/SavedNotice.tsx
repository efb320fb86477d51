/** After a save: says so, and takes the change back as long as nobody has gone on from it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '@/api/client';
import { keys } from '@/api/keys';
import type { FullRecord, RecordModel } from '@/api/types';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { splitKey } from './form';
import { settle } from './settle';
import { noteSaved, savedOf } from './undo';

export function SavedNotice({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const say = useSay();
  const queries = useQueryClient();
  const saved = savedOf(record.record, record.id, record.version);
  const [undone, setUndone] = useState(0);
  const back = useMutation({
    mutationFn: () =>
      request<FullRecord>('PATCH', `/records/${model.name}/${encodeURIComponent(record.id)}`, { body: saved?.before ?? {}, version: record.version }),
    onSuccess: (after) => {
      noteSaved(null);
      setUndone(after.version);
      settle(queries, after);
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.record(record.record, record.id) }),
  });
  if (back.error) return <ErrorNote error={back.error} />;
  if (undone === record.version) {
    return (
      <p className="good notice" role="status">
        {t('saved.undone')}
      </p>
    );
  }
  if (!saved) return null;
  const kept = saved.outranked.map((key) => {
    const { field, year } = splitKey(key);
    const label = say(model.fields.find((one) => one.name === field)?.label) || field;
    return year === '' ? label : `${year} ${label}`;
  });
  return (
    <div className="good notice" role="status">
      <div>
        <b>{saved.created ? t('saved.created') : t('saved.updated')}</b>
        {kept.length === 0 ? null : <p className="small">{t('saved.outranked', { labels: kept.join(common('comma')) })}</p>}
      </div>
      {saved.created ? null : (
        <Button size="sm" busy={back.isPending} onClick={() => back.mutate()}>
          <Icon name="undo" />
          {t('saved.undo')}
        </Button>
      )}
    </div>
  );
}
