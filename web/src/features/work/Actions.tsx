/** Everything that can be done with a record, at one place; what the reader may not do says why. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '@/api/hooks';
import type { FullRecord, RecordModel } from '@/api/types';
import { Button, ButtonLink } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { parentField } from './children';

export function Actions({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const say = useSay();
  const why = useId();
  const models = useModel().data?.records ?? [];
  const { update } = record.can;
  const path = `/work/${model.name}/${record.id}`;
  const children = models.filter((one) => model.children.includes(one.name) && one.can_create);
  return (
    <section className="panel actions" aria-labelledby="actions">
      <h2 id="actions">{t('detail.actions')}</h2>
      {update.allowed ? (
        <ButtonLink href={`${path}/edit`} look="primary" block>
          <Icon name="edit" />
          {t('detail.edit')}
        </ButtonLink>
      ) : (
        <div>
          <Button block refusedBy={why}>
            {t('detail.edit')}
          </Button>
          <p className="refused small" id={why}>
            <Icon name="lock" />
            {say(update.reason)}
          </p>
        </div>
      )}
      {model.name === 'enterprise' ? (
        <ButtonLink href={`/firms/${record.id}/matches`} block>
          {t('detail.matches')}
        </ButtonLink>
      ) : null}
      {model.name === 'policy' ? (
        <ButtonLink href={`/policies/${record.id}`} block>
          {t('detail.asPublic')}
        </ButtonLink>
      ) : null}
      {children.map((child) => (
        <ButtonLink key={child.name} href={`/work/${child.name}/new?${parentField(child, model.name)}=${record.id}`} block>
          <Icon name="plus" />
          {t('newOf', { label: say(child.label) })}
        </ButtonLink>
      ))}
    </section>
  );
}
