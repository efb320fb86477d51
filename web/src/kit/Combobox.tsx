/** A box that searches a long list: type to narrow it, arrows to move, Enter to choose, Escape to leave it as it was. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Levels below the top of its tree. */
  readonly depth?: number;
  /** Said after the label when the list is narrowed, such as the parent's name. */
  readonly note?: string;
  /** Options of one group stand together under its name. */
  readonly group?: string;
  /** Other words it is found by, such as its name in the other language. */
  readonly also?: string;
}

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  /** Words for `value`. */
  readonly shown: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
  /** The list comes from elsewhere for what is typed; otherwise it is narrowed here. */
  readonly onType?: (typed: string) => void;
  readonly busy?: boolean;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  /** Whether the choice can be taken back; false where something must be chosen. */
  readonly clearable?: boolean;
  readonly describedBy?: string | undefined;
}

const MOST = 200;

/** Options whose words contain what is typed, or whose code begins with it. */
export function narrowed(options: readonly Option[], typed: string): readonly Option[] {
  const words = typed.trim().toLowerCase();
  if (words === '') return options;
  const has = (text: string | undefined) => text !== undefined && text.toLowerCase().includes(words);
  return options.filter((one) => has(one.label) || has(one.also) || one.value.toLowerCase().startsWith(words));
}

export function Combobox({ id, label, value, shown, options, onChoose, onType, busy = false, placeholder, invalid = false, clearable = true, describedBy }: Props) {
  const { t } = useTranslation();
  const own = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const listed = onType || typed === null ? options : narrowed(options, typed);
  const offered = listed.slice(0, MOST);
  const list = `${own}-list`;
  const active = open ? offered[at] : undefined;

  useEffect(() => {
    if (active) document.getElementById(`${own}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, at, own]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) leave();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  });

  const leave = () => {
    setOpen(false);
    setTyped(null);
  };
  const choose = (chosen: string) => {
    leave();
    onChoose(chosen);
    input.current?.focus();
  };
  const show = () => {
    const here = offered.findIndex((one) => one.value === value);
    setAt(Math.max(0, here));
    setOpen(true);
    onType?.('');
  };
  const type = (words: string) => {
    setTyped(words);
    setOpen(true);
    setAt(0);
    onType?.(words);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show();
      else setAt(Math.min(offered.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (active) choose(active.value);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      leave();
    } else if (event.key === 'Tab') {
      if (typed === '' && clearable) onChoose('');
      leave();
    }
  };

  return (
    <div className="combo" ref={box}>
      <input
        ref={input}
        {...(id === undefined ? {} : { id })}
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active ? `${own}-${at}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        placeholder={placeholder}
        value={typed ?? shown}
        onChange={(event) => type(event.target.value)}
        onClick={() => (open ? undefined : show())}
        onKeyDown={key}
      />
      {value === '' || !clearable ? (
        <Icon name="down" className="combo-down" />
      ) : (
        <button type="button" className="combo-clear" aria-label={t('clearValue')} onClick={() => choose('')}>
          <Icon name="close" />
        </button>
      )}
      {open ? (
        <ul id={list} className="combo-list" role="listbox" aria-label={label ?? t('choices')}>
          {offered.map((one, place) => (
            <li
              key={one.value}
              id={`${own}-${place}`}
              role="option"
              aria-selected={one.value === value}
              className={place === at ? 'on' : undefined}
              data-group={one.group !== undefined && one.group !== offered[place - 1]?.group ? one.group : undefined}
              style={{ paddingLeft: `${12 + (typed === null ? (one.depth ?? 0) * 16 : 0)}px` }}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(one.value)}
            >
              {one.label}
              {typed !== null && one.note ? <span className="muted tiny"> {one.note}</span> : null}
            </li>
          ))}
          {offered.length > 0 ? null : (
            <li role="option" aria-selected={false} aria-disabled="true" className="muted">
              {busy ? t('loading') : t('noChoice')}
            </li>
          )}
        </ul>
      ) : null}
    </div>
  );
}
