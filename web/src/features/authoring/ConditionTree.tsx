/** A condition as people think it: groups, rows of fact, operator and value, child records with their own conditions. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Children, Condition, Quantifier } from '@/api/authoring';
import { Button } from '@/kit/Button';
import { Combobox } from '@/kit/Combobox';
import { Icon } from '@/kit/Icon';
import { useLang, useSay } from '@/kit/language';
import { ConditionRow } from './ConditionRow';
import { useDesk } from './context';
import { OpSelect, Remove } from './fields';
import { append, asGroup, at, change, COMPARES, group, isChildren, isFreeText, isRow, kindOf, move, partsOf, regroup, rowOf, type GroupKind, type Path } from './tree';
import { factOf, factOptions, freeVariable, type Reach } from './words';

interface Props {
  readonly root: Condition | null;
  readonly reach: readonly Reach[];
  readonly onChange: (root: Condition) => void;
}

export function ConditionTree({ root, reach, onChange }: Props) {
  return <Group root={asGroup(root)} path={[]} reach={reach} onChange={onChange} />;
}

interface NodeProps {
  readonly root: Condition;
  readonly path: Path;
  readonly reach: readonly Reach[];
  readonly onChange: (root: Condition) => void;
}

const GROUPS: readonly GroupKind[] = ['all', 'any', 'none', 'at_least'];

function Group({ root, path, reach, onChange, within = false }: NodeProps & { readonly within?: boolean }) {
  const { t } = useTranslation('authoring');
  const node = at(root, path);
  if (!node) return null;
  const kind = kindOf(node) ?? 'all';
  const nested = within || path.length > 0;
  const parts = partsOf(node);
  const least = 'at_least' in node ? node.at_least : 2;
  return (
    <div className={path.length === 0 ? 'grp top' : 'grp'} role="group" aria-label={t(`group.${kind}`, { count: least })}>
      <div className="grp-h">
        <select className="input" aria-label={t('group.label')} value={kind} onChange={(event) => onChange(regroup(root, path, GROUPS.find((one) => one === event.target.value) ?? 'all', least))}>
          {GROUPS.map((one) => <option key={one} value={one}>{t(`group.${one}`, { count: least })}</option>)}
        </select>
        {kind === 'at_least' ? (
          <input className="input few" type="number" min={1} max={Math.max(1, parts.length)} aria-label={t('group.least')} value={least} onChange={(event) => onChange(regroup(root, path, 'at_least', Number(event.target.value)))} />
        ) : null}
        <span className="grow" />
        {path.length > 0 ? <Remove onRemove={() => onChange(change(root, path, () => null))} label={t('group.remove')} /> : null}
      </div>
      {parts.length === 0 ? <p className="soft small empty-group">{t('group.empty')}</p> : null}
      <ul>
        {parts.map((part, place) => (
          <li key={place} className={isRow(part) ? 'rw' : 'nest'}>
            <Part root={root} path={[...path, place]} reach={reach} onChange={onChange} part={part} />
          </li>
        ))}
      </ul>
      <AddPart small={nested && parts.length > 0} reach={reach} onAdd={(part) => onChange(append(root, path, part))} />
    </div>
  );
}

function Part({ part, ...rest }: NodeProps & { readonly part: Condition }) {
  const { t } = useTranslation('authoring');
  const { root, path, reach, onChange } = rest;
  const replace = (next: Condition | null) => onChange(change(root, path, () => next));
  if (isRow(part)) {
    return <ConditionRow row={part} reach={reach} onRow={replace} onRemove={() => replace(null)} onMove={(by) => onChange(move(root, path, by))} onWrap={() => replace(group('any', [part]))} />;
  }
  if (isChildren(part)) return <Records {...rest} node={part} />;
  if (isFreeText(part)) {
    return (
      <div className="free">
        <label><span className="lab">{t('free.label')}</span><textarea className="input mono" rows={2} spellCheck={false} value={part.text} onChange={(event) => replace({ text: event.target.value })} /></label>
        <Remove onRemove={() => replace(null)} label={t('row.remove')} />
      </div>
    );
  }
  return <Group {...rest} />;
}

const QUANTIFIERS = ['exists', 'none', 'all', 'count'] as const;

function Records({ root, path, reach, onChange, node }: NodeProps & { readonly node: Children }) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const { vocabulary } = useDesk();
  const collection = vocabulary.collections.find((one) => one.name === node.children);
  const set = (part: Partial<Children>) => onChange(change(root, path, () => ({ ...node, ...part })));
  const counted = typeof node.quantifier === 'string' ? null : node.quantifier;
  const kind = counted ? 'count' : typeof node.quantifier === 'string' ? node.quantifier : 'exists';
  const choose = (next: string) => {
    const plain: Quantifier = next === 'all' ? 'all' : next === 'none' ? 'none' : 'exists';
    set({ quantifier: next === 'count' ? { count: '>=', value: 2 } : plain });
  };
  // The condition of the records stands in a group of its own, whatever form it has.
  const inner = asGroup(node.where);
  return (
    <div className="recs" role="group" aria-label={say(collection?.label) || node.children}>
      <div className="grp-h">
        <select className="input" aria-label={t('records.quantifier')} value={kind} onChange={(event) => choose(event.target.value)}>
          {QUANTIFIERS.map((one) => <option key={one} value={one}>{t(`records.${one}`)}</option>)}
        </select>
        {counted ? (
          <>
            <OpSelect value={counted.count} ops={COMPARES} onOp={(count) => set({ quantifier: { ...counted, count } })} />
            <input className="input few" type="number" min={0} aria-label={t('records.value')} value={counted.value} onChange={(event) => set({ quantifier: { ...counted, value: Math.round(Number(event.target.value)) } })} />
          </>
        ) : null}
        <b>{say(collection?.label) || node.children}</b>
        <span className="muted mono tiny">{node.variable}</span>
        <span className="soft">{t('records.where')}</span>
        <span className="grow" />
        <Remove onRemove={() => onChange(change(root, path, () => null))} label={t('group.remove')} />
      </div>
      <Group within root={inner} path={[]} reach={[...reach, { variable: node.variable, collection: node.children }]} onChange={(where) => set({ where })} />
    </div>
  );
}

/** What can be put into a group. A fact is searched by its name in either language. */
function AddPart({ small, reach, onAdd }: { readonly small: boolean; readonly reach: readonly Reach[]; readonly onAdd: (part: Condition) => void }) {
  const { t } = useTranslation('authoring');
  const lang = useLang();
  const say = useSay();
  const { vocabulary, editable } = useDesk();
  const [from, setFrom] = useState(0);
  const [wanted, setWanted] = useState(false);
  const options = useMemo(() => factOptions(vocabulary, reach, lang, t('row.otherGroup')), [vocabulary, reach, lang, t]);
  if (!editable) return null;
  if (small && !wanted) {
    return (
      <div className="add-part">
        <Button size="sm" look="quiet" onClick={() => setWanted(true)}><Icon name="plus" />{t('add.more')}</Button>
      </div>
    );
  }
  const records = (name: string) => {
    if (name !== '') onAdd({ children: name, variable: freeVariable(name, vocabulary, reach), quantifier: 'exists', where: { all: [] } });
    setFrom((n) => n + 1);
  };
  return (
    <div className="add-part">
      <Combobox
        key={from} label={t('add.fact')} value="" shown="" options={options} placeholder={t('add.fact')}
        onChoose={(name) => {
          const fact = factOf(name, vocabulary, reach);
          if (fact) onAdd(rowOf(fact, name));
          setFrom((n) => n + 1);
        }}
      />
      <select className="input" aria-label={t('add.records')} value="" onChange={(event) => records(event.target.value)}>
        <option value="">{t('add.records')}</option>
        {vocabulary.collections.map((one) => <option key={one.name} value={one.name}>{say(one.label)}</option>)}
      </select>
      <Button size="sm" look="quiet" onClick={() => onAdd({ any: [] })}>{t('add.group')}</Button>
      <Button size="sm" look="quiet" onClick={() => onAdd({ fact: '', op: '>=', value: { amount: '', unit: '' } })}>{t('add.expression')}</Button>
    </div>
  );
}
