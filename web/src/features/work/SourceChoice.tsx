/** Which source the changed facts come from; by default each keeps the one it has. */
import { useTranslation } from 'react-i18next';
import { useModel } from '@/api/hooks';
import type { FullRecord } from '@/api/types';
import { useSay } from '@/kit/language';
import { sourcesNow } from './source';

interface Props {
  readonly record: FullRecord;
  readonly changed: readonly string[];
  readonly source: string;
  readonly onSource: (source: string) => void;
}

export function SourceChoice({ record, changed, source, onSource }: Props) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const say = useSay();
  const sources = useModel().data?.sources ?? [];
  const label = (name: string) => say(sources.find((one) => one.name === name)?.label) || name;
  const now = sourcesNow(record, changed).map(label);
  if (sources.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="form-source">
      <div className="panel-h">
        <h2 id="form-source">{t('source.title')}</h2>
      </div>
      <div className="form-grid">
        <div className="field">
          <label htmlFor="f-source-of">{t('source.label')}</label>
          <select id="f-source-of" className="input" value={source} aria-describedby="f-source-of-hint" onChange={(event) => onSource(event.target.value)}>
            <option value="">{t('source.same')}</option>
            {sources.map((one) => (
              <option key={one.name} value={one.name}>
                {say(one.label)}
              </option>
            ))}
          </select>
          <span className="hint" id="f-source-of-hint">
            {source !== '' ? t('source.hintNamed') : now.length === 0 ? t('source.hintSame') : t('source.hintSameAs', { sources: now.join(common('comma')) })}
          </span>
        </div>
      </div>
    </section>
  );
}
