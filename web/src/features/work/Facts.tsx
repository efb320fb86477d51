/** The plain fields of a record by the model's groups; each fact with who said so and when. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useModel } from '@/api/hooks';
import type { FactNote, FieldModel, FullRecord, RecordModel, Value } from '@/api/types';
import { amount } from '@/lib/money';
import { say as sayIn } from '@/lib/text';
import { useWords, type ValueWords } from '@/blocks/values';
import { useLang, useSay } from '@/kit/language';

export interface FieldGroup {
  readonly name: string;
  readonly fields: readonly FieldModel[];
}

/** Fields in the model's groups, in its order; those without a group come first, empty groups are left out. */
export function grouped(model: RecordModel, keep: (field: FieldModel) => boolean): readonly FieldGroup[] {
  const known = new Set(model.groups.map((group) => group.name));
  const of = (field: FieldModel) => (field.group !== null && known.has(field.group) ? field.group : '');
  return ['', ...model.groups.map((group) => group.name)]
    .map((name) => ({ name, fields: model.fields.filter((field) => of(field) === name && keep(field)) }))
    .filter((group) => group.fields.length > 0);
}

function missing(value: Value | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

export function Facts({ model, record }: { readonly model: RecordModel; readonly record: FullRecord }) {
  const { t } = useTranslation('work');
  const say = useSay();
  const words = useWords(model.name);
  return (
    <>
      {grouped(model, (field) => !field.yearly).map((group) => (
        <section key={group.name} className="panel" aria-labelledby={`group-${group.name}`}>
          <div className="panel-h">
            <h2 id={`group-${group.name}`}>{say(model.groups.find((one) => one.name === group.name)?.label) || t('detail.facts')}</h2>
          </div>
          <dl className="facts">
            {group.fields.map((field) => (
              <div key={field.name} className={field.type === 'rule' ? 'wide' : undefined}>
                <dt title={field.help === null ? undefined : say(field.help)}>{words.label(field.name)}</dt>
                <dd>
                  <Shown field={field} value={record.values[field.name]} record={record} words={words} />
                </dd>
                <dd className="src">
                  <Source note={record.facts[field.name]} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

interface ShownProps {
  readonly field: FieldModel;
  readonly value: Value | undefined;
  readonly record: FullRecord;
  readonly words: ValueWords;
}

function Shown({ field, value, record, words }: ShownProps) {
  const { t } = useTranslation();
  const lang = useLang();
  if (missing(value)) return <span className="muted">{t('missing')}</span>;
  const band = record.facts[field.name]?.band;
  const said = band ? t('chosenRange', { band: sayIn(band, lang) }) : words.value(field.name, value, record.titles);
  if (field.type === 'rule' && typeof value === 'string') return <pre className="mono rule">{value}</pre>;
  if (field.type === 'money' && typeof value === 'number') return <span title={amount(value, lang).exact}>{said}</span>;
  if (field.type === 'ref' && typeof value === 'string' && field.record !== null) return <Link href={`/work/${field.record}/${value}`}>{said}</Link>;
  if (field.type === 'text' && /^https?:\/\/\S+$/.test(said)) {
    return (
      <a href={said} target="_blank" rel="noreferrer">
        {said}
      </a>
    );
  }
  return <>{said}</>;
}

/** Who said so, of when, and whether another source disagrees. */
export function Source({ note }: { readonly note: FactNote | undefined }) {
  const { t } = useTranslation('work');
  const say = useSay();
  const sources = useModel().data?.sources;
  if (!note) return null;
  return (
    <>
      {say(sources?.find((one) => one.name === note.source)?.label) || note.source}
      {note.as_of === null ? '' : ` ${note.as_of}`}
      {note.stale ? (
        <span className="tag" title={t('detail.staleWhy')}>
          {t('detail.stale')}
        </span>
      ) : null}
      {note.contested ? (
        <span className="tag" title={t('detail.contestedWhy')}>
          {t('detail.contested')}
        </span>
      ) : null}
    </>
  );
}
