/** How a child record type points to its parent. */
import type { RecordModel } from '@/api/types';

/** The child's field that names the parent; the parent's own name when the model shows none. */
export function parentField(child: RecordModel, parent: string): string {
  return child.fields.find((field) => field.type === 'ref' && field.record === parent)?.name ?? parent;
}
