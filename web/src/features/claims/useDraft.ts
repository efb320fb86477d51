/** Saves what is typed, one request at a time, shortly after the last key; `flush` waits until all is saved. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { isProblem } from '@/api/problem';
import { changes, draftOf, keep, readKept, rebase, unchanged, type Draft, type DraftField } from './draft';
import { loadClaim, saveClaim, useTake } from './queries';
import type { Claim, SaveClaim } from './wire';

const PAUSE = 700;
export type Saving = 'saved' | 'waiting' | 'saving' | 'failed';

export interface Drafting {
  readonly draft: Draft;
  readonly saving: Saving;
  readonly error: unknown;
  readonly set: (field: DraftField, value: string) => void;
  /** Saves at once, with `more` (the whole list of materials); answers the claim as it is then on file. */
  readonly flush: (more?: (claim: Claim) => SaveClaim) => Promise<Claim>;
}

export function useDraft(claim: Claim): Drafting {
  const take = useTake();
  const filed = useRef(claim);
  const typed = useRef<Draft>({ ...draftOf(claim), ...readKept(claim.id) });
  const [draft, setDraft] = useState(typed.current);
  const [saving, setSaving] = useState<Saving>(unchanged(changes(draftOf(claim), typed.current)) ? 'saved' : 'waiting');
  const [error, setError] = useState<unknown>(null);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef(0);

  /** Takes the server's claim; what was typed stays. */
  const settle = useCallback((after: Claim) => {
    const next = rebase(draftOf(filed.current), typed.current, draftOf(after));
    filed.current = after;
    typed.current = next;
    setDraft(next);
    keep(after.id, changes(draftOf(after), next));
  }, []);

  const once = useCallback(
    async (more?: (claim: Claim) => SaveClaim): Promise<Claim> => {
      const send = () => {
        const change = { ...changes(draftOf(filed.current), typed.current), ...(more ? more(filed.current) : {}) };
        return unchanged(change) ? Promise.resolve(filed.current) : saveClaim(filed.current.id, filed.current.version, change);
      };
      let after: Claim;
      try {
        after = await send();
      } catch (refused) {
        if (!isProblem(refused) || (refused.status !== 409 && refused.status !== 412)) throw refused;
        settle(await loadClaim(filed.current.id));
        after = await send();
      }
      settle(after);
      await take(after);
      return after;
    },
    [settle, take],
  );

  const flush = useCallback(
    (more?: (claim: Claim) => SaveClaim): Promise<Claim> => {
      window.clearTimeout(timer.current);
      const run = line.current.then(async () => {
        setSaving('saving');
        try {
          const after = await once(more);
          setError(null);
          setSaving(unchanged(changes(draftOf(after), typed.current)) ? 'saved' : 'waiting');
          return after;
        } catch (refused) {
          setError(refused);
          setSaving('failed');
          throw refused;
        }
      });
      line.current = run.catch(() => undefined);
      return run;
    },
    [once],
  );

  useEffect(() => {
    if (claim.version > filed.current.version) settle(claim);
  }, [claim, settle]);
  useEffect(() => {
    if (saving !== 'waiting') return undefined;
    timer.current = window.setTimeout(() => void flush().catch(() => undefined), PAUSE);
    return () => window.clearTimeout(timer.current);
  }, [draft, saving, flush]);

  const set = (field: DraftField, value: string) => {
    typed.current = { ...typed.current, [field]: value };
    setDraft(typed.current);
    keep(filed.current.id, changes(draftOf(filed.current), typed.current));
    setSaving('waiting');
  };
  return { draft, saving, error, set, flush };
}
