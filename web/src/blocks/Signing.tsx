/** The course of a case that two persons sign: its steps in a line, and who has signed. */
import { useTranslation } from 'react-i18next';
import type { Signature } from '@/api/flow';
import { useSession } from '@/api/hooks';
import { logTime } from '@/lib/dates';
import { Icon } from '@/kit/Icon';
import './flow.css';

export type Standing = 'done' | 'now' | 'ahead';

/** Of steps in order, how each stands when the first `done` are done; a negative number means that it was given up. */
export function standingOf(at: number, done: number): Standing {
  return at < done ? 'done' : at === done ? 'now' : 'ahead';
}

export function signed(signatures: readonly Signature[], command: string): Signature | undefined {
  return signatures.find((one) => one.command === command);
}

interface StepsProps {
  readonly label: string;
  readonly steps: ReadonlyArray<{ readonly name: string; readonly word: string }>;
  readonly done: number;
}

export function CaseSteps({ label, steps, done }: StepsProps) {
  const { t } = useTranslation();
  return (
    <ol className="run-steps" aria-label={label}>
      {steps.map((step, at) => {
        const standing = standingOf(at, done);
        return (
          <li key={step.name} className={standing} aria-current={standing === 'now' ? 'step' : undefined}>
            <span className="at" aria-hidden="true">
              {standing === 'done' ? <Icon name="check" /> : at + 1}
            </span>
            <span>
              <span className="sr">{t(`flow.standing.${standing}`)}</span>
              {step.word}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface SignaturesProps {
  readonly title: string;
  /** Who may not sign. */
  readonly rule: string;
  readonly lines: ReadonlyArray<{ readonly name: string; readonly label: string }>;
  readonly signatures: readonly Signature[];
  /** Nobody will sign any more. */
  readonly over: boolean;
}

export function Signatures({ title, rule, lines, signatures, over }: SignaturesProps) {
  const { t } = useTranslation();
  const today = useSession().data?.installation.as_of;
  const next = over ? undefined : lines.find((one) => !signed(signatures, one.name))?.name;
  return (
    <section className="panel signatures" aria-labelledby="signatures">
      <h2 id="signatures">{title}</h2>
      <ol>
        {lines.map((one) => {
          const by = signed(signatures, one.name);
          return (
            <li key={one.name}>
              <span className="soft small">{one.label}</span>
              {by ? <b>{t('flow.signedBy', { name: by.by_name, at: logTime(by.at, today) })}</b> : <span className="muted">{one.name === next ? t('flow.toSign') : t('flow.notYet')}</span>}
            </li>
          );
        })}
      </ol>
      <p className="small soft rule">
        <Icon name="lock" />
        {rule}
      </p>
    </section>
  );
}
