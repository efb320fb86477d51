/** Clauses with their marks: `ClauseChips` in a row of a list, `ClauseRows` boxed with what was seen. */
import { Mark, type MarkKind } from './Mark';

export interface ClauseLine {
  readonly key: string;
  readonly kind: MarkKind;
  readonly sentence: string;
  readonly seen: string;
}

/** `seen` adds what was found after each sentence. */
export function ClauseChips({ lines, seen = false }: { readonly lines: readonly ClauseLine[]; readonly seen?: boolean }) {
  return (
    <ul className="cl">
      {lines.map((line) => (
        <li key={line.key}>
          <Mark kind={line.kind} quiet small />
          <span>
            {line.sentence}
            {seen && line.seen !== '' ? <span className="muted small"> {line.seen}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function ClauseRows({ lines }: { readonly lines: readonly ClauseLine[] }) {
  return (
    <ul className="cl open">
      {lines.map((line) => (
        <li key={line.key}>
          <Mark kind={line.kind} quiet small />
          <span>{line.sentence}</span>
          {line.seen === '' ? null : <span className="src">{line.seen}</span>}
        </li>
      ))}
    </ul>
  );
}
