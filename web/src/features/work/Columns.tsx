/** Which columns stand: tick boxes in a small panel; the choice is in the address. */
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordModel } from '@/api/types';
import { Button } from '@/kit/Button';
import { Icon } from '@/kit/Icon';
import { useSay } from '@/kit/language';
import { choosable, shownColumns, type ListState } from './list';

interface Props {
  readonly model: RecordModel;
  readonly state: ListState;
  readonly onState: (state: ListState) => void;
}

export function Columns({ model, state, onState }: Props) {
  const { t } = useTranslation('work');
  const say = useSay();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      box.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);
  const shown = shownColumns(model, state).map((field) => field.name);
  const flip = (name: string) => {
    const next = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    onState({ ...state, columns: next });
  };
  return (
    <div className="columns" ref={box}>
      <Button size="sm" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {t('list.columns')}
        <Icon name="down" />
      </Button>
      <fieldset id={id} hidden={!open} className="columns-list">
        <legend className="sr">{t('list.columns')}</legend>
        {choosable(model).map((field) => (
          <label key={field.name}>
            <input type="checkbox" checked={shown.includes(field.name)} disabled={field.name === model.title} onChange={() => flip(field.name)} />
            {say(field.label)}
          </label>
        ))}
        <Button size="sm" look="quiet" onClick={() => onState({ ...state, columns: [] })}>
          {t('list.ownColumns')}
        </Button>
      </fieldset>
    </div>
  );
}
