/** Whether what is typed is kept: when, or why not. */
import { useTranslation } from 'react-i18next';
import { clockOf, dayOf } from '@/lib/dates';
import { useDesk } from './context';

export function SaveLine() {
  const { t } = useTranslation('authoring');
  const { state, editable } = useDesk();
  const { save, version, unfinished } = state;
  if (!editable) return <span className="st">{t('readOnly')}</span>;
  const base = version.base === null ? '' : t('against', { number: version.base });
  const at = save.is === 'saved' ? save.at : null;
  const words =
    save.is === 'saved'
      ? unfinished.length > 0
        ? t('save.unfinished')
        : at === null
          ? t('save.saved')
          : t('save.savedAt', { time: clockOf(at), day: dayOf(at) })
      : t(`save.${save.is}`);
  return (
    <span className={save.is === 'refused' || save.is === 'stale' ? 'st bad' : 'st'} role="status">
      {words}
      {base === '' ? '' : <span className="base">{base}</span>}
    </span>
  );
}
