/** What the author must know above everything: not saved and why, somebody else saved first, recovered, taken away. */
import { useTranslation } from 'react-i18next';
import { logTime } from '@/lib/dates';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { useSay } from '@/kit/language';
import { useDesk } from './context';
import { differing } from './document';
import { whole } from './document';

export function Notices() {
  const { t } = useTranslation('authoring');
  const { editor, state } = useDesk();
  const { save, recovered, removed, theirs } = state;
  return (
    <>
      {save.is === 'refused' ? (
        <div className="notice-in">
          <ErrorNote error={save.error} onRetry={() => void editor.flush()} />
        </div>
      ) : null}
      {theirs ? <Stale /> : null}
      {recovered && !theirs ? (
        <div className="notice-in panel line-note" role="status">
          <span>{t('recovered.text')}</span>
          <Button size="sm" onClick={() => editor.acceptRecovered()}>{t('recovered.keep')}</Button>
          <Button size="sm" look="quiet" onClick={() => editor.dropRecovered()}>{t('recovered.drop')}</Button>
        </div>
      ) : null}
      {removed ? (
        <div className="notice-in panel line-note" role="status">
          <span>{removed.label === '' ? t('removed.mine') : t('removed.text', { label: removed.label })}</span>
          <Button size="sm" onClick={() => editor.undoRemoval()}>{t('removed.undo')}</Button>
          <Button size="sm" look="quiet" onClick={() => editor.forgetRemoval()}>{t('removed.fine')}</Button>
        </div>
      ) : null}
    </>
  );
}

/** Two people wrote: both versions are there, and nothing is lost whichever is taken. */
function Stale() {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { editor, state } = useDesk();
  const { theirs, doc } = state;
  if (!theirs) return null;
  const other = whole(theirs.content);
  const parts = differing(doc, other);
  const named = (part: string): string => {
    const [kind = '', key = ''] = part.split(':');
    if (kind === 'clause') {
      const clause = [...doc.clauses, ...other.clauses].find((one) => one.key === key);
      return clause?.article || say(clause?.text).slice(0, 16) || key;
    }
    if (kind === 'item') return say([...doc.items, ...other.items].find((one) => one.key === key)?.label) || key;
    if (kind === 'case') return say([...doc.cases, ...other.cases].find((one) => one.key === key)?.label) || key;
    return kind === 'money' ? t('items.money') : t('dates.title');
  };
  return (
    <section className="notice-in panel stale-note" aria-labelledby="stale">
      <h2 id="stale">{t('stale.title')}</h2>
      <p className="soft">{t('stale.text', { who: theirs.saved_by ?? theirs.author ?? '', when: theirs.saved_at === null ? '' : logTime(theirs.saved_at) })}</p>
      {parts.length > 0 ? <p className="small">{t('stale.parts', { parts: parts.map(named).join(t('joiner')) })}</p> : null}
      <div className="row wrap-row">
        <Button look="primary" onClick={() => editor.settle('mine')}>{t('stale.mine')}</Button>
        <Button onClick={() => editor.settle('theirs')}>{t('stale.theirs')}</Button>
      </div>
      <p className="tiny muted">{t('stale.safe')}</p>
    </section>
  );
}
