/** What is to be corrected, above the form: takes focus when it appears, each line leads to its field. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export interface Mistake {
  /** The field's element id; '' when it belongs to none. */
  readonly field: string;
  readonly message: string;
}

interface Props {
  readonly mistakes: readonly Mistake[];
  readonly title?: string;
  /** Changes with each attempt, so that the summary takes focus again. */
  readonly attempt: number;
}

export function ErrorSummary({ mistakes, title, attempt }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0 && mistakes.length > 0) box.current?.focus();
  }, [attempt, mistakes]);
  if (mistakes.length === 0) return null;
  return (
    <div className="error summary-box" role="alert" tabIndex={-1} ref={box}>
      <b>{title ?? t('errors.summary', { count: mistakes.length })}</b>
      <ul>
        {mistakes.map((mistake) => (
          <li key={mistake.field + mistake.message}>
            {mistake.field === '' ? (
              mistake.message
            ) : (
              <a
                href={`#${mistake.field}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(mistake.field)?.focus();
                }}
              >
                {mistake.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
