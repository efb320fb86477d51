/** The editor and what it speaks, for every part of the page. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Vocabulary } from '@/api/authoring';
import type { Editor, EditorState } from './store';

export interface Desk {
  readonly editor: Editor;
  readonly vocabulary: Vocabulary;
  readonly editable: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk & { readonly state: EditorState } {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('outside of the editor');
  const state = useSyncExternalStore(desk.editor.subscribe, desk.editor.get);
  return { ...desk, state };
}
