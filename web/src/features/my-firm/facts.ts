/** Facts in the model's groups, those asked for by name, years newest first. */
import type { FieldModel, FullRecord, RecordModel, Text } from '@/api/types';

export interface FactGroup {
  readonly name: string;
  readonly label: Text | null;
  readonly plain: readonly FieldModel[];
  readonly yearly: readonly FieldModel[];
}

const YEARS_SHOWN = 4;
const HIDDEN: ReadonlySet<string> = new Set(['synthetic']);

export function recentYears(record: Pick<FullRecord, 'years'>): readonly string[] {
  return Object.keys(record.years)
    .sort((a, b) => Number(b) - Number(a))
    .slice(0, YEARS_SHOWN);
}

function wanted(field: FieldModel, find: string): boolean {
  const words = find.trim().toLowerCase();
  return words === '' || field.label.zh.includes(words) || field.label.en.toLowerCase().includes(words);
}

export function factGroups(model: RecordModel, record: Pick<FullRecord, 'values' | 'years'>, find: string): readonly FactGroup[] {
  const years = Object.values(record.years);
  const shown = model.fields.filter(
    (field) =>
      !HIDDEN.has(field.name) && field.type !== 'rule' && field.type !== 'json' && wanted(field, find) &&
      (field.yearly ? years.some((year) => field.name in year) : field.name in record.values),
  );
  const groups = [...model.groups.map(({ name, label }) => ({ name, label })), { name: '', label: null }];
  const named = new Set(model.groups.map((group) => group.name));
  return groups
    .map((group) => {
      const fields = shown.filter((field) => (field.group !== null && named.has(field.group) ? field.group : '') === group.name);
      return { ...group, plain: fields.filter((field) => !field.yearly), yearly: fields.filter((field) => field.yearly) };
    })
    .filter((group) => group.plain.length + group.yearly.length > 0);
}
