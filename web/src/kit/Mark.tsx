/** The answer to a question: shape, colour and word; the shape alone is enough. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type MarkKind = 'yes' | 'no' | 'near' | 'unknown' | 'judge' | 'later' | 'info';

const SHAPES: Readonly<Record<MarkKind, ReactNode>> = {
  yes: (
    <>
      <circle cx="9" cy="9" r="8.5" />
      <path className="in" d="M5.3 9.3l2.6 2.6 4.9-5.4" />
    </>
  ),
  no: (
    <>
      <rect x="1" y="1" width="16" height="16" rx="3" />
      <path className="in" d="M6 6l6 6M12 6l-6 6" />
    </>
  ),
  near: <path fillRule="evenodd" d="M9 .5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zm0 1.8a6.7 6.7 0 0 1 0 13.4z" />,
  unknown: (
    <>
      <path d="M9 .2L17.8 9 9 17.8.2 9z" />
      <path className="in thin" d="M7 7.2c.1-1.2 1-1.9 2.1-1.9 1.2 0 2 .7 2 1.8 0 1.5-2 1.5-2 3.1" />
      <circle className="dot" cx="9.1" cy="12.6" r="1" />
    </>
  ),
  judge: (
    <>
      <path d="M9 .3l7.6 4.35v8.7L9 17.7 1.4 13.35v-8.7z" />
      <circle className="dot" cx="9" cy="6.8" r="2" />
      <path className="dot" d="M5.3 13c.2-2.2 1.7-3.3 3.7-3.3s3.5 1.1 3.7 3.3z" />
    </>
  ),
  later: (
    <>
      <circle className="ring dashed" cx="9" cy="9" r="7.6" />
      <path className="ring" d="M9 5v4.2l2.8 1.6" />
    </>
  ),
  info: (
    <>
      <circle className="ring" cx="9" cy="9" r="7.6" />
      <path className="ring" d="M9 8.4v4.2M9 5.4v.2" />
    </>
  ),
};

/** Names in the wire's answers and in ours. */
export function markOf(answer: 'yes' | 'no' | 'near' | 'unknown' | 'person' | 'information'): MarkKind {
  if (answer === 'person') return 'judge';
  if (answer === 'information') return 'info';
  return answer;
}

interface Props {
  readonly kind: MarkKind;
  /** Replaces the usual word. */
  readonly word?: string;
  /** Only under a heading that says the word; screen readers still hear it. */
  readonly quiet?: boolean;
  readonly small?: boolean;
}

export function Mark({ kind, word, quiet = false, small = false }: Props) {
  const { t } = useTranslation();
  return (
    <span className={`mark ${kind}${small ? ' sm' : ''}`}>
      <svg className="i" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        {SHAPES[kind]}
      </svg>
      <span className={quiet ? 'sr' : undefined}>{word ?? t(`mark.${kind}`)}</span>
    </span>
  );
}
