/** Asks before something that is lost or hard to take back. Names it, keeps the focus inside, Escape means no. */
import { useEffect, useId, useRef, type KeyboardEvent as Press, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';

interface Props {
  readonly title: string;
  readonly action: string;
  readonly busy?: boolean;
  readonly children?: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Confirm({ title, action, busy = false, children, onYes, onNo }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    const escape = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key === 'Escape') onNo();
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [onNo]);
  const key = (event: Press) => {
    if (event.key !== 'Tab') return;
    const stops = [...(box.current?.querySelectorAll<HTMLElement>('button, a, input, select, textarea') ?? [])];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && document.activeElement !== box.current) return;
    if (document.activeElement === box.current && !event.shiftKey) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  return (
    <div className="veil">
      <div className="confirm panel" role="alertdialog" aria-modal="true" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`} tabIndex={-1} ref={box} onKeyDown={key}>
        <h2 id={`${id}-title`}>{title}</h2>
        <div id={`${id}-text`} className="soft">
          {children}
        </div>
        <div className="row wrap-row">
          <Button look="primary" busy={busy} onClick={onYes}>
            {action}
          </Button>
          <Button onClick={onNo}>{t('cancel')}</Button>
        </div>
      </div>
    </div>
  );
}
