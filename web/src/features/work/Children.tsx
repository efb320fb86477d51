/** A record's children, a table per record type, in the columns the model gives them. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FullRecord, Item, RecordModel } from '@/api/types';
import { useModel } from '@/api/hooks';
import { useWords } from '@/blocks/values';
import { number } from '@/lib/numbers';
import { useSay } from '@/kit/language';
import { parentField } from './children';
import { fieldsNamed } from './list';
import { isFigure } from './Rows';

export function Children({ record, names }: { readonly record: FullRecord; readonly names: readonly string[] }) {
  const models = useModel().data?.records ?? [];
  return (
    <>
      {models
        .filter((model) => names.includes(model.name))
        .map((model) => (
          <ChildTable key={model.name} model={model} parent={record} items={record.children[model.name] ?? []} />
        ))}
    </>
  );
}

function ChildTable({ model, parent, items }: { readonly model: RecordModel; readonly parent: FullRecord; readonly items: readonly Item[] }) {
  const { t } = useTranslation('work');
  const common = useTranslation().t;
  const say = useSay();
  const words = useWords(model.name, model.columns);
  const up = parentField(model, parent.record);
  const columns = fieldsNamed(model, model.columns.filter((name) => name !== up));
  const id = `child-${model.name}`;
  const linked = columns.some((field) => field.name === model.title) ? model.title : columns[0]?.name;
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-h">
        <h2 id={id}>{say(model.label)}</h2>
        <span className="muted small">{number(items.length)}</span>
      </div>
      {items.length === 0 ? (
        <p className="pad-x muted">{t('detail.noChildren')}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="group" aria-labelledby={id}>
          <table className="tb">
            <thead>
              <tr>
                {columns.map((field) => (
                  <th scope="col" key={field.name} className={isFigure(field) ? 'r' : undefined}>
                    {words.label(field.name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  {columns.map((field) => {
                    const value = item.values[field.name];
                    const said = value === null || value === undefined ? common('missing') : words.value(field.name, value, parent.titles);
                    return (
                      <td key={field.name} className={isFigure(field) ? 'r nw' : undefined}>
                        {field.name === linked ? <Link href={`/work/${model.name}/${item.id}`}>{said}</Link> : said}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
