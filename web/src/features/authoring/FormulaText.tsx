/** An expression as text: monospace, findings underlined where they are and listed below, each leading to its place. */
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '@/api/authoring';
import { useSay } from '@/kit/language';
import { stretches } from './offsets';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly findings: readonly Finding[];
  readonly onText: (text: string) => void;
  readonly placeholder?: string;
  /** The answer to what is typed is still on its way: old findings must not point into new text. */
  readonly waiting?: boolean;
  readonly quietLabel?: boolean;
}

export function FormulaText({ label, value, findings, onText, placeholder, waiting = false, quietLabel = false }: Props) {
  const { t } = useTranslation('authoring');
  const say = useSay();
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const shown = waiting ? [] : findings;
  const jump = (finding: Finding) => {
    box.current?.focus();
    if (finding.start !== null && finding.end !== null) box.current?.setSelectionRange(finding.start, Math.max(finding.end, finding.start));
  };
  const bad = shown.some((finding) => finding.severity === 'error');
  return (
    <div className="formula-field">
      <label htmlFor={id} className={quietLabel ? 'sr' : 'lab'}>{label}</label>
      <div className="formula">
        <pre aria-hidden="true">
          {stretches(value, shown).map((stretch, place) => (stretch.severity === null ? stretch.text : <mark key={place} className={`sev-${stretch.severity}`}>{stretch.text}</mark>))}
          {'\n'}
        </pre>
        <textarea
          ref={box} id={id} rows={1} spellCheck={false} autoCapitalize="off" autoComplete="off" value={value} placeholder={placeholder}
          aria-invalid={bad || undefined} aria-describedby={findings.length > 0 ? `${id}-found` : undefined}
          onChange={(event) => onText(event.target.value)}
        />
      </div>
      {findings.length > 0 ? (
        <ul className={waiting ? 'found waiting-for' : 'found'} id={`${id}-found`}>
          {findings.map((finding, place) => (
            <li key={`${finding.code} ${place}`} className={`sev-${finding.severity}`}>
              <b>{t(`severity.${finding.severity}`)}</b>
              <span>
                {finding.start === null ? say(finding.message) : <button type="button" className="link" onClick={() => jump(finding)}>{say(finding.message)}</button>}
                {finding.hint ? <span className="muted"> {say(finding.hint)}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
