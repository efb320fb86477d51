/** What happened, what to do, a number to quote, a way to try again. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';

export interface Failure {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
  readonly instance: string;
}

/** Anything thrown, as a failure; what is not a server's problem counts as unknown (status −1). */
export function failureOf(error: unknown): Failure {
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') {
    const text = (key: string): string => {
      const value: unknown = Reflect.get(error, key);
      return typeof value === 'string' ? value : '';
    };
    return { status: error.status, title: text('title'), detail: text('detail'), hint: text('hint'), instance: text('instance') };
  }
  return { status: -1, title: '', detail: '', hint: '', instance: '' };
}

type Usual = 'network' | 'busy' | 'absent' | 'denied' | 'signedOut' | 'unknown';
function usual(status: number): Usual {
  if (status === 0) return 'network';
  if (status === 429 || status === 503) return 'busy';
  if (status === 404) return 'absent';
  if (status === 403) return 'denied';
  if (status === 401) return 'signedOut';
  return 'unknown';
}

interface Props {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
}

export function ErrorNote({ error, onRetry, children }: Props) {
  const { t } = useTranslation();
  const failure = failureOf(error);
  const kind = usual(failure.status);
  const signedOut = kind === 'signedOut';
  const detail = failure.detail === '' || signedOut ? t(`errors.${kind}Detail`) : failure.detail;
  return (
    <div className="error" role="alert">
      <b>{failure.title === '' ? t(`errors.${kind}`) : failure.title}</b>
      <p>{detail}</p>
      {failure.hint === '' || signedOut ? null : <p>{failure.hint}</p>}
      {signedOut || onRetry || children || failure.instance !== '' ? (
        <div className="row wrap-row">
          {onRetry ? (
            <Button size="sm" onClick={onRetry}>
              {t('retry')}
            </Button>
          ) : null}
          {signedOut ? (
            <a className="btn sm" href="/sign-in" target="_blank" rel="noopener">
              {t('errors.signInBeside')}
            </a>
          ) : null}
          {children}
          {failure.instance === '' ? null : <span className="tiny muted">{t('errors.instance', { id: failure.instance })}</span>}
        </div>
      ) : null}
    </div>
  );
}
