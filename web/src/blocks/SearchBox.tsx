/** The big search box of the Hall and the shelf. Enter or the button searches; the words stay in the box. */
import { useEffect, useId, useState, type FormEvent } from 'react';
import { Icon } from '@/kit/Icon';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly action: string;
  readonly value: string;
  readonly onSearch: (words: string) => void;
  readonly primary?: boolean;
}

export function SearchBox({ label, placeholder, action, value, onSearch, primary = true }: Props) {
  const [words, setWords] = useState(value);
  const id = useId();
  useEffect(() => setWords(value), [value]);
  const search = (event: FormEvent) => {
    event.preventDefault();
    onSearch(words.trim());
  };
  return (
    <form className="sbox" role="search" onSubmit={search}>
      <Icon name="search" />
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <input id={id} type="search" enterKeyHint="search" autoComplete="off" maxLength={100} placeholder={placeholder} value={words} onChange={(event) => setWords(event.target.value)} />
      <button type="submit" className={primary ? 'btn primary' : 'btn'}>
        {action}
      </button>
    </form>
  );
}
