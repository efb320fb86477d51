/** Leaving a form with unsaved changes asks first: a link within the page, a reload, a closed window. */
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Confirm } from '@/kit/Confirm';

/** The question, when it is being asked. `onLeave` runs before the reader goes. */
export function useGuard(dirty: boolean, onLeave: () => void): ReactNode {
  const { t } = useTranslation('work');
  const [, go] = useLocation();
  const [to, setTo] = useState<string | null>(null);
  useEffect(() => {
    if (!dirty) return;
    const close = (event: BeforeUnloadEvent) => event.preventDefault();
    const click = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || link.target === '_blank' || link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.pathname + link.search);
    };
    window.addEventListener('beforeunload', close);
    document.addEventListener('click', click, true);
    return () => {
      window.removeEventListener('beforeunload', close);
      document.removeEventListener('click', click, true);
    };
  }, [dirty]);
  if (to === null) return null;
  return (
    <Confirm
      title={t('guard.title')}
      action={t('guard.leave')}
      onNo={() => setTo(null)}
      onYes={() => {
        onLeave();
        setTo(null);
        go(to);
      }}
    >
      <p>{t('guard.text')}</p>
    </Confirm>
  );
}
