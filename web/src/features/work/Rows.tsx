/** Rows of a list: a dense table at a desk, cards on a phone. */
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FieldModel, Item, RecordModel, Titles } from '@/api/types';
import { useWords, type ValueWords } from '@/blocks/values';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { direction, nextSort, shownColumns, sortable, type ListState } from './list';
import { useNarrow } from './useNarrow';

interface Props {
  readonly model: RecordModel;
  readonly state: ListState;
  readonly items: readonly Item[];
  readonly titles: Titles;
  readonly onState: (state: ListState) => void;
}

export function isFigure(field: FieldModel): boolean {
  return ['int', 'money', 'area', 'percent', 'number'].includes(field.type);
}

export function Rows(props: Props) {
  const narrow = useNarrow();
  const columns = shownColumns(props.model, props.state);
  const words = useWords(props.model.name, columns.map((field) => field.name));
  return narrow ? <Cards {...props} columns={columns} words={words} /> : <Table {...props} columns={columns} words={words} />;
}

interface DrawnProps extends Props {
  readonly columns: readonly FieldModel[];
  readonly words: ValueWords;
}

/** What names a row: its title, else its id. */
function useNamed(): (item: Item) => string {
  const say = useSay();
  return (item) => say(item.title) || item.id;
}

function Table({ model, state, items, titles, columns, words, onState }: DrawnProps) {
  const named = useNamed();
  return (
    <div className="scroll-x" tabIndex={-1}>
      <table className="tb list-table">
        <thead>
          <tr>
            {columns.map((field) => (
              <Head key={field.name} model={model} state={state} field={field} onState={onState} label={words.label(field.name)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              {columns.map((field, at) =>
                at === 0 ? (
                  <th scope="row" key={field.name}>
                    <Link href={`/work/${model.name}/${item.id}`} data-row="">
                      {named(item)}
                    </Link>
                  </th>
                ) : (
                  <td key={field.name} className={isFigure(field) ? 'r nw' : undefined}>
                    <Cell item={item} field={field} words={words} titles={titles} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ item, field, words, titles }: { readonly item: Item; readonly field: FieldModel; readonly words: ValueWords; readonly titles: Titles }) {
  const { t } = useTranslation();
  const value = item.values[field.name];
  if (value === null || value === undefined || value === '') return <span className="muted">{t('missing')}</span>;
  return <>{words.value(field.name, value, titles)}</>;
}

interface HeadProps {
  readonly model: RecordModel;
  readonly state: ListState;
  readonly field: FieldModel;
  readonly label: string;
  readonly onState: (state: ListState) => void;
}

function Head({ model, state, field, label, onState }: HeadProps) {
  const side = isFigure(field) ? 'r' : undefined;
  if (!sortable(model, field.name)) {
    return (
      <th scope="col" className={side}>
        {label}
      </th>
    );
  }
  const now = direction(state, model, field.name);
  return (
    <th scope="col" className={side} aria-sort={now === '' ? 'none' : now}>
      <button type="button" className={now === '' ? 'sort' : 'sort on'} onClick={() => onState(nextSort(state, model, field.name))}>
        {label}
        <Icon name="down" className={now === 'ascending' ? 'up' : ''} />
      </button>
    </th>
  );
}

function Cards({ model, items, titles, columns, words }: DrawnProps) {
  const named = useNamed();
  return (
    <ul className="list-cards">
      {items.map((item) => (
        <li key={item.id}>
          <Link href={`/work/${model.name}/${item.id}`} data-row="" className="card-title">
            {named(item)}
          </Link>
          <dl className="kv">
            {columns.slice(1).map((field) => {
              const value = item.values[field.name];
              return value === null || value === undefined || value === '' ? null : (
                <div key={field.name}>
                  <dt>{words.label(field.name)}</dt>
                  <dd>{words.value(field.name, value, titles)}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}
