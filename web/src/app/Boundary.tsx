/** A page that throws does not take the others with it; a new release whose files moved is fetched once. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/kit/Button';

interface State {
  readonly error: Error | null;
}

export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.error ? <Crashed error={this.state.error} /> : this.props.children;
  }
}

function Crashed({ error }: { readonly error: Error }) {
  const { t } = useTranslation('common', { useSuspense: false });
  return (
    <div className="wrap sk-page">
      <div className="error" role="alert">
        <b>{t('errors.crashed')}</b>
        <p>{t('errors.crashedDetail')}</p>
        <p className="tiny muted">{error.message}</p>
        <div className="row wrap-row">
          <Button onClick={() => window.location.reload()}>{t('errors.reload')}</Button>
        </div>
      </div>
    </div>
  );
}
