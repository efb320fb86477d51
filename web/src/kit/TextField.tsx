/** A labelled line of text with hint and mistake under it; the mistake is read with the field. */
import { useId, type ComponentProps, type ReactNode } from 'react';

type Props = Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly wrong?: string | undefined;
  readonly hint?: ReactNode;
};

export function TextField({ label, value, onValue, wrong, hint, id, className, ...rest }: Props) {
  const own = useId();
  const field = id ?? own;
  const described = [hint ? `${field}-hint` : '', wrong ? `${field}-wrong` : ''].filter((one) => one !== '').join(' ');
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={field}>{label}</label>
      <input
        {...rest}
        id={field}
        className="input"
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described === '' ? undefined : described}
      />
      {hint ? (
        <span className="hint" id={`${field}-hint`}>
          {hint}
        </span>
      ) : null}
      {wrong ? (
        <span className="wrong" id={`${field}-wrong`}>
          {wrong}
        </span>
      ) : null}
    </div>
  );
}
